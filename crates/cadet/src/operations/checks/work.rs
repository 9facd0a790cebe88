//! Checks of the work under way: sources, polls, background jobs.

use crate::clock::Timestamp;
use crate::error::Result;
use crate::operations::model::Check;
use crate::operations::store;
use crate::postings::sources::actions::{advice, source_list, source_notices};
use crate::postings::sources::model::{Health, Source, SourceState};
use crate::state::Ctx;

/// A poll that is due for so long is not made by anybody.
const OVERDUE_MS: i64 = 2 * 3_600_000;
/// A job that is due for so long is not done by anybody.
const JOB_OVERDUE_MS: i64 = 15 * 60_000;
/// Sources that are named in an answer.
const NAMED: usize = 3;
const NO_WORKER: &str =
    "Nobody works. Start `cadet serve`, or `cadet work` beside `cadet serve --no-worker`.";

/// Whether sources can be read.
pub(super) async fn sources(ctx: &Ctx) -> Result<Check> {
    const NAME: &str = "sources";
    let sources = source_list(ctx).await?;
    if sources.is_empty() {
        return Ok(Check::warning(
            NAME,
            "There are none.",
            "Add one: cadet source add https://example.org/careers",
        ));
    }
    let broken: Vec<&Source> = sources
        .iter()
        .filter(|source| source.health == Health::Broken)
        .collect();
    if broken.is_empty() {
        let seen = format!("{} sources, none broken.", sources.len());
        return Ok(Check::ok(NAME, seen));
    }
    let named: Vec<String> = broken
        .iter()
        .take(NAMED)
        .map(|one| described(one))
        .collect();
    let rest = match broken.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!("; and {more} more"),
    };
    Ok(Check::warning(
        NAME,
        format!("{} of {} sources are broken.", broken.len(), sources.len()),
        format!("{}{rest}. See `cadet source list`.", named.join("; ")),
    ))
}

fn described(source: &Source) -> String {
    let advice = source.last_error.as_ref().map_or_else(String::new, advice);
    let advice = advice.trim_end_matches('.');
    format!("{} (number {}): {advice}", source.name, source.id)
}

/// Whether sources that can be read bring what they used to.
pub(super) async fn source_health(ctx: &Ctx) -> Result<Check> {
    const NAME: &str = "source-health";
    let notices = source_notices(ctx).await?;
    if notices.is_empty() {
        return Ok(Check::ok(NAME, "Nothing unusual was seen."));
    }
    let sources = source_list(ctx).await?;
    let told: Vec<String> = notices
        .iter()
        .filter_map(|(id, notices)| {
            let source = sources.iter().find(|source| source.id == *id)?;
            let kinds: Vec<&str> = notices.iter().map(|one| one.kind.label()).collect();
            let kinds = kinds.join(", ");
            Some(format!("{} (number {id}): {kinds}", source.name))
        })
        .collect();
    let rest = match told.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!("; and {more} more"),
    };
    let named = told[..told.len().min(NAMED)].join("; ");
    Ok(Check::warning(
        NAME,
        format!("{} sources need a look.", notices.len()),
        format!("{named}{rest}. See `cadet source show NUMBER`."),
    ))
}

/// Whether somebody polls the sources.
pub(super) async fn polls(ctx: &Ctx) -> Result<Check> {
    const NAME: &str = "polls";
    let now = ctx.now();
    let late = |source: &&Source| {
        source.state == SourceState::Active && source.next_poll_at.plus_millis(OVERDUE_MS) < now
    };
    let sources = source_list(ctx).await?;
    let overdue = sources.iter().filter(late).count();
    if overdue == 0 {
        return Ok(Check::ok(NAME, "None is overdue."));
    }
    let seen = format!("{overdue} sources should have been polled two hours ago or earlier.");
    Ok(Check::warning(
        NAME,
        seen,
        format!("{NO_WORKER} Or poll once: cadet sync"),
    ))
}

/// Whether jobs are done, and none was given up on.
pub(super) async fn jobs(ctx: &Ctx) -> Result<Check> {
    const NAME: &str = "jobs";
    let counts = jobs::counts(ctx.db.pool()).await?;
    let sum = |state: jobs::State| -> i64 {
        let of_state = counts.iter().filter(|count| count.state == state);
        of_state.map(|count| count.jobs).sum()
    };
    let dead = sum(jobs::State::Dead);
    let waiting = sum(jobs::State::Queued);
    let seen = format!(
        "{waiting} wait, {} run, {dead} were given up on.",
        sum(jobs::State::Running)
    );
    if dead > 0 {
        let advice = "See why with `cadet job list`; then `cadet job retry NUMBER` or `cadet job delete NUMBER`.";
        return Ok(Check::warning(NAME, seen, advice));
    }
    let oldest = store::oldest_due_job(&ctx.db).await?;
    if oldest.is_some_and(|due: Timestamp| due.plus_millis(JOB_OVERDUE_MS) < ctx.now()) {
        let seen = format!("{seen} The oldest has been due for more than 15 minutes.");
        return Ok(Check::warning(NAME, seen, NO_WORKER));
    }
    Ok(Check::ok(NAME, seen))
}
