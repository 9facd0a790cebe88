//! Matching: what appeared since a saved search last looked, and handing it over for delivery.
//!
//! Any number of processes may do this at once. Each works from a copy of how far the saved searches have looked, and
//! writes only for those that are still there when it has locked them.

use std::collections::HashMap;

use jobs::{NewJob, Running};

use super::model::{AlertId, DeliveryId, SavedSearch};
use super::schedule::Schedule;
use super::store::deliveries::{self, NewDelivery};
use super::store::{matches, searches};
use crate::db::Transaction;
use crate::error::{Error, Result};
use crate::flow::kind;
use crate::postings::fresh::{Fresh, postings_fresh};
use crate::postings::model::PostingId;
use crate::postings::openings::matching::openings_match;
use crate::postings::reasons::match_reasons;
use crate::state::Ctx;

/// What one saved search found, with the reasons.
type Found = Vec<(PostingId, Vec<String>)>;

/// Reads the event log to its end for all active saved searches, or one of them. The job, if there is one, is completed
/// in the transaction that writes the last of it. Gives how many matches are new.
///
/// # Errors
/// From the database and the index.
pub async fn alerts_match(ctx: &Ctx, only: Option<AlertId>, job: Option<&Running>) -> Result<u64> {
    let mut new = 0;
    loop {
        // No further than openings are known, so that an opening alerts once however many postings tell of it.
        let last = openings_match(ctx).await?;
        let behind = searches::behind(&ctx.db, last, only).await?;
        let Some(after) = behind.iter().map(|search| search.seen_event).min() else {
            return Ok(new);
        };
        let fresh = postings_fresh(ctx, after, last).await?;
        let (fresh, found) = look(ctx, fresh, behind.clone()).await?;
        let transaction = ctx.db.begin().await?;
        new += write(ctx, &transaction, &behind, &fresh, &found).await?;
        let at_end = fresh.at_end;
        if let Some(job) = job.filter(|_| at_end) {
            job.complete_in(&transaction).await?;
        }
        transaction.commit().await?;
        ctx.queue.wake();
        if at_end {
            return Ok(new);
        }
    }
}

/// Asks for each saved search which of the batch it finds; computing, so on a thread for that.
async fn look(
    ctx: &Ctx,
    fresh: Fresh,
    behind: Vec<SavedSearch>,
) -> Result<(Fresh, HashMap<AlertId, Found>)> {
    let ctx = ctx.clone();
    let work = move || {
        let mut found = HashMap::new();
        for search in &behind {
            let hits = fresh.matching(&search.query, search.seen_event, ctx.now())?;
            let reasons =
                |posting| match_reasons(ctx.index.engine(), &search.query, posting, ctx.now());
            let hits: Found = hits
                .into_iter()
                .map(|stored| (stored.id, reasons(&stored.posting)))
                .collect();
            if !hits.is_empty() {
                found.insert(search.id, hits);
            }
        }
        Ok((fresh, found))
    };
    tokio::task::spawn_blocking(work)
        .await
        .map_err(Error::internal)?
}

async fn write(
    ctx: &Ctx,
    transaction: &Transaction,
    behind: &[SavedSearch],
    fresh: &Fresh,
    found: &HashMap<AlertId, Found>,
) -> Result<u64> {
    let ids: Vec<AlertId> = behind.iter().map(|search| search.id).collect();
    let now_there = searches::lock(transaction, &ids).await?;
    // Whoever has another event or search by now was looked after, or changed, by somebody else.
    let ours: Vec<&SavedSearch> = behind
        .iter()
        .filter(|search| search.seen_event < fresh.upto)
        .filter_map(|search| {
            let there = now_there.get(&search.id)?;
            (there.seen_event == search.seen_event && there.query == search.query).then_some(there)
        })
        .collect();
    let ours_ids: Vec<AlertId> = ours.iter().map(|search| search.id).collect();
    searches::advance(transaction, &ours_ids, fresh.upto).await?;
    let (mut new, mut found_ids) = (0, Vec::new());
    for search in ours {
        let Some(hits) = found.get(&search.id) else {
            continue;
        };
        let inserted = matches::insert(transaction, search, ctx.now(), hits).await?;
        if inserted == 0 {
            continue;
        }
        new += inserted;
        found_ids.push(search.id);
        if search.schedule == Schedule::AtOnce {
            hand_over(ctx, transaction, search).await?;
        }
    }
    searches::found_something(transaction, ctx.now(), &found_ids).await?;
    Ok(new)
}

/// Hands everything that waits over: a delivery and its job for each channel that is on, or, where there is none, a note
/// that the feed has it. Does nothing when nothing waits. Gives how many postings were handed over.
///
/// # Errors
/// From the database.
pub async fn hand_over(ctx: &Ctx, transaction: &Transaction, search: &SavedSearch) -> Result<u64> {
    let count = matches::count_waiting(transaction, search.id).await?;
    if count == 0 {
        return Ok(0);
    }
    let batch = deliver(ctx, transaction, search, count).await?;
    matches::hand_over(transaction, search.id, batch).await
}

/// Writes a delivery of `count` postings (0: a test) for each channel, with its job. Gives the first, which has the matches.
///
/// # Errors
/// From the database.
pub async fn deliver(
    ctx: &Ctx,
    transaction: &Transaction,
    search: &SavedSearch,
    count: u64,
) -> Result<DeliveryId> {
    let mut batch = None;
    for channel in search.live_channels() {
        let new = NewDelivery {
            channel: channel.name(),
            target: channel.target(),
            batch,
            posting_count: count,
            done: false,
        };
        let id = deliveries::insert(transaction, search, ctx.now(), new).await?;
        enqueue(ctx, transaction, id).await?;
        batch.get_or_insert(id);
    }
    match batch {
        Some(batch) => Ok(batch),
        None => {
            let new = NewDelivery {
                channel: "feed",
                target: "",
                batch,
                posting_count: count,
                done: true,
            };
            deliveries::insert(transaction, search, ctx.now(), new).await
        }
    }
}

/// Enqueues the job of a delivery.
///
/// # Errors
/// From the database.
pub async fn enqueue(ctx: &Ctx, transaction: &Transaction, id: DeliveryId) -> Result<()> {
    let job = NewJob::new(kind::ALERT_DELIVER, &id).map_err(Error::internal)?;
    jobs::enqueue(transaction, ctx.now().0, &job).await?;
    Ok(())
}

/// Hands over what has gathered for the saved searches whose time has come. Gives how many were due.
///
/// # Errors
/// From the database and the index.
pub async fn alerts_due(ctx: &Ctx) -> Result<u64> {
    let due = searches::due(&ctx.db, ctx.now()).await?;
    if due.is_empty() {
        return Ok(0);
    }
    // What was stored before the hour belongs to it, even if its job still waits.
    alerts_match(ctx, None, None).await?;
    let mut taken = 0;
    for search in due {
        let next = search.schedule.next_due(ctx.now(), &search.time_zone);
        let transaction = ctx.db.begin().await?;
        if searches::take_due(&transaction, search.id, search.next_due_at, next).await? {
            hand_over(ctx, &transaction, &search).await?;
            taken += 1;
        }
        transaction.commit().await?;
    }
    ctx.queue.wake();
    Ok(taken)
}
