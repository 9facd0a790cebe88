//! Which paragraphs a letter has, what fills their slots, and what is told instead of being printed.

use resume::{Education, EntryId, Work};

use super::compose::sentences_of as split;
use super::{
    Composed, LetterAsk, Paragraph, Part, STARTER_LANGUAGES, compose, conditions_of, starters,
};
use crate::documents::model::{Cite, DocumentKind, Given, PostingFacts};
use crate::documents::tailor::{Choice, Wanted, WantedSkill};
use crate::profile::model::Profile;
use crate::skills::SkillId;

fn profile() -> Profile {
    let mut profile = Profile::default();
    profile.resume.basics.name = "Ada Quill".into();
    profile.resume.work = vec![Work {
        id: EntryId("work-1".into()),
        name: "Tideline Freight".into(),
        position: "Backend Developer".into(),
        summary: "Services in Java.".into(),
        start_date: "2024-03".parse().ok(),
        ..Work::default()
    }];
    profile.resume.education = vec![Education {
        id: EntryId("education-2".into()),
        institution: "Lindenau University".into(),
        area: "Computer Science".into(),
        end_date: "2027-09".parse().ok(),
        ..Education::default()
    }];
    profile
}

fn paragraph(part: Part, conditions: &str, text: &str) -> Paragraph {
    Paragraph {
        id: None,
        key: text.len().to_string(),
        kind: DocumentKind::Letter,
        language: "en".into(),
        part,
        position: 1,
        conditions: conditions_of(conditions).unwrap(),
        text: text.into(),
        sources: Vec::new(),
        starter: false,
    }
}

fn made(paragraphs: &[Paragraph], given: &Given) -> Composed {
    let posting = PostingFacts {
        title: "Backend Intern".into(),
        company: "Sable Robotics".into(),
        countries: vec!["DE".into()],
        ..PostingFacts::default()
    };
    let wanted = Wanted {
        skills: vec![WantedSkill {
            skill: SkillId::parse("java").unwrap(),
            weight: 1.0,
        }],
        keywords: Vec::new(),
    };
    let best = [Choice {
        id: EntryId("bullet-9".into()),
        entry: EntryId("work-1".into()),
        text: "Cut latency by 40 %.".into(),
        reasons: Vec::new(),
        wording: 0,
    }];
    compose(&LetterAsk {
        kind: DocumentKind::Letter,
        language: "en",
        paragraphs,
        profile: &profile(),
        evidence: &[],
        posting: Some(&posting),
        wanted: &wanted,
        given,
        best: &best,
    })
}

#[test]
fn slots_are_filled_and_sentences_cite_what_filled_them() {
    let text = "I would like to join {company}. At {employer.recent} I used {skill.best}. For example: {bullet.best}.";
    let made = made(&[paragraph(Part::Body, "", text)], &Given::default());
    assert_eq!(
        made.letter.paragraphs,
        [
            "I would like to join Sable Robotics. At Tideline Freight I used Java. For example: Cut latency by 40 %."
        ]
    );
    assert!(
        made.sentences[1]
            .cites
            .contains(&Cite::Entry(EntryId("work-1".into())))
    );
    assert!(
        made.sentences[2]
            .cites
            .contains(&Cite::Entry(EntryId("bullet-9".into())))
    );
    assert_eq!(made.remarks, Vec::<String>::new());
}

#[test]
fn a_slot_that_nothing_fills_is_told_and_its_sentence_left_out() {
    let text = "I write to you about {topic}. I study {area}.";
    let made = made(&[paragraph(Part::Body, "", text)], &Given::default());
    assert_eq!(made.letter.paragraphs, ["I study Computer Science."]);
    assert!(
        made.remarks.iter().any(|remark| remark.contains("{topic}")),
        "{:?}",
        made.remarks
    );
}

#[test]
fn no_slot_and_no_placeholder_is_ever_printed() {
    for text in [
        "{nothing} here.",
        "[[Write this.]]",
        "An open { brace.",
        "Fine. [[Or this]] and that.",
    ] {
        let made = made(&[paragraph(Part::Body, "", text)], &Given::default());
        let printed = format!("{:?}", made.letter);
        assert!(
            !printed.contains("[[") && !printed.contains('{') || !printed.contains("nothing"),
            "{printed}"
        );
        assert!(
            !made
                .letter
                .paragraphs
                .iter()
                .any(|text| text.contains(['{', '['])),
            "{printed}"
        );
        assert!(!made.remarks.is_empty());
    }
}

#[test]
fn conditions_choose_paragraphs_and_what_is_left_out_is_told() {
    let paragraphs = [
        paragraph(Part::Salutation, "contact", "Dear {contact.name},"),
        paragraph(Part::Salutation, "", "Dear hiring team,"),
        paragraph(
            Part::Body,
            "skill:java, country:DE",
            "Java in Germany suits me.",
        ),
        paragraph(Part::Body, "!skill:Java", "I would learn it."),
    ];
    let nobody = made(&paragraphs, &Given::default());
    assert_eq!(nobody.letter.salutation, "Dear hiring team,");
    assert_eq!(nobody.letter.paragraphs, ["Java in Germany suits me."]);
    assert!(
        nobody
            .remarks
            .iter()
            .any(|remark| remark.contains("the posting does not ask for Java")),
        "{:?}",
        nobody.remarks
    );
    let given = Given {
        contact: "Mara Lindt".into(),
        ..Given::default()
    };
    assert_eq!(
        made(&paragraphs, &given).letter.salutation,
        "Dear Mara Lindt,"
    );
    assert!(conditions_of("moon").is_err() && conditions_of("skill:nosuchskill").is_err());
}

#[test]
fn sentences_end_where_they_end() {
    assert_eq!(
        split("I used it, e.g. for tests. Then I left! Why?"),
        ["I used it, e.g. for tests.", "Then I left!", "Why?"]
    );
    assert_eq!(
        split("Am 3. Mai begann es. Danach nicht."),
        ["Am 3. Mai begann es.", "Danach nicht."]
    );
}

#[test]
fn there_are_starters_of_every_kind_and_all_their_slots_exist() {
    for language in STARTER_LANGUAGES {
        for kind in DocumentKind::ALL
            .into_iter()
            .filter(|kind| kind.is_letter())
        {
            let all = starters(kind, language);
            for part in Part::ALL {
                assert!(
                    all.iter().any(|one| one.part == part),
                    "{language} {kind:?} {part:?}"
                );
            }
            for slot in all.iter().flat_map(|one| one.text.split('{').skip(1)) {
                let name = slot.split('}').next().unwrap();
                assert!(
                    super::SLOTS.iter().any(|(known, _)| *known == name),
                    "{name}"
                );
            }
        }
    }
}

#[test]
fn untouched_starters_are_told() {
    let given = Given {
        contact: "Mara Lindt".into(),
        date: "2026-11-26".into(),
        ..Given::default()
    };
    let made = made(&starters(DocumentKind::Letter, "en"), &given);
    assert_eq!(made.letter.salutation, "Dear Mara Lindt,");
    assert_eq!(made.letter.date, "26 November 2026");
    assert!(
        made.remarks
            .iter()
            .any(|remark| remark.contains("starters as they came")),
        "{:?}",
        made.remarks
    );
    assert!(
        made.letter.paragraphs.len() >= 3,
        "{:?}",
        made.letter.paragraphs
    );
}
