//! What a failed attempt leads to: another one after a while, or the end. No IO.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

const LONGEST_REASON: usize = 2_000;

/// How long to wait before the next attempt: a random part ("full jitter") of a bound that doubles with each attempt, so that
/// jobs that failed together do not come back together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Backoff {
    /// The bound after the first failed attempt.
    pub first: Duration,
    /// The bound never grows beyond this.
    pub cap: Duration,
}

impl Default for Backoff {
    /// From five seconds up to an hour.
    fn default() -> Self {
        Self {
            first: Duration::from_secs(5),
            cap: Duration::from_secs(3_600),
        }
    }
}

impl Backoff {
    /// The longest wait after the given attempt, counted from one.
    pub fn bound(&self, attempt: u32) -> Duration {
        let factor = 1_u32.checked_shl(attempt.saturating_sub(1));
        let bound = factor.and_then(|factor| self.first.checked_mul(factor));
        bound.unwrap_or(self.cap).min(self.cap)
    }

    /// The wait after the given attempt, counted from one, where `unit` is a random number from 0 up to 1.
    pub fn delay(&self, attempt: u32, unit: f64) -> Duration {
        let unit = if unit.is_finite() { unit } else { 1.0 };
        self.bound(attempt).mul_f64(unit.clamp(0.0, 1.0))
    }
}

/// Gives the random numbers from 0 up to 1 that spread the retries; tests choose them.
#[derive(Clone)]
pub struct Jitter(Arc<dyn Fn() -> f64 + Send + Sync>);

impl Jitter {
    /// Random numbers from the given function.
    pub fn new(unit: impl Fn() -> f64 + Send + Sync + 'static) -> Self {
        Self(Arc::new(unit))
    }

    pub(crate) fn unit(&self) -> f64 {
        (self.0)()
    }
}

impl Default for Jitter {
    /// The thread's random numbers.
    fn default() -> Self {
        Self::new(rand::random::<f64>)
    }
}

impl fmt::Debug for Jitter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Jitter")
    }
}

/// Why an attempt failed, and what its handler wants to happen.
///
/// Any error becomes a [`Failure::retry`] by `?`. The reason is stored and logged, so it must hold no secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    pub(crate) reason: String,
    pub(crate) then: Then,
}

/// What is to happen after a failed attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Then {
    Backoff,
    After(Duration),
    Discard,
}

impl Failure {
    /// Try again after the usual backoff.
    pub fn retry(reason: impl fmt::Display) -> Self {
        Self::new(reason, Then::Backoff)
    }

    /// Try again after exactly this long, for example what a server asked for. It counts as an attempt.
    pub fn retry_after(after: Duration, reason: impl fmt::Display) -> Self {
        Self::new(reason, Then::After(after))
    }

    /// Never try again: the job is dead at once.
    pub fn discard(reason: impl fmt::Display) -> Self {
        Self::new(reason, Then::Discard)
    }

    /// The reason in words.
    pub fn reason(&self) -> &str {
        &self.reason
    }

    fn new(reason: impl fmt::Display, then: Then) -> Self {
        // PostgreSQL stores no NUL.
        let reason = reason.to_string().replace('\0', "\u{fffd}");
        let reason = match reason.char_indices().nth(LONGEST_REASON) {
            Some((end, _)) => format!("{}…", &reason[..end]),
            None => reason,
        };
        Self { reason, then }
    }

    /// When the job is to run again, or `None` if it is dead.
    pub(crate) fn next_run(
        &self,
        now: i64,
        attempt: i32,
        max_attempts: i32,
        backoff: &Backoff,
        jitter: &Jitter,
    ) -> Option<i64> {
        if attempt >= max_attempts {
            return None;
        }
        let wait = match self.then {
            Then::Discard => return None,
            Then::After(wait) => wait,
            Then::Backoff => {
                let attempt = u32::try_from(attempt).unwrap_or(1);
                backoff.delay(attempt, jitter.unit())
            }
        };
        Some(now.saturating_add(millis(wait)))
    }
}

impl<E: std::error::Error> From<E> for Failure {
    fn from(error: E) -> Self {
        let mut reason = error.to_string();
        let mut source = error.source();
        while let Some(cause) = source {
            let cause_text = cause.to_string();
            // Many errors print their cause already; saying it twice helps nobody.
            if !reason.contains(&cause_text) {
                reason = format!("{reason}: {cause_text}");
            }
            source = cause.source();
        }
        Self::retry(reason)
    }
}

/// A duration as database milliseconds.
pub(crate) fn millis(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_wait_lies_between_nothing_and_its_bound(
            first in 0_u64..100_000, cap in 0_u64..10_000_000, attempt in 0_u32..5_000, unit in -1.0_f64..2.0,
        ) {
            let backoff = Backoff { first: Duration::from_millis(first), cap: Duration::from_millis(cap) };
            prop_assert!(backoff.delay(attempt, unit) <= backoff.bound(attempt));
            prop_assert!(backoff.bound(attempt) <= backoff.cap);
            prop_assert!(backoff.bound(attempt) <= backoff.bound(attempt + 1));
        }

        #[test]
        fn a_reason_is_short_and_storable(reason in ".*") {
            let kept = Failure::retry(reason).reason;
            prop_assert!(!kept.contains('\0'));
            prop_assert!(kept.chars().count() <= LONGEST_REASON + 1);
        }
    }

    #[test]
    fn the_bound_doubles_up_to_the_cap() {
        let backoff = Backoff {
            first: Duration::from_secs(5),
            cap: Duration::from_secs(60),
        };
        let bounds = [1, 2, 3, 4, 5, 6].map(|attempt| backoff.bound(attempt).as_secs());
        assert_eq!(bounds, [5, 10, 20, 40, 60, 60]);
    }

    #[test]
    fn an_error_becomes_a_retry_that_names_each_cause_once() {
        let cause = std::io::Error::other("connection refused");
        let failure = Failure::from(crate::Error::Database {
            doing: "testing",
            source: sea_orm::DbErr::Custom(cause.to_string()),
        });
        assert_eq!(failure.then, Then::Backoff);
        assert_eq!(failure.reason.matches("connection refused").count(), 1);
    }

    #[test]
    fn nothing_is_retried_after_the_last_attempt() {
        let failure = Failure::retry_after(Duration::from_secs(1), "busy");
        let backoff = Backoff::default();
        let next = |attempt| failure.next_run(0, attempt, 3, &backoff, &Jitter::default());
        assert_eq!((next(2), next(3)), (Some(1_000), None));
    }
}
