//! Matching: of which saved searches are what appeared, and handing it over for delivery.
//!
//! Any number of processes may do this at once. One place in the event log counts for all saved searches; each process
//! asks its percolator of the next events without a lock, and then writes only if that place is still where it began.
//! Saved searches that changed since its percolator was refreshed are asked once more by then, under the lock that every
//! change of them needs, so that a percolator that is behind loses nothing. A saved search that was not there for some
//! events that it shall still tell of (it came back after it was removed, say) lags, and is asked alone.

use std::collections::HashMap;
use std::sync::Arc;

use jobs::{NewJob, Running};

use super::model::{AlertId, DeliveryId, SavedSearch};
use super::percolate::{Looked, ask_alone};
use super::schedule::Schedule;
use super::store::deliveries::{self, NewDelivery};
use super::store::matches::NewMatch;
use super::store::{asking, matches, position, searches};
use crate::accounts::model::AccountId;
use crate::db::Transaction;
use crate::error::{Error, Result};
use crate::flow::kind;
use crate::postings::fresh::{Fresh, postings_fresh};
use crate::postings::model::PostingId;
use crate::postings::openings::matching::openings_match;
use crate::state::Ctx;

/// Lagging saved searches that are asked at once.
const LAGGING_AT_ONCE: u64 = 200;
/// Changed saved searches that are read at once.
const CHANGED_AT_ONCE: u64 = 1_000;

/// Reads the event log to its end for all active saved searches. The job, if there is one, is completed in the
/// transaction that writes the last of it. Gives how many matches are new.
///
/// # Errors
/// From the database and the index.
pub async fn alerts_match(ctx: &Ctx, job: Option<&Running>) -> Result<u64> {
    let mut new = catch_up(ctx).await?;
    loop {
        // No further than openings are known, so that an opening alerts once however many postings tell of it.
        let last = openings_match(ctx).await?;
        let after = position::get(ctx.db.pool()).await?.event;
        if last <= after {
            return Ok(new);
        }
        let fresh = Arc::new(postings_fresh(ctx, after, last).await?);
        let looked = ctx.percolation.look(ctx, &fresh).await?;
        let transaction = ctx.db.begin().await?;
        let Some(written) = write(ctx, &transaction, after, &fresh, looked).await? else {
            continue;
        };
        new += written;
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

/// Writes what was found of the events after `after`, unless another process has done so. Gives how many are new.
async fn write(
    ctx: &Ctx,
    transaction: &Transaction,
    after: i64,
    fresh: &Arc<Fresh>,
    looked: Looked,
) -> Result<Option<u64>> {
    let now_at = position::lock(transaction).await?;
    if now_at.event != after {
        return Ok(None);
    }
    let Looked { version, mut found } = looked;
    let mut place = (version, AlertId(i64::MAX));
    loop {
        let changed = asking::changed_after(transaction, place, CHANGED_AT_ONCE).await?;
        let Some(last) = changed.last() else { break };
        place = (last.version, last.search.id);
        for change in &changed {
            found.remove(&change.search.id);
        }
        let active = changed.into_iter().filter(|change| change.active);
        let active: Vec<SavedSearch> = active.map(|change| change.search).collect();
        found.extend(ask_alone(ctx, fresh, active).await?);
    }
    let ids: Vec<AlertId> = found.keys().copied().collect();
    let there = asking::lock(transaction, &ids).await?;
    let resting = asking::rest(transaction, &ids, after).await?;
    let mut all = Vec::new();
    for (id, hits) in found {
        let Some(search) = there.get(&id).filter(|_| !resting.contains(&id)) else {
            continue;
        };
        let hits = hits.into_iter().filter(|hit| hit.event > search.seen_event);
        all.extend(hits.map(|hit| hit.of(search)));
    }
    let new = keep(ctx, transaction, &there, all).await?;
    position::advance(transaction, now_at, fresh.upto).await?;
    Ok(Some(new))
}

/// Writes what saved searches found, which must be locked, and hands over what is delivered at once. Gives how many are
/// new.
async fn keep(
    ctx: &Ctx,
    transaction: &Transaction,
    there: &HashMap<AlertId, SavedSearch>,
    found: Vec<NewMatch>,
) -> Result<u64> {
    let mut found = fitting(ctx, there, found).await?;
    found.sort_by_key(|one| (one.search, one.posting));
    let new = matches::insert(transaction, ctx.now(), &found).await?;
    let mut ids: Vec<AlertId> = new.keys().copied().collect();
    ids.sort_unstable();
    for search in ids.iter().filter_map(|id| there.get(id)) {
        if search.schedule == Schedule::AtOnce {
            hand_over(ctx, transaction, search).await?;
        }
    }
    asking::found_something(transaction, ctx.now(), &ids).await?;
    Ok(new.values().sum())
}

/// Leaves out what does not fit the owner of its saved search as well as that asks for.
async fn fitting(
    ctx: &Ctx,
    there: &HashMap<AlertId, SavedSearch>,
    found: Vec<NewMatch>,
) -> Result<Vec<NewMatch>> {
    let least = |one: &NewMatch| there.get(&one.search).and_then(|search| search.query.fit);
    let mut asked: HashMap<AccountId, Vec<PostingId>> = HashMap::new();
    for one in found.iter().filter(|one| least(one).is_some()) {
        asked.entry(one.account).or_default().push(one.posting);
    }
    let mut fits = HashMap::new();
    for (account, postings) in asked {
        for (posting, fit) in ctx.fit.fits(ctx, account, &postings).await? {
            fits.insert((account, posting), fit.thousandths());
        }
    }
    let fitting = |mut one: NewMatch| {
        let Some(least) = least(&one) else {
            return Some(one);
        };
        let fit = *fits.get(&(one.account, one.posting))?;
        one.reasons.push(format!("fits you {} %", (fit + 5) / 10));
        (fit >= least).then_some(one)
    };
    Ok(found.into_iter().filter_map(fitting).collect())
}

/// Asks saved searches that lag, alone, of what they missed. Gives how many matches are new.
async fn catch_up(ctx: &Ctx) -> Result<u64> {
    let mut new = 0;
    loop {
        let lagging = asking::lagging(&ctx.db, LAGGING_AT_ONCE).await?;
        let Some(after) = lagging.iter().map(|(_, after)| *after).min() else {
            return Ok(new);
        };
        // What lies beyond the place that counts for all is not told of here.
        let last = position::get(ctx.db.pool()).await?.event;
        let fresh = Arc::new(postings_fresh(ctx, after, last).await?);
        let alone = lagging.iter().map(|(search, _)| search.clone()).collect();
        let mut found = ask_alone(ctx, &fresh, alone).await?;
        let transaction = ctx.db.begin().await?;
        let now_at = position::lock(&transaction).await?;
        let ids: Vec<AlertId> = lagging.iter().map(|(search, _)| search.id).collect();
        let there = asking::lock(&transaction, &ids).await?;
        let lags = asking::lags(&transaction, &ids).await?;
        let mut all = Vec::new();
        for (asked, after) in &lagging {
            // Whoever was changed, or has caught up by now, is somebody else's or the next round's.
            let Some(search) = there.get(&asked.id).filter(|now| now.query == asked.query) else {
                continue;
            };
            if lags.get(&asked.id) != Some(after) || *after >= fresh.upto && !fresh.at_end {
                continue;
            }
            let hits = found.remove(&asked.id).unwrap_or_default();
            let missed = hits.into_iter();
            let missed = missed.filter(|hit| hit.event > *after && hit.event <= now_at.event);
            all.extend(missed.map(|hit| hit.of(search)));
            // All was read up to `last`, which another process may have left behind by now.
            let read = if fresh.at_end { last } else { fresh.upto };
            let lag = (read < now_at.event).then_some(read);
            asking::set_lag(&transaction, search.id, lag).await?;
        }
        new += keep(ctx, &transaction, &there, all).await?;
        transaction.commit().await?;
        ctx.queue.wake();
    }
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
    alerts_match(ctx, None).await?;
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
