//! What evidence and profiles count.

use resume::{Education, PartialDate, Resume, Work};

use super::*;
use crate::matching::testing::{NOW, evidence, skill};
use crate::profile::model::Aims;

fn credit(pieces: &[(&str, f32)], asked: &str) -> Credit {
    let all: Vec<Evidence> = (1..)
        .zip(pieces)
        .map(|(id, (skill, strength))| evidence(id, skill, *strength))
        .collect();
    let basis = Basis::new(&Profile::default(), &all, NOW);
    basis.credit(place_of(&skill(asked)).unwrap())
}

fn name(place: Option<u16>) -> Option<&'static str> {
    let skills = Taxonomy::bundled().skills();
    place.map(|place| skills[usize::from(place)].id.as_str())
}

fn date(text: &str) -> Option<PartialDate> {
    Some(text.parse().unwrap())
}

#[test]
fn a_skill_is_proven_claimed_or_a_gap_by_its_strength() {
    let proven = credit(&[("java", 0.6)], "java");
    assert_eq!((proven.standing, proven.through), (Standing::Proven, None));
    let claimed = credit(&[("java", 0.2)], "java");
    assert_eq!(claimed.standing, Standing::Claimed);
    assert!(claimed.value < proven.value);
    assert_eq!(credit(&[], "java"), Credit::NONE);
    let together = credit(&[("java", 0.3), ("java", 0.4)], "java");
    assert_eq!(
        together.standing,
        Standing::Proven,
        "two pieces prove what one does not"
    );
}

#[test]
fn a_narrower_skill_stands_for_the_broader_one_and_says_so() {
    let broader = credit(&[("postgresql", 0.8)], "relational-databases");
    assert_eq!(broader.standing, Standing::Proven);
    assert_eq!(name(broader.through), Some("postgresql"));
    let two_up = credit(&[("postgresql", 0.8)], "databases");
    assert!(two_up.value < broader.value && two_up.standing == Standing::Proven);
}

#[test]
fn siblings_and_broader_skills_count_in_part_and_stay_a_gap() {
    let sibling = credit(&[("postgresql", 0.8)], "mysql");
    assert_eq!(sibling.standing, Standing::Gap);
    assert_eq!(name(sibling.through), Some("postgresql"));
    assert!(sibling.value > 0.0 && sibling.value < 0.5);
    let broader = credit(&[("relational-databases", 0.8)], "mysql");
    assert_eq!(
        (broader.standing, name(broader.through)),
        (Standing::Gap, Some("relational-databases"))
    );
    assert_eq!(
        credit(&[("english", 0.9)], "german"),
        Credit::NONE,
        "one language is not another"
    );
}

#[test]
fn the_profile_tells_studies_years_and_places() {
    let resume = Resume {
        education: vec![Education {
            study_type: "B.Sc. Informatik".into(),
            end_date: date("2027-09"),
            ..Education::default()
        }],
        work: vec![
            Work {
                start_date: date("2025-01"),
                end_date: date("2025-12"),
                ..Work::default()
            },
            Work {
                start_date: date("2025-06"),
                end_date: None,
                ..Work::default()
            },
        ],
        ..Resume::default()
    };
    let profile = Profile {
        resume,
        aims: Aims {
            countries: vec!["de".into(), "nonsense".into()],
            ..Aims::default()
        },
    };
    let person = Basis::new(&profile, &[], NOW).person;
    assert_eq!(person.degree, Some(3));
    let month = needs::month("2027-09").unwrap();
    assert_eq!(person.graduation, Some((month, month)));
    assert_eq!(
        person.years,
        Some(1),
        "23 months, those with two jobs counted once"
    );
    assert_eq!(person.countries, [needs::country("DE").unwrap()]);
}

#[test]
fn what_the_aims_say_goes_before_what_the_resume_suggests() {
    let profile = Profile {
        aims: Aims {
            degree: Some(StudyDegree::Master),
            graduation: date("2028"),
            years_of_work: Some(3),
            ..Aims::default()
        },
        ..Profile::default()
    };
    let person = Basis::new(&profile, &[], NOW).person;
    assert_eq!((person.degree, person.years), (Some(4), Some(3)));
    assert_eq!(person.graduation, Some((2028 * 12 + 1, 2028 * 12 + 12)));
}

#[test]
fn the_fingerprint_changes_with_what_counts_and_not_with_the_order() {
    let pieces = [
        evidence(1, "java", 0.6),
        evidence(2, "java", 0.3),
        evidence(3, "git", 0.4),
    ];
    let of = |pieces: &[Evidence]| Basis::new(&Profile::default(), pieces, NOW).fingerprint();
    let mut turned = pieces.to_vec();
    turned.reverse();
    assert_eq!(of(&pieces), of(&turned));
    assert_ne!(of(&pieces), of(&pieces[..2]));
}
