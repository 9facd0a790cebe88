//! What texts ask for.

use proptest::prelude::*;

use crate::matching::model::{Asked, Need, Requirement};
use crate::matching::requirements::read;
use crate::matching::testing::{posting, posting_at};
use crate::postings::model::{Degree, Sponsorship};

/// The skills asked for, each with how much.
fn skills(all: &[Requirement]) -> Vec<(String, Need)> {
    let one = |one: &Requirement| match &one.asked {
        Asked::Skill { any_of } => {
            let ids: Vec<&str> = any_of.iter().map(|skill| skill.as_str()).collect();
            Some((ids.join("|"), one.need))
        }
        _ => None,
    };
    all.iter().filter_map(one).collect()
}

fn told(text: &str) -> Vec<(String, Need)> {
    skills(&read(&posting(text)))
}

fn pairs(all: &[(&str, Need)]) -> Vec<(String, Need)> {
    all.iter()
        .map(|(id, need)| ((*id).to_owned(), *need))
        .collect()
}

const MUST: Need = Need::Must;
const NICE: Need = Need::Nice;

#[test]
fn headings_and_words_tell_musts_from_what_is_welcome() {
    let text = "Your tasks\nYou build services.\nRequirements\n* Java\n* PostgreSQL\n* Kafka would be nice\nNice to have\n* Docker\nWe offer\n* Training in Kubernetes";
    assert_eq!(
        told(text),
        pairs(&[
            ("java", MUST),
            ("postgresql", MUST),
            ("kafka", NICE),
            ("docker", NICE)
        ])
    );
}

#[test]
fn other_languages_ask_likewise() {
    let german = "Dein Profil\n* Gute Kenntnisse in Java\n* Docker ist von Vorteil\nWir bieten\n* Schulungen zu Kubernetes";
    assert_eq!(told(german), pairs(&[("java", MUST), ("docker", NICE)]));
    let french = "Profil recherché\n* Maîtrise de Python\n* La connaissance de Docker est un plus";
    assert_eq!(told(french), pairs(&[("python", MUST), ("docker", NICE)]));
    let spanish = "Requisitos\n* Experiencia con Java\nSe valorará\n* Experiencia con Kafka";
    assert_eq!(told(spanish), pairs(&[("java", MUST), ("kafka", NICE)]));
}

#[test]
fn without_marks_what_the_work_is_done_with_is_what_it_asks_for() {
    let text = "We write services in Java. They store their data in PostgreSQL.";
    assert_eq!(told(text), pairs(&[("java", MUST), ("postgresql", MUST)]));
    let marked = "We write services in Java and run them on Kubernetes.\nRequirements\n* Java";
    assert_eq!(told(marked), pairs(&[("java", MUST), ("kubernetes", NICE)]));
}

#[test]
fn alternatives_are_one_requirement() {
    let text = "Requirements\n* Experience with Java, Kotlin or Scala\n* A database such as PostgreSQL, MySQL\n* Docker and Git";
    assert_eq!(
        told(text)
            .iter()
            .map(|(ids, _)| ids.as_str())
            .collect::<Vec<_>>(),
        [
            "java|kotlin|scala",
            "databases",
            "postgresql|mysql",
            "docker",
            "git"
        ]
    );
    let open = told("Requirements\n* You know Java, Kotlin, or another language");
    assert_eq!(open, pairs(&[("java|kotlin", MUST)]));
    let slash = told("Requirements\n* You know Python/Go");
    assert_eq!(slash, pairs(&[("python|go", MUST)]));
}

#[test]
fn a_choice_asks_for_nothing_more_where_one_of_it_is_asked_for_by_itself() {
    let all = read(&posting_at(
        "Backend Intern (Java)",
        "Berlin, Germany",
        "Requirements\n* Java or Kotlin\n* SQL",
    ));
    assert_eq!(skills(&all), pairs(&[("java", MUST), ("sql", MUST)]));
}

#[test]
fn each_requirement_has_its_sentence() {
    let all = read(&posting(
        "Requirements\n* You have written Java before\n* SQL",
    ));
    assert_eq!(all[0].sentence, "You have written Java before");
    assert_eq!(all[1].sentence, "SQL");
}

#[test]
fn years_are_those_of_experience_and_the_fewest_named() {
    let years = |text: &str| {
        read(&posting(text))
            .into_iter()
            .find_map(|one| match one.asked {
                Asked::Years { at_least } => Some((at_least, one.need)),
                _ => None,
            })
    };
    assert_eq!(
        years("Requirements\n* 2+ years of experience with Java"),
        Some((2, MUST))
    );
    assert_eq!(
        years("Requirements\n* 1-3 years experience, ideally 3"),
        Some((1, NICE))
    );
    assert_eq!(
        years("Dein Profil\n* Mindestens 1 Jahr Erfahrung mit Java"),
        Some((1, MUST))
    );
    assert_eq!(
        years("Requisitos\n* 2 años de experiencia"),
        Some((2, MUST))
    );
    assert_eq!(
        years("Requirements\n* 4 to 8 years working in operations"),
        Some((4, MUST))
    );
    assert_eq!(years("Our team has 20 years of experience."), None);
    assert_eq!(
        years("We offer\n* A product with 5 years of experience behind it"),
        None
    );
    assert_eq!(years("You are in the 3rd year of your studies."), None);
}

#[test]
fn facts_become_conditions() {
    let text = "You are pursuing a Bachelor's degree and graduate between December 2027 and June 2028. You must be authorized to work in Germany. We are unable to sponsor visas.";
    let all = read(&posting(text));
    let has = |asked: &dyn Fn(&Asked) -> bool| all.iter().any(|one| asked(&one.asked));
    assert!(has(&|asked| matches!(
        asked,
        Asked::Degree {
            at_least: Degree::Bachelor
        }
    )));
    assert!(has(
        &|asked| matches!(asked, Asked::Graduation { from: Some(from), .. } if from == "2027-12")
    ));
    assert!(has(
        &|asked| matches!(asked, Asked::Authorisation { said: Some(Sponsorship::NotOffered), countries } if countries == &["DE"])
    ));
    assert!(has(&|asked| matches!(
        asked,
        Asked::Place { remote: false, .. }
    )));
}

#[test]
fn clearances_are_found_and_a_clear_text_has_none() {
    let all = read(&posting("You must be able to obtain a security clearance."));
    assert!(all.iter().any(|one| one.asked == Asked::Clearance));
    let none = read(&posting("You write clear code in Java."));
    assert!(none.iter().all(|one| one.asked != Asked::Clearance));
}

#[test]
fn a_posting_without_a_text_asks_for_its_place_alone() {
    let all = read(&posting(""));
    assert!(skills(&all).is_empty());
    assert_eq!(all.len(), 2, "the right to work, and being there");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_is_read_and_every_sentence_is_short(text in "[\\PC\\n*:.,/ -]{0,400}") {
        for one in read(&posting(&text)) {
            prop_assert!(one.sentence.chars().count() <= 240);
        }
    }
}
