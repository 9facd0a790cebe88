//! The greedy cover.

use super::*;
use crate::matching::memory::Known;
use crate::matching::needs::{country, encode, place_of};
use crate::matching::requirements::read;
use crate::matching::testing::{NOW, evidence, posting_at, skill};
use crate::profile::model::{Aims, Profile};
use crate::skills::Taxonomy;

fn all(postings: &[(&str, &str)]) -> All {
    let known = |(id, (place, skills)): (i64, &(&str, &str))| {
        let lines: Vec<String> = skills.split(' ').map(|name| format!("* {name}")).collect();
        let text = format!("Requirements\n{}", lines.join("\n"));
        let posting = posting_at("Backend Engineering Intern", place, &text);
        let needs = encode(&posting, &read(&posting)).into_boxed_slice();
        (id, Known { version: 1, needs })
    };
    All {
        version: 1,
        postings: (1..).zip(postings).map(known).collect(),
    }
}

fn basis() -> Basis {
    let profile = Profile {
        aims: Aims {
            countries: vec!["DE".into(), "FR".into()],
            ..Aims::default()
        },
        ..Profile::default()
    };
    Basis::new(&profile, &[evidence(1, "java", 0.7)], NOW)
}

fn names(found: &Gap) -> Vec<(&'static str, usize)> {
    let skills = Taxonomy::bundled().skills();
    let name = |step: &Step| (skills[usize::from(step.skill)].id.as_str(), step.opens);
    found.steps.iter().map(name).collect()
}

const DE: &str = "Berlin, Germany";

#[test]
fn the_skill_that_opens_the_most_comes_first_and_each_step_supposes_those_before() {
    let all = all(&[
        (DE, "Java"),
        (DE, "Java Docker"),
        (DE, "Java Docker"),
        (DE, "Java Kafka"),
        (DE, "Java Docker Kafka"),
    ]);
    let found = gap(&all, &basis(), Within::default());
    assert_eq!((found.postings, found.open), (5, 1));
    assert_eq!(names(&found), [("docker", 2), ("kafka", 2)]);
    assert_eq!(found.steps[0].nearer, 1);
    assert_eq!(found.steps[0].examples, [PostingId(2), PostingId(3)]);
}

#[test]
fn where_no_skill_opens_anything_alone_the_one_that_brings_the_most_nearer_comes_first() {
    let all = all(&[
        (DE, "Docker Kafka"),
        (DE, "Docker Rust"),
        (DE, "Rust Redis Go"),
    ]);
    let found = gap(&all, &basis(), Within::default());
    assert_eq!(names(&found)[0], ("docker", 0));
    let total: usize = found.steps.iter().map(|step| step.opens).sum();
    assert_eq!(total, 3, "in the end all are open");
}

#[test]
fn countries_and_knockouts_are_told_apart() {
    let all = all(&[
        (DE, "Docker"),
        ("Paris, France", "Kafka"),
        ("Oslo, Norway", "Rust"),
    ]);
    let french = Within {
        country: country("FR"),
        everything: false,
    };
    let found = gap(&all, &basis(), french);
    assert_eq!((found.postings, names(&found)), (1, vec![("kafka", 1)]));
    let everywhere = gap(&all, &basis(), Within::default());
    assert_eq!(
        (everywhere.postings, everywhere.ruled_out),
        (3, 1),
        "Norway is not among the aims"
    );
}

#[test]
fn alternatives_open_by_either_and_what_is_far_out_of_reach_decides_nothing() {
    let far = "Rust Kafka Redis Docker Kubernetes Terraform GraphQL Elixir";
    let all = all(&[(DE, far), (DE, "Docker")]);
    let found = gap(&all, &basis(), Within::default());
    assert_eq!(names(&found), [("docker", 1)]);
    let mut one = all;
    let posting = posting_at(
        "Backend Engineering Intern",
        DE,
        "Requirements\n* Rust or Elixir",
    );
    let needs = encode(&posting, &read(&posting)).into_boxed_slice();
    one.postings = [(9, Known { version: 1, needs })].into();
    let found = gap(&one, &basis(), Within::default());
    assert_eq!(found.steps.len(), 1);
    let rust = place_of(&skill("rust"));
    let elixir = place_of(&skill("elixir"));
    assert!([rust, elixir].contains(&Some(found.steps[0].skill)));
}

#[test]
fn no_postings_have_no_gap() {
    assert_eq!(
        gap(&All::default(), &basis(), Within::default()),
        Gap::default()
    );
}
