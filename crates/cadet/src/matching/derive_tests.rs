//! What entries of a profile are evidence of.

use resume::{Certificate, Education, Highlight, Language, Project, SkillGroup, Work};

use super::*;
use crate::skills::evidence::Evidence;

fn resume() -> Resume {
    let mut resume = Resume {
        work: vec![Work {
            name: "Northlight".into(),
            position: "Working student".into(),
            start_date: Some("2025-03".parse().unwrap()),
            highlights: vec![Highlight {
                text: "Wrote REST services in Java with Spring Boot.".into(),
                ..Highlight::default()
            }],
            ..Work::default()
        }],
        certificates: vec![Certificate {
            name: "AWS Certified Developer".into(),
            issuer: "Amazon".into(),
            url: "https://certificates.example.org/7".into(),
            date: Some("2026-05-02".parse().unwrap()),
            ..Certificate::default()
        }],
        education: vec![Education {
            institution: "Town University".into(),
            courses: vec!["Operating systems".into()],
            ..Education::default()
        }],
        skills: vec![SkillGroup {
            name: "Databases".into(),
            keywords: vec!["PostgreSQL".into(), "Go".into()],
            ..SkillGroup::default()
        }],
        projects: vec![Project {
            name: "Shop".into(),
            keywords: vec!["Kafka".into()],
            ..Project::default()
        }],
        languages: vec![Language {
            language: "German".into(),
            fluency: "C1".into(),
            ..Language::default()
        }],
        ..Resume::default()
    };
    resume.number();
    resume
}

fn found(skill: &str) -> (NewEvidence, bool) {
    let all = pieces(&resume()).into_iter();
    let mut all = all.filter(|(one, _)| one.skill.as_str() == skill);
    all.next().unwrap_or_else(|| panic!("no {skill}"))
}

#[test]
fn entries_are_evidence_of_the_skills_that_they_mention() {
    let (java, dated) = found("java");
    assert_eq!(
        (java.kind, java.entry.as_deref(), dated),
        (EvidenceKind::Work, Some("work-1"), true)
    );
    assert!(
        java.statement.starts_with("Work at Northlight"),
        "{}",
        java.statement
    );
    assert_eq!(java.at.date_string(), "2025-03-01");
    assert_eq!(found("aws").0.kind, EvidenceKind::Certificate);
    assert!(
        found("aws").0.strength >= Evidence::PROVES,
        "others can look at it"
    );
    assert_eq!(found("operating-systems").0.kind, EvidenceKind::Course);
    assert_eq!(found("kafka").0.kind, EvidenceKind::Work);
    assert_eq!(found("german").0.kind, EvidenceKind::Statement);
}

#[test]
fn listed_skills_are_claims_even_where_their_name_is_a_word() {
    let (go, dated) = found("go");
    assert_eq!((go.kind, dated), (EvidenceKind::Statement, false));
    assert!(go.strength < Evidence::PROVES);
    assert!(found("postgresql").0.strength < Evidence::PROVES);
}

#[test]
fn every_piece_can_be_written_down() {
    let mut long = resume();
    long.work[0].highlights[0].text = "Java ".repeat(500);
    for (piece, _) in pieces(&long) {
        assert!(piece.clone().checked().is_ok(), "{piece:?}");
    }
}

#[test]
fn an_empty_resume_is_evidence_of_nothing() {
    assert!(pieces(&Resume::default()).is_empty());
}
