//! What the state machine does, step by step and for any sequence of looks.

use proptest::prelude::*;

use super::*;

const MINUTE_MS: i64 = 60_000;
const DAY_MS: i64 = 24 * HOUR_MS;
const BOARD: Policy = Policy {
    spacing_ms: 30 * MINUTE_MS,
    is_own_word: true,
};
const LIST: Policy = Policy {
    is_own_word: false,
    ..BOARD
};

fn at(ms: i64) -> Timestamp {
    Timestamp(1_795_435_200_000 + ms)
}

/// A record first seen at 0 that then met these looks.
fn lived(policy: Policy, looks: &[(i64, Look)]) -> Life {
    looks
        .iter()
        .fold(Life::begin(Look::Listed, at(0)), |life, (ms, look)| {
            life.after(*look, at(*ms), policy)
        })
}

fn standing(policy: Policy, looks: &[(i64, Look)]) -> Standing {
    lived(policy, looks).standing
}

#[test]
fn one_complete_poll_without_a_record_makes_it_suspect_and_no_more() {
    let life = lived(BOARD, &[(HOUR_MS, Look::Missing)]);
    assert_eq!(life.standing, Standing::Suspect);
    assert_eq!(life.doubted_since, Some(at(HOUR_MS)));
}

#[test]
fn a_second_complete_poll_far_enough_from_the_first_closes_it() {
    let looks = [(HOUR_MS, Look::Missing), (2 * HOUR_MS, Look::Missing)];
    assert_eq!(standing(BOARD, &looks), Standing::Closed);
}

#[test]
fn two_polls_by_hand_within_a_minute_do_not_confirm_each_other() {
    let looks = [
        (HOUR_MS, Look::Missing),
        (HOUR_MS + MINUTE_MS, Look::Missing),
    ];
    assert_eq!(standing(BOARD, &looks), Standing::Suspect);
    let later = [
        looks[0],
        looks[1],
        (HOUR_MS + 30 * MINUTE_MS, Look::Missing),
    ];
    assert_eq!(standing(BOARD, &later), Standing::Closed);
}

#[test]
fn a_suspect_that_is_listed_again_is_open() {
    let looks = [(HOUR_MS, Look::Missing), (2 * HOUR_MS, Look::Listed)];
    let life = lived(BOARD, &looks);
    assert_eq!(life.standing, Standing::Open);
    assert_eq!(life.doubted_since, None);
}

#[test]
fn what_the_employer_calls_closed_is_closed_at_once() {
    assert_eq!(
        standing(BOARD, &[(MINUTE_MS, Look::SaidClosed)]),
        Standing::Closed
    );
}

#[test]
fn a_page_that_is_gone_closes_at_once_even_where_the_record_flaps() {
    let looks = [
        (DAY_MS, Look::SaidClosed),
        (2 * DAY_MS, Look::Listed),
        (3 * DAY_MS, Look::SaidClosed),
        (4 * DAY_MS, Look::Listed),
        (5 * DAY_MS, Look::PageGone),
    ];
    assert_eq!(standing(LIST, &looks), Standing::Closed);
}

#[test]
fn what_a_list_calls_closed_is_closed_at_once_when_the_record_is_settled() {
    assert_eq!(
        standing(LIST, &[(SETTLED_MS, Look::SaidClosed)]),
        Standing::Closed
    );
}

#[test]
fn what_a_list_calls_closed_in_its_first_days_is_confirmed_by_the_next_look() {
    let first = (HOUR_MS, Look::SaidClosed);
    assert_eq!(standing(LIST, &[first]), Standing::Suspect);
    let next = (2 * HOUR_MS, Look::SaidClosed);
    assert_eq!(standing(LIST, &[first, next]), Standing::Closed);
}

#[test]
fn a_record_that_returned_once_is_confirmed_by_the_next_look() {
    let looks = [
        (10 * DAY_MS, Look::SaidClosed),
        (11 * DAY_MS, Look::Listed),
        (20 * DAY_MS, Look::SaidClosed),
    ];
    assert_eq!(standing(LIST, &looks), Standing::Suspect);
    let confirmed = [
        looks[0],
        looks[1],
        looks[2],
        (20 * DAY_MS + MINUTE_MS, Look::SaidClosed),
    ];
    assert_eq!(standing(LIST, &confirmed), Standing::Closed);
}

#[test]
fn a_record_that_flaps_must_stay_away_for_a_day() {
    let mut looks = vec![
        (10 * DAY_MS, Look::SaidClosed),
        (10 * DAY_MS + 3 * HOUR_MS, Look::Listed),
        (10 * DAY_MS + 6 * HOUR_MS, Look::SaidClosed),
        (10 * DAY_MS + 9 * HOUR_MS, Look::Listed),
        (11 * DAY_MS, Look::SaidClosed),
    ];
    for hours in [3, 12, 23] {
        looks.push((11 * DAY_MS + hours * HOUR_MS, Look::SaidClosed));
        assert_eq!(standing(LIST, &looks), Standing::Suspect, "{hours} h");
    }
    looks.push((12 * DAY_MS, Look::SaidClosed));
    assert_eq!(standing(LIST, &looks), Standing::Closed);
}

#[test]
fn a_record_that_flapped_long_ago_is_believed_again() {
    let looks = [
        (10 * DAY_MS, Look::SaidClosed),
        (11 * DAY_MS, Look::Listed),
        (12 * DAY_MS, Look::SaidClosed),
        (12 * DAY_MS + HOUR_MS, Look::SaidClosed),
        (13 * DAY_MS, Look::Listed),
        (60 * DAY_MS, Look::SaidClosed),
    ];
    assert_eq!(standing(LIST, &looks), Standing::Closed);
}

#[test]
fn without_spacing_the_first_look_is_believed() {
    let at_once = Policy {
        spacing_ms: 0,
        ..LIST
    };
    for look in [Look::Missing, Look::SaidClosed] {
        assert_eq!(standing(at_once, &[(1, look)]), Standing::Closed);
    }
}

#[test]
fn a_record_that_was_closed_when_first_seen_is_closed() {
    assert_eq!(
        Life::begin(Look::SaidClosed, at(0)).standing,
        Standing::Closed
    );
}

#[test]
fn the_spacing_can_be_set_for_a_kind_of_source() {
    let mut settings = config::Lifecycle::default();
    settings.confirm_minutes_for.insert("json-ld".into(), 360);
    let spacing = |kind| Policy::of(kind, &settings).spacing_ms;
    assert_eq!(spacing(SourceKind::JsonLd), 6 * HOUR_MS);
    assert_eq!(spacing(SourceKind::Greenhouse), 30 * MINUTE_MS);
}

#[test]
fn boards_and_pages_speak_for_the_employer_and_lists_do_not() {
    let settings = config::Lifecycle::default();
    let own = |kind| Policy::of(kind, &settings).is_own_word;
    assert!(own(SourceKind::Greenhouse) && own(SourceKind::JsonLd) && own(SourceKind::Export));
    assert!(!own(SourceKind::Simplify) && !own(SourceKind::Feed));
}

#[test]
fn names_of_standings_are_read_back() {
    for standing in [Standing::Open, Standing::Suspect, Standing::Closed] {
        assert_eq!(Standing::parse(standing.name()), standing);
    }
    assert_eq!(Standing::parse("asleep"), Standing::Open);
}

fn looks() -> impl Strategy<Value = Vec<(i64, Look)>> {
    let look = prop_oneof![
        Just(Look::Listed),
        Just(Look::SaidClosed),
        Just(Look::Missing),
        Just(Look::PageGone),
    ];
    // Waits from nothing to several days, so that every window is met from both sides.
    prop::collection::vec((0..5 * DAY_MS, look), 0..40).prop_map(|steps| {
        let mut now = 0;
        steps
            .into_iter()
            .map(|(wait, look)| {
                now += wait;
                (now, look)
            })
            .collect()
    })
}

fn policies() -> impl Strategy<Value = Policy> {
    (0..3 * DAY_MS, any::<bool>()).prop_map(|(spacing_ms, is_own_word)| Policy {
        spacing_ms,
        is_own_word,
    })
}

proptest! {
    #[test]
    fn what_is_listed_is_open_whatever_was_before(looks in looks(), policy in policies()) {
        let now = looks.last().map_or(1, |(ms, _)| ms + 1);
        let life = lived(policy, &looks).after(Look::Listed, at(now), policy);
        prop_assert_eq!(life.standing, Standing::Open);
        prop_assert_eq!(life.doubted_since, None);
    }

    #[test]
    fn absence_alone_never_closes_before_the_spacing_is_over(looks in looks(), policy in policies()) {
        let mut life = Life::begin(Look::Listed, at(0));
        for (ms, look) in looks {
            let before = life;
            life = life.after(look, at(ms), policy);
            let closes = before.standing != Standing::Closed && life.standing == Standing::Closed;
            if closes && look == Look::Missing {
                let since = life.doubted_since.expect("a doubt");
                prop_assert!(at(ms).0 - since.0 >= policy.spacing_ms);
            }
        }
    }

    #[test]
    fn what_stays_away_is_closed_at_last(looks in looks(), policy in policies(), missing in any::<bool>()) {
        let start = looks.last().map_or(1, |(ms, _)| ms + 1);
        let look = if missing { Look::Missing } else { Look::SaidClosed };
        let wait = policy.spacing_ms.max(HELD_MS);
        let life = lived(policy, &looks)
            .after(look, at(start), policy)
            .after(look, at(start + wait), policy);
        prop_assert_eq!(life.standing, Standing::Closed);
    }

    #[test]
    fn a_closed_record_stays_closed_until_it_is_listed(looks in looks(), policy in policies()) {
        let mut life = Life::begin(Look::Listed, at(0));
        for (ms, look) in looks {
            let was_closed = life.standing == Standing::Closed;
            life = life.after(look, at(ms), policy);
            if was_closed && look != Look::Listed {
                prop_assert_eq!(life.standing, Standing::Closed);
            }
        }
    }

    #[test]
    fn a_doubt_has_its_instant_and_an_open_record_has_none(looks in looks(), policy in policies()) {
        let life = lived(policy, &looks);
        prop_assert_eq!(life.doubted_since.is_some(), life.standing != Standing::Open);
    }
}
