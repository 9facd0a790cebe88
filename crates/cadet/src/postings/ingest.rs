//! Ingest: what a poll brought becomes postings, in batches, each in one transaction with its event.
//!
//! A record that cannot be normalised is reported and loses nothing else. Only a complete poll that has not shrunk
//! suspiciously says that a posting is gone.

use std::collections::HashSet;
use std::sync::Arc;

use futures::StreamExt as _;
use tokio_util::task::AbortOnDropHandle;

use super::lifecycle::model::{Life, Look, Policy};
use super::lifecycle::{SAID, Written, announce, close_missing, settle};
use super::model::PostingId;
use super::plan::plan;
use super::prepare::{Prepared, Record, prepare};
use super::record::Stored;
use super::sources::model::{PollCounts, RawPosting, RecordProblem, Source};
use super::store::lives::set_lives;
use super::store::sightings::{
    KnownSighting, known_sightings, outlive_texts, touch_sightings, upsert_sightings,
};
use super::store::texts::keep_texts;
use super::store::write::{PostingRow, insert_postings, update_postings};
use crate::clock::Timestamp;
use crate::db::lock_event_log;
use crate::error::{Error, Result};
use crate::state::Ctx;

/// Records written in one transaction: large enough that a commit costs little for each, small enough that other
/// writers wait for milliseconds only.
const BATCH: usize = 500;
/// Batches being prepared, or waiting, while one is written.
const AHEAD: usize = 3;

/// What ingesting did.
#[derive(Clone, Debug, Default)]
pub struct Ingested {
    /// Counts for the poll.
    pub counts: PollCounts,
    /// Records that could not be normalised, and what else the source's owner should know.
    pub problems: Vec<RecordProblem>,
    /// Whether the poll was taken as complete: what it did not bring is gone.
    pub believed: bool,
}

/// Whether a poll was complete, and what is known to judge it.
#[derive(Clone, Copy, Debug)]
pub struct Completeness {
    /// The connector says that it read all.
    pub complete: bool,
    /// Records found by the poll before this one, if that one was not believed for having shrunk.
    pub doubted_before: Option<u64>,
}

/// Ingests the records of one poll. `progress` is told the number of records done after each batch.
///
/// # Errors
/// From the database; batches written before stay.
pub async fn postings_ingest(
    ctx: &Ctx,
    source: &Source,
    records: impl Iterator<Item = RawPosting> + Send,
    completeness: Completeness,
    progress: &(dyn Fn(u64) + Sync),
) -> Result<Ingested> {
    let started = ctx.now();
    let mut done = Ingested::default();
    let source = Arc::new(source.clone());
    // Tasks of their own: what is only polled between two writes would stand still while one is made.
    let batches = futures::stream::iter(batches(records))
        .map(|batch| {
            let task = prepare_batch(ctx.clone(), Arc::clone(&source), batch);
            AbortOnDropHandle::new(tokio::spawn(task))
        })
        .buffered(AHEAD);
    futures::pin_mut!(batches);
    while let Some(batch) = batches.next().await {
        let batch = batch.map_err(Error::internal)??;
        done.counts.found += batch.records;
        done.problems.extend(batch.problems.iter().cloned());
        let written = write_batch(ctx, &source, batch).await?;
        done.counts.added += written.new.len() as u64;
        done.counts.joined += written.joined;
        done.counts.changed += written.told as u64;
        done.counts.closed += written.closed.len() as u64;
        done.counts.reopened += written.reopened.len() as u64;
        progress(done.counts.found);
    }
    if completeness.complete {
        close_missing(ctx, &source, started, completeness, &mut done).await?;
    }
    Ok(done)
}

/// Cuts the records into batches. Lazy, so that a long poll is never held in memory as a whole.
fn batches(records: impl Iterator<Item = RawPosting>) -> impl Iterator<Item = Vec<RawPosting>> {
    let mut records = records.peekable();
    std::iter::from_fn(move || {
        records.peek()?;
        Some(records.by_ref().take(BATCH).collect())
    })
}

/// A batch, ready to be written.
struct Batch {
    records: u64,
    prepared: Vec<Prepared>,
    unchanged: Vec<KnownSighting>,
    problems: Vec<RecordProblem>,
}

async fn prepare_batch(ctx: Ctx, source: Arc<Source>, mut raw: Vec<RawPosting>) -> Result<Batch> {
    let now = ctx.now();
    // Twice in one answer: the first one counts, as the sighting's row is one.
    let mut named = HashSet::new();
    raw.retain(|record| named.insert(record.external_id.clone()));
    let ids: Vec<String> = raw
        .iter()
        .map(|record| record.external_id.clone())
        .collect();
    let mut known = known_sightings(&ctx.db, source.id, &ids).await?;
    let work = move || {
        let records = raw.len() as u64;
        let mut unchanged = Vec::new();
        let mut fresh = Vec::new();
        for raw in raw {
            let seen = known.remove(&raw.external_id);
            let record = Record::new(raw, seen);
            match seen {
                // An outline holds less than is known, so it must not take the place of what was read in full.
                Some(before)
                    if record.raw.outline || before.content_hash == record.content_hash =>
                {
                    unchanged.push(before)
                }
                _ => fresh.push(record),
            }
        }
        let (prepared, problems) = prepare(&source, fresh, now);
        Batch {
            records,
            prepared,
            unchanged,
            problems,
        }
    };
    tokio::task::spawn_blocking(work)
        .await
        .map_err(Error::internal)
}

async fn write_batch(ctx: &Ctx, source: &Source, batch: Batch) -> Result<Written> {
    let now = ctx.now();
    let policy = Policy::of(source.address.kind, &ctx.config.lifecycle);
    let moved_on = moved_on(&batch.unchanged, now, policy);
    let transaction = ctx.db.begin().await?;
    if !batch.prepared.is_empty() || !moved_on.is_empty() {
        lock_event_log(&transaction).await?;
    }
    touch_sightings(&transaction, now, &batch.unchanged).await?;
    let lives: Vec<_> = moved_on
        .iter()
        .map(|(known, life)| (known.id, *life))
        .collect();
    set_lives(&transaction, &lives, None).await?;
    let plan = plan(&transaction, source, policy, now, batch.prepared).await?;
    let mut written = Written {
        new: plan.new.iter().map(|row| row.id).collect(),
        changed: plan.updated.iter().map(|(row, _)| row.id).collect(),
        joined: plan.joined,
        told: plan
            .updated
            .iter()
            .filter(|(_, changes)| !changes.is_empty())
            .count(),
        ..Written::default()
    };
    insert_postings(&transaction, now, &plan.new).await?;
    update_postings(&transaction, now, &plan.updated).await?;
    outlive_texts(&transaction, &plan.former, &plan.sightings).await?;
    upsert_sightings(&transaction, now, source.id, plan.sightings).await?;
    keep_texts(&transaction, now, plan.replaced).await?;
    let moved_on = moved_on.iter().map(|(known, _)| known.posting);
    let touched: Vec<PostingId> = written.changed.iter().copied().chain(moved_on).collect();
    let settled = settle(&transaction, now, &touched, SAID).await?;
    written.closed = settled.closed;
    written.reopened = settled.reopened;
    let moved: HashSet<PostingId> = written
        .closed
        .iter()
        .chain(&written.reopened)
        .copied()
        .collect();
    written.changed.retain(|id| !moved.contains(id));
    announce(&transaction, now, &written).await?;
    transaction.commit().await?;
    hand_over(ctx, source, now, plan.new);
    Ok(written)
}

/// Of records that say what they said before, those whose life moves on all the same: they return, or a doubt is confirmed.
fn moved_on(
    unchanged: &[KnownSighting],
    now: Timestamp,
    policy: Policy,
) -> Vec<(KnownSighting, Life)> {
    unchanged
        .iter()
        .filter(|known| !known.life.is_settled(known.listed))
        .map(|known| {
            let look = if known.listed {
                Look::Listed
            } else {
                Look::SaidClosed
            };
            (*known, known.life.after(look, now, policy))
        })
        .collect()
}

/// Leaves what is new to this process's index, which needs not read it back then.
fn hand_over(ctx: &Ctx, source: &Source, now: Timestamp, rows: Vec<PostingRow>) {
    if rows.is_empty() {
        return;
    }
    let (index, source) = (ctx.index.clone(), source.id);
    // Nobody waits for it: what comes too late is read back.
    tokio::task::spawn_blocking(move || {
        let stored: Vec<Stored> = rows.into_iter().map(|row| row.into_stored(now)).collect();
        index.hand_over(&stored, source);
    });
}
