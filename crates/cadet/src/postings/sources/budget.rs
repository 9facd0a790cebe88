//! Budget: the calls that an interface grants within a minute, an hour or a day.
//!
//! Counted by this process, by the context's clock; what several processes use together is up to their poll intervals. The
//! figures leave room for calls that the client tries again.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use super::connector::error;
use super::model::{SourceError, SourceErrorKind};
use crate::clock::Timestamp;

/// A minute in milliseconds.
pub(super) const MINUTE: i64 = 60_000;
/// An hour in milliseconds.
pub(super) const HOUR: i64 = 60 * MINUTE;
/// A day in milliseconds.
pub(super) const DAY: i64 = 24 * HOUR;

/// What an interface grants.
#[derive(Clone, Copy, Debug)]
pub(super) struct Allowance {
    /// The interface's name, for messages; each name has a count of its own.
    pub(super) name: &'static str,
    /// Calls, and the milliseconds within which they may be made; the longest span last.
    pub(super) spans: &'static [(usize, i64)],
}

/// The calls made so far; cheap to clone, one for the whole program.
#[derive(Clone, Debug, Default)]
pub struct Budget(Arc<Mutex<HashMap<&'static str, VecDeque<Timestamp>>>>);

impl Budget {
    /// Takes one call.
    ///
    /// # Errors
    /// If none is left; tells when there will be one.
    pub(super) fn take(&self, allowance: Allowance, now: Timestamp) -> Result<(), SourceError> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let calls = all.entry(allowance.name).or_default();
        let longest = allowance.spans.iter().map(|(_, span)| *span).max();
        while calls
            .front()
            .is_some_and(|call| call.plus_millis(longest.unwrap_or(0)) <= now)
        {
            calls.pop_front();
        }
        if let Some(free_at) = free_at(calls, allowance.spans, now) {
            let message = format!(
                "{} grants only so many calls within a time, and those are used up. It is asked again when it grants more.",
                allowance.name
            );
            return Err(SourceError {
                retry_at: Some(free_at),
                ..error(SourceErrorKind::RateLimited, None, message)
            });
        }
        calls.push_back(now);
        Ok(())
    }
}

/// When the next call may be made, if not now. `calls` are in order of time.
fn free_at(
    calls: &VecDeque<Timestamp>,
    spans: &[(usize, i64)],
    now: Timestamp,
) -> Option<Timestamp> {
    spans
        .iter()
        .filter_map(|(most, span)| {
            let oldest = calls.get(calls.len().checked_sub(*most)?)?;
            let free = oldest.plus_millis(*span);
            (free > now).then_some(free)
        })
        .max()
}

#[cfg(test)]
mod tests {
    use super::*;

    const GRANTED: Allowance = Allowance {
        name: "Example",
        spans: &[(2, MINUTE), (3, DAY)],
    };

    #[test]
    fn calls_beyond_what_is_granted_are_told_when_to_come_back() {
        let budget = Budget::default();
        let start = Timestamp(1_000_000);
        assert!(budget.take(GRANTED, start).is_ok());
        assert!(budget.take(GRANTED, start.plus_millis(10)).is_ok());
        let refused = budget.take(GRANTED, start.plus_millis(20)).unwrap_err();
        assert_eq!(refused.kind, SourceErrorKind::RateLimited);
        assert_eq!(refused.retry_at, Some(start.plus_millis(MINUTE)));
        assert!(budget.take(GRANTED, start.plus_millis(MINUTE)).is_ok());
        let refused = budget.take(GRANTED, start.plus_millis(HOUR)).unwrap_err();
        assert_eq!(
            refused.retry_at,
            Some(start.plus_millis(DAY)),
            "the day's calls are used up"
        );
        assert!(budget.take(GRANTED, start.plus_millis(DAY)).is_ok());
    }

    #[test]
    fn each_interface_has_its_own_count() {
        let budget = Budget::default();
        let one = Allowance {
            name: "One",
            spans: &[(1, DAY)],
        };
        let other = Allowance {
            name: "Other",
            spans: &[(1, DAY)],
        };
        assert!(budget.take(one, Timestamp(0)).is_ok());
        assert!(budget.take(other, Timestamp(0)).is_ok());
        assert!(
            budget.clone().take(one, Timestamp(1)).is_err(),
            "a clone counts with the others"
        );
    }
}
