//! `/applications`: the board, and what is to be done next.

use askama::Template;
use serde::Deserialize;

use super::super::actions::{Board, actions_due, actions_due_count, application_board, time_zone};
use super::super::dates::exact;
use super::super::model::{ApplicationId, Stage};
use super::super::next::NextAction;
use crate::clock::Timestamp;
use crate::error::Result;
use crate::state::Ctx;
use crate::web::{Layout, Query, View};

/// Actions shown above the board.
const NEXT_SHOWN: usize = 5;

#[derive(Template)]
#[template(path = "applications/pages/board.html")]
pub(super) struct BoardPage {
    layout: Layout,
    board: Board,
    next: Vec<NextAction>,
    due: u64,
    /// An application that was just moved, so that it can be moved back.
    moved: Option<ApplicationId>,
}

impl BoardPage {
    /// Columns that are always there; the others only when something stands in them.
    fn is_shown(&self, stage: &Stage, count: &u64) -> bool {
        *count > 0 || !stage.is_end() || *stage == Stage::Rejected
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct BoardParams {
    moved: Option<ApplicationId>,
}

pub(super) async fn show(
    ctx: Ctx,
    layout: Layout,
    Query(params): Query<BoardParams>,
) -> Result<View<BoardPage>> {
    let mut next = actions_due(&ctx, ctx.now()).await?;
    next.truncate(NEXT_SHOWN);
    Ok(View(BoardPage {
        layout: layout.titled("Applications"),
        board: application_board(&ctx).await?,
        due: actions_due_count(&ctx, ctx.now()).await?,
        next,
        moved: params.moved,
    }))
}

#[derive(Template)]
#[template(path = "applications/pages/due.html")]
pub(super) struct DuePage {
    layout: Layout,
    next: Vec<NextAction>,
    due: u64,
    zone: String,
}

impl DuePage {
    fn exact(&self, at: &Timestamp) -> String {
        exact(*at, &self.zone)
    }
}

pub(super) async fn due(ctx: Ctx, layout: Layout) -> Result<View<DuePage>> {
    Ok(View(DuePage {
        layout: layout.titled("What to do next"),
        next: actions_due(&ctx, ctx.now()).await?,
        due: actions_due_count(&ctx, ctx.now()).await?,
        zone: time_zone(&ctx).await?,
    }))
}
