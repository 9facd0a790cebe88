//! When a source is polled next: as often as it changes, within bounds of its kind. Pure.

use serde::Serialize;
use utoipa::ToSchema;

use super::model::{Poll, PollCounts, PollOutcome, Source, SourceError, SourceKind};
use crate::clock::Timestamp;

const MINUTE_MS: i64 = 60_000;
const DAY_MINUTES: f64 = 24.0 * 60.0;
/// Minutes after the first failure; each further one doubles it.
const FIRST_RETRY_MINUTES: i64 = 10;
/// The longest wait, whatever happened: a day.
const LONGEST_MINUTES: i64 = 24 * 60;
/// Readings from which on a rhythm is known.
const ENOUGH_READINGS: usize = 4;
/// Days over which they must stretch.
const ENOUGH_DAYS: f64 = 1.0;
/// Where so large a share of readings brought a change, the source changes more often than it is read.
const NEARLY_ALWAYS: f64 = 0.9;
/// Looks for each change: twice as often as it changes, so that half of its own pace is the longest that one learns late.
const LOOKS_FOR_EACH_CHANGE: f64 = 2.0;
/// The part of an interval by which it is lengthened at random, so that sources added together are not read together for
/// ever. It is never shortened, since two looks that confirm each other must be apart.
const JITTER: f64 = 0.1;

/// How often a source is looked at, and why.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Rhythm {
    /// Minutes between two looks.
    pub minutes: u32,
    /// How often it changes in a day, as far as that is known.
    pub changes_per_day: Option<f64>,
    /// The reason in words, to follow "looked at every 6 hours".
    pub why: String,
}

impl std::fmt::Display for Rhythm {
    /// `every 6 hours, because it changes about twice a day`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.minutes {
            60 => write!(f, "every hour")?,
            minutes if minutes % 60 == 0 => write!(f, "every {} hours", minutes / 60)?,
            minutes => write!(f, "every {minutes} minutes")?,
        }
        write!(f, ", {}", self.why)
    }
}

/// The shortest and the longest interval of a kind, in minutes. A career page costs its site a request for each posting.
#[must_use]
pub const fn bounds(kind: SourceKind) -> (u32, u32) {
    let (shortest, longest) = match kind {
        SourceKind::JsonLd | SourceKind::Sitemap => (60, 24 * 60),
        _ => (30, 12 * 60),
    };
    let bears = kind.min_poll_minutes();
    (if bears > shortest { bears } else { shortest }, longest)
}

/// How often to look at a source, judged by its last polls, newest first. What the operator configured is where it begins.
#[must_use]
pub fn rhythm(source: &Source, polls: &[Poll]) -> Rhythm {
    let readings: Vec<&Poll> = polls
        .iter()
        .filter(|poll| poll.outcome != PollOutcome::Failed)
        .collect();
    let (Some(newest), Some(oldest)) = (readings.first(), readings.last()) else {
        return learning(source);
    };
    let span = (newest.started_at.0 - oldest.started_at.0) as f64 / MINUTE_MS as f64;
    let intervals = readings.len() - 1;
    if readings.len() < ENOUGH_READINGS || span < ENOUGH_DAYS * DAY_MINUTES {
        return learning(source);
    }
    // What the oldest one brought says nothing of the time after it.
    let changed = readings[..intervals]
        .iter()
        .filter(|poll| changes(poll.counts))
        .count();
    let days = span / DAY_MINUTES;
    let per_day = changed as f64 / days;
    let (wanted, why) = if changed == 0 {
        let why = format!(
            "because nothing changed in the last {}",
            days_in_words(days)
        );
        (span / LOOKS_FOR_EACH_CHANGE, why)
    } else if changed as f64 >= intervals as f64 * NEARLY_ALWAYS {
        let why = "because it changes at almost every look".to_owned();
        (span / intervals as f64 / LOOKS_FOR_EACH_CHANGE, why)
    } else {
        let why = format!("because it changes {}", often(per_day));
        (DAY_MINUTES / per_day / LOOKS_FOR_EACH_CHANGE, why)
    };
    let (shortest, longest) = bounds(source.address.kind);
    Rhythm {
        minutes: whole(wanted).clamp(shortest, longest),
        changes_per_day: Some(per_day),
        why,
    }
}

fn learning(source: &Source) -> Rhythm {
    Rhythm {
        minutes: interval_minutes(source),
        changes_per_day: None,
        why: "until it is known how often it changes".to_owned(),
    }
}

fn changes(counts: PollCounts) -> bool {
    counts.added + counts.changed + counts.closed + counts.reopened > 0
}

/// Whole minutes, rounded to what people say: tens below two hours, hours above.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the value is held to a range of u32"
)]
fn whole(minutes: f64) -> u32 {
    let step = if minutes < 120.0 { 10.0 } else { 60.0 };
    ((minutes / step).round() * step).clamp(1.0, 1e6) as u32
}

fn days_in_words(days: f64) -> String {
    match days.round() {
        1.0 => "day".to_owned(),
        days => format!("{days} days"),
    }
}

fn often(per_day: f64) -> String {
    match per_day {
        many if many >= 2.5 => format!("about {} times a day", many.round()),
        twice if twice >= 1.5 => "about twice a day".to_owned(),
        once if once >= 0.75 => "about once a day".to_owned(),
        rarely => format!("about every {} days", (1.0 / rarely).round().max(2.0)),
    }
}

/// What decides when a source is polled next.
#[derive(Clone, Copy, Debug)]
pub struct Plan<'a> {
    /// The usual minutes between two looks.
    pub minutes: u32,
    /// Why the last poll failed.
    pub error: Option<&'a SourceError>,
    /// Milliseconds after which a second look confirms what the last one missed, if it missed something.
    pub confirm_ms: Option<i64>,
    /// A random number in `[0, 1)`.
    pub chance: f64,
}

/// Minutes between two polls: the source's own, but never fewer than its interface bears.
#[must_use]
pub fn interval_minutes(source: &Source) -> u32 {
    source
        .poll_minutes
        .max(source.address.kind.min_poll_minutes())
        .max(1)
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
/// A poll that went well is followed by the next after the source's interval, or sooner when something it missed is to be
/// confirmed; one that failed by waits that double from ten minutes to a day, or by the time that the source itself asked
/// for.
#[must_use]
pub fn next_poll_at(source: &Source, now: Timestamp, plan: Plan<'_>) -> Timestamp {
    let least = source.address.kind.min_poll_minutes().max(1);
    let interval = i64::from(plan.minutes.max(least));
    let minutes = match plan.error {
        None => interval,
        Some(_) => (FIRST_RETRY_MINUTES << source.failures.min(10))
            .min(LONGEST_MINUTES)
            .max(interval.min(FIRST_RETRY_MINUTES)),
    };
    let planned = match (plan.error, plan.confirm_ms) {
        (None, Some(confirm)) => {
            let shortest = i64::from(bounds(source.address.kind).0) * MINUTE_MS;
            (minutes * MINUTE_MS).min(confirm.max(shortest))
        }
        _ => minutes * MINUTE_MS,
    };
    let planned = now.plus_millis(planned + jitter(planned, plan.chance));
    match plan.error.and_then(|error| error.retry_at) {
        Some(asked) => asked
            .max(planned)
            .min(now.plus_millis(LONGEST_MINUTES * MINUTE_MS)),
        None => planned,
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a tenth of at most some days in milliseconds"
)]
fn jitter(interval_ms: i64, chance: f64) -> i64 {
    (interval_ms as f64 * JITTER * chance.clamp(0.0, 1.0)) as i64
}

#[cfg(test)]
#[path = "schedule_tests.rs"]
mod tests;
