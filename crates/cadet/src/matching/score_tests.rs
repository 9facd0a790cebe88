//! The score and its properties.

use proptest::prelude::*;

use super::*;
use crate::matching::actions::judged;
use crate::matching::needs::encode;
use crate::matching::requirements::read;
use crate::matching::testing::{NOW, evidence, posting, posting_at};
use crate::postings::model::{NormalPosting, PostingId};
use crate::profile::model::{Aims, Profile};
use crate::skills::evidence::Evidence;

const TEXT: &str = "Requirements\n* Java or Kotlin\n* PostgreSQL\n* 2 years of experience\nNice to have\n* Docker\n* Kafka";

fn basis(aims: Aims, pieces: &[Evidence]) -> Basis {
    let profile = Profile {
        aims,
        ..Profile::default()
    };
    Basis::new(&profile, pieces, NOW)
}

fn scored(posting: &NormalPosting, basis: &Basis) -> Score {
    score(&encode(posting, &read(posting)), basis).unwrap()
}

fn standing(posting: &NormalPosting, basis: &Basis, kind: &str) -> Standing {
    let found = judged(PostingId(1), posting, basis, &[]);
    let one = found
        .requirements
        .into_iter()
        .find(|one| one.label.starts_with(kind));
    one.unwrap_or_else(|| panic!("no {kind}")).standing
}

#[test]
fn more_is_met_the_higher_the_score_and_never_beyond_one() {
    let posting = posting(TEXT);
    let nothing = scored(&posting, &basis(Aims::default(), &[]));
    let some = [evidence(1, "java", 0.7)];
    let some = scored(&posting, &basis(Aims::default(), &some));
    let all = ["java", "postgresql", "docker", "kafka"];
    let all: Vec<Evidence> = (1..)
        .zip(all)
        .map(|(id, skill)| evidence(id, skill, 1.0))
        .collect();
    let aims = Aims {
        years_of_work: Some(4),
        countries: vec!["DE".into()],
        authorisation: [("DE".to_owned(), Authorisation::Unlimited)].into(),
        ..Aims::default()
    };
    let all = scored(&posting, &basis(aims, &all));
    assert!(nothing.thousandths < some.thousandths && some.thousandths < all.thousandths);
    assert!(all.thousandths > 800 && all.thousandths <= 1_000, "{all:?}");
    assert_eq!((all.proven, all.gaps), (4, 0));
}

#[test]
fn work_that_is_no_backend_internship_is_worth_less() {
    let pieces = [evidence(1, "java", 0.9)];
    let basis = basis(Aims::default(), &pieces);
    let intern = scored(
        &posting_at("Backend Engineering Intern", "Berlin, Germany", TEXT),
        &basis,
    );
    let other = scored(
        &posting_at("Marketing Intern", "Berlin, Germany", TEXT),
        &basis,
    );
    assert!(other.thousandths < intern.thousandths);
}

#[test]
fn a_posting_that_says_nothing_is_worth_little() {
    let pieces = [evidence(1, "java", 0.9)];
    let silent = scored(&posting(""), &basis(Aims::default(), &pieces));
    assert!(silent.thousandths < 500, "{silent:?}");
}

#[test]
fn the_right_to_work_knocks_out_only_where_it_is_known_to_be_missing() {
    let may = |may: Option<Authorisation>| Aims {
        authorisation: may.map(|may| ("DE".to_owned(), may)).into_iter().collect(),
        ..Aims::default()
    };
    let bare = posting(TEXT);
    let strict = posting("We are unable to sponsor visas. You know Java.");
    let citizens = posting("You must be a German citizen. U.S. citizens only. You know Java.");
    let offered = posting("Visa sponsorship is available. You know Java.");
    let stands = |posting: &NormalPosting, who: Option<Authorisation>, kind: &str| {
        standing(posting, &basis(may(who), &[]), kind)
    };
    let right = "Right to work";
    assert_eq!(stands(&bare, None, right), Standing::Gap);
    assert_eq!(
        stands(&bare, Some(Authorisation::Unlimited), right),
        Standing::Claimed
    );
    assert_eq!(
        stands(&bare, Some(Authorisation::NeedsSponsor), right),
        Standing::Gap
    );
    assert_eq!(
        stands(&strict, Some(Authorisation::Permit), right),
        Standing::Claimed
    );
    assert_eq!(
        stands(&strict, Some(Authorisation::NeedsSponsor), right),
        Standing::Knockout
    );
    assert_eq!(
        stands(&citizens, Some(Authorisation::Permit), "Citizens"),
        Standing::Knockout
    );
    assert_eq!(
        stands(&offered, Some(Authorisation::NeedsSponsor), right),
        Standing::Claimed
    );
}

#[test]
fn graduation_degree_and_place_knock_out_when_they_are_known_to_differ() {
    let text = "You are pursuing a Master's degree and graduate between December 2027 and June 2028. Java.";
    let posting = posting(text);
    let with = |graduation: &str, degree, country: &str| {
        let aims = Aims {
            graduation: Some(graduation.parse().unwrap()),
            degree: Some(degree),
            countries: vec![country.into()],
            ..Aims::default()
        };
        basis(aims, &[])
    };
    use crate::profile::model::StudyDegree::{Bachelor, Doctorate, Master};
    let good = with("2028-02", Master, "DE");
    for kind in ["Graduation", "Degree", "Work in"] {
        assert_eq!(standing(&posting, &good, kind), Standing::Claimed, "{kind}");
    }
    assert_eq!(
        standing(&posting, &with("2028", Doctorate, "DE"), "Graduation"),
        Standing::Claimed
    );
    assert_eq!(
        standing(&posting, &with("2029-02", Master, "DE"), "Graduation"),
        Standing::Knockout
    );
    assert_eq!(
        standing(&posting, &with("2028-02", Bachelor, "DE"), "Degree"),
        Standing::Knockout
    );
    assert_eq!(
        standing(&posting, &with("2028-02", Master, "FR"), "Work in"),
        Standing::Knockout
    );
    let out = scored(&posting, &with("2029-02", Master, "DE"));
    assert!(out.knocked_out && out.thousandths < scored(&posting, &good).thousandths / 2);
}

#[test]
fn the_page_and_the_table_tell_the_same_score() {
    let pieces = [evidence(1, "java", 0.7), evidence(2, "mysql", 0.4)];
    let basis = basis(Aims::default(), &pieces);
    for text in [
        TEXT,
        "",
        "Requirements\n* Rust\n* You must be able to obtain a security clearance.",
    ] {
        let posting = posting(text);
        let table = scored(&posting, &basis);
        let page = judged(PostingId(1), &posting, &basis, &pieces);
        assert_eq!((page.score * UNIT).round() as u16, table.thousandths);
        assert_eq!(page.count(Standing::Proven), usize::from(table.proven));
        assert_eq!(page.count(Standing::Gap), usize::from(table.gaps));
        assert_eq!(page.knocked_out, table.knocked_out);
    }
}

#[test]
fn every_judgement_says_what_it_rests_on_and_what_to_do() {
    let pieces = [evidence(1, "kotlin", 0.7), evidence(2, "mysql", 0.4)];
    let basis = basis(Aims::default(), &pieces);
    let found = judged(PostingId(1), &posting(TEXT), &basis, &pieces);
    let of = |label: &str| {
        found
            .requirements
            .iter()
            .find(|one| one.label == label)
            .unwrap()
    };
    let java = of("Java or Kotlin");
    assert_eq!(
        (java.standing, java.evidence[0].skill.as_str()),
        (Standing::Proven, "kotlin")
    );
    assert_eq!(java.advice, None);
    let postgres = of("PostgreSQL");
    assert!(postgres.because.contains("MySQL"), "{}", postgres.because);
    assert!(postgres.advice.as_ref().unwrap().contains("MySQL"));
    assert_eq!(postgres.requirement.sentence, "PostgreSQL");
    assert!(found.reasons.last().unwrap().starts_with("Score"));
}

#[test]
fn a_posting_that_is_not_open_has_no_score() {
    assert_eq!(score(&[], &basis(Aims::default(), &[])), None);
}

fn pieces() -> impl Strategy<Value = Vec<Evidence>> {
    let names = [
        "java",
        "kotlin",
        "postgresql",
        "mysql",
        "docker",
        "kafka",
        "git",
        "sql",
        "spring-boot",
        "relational-databases",
        "messaging",
    ];
    let names: Vec<&str> = names
        .into_iter()
        .filter(|name| crate::skills::Taxonomy::bundled().name_of(name).is_some())
        .collect();
    let one = (prop::sample::select(names), 0.0_f32..=1.0)
        .prop_map(|(name, strength)| evidence(1, name, strength));
    prop::collection::vec(one, 0..12)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn adding_evidence_never_lowers_a_score(known in pieces(), more in pieces()) {
        let posting = posting(TEXT);
        let bytes = encode(&posting, &read(&posting));
        let before = score(&bytes, &basis(Aims::default(), &known)).unwrap();
        let all: Vec<Evidence> = known.into_iter().chain(more).collect();
        let after = score(&bytes, &basis(Aims::default(), &all)).unwrap();
        prop_assert!(after.thousandths >= before.thousandths, "{before:?} {after:?}");
        prop_assert!(after.gaps <= before.gaps);
        prop_assert!(after.thousandths <= 1_000);
    }

    #[test]
    fn the_order_of_evidence_and_of_requirements_makes_no_difference(known in pieces(), seed in 0_usize..1_000) {
        let posting = posting(TEXT);
        let mut asked = read(&posting);
        let mut turned = known.clone();
        let middle = seed % turned.len().max(1);
        turned.rotate_left(middle);
        let (one, other) = (basis(Aims::default(), &known), basis(Aims::default(), &turned));
        prop_assert_eq!(&one, &other);
        let straight = score(&encode(&posting, &asked), &one);
        let by = seed % asked.len();
        asked.rotate_left(by);
        prop_assert_eq!(straight, score(&encode(&posting, &asked), &other));
    }

    #[test]
    fn any_bytes_have_some_score(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let known = basis(Aims::default(), &[evidence(1, "java", 0.5)]);
        if let Some(score) = score(&bytes, &known) {
            prop_assert!(score.thousandths <= 1_000);
        }
        let _ = decode(&bytes).map(|(_, items)| items.count());
    }
}
