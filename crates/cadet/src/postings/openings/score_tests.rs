//! What is one opening and what is not, told on invented postings.

use proptest::prelude::*;

use super::super::places::Places;
use super::super::sketch::Sketch;
use super::super::title::Title;
use super::*;
use crate::clock::Timestamp;
use crate::postings::normalise::company::company_key;
use crate::postings::normalise::place::places;
use crate::postings::normalise::text::fold;
use crate::postings::sources::model::RawLocation;

/// A posting that list 1 tells of on day 0.
fn posting(company: &str, title: &str, place: &str) -> Features {
    let raw = RawLocation {
        text: Some(place.to_owned()),
        ..RawLocation::default()
    };
    let key = company_key(company);
    Features {
        company: fold(company),
        title: Title::of(title, &key),
        company_key: key,
        places: Places::of(&places(&[raw]), None),
        text: None,
        at: Timestamp(0),
        numbers: Vec::new(),
        lists: vec![1],
    }
}

fn by(list: i64, days: i64, features: Features) -> Features {
    Features {
        lists: vec![list],
        at: Timestamp(days * 86_400_000),
        ..features
    }
}

fn with_text(words: std::ops::Range<usize>, features: Features) -> Features {
    let text: Vec<String> = words
        .map(|word| format!("w{}", word * 7_919 % 9_973))
        .collect();
    Features {
        text: Sketch::of(&text.join(" ")).map(|(sketch, _)| sketch),
        ..features
    }
}

fn same(one: &Features, two: &Features) -> bool {
    judge(one, two).same
}

const INTERN: &str = "Software Engineer Intern";

#[test]
fn term_spelling_and_order_of_the_title_make_no_difference() {
    let one = posting("Northlight", INTERN, "Austin, TX");
    for title in [
        "Software Engineer Intern - Summer 2027",
        "Intern – Software Engineering",
        "SWE Intern",
        "Summer 2027 Internship: Software Engineer",
        "Northlight Software Engineer Internship Program",
        "Austin Software Engineering Intern",
    ] {
        let two = by(1, 20, posting("Northlight", title, "Austin, TX"));
        assert!(same(&one, &two), "{title}: {:?}", judge(&one, &two));
    }
}

#[test]
fn what_tells_two_openings_apart_holds_them_apart() {
    let pairs = [
        ("Frontend Engineer Intern", "Backend Engineer Intern"),
        ("Intern, Fall 2027", "Intern, Summer 2027"),
        (
            "Software Engineer Intern 2026",
            "Software Engineer Intern 2027",
        ),
        (
            "Developer Intern - January - 4 months",
            "Developer Intern - May - 4 months",
        ),
        ("Research Intern, PhD", "Research Intern, Bachelor"),
        ("Research Intern, PhD", "Research Intern"),
        (
            "Software Engineer Intern, Payments",
            "Software Engineer Intern, Search",
        ),
        ("Software Engineer Intern", "Software Engineer Co-op"),
        ("Software Engineer Intern", "Software Engineer"),
        ("Software Engineer 1", "Software Engineer 2"),
        ("Tester in Austin, Remote", "Tester in Boston, Remote"),
        ("Undergraduate Research Intern", "Graduate Research Intern"),
        ("Analyst - R23104", "Analyst - R23176"),
    ];
    for (one, two) in pairs {
        let (one, two) = (
            posting("Northlight", one, "Remote in USA"),
            by(2, 0, posting("Northlight", two, "Remote in USA")),
        );
        assert!(!same(&one, &two), "{:?}", judge(&one, &two));
    }
}

#[test]
fn one_source_that_says_the_same_twice_means_two() {
    let one = posting("Northlight", INTERN, "Austin, TX");
    let two = posting("Northlight", INTERN, "Austin, TX");
    assert!(!same(&one, &two));
    assert!(
        same(&one, &by(2, 0, two.clone())),
        "another source tells of the same"
    );
    let other_hand = posting(
        "Northlight Inc.",
        "Software Engineering Intern",
        "Austin, TX",
    );
    assert!(same(&one, &other_hand));
}

#[test]
fn two_numbers_of_one_board_are_two_unless_the_text_is_one() {
    let numbered = |key: &str, place| Features {
        numbers: vec![format!("greenhouse:northlight:{key}")],
        ..posting("Northlight", INTERN, place)
    };
    let one = numbered("1", "Austin, TX");
    let fall = Features {
        numbers: vec!["greenhouse:northlight:2".into()],
        ..posting(
            "Northlight",
            "Software Engineer Intern - Fall",
            "Austin, TX",
        )
    };
    assert!(!same(&one, &fall));
    assert!(same(&one, &by(2, 3, numbered("1", "Austin, TX"))));
    let elsewhere = numbered("2", "Boston, MA");
    assert!(same(&with_text(0..400, one), &with_text(0..400, elsewhere)));
}

#[test]
fn next_years_opening_is_another_one() {
    let one = posting("Northlight", INTERN, "Austin, TX");
    let next = |days| by(2, days, posting("Northlight", INTERN, "Austin, TX"));
    assert!(same(&one, &next(60)));
    assert!(!same(&one, &next(365)));
}

#[test]
fn a_text_joins_cities_and_holds_teams_apart() {
    let at = |place| posting("Northlight", INTERN, place);
    let (austin, boston) = (at("Austin, TX"), at("Boston, MA"));
    assert!(
        !same(&austin, &boston),
        "without a text places have to agree"
    );
    let one = with_text(0..400, austin.clone());
    let told = judge(&one, &with_text(4..404, boston.clone()));
    assert!(
        told.same && told.reasons.contains(&"cities differ".to_owned()),
        "{told:?}"
    );
    assert!(
        !same(&one, &with_text(60..460, boston)),
        "less alike, and elsewhere"
    );
    assert!(same(&one, &with_text(20..420, austin.clone())), "edited");
    assert!(!same(
        &one,
        &with_text(1_000..1_400, by(2, 0, austin.clone()))
    ));
    let frontend = posting("Northlight", "Frontend Engineer Intern", "Austin, TX");
    let backend = posting("Northlight", "Backend Engineer Intern", "Austin, TX");
    assert!(!same(
        &with_text(0..400, frontend),
        &with_text(0..400, backend)
    ));
}

#[test]
fn an_excerpt_says_nothing_against_the_whole_text() {
    let one = with_text(0..400, posting("Northlight", INTERN, "Austin, TX"));
    let two = with_text(0..60, by(2, 1, posting("Northlight", INTERN, "Austin, TX")));
    assert!(same(&one, &two), "{:?}", judge(&one, &two));
}

#[test]
fn texts_differ_where_both_say_much_and_little_in_common() {
    let with = |words| with_text(words, posting("Northlight", INTERN, "Austin, TX"));
    let differ = |one: &Features, two: &Features| texts_differ(likeness(one, two));
    assert!(differ(&with(0..400), &with(400..800)));
    assert!(!differ(&with(0..400), &with(0..400)));
    assert!(!differ(&with(0..400), &with(400..500)), "an excerpt");
    let without = posting("Northlight", INTERN, "Austin, TX");
    assert!(!differ(&with(0..400), &without));
}

#[test]
fn employers_differ_unless_the_text_is_one() {
    let one = posting("Northlight", INTERN, "Austin, TX");
    let other = by(2, 0, posting("Baltic Harbour Works", INTERN, "Austin, TX"));
    assert!(!same(&one, &other));
    assert!(same(&with_text(0..400, one), &with_text(0..400, other)));
}

proptest! {
    #[test]
    fn what_is_judged_to_be_one_in_short_is_what_is_judged_so_at_length(
        titles in proptest::collection::vec("Software Engineer Intern|Backend Intern 2027", 2),
        spots in proptest::collection::vec("Austin, TX|Berlin|Remote", 2),
        start in 0_usize..500,
        length in 20_usize..900,
        days in 0_i64..400,
        list in 1_i64..3,
    ) {
        let one = with_text(0..400, posting("Northlight", &titles[0], &spots[0]));
        let two = posting("Northlight", &titles[1], &spots[1]);
        let two = by(list, days, with_text(start..start + length, two));
        let differ = |one: &Features, two: &Features| texts_differ(likeness(one, two));
        prop_assert_eq!(differ(&one, &two), differ(&two, &one));
        let judged = judge(&one, &two);
        prop_assert!(!(differ(&one, &two) && judged.same));
        prop_assert_eq!(judge_same(&one, &two), judged.same.then_some(judged));
    }

    #[test]
    fn judging_is_symmetric_and_finite(
        titles in proptest::collection::vec("[ -~]{0,40}|Software Engineer Intern|Backend Intern 2027", 2),
        companies in proptest::collection::vec("Northlight|Northlight Labs|[A-Za-z ]{0,12}", 2),
        spots in proptest::collection::vec("Austin, TX|Berlin|Remote|Multiple|[a-zA-Z, ]{0,12}", 2),
        days in 0_i64..400,
        list in 1_i64..3,
    ) {
        let one = posting(&companies[0], &titles[0], &spots[0]);
        let two = by(list, days, posting(&companies[1], &titles[1], &spots[1]));
        let (there, back) = (judge(&one, &two), judge(&two, &one));
        prop_assert_eq!(there.same, back.same);
        prop_assert_eq!(there.conflict, back.conflict);
        prop_assert!((there.score - back.score).abs() < f64::EPSILON);
        prop_assert!((0.0..=1.0).contains(&there.score));
        prop_assert!(!(there.same && there.conflict));
    }
}
