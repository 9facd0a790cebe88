//! Signing in with a password, and what slows down whoever guesses.

use super::super::model::{Client, Email};
use super::super::{password, store};
use super::sessions::{self, NewSession};
use crate::clock::Timestamp;
use crate::config::Secret;
use crate::error::{Error, Result};
use crate::state::Ctx;

/// Failures of one account that cost nothing.
const FREE_FOR_ACCOUNT: u64 = 5;
/// Failures from one address that cost nothing; a class may share one.
const FREE_FOR_ADDRESS: u64 = 20;
/// Failures older than this are forgotten.
const REMEMBERED_DAYS: i64 = 1;
/// Longest wait between two attempts, in seconds.
const DELAY_MAX: u64 = 900;

/// Seconds to wait after `failures` failures of which `free` cost nothing: 1, 2, 4... up to a quarter of an hour.
#[must_use]
pub fn throttle_delay_seconds(failures: u64, free: u64) -> u64 {
    match failures.checked_sub(free) {
        None => 0,
        Some(over) => 1_u64
            .checked_shl(u32::try_from(over).unwrap_or(u32::MAX))
            .map_or(DELAY_MAX, |delay| delay.min(DELAY_MAX)),
    }
}

fn refused() -> Error {
    Error::Unauthorised("address and password do not fit together.".into())
}

/// Signs in with address and password. The answer and the time it takes say nothing about which accounts exist.
///
/// # Errors
/// [`Error::Unauthorised`] when they do not fit together, [`Error::TooMany`] after too many failures.
pub async fn sign_in(
    ctx: &Ctx,
    email: &str,
    password: Secret,
    client: &Client,
) -> Result<NewSession> {
    let email = Email::parse(email).map_err(|_| refused())?;
    let attempts = admit(ctx, &email, client).await?;
    let found = store::find_by_email(&ctx.db, email.as_str()).await?;
    let (account, hash) = found.unzip();
    let right = password::verify(password, hash.flatten()).await?;
    let account = account
        .filter(|account| right && account.disabled_at.is_none())
        .ok_or_else(refused)?;
    store::attempts::succeed(&ctx.db, &attempts).await?;
    let transaction = ctx.db.begin().await?;
    let session = sessions::begin(ctx, &transaction, account.id, client).await?;
    transaction.commit().await?;
    Ok(session)
}

/// Writes the attempt down as failed and turns it away if it comes too soon. It is written before it is counted, so
/// that many at once cannot all slip through.
async fn admit(ctx: &Ctx, email: &Email, client: &Client) -> Result<Vec<i64>> {
    let now = ctx.now();
    let since = now.plus_days(-REMEMBERED_DAYS);
    store::attempts::forget_before(&ctx.db, since).await?;
    let mut subjects = vec![(format!("account:{}", email.as_str()), FREE_FOR_ACCOUNT)];
    if !client.address.is_empty() {
        subjects.push((format!("address:{}", client.address), FREE_FOR_ADDRESS));
    }
    let mut attempts = Vec::new();
    let mut wait = 0;
    for (subject, free) in subjects {
        let id = store::attempts::insert(&ctx.db, &subject, now).await?;
        attempts.push(id);
        let failures = store::attempts::failures(&ctx.db, &subject, since, id).await?;
        let delay = throttle_delay_seconds(failures.count, free);
        wait = wait.max(seconds_left(failures.latest, delay, now));
    }
    if wait > 0 {
        store::attempts::forget(&ctx.db, &attempts).await?;
        return Err(Error::TooMany {
            retry_after_seconds: wait,
        });
    }
    Ok(attempts)
}

fn seconds_left(latest: Option<Timestamp>, delay: u64, now: Timestamp) -> u64 {
    let Some(latest) = latest else { return 0 };
    let delay = i64::try_from(delay).unwrap_or(i64::MAX);
    let until = latest.plus_millis(delay.saturating_mul(1000));
    let left = until.as_millis().saturating_sub(now.as_millis());
    u64::try_from(left).unwrap_or(0).div_ceil(1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_failures_cost_nothing_and_then_the_delay_doubles_up_to_a_quarter_of_an_hour() {
        let delays: Vec<u64> = [0, 4, 5, 6, 8, 14, 15, 100, u64::MAX]
            .into_iter()
            .map(|failures| throttle_delay_seconds(failures, FREE_FOR_ACCOUNT))
            .collect();
        assert_eq!(delays, [0, 0, 1, 2, 8, 512, 900, 900, 900]);
    }
}
