//! When a source is polled next. Pure.

use super::model::{Source, SourceError};
use crate::clock::Timestamp;

/// Minutes after the first failure; each further one doubles it.
const FIRST_RETRY_MINUTES: i64 = 10;
/// The longest wait, whatever happened: a day.
const LONGEST_MINUTES: i64 = 24 * 60;

/// The instant before which the source is not polled again.
///
/// A poll that went well is followed by the next after the source's own interval, one that failed by waits that double
/// from ten minutes to a day, or by the time that the source itself asked for.
#[must_use]
pub fn next_poll_at(source: &Source, now: Timestamp, error: Option<&SourceError>) -> Timestamp {
    let interval = i64::from(source.poll_minutes.max(1));
    let minutes = match error {
        None => interval,
        Some(_) => (FIRST_RETRY_MINUTES << source.failures.min(10))
            .min(LONGEST_MINUTES)
            .max(interval.min(FIRST_RETRY_MINUTES)),
    };
    let planned = now.plus_millis(minutes * 60_000);
    match error.and_then(|error| error.retry_at) {
        Some(asked) => asked
            .max(planned)
            .min(now.plus_millis(LONGEST_MINUTES * 60_000)),
        None => planned,
    }
}
