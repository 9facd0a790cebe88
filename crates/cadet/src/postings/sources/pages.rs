//! Pages of sources: their health at a glance, adding one, and each with its polls.

use std::collections::BTreeMap;

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::actions::{
    Added, SourceDetail, source_add, source_list, source_notices, source_pause, source_poll_now,
    source_removed, source_restore, source_show,
};
use super::health::{Notice, NoticeKind};
use super::model::{
    Health, Poll, PollOutcome, Source, SourceAddress, SourceError, SourceId, SourceState,
};
use super::schedule::Rhythm;
use crate::accounts::model::Role;
use crate::clock::Timestamp;
use crate::error::{Error, Result};
use crate::postings::actions::source_remove;
use crate::state::{Actor, Ctx};
use crate::web::{Flash, Form, Layout, Path, Query, Redirect, Routes, View};

/// Sources named above the list.
const NAMED: usize = 5;
/// A poll that was asked for is waited for so long, in milliseconds.
const PATIENCE_MS: i64 = 5 * 60 * 1_000;

#[derive(Template)]
#[template(path = "postings/sources/list.html")]
struct SourcesPage {
    layout: Layout,
    sources: Vec<Source>,
    notices: BTreeMap<SourceId, Vec<Notice>>,
    may_change: bool,
    now: Timestamp,
    /// What was typed, when it could not be added.
    typed: String,
    problem: Option<String>,
    /// What was just added, when it may have meant something else.
    added: Option<Added>,
    /// A source that was just removed.
    removed: Option<Source>,
}

impl SourcesPage {
    fn count(&self, health: Health) -> usize {
        self.sources
            .iter()
            .filter(|source| source.health == health)
            .count()
    }

    fn healths(&self) -> Vec<(Health, usize)> {
        [
            Health::Broken,
            Health::Failing,
            Health::Ok,
            Health::New,
            Health::Paused,
        ]
        .into_iter()
        .map(|health| (health, self.count(health)))
        .filter(|(_, count)| *count > 0)
        .collect()
    }

    fn open_total(&self) -> u64 {
        self.sources.iter().map(|source| source.open_count).sum()
    }

    /// Whether it is read as soon as there is a worker for it.
    fn is_due(&self, source: &Source) -> bool {
        source.next_poll_at <= self.now
    }

    /// The first sources that need a look, each with the first thing that is wrong.
    fn ailing(&self) -> Vec<(&Source, &'static str)> {
        self.sources
            .iter()
            .filter_map(|source| {
                let notice = self.notices.get(&source.id)?.first()?;
                Some((source, notice.kind.label()))
            })
            .take(NAMED)
            .collect()
    }

    /// What is wrong with a source that is not told by its failure already.
    fn notices_of(&self, source: &Source) -> &[Notice] {
        let all = self.notices.get(&source.id);
        all.filter(|_| source.last_error.is_none())
            .map_or(&[], Vec::as_slice)
    }

    fn health(&self, health: &Health) -> HealthWord {
        HealthWord::of(*health)
    }

    fn shorthand(&self, address: &SourceAddress) -> String {
        format!("{}:{}", address.kind.name(), address.address)
    }
}

/// How a health is shown.
struct HealthWord {
    word: &'static str,
    class: &'static str,
    icon: &'static str,
}

impl HealthWord {
    const fn of(health: Health) -> Self {
        let (word, class, icon) = match health {
            Health::New => ("not read yet", "tag", "circle-dashed"),
            Health::Ok => ("healthy", "tag tag-good", "circle-check"),
            Health::Failing => ("failing", "tag tag-warn", "triangle-alert"),
            Health::Broken => ("broken", "tag tag-bad", "circle-alert"),
            Health::Paused => ("paused", "tag", "pause"),
        };
        Self { word, class, icon }
    }
}

fn may_change(ctx: &Ctx) -> bool {
    matches!(
        ctx.actor(),
        Actor::Person {
            role: Role::Admin,
            ..
        }
    )
}

async fn list_page(ctx: &Ctx, layout: Layout) -> Result<SourcesPage> {
    Ok(SourcesPage {
        layout: layout.titled("Sources"),
        may_change: may_change(ctx),
        now: ctx.now(),
        sources: worst_first(source_list(ctx).await?),
        notices: source_notices(ctx).await?,
        typed: String::new(),
        problem: None,
        added: None,
        removed: None,
    })
}

fn worst_first(mut sources: Vec<Source>) -> Vec<Source> {
    sources.sort_by_key(|source| match source.health {
        Health::Broken => 0,
        Health::Failing => 1,
        _ => 2,
    });
    sources
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct ListParams {
    removed: Option<SourceId>,
}

async fn list(
    ctx: Ctx,
    layout: Layout,
    Query(params): Query<ListParams>,
) -> Result<View<SourcesPage>> {
    let mut page = list_page(&ctx, layout).await?;
    if let Some(id) = params.removed {
        page.removed = source_removed(&ctx, id).await?;
    }
    Ok(View(page))
}

#[derive(Debug, Deserialize)]
struct AddForm {
    address: String,
}

async fn add(ctx: Ctx, layout: Layout, Form(form): Form<AddForm>) -> Result<Response> {
    match source_add(&ctx, &form.address, None).await {
        Ok(added) => {
            source_poll_now(&ctx, added.source.id).await?;
            added_page(&ctx, layout, added).await
        }
        Err(problem @ (Error::Source(_) | Error::Invalid { .. })) => {
            let mut page = list_page(&ctx, layout).await?;
            page.problem = Some(problem.to_string());
            page.typed = form.address;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, View(page)).into_response())
        }
        Err(other) => Err(other),
    }
}

/// To the new source; or, when something else may have been meant, the list with what that is.
async fn added_page(ctx: &Ctx, layout: Layout, added: Added) -> Result<Response> {
    if added.others.is_empty() {
        let word = if added.new { "Added" } else { "Already there" };
        let told = Flash::ok(format!("{word}: {}, {}.", added.source.name, added.why));
        let to = waiting(ctx, added.source.id);
        return Ok(Redirect::to(to).with(told).into_response());
    }
    let mut page = list_page(ctx, layout).await?;
    page.added = Some(added);
    Ok(View(page).into_response())
}

/// The page of a source that waits for a poll asked for now.
fn waiting(ctx: &Ctx, id: SourceId) -> String {
    format!("/sources/{id}?since={}", ctx.now().as_millis())
}

#[derive(Template)]
#[template(path = "postings/sources/show.html")]
struct SourcePage {
    layout: Layout,
    source: Source,
    advice: Option<String>,
    notices: Vec<Notice>,
    rhythm: Rhythm,
    polls: Vec<Poll>,
    may_change: bool,
    now: Timestamp,
    health: HealthWord,
    /// The instant from which a poll is waited for, and whether it has come.
    since: Option<i64>,
    is_waiting: bool,
}

impl SourcePage {
    fn is_paused(&self) -> bool {
        self.source.state == SourceState::Paused
    }

    fn seconds(&self, poll: &Poll) -> String {
        let ms = poll.finished_at.as_millis() - poll.started_at.as_millis();
        format!("{}.{} s", ms / 1_000, ms % 1_000 / 100)
    }

    fn size(&self, bytes: &u64) -> String {
        match bytes {
            0 => String::new(),
            bytes if *bytes < 1_048_576 => format!("{} KiB", bytes.div_ceil(1_024)),
            bytes => format!(
                "{}.{} MiB",
                bytes / 1_048_576,
                bytes % 1_048_576 * 10 / 1_048_576
            ),
        }
    }

    fn outcome_class(&self, outcome: &PollOutcome) -> &'static str {
        match outcome {
            PollOutcome::Complete => "tag tag-good",
            PollOutcome::Partial => "tag tag-warn",
            PollOutcome::Unchanged => "tag",
            PollOutcome::Failed => "tag tag-bad",
        }
    }

    fn moved(&self) -> Option<String> {
        let to = self.source.moved_to.as_ref()?;
        Some(format!("{}:{}", to.kind.name(), to.address))
    }

    /// The problems of the newest poll that had any.
    fn problems(&self) -> Option<&Poll> {
        self.polls.first().filter(|poll| !poll.problems.is_empty())
    }

    fn is_due(&self) -> bool {
        self.source.next_poll_at <= self.now
    }

    fn is_web_address(&self) -> bool {
        let address = &self.source.address.address;
        address.starts_with("https://") || address.starts_with("http://")
    }

    /// What is wrong now.
    fn open(&self) -> impl Iterator<Item = &Notice> {
        self.notices
            .iter()
            .filter(|notice| notice.ended_at.is_none())
    }

    fn is_open(&self, kind: NoticeKind) -> bool {
        self.open().any(|notice| notice.kind == kind)
    }

    fn is_move(&self, notice: &Notice) -> bool {
        notice.kind == NoticeKind::Moved
    }

    /// A failure that no notice tells of yet.
    fn untold_error(&self) -> Option<&SourceError> {
        let error = self.source.last_error.as_ref()?;
        let told = self
            .open()
            .any(|notice| notice.seen.contains(&error.message));
        (!told).then_some(error)
    }

    /// Notices that are over, with when.
    fn past(&self) -> Vec<(&Notice, Timestamp)> {
        self.notices
            .iter()
            .filter_map(|notice| Some((notice, notice.ended_at?)))
            .collect()
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct ShowParams {
    since: Option<i64>,
}

async fn show(
    ctx: Ctx,
    layout: Layout,
    Path(id): Path<SourceId>,
    Query(params): Query<ShowParams>,
) -> Result<View<SourcePage>> {
    let detail = source_show(&ctx, id).await?;
    Ok(View(source_page(&ctx, layout, detail, params.since)))
}

fn source_page(ctx: &Ctx, layout: Layout, detail: SourceDetail, since: Option<i64>) -> SourcePage {
    let source = detail.source;
    SourcePage {
        layout: layout.titled(source.name.clone()),
        may_change: may_change(ctx),
        now: ctx.now(),
        health: HealthWord::of(source.health),
        is_waiting: since.is_some_and(|since| is_waiting(&source, since, ctx.now())),
        since,
        source,
        advice: detail.advice,
        notices: detail.notices,
        rhythm: detail.rhythm,
        polls: detail.polls,
    }
}

/// Whether a poll that was asked for at `since` has not ended yet, as far as one can still expect it.
fn is_waiting(source: &Source, since: i64, now: Timestamp) -> bool {
    let polled = source
        .last_polled_at
        .is_some_and(|at| at.as_millis() >= since);
    let elapsed = now.as_millis().saturating_sub(since);
    !polled && source.state == SourceState::Active && (0..PATIENCE_MS).contains(&elapsed)
}

async fn poll(ctx: Ctx, Path(id): Path<SourceId>) -> Result<Redirect> {
    let page = format!("/sources/{id}");
    match source_poll_now(&ctx, id).await {
        Ok(()) => Ok(Redirect::to(waiting(&ctx, id))),
        Err(problem) => Redirect::after::<()>(Err(problem), &page, ""),
    }
}

#[derive(Debug, Deserialize)]
struct PauseForm {
    paused: String,
}

async fn pause(
    ctx: Ctx,
    Path(id): Path<SourceId>,
    Form(form): Form<PauseForm>,
) -> Result<Redirect> {
    let paused = form.paused == "yes";
    let source = source_pause(&ctx, id, paused).await?;
    let word = if paused { "is paused" } else { "is read again" };
    let told = Flash::ok(format!("{} {word}.", source.name));
    Ok(Redirect::to(format!("/sources/{id}")).with(told))
}

async fn remove(ctx: Ctx, Path(id): Path<SourceId>) -> Result<Redirect> {
    source_remove(&ctx, id).await?;
    Ok(Redirect::to(format!("/sources?removed={id}")))
}

async fn restore(ctx: Ctx, Path(id): Path<SourceId>) -> Result<Redirect> {
    let source = source_restore(&ctx, id).await?;
    let told = Flash::ok(format!("{} is back. It is being read anew.", source.name));
    Ok(Redirect::to(waiting(&ctx, id)).with(told))
}

/// The pages and what their forms send to.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .get("/sources", list)
        .post("/sources", add)
        .get("/sources/{id}", show)
        .post("/sources/{id}/poll", poll)
        .post("/sources/{id}/pause", pause)
        .post("/sources/{id}/remove", remove)
        .post("/sources/{id}/restore", restore)
}
