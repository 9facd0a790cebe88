//! Ingest: what a poll brought becomes postings, in batches, each in one transaction with its event.
//!
//! A record that cannot be normalised is reported and loses nothing else. Only a complete poll that has not shrunk
//! suspiciously says that a posting is gone.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use futures::StreamExt as _;

use super::merge::{Changes, merge};
use super::model::{NormalPosting, PostingId};
use super::prepare::{Prepared, Record, prepare};
use super::sources::model::{Listing, PollCounts, RawPosting, RecordProblem, Source};
use super::store::write::{
    self, KnownSighting, PostingRow, SightingRow, Standing, alive, closed_state, insert_postings,
    known_sightings, mark_gone, new_ids, postings_by_key, presence, set_closed, standing,
    touch_sightings, update_postings, upsert_sightings,
};
use crate::clock::Timestamp;
use crate::db::Transaction;
use crate::error::{Error, Result};
use crate::events::{self, Event};
use crate::state::Ctx;

/// Records written in one transaction: large enough that a commit costs little for each, small enough that other
/// writers wait for milliseconds only.
const BATCH: usize = 500;
/// Batches being prepared while one is written.
const AHEAD: usize = 2;
/// A poll that brings less than this share of what was there is not believed at once.
const SHRUNK_SHARE: f64 = 0.4;
/// Below this many records a source may well lose most of them from one day to the next.
const SHRUNK_FROM: u64 = 10;

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
    let batches = futures::stream::iter(batches(records))
        .map(|batch| prepare_batch(ctx, Arc::clone(&source), batch))
        .buffered(AHEAD);
    futures::pin_mut!(batches);
    while let Some(batch) = batches.next().await {
        let batch = batch?;
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

async fn prepare_batch(ctx: &Ctx, source: Arc<Source>, raw: Vec<RawPosting>) -> Result<Batch> {
    let now = ctx.now();
    let ids: Vec<String> = raw
        .iter()
        .map(|record| record.external_id.clone())
        .collect();
    let mut known = known_sightings(&ctx.db, source.id, &ids).await?;
    let app = Arc::clone(ctx.app());
    let work = move || {
        let records = raw.len() as u64;
        let mut unchanged = Vec::new();
        let mut fresh = Vec::new();
        for raw in raw {
            // Twice in one answer: the first one counts, as the sighting's row is one.
            let seen = known.remove(&raw.external_id);
            let record = Record::new(raw, seen);
            match seen {
                Some(before) if before.content_hash == record.content_hash => {
                    unchanged.push(before)
                }
                _ => fresh.push(record),
            }
        }
        let mut ids = HashSet::new();
        fresh.retain(|record| ids.insert(record.raw.external_id.clone()));
        let (prepared, problems) = prepare(&app, &source, fresh, now);
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

/// What writing a batch did; each posting stands in one list.
#[derive(Debug, Default)]
struct Written {
    new: Vec<PostingId>,
    changed: Vec<PostingId>,
    closed: Vec<PostingId>,
    reopened: Vec<PostingId>,
    joined: u64,
    told: usize,
}

async fn write_batch(ctx: &Ctx, source: &Source, batch: Batch) -> Result<Written> {
    let now = ctx.now();
    let transaction = ctx.db.begin().await?;
    touch_sightings(&transaction, now, &batch.unchanged).await?;
    let plan = plan(&transaction, source, now, batch.prepared).await?;
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
    upsert_sightings(&transaction, now, source.id, plan.sightings).await?;
    let returned = batch
        .unchanged
        .iter()
        .filter(|known| known.gone)
        .map(|known| known.posting);
    let touched: Vec<PostingId> = written.changed.iter().copied().chain(returned).collect();
    let settled = settle(&transaction, now, &touched, "its source says so").await?;
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
    Ok(written)
}

/// What is to be written for a batch.
#[derive(Default)]
struct Plan {
    new: Vec<PostingRow>,
    updated: Vec<(PostingRow, Changes)>,
    sightings: Vec<SightingRow>,
    joined: u64,
}

/// Finds for each record the posting that it belongs to, and joins the records of one posting.
async fn plan(
    transaction: &Transaction,
    source: &Source,
    now: Timestamp,
    prepared: Vec<Prepared>,
) -> Result<Plan> {
    let keys: Vec<String> = prepared
        .iter()
        .flat_map(|one| one.posting.keys.iter().cloned())
        .collect::<HashSet<_>>()
        .into_iter()
        .collect();
    let mut by_key = postings_by_key(transaction, &keys).await?;
    let belongs = |one: &Prepared, by_key: &HashMap<String, PostingId>| {
        one.record.known.map(|known| known.posting).or_else(|| {
            one.posting
                .keys
                .iter()
                .find_map(|key| by_key.get(key).copied())
        })
    };
    let strangers = prepared
        .iter()
        .filter(|one| belongs(one, &by_key).is_none())
        .count();
    let mut free = new_ids(transaction, strangers).await?.into_iter();
    let standing_ids: Vec<PostingId> = prepared
        .iter()
        .filter_map(|one| belongs(one, &by_key))
        .collect::<HashSet<_>>()
        .into_iter()
        .collect();
    let standings = standing(transaction, &standing_ids).await?;
    let mut draft = Draft {
        source,
        now,
        standings,
        new: HashMap::new(),
        order: Vec::new(),
        updated: HashMap::new(),
        joined: 0,
    };
    let mut sightings = Vec::with_capacity(prepared.len());
    for one in prepared {
        let id = match belongs(&one, &by_key) {
            Some(id) => id,
            None => free.next().ok_or_else(|| {
                Error::internal("fewer posting numbers were reserved than are needed")
            })?,
        };
        for key in &one.posting.keys {
            by_key.entry(key.clone()).or_insert(id);
        }
        sightings.push(draft.add(id, one)?);
    }
    Ok(draft.finish(sightings))
}

/// Postings being joined, while a batch is planned.
struct Draft<'a> {
    source: &'a Source,
    now: Timestamp,
    standings: HashMap<PostingId, Standing>,
    new: HashMap<PostingId, PostingRow>,
    order: Vec<PostingId>,
    updated: HashMap<PostingId, (PostingRow, Changes)>,
    joined: u64,
}

impl Draft<'_> {
    /// Joins one record into the posting `id`; gives the record's row.
    fn add(&mut self, id: PostingId, one: Prepared) -> Result<SightingRow> {
        let rank = self.rank(&one.posting);
        let row = sighting_row(id, &one)?;
        if let Some(row) = self.new.get_mut(&id) {
            let merged = merge(&row.posting, row.rank, &one.posting, rank);
            row.posting = merged.posting;
            row.rank = merged.rank;
            if one.record.raw.listing == Listing::Open {
                row.closed_at = closed_from_start(&row.posting, Listing::Open, self.now);
            }
            self.joined += 1;
        } else if let Some((row, changes)) = self.updated.get_mut(&id) {
            let merged = merge(&row.posting, row.rank, &one.posting, rank);
            row.posting = merged.posting;
            row.rank = merged.rank;
            changes.extend(merged.changes);
        } else if let Some(before) = self.standings.get(&id) {
            let merged = merge(&before.posting, before.rank, &one.posting, rank);
            let row = PostingRow {
                id,
                posting: merged.posting,
                rank: merged.rank,
                closed_at: before.closed_at,
            };
            self.updated.insert(id, (row, merged.changes));
            self.joined += u64::from(one.record.known.is_none());
        } else {
            let closed_at = closed_from_start(&one.posting, one.record.raw.listing, self.now);
            self.order.push(id);
            self.new.insert(
                id,
                PostingRow {
                    id,
                    posting: one.posting,
                    rank,
                    closed_at,
                },
            );
        }
        Ok(row)
    }

    /// A source that gives the text is trusted a little more than its equal that does not.
    fn rank(&self, posting: &NormalPosting) -> i32 {
        self.source.address.kind.rank() + i32::from(!posting.description_text.is_empty())
    }

    fn finish(mut self, sightings: Vec<SightingRow>) -> Plan {
        let new = self
            .order
            .iter()
            .filter_map(|id| self.new.remove(id))
            .collect();
        let mut updated: Vec<_> = self.updated.into_values().collect();
        updated.sort_by_key(|(row, _)| row.id);
        Plan {
            new,
            updated,
            sightings,
            joined: self.joined,
        }
    }
}

fn closed_from_start(
    posting: &NormalPosting,
    listing: Listing,
    now: Timestamp,
) -> Option<Timestamp> {
    let overdue = posting.deadline.is_some_and(|deadline| deadline.at < now);
    (overdue || listing != Listing::Open).then_some(now)
}

fn sighting_row(id: PostingId, one: &Prepared) -> Result<SightingRow> {
    Ok(SightingRow {
        known: one.record.known.map(|known| known.id),
        posting: id,
        external_id: one.record.raw.external_id.clone(),
        url: one.posting.url.clone(),
        title: one.posting.title.clone(),
        company: one.posting.company.clone(),
        locations: serde_json::to_string(&one.posting.locations).map_err(Error::internal)?,
        content_hash: one.record.content_hash,
        listing: one.record.raw.listing,
        raw: one.compressed.clone(),
    })
}

/// Closes those of `touched` that are open but nowhere to be seen, and reopens those that are seen but closed.
async fn settle(
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
async fn announce(transaction: &Transaction, now: Timestamp, written: &Written) -> Result<()> {
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
async fn close_missing(
    ctx: &Ctx,
    source: &Source,
    started: Timestamp,
    completeness: Completeness,
    done: &mut Ingested,
) -> Result<()> {
    let transaction = ctx.db.begin().await?;
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
