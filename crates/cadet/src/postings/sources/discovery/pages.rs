//! `/sources/discover`: boards that known postings lead to, to be added or dismissed.

use askama::Template;
use serde::Deserialize;

use super::actions::{
    proposal_add, proposal_add_all, proposal_count, proposal_dismiss, proposal_get, proposal_list,
    proposal_restore,
};
use super::model::{Place, Proposal, ProposalId, Which};
use crate::error::Result;
use crate::postings::sources::actions::source_list;
use crate::postings::sources::directory::pages::may_change;
use crate::postings::sources::intake::model::first_reading_seconds;
use crate::postings::sources::intake::pages::{about, progress_page};
use crate::state::Ctx;
use crate::web::{Cursor, Flash, Form, Layout, Path, Query, Redirect, Routes, View};

/// Proposals of one page.
const SHOWN: usize = 50;

#[derive(Template)]
#[template(path = "postings/sources/discovery/list.html")]
struct DiscoverPage {
    layout: Layout,
    proposals: Vec<Proposal>,
    total: u64,
    /// How many were dismissed.
    dismissed: u64,
    /// Whether these are the dismissed ones.
    shows_dismissed: bool,
    /// The address of the next page.
    next: Option<String>,
    /// Whether this is not the first page.
    is_later: bool,
    /// One that was just dismissed.
    undo: Option<Proposal>,
    may_change: bool,
    no_sources: bool,
    /// About how long adding the boards of this page takes.
    about: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct DiscoverParams {
    cursor: Option<String>,
    /// `yes`: those that were dismissed.
    dismissed: Option<String>,
    /// One that was just dismissed.
    undo: Option<ProposalId>,
}

impl DiscoverParams {
    fn which(&self) -> Which {
        match self.dismissed.as_deref() {
            Some("yes") => Which::Dismissed,
            _ => Which::Open,
        }
    }
}

async fn list(
    ctx: Ctx,
    layout: Layout,
    Query(params): Query<DiscoverParams>,
) -> Result<View<DiscoverPage>> {
    let after: Option<Place> = params.cursor.as_deref().map(Cursor::decode).transpose()?;
    let proposals = proposal_list(&ctx, params.which(), after, SHOWN + 1).await?;
    let mut page = page(&ctx, layout, &params, proposals);
    page.total = proposal_count(&ctx, Which::Open).await?;
    page.dismissed = proposal_count(&ctx, Which::Dismissed).await?;
    page.no_sources = source_list(&ctx).await?.is_empty();
    if let Some(id) = params.undo {
        page.undo = Some(proposal_get(&ctx, id).await?).filter(|one| one.dismissed_at.is_some());
    }
    Ok(View(page))
}

fn page(
    ctx: &Ctx,
    layout: Layout,
    params: &DiscoverParams,
    mut proposals: Vec<Proposal>,
) -> DiscoverPage {
    let more = proposals.len() > SHOWN;
    proposals.truncate(SHOWN);
    let shows_dismissed = params.which() == Which::Dismissed;
    let last = proposals.last().filter(|_| more);
    let next = last.map(|last| next_address(shows_dismissed, last));
    let kinds = proposals.iter().map(|proposal| proposal.address.kind);
    let seconds = first_reading_seconds(kinds, ctx.config.work.concurrency);
    DiscoverPage {
        layout: layout.titled("Boards found in your postings"),
        about: about(seconds),
        proposals,
        total: 0,
        dismissed: 0,
        shows_dismissed,
        next,
        is_later: params.cursor.is_some(),
        undo: None,
        may_change: may_change(ctx),
        no_sources: false,
    }
}

fn next_address(dismissed: bool, last: &Proposal) -> String {
    let cursor = Cursor::encode(&Place::of(last));
    let which = if dismissed { "dismissed=yes&" } else { "" };
    format!("/sources/discover?{which}cursor={cursor}")
}

/// Adds the ticked boards, or all of them.
async fn add(ctx: Ctx, Form(pairs): Form<Vec<(String, String)>>) -> Result<Redirect> {
    let all = pairs.iter().any(|(name, _)| name == "all");
    let ticked: Vec<ProposalId> = pairs
        .iter()
        .filter(|(name, _)| name == "board")
        .filter_map(|(_, id)| id.parse().ok().map(ProposalId))
        .collect();
    let started = if all {
        proposal_add_all(&ctx).await
    } else {
        proposal_add(&ctx, &ticked).await
    };
    progress_page(started, "/sources/discover")
}

async fn dismiss(ctx: Ctx, Path(id): Path<ProposalId>) -> Result<Redirect> {
    proposal_dismiss(&ctx, id).await?;
    Ok(Redirect::to(format!("/sources/discover?undo={id}")))
}

async fn restore(ctx: Ctx, Path(id): Path<ProposalId>) -> Result<Redirect> {
    let proposal = proposal_restore(&ctx, id).await?;
    let told = Flash::ok(format!("{} is proposed again.", proposal.name));
    Ok(Redirect::to("/sources/discover").with(told))
}

/// The page and what its forms send to.
pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/sources/discover", list)
        .post("/sources/discover", add)
        .post("/sources/discover/{id}/dismiss", dismiss)
        .post("/sources/discover/{id}/restore", restore)
}
