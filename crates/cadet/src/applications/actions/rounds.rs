//! Rounds and offers of an application.

use super::super::log::Change;
use super::super::model::ApplicationId;
use super::super::offers::model::Offer;
use super::super::record::ApplicationSummary;
use super::super::round::{Round, RoundOutcome};
use super::recording::record_now;
use crate::error::{Error, Result};
use crate::state::Ctx;

/// Most rounds of an application.
const ROUNDS_MOST: usize = 50;

/// Adds a round (number 0), or changes one. Gives its number.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Invalid`]; from the database.
pub async fn application_round_set(ctx: &Ctx, id: ApplicationId, round: Round) -> Result<u32> {
    let mut number = 0;
    record_now(ctx, id, |state| {
        let mut round = round.checked()?;
        match (state.round(round.id), round.id) {
            (Some(known), _) => round.cancelled = known.cancelled,
            (None, 0) if state.rounds.len() >= ROUNDS_MOST => {
                return Err(Error::Conflict(format!(
                    "An application has at most {ROUNDS_MOST} rounds."
                )));
            }
            (None, 0) => round.id = state.next_number(),
            (None, other) => return Err(Error::not_found("round", other)),
        }
        number = round.id;
        Ok(Change::RoundSet { round })
    })
    .await?;
    Ok(number)
}

/// Calls a round off, or says that it is on again.
///
/// # Errors
/// [`Error::NotFound`]; from the database.
pub async fn application_round_cancel(
    ctx: &Ctx,
    id: ApplicationId,
    round: u32,
    cancelled: bool,
) -> Result<()> {
    record_now(ctx, id, |state| match state.round(round) {
        Some(_) => Ok(Change::RoundCancelled { round, cancelled }),
        None => Err(Error::not_found("round", round)),
    })
    .await?;
    Ok(())
}

/// Notes how a round ended.
///
/// # Errors
/// [`Error::NotFound`]; from the database.
pub async fn application_round_outcome(
    ctx: &Ctx,
    id: ApplicationId,
    round: u32,
    outcome: RoundOutcome,
) -> Result<()> {
    record_now(ctx, id, |state| {
        let known = state.round(round).cloned();
        let known = known.ok_or_else(|| Error::not_found("round", round))?;
        Ok(Change::RoundSet {
            round: Round { outcome, ..known },
        })
    })
    .await?;
    Ok(())
}

/// Keeps an offer, in the place of what was told of it before.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Invalid`]; from the database.
pub async fn application_offer_set(
    ctx: &Ctx,
    id: ApplicationId,
    offer: Offer,
) -> Result<ApplicationSummary> {
    let offer = offer.checked()?;
    let stored = record_now(ctx, id, |_| Ok(Change::OfferSet { offer }));
    Ok(stored.await?.summary)
}
