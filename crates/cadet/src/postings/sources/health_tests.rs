//! Each rule of a source's health, by name.

use super::super::model::{RecordProblem, SourceError, SourceKind};
use super::super::testing::poll;
use super::*;

const MINUTE_MS: i64 = 60_000;

/// Polls from the newest to the oldest, an hour apart.
fn polls(all: impl IntoIterator<Item = Poll>) -> Vec<Poll> {
    let mut all: Vec<Poll> = all.into_iter().collect();
    let count = all.len() as i64;
    for (nth, poll) in (0_i64..).zip(&mut all) {
        let took = poll.finished_at.0 - poll.started_at.0;
        poll.started_at = Timestamp((count - nth) * 60 * MINUTE_MS);
        poll.finished_at = poll.started_at.plus_millis(took);
    }
    all
}

fn found(count: u64) -> Poll {
    let mut poll = poll(0, PollOutcome::Complete);
    poll.counts.found = count;
    poll
}

fn failed(kind: SourceErrorKind) -> Poll {
    Poll {
        error: Some(SourceError {
            kind,
            message: "It went wrong.".into(),
            url: None,
            status: None,
            retry_at: None,
        }),
        ..poll(0, PollOutcome::Failed)
    }
}

fn took(seconds: i64) -> Poll {
    let poll = found(20);
    Poll {
        finished_at: poll.started_at.plus_millis(seconds * 1_000),
        ..poll
    }
}

fn kinds_of(all: Vec<Poll>) -> Vec<NoticeKind> {
    let observation = Observation {
        polls: &polls(all),
        moved_to: None,
        drift: &Drift::default(),
    };
    examine(&observation)
        .into_iter()
        .map(|one| one.kind)
        .collect()
}

fn repeated(poll: &Poll, times: usize) -> Vec<Poll> {
    vec![poll.clone(); times]
}

#[test]
fn a_healthy_source_has_no_notice() {
    assert_eq!(kinds_of(repeated(&found(80), 12)), []);
    assert_eq!(kinds_of(Vec::new()), []);
}

#[test]
fn yield_drop_is_less_than_half_of_what_is_usual() {
    let with = |now, usual| {
        let mut all = vec![found(now)];
        all.extend(repeated(&found(usual), 5));
        kinds_of(all)
    };
    assert_eq!(with(39, 80), [NoticeKind::YieldDrop]);
    assert_eq!(with(40, 80), []);
    assert_eq!(with(2, 6), [], "small boards lose most of theirs at times");
    assert_eq!(with(0, 6), [NoticeKind::YieldDrop]);
    assert_eq!(with(0, 1), []);
}

#[test]
fn yield_drop_needs_a_usual_to_compare_with() {
    assert_eq!(kinds_of(vec![found(1), found(80), found(80)]), []);
    let mut partial = found(80);
    partial.outcome = PollOutcome::Partial;
    let mut all = vec![found(1)];
    all.extend(repeated(&partial, 8));
    assert_eq!(kinds_of(all), []);
}

#[test]
fn yield_drop_says_what_was_seen_and_what_is_usual() {
    let mut all = vec![found(12)];
    all.extend(repeated(&found(80), 4));
    let all = polls(all);
    let observation = Observation {
        polls: &all,
        moved_to: None,
        drift: &Drift::default(),
    };
    assert_eq!(
        examine(&observation)[0].seen,
        "It brought 12 records; usual are 80."
    );
}

#[test]
fn schema_drift_names_the_fields() {
    let drift = Drift {
        missing: vec!["location.name".into()],
        unknown: (1..=8).map(|nth| format!("field{nth}")).collect(),
    };
    let observation = Observation {
        polls: &[found(20)],
        moved_to: None,
        drift: &drift,
    };
    let findings = examine(&observation);
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0].kind, NoticeKind::SchemaDrift);
    assert_eq!(
        findings[0].seen,
        "No longer filled: location.name. New: field1, field2, field3, field4, field5, field6 and 2 more."
    );
}

#[test]
fn moved_names_the_new_address() {
    let to = SourceAddress {
        kind: SourceKind::Lever,
        address: "northlight".into(),
    };
    let observation = Observation {
        polls: &[found(20)],
        moved_to: Some(&to),
        drift: &Drift::default(),
    };
    let findings = examine(&observation);
    assert_eq!(findings[0].kind, NoticeKind::Moved);
    assert!(findings[0].seen.contains("lever:northlight"));
}

#[test]
fn robots_tells_a_change_from_what_was_always_so() {
    let seen = |earlier: Poll| {
        let all = polls([failed(SourceErrorKind::Robots), earlier]);
        let observation = Observation {
            polls: &all,
            moved_to: None,
            drift: &Drift::default(),
        };
        let findings = examine(&observation);
        assert_eq!(findings[0].kind, NoticeKind::Robots);
        findings[0].seen.clone()
    };
    assert!(seen(found(20)).ends_with("Until then it was allowed."));
    assert!(!seen(failed(SourceErrorKind::Robots)).contains("allowed"));
}

#[test]
fn blocked_is_told_at_once_for_a_refusal_and_at_the_second_request_to_slow_down() {
    assert_eq!(
        kinds_of(vec![failed(SourceErrorKind::Denied), found(20)]),
        [NoticeKind::Blocked]
    );
    let limited = || failed(SourceErrorKind::RateLimited);
    assert_eq!(kinds_of(vec![limited(), found(20)]), []);
    assert_eq!(kinds_of(vec![limited(), limited()]), [NoticeKind::Blocked]);
}

#[test]
fn slow_is_three_times_as_long_as_before_and_noticeably_so() {
    let with = |now, usual| {
        let mut all = repeated(&took(now), 3);
        all.extend(repeated(&took(usual), 5));
        kinds_of(all)
    };
    assert_eq!(with(60, 10), [NoticeKind::Slow]);
    assert_eq!(with(12, 2), [], "ten seconds more harm nobody");
    assert_eq!(with(25, 10), []);
    let mut once = vec![took(90)];
    once.extend(repeated(&took(10), 8));
    assert_eq!(kinds_of(once), [], "one slow reading is none");
}

#[test]
fn unreachable_is_told_at_the_third_failure_in_a_row() {
    let down = || failed(SourceErrorKind::ServerError);
    let late = || failed(SourceErrorKind::Timeout);
    assert_eq!(kinds_of(vec![down(), late(), found(20)]), []);
    assert_eq!(
        kinds_of(vec![down(), late(), down()]),
        [NoticeKind::Unreachable]
    );
}

#[test]
fn gone_is_told_at_once() {
    assert_eq!(
        kinds_of(vec![failed(SourceErrorKind::NotFound)]),
        [NoticeKind::Gone]
    );
}

#[test]
fn unreadable_is_an_answer_or_a_fifth_of_its_records() {
    assert_eq!(
        kinds_of(vec![failed(SourceErrorKind::Malformed)]),
        [NoticeKind::Unreadable]
    );
    let with = |problems| Poll {
        problems: vec![
            RecordProblem {
                at: "jobs[1]".into(),
                message: "no title".into(),
            };
            problems
        ],
        ..found(20)
    };
    assert_eq!(kinds_of(vec![with(4)]), [NoticeKind::Unreadable]);
    assert_eq!(kinds_of(vec![with(3)]), []);
}

#[test]
fn a_failed_poll_says_nothing_of_number_and_format() {
    for kind in [NoticeKind::YieldDrop, NoticeKind::SchemaDrift] {
        assert!(!kind.is_judged_by(PollOutcome::Failed));
        assert!(!kind.is_judged_by(PollOutcome::Unchanged));
        assert!(kind.is_judged_by(PollOutcome::Complete));
    }
    assert!(NoticeKind::Gone.is_judged_by(PollOutcome::Unchanged));
}

#[test]
fn every_notice_has_words_and_its_name_is_read_back() {
    for kind in NoticeKind::ALL {
        assert_eq!(NoticeKind::parse(kind.name()), Some(kind));
        for text in [kind.meaning(), kind.remedy()] {
            assert!(text.ends_with('.'), "{text}");
        }
        assert!(!kind.label().is_empty());
    }
}
