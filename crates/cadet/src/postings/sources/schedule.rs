//! When a source is polled next. Pure.

use super::model::{Source, SourceError};
use crate::clock::Timestamp;

/// Minutes after the first failure; each further one doubles it.
const FIRST_RETRY_MINUTES: i64 = 10;
/// The longest wait, whatever happened: a day.
const LONGEST_MINUTES: i64 = 24 * 60;

/// Minutes between two polls: the source's own, but never fewer than its interface bears.
#[must_use]
pub fn interval_minutes(source: &Source) -> u32 {
    source
        .poll_minutes
        .max(source.address.kind.min_poll_minutes())
}

/// Whether a source that is polled together with all others has to wait, because its interface bears few calls a day.
#[must_use]
pub fn must_wait(source: &Source, now: Timestamp) -> bool {
    let least = i64::from(source.address.kind.min_poll_minutes());
    // Interfaces that bear a call a minute are asked as often as somebody wants.
    least > 1
        && source
            .last_polled_at
            .is_some_and(|last| now < last.plus_millis(least * 60_000))
}

/// The instant before which the source is not polled again.
///
/// A poll that went well is followed by the next after the source's own interval, one that failed by waits that double
/// from ten minutes to a day, or by the time that the source itself asked for.
#[must_use]
pub fn next_poll_at(source: &Source, now: Timestamp, error: Option<&SourceError>) -> Timestamp {
    let interval = i64::from(interval_minutes(source));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::postings::sources::model::{
        Health, SourceAddress, SourceId, SourceKind, SourceState,
    };

    fn source(kind: SourceKind, poll_minutes: u32, last: Option<Timestamp>) -> Source {
        Source {
            id: SourceId(1),
            address: SourceAddress {
                kind,
                address: "all".to_owned(),
            },
            name: "All".to_owned(),
            state: SourceState::Active,
            health: Health::Ok,
            added_at: Timestamp(0),
            poll_minutes,
            next_poll_at: Timestamp(0),
            last_polled_at: last,
            last_ok_at: last,
            failures: 0,
            last_error: None,
            open_count: 0,
            moved_to: None,
            validators: None,
        }
    }

    #[test]
    fn an_interface_that_bears_few_calls_is_never_polled_more_often_than_it_bears() {
        let now = Timestamp(1_000_000);
        let minutes = |kind, configured| {
            (next_poll_at(&source(kind, configured, None), now, None).0 - now.0) / 60_000
        };
        assert_eq!(minutes(SourceKind::Remotive, 15), 360);
        assert_eq!(minutes(SourceKind::Adzuna, 60), 240);
        assert_eq!(minutes(SourceKind::Remotive, 600), 600);
        assert_eq!(minutes(SourceKind::Greenhouse, 15), 15);
    }

    #[test]
    fn such_an_interface_also_waits_when_all_sources_are_polled_at_once() {
        let last = Timestamp(1_000_000);
        let remotive = source(SourceKind::Remotive, 60, Some(last));
        assert!(must_wait(&remotive, last.plus_millis(60 * 60_000)));
        assert!(!must_wait(&remotive, last.plus_millis(360 * 60_000)));
        assert!(!must_wait(&source(SourceKind::Remotive, 60, None), last));
        assert!(!must_wait(&source(SourceKind::Lever, 60, Some(last)), last));
    }
}
