//! When to try again: backoff with jitter, and `Retry-After`.

use std::time::Duration;

use super::error::{Error, ErrorKind};
use super::settings::Settings;
use crate::clock::Timestamp;

/// The longest `Retry-After` that is believed; a wrong header must not stop a source for ever.
const LONGEST_BELIEVED: Duration = Duration::from_secs(7 * 24 * 3600);

/// What to do after a failed attempt.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// Wait so long and try again.
    Wait(Duration),
    /// Tell the failure.
    GiveUp,
}

/// Decides what follows attempt number `attempt` (from 0) that failed with `error`; `jitter` lies in `0.0..1.0`.
pub(super) fn next(
    settings: &Settings,
    error: &Error,
    retry_after: Option<Duration>,
    attempt: u32,
    jitter: f64,
) -> Next {
    let again = match error.kind {
        ErrorKind::Unreachable | ErrorKind::Truncated | ErrorKind::RateLimited => true,
        ErrorKind::ServerError => matches!(error.status, Some(500 | 502 | 503 | 504 | 520..=529)),
        _ => false,
    };
    if !again || attempt >= settings.retries {
        return Next::GiveUp;
    }
    match retry_after {
        Some(asked) if asked > settings.retry_cap => Next::GiveUp,
        Some(asked) => Next::Wait(asked.max(backoff(settings, attempt, jitter))),
        None => Next::Wait(backoff(settings, attempt, jitter)),
    }
}

/// Half of the doubled wait is certain and half is by chance, so that many clients do not come back at the same instant.
fn backoff(settings: &Settings, attempt: u32, jitter: f64) -> Duration {
    let doubled = settings
        .retry_base
        .saturating_mul(2_u32.saturating_pow(attempt))
        .min(settings.retry_cap);
    doubled.mul_f64(0.5 + 0.5 * jitter.clamp(0.0, 1.0))
}

/// Reads a `Retry-After` header: seconds, or an HTTP date seen from `now`.
pub(super) fn parse_retry_after(value: &str, now: Timestamp) -> Option<Duration> {
    let value = value.trim();
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(Duration::from_secs(value.parse().unwrap_or(u64::MAX)).min(LONGEST_BELIEVED));
    }
    let date = jiff::fmt::rfc2822::parse(value)
        .ok()?
        .timestamp()
        .as_millisecond();
    let wait = u64::try_from(date.saturating_sub(now.as_millis())).unwrap_or(0);
    Some(Duration::from_millis(wait).min(LONGEST_BELIEVED))
}

/// The instant at which a wait that starts now ends.
pub(super) fn after(now: Timestamp, wait: Duration) -> Timestamp {
    now.plus_millis(i64::try_from(wait.as_millis()).unwrap_or(i64::MAX))
}
