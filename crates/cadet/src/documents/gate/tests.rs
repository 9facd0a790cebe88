//! What the gate lets through and what it refuses, sentence by sentence.

use std::collections::BTreeMap;

use resume::{Education, EntryId, Highlight, PartialDate, Resume, SkillGroup, Work};

use super::{Ground, Matter, check};
use crate::clock::Timestamp;
use crate::documents::model::{Cite, Form, Given, PostingFacts, Sentence};
use crate::profile::model::{Profile, StudyDegree};

fn date(text: &str) -> Option<PartialDate> {
    text.parse().ok()
}

fn id(text: &str) -> EntryId {
    EntryId(text.into())
}

fn bullet(number: u32, text: &str) -> Highlight {
    Highlight {
        id: id(&format!("bullet-{number}")),
        text: text.into(),
        ..Highlight::default()
    }
}

/// Somebody with two jobs and a school.
fn profile() -> Profile {
    let work = |number: u32, name: &str, position: &str, start, end, highlights| Work {
        id: id(&format!("work-{number}")),
        name: name.into(),
        position: position.into(),
        start_date: date(start),
        end_date: date(end),
        highlights,
        ..Work::default()
    };
    let resume = Resume {
        work: vec![
            work(
                1,
                "Tideline Freight",
                "Backend Developer",
                "2024-03",
                "",
                vec![
                    bullet(11, "Cut the latency of 12 Java services by 40 %"),
                    bullet(12, "Did not use Kafka for the three smallest queues"),
                ],
            ),
            work(
                2,
                "Harrow Labs",
                "Working Student",
                "2022-04",
                "2023-09",
                vec![bullet(
                    21,
                    "Built a billing service in Python for two teams",
                )],
            ),
        ],
        education: vec![Education {
            id: id("education-3"),
            institution: "Lindenau University".into(),
            area: "Computer Science".into(),
            study_type: "Bachelor of Science".into(),
            start_date: date("2021-10"),
            end_date: date("2025-09"),
            ..Education::default()
        }],
        skills: vec![SkillGroup {
            id: id("skill-4"),
            name: "Backend".into(),
            keywords: vec!["Java".into(), "Go".into(), "PostgreSQL".into()],
            ..SkillGroup::default()
        }],
        ..Resume::default()
    };
    let mut profile = Profile {
        resume,
        ..Profile::default()
    };
    profile.resume.basics.name = "Ada Quill".into();
    profile.resume.basics.email = "ada@example.org".into();
    profile.aims.degree = Some(StudyDegree::Bachelor);
    profile.aims.available_from = date("2027-02-01");
    profile
}

/// What is refused of a sentence, as kind and words.
fn refused(form: Form, cites: &[&str], language: &str, text: &str) -> Vec<(Matter, String)> {
    let profile = profile();
    let posting = PostingFacts {
        title: "Backend Intern".into(),
        company: "Sable Robotics".into(),
        skills: vec!["kafka".into()],
        ..PostingFacts::default()
    };
    let english = |word: &str| crate::documents::spelling::is_everyday(word);
    let paragraphs = BTreeMap::from([
        (
            "1".to_owned(),
            "At {employer.recent} I worked with Java. I look forward to your team.".to_owned(),
        ),
        (
            "2".to_owned(),
            "Bei Tideline Freight habe ich mit Java gearbeitet.".to_owned(),
        ),
    ]);
    let ground = Ground {
        profile: &profile,
        evidence: &[],
        posting: Some(&posting),
        given: &Given::default(),
        paragraphs: &paragraphs,
        language,
        is_ordinary: if language == "en" {
            Some(&english)
        } else {
            None
        },
        today: Timestamp(1_795_435_200_000),
    };
    let cites = cites
        .iter()
        .map(|cite| Cite::try_from((*cite).to_owned()).unwrap())
        .collect();
    let place = "work-1/bullet-11".to_owned();
    let sentence = Sentence {
        place,
        text: text.into(),
        form,
        cites,
    };
    let found = check(&[sentence], &ground).into_iter();
    found
        .map(|refusal| (refusal.matter, refusal.token))
        .collect()
}

fn matters(form: Form, cites: &[&str], language: &str, text: &str) -> Vec<Matter> {
    refused(form, cites, language, text)
        .into_iter()
        .map(|(matter, _)| matter)
        .collect()
}

#[test]
fn wordings_that_say_the_same_pass() {
    for text in [
        "Cut the latency of 12 Java services by 40 %",
        "Cut latency of twelve Java services by forty percent",
        "Reduced the latency of 12 services in Java by 40%",
        "Cut the latency of 12 Java services by 40 % at Tideline Freight",
    ] {
        assert_eq!(
            refused(Form::Wording, &["bullet-11"], "en", text),
            [],
            "{text}"
        );
    }
    let german = "Latenz von zwölf Java Services um 40 Prozent verringert";
    let found = refused(Form::Wording, &["bullet-11"], "de", german);
    assert!(
        !found
            .iter()
            .any(|(matter, _)| matches!(matter, Matter::Number | Matter::Skill)),
        "{found:?}"
    );
}

#[test]
fn a_wording_states_no_number_date_name_skill_or_rank_that_its_bullet_does_not_hold() {
    for (text, matter) in [
        (
            "Cut the latency of 12 Java services by 45 %",
            Matter::Number,
        ),
        (
            "Cut the latency of 13 Java services by 40 %",
            Matter::Number,
        ),
        (
            "Cut the latency of 12 Java services by 40 hours",
            Matter::Number,
        ),
        (
            "Cut the latency of a dozen dozens Java services by 40 %",
            Matter::Number,
        ),
        (
            "Cut the latency of 12 Java services by fifty percent",
            Matter::Number,
        ),
        (
            "Cut the latency of 12 Java services by 40 % for 2M users",
            Matter::Number,
        ),
        (
            "Cut the latency of thousands of Java services by 40 %",
            Matter::Number,
        ),
        (
            "Cut the latency of 12 JavaScript services by 40 %",
            Matter::Skill,
        ),
        (
            "Cut the latency of 12 Java services by 40 % with Redis",
            Matter::Skill,
        ),
        (
            "Cut the latency of 12 Java services by 40 % in rust",
            Matter::Skill,
        ),
        (
            "Cut the latency of 12 Java services at Harrow Labs by 40 %",
            Matter::Name,
        ),
        (
            "Cut the latency of 12 Java services at Globex by 40 %",
            Matter::Name,
        ),
        (
            "Led a cut of the latency of 12 Java services by 40 %",
            Matter::Rank,
        ),
        (
            "Cut the latency of 12 Java services by 40 % in May 2024",
            Matter::Date,
        ),
        (
            "Cut the latency of 12 Java services by 40 %, see https://example.com/x",
            Matter::Address,
        ),
        (
            "Increased the latency of 12 Java services by 40 %",
            Matter::Sense,
        ),
        (
            "Did not cut the latency of 12 Java services by 40 %",
            Matter::Sense,
        ),
        (
            "Cut the latency of 12 Java services by 40 % for a Master thesis",
            Matter::Degree,
        ),
    ] {
        let found = matters(Form::Wording, &["bullet-11"], "en", text);
        assert!(found.contains(&matter), "{text}: {found:?}");
    }
}

#[test]
fn what_a_source_denies_is_not_held() {
    let found = matters(
        Form::Wording,
        &["bullet-12"],
        "en",
        "Used Kafka for the three smallest queues",
    );
    assert!(
        found.contains(&Matter::Skill) && found.contains(&Matter::Sense),
        "{found:?}"
    );
}

#[test]
fn a_field_is_that_of_its_entry() {
    let field = |place: &str, cite: &str, text: &str| {
        let profile = profile();
        let ground = Ground {
            profile: &profile,
            evidence: &[],
            posting: None,
            given: &Given::default(),
            paragraphs: &BTreeMap::new(),
            language: "en",
            is_ordinary: None,
            today: Timestamp(0),
        };
        let cites = vec![Cite::try_from(cite.to_owned()).unwrap()];
        let sentence = Sentence {
            place: place.into(),
            text: text.into(),
            form: Form::Field,
            cites,
        };
        check(&[sentence], &ground).len()
    };
    assert_eq!(field("work-1/name", "work-1", "Tideline Freight"), 0);
    assert_eq!(field("work-1/name", "work-1", "Harrow Labs"), 1);
    assert_eq!(
        field("work-1/position", "work-1", "Senior Backend Developer"),
        1
    );
    assert_eq!(field("work-1/startDate", "work-1", "2024-02"), 1);
    assert_eq!(
        field("education-3/studyType", "education-3", "Master of Science"),
        1
    );
    assert_eq!(field("skill-4/keywords", "skill-4", "Go"), 0);
    assert_eq!(field("skill-4/keywords", "skill-4", "Rust"), 1);
    assert_eq!(field("basics/email", "basics", "ada@example.com"), 1);
}

#[test]
fn prose_about_an_entry_states_only_what_that_entry_holds() {
    let at = |text: &str| matters(Form::Prose, &["work-1"], "en", text);
    assert_eq!(
        at("Since March 2024 I have worked at Tideline Freight as Backend Developer."),
        []
    );
    assert_eq!(
        at("In my time at Tideline Freight, I cut latency by 40 percent."),
        []
    );
    assert!(at("Since April 2024 I have worked at Tideline Freight.").contains(&Matter::Date));
    assert!(at("At Harrow Labs I cut latency by 40 percent.").contains(&Matter::Name));
    assert!(at("At Tideline Freight I worked with Python.").contains(&Matter::Skill));
    assert!(at("As a senior developer I cut latency by 40 percent.").contains(&Matter::Rank));
    assert!(at("I hold a Master of Science.").contains(&Matter::Degree));
    let over = matters(
        Form::Prose,
        &["work-2"],
        "en",
        "Since April 2022 I have worked at Harrow Labs.",
    );
    assert!(over.contains(&Matter::Date), "it ended in 2023: {over:?}");
}

#[test]
fn how_long_something_lasted_follows_from_its_dates() {
    let at = |text: &str| matters(Form::Prose, &["work-2"], "en", text);
    assert_eq!(at("I worked at Harrow Labs for 18 months."), []);
    assert_eq!(at("I worked at Harrow Labs for one and a half years."), []);
    assert!(at("I worked at Harrow Labs for three years.").contains(&Matter::Number));
}

#[test]
fn degrees_are_compared_by_level_and_field() {
    let at = |text: &str| matters(Form::Prose, &["education-3"], "en", text);
    for text in [
        "I study for a BSc at Lindenau University.",
        "My Bachelor ends in September 2025.",
        "My bachelor's degree is in Computer Science.",
    ] {
        assert_eq!(at(text), [], "{text}");
    }
    for text in [
        "I study for an MSc at Lindenau University.",
        "I study for a BA at Lindenau University.",
        "I hold a PhD in Computer Science.",
        "I finished summa cum laude.",
    ] {
        assert!(at(text).contains(&Matter::Degree), "{text}: {:?}", at(text));
    }
}

#[test]
fn a_skill_of_the_posting_may_be_spoken_of_but_not_claimed() {
    let cites = ["profile", "posting"];
    assert_eq!(
        matters(
            Form::Prose,
            &cites,
            "en",
            "Your team works with Kafka, which I would like to learn."
        ),
        []
    );
    let claimed = matters(
        Form::Prose,
        &cites,
        "en",
        "I have built services with Kafka for your team.",
    );
    assert!(claimed.contains(&Matter::Skill), "{claimed:?}");
}

#[test]
fn a_sentence_of_a_paragraph_has_the_words_of_the_paragraph() {
    let cites = ["work-1", "skill-4", "posting", "paragraph:1"];
    assert_eq!(
        matters(
            Form::Prose,
            &cites,
            "en",
            "At Tideline Freight I worked with Java."
        ),
        []
    );
    assert!(
        !matters(
            Form::Prose,
            &cites,
            "en",
            "At Tideline Freight I excelled with Java."
        )
        .is_empty()
    );
    assert!(!matters(Form::Prose, &cites, "en", "At Globex I worked with Java.").is_empty());
    let german = ["work-1", "skill-4", "paragraph:2"];
    assert_eq!(
        matters(
            Form::Prose,
            &german,
            "de",
            "Bei Tideline Freight habe ich mit Java gearbeitet."
        ),
        []
    );
    assert!(
        !matters(
            Form::Prose,
            &german,
            "de",
            "Bei Globex habe ich mit Java gearbeitet."
        )
        .is_empty()
    );
    assert!(
        !matters(
            Form::Prose,
            &german,
            "de",
            "Bei Tideline Freight habe ich drei Jahre mit Java gearbeitet."
        )
        .is_empty()
    );
}

#[test]
fn script_without_words_must_be_that_of_the_source() {
    assert!(!refused(Form::Wording, &["bullet-11"], "zh", "将延迟降低了四成").is_empty());
}

#[test]
fn a_refusal_says_what_where_and_what_to_do() {
    let profile = profile();
    let ground = Ground {
        profile: &profile,
        evidence: &[],
        posting: None,
        given: &Given::default(),
        paragraphs: &BTreeMap::new(),
        language: "en",
        is_ordinary: None,
        today: Timestamp(0),
    };
    let sentence = Sentence {
        place: "work-1/bullet-11".into(),
        text: "Cut the latency by 45 %".into(),
        form: Form::Wording,
        cites: vec![Cite::Entry(id("bullet-11"))],
    };
    let refusal = check(&[sentence], &ground).remove(0);
    assert_eq!(
        (refusal.token.as_str(), refusal.place.as_str()),
        ("45 %", "work-1/bullet-11")
    );
    assert_eq!(&refusal.sentence[refusal.start..refusal.end], "45 %");
    assert!(
        refusal.message.contains("45 %")
            && refusal
                .message
                .contains("bullet-11 (Backend Developer, Tideline Freight)"),
        "{}",
        refusal.message
    );
}
