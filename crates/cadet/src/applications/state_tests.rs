//! What logs say.

use proptest::prelude::*;

use super::*;

const DAY: i64 = Timestamp::DAY_MS;

fn log(changes: Vec<(i64, Change)>) -> Vec<Entry> {
    let numbered = changes.into_iter().enumerate();
    numbered
        .map(|(at, (day, change))| Entry {
            id: EventId(at as i64 + 1),
            at: Timestamp(day * DAY),
            recorded_at: Timestamp(day.max(0) * DAY + at as i64),
            batch: None,
            change,
        })
        .collect()
}

fn created() -> Change {
    let details = Details {
        company: "Northlight".into(),
        title: "Backend Intern".into(),
        ..Details::default()
    };
    Change::Created {
        details,
        stage: Stage::Interested,
    }
}

fn to(stage: Stage) -> Change {
    Change::Moved {
        to: stage,
        why: String::new(),
    }
}

#[test]
fn an_application_stands_where_it_last_went() {
    let state = fold(&log(vec![
        (0, created()),
        (1, to(Stage::Applied)),
        (9, to(Stage::Screen)),
    ]));
    assert_eq!(state.stage(), Stage::Screen);
    assert_eq!(state.stage_since(), Timestamp(9 * DAY));
    assert_eq!(state.applied_at, Some(Timestamp(DAY)));
    assert_eq!(state.answered_at, Some(Timestamp(9 * DAY)));
}

#[test]
fn a_rejection_keeps_everything_before_it() {
    let round = Round {
        id: 1,
        ..Round::default()
    };
    let state = fold(&log(vec![
        (0, created()),
        (1, to(Stage::Applied)),
        (5, Change::RoundSet { round }),
        (6, to(Stage::Interview)),
        (8, to(Stage::Rejected)),
    ]));
    assert_eq!(state.rounds.len(), 1);
    let went: Vec<Stage> = state.moves.iter().map(|one| one.to).collect();
    assert_eq!(
        went,
        [
            Stage::Interested,
            Stage::Applied,
            Stage::Interview,
            Stage::Rejected
        ]
    );
}

#[test]
fn undoing_takes_a_move_back_and_undoing_that_makes_it_again() {
    let undone = |event: i64| Change::Undone {
        event: EventId(event),
    };
    let mut entries = vec![(0, created()), (1, to(Stage::Applied)), (2, undone(2))];
    let state = fold(&log(entries.clone()));
    assert_eq!((state.stage(), state.applied_at), (Stage::Interested, None));
    entries.push((3, undone(3)));
    assert_eq!(fold(&log(entries)).stage(), Stage::Applied);
}

#[test]
fn a_corrected_date_counts_and_can_be_undone_too() {
    let corrected = Change::Corrected {
        event: EventId(2),
        to: Timestamp(-4 * DAY),
    };
    let mut entries = vec![(0, created()), (1, to(Stage::Applied)), (2, corrected)];
    assert_eq!(
        fold(&log(entries.clone())).applied_at,
        Some(Timestamp(-4 * DAY))
    );
    entries.push((3, Change::Undone { event: EventId(3) }));
    assert_eq!(fold(&log(entries)).applied_at, Some(Timestamp(DAY)));
}

#[test]
fn a_move_that_is_remembered_later_does_not_change_where_it_stands() {
    let state = fold(&log(vec![
        (0, created()),
        (1, to(Stage::Applied)),
        (9, to(Stage::Offer)),
        (5, to(Stage::Screen)),
    ]));
    assert_eq!(state.stage(), Stage::Offer);
    assert_eq!(state.answered_at, Some(Timestamp(5 * DAY)));
}

#[test]
fn a_note_keeps_what_it_said_before() {
    let note = |text: &str| Change::NoteSet {
        note: 1,
        text: text.into(),
    };
    let state = fold(&log(vec![
        (0, created()),
        (1, note("tea")),
        (2, note("coffee")),
    ]));
    assert_eq!(state.notes[0].text, "coffee");
    assert_eq!(state.notes[0].earlier[0].text, "tea");
    assert_eq!(state.next_number(), 2);
}

#[test]
fn a_round_that_is_undone_is_remembered_as_off_with_a_greater_revision() {
    let round = Round {
        id: 4,
        ..Round::default()
    };
    let mut entries = vec![(0, created()), (1, Change::RoundSet { round })];
    let before = fold(&log(entries.clone())).revision("round-4");
    entries.push((2, Change::Undone { event: EventId(2) }));
    let after = fold(&log(entries));
    assert!(after.rounds.is_empty());
    assert!(after.gone_rounds[0].cancelled);
    assert!(after.revision("round-4") > before);
}

#[test]
fn what_can_be_undone_is_the_last_that_counts() {
    let entries = log(vec![
        (0, created()),
        (1, to(Stage::Applied)),
        (2, to(Stage::Screen)),
        (3, Change::Undone { event: EventId(3) }),
    ]);
    assert_eq!(
        last_undoable(&entries).map(|entry| entry.id),
        Some(EventId(2))
    );
    assert_eq!(last_undoable(&entries[..1]), None);
}

proptest! {
    #[test]
    fn any_log_folds_and_its_revisions_never_shrink(
        picks in proptest::collection::vec((0_usize..9, -30_i64..30, 0_u32..3, 0_usize..30), 0..40),
    ) {
        let mut changes = vec![(0, created())];
        for (kind, day, number, event) in picks {
            let event = EventId(event as i64);
            let round = Round { id: number, ..Round::default() };
            let change = match kind {
                0..=2 => to(Stage::ALL[(number as usize * 4) % 11]),
                3 => Change::RoundSet { round },
                4 => Change::RoundCancelled { round: number, cancelled: day > 0 },
                5 | 6 => Change::Undone { event },
                7 => Change::Corrected { event, to: Timestamp(day * DAY) },
                _ => Change::NoteSet { note: number, text: day.to_string() },
            };
            changes.push((day, change));
        }
        let whole = log(changes);
        let mut before = BTreeMap::new();
        for end in 1..=whole.len() {
            let state = fold(&whole[..end]);
            for (key, revision) in &before {
                prop_assert!(state.revisions.get(key) >= Some(revision));
            }
            before = state.revisions.clone();
            prop_assert!(state.moves.is_sorted_by_key(|one| one.at));
            let text = serde_json::to_string(&state).unwrap();
            prop_assert_eq!(serde_json::from_str::<State>(&text).unwrap(), state);
        }
    }
}
