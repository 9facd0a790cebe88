//! Lifecycle: open, closed, open again; what says so, and the event that tells of it.

use super::ingest::{Completeness, Ingested};
use super::model::PostingId;
use super::sources::model::{RecordProblem, Source};
use super::store::sightings::{alive, mark_gone, presence};
use super::store::write::{self, closed_state, set_closed};
use crate::clock::Timestamp;
use crate::db::{Transaction, lock_event_log};
use crate::error::Result;
use crate::events::{self, Event};
use crate::state::Ctx;

/// A poll that brings less than this share of what was there is not believed at once.
const SHRUNK_SHARE: f64 = 0.4;
/// Below this many records a source may well lose most of them from one day to the next.
const SHRUNK_FROM: u64 = 10;

/// Closes what is no longer in `source` at all, because the source was removed.
///
/// # Errors
/// From the database.
pub async fn postings_forget_source(
    ctx: &Ctx,
    transaction: &Transaction,
    source: &Source,
) -> Result<u64> {
    let now = ctx.now();
    lock_event_log(transaction).await?;
    let touched = mark_gone(transaction, now, source.id, now.plus_millis(1)).await?;
    let written = settle(transaction, now, &touched, "its source was removed").await?;
    let closed = written.closed.len() as u64;
    announce(transaction, now, &written).await?;
    Ok(closed)
}

/// Closes postings whose last day to apply has passed.
///
/// # Errors
/// From the database.
pub async fn postings_close_overdue(ctx: &Ctx) -> Result<u64> {
    const AT_ONCE: u64 = 2_000;
    let now = ctx.now();
    let mut closed = 0;
    loop {
        let transaction = ctx.db.begin().await?;
        lock_event_log(&transaction).await?;
        let ids = write::overdue(&transaction, now, AT_ONCE).await?;
        if ids.is_empty() {
            return Ok(closed);
        }
        set_closed(
            &transaction,
            now,
            &ids,
            Some(now),
            "its last day to apply has passed",
        )
        .await?;
        closed += ids.len() as u64;
        announce(
            &transaction,
            now,
            &Written {
                closed: ids,
                ..Written::default()
            },
        )
        .await?;
        transaction.commit().await?;
    }
}

/// What writing a batch did; each posting stands in one list.
#[derive(Debug, Default)]
pub(super) struct Written {
    pub(super) new: Vec<PostingId>,
    pub(super) changed: Vec<PostingId>,
    pub(super) closed: Vec<PostingId>,
    pub(super) reopened: Vec<PostingId>,
    pub(super) joined: u64,
    pub(super) told: usize,
}

/// Closes those of `touched` that are open but nowhere to be seen, and reopens those that are seen but closed.
pub(super) async fn settle(
    transaction: &Transaction,
    now: Timestamp,
    touched: &[PostingId],
    reason: &str,
) -> Result<Written> {
    if touched.is_empty() {
        return Ok(Written::default());
    }
    let alive = alive(transaction, touched).await?;
    let overdue = write::overdue_among(transaction, now, touched).await?;
    let mut written = Written::default();
    for (id, closed_at) in closed_state(transaction, touched).await? {
        match (closed_at, alive.contains(&id) && !overdue.contains(&id)) {
            (None, false) => written.closed.push(id),
            (Some(_), true) => written.reopened.push(id),
            _ => {}
        }
    }
    set_closed(transaction, now, &written.closed, Some(now), reason).await?;
    set_closed(
        transaction,
        now,
        &written.reopened,
        None,
        "it is listed again",
    )
    .await?;
    Ok(written)
}

/// Logs what was written, if anything was.
pub(super) async fn announce(
    transaction: &Transaction,
    now: Timestamp,
    written: &Written,
) -> Result<()> {
    let Written {
        new,
        changed,
        closed,
        reopened,
        ..
    } = written;
    if [new, changed, closed, reopened]
        .into_iter()
        .all(Vec::is_empty)
    {
        return Ok(());
    }
    let (new, changed) = (new.clone(), changed.clone());
    let (closed, reopened) = (closed.clone(), reopened.clone());
    events::append(
        transaction,
        now,
        &Event::PostingsStored {
            new,
            changed,
            closed,
            reopened,
        },
    )
    .await?;
    Ok(())
}

/// Closes what a complete poll did not bring, unless so much is missing that the poll is doubted.
pub(super) async fn close_missing(
    ctx: &Ctx,
    source: &Source,
    started: Timestamp,
    completeness: Completeness,
    done: &mut Ingested,
) -> Result<()> {
    let transaction = ctx.db.begin().await?;
    lock_event_log(&transaction).await?;
    let (present, seen) = presence(&transaction, source.id, started).await?;
    let shrunk = present >= SHRUNK_FROM && (seen as f64) < present as f64 * SHRUNK_SHARE;
    if shrunk && completeness.doubted_before != Some(done.counts.found) {
        done.problems.push(RecordProblem {
            at: "the whole answer".into(),
            message: format!("Only {seen} of {present} known postings were in it. Nothing is closed until the next poll says the same."),
        });
        return Ok(());
    }
    let now = ctx.now();
    let touched = mark_gone(&transaction, now, source.id, started).await?;
    let written = settle(&transaction, now, &touched, "it is no longer listed").await?;
    done.counts.closed += written.closed.len() as u64;
    announce(&transaction, now, &written).await?;
    transaction.commit().await?;
    done.believed = true;
    Ok(())
}
