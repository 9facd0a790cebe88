//! Delivery: one alert over one channel, and what becomes of it.

use std::time::Duration;

use jobs::Running;

use super::digest::Digest;
use super::mail::{self, MailError};
use super::model::{Channel, Delivery, DeliveryId, DeliveryState, SavedSearch};
use super::store::{deliveries, searches};
use super::webhook::{self, Taken};
use crate::error::{Error, Result};
use crate::state::Ctx;

/// How a try ended.
#[derive(Debug)]
enum Outcome {
    Delivered,
    /// Given up.
    Failed(String),
    /// Given up, and the channel is to be turned off.
    TurnedOff(String),
    /// To be tried again, perhaps after this long.
    Again(String, Option<Duration>),
}

/// Carries one try at a delivery out, and stores how it ended together with the job's end.
///
/// # Errors
/// What is to be tried again, as [`Error::Unavailable`] or [`Error::TooMany`]; from the database.
pub async fn delivery_run(ctx: &Ctx, id: DeliveryId, job: &Running) -> Result<()> {
    let Some(delivery) = deliveries::find(ctx.db.pool(), id).await? else {
        return Ok(());
    };
    if delivery.state != DeliveryState::Pending {
        return Ok(());
    }
    let outcome = match searches::find(ctx.db.pool(), delivery.alert).await? {
        Some(search) => attempt(ctx, &search, &delivery).await?,
        None => Outcome::Failed("The alert was removed before this went out.".into()),
    };
    match outcome {
        Outcome::Again(message, wait) if job.attempt() < job.max_attempts() => {
            let transaction = ctx.db.begin().await?;
            let (now, pending) = (ctx.now(), DeliveryState::Pending);
            deliveries::record_try(&transaction, now, id, pending, Some(&message)).await?;
            transaction.commit().await?;
            Err(match wait {
                Some(wait) => Error::TooMany {
                    retry_after_seconds: wait.as_secs(),
                },
                None => Error::Unavailable {
                    message,
                    cause: None,
                },
            })
        }
        last => finish(ctx, &delivery, last, job).await,
    }
}

async fn finish(ctx: &Ctx, delivery: &Delivery, outcome: Outcome, job: &Running) -> Result<()> {
    let transaction = ctx.db.begin().await?;
    let (state, error) = match &outcome {
        Outcome::Delivered => (DeliveryState::Delivered, None),
        Outcome::Failed(message) | Outcome::TurnedOff(message) | Outcome::Again(message, _) => {
            (DeliveryState::Failed, Some(message.as_str()))
        }
    };
    if let Outcome::TurnedOff(why) = &outcome {
        let locked = searches::find_locked(&transaction, delivery.alert).await?;
        if let Some(mut search) = locked {
            for channel in &mut search.channels {
                if channel.target() == delivery.target {
                    channel.turn_off(why);
                }
            }
            searches::set_channels(&transaction, search.id, &search.channels).await?;
        }
    }
    deliveries::record_try(&transaction, ctx.now(), delivery.id, state, error).await?;
    job.complete_in(&transaction).await?;
    transaction.commit().await?;
    Ok(())
}

async fn attempt(ctx: &Ctx, search: &SavedSearch, delivery: &Delivery) -> Result<Outcome> {
    let channel = search
        .live_channels()
        .find(|channel| channel.name() == delivery.channel && channel.target() == delivery.target);
    let Some(channel) = channel else {
        return Ok(Outcome::Failed(
            "The address was changed or turned off before this went out.".into(),
        ));
    };
    let digest = Digest::of(ctx, search, delivery).await?;
    match channel {
        Channel::Mail { to, .. } => Ok(by_mail(ctx, &digest, to).await),
        Channel::Webhook { url, secret, .. } => by_webhook(ctx, search, &digest, url, secret).await,
    }
}

async fn by_mail(ctx: &Ctx, digest: &Digest, to: &str) -> Outcome {
    let settings = &ctx.config.mail;
    let sent = match mail::message(digest, settings, to) {
        Ok(message) => mail::send(settings, message).await,
        Err(error) => Err(error),
    };
    match sent {
        Ok(()) => Outcome::Delivered,
        Err(MailError::Permanent(message)) => Outcome::Failed(message),
        Err(MailError::Transient(message)) => Outcome::Again(message, None),
    }
}

async fn by_webhook(
    ctx: &Ctx,
    search: &SavedSearch,
    digest: &Digest,
    url: &str,
    secret: &str,
) -> Result<Outcome> {
    let taken = webhook::post(ctx, digest, search.id, url, secret).await?;
    Ok(match taken {
        Taken::Yes => Outcome::Delivered,
        Taken::Gone(message) => Outcome::TurnedOff(message),
        Taken::Never(message) => Outcome::Failed(message),
        Taken::Later(message, at) => {
            let wait = at.map(|at| at.0.saturating_sub(ctx.now().0).clamp(0, 86_400_000));
            let wait = wait.and_then(|ms| u64::try_from(ms).ok());
            Outcome::Again(message, wait.map(Duration::from_millis))
        }
    })
}
