//! What is to be done next, and what is told of it.

use super::super::log::{Change, Entry};
use super::super::model::Person;
use super::super::model::{Details, EventId, Review};
use super::super::offers::model::Offer;
use super::super::round::LocalTime;
use super::super::state::fold;
use super::*;

/// 2026-11-23T12:00:00Z, a Monday.
const NOW: Timestamp = Timestamp(1_795_435_200_000);

fn state(changes: Vec<(i64, Change)>) -> State {
    let details = Details {
        company: "Northlight".into(),
        title: "Backend Intern".into(),
        ..Details::default()
    };
    let created = Change::Created {
        details,
        stage: Stage::Interested,
    };
    let numbered = [(-60, created)].into_iter().chain(changes).enumerate();
    let log: Vec<Entry> = numbered
        .map(|(at, (days, change))| Entry {
            id: EventId(at as i64 + 1),
            at: NOW.plus_days(days),
            recorded_at: NOW.plus_days(days),
            batch: None,
            change,
        })
        .collect();
    fold(&log)
}

fn to(stage: Stage) -> Change {
    Change::Moved {
        to: stage,
        why: String::new(),
    }
}

fn told(state: &State) -> Vec<(ActionKind, String, String)> {
    told_now(ApplicationId(1), state, NOW, "Europe/Berlin")
        .into_iter()
        .map(|action| (action.kind, action.title, action.reason))
        .collect()
}

fn interview(local: &str) -> Round {
    Round {
        id: 1,
        kind: super::super::round::RoundKind::Technical,
        starts: Some(LocalTime::parse("starts", local, "Europe/Berlin").unwrap()),
        minutes: 60,
        people: vec!["Ada Brandt".into()],
        ..Round::default()
    }
}

#[test]
fn eight_days_without_an_answer_ask_for_a_message() {
    let person = Person {
        id: 1,
        name: "Ada Brandt".into(),
        email: "ada@northlight.example".into(),
        ..Person::default()
    };
    let state = state(vec![
        (-8, to(Stage::Applied)),
        (-8, Change::PersonSet { person }),
    ]);
    let told = told(&state);
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].0, ActionKind::FollowUp);
    assert_eq!(
        told[0].2,
        "applied 8 days ago, no answer: write to Ada Brandt (ada@northlight.example)"
    );
}

#[test]
fn who_asked_waits_before_asking_again_and_asks_twice_at_most() {
    let asked = |nth: u8| Change::ActionDone {
        action: format!("follow-up-applied-{nth}"),
    };
    let mut changes = vec![(-30, to(Stage::Applied)), (-9, asked(1))];
    assert!(told(&state(changes.clone())).is_empty());
    changes[1].0 = -11;
    assert_eq!(
        told(&state(changes.clone()))[0].1,
        "Ask once more how it stands"
    );
    changes.push((0, asked(2)));
    assert!(told(&state(changes)).is_empty());
}

#[test]
fn after_weeks_without_an_answer_it_may_be_given_up() {
    let state = state(vec![(-50, to(Stage::Applied))]);
    let kinds: Vec<ActionKind> = told(&state).into_iter().map(|(kind, ..)| kind).collect();
    assert!(kinds.contains(&ActionKind::GiveUp), "{kinds:?}");
}

#[test]
fn an_interview_tomorrow_tells_the_hour_there_and_what_is_left_to_prepare() {
    let task = |id: u32, done: bool| Change::TaskSet {
        task: Task {
            id,
            text: "read".into(),
            due: None,
            round: Some(1),
            done,
        },
    };
    let state = state(vec![
        (-8, to(Stage::Interview)),
        (
            0,
            Change::RoundSet {
                round: interview("2026-11-24 10:00"),
            },
        ),
        (0, task(2, false)),
        (0, task(3, true)),
    ]);
    let told = told(&state);
    assert_eq!(told[0].1, "Prepare 1 item");
    assert_eq!(told[0].2, "Technical interview tomorrow, 10:00 Berlin time");
}

#[test]
fn a_round_that_ended_asks_for_thanks_and_later_for_its_outcome() {
    let of = |local: &str| {
        state(vec![
            (-3, to(Stage::Interview)),
            (
                -3,
                Change::RoundSet {
                    round: interview(local),
                },
            ),
        ])
    };
    let today = told(&of("2026-11-23 10:00"));
    assert_eq!(today.len(), 1);
    assert_eq!(today[0].1, "Write a thank-you note to Ada Brandt");
    let before = told(&of("2026-11-21 10:00"));
    let kinds: Vec<ActionKind> = before.into_iter().map(|(kind, ..)| kind).collect();
    assert_eq!(kinds, [ActionKind::ThankYou, ActionKind::Outcome]);
}

#[test]
fn a_round_that_is_off_asks_for_nothing() {
    let state = state(vec![
        (-1, to(Stage::Interview)),
        (
            -1,
            Change::RoundSet {
                round: interview("2026-11-24 10:00"),
            },
        ),
        (
            0,
            Change::RoundCancelled {
                round: 1,
                cancelled: true,
            },
        ),
    ]);
    assert!(told(&state).is_empty());
}

#[test]
fn an_offer_tells_until_when_it_must_be_answered() {
    let offer = Offer {
        answer_by: Some(NOW.plus_days(2)),
        ..Offer::default()
    };
    let state = state(vec![
        (-1, to(Stage::Offer)),
        (-1, Change::OfferSet { offer }),
    ]);
    assert_eq!(told(&state)[0].2, "it must be answered in 2 days");
}

#[test]
fn a_deadline_counts_until_it_is_sent() {
    let details = Details {
        company: "Northlight".into(),
        deadline: Some(NOW.plus_days(2)),
        ..Details::default()
    };
    let set = (-1, Change::DetailsSet { details });
    let preparing = state(vec![set.clone(), (-1, to(Stage::Preparing))]);
    assert_eq!(told(&preparing)[0].2, "the time to apply ends in 2 days");
    let sent = state(vec![set, (-1, to(Stage::Applied))]);
    assert!(told(&sent).is_empty());
}

#[test]
fn a_rejection_asks_kindly_and_the_day_to_apply_again_is_told() {
    let rejected = (-2, to(Stage::Rejected));
    let before = state(vec![rejected.clone()]);
    assert_eq!(told(&before)[0].0, ActionKind::Review);
    let review = Review {
        apply_again: Some(NOW.plus_days(-1)),
        ..Review::default()
    };
    let after = state(vec![rejected, (-1, Change::Reviewed { review })]);
    let told = told(&after);
    assert_eq!(told.len(), 1);
    assert_eq!(
        told[0].1,
        "Look whether Northlight takes applications again"
    );
}

#[test]
fn what_sleeps_or_is_put_away_asks_for_nothing() {
    let snoozed = Change::Snoozed {
        until: Some(NOW.plus_days(1)),
    };
    let applied = (-9, to(Stage::Applied));
    assert!(told(&state(vec![applied.clone(), (0, snoozed)])).is_empty());
    let archived = Change::Archived { archived: true };
    assert!(plan(&state(vec![applied, (0, archived)])).is_empty());
}
