//! What one can do with alerts. Each acts on the caller's own.

use std::collections::HashMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;
use utoipa::ToSchema;

use super::digest::{MatchRecord, records};
use super::matching::{alerts_match, deliver, enqueue, hand_over};
use super::model::{
    ALERTS_MOST, AlertId, AlertInput, AlertParts, Channel, Delivery, SECRET_BYTES, SavedSearch,
};
use super::schedule::Schedule;
use super::store::matches::NewMatch;
use super::store::searches::NewSearch;
use super::store::{asking, deliveries, matches, position, searches};
use super::words::describe;
use crate::accounts::actions::account_get;
use crate::clock::Timestamp;
use crate::config::Secret;
use crate::db::Transaction;
use crate::error::{Error, Result};
use crate::events;
use crate::postings::fresh::postings_open;
use crate::postings::model::PostingId;
use crate::postings::query::PostingQuery;
use crate::postings::reasons::match_reasons;
use crate::postings::record::PostingSummary;
use crate::postings::store::read;
use crate::state::Ctx;

/// Postings that an alert tells of from before its time, the last first seen.
const EXISTING_MOST: usize = 500;
/// Matches and deliveries shown with an alert.
pub(super) const SHOWN: u64 = 100;
/// Postings shown of a preview.
const PREVIEW: usize = 5;

/// An alert with how many postings it found.
#[derive(Clone, Debug)]
pub struct AlertCounts {
    /// The alert.
    pub search: SavedSearch,
    /// How many postings it found in all.
    pub found: u64,
    /// How many of these wait for their delivery.
    pub waiting: u64,
}

/// An alert with what it found and what became of it.
#[derive(Clone, Debug)]
pub struct AlertDetail {
    /// The alert and its counts.
    pub alert: AlertCounts,
    /// The newest matches, the newest first.
    pub matches: Vec<MatchRecord>,
    /// The newest deliveries, the newest first.
    pub deliveries: Vec<Delivery>,
}

/// An alert that was just made.
#[derive(Clone, Debug)]
pub struct AlertAdded {
    /// The alert.
    pub search: SavedSearch,
    /// The key that the webhook's receiver needs to check the signature; shown this once.
    pub secret: Option<Secret>,
}

/// What a search finds now.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AlertPreview {
    /// The search in words.
    pub words: String,
    /// How many open postings match now.
    pub total: u64,
    /// Some of them, the last first seen first.
    pub examples: Vec<PostingSummary>,
    /// What may not be meant as it is written: an alert takes words as they are, without correcting their spelling.
    pub warnings: Vec<String>,
}

/// What a run did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct AlertRun {
    /// How many postings were found that the alert had not found before.
    pub found: u64,
    /// How many were handed over for delivery, those that had waited included.
    pub handed_over: u64,
}

/// Says what a search would tell of now, without saving anything.
///
/// # Errors
/// From the database and the index.
pub async fn alert_preview(ctx: &Ctx, query: &PostingQuery) -> Result<AlertPreview> {
    ctx.owner()?;
    ctx.index.catch_up(&ctx.db, &|_| ()).await?;
    let now = postings_open(ctx, query, PREVIEW).await?;
    let mut warnings = now.warnings;
    warnings.extend(now.misspelt.iter().map(|(typed, meant)| {
        format!("No posting has the word \"{typed}\". Did you mean \"{meant}\"? Alerts take words as they are written.")
    }));
    Ok(AlertPreview {
        words: describe(query),
        total: now.total,
        examples: read::summaries(&ctx.db, &now.ids).await?,
        warnings,
    })
}

/// Saves a search. It tells of what appears from now on, and with `include_existing` of what is there already.
///
/// # Errors
/// [`Error::Invalid`] for what cannot be used; [`Error::Conflict`] when there are too many; from the database.
pub async fn alert_add(ctx: &Ctx, input: AlertInput, include_existing: bool) -> Result<AlertAdded> {
    let owner = ctx.owner()?;
    let parts = input.parse(&time_zone(ctx).await?)?;
    let (channels, secret) = channels(ctx, &parts, &[]);
    let existing = match include_existing {
        true => Some(existing(ctx, &parts.query).await?),
        false => None,
    };
    let transaction = ctx.db.begin().await?;
    let position = position::change(&transaction).await?;
    let (seen_event, existing) = match existing {
        Some(existing) => existing,
        // Read under the lock, so that nothing is matched between this event and the search's beginning.
        None => (events::last_id(&ctx.db).await?, Vec::new()),
    };
    if searches::count(&transaction, owner).await? >= ALERTS_MOST {
        return Err(Error::Conflict(format!(
            "You have {ALERTS_MOST} alerts, which is the most. Remove one first."
        )));
    }
    let new = NewSearch {
        parts,
        channels,
        feed_token: ctx.entropy.secret(),
        unsubscribe_token: ctx.entropy.secret(),
        seen_event,
        position,
    };
    let search = searches::insert(&transaction, owner, ctx.now(), new).await?;
    let existing: Vec<NewMatch> = existing
        .into_iter()
        .map(|(posting, reasons)| NewMatch {
            account: search.account,
            search: search.id,
            posting,
            reasons,
        })
        .collect();
    if !matches::insert(&transaction, ctx.now(), &existing)
        .await?
        .is_empty()
    {
        asking::found_something(&transaction, ctx.now(), &[search.id]).await?;
        if search.schedule == Schedule::AtOnce {
            hand_over(ctx, &transaction, &search).await?;
        }
    }
    transaction.commit().await?;
    ctx.queue.wake();
    Ok(AlertAdded { search, secret })
}

/// What a search finds already, with the reasons, and the event up to which that is all there is.
async fn existing(ctx: &Ctx, query: &PostingQuery) -> Result<(i64, Vec<(PostingId, Vec<String>)>)> {
    ctx.index.catch_up(&ctx.db, &|_| ()).await?;
    // Before searching: what is stored meanwhile is found once more, which changes nothing, and is never missed.
    let seen_event = ctx.index.position()?;
    let ids = postings_open(ctx, query, EXISTING_MOST).await?.ids;
    let stored = read::whole(&ctx.db, &ids).await?;
    let found = stored
        .into_iter()
        .filter(|one| one.closed_at.is_none())
        .map(|one| {
            (
                one.id,
                match_reasons(ctx.index.engine(), query, &one.posting, ctx.now()),
            )
        })
        .collect();
    Ok((seen_event, found))
}

async fn time_zone(ctx: &Ctx) -> Result<String> {
    Ok(account_get(ctx).await?.settings.time_zone)
}

/// The channels that somebody chose, with the secret of a webhook that is new. An address that was there keeps its
/// secret; one that was turned off is on again.
fn channels(ctx: &Ctx, parts: &AlertParts, before: &[Channel]) -> (Vec<Channel>, Option<Secret>) {
    let mut channels = Vec::new();
    if let Some(to) = parts.mail.clone() {
        channels.push(Channel::Mail { to, off: None });
    }
    let Some(url) = parts.webhook.clone() else {
        return (channels, None);
    };
    let known = before.iter().find_map(|channel| match channel {
        Channel::Webhook {
            url: old, secret, ..
        } if *old == url => Some(secret.clone()),
        _ => None,
    });
    let is_new = known.is_none();
    let secret = known.unwrap_or_else(|| {
        let mut bytes = [0_u8; SECRET_BYTES];
        ctx.entropy.fill(&mut bytes);
        format!("whsec_{}", STANDARD.encode(bytes))
    });
    let shown = is_new.then(|| Secret(secret.clone()));
    channels.push(Channel::Webhook {
        url,
        secret,
        off: None,
    });
    (channels, shown)
}

/// The caller's alerts after number `after`, by number.
///
/// # Errors
/// From the database.
pub async fn alert_list(ctx: &Ctx, after: i64, limit: u64) -> Result<Vec<AlertCounts>> {
    let found = searches::list(&ctx.db, ctx.owner()?, after, limit).await?;
    with_counts(ctx, found).await
}

/// A page of the caller's alerts after number `after`, and after which number the next one begins, if there is one.
///
/// # Errors
/// From the database.
pub async fn alert_page(
    ctx: &Ctx,
    after: i64,
    rows: u64,
) -> Result<(Vec<AlertCounts>, Option<AlertId>)> {
    let mut found = searches::list(&ctx.db, ctx.owner()?, after, rows + 1).await?;
    let more = found.len() as u64 > rows;
    found.truncate(usize::try_from(rows).unwrap_or(usize::MAX));
    let next = found.last().filter(|_| more).map(|search| search.id);
    Ok((with_counts(ctx, found).await?, next))
}

async fn with_counts(ctx: &Ctx, found: Vec<SavedSearch>) -> Result<Vec<AlertCounts>> {
    let ids: Vec<AlertId> = found.iter().map(|search| search.id).collect();
    let counts: HashMap<_, _> = matches::counts(&ctx.db, &ids).await?;
    Ok(found
        .into_iter()
        .map(|search| {
            let (found, waiting) = counts.get(&search.id).copied().unwrap_or_default();
            AlertCounts {
                search,
                found,
                waiting,
            }
        })
        .collect())
}

/// One alert with its counts.
///
/// # Errors
/// [`Error::NotFound`]; from the database.
pub async fn alert_get(ctx: &Ctx, id: AlertId) -> Result<AlertCounts> {
    let search = searches::get(ctx.db.pool(), ctx.owner()?, id).await?;
    let mut found = with_counts(ctx, vec![search]).await?;
    found.pop().ok_or_else(|| Error::not_found("alert", id))
}

/// One alert with what it found and what became of it.
///
/// # Errors
/// [`Error::NotFound`]; from the database.
pub async fn alert_show(ctx: &Ctx, id: AlertId) -> Result<AlertDetail> {
    let alert = alert_get(ctx, id).await?;
    Ok(AlertDetail {
        alert,
        matches: alert_matches(ctx, id, i64::MAX, SHOWN).await?,
        deliveries: deliveries::newest(&ctx.db, id, SHOWN).await?,
    })
}

/// What an alert found before match number `before`, the newest first.
///
/// # Errors
/// [`Error::NotFound`]; from the database.
pub async fn alert_matches(
    ctx: &Ctx,
    id: AlertId,
    before: i64,
    limit: u64,
) -> Result<Vec<MatchRecord>> {
    searches::get(ctx.db.pool(), ctx.owner()?, id).await?;
    records(ctx, &matches::newest(&ctx.db, id, before, limit).await?).await
}

/// What all of the caller's alerts found since an instant, the newest first; a posting that several found is told once.
///
/// # Errors
/// From the database.
pub async fn matches_newest(ctx: &Ctx, since: Timestamp, limit: u64) -> Result<Vec<MatchRecord>> {
    let found = matches::newest_of(&ctx.db, ctx.owner()?, since, limit).await?;
    records(ctx, &found).await
}

/// Changes an alert. A changed search tells of what appears from now on.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Invalid`] for what cannot be used; from the database.
pub async fn alert_update(ctx: &Ctx, id: AlertId, input: AlertInput) -> Result<AlertAdded> {
    let zone = time_zone(ctx).await?;
    let transaction = ctx.db.begin().await?;
    let position = position::change(&transaction).await?;
    let search = locked(ctx, &transaction, id).await?;
    let parts = input.parse(&zone)?;
    let (channels, secret) = channels(ctx, &parts, &search.channels);
    let version = position.version;
    searches::update(&transaction, &search, ctx.now(), version, parts, &channels).await?;
    let search = searches::get(&transaction, search.account, id).await?;
    if search.schedule == Schedule::AtOnce && search.paused_at.is_none() {
        // What gathered for an hour that no longer comes.
        hand_over(ctx, &transaction, &search).await?;
    }
    transaction.commit().await?;
    ctx.queue.wake();
    Ok(AlertAdded { search, secret })
}

/// The caller's alert, locked until the transaction ends.
async fn locked(ctx: &Ctx, transaction: &Transaction, id: AlertId) -> Result<SavedSearch> {
    let owner = ctx.owner()?;
    searches::find_locked(transaction, id)
        .await?
        .filter(|search| search.account == owner)
        .ok_or_else(|| Error::not_found("alert", id))
}

/// Pauses an alert, or goes on with it: what appears in between is not told of.
///
/// # Errors
/// [`Error::NotFound`]; from the database.
pub async fn alert_pause(ctx: &Ctx, id: AlertId, paused: bool) -> Result<SavedSearch> {
    let transaction = ctx.db.begin().await?;
    let position = position::change(&transaction).await?;
    let resume_after = match paused {
        true => None,
        false => Some(events::last_id(&ctx.db).await?),
    };
    let search = locked(ctx, &transaction, id).await?;
    if search.paused_at.is_some() == paused {
        return Ok(search);
    }
    let version = position.version;
    searches::set_paused(&transaction, &search, ctx.now(), version, resume_after).await?;
    let search = searches::get(&transaction, search.account, id).await?;
    transaction.commit().await?;
    Ok(search)
}

/// Removes an alert. It can be brought back for some days.
///
/// # Errors
/// [`Error::NotFound`]; from the database.
pub async fn alert_remove(ctx: &Ctx, id: AlertId) -> Result<()> {
    set_removed(ctx, id, true).await
}

/// Brings a removed alert back; what appeared meanwhile is told of.
///
/// # Errors
/// [`Error::NotFound`]; from the database.
pub async fn alert_restore(ctx: &Ctx, id: AlertId) -> Result<()> {
    set_removed(ctx, id, false).await?;
    alerts_match(ctx, None).await?;
    Ok(())
}

async fn set_removed(ctx: &Ctx, id: AlertId, removed: bool) -> Result<()> {
    let owner = ctx.owner()?;
    let transaction = ctx.db.begin().await?;
    let position = position::change(&transaction).await?;
    let at = removed.then(|| ctx.now());
    if !searches::set_removed(&transaction, owner, id, position, at).await? {
        return Err(Error::not_found("alert", id));
    }
    transaction.commit().await?;
    Ok(())
}

/// Looks at once for what is new, and hands everything that waits over, whatever the schedule.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Conflict`] for one that is paused; from the database and the index.
pub async fn alert_run(ctx: &Ctx, id: AlertId) -> Result<AlertRun> {
    let search = searches::get(ctx.db.pool(), ctx.owner()?, id).await?;
    if search.paused_at.is_some() {
        return Err(Error::Conflict(
            "This alert is paused. Resume it first.".into(),
        ));
    }
    let before = alert_get(ctx, id).await?;
    alerts_match(ctx, None).await?;
    let transaction = ctx.db.begin().await?;
    let search = locked(ctx, &transaction, id).await?;
    let waited = hand_over(ctx, &transaction, &search).await?;
    transaction.commit().await?;
    ctx.queue.wake();
    let found = alert_get(ctx, id).await?.found.saturating_sub(before.found);
    // What is delivered at once was handed over as it was found.
    let at_once = match search.schedule {
        Schedule::AtOnce => found,
        _ => 0,
    };
    Ok(AlertRun {
        found,
        handed_over: waited + at_once,
    })
}

/// Gives the feeds of an alert other addresses; those there were stop working.
///
/// # Errors
/// [`Error::NotFound`]; from the database.
pub async fn alert_feed_renew(ctx: &Ctx, id: AlertId) -> Result<SavedSearch> {
    let transaction = ctx.db.begin().await?;
    let search = locked(ctx, &transaction, id).await?;
    searches::set_feed_token(&transaction, id, &ctx.entropy.secret()).await?;
    let search = searches::get(&transaction, search.account, id).await?;
    transaction.commit().await?;
    Ok(search)
}

/// Sends a test over every channel of an alert that is on. Gives how many there are.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Conflict`] when there is none; from the database.
pub async fn alert_test_delivery(ctx: &Ctx, id: AlertId) -> Result<usize> {
    let transaction = ctx.db.begin().await?;
    let search = locked(ctx, &transaction, id).await?;
    let channels = search.live_channels().count();
    if channels == 0 {
        return Err(Error::Conflict("This alert has only its feed, which needs no test. Add a mail address or a webhook first.".into()));
    }
    deliver(ctx, &transaction, &search, 0).await?;
    transaction.commit().await?;
    ctx.queue.wake();
    Ok(channels)
}

/// Sends again what failed over channels that are on, as the same deliveries. Gives how many there are.
///
/// # Errors
/// [`Error::NotFound`]; from the database.
pub async fn alert_retry(ctx: &Ctx, id: AlertId) -> Result<usize> {
    let transaction = ctx.db.begin().await?;
    let search = locked(ctx, &transaction, id).await?;
    let targets: Vec<&str> = search.live_channels().map(Channel::target).collect();
    let failed = deliveries::take_failed(&transaction, id, &targets).await?;
    for delivery in &failed {
        enqueue(ctx, &transaction, *delivery).await?;
    }
    transaction.commit().await?;
    ctx.queue.wake();
    Ok(failed.len())
}
