//! What anybody may do who has the secret of an address: read a feed, turn mail off.

use super::actions::SHOWN;
use super::digest::{MatchRecord, records};
use super::model::{Channel, SavedSearch};
use super::store::{matches, searches};
use crate::error::{Error, Result};
use crate::state::Ctx;

/// Whose alert a secret of an unsubscribe address belongs to; anybody with the secret may ask.
///
/// # Errors
/// [`Error::NotFound`] for a secret of none; from the database.
pub async fn alert_of_unsubscribe(ctx: &Ctx, token: &str) -> Result<SavedSearch> {
    searches::by_unsubscribe_token(ctx.db.pool(), token)
        .await?
        .ok_or_else(no_secret)
}

/// Turns mail off for an alert; anybody with the secret may. Doing it twice changes nothing.
///
/// # Errors
/// [`Error::NotFound`] for a secret of none; from the database.
pub async fn alert_unsubscribe(ctx: &Ctx, token: &str) -> Result<SavedSearch> {
    let transaction = ctx.db.begin().await?;
    let found = searches::by_unsubscribe_token(&transaction, token).await?;
    let id = found.ok_or_else(no_secret)?.id;
    let mut search = searches::find_locked(&transaction, id)
        .await?
        .ok_or_else(no_secret)?;
    for channel in &mut search.channels {
        if matches!(channel, Channel::Mail { off: None, .. }) {
            channel.turn_off("Unsubscribed by the link in a mail.");
        }
    }
    searches::set_channels(&transaction, search.id, &search.channels).await?;
    transaction.commit().await?;
    Ok(search)
}

/// The alert whose feeds have this secret, with its newest matches, the newest first.
///
/// # Errors
/// [`Error::NotFound`] for a secret of none; from the database.
pub async fn alert_feed(ctx: &Ctx, token: &str) -> Result<(SavedSearch, Vec<MatchRecord>)> {
    let search = searches::by_feed_token(&ctx.db, token)
        .await?
        .ok_or_else(no_secret)?;
    let found = matches::newest(&ctx.db, search.id, i64::MAX, SHOWN).await?;
    let found = records(ctx, &found).await?;
    Ok((search, found))
}

/// Does not repeat the secret, which may have been right once.
fn no_secret() -> Error {
    Error::not_found(
        "alert",
        "with this address: it was removed, or its address was renewed",
    )
}
