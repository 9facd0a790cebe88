//! What a tailored resume shows, in which order, and why.

use resume::{EntryId, Highlight, Project, Resume, SkillGroup, Work};

use super::{Ask, Decision, Decisions, Reason, Show, Tailored, Wanted, WantedSkill, tailor};
use crate::clock::Timestamp;
use crate::documents::model::Cite;
use crate::profile::model::Profile;
use crate::skills::SkillId;
use crate::skills::evidence::{Evidence, EvidenceId, EvidenceKind};

const NOW: Timestamp = Timestamp(1_795_435_200_000);

fn bullet(id: &str, text: &str, variants: &[&str]) -> Highlight {
    Highlight {
        id: EntryId(id.into()),
        text: text.into(),
        variants: variants.iter().map(|text| (*text).to_owned()).collect(),
        tags: Vec::new(),
    }
}

fn work(id: &str, name: &str, dates: (&str, &str), highlights: Vec<Highlight>) -> Work {
    Work {
        id: EntryId(id.into()),
        name: name.into(),
        position: "Developer".into(),
        start_date: dates.0.parse().ok(),
        end_date: dates.1.parse().ok(),
        highlights,
        ..Work::default()
    }
}

fn profile() -> Profile {
    let resume = Resume {
        work: vec![
            work(
                "work-1",
                "Older",
                ("2019-01", "2021-02"),
                vec![
                    bullet("bullet-1", "Answered the telephone", &[]),
                    bullet("bullet-2", "Kept the PostgreSQL database", &[]),
                ],
            ),
            work(
                "work-2",
                "Newer",
                ("2024-01", ""),
                vec![
                    bullet("bullet-3", "Made coffee for everybody", &[]),
                    bullet(
                        "bullet-4",
                        "Built an interface for orders",
                        &["Built a REST interface for orders in Java"],
                    ),
                    bullet("bullet-5", "Tested Java services with JUnit", &[]),
                ],
            ),
        ],
        skills: vec![
            SkillGroup {
                id: EntryId("skill-6".into()),
                name: "Office".into(),
                keywords: vec!["Excel".into()],
                ..SkillGroup::default()
            },
            SkillGroup {
                id: EntryId("skill-7".into()),
                name: "Backend".into(),
                keywords: vec!["Python".into(), "Java".into()],
                ..SkillGroup::default()
            },
        ],
        projects: vec![
            Project {
                id: EntryId("project-8".into()),
                name: "Weather".into(),
                description: "A page in HTML".into(),
                ..Project::default()
            },
            Project {
                id: EntryId("project-9".into()),
                name: "Ledger".into(),
                description: "A ledger in Java on PostgreSQL".into(),
                ..Project::default()
            },
        ],
        ..Resume::default()
    };
    Profile {
        resume,
        ..Profile::default()
    }
}

fn wanted(skills: &[&str]) -> Wanted {
    let skills = skills.iter().map(|id| WantedSkill {
        skill: SkillId::parse(id).unwrap(),
        weight: 1.0,
    });
    Wanted {
        skills: skills.collect(),
        keywords: Vec::new(),
    }
}

fn made(wanted: &Wanted, decisions: &Decisions, evidence: &[Evidence]) -> Tailored {
    let profile = profile();
    tailor(&Ask {
        profile: &profile,
        evidence,
        wanted,
        decisions,
        pages: 1,
        today: NOW,
    })
}

fn texts(highlights: &[Highlight]) -> Vec<&str> {
    highlights.iter().map(|one| one.text.as_str()).collect()
}

#[test]
fn work_stays_in_the_order_of_its_dates_and_bullets_are_ordered_by_what_is_asked_for() {
    let made = made(&wanted(&["java", "postgresql"]), &Decisions::new(), &[]);
    let names: Vec<&str> = made
        .resume
        .work
        .iter()
        .map(|one| one.name.as_str())
        .collect();
    assert_eq!(names, ["Newer", "Older"]);
    let newer = texts(&made.resume.work[0].highlights);
    assert_eq!(newer.last(), Some(&"Made coffee for everybody"));
    assert_eq!(
        made.resume.work[1].highlights[0].text,
        "Kept the PostgreSQL database"
    );
}

#[test]
fn the_wording_that_names_what_is_asked_for_is_used_and_the_person_s_own_else() {
    let java = made(&wanted(&["java"]), &Decisions::new(), &[]);
    assert!(
        texts(&java.resume.work[0].highlights)
            .contains(&"Built a REST interface for orders in Java")
    );
    let choice = java
        .chosen
        .iter()
        .find(|choice| choice.id.0 == "bullet-4")
        .unwrap();
    assert!(
        choice
            .reasons
            .iter()
            .any(|reason| matches!(reason, Reason::WordedFor { skill } if skill == "Java")),
        "{choice:?}"
    );
    let python = made(&wanted(&["python"]), &Decisions::new(), &[]);
    assert!(texts(&python.resume.work[0].highlights).contains(&"Built an interface for orders"));
}

#[test]
fn skills_and_projects_come_in_the_order_of_what_is_asked_for() {
    let made = made(&wanted(&["java"]), &Decisions::new(), &[]);
    assert_eq!(made.resume.skills[0].name, "Backend");
    assert_eq!(made.resume.skills[0].keywords, ["Java", "Python"]);
    assert_eq!(made.resume.projects[0].name, "Ledger");
}

#[test]
fn what_the_person_decided_comes_before_every_rule() {
    let mut decisions = Decisions::new();
    decisions.insert(
        EntryId("bullet-3".into()),
        Decision {
            order: Some(1),
            ..Decision::default()
        },
    );
    decisions.insert(
        EntryId("bullet-5".into()),
        Decision {
            show: Some(Show::Never),
            ..Decision::default()
        },
    );
    let own = "Built an interface for orders";
    decisions.insert(
        EntryId("bullet-4".into()),
        Decision {
            wording: Some(own.into()),
            ..Decision::default()
        },
    );
    decisions.insert(
        EntryId("project-9".into()),
        Decision {
            show: Some(Show::Never),
            ..Decision::default()
        },
    );
    let made = made(&wanted(&["java"]), &decisions, &[]);
    assert_eq!(
        texts(&made.resume.work[0].highlights),
        ["Made coffee for everybody", own]
    );
    assert!(made.resume.projects.iter().all(|one| one.name != "Ledger"));
    let left: Vec<(&str, &Reason)> = made
        .left_out
        .iter()
        .map(|one| (one.id.0.as_str(), &one.reason))
        .collect();
    assert!(
        left.contains(&("bullet-5", &Reason::Never))
            && left.contains(&("project-9", &Reason::Never)),
        "{left:?}"
    );
}

#[test]
fn a_page_is_aimed_at_and_what_does_not_fit_is_told() {
    let mut profile = profile();
    let long = "Wrote a report on the many ways in which an office can be kept in order by those who care for it, and read it out";
    profile.resume.work[0].highlights = (0..60)
        .map(|n| bullet(&format!("bullet-{}", 100 + n), &format!("{long} {n}"), &[]))
        .collect();
    profile.resume.work[0].highlights.push(bullet(
        "bullet-999",
        "Kept the PostgreSQL database",
        &[],
    ));
    let wanted = wanted(&["postgresql"]);
    let decisions = Decisions::new();
    let made = tailor(&Ask {
        profile: &profile,
        evidence: &[],
        wanted: &wanted,
        decisions: &decisions,
        pages: 1,
        today: NOW,
    });
    assert!(made.length.lines <= made.length.most, "{:?}", made.length);
    assert!(texts(&made.resume.work[1].highlights).contains(&"Kept the PostgreSQL database"));
    let all: usize = profile
        .resume
        .work
        .iter()
        .map(|one| one.highlights.len())
        .sum();
    let shown: usize = made
        .resume
        .work
        .iter()
        .map(|one| one.highlights.len())
        .sum();
    let left = made
        .left_out
        .iter()
        .filter(|one| one.id.0.starts_with("bullet-"))
        .count();
    assert_eq!(
        shown + left,
        all,
        "every bullet is shown or told to be left out"
    );
}

#[test]
fn every_sentence_cites_what_it_states_and_evidence_is_among_it() {
    let evidence = Evidence {
        id: EvidenceId(5),
        skill: SkillId::parse("java").unwrap(),
        kind: EvidenceKind::Repository,
        strength: 0.8,
        at: NOW,
        recorded_at: NOW,
        statement: "212 commits in Java".into(),
        check: String::new(),
        link: None,
        entry: Some("work-2".into()),
        supersedes: None,
    };
    let made = made(&wanted(&["java"]), &Decisions::new(), &[evidence]);
    assert!(
        made.sentences
            .iter()
            .all(|sentence| !sentence.cites.is_empty())
    );
    let sentence = made
        .sentences
        .iter()
        .find(|one| one.place == "work-2/bullet-5")
        .unwrap();
    assert_eq!(
        sentence.cites,
        [
            Cite::Entry(EntryId("bullet-5".into())),
            Cite::Evidence(EvidenceId(5))
        ]
    );
    let bullets = made
        .resume
        .work
        .iter()
        .flat_map(|one| &one.highlights)
        .count();
    let told = made
        .sentences
        .iter()
        .filter(|one| one.place.contains("/bullet-"))
        .count();
    assert_eq!(bullets, told);
}
