//! Sync: polling a source and ingesting what it brought.

use std::time::Duration;

use super::ingest::{Completeness, Ingested, postings_ingest};
use super::lifecycle::model::Policy;
use super::lifecycle::{postings_close_gone, postings_confirm_doubts};
use super::sources::connector::connector;
use super::sources::details::memory_alone;
use super::sources::examination::{Looked, source_examine};
use super::sources::model::{
    Fetched, Poll, PollCounts, PollOutcome, Source, SourceError, SourceState,
};
use super::sources::profile::Profile;
use super::sources::schedule::must_wait;
use super::sources::store::{self, PollResult, health};
use super::store::lives::has_suspects;
use crate::clock::Timestamp;
use crate::error::{Error, Result};
use crate::state::Ctx;

/// How long a source belongs to a process of which nothing is heard, as after a crash.
const CLAIM_MS: i64 = 30_000;
/// How often a process that polls makes itself heard; the database may be busy for some seconds in between.
const RENEW_EVERY: Duration = Duration::from_secs(8);

/// Polls `source`, ingests what it brought and stores how it went. `progress` is told records done. Gives `None` when
/// another process is polling it just now.
///
/// A source that cannot be read is no error of this action: the poll says so.
///
/// # Errors
/// From the database.
pub async fn source_poll(
    ctx: &Ctx,
    source: &Source,
    progress: &(dyn Fn(u64) + Sync),
) -> Result<Option<Poll>> {
    let started_at = ctx.now();
    if source.state != SourceState::Active
        || !store::claim(
            &ctx.db,
            started_at,
            source.id,
            started_at.plus_millis(CLAIM_MS),
        )
        .await?
    {
        return Ok(None);
    }
    let (mut result, profile) = tokio::select! {
        result = read(ctx, source, started_at, progress) => result?,
        error = keep_claim(ctx, source) => return Err(error),
    };
    let looked = Looked {
        poll: &result.poll,
        profile: profile.as_ref(),
        moved_to: result.moved_to.as_ref(),
        confirm_ms: confirm_ms(ctx, source).await?,
    };
    let examined = source_examine(ctx, source, looked).await?;
    result.next_poll_at = examined.next_poll_at;
    let transaction = ctx.db.begin().await?;
    store::record_poll(&transaction, source, &result).await?;
    health::record_examination(&transaction, ctx.now(), source.id, &examined).await?;
    transaction.commit().await?;
    ctx.index.nudge();
    ctx.queue.wake();
    metrics::counter!("cadet_polls_total", "kind" => source.address.kind.name(), "outcome" => result.poll.outcome.name()).increment(1);
    Ok(Some(result.poll))
}

/// Milliseconds after which a second look confirms what was missed, if something of the source is in doubt.
async fn confirm_ms(ctx: &Ctx, source: &Source) -> Result<Option<i64>> {
    let policy = Policy::of(source.address.kind, &ctx.config.lifecycle);
    let doubts = has_suspects(&ctx.db, source.id).await?;
    Ok(doubts.then_some(policy.spacing_ms))
}

/// Fetches and ingests; a source that cannot be read gives a failed poll. When to look again is decided later.
async fn read(
    ctx: &Ctx,
    source: &Source,
    started_at: Timestamp,
    progress: &(dyn Fn(u64) + Sync),
) -> Result<(PollResult, Option<Profile>)> {
    let fetched = connector(source.address.kind)
        .fetch(&ctx.fetch, &source.address, source.validators.as_ref())
        .await;
    match fetched {
        Ok(fetched) => {
            let profile = Profile::of(&fetched.postings);
            let result = ingest(ctx, source, started_at, fetched, progress).await?;
            Ok((result, profile))
        }
        Err(error) => Ok((failed(ctx, source, started_at, error), None)),
    }
}

/// Renews the claim on a source for as long as it is polled; only ends when the database does not let it.
async fn keep_claim(ctx: &Ctx, source: &Source) -> Error {
    loop {
        tokio::time::sleep(RENEW_EVERY).await;
        let until = ctx.now().plus_millis(CLAIM_MS);
        if let Err(error) = store::renew_claim(&ctx.db, source.id, until).await {
            return error;
        }
    }
}

async fn ingest(
    ctx: &Ctx,
    source: &Source,
    started_at: Timestamp,
    fetched: Fetched,
    progress: &(dyn Fn(u64) + Sync),
) -> Result<PollResult> {
    let Fetched {
        postings,
        complete,
        incremental,
        unchanged,
        mut problems,
        name,
        validators,
        moved_to,
        bytes,
        gone,
    } = fetched;
    let mut done = Ingested::default();
    if unchanged {
        done.counts.closed = postings_confirm_doubts(ctx, source).await?;
    } else {
        let completeness = Completeness {
            complete,
            doubted_before: doubted_before(ctx, source).await?,
        };
        let records = postings.into_iter();
        done = postings_ingest(ctx, source, records, completeness, progress).await?;
        done.counts.closed += postings_close_gone(ctx, source, &gone).await?;
    }
    let lost_some = done.problems.len();
    problems.append(&mut done.problems);
    let outcome = match (unchanged, complete && done.believed) {
        (true, _) => PollOutcome::Unchanged,
        (false, true) => PollOutcome::Complete,
        (false, false) => PollOutcome::Partial,
    };
    let finished_at = ctx.now();
    let counts = done.counts;
    Ok(PollResult {
        poll: Poll {
            source: source.id,
            started_at,
            finished_at,
            outcome,
            counts,
            bytes,
            error: None,
            problems,
        },
        next_poll_at: finished_at,
        name: name.filter(|_| source.name == source.address.address),
        // A poll that lost records is read again as a whole the next time.
        validators: if incremental || outcome == PollOutcome::Complete && lost_some == 0 {
            validators
        } else {
            memory_alone(validators.as_ref())
        },
        open_count: (outcome == PollOutcome::Complete).then_some(counts.found),
        moved_to,
    })
}

fn failed(ctx: &Ctx, source: &Source, started_at: Timestamp, error: SourceError) -> PollResult {
    let finished_at = ctx.now();
    tracing::debug!(source = source.id.0, kind = ?error.kind, status = error.status, "a source could not be read");
    PollResult {
        next_poll_at: finished_at,
        poll: Poll {
            source: source.id,
            started_at,
            finished_at,
            outcome: PollOutcome::Failed,
            counts: PollCounts::default(),
            bytes: 0,
            error: Some(error),
            problems: Vec::new(),
        },
        name: None,
        validators: None,
        open_count: None,
        moved_to: None,
    }
}

/// How many records the last poll found, if it was not believed: a second one that says the same is.
async fn doubted_before(ctx: &Ctx, source: &Source) -> Result<Option<u64>> {
    let last = store::polls(&ctx.db, source.id, 1)
        .await?
        .into_iter()
        .next();
    Ok(last
        .filter(|poll| poll.outcome == PollOutcome::Partial)
        .map(|poll| poll.counts.found))
}

/// Sources to be polled: those named, or all that are active and not among the few whose interface bears no call yet.
///
/// # Errors
/// [`Error::NotFound`] for an id that is not there; from the database.
pub async fn sources_to_sync(
    ctx: &Ctx,
    ids: &[super::sources::model::SourceId],
) -> Result<Vec<Source>> {
    if ids.is_empty() {
        let all = store::list(&ctx.db).await?;
        return Ok(all
            .into_iter()
            .filter(|source| source.state == SourceState::Active && !must_wait(source, ctx.now()))
            .collect());
    }
    let mut sources = Vec::with_capacity(ids.len());
    for id in ids {
        let source = store::get(&ctx.db, *id).await?;
        if source.state != SourceState::Active {
            return Err(Error::Conflict(format!(
                "Source {id} is not polled at present. Resume it with `cadet source pause {id} --resume`."
            )));
        }
        sources.push(source);
    }
    Ok(sources)
}
