//! How often sources are looked at.

use super::super::model::SourceErrorKind;
use super::super::testing::{poll, source};
use super::*;

const HOUR_MS: i64 = 60 * MINUTE_MS;

fn board() -> Source {
    source(SourceKind::Greenhouse)
}

/// Readings so many minutes apart, newest first; those whose number `changes` names brought a change.
fn readings(count: i64, apart: i64, changes: impl Fn(i64) -> bool) -> Vec<Poll> {
    (0..count)
        .map(|nth| {
            let mut poll = poll((count - nth) * apart * MINUTE_MS, PollOutcome::Complete);
            poll.counts.changed = u64::from(changes(nth));
            poll
        })
        .collect()
}

fn plan(minutes: u32) -> Plan<'static> {
    Plan {
        minutes,
        error: None,
        confirm_ms: None,
        chance: 0.0,
    }
}

fn failure(retry_at: Option<i64>) -> SourceError {
    SourceError {
        kind: SourceErrorKind::RateLimited,
        message: "slow down".into(),
        url: None,
        status: Some(429),
        retry_at: retry_at.map(Timestamp),
    }
}

#[test]
fn a_new_source_is_looked_at_as_often_as_configured() {
    let few = rhythm(&board(), &readings(3, 600, |_| true));
    assert_eq!((few.minutes, few.changes_per_day), (60, None));
    let short = rhythm(&board(), &readings(20, 60, |_| true));
    assert_eq!(short.minutes, 60);
    assert_eq!(rhythm(&board(), &[]).why, few.why);
}

#[test]
fn what_changes_twice_a_day_is_looked_at_every_six_hours() {
    let rhythm = rhythm(&board(), &readings(49, 60, |nth| nth % 12 == 0));
    assert_eq!(rhythm.minutes, 6 * 60);
    assert_eq!(rhythm.why, "because it changes about twice a day");
}

#[test]
fn what_changes_at_every_look_is_looked_at_more_often_down_to_the_shortest_interval() {
    let often = rhythm(&board(), &readings(20, 240, |_| true));
    assert_eq!(often.minutes, 120);
    let always = rhythm(&board(), &readings(40, 40, |_| true));
    assert_eq!(always.minutes, 30);
}

#[test]
fn what_does_not_change_is_looked_at_less_often_up_to_the_longest_interval() {
    let calm = rhythm(&board(), &readings(26, 60, |_| false));
    assert_eq!(calm.minutes, 12 * 60);
    let quiet = rhythm(&source(SourceKind::JsonLd), &readings(30, 720, |_| false));
    assert_eq!(quiet.minutes, 24 * 60);
    assert_eq!(quiet.why, "because nothing changed in the last 15 days");
}

#[test]
fn failed_polls_say_nothing_of_how_often_it_changes() {
    let mut polls = readings(49, 60, |nth| nth % 12 == 0);
    polls.insert(0, poll(50 * HOUR_MS, PollOutcome::Failed));
    assert_eq!(rhythm(&board(), &polls).minutes, 6 * 60);
}

#[test]
fn every_rhythm_is_within_the_bounds_of_its_kind() {
    for kind in SourceKind::ALL {
        let (shortest, longest) = bounds(kind);
        for apart in [1, 30, 61, 500, 5_000] {
            for every in [1, 2, 7, 100] {
                let polls = readings(40, apart, |nth| nth % every == 0);
                let rhythm = rhythm(&source(kind), &polls);
                let known = rhythm.changes_per_day.is_some();
                assert!(!known || (shortest..=longest).contains(&rhythm.minutes));
            }
        }
    }
}

#[test]
fn the_next_poll_is_after_the_interval_and_at_most_a_tenth_later() {
    let now = Timestamp(0);
    let at = |chance| next_poll_at(&board(), now, Plan { chance, ..plan(60) }).0;
    assert_eq!(at(0.0), HOUR_MS);
    assert!((HOUR_MS..=HOUR_MS + 6 * MINUTE_MS).contains(&at(0.999)));
}

#[test]
fn what_was_missed_is_confirmed_sooner_than_the_interval() {
    let soon = Plan {
        confirm_ms: Some(45 * MINUTE_MS),
        ..plan(720)
    };
    assert_eq!(next_poll_at(&board(), Timestamp(0), soon).0, 45 * MINUTE_MS);
    let at_once = Plan {
        confirm_ms: Some(0),
        ..soon
    };
    assert_eq!(
        next_poll_at(&board(), Timestamp(0), at_once).0,
        30 * MINUTE_MS,
        "but not sooner than its kind allows"
    );
}

#[test]
fn failures_are_followed_by_waits_that_double_up_to_a_day() {
    let error = failure(None);
    let waits: Vec<i64> = [0, 1, 2, 20]
        .into_iter()
        .map(|failures| {
            let source = Source {
                failures,
                ..board()
            };
            let plan = Plan {
                error: Some(&error),
                ..plan(60)
            };
            next_poll_at(&source, Timestamp(0), plan).0 / MINUTE_MS
        })
        .collect();
    assert_eq!(waits, [10, 20, 40, 24 * 60]);
}

#[test]
fn a_source_that_asks_to_be_left_alone_is_for_a_day_at_most() {
    let next = |asked| {
        let error = failure(Some(asked));
        let plan = Plan {
            error: Some(&error),
            ..plan(60)
        };
        next_poll_at(&board(), Timestamp(0), plan).0
    };
    assert_eq!(next(3 * HOUR_MS), 3 * HOUR_MS);
    assert_eq!(next(MINUTE_MS), 10 * MINUTE_MS);
    assert_eq!(next(90 * HOUR_MS), 24 * HOUR_MS);
}

#[test]
fn an_interface_that_bears_few_calls_is_never_looked_at_more_often_than_it_bears() {
    let now = Timestamp(1_000_000);
    let minutes = |kind, configured: u32| {
        let next = next_poll_at(&source(kind), now, plan(configured));
        (next.0 - now.0) / MINUTE_MS
    };
    assert_eq!(minutes(SourceKind::Remotive, 15), 360);
    assert_eq!(minutes(SourceKind::Adzuna, 60), 240);
    assert_eq!(minutes(SourceKind::Remotive, 600), 600);
    assert_eq!(minutes(SourceKind::Greenhouse, 15), 15);
    let busy = rhythm(&source(SourceKind::Remotive), &readings(60, 60, |_| true));
    assert_eq!(busy.minutes, 360);
}

#[test]
fn such_an_interface_also_waits_when_all_sources_are_polled_at_once() {
    let last = Timestamp(1_000_000);
    let polled = |kind, last| Source {
        last_polled_at: last,
        ..source(kind)
    };
    let remotive = polled(SourceKind::Remotive, Some(last));
    assert!(must_wait(&remotive, last.plus_millis(60 * MINUTE_MS)));
    assert!(!must_wait(&remotive, last.plus_millis(360 * MINUTE_MS)));
    assert!(!must_wait(&polled(SourceKind::Remotive, None), last));
    assert!(!must_wait(&polled(SourceKind::Lever, Some(last)), last));
}
