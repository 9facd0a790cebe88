//! What one can do with the calendar: give it an address, take that away, read it by its secret, save it as a file.

use std::sync::Arc;

use super::super::freeze::sha256;
use super::super::model::ApplicationId;
use super::super::recent::CalendarBasis;
use super::super::store::{log, rows};
use super::ics::{Writing, calendar};
use super::model::{Item, items};
use super::store;
use crate::accounts::model::AccountId;
use crate::clock::Timestamp;
use crate::config::Secret;
use crate::error::{Error, Result};
use crate::state::Ctx;

/// Days for which what is past stays in the feed.
const PAST_DAYS: i64 = 60;
/// Most applications with dates in one calendar.
const APPLICATIONS_MOST: u64 = 1_000;
/// Between two notes that a feed was read.
const NOTED_EVERY_MS: i64 = 10 * 60_000;
/// What the calendar is called.
const NAME: &str = "Applications";

/// How the caller's calendar is.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct CalendarStatus {
    /// Whether it has an address.
    pub subscribed: bool,
    /// Whether tasks are in it.
    pub tasks: bool,
    /// When its address was made.
    pub created_at: Option<Timestamp>,
    /// When a calendar program last read it.
    pub read_at: Option<Timestamp>,
}

/// How the caller's calendar is. Its address is shown only when it is made, since its secret is kept as a hash.
///
/// # Errors
/// From the database.
pub async fn calendar_status(ctx: &Ctx) -> Result<CalendarStatus> {
    let feed = store::get(&ctx.db, ctx.owner()?).await?;
    Ok(CalendarStatus {
        subscribed: feed.is_some(),
        tasks: feed.as_ref().is_some_and(|feed| feed.tasks),
        created_at: feed.as_ref().map(|feed| feed.created_at),
        read_at: feed.and_then(|feed| feed.read_at),
    })
}

/// Gives the caller's calendar a new address and shows it; the one before stops working.
///
/// # Errors
/// From the database.
pub async fn calendar_renew(ctx: &Ctx, tasks: bool) -> Result<Secret> {
    let owner = ctx.owner()?;
    let secret = ctx.entropy.secret();
    let hash = sha256(secret.as_bytes());
    store::set(&ctx.db, owner, ctx.now(), hash, tasks).await?;
    let path = format!("/calendar/{secret}.ics");
    Ok(Secret(ctx.config.server.url(&path)))
}

/// Takes the address of the caller's calendar away.
///
/// # Errors
/// [`Error::Conflict`] when it has none; from the database.
pub async fn calendar_revoke(ctx: &Ctx) -> Result<()> {
    match store::remove(&ctx.db, ctx.owner()?).await? {
        true => Ok(()),
        false => Err(Error::Conflict(
            "The calendar has no address, so that there is nothing to take away.".into(),
        )),
    }
}

/// The calendar with this secret; anybody who has it may read.
///
/// # Errors
/// [`Error::NotFound`] for a secret of none; from the database.
pub async fn calendar_feed(ctx: &Ctx, secret: &str) -> Result<Arc<String>> {
    let hash = sha256(secret.as_bytes());
    let found = store::by_hash(&ctx.db, &hash).await?;
    let feed = found
        .filter(|feed| same(&feed.secret_hash, &hash))
        .ok_or_else(no_secret)?;
    let now = ctx.now();
    let read = feed.read_at.is_none_or(|at| now.0 - at.0 > NOTED_EVERY_MS);
    if read {
        store::set_read(&ctx.db, feed.account, now).await?;
    }
    of_account(ctx, feed.account, feed.tasks).await
}

/// Whether two texts are the same, in a time that does not tell where they differ.
fn same(one: &str, other: &str) -> bool {
    let differences = one
        .bytes()
        .zip(other.bytes())
        .fold(0, |all, (a, b)| all | (a ^ b));
    one.len() == other.len() && differences == 0
}

/// Does not repeat the secret, which may have been right once.
fn no_secret() -> Error {
    Error::not_found(
        "calendar",
        "with this address: it was taken away, or its address was renewed",
    )
}

/// The caller's calendar as a file, with tasks.
///
/// # Errors
/// From the database.
pub async fn calendar_export(ctx: &Ctx) -> Result<Arc<String>> {
    of_account(ctx, ctx.owner()?, true).await
}

/// One item of an application as a file.
///
/// # Errors
/// [`Error::NotFound`] for an application or an item that there is not; from the database.
pub async fn calendar_item(ctx: &Ctx, id: ApplicationId, key: &str) -> Result<String> {
    let owner = ctx.owner()?;
    let stored = rows::get(ctx.db.pool(), owner, id).await?;
    let mut found = items(id, &stored.state);
    found.retain(|item| item.key == key);
    if found.is_empty() {
        return Err(Error::not_found("date", key));
    }
    Ok(written(ctx, owner, &found, true))
}

async fn of_account(ctx: &Ctx, owner: AccountId, tasks: bool) -> Result<Arc<String>> {
    let basis = CalendarBasis {
        last: log::last(ctx.db.pool(), owner).await?,
        day: ctx.now().0.div_euclid(Timestamp::DAY_MS),
    };
    let calendars = &ctx.recent_applications.calendars;
    if let Some(known) = calendars.get(&(owner, tasks), &basis) {
        return Ok(known);
    }
    let since = Timestamp(basis.day * Timestamp::DAY_MS).plus_days(-PAST_DAYS);
    let mut found = rows::with_dates_after(&ctx.db, owner, since, APPLICATIONS_MOST).await?;
    found.sort_by_key(|one| one.summary.id);
    let items: Vec<Item> = found
        .iter()
        .flat_map(|one| items(one.summary.id, &one.state))
        .filter(|item| item.ends >= since)
        .collect();
    let calendar = written(ctx, owner, &items, tasks);
    Ok(calendars.hold((owner, tasks), basis, calendar))
}

fn written(ctx: &Ctx, owner: AccountId, items: &[Item], tasks: bool) -> String {
    let address = ctx.config.server.url("");
    let host = url::Url::parse(&address)
        .ok()
        .and_then(|url| url.host_str().map(str::to_owned));
    let host = format!("{owner}.{}", host.as_deref().unwrap_or("cadet"));
    let writing = Writing {
        name: NAME,
        address: address.trim_end_matches('/'),
        host: &host,
        tasks,
    };
    calendar(items, &writing)
}
