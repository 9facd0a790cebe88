//! What a posting asks for, as against what it mentions in passing.

use crate::skills::{Taxonomy, extract};

fn asked(text: &str) -> Vec<String> {
    let spans = extract(Taxonomy::bundled(), text);
    spans.iter().map(|s| s.skill.to_string()).collect()
}

#[test]
fn technologies_are_asked_for_wherever_they_stand() {
    assert_eq!(asked("Our product runs on PostgreSQL."), ["postgresql"]);
}

#[test]
fn subjects_mentioned_in_passing_are_not_asked_for() {
    assert!(asked("We are the company that powers the cloud.").is_empty());
    assert!(asked("Our customers trust our security.").is_empty());
}

#[test]
fn subjects_in_a_sentence_that_asks_are_asked_for() {
    assert_eq!(
        asked("Good knowledge of distributed systems"),
        ["distributed-systems"]
    );
    assert_eq!(asked("Kenntnisse in Datenbanken"), ["databases"]);
    assert_eq!(asked("connaissances en algorithmes"), ["algorithms"]);
    assert!(asked("You have experience. We do distributed systems.").is_empty());
}

#[test]
fn subjects_under_a_heading_that_asks_are_asked_for() {
    let text = "What you bring:\n\n- You build distributed systems.\n- You like the cloud.\n\nBenefits\n\n- Free access to the cloud.";
    assert_eq!(asked(text), ["distributed-systems", "cloud-computing"]);
}

#[test]
fn subjects_among_many_skills_or_alone_on_a_line_are_asked_for() {
    assert_eq!(asked("Java, Kafka, Docker, microservices").len(), 4);
    assert_eq!(
        asked("We are a team.\n* Distributed systems\n* Lunch"),
        ["distributed-systems"]
    );
}
