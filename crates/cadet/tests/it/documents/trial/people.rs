//! Invented people: a profile, evidence, a posting and paragraphs, each from its seed.

use cadet::documents::inputs::Inputs;
use cadet::documents::letters::{Paragraph, Part};
use cadet::documents::model::{DocumentKind, PostingFacts};
use cadet::documents::tailor::{Wanted, WantedSkill};
use cadet::profile::model::{Profile, StudyDegree};
use cadet::skills::Taxonomy;
use cadet::skills::evidence::{Evidence, EvidenceId, EvidenceKind};
use resume::{
    Certificate, Education, EntryId, Highlight, Language, PartialDate, Project, SkillGroup, Work,
};

use super::words::{
    BULLETS_DE, BULLETS_EN, COMPANY, LETTER_DE, LETTER_EN, MONTHS, NAMES, NUMBERS, SKILLS, TOWNS,
};
use super::{NOW, Random};

/// Somebody, with what is true of them.
pub struct Person {
    /// Profile, evidence, posting.
    pub inputs: Inputs,
    /// Paragraphs in their own words.
    pub paragraphs: Vec<Paragraph>,
    /// `en` or `de`.
    pub language: &'static str,
    /// Rewordings of bullets that nobody approved and that state the same.
    pub rewordings: Vec<(EntryId, String)>,
}

fn company(random: &mut Random) -> String {
    format!("{}{}", random.pick(COMPANY.0), random.pick(COMPANY.1))
}

fn date(year: i16, month: usize) -> Option<PartialDate> {
    PartialDate::new(year, i8::try_from(month).ok(), None)
}

fn in_words(date: Option<PartialDate>, language: &str) -> String {
    let Some(date) = date else {
        return String::new();
    };
    let names = if language == "de" { MONTHS.1 } else { MONTHS.0 };
    let month = usize::from(date.month().unwrap_or(1).unsigned_abs());
    format!("{} {}", names[month - 1], date.year())
}

/// Fills a pattern of a bullet twice: as it is, and in the rewording.
fn bullet(random: &mut Random, language: &str, skills: [&str; 2]) -> (String, String) {
    let patterns = if language == "de" {
        BULLETS_DE
    } else {
        BULLETS_EN
    };
    let words = if language == "de" {
        NUMBERS.1
    } else {
        NUMBERS.0
    };
    let (own, reworded) = random.pick(patterns);
    let (number, share, thousands) = (
        random.below(11),
        15 + random.below(80),
        13 + random.below(80),
    );
    let year = 2019 + random.below(7);
    let fill = |pattern: &str| {
        let mut text = String::new();
        let chars: Vec<char> = pattern.chars().collect();
        for (at, c) in chars.iter().enumerate() {
            let before = at.checked_sub(1).and_then(|at| chars.get(at));
            let after = chars.get(at + 1);
            // A mark stands alone; of a word it is a letter.
            let alone = before.is_none_or(|c| !c.is_alphabetic())
                && after.is_none_or(|c| !c.is_alphabetic() || *c == 'k');
            match c {
                'S' if alone => text.push_str(skills[0]),
                'T' if alone => text.push_str(skills[1]),
                'N' if alone => text.push_str(&(number + 2).to_string()),
                'M' if alone => text.push_str(words[number]),
                'P' if alone => text.push_str(&share.to_string()),
                'K' if alone => text.push_str(&thousands.to_string()),
                'D' if alone => text.push_str(&year.to_string()),
                other => text.push(*other),
            }
        }
        let mut letters = text.chars();
        let first = letters.next().map(|c| c.to_uppercase().to_string());
        first.unwrap_or_default() + letters.as_str()
    };
    (fill(own), fill(reworded))
}

/// Somebody of a seed.
#[expect(
    clippy::too_many_lines,
    reason = "one person, section by section as on a resume"
)]
pub fn person(random: &mut Random) -> Person {
    let language = *random.pick(&["en", "en", "de"]);
    let mut skills: Vec<&str> = SKILLS.to_vec();
    for at in (1..skills.len()).rev() {
        skills.swap(at, random.below(at + 1));
    }
    let mut profile = Profile::default();
    let mut rewordings = Vec::new();
    let mut number = 0;
    let mut bullets = |random: &mut Random, skills: &[&str], count: usize| -> Vec<Highlight> {
        let mut made = Vec::new();
        for at in 0..count {
            number += 1;
            let id = EntryId(format!("bullet-{}", 100 + number));
            let two = [skills[at % skills.len()], skills[(at + 1) % skills.len()]];
            let (text, reworded) = bullet(random, language, two);
            rewordings.push((id.clone(), reworded));
            made.push(Highlight {
                id,
                text,
                ..Highlight::default()
            });
        }
        made
    };
    let resume = &mut profile.resume;
    resume.basics.name = format!("{} {}", random.pick(NAMES.0), random.pick(NAMES.1));
    resume.basics.email = format!(
        "{}@example.org",
        resume.basics.name.to_lowercase().replace(' ', ".")
    );
    resume.basics.phone = format!("+49 151 {}", 20_000_000 + random.below(70_000_000));
    resume.basics.location.city = (*random.pick(TOWNS)).to_owned();
    for at in 0..3_usize {
        let start = date(
            2017 + 3 * i16::try_from(at).unwrap_or(0),
            1 + random.below(12),
        );
        let end = date(
            2019 + 3 * i16::try_from(at).unwrap_or(0),
            1 + random.below(12),
        );
        let own = &skills[3 * at..3 * at + 3];
        resume.work.push(Work {
            id: EntryId(format!("work-{}", at + 1)),
            name: company(random),
            position: (*random.pick(&[
                "Backend Developer",
                "Working Student",
                "Software Developer",
                "Web Developer",
            ]))
            .to_owned(),
            start_date: start,
            end_date: end,
            highlights: bullets(random, own, 2 + at % 2),
            ..Work::default()
        });
    }
    let town = *random.pick(TOWNS);
    resume.education.push(Education {
        id: EntryId("education-4".into()),
        institution: format!("{town} University"),
        area: (*random.pick(&["Computer Science", "Mathematics", "Information Systems"]))
            .to_owned(),
        study_type: (*random.pick(&[
            "Bachelor of Science",
            "Bachelor",
            "BSc",
            "B.Sc.",
            "Bachelor of Arts",
        ]))
        .to_owned(),
        start_date: date(2023, 10),
        end_date: date(2027, 1 + random.below(12)),
        score: format!("1,{}", 2 + random.below(7)),
        ..Education::default()
    });
    resume.skills.push(SkillGroup {
        id: EntryId("skill-5".into()),
        name: "Backend".into(),
        keywords: skills[..9]
            .iter()
            .map(|skill| (*skill).to_owned())
            .collect(),
        ..SkillGroup::default()
    });
    resume.projects.push(Project {
        id: EntryId("project-6".into()),
        name: format!("{}kit", random.pick(COMPANY.0)),
        description: format!("A small tool in {}", skills[0]),
        highlights: bullets(random, &skills[..3], 2),
        keywords: vec![skills[0].to_owned()],
        start_date: date(2025, 1 + random.below(12)),
        ..Project::default()
    });
    resume.certificates.push(Certificate {
        id: EntryId("certificate-7".into()),
        name: format!("{} in practice", skills[1]),
        issuer: company(random),
        date: date(2024, 1 + random.below(12)),
        ..Certificate::default()
    });
    resume.languages.push(Language {
        id: EntryId("language-8".into()),
        language: "English".into(),
        fluency: "C1".into(),
        ..Language::default()
    });
    resume.last_number = 400;
    profile.aims.degree = Some(StudyDegree::Bachelor);
    let inputs = inputs(random, profile, &skills);
    let paragraphs = paragraphs(random, &inputs, language, &skills);
    Person {
        inputs,
        paragraphs,
        language,
        rewordings,
    }
}

fn inputs(random: &mut Random, profile: Profile, skills: &[&str]) -> Inputs {
    let id = |name: &str| {
        Taxonomy::bundled()
            .by_alias(name)
            .first()
            .map(|skill| skill.id.clone())
    };
    // The posting asks for two skills that are held and one that is not.
    let asked = [skills[0], skills[4], skills[12]];
    let evidence = id(skills[0]).map(|skill| Evidence {
        id: EvidenceId(1),
        skill,
        kind: EvidenceKind::Repository,
        strength: 0.7,
        at: NOW,
        recorded_at: NOW,
        statement: format!("Commits in {}", skills[0]),
        check: String::new(),
        link: None,
        entry: Some("project-6".into()),
        supersedes: None,
    });
    let wanted = asked
        .iter()
        .filter_map(|name| id(name))
        .map(|skill| WantedSkill { skill, weight: 1.0 });
    let wanted = Wanted {
        skills: wanted.collect(),
        keywords: Vec::new(),
    };
    Inputs {
        posting: Some(PostingFacts {
            title: "Backend Intern".into(),
            company: company(random),
            places: vec!["Brennau, Germany".into()],
            countries: vec!["DE".into()],
            skills: wanted
                .skills
                .iter()
                .map(|one| one.skill.to_string())
                .collect(),
            ..PostingFacts::default()
        }),
        profile,
        evidence: evidence.into_iter().collect(),
        wanted,
    }
}

fn paragraphs(
    random: &mut Random,
    inputs: &Inputs,
    language: &'static str,
    skills: &[&str],
) -> Vec<Paragraph> {
    let work = random.pick(&inputs.profile.resume.work).clone();
    let at = inputs
        .profile
        .resume
        .work
        .iter()
        .position(|one| one.id == work.id)
        .unwrap_or(0);
    let school = &inputs.profile.resume.education[0];
    let marks = [
        ("E", work.name.clone()),
        ("W", work.position.clone()),
        ("A", in_words(work.start_date, language)),
        ("B", in_words(work.end_date, language)),
        ("S", skills[3 * at].to_owned()),
        ("L", school.institution.clone()),
        ("F", school.area.clone()),
        ("G", in_words(school.end_date, language)),
        ("Q", skills[12].to_owned()),
    ];
    let patterns = if language == "de" {
        LETTER_DE
    } else {
        LETTER_EN
    };
    let written = patterns.iter().enumerate().map(|(number, pattern)| {
        let words = pattern.split(' ').map(|word| {
            let bare = word.trim_end_matches(['.', ',']);
            let mark = marks.iter().find(|(mark, _)| *mark == bare);
            mark.map_or_else(
                || word.to_owned(),
                |(_, text)| format!("{text}{}", &word[bare.len()..]),
            )
        });
        Paragraph {
            id: None,
            key: number.to_string(),
            kind: DocumentKind::Letter,
            language: language.to_owned(),
            part: Part::Body,
            position: i32::try_from(number).unwrap_or(0),
            conditions: Vec::new(),
            text: words.collect::<Vec<_>>().join(" "),
            sources: Vec::new(),
            starter: false,
        }
    });
    written.collect()
}
