//! The list of drafts and sent mails.

use askama::Template;
use serde::Deserialize;

use super::super::actions;
use super::super::model::{Draft, DraftId, DraftState};
use crate::error::Result;
use crate::state::Ctx;
use crate::web::{Layout, Query, View};

/// Mails on a page.
const ROWS: u64 = 50;

#[derive(Template)]
#[template(path = "correspondence/pages/list.html")]
pub(super) struct ListPage {
    layout: Layout,
    drafts: Vec<Draft>,
    page: u64,
    has_next: bool,
    /// Proposals that wait.
    waiting: usize,
    removed: Option<DraftId>,
}

impl ListPage {
    fn tag(&self, draft: &Draft) -> &'static str {
        match draft.state {
            DraftState::Draft => "tag",
            DraftState::Queued => "tag tag-warn",
            DraftState::Sent => "tag tag-good",
            DraftState::Failed => "tag tag-bad",
        }
    }

    fn people(&self, draft: &Draft) -> String {
        draft.to.join(", ")
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct ListParams {
    page: u64,
    removed: Option<DraftId>,
}

pub(super) async fn list(
    ctx: Ctx,
    layout: Layout,
    Query(params): Query<ListParams>,
) -> Result<View<ListPage>> {
    let page = params.page.clamp(1, 100_000);
    let mut drafts = actions::draft_list(&ctx, (page - 1) * ROWS, ROWS + 1).await?;
    let has_next = drafts.len() as u64 > ROWS;
    drafts.truncate(ROWS as usize);
    let waiting = actions::replies_open(&ctx, 100).await?.len();
    let (layout, removed) = (layout.titled("Mail"), params.removed);
    let page = ListPage {
        layout,
        drafts,
        page,
        has_next,
        waiting,
        removed,
    };
    Ok(View(page))
}
