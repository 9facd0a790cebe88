//! What the profile was: the revisions, what each changed, and bringing one back.

use askama::Template;
use serde::Deserialize;

use super::super::actions::{
    profile_now, profile_redo, profile_undo, revision_changes, revision_get, revision_nearby,
    revision_parent, revision_restore,
};
use super::super::differences::{Difference, differences};
use super::super::model::RevisionId;
use super::super::revision::Revision;
use super::editor::Nearby;
use super::preview::Preview;
use crate::error::Result;
use crate::state::Ctx;
use crate::web::{Layout, Path, Query, Redirect, View};

/// Revisions of a page.
const ROWS: u64 = 30;
/// Differences that are shown in the list of revisions.
const SHORT: usize = 3;

/// A revision with what it changed.
struct Row {
    revision: Revision,
    changes: Vec<Difference>,
    more: usize,
}

#[derive(Template)]
#[template(path = "profile/pages/history.html")]
pub(super) struct HistoryPage {
    layout: Layout,
    rows: Vec<Row>,
    current: Option<RevisionId>,
    next: Option<RevisionId>,
    nearby: Nearby,
}

impl HistoryPage {
    fn is_current(&self, revision: &Revision) -> bool {
        self.current == Some(revision.id)
    }
}

/// What the address may say.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct HistoryQuery {
    /// Only revisions before this one.
    before: Option<i64>,
}

pub(super) async fn list(
    ctx: Ctx,
    layout: Layout,
    Query(query): Query<HistoryQuery>,
) -> Result<View<HistoryPage>> {
    let before = RevisionId(query.before.unwrap_or(i64::MAX));
    let found = revision_changes(&ctx, before, ROWS + 1).await?;
    let (current, _) = profile_now(&ctx).await?;
    let layout = layout.titled("History of your profile");
    Ok(View(page(layout, found, current.as_ref())))
}

fn page(
    layout: Layout,
    found: Vec<(Revision, Vec<Difference>)>,
    current: Option<&Revision>,
) -> HistoryPage {
    let most = usize::try_from(ROWS).unwrap_or(usize::MAX);
    let more = found.len() > most;
    let rows: Vec<Row> = found.into_iter().take(most).map(row).collect();
    let (undo, redo) = revision_nearby(current);
    HistoryPage {
        layout,
        next: rows.last().filter(|_| more).map(|row| row.revision.id),
        rows,
        current: current.map(|revision| revision.id),
        nearby: Nearby { undo, redo },
    }
}

fn row((revision, mut changes): (Revision, Vec<Difference>)) -> Row {
    let more = changes.len().saturating_sub(SHORT);
    changes.truncate(SHORT);
    Row {
        revision,
        changes,
        more,
    }
}

#[derive(Template)]
#[template(path = "profile/pages/revision.html")]
pub(super) struct RevisionPage {
    layout: Layout,
    revision: Revision,
    is_current: bool,
    /// What the revision changed.
    changes: Vec<Difference>,
    /// What would change if it were brought back.
    from_current: Vec<Difference>,
    preview: Preview,
}

pub(super) async fn show(
    ctx: Ctx,
    layout: Layout,
    Path(id): Path<RevisionId>,
) -> Result<View<RevisionPage>> {
    let (revision, profile) = revision_get(&ctx, id).await?;
    let (current, now) = profile_now(&ctx).await?;
    let parent = revision_parent(&ctx, &revision).await?;
    Ok(View(RevisionPage {
        layout: layout.titled(format!("Revision {id}")),
        is_current: current.is_some_and(|current| current.id == id),
        changes: differences(&parent, &profile)?,
        from_current: differences(&now, &profile)?,
        preview: Preview::of(&profile),
        revision,
    }))
}

pub(super) async fn restore(ctx: Ctx, Path(id): Path<RevisionId>) -> Result<Redirect> {
    let result = revision_restore(&ctx, id).await;
    Redirect::after(
        result,
        "/profile",
        "It is your profile again. Undo brings back what was there.",
    )
}

pub(super) async fn undo(ctx: Ctx) -> Result<Redirect> {
    Redirect::after(profile_undo(&ctx).await, "/profile/history", "Undone.")
}

pub(super) async fn redo(ctx: Ctx) -> Result<Redirect> {
    Redirect::after(profile_redo(&ctx).await, "/profile/history", "Redone.")
}
