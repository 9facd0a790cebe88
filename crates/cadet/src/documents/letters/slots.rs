//! What fills the slots of a paragraph, each with the sources that hold it.

use std::collections::BTreeMap;

use resume::PartialDate;

use super::LetterAsk;
use crate::documents::entries::{EntryView, Section, entries};
use crate::documents::model::Cite;
use crate::skills::evidence::Evidence;
use crate::skills::{Skill, SkillId, Taxonomy, mentions};

/// Every slot with what fills it, as the editor of paragraphs tells them.
pub const SLOTS: [(&str, &str); 24] = [
    ("company", "the company of the posting"),
    ("title", "the title of the posting"),
    ("place", "the first place of the posting"),
    ("department", "the department of the posting"),
    ("contact.name", "the name of whom you write to"),
    ("contact.title", "their role"),
    (
        "day",
        "the day of the conversation or application that you give",
    ),
    ("topic", "what the conversation was about, as you give it"),
    ("date", "the day of the document"),
    ("skill.best", "the skill asked for that you can show best"),
    ("skills.best", "up to three such skills"),
    (
        "bullet.best",
        "the bullet that says the most to the posting",
    ),
    ("bullet.second", "the bullet after it"),
    ("employer.recent", "your present or last employer"),
    ("position.recent", "your title there"),
    (
        "project.best",
        "the project that says the most to the posting",
    ),
    ("school", "your present or last school"),
    ("area", "your subject there"),
    ("degree", "your degree there"),
    ("graduation", "the month in which you graduate"),
    ("available.from", "the first day at work that suits you"),
    ("available.until", "the last one"),
    ("name", "your name"),
    ("city", "where you live"),
];

/// A value with what holds it.
type Filled = (String, Vec<Cite>);

/// The values of all slots that something fills.
#[derive(Clone, Debug, Default)]
pub struct Slots {
    values: BTreeMap<&'static str, Filled>,
}

const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const MONTHS_DE: [&str; 12] = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
];

/// A date in the words of a language; as in ISO 8601 for those that are not known here.
#[must_use]
pub fn date_in_words(date: PartialDate, language: &str) -> String {
    let names = match language {
        "en" => MONTHS_EN,
        "de" => MONTHS_DE,
        _ => return date.to_string(),
    };
    let month = date
        .month()
        .and_then(|month| names.get(usize::try_from(month - 1).ok()?));
    match (date.day(), month) {
        (Some(day), Some(month)) if language == "de" => format!("{day}. {month} {}", date.year()),
        (Some(day), Some(month)) => format!("{day} {month} {}", date.year()),
        (None, Some(month)) => format!("{month} {}", date.year()),
        _ => date.year().to_string(),
    }
}

impl Slots {
    /// What fills the slots of a letter.
    #[must_use]
    pub fn of(ask: &LetterAsk) -> Self {
        let mut slots = Self::default();
        slots.posting(ask);
        slots.given(ask);
        slots.profile(ask);
        slots.skills(ask);
        slots.bullets(ask);
        slots
    }

    /// The value of a slot.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Filled> {
        self.values.get(name)
    }

    fn set(&mut self, name: &'static str, value: &str, cites: Vec<Cite>) {
        let value = value.trim();
        if !value.is_empty() {
            self.values.insert(name, (value.to_owned(), cites));
        }
    }

    fn posting(&mut self, ask: &LetterAsk) {
        let Some(posting) = ask.posting else { return };
        let cite = || vec![Cite::Posting];
        self.set("company", &posting.company, cite());
        self.set("title", &posting.title, cite());
        self.set(
            "place",
            posting.places.first().map_or("", String::as_str),
            cite(),
        );
        self.set("department", &posting.department, cite());
    }

    fn given(&mut self, ask: &LetterAsk) {
        let given = ask.given;
        let cite = || vec![Cite::Given];
        self.set("contact.name", &given.contact, cite());
        self.set("contact.title", &given.contact_title, cite());
        self.set("topic", &given.topic, cite());
        for (name, day) in [("day", &given.day), ("date", &given.date)] {
            if let Ok(day) = day.parse() {
                self.set(name, &date_in_words(day, ask.language), cite());
            }
        }
    }

    fn profile(&mut self, ask: &LetterAsk) {
        let resume = &ask.profile.resume;
        self.set("name", &resume.basics.name, vec![Cite::Basics]);
        self.set("city", &resume.basics.location.city, vec![Cite::Basics]);
        let all = entries(resume);
        if let Some(work) = latest(&all, Section::Work) {
            let cite = || vec![Cite::Entry(work.id.clone())];
            self.set("employer.recent", work.field("name").unwrap_or(""), cite());
            self.set(
                "position.recent",
                work.field("position").unwrap_or(""),
                cite(),
            );
        }
        let school = latest(&all, Section::Education);
        if let Some(school) = school {
            let cite = || vec![Cite::Entry(school.id.clone())];
            self.set("school", school.field("institution").unwrap_or(""), cite());
            self.set("area", school.field("area").unwrap_or(""), cite());
            self.set("degree", school.field("studyType").unwrap_or(""), cite());
        }
        let aims = &ask.profile.aims;
        let graduation = aims.graduation.map(|date| (date, Cite::Aims));
        let graduation = graduation.or_else(|| {
            let school = school?;
            Some((school.end?, Cite::Entry(school.id.clone())))
        });
        let dates = [
            ("graduation", graduation),
            (
                "available.from",
                aims.available_from.map(|date| (date, Cite::Aims)),
            ),
            (
                "available.until",
                aims.available_until.map(|date| (date, Cite::Aims)),
            ),
        ];
        for (name, date) in dates {
            if let Some((date, cite)) = date {
                self.set(name, &date_in_words(date, ask.language), vec![cite]);
            }
        }
    }

    /// The asked skills that the person can show: proven ones before claimed ones, within that as they are asked for.
    fn skills(&mut self, ask: &LetterAsk) {
        let all = entries(&ask.profile.resume);
        let mut shown: Vec<(f32, &Skill, Vec<Cite>)> = Vec::new();
        for wanted in &ask.wanted.skills {
            let Some(skill) = Taxonomy::bundled().get(&wanted.skill) else {
                continue;
            };
            let cites = backing(&wanted.skill, &all, ask.evidence);
            let proof = ask.evidence.iter().filter(|one| one.skill == wanted.skill);
            let strength = proof.map(|one| one.strength).fold(0.0, f32::max);
            if !cites.is_empty() && skill.kind.is_technology() {
                shown.push((wanted.weight * (0.5 + strength), skill, cites));
            }
        }
        shown.sort_by(|a, b| b.0.total_cmp(&a.0));
        if let Some((_, skill, cites)) = shown.first() {
            self.set("skill.best", &skill.name, cites.clone());
        }
        let names: Vec<&str> = shown
            .iter()
            .take(3)
            .map(|(_, skill, _)| skill.name.as_str())
            .collect();
        let cites = shown
            .iter()
            .take(3)
            .flat_map(|(_, _, cites)| cites.clone())
            .collect();
        let and = if ask.language == "de" { "und" } else { "and" };
        let listed = match names.as_slice() {
            [] => return,
            [one] => (*one).to_owned(),
            [inner @ .., last] => format!("{} {and} {last}", inner.join(", ")),
        };
        if names.len() == 1 || ["en", "de"].contains(&ask.language) {
            self.set("skills.best", &listed, cites);
        }
    }

    fn bullets(&mut self, ask: &LetterAsk) {
        let bullets = ask.best.iter().filter(|choice| choice.id != choice.entry);
        for (name, choice) in ["bullet.best", "bullet.second"].into_iter().zip(bullets) {
            self.set(name, &choice.text, vec![Cite::Entry(choice.id.clone())]);
        }
        let all = entries(&ask.profile.resume);
        let project = |choice: &&crate::documents::tailor::Choice| {
            all.iter()
                .any(|entry| *entry.id == choice.id && entry.section == Section::Projects)
        };
        if let Some(choice) = ask.best.iter().find(project) {
            self.set(
                "project.best",
                &choice.text,
                vec![Cite::Entry(choice.id.clone())],
            );
        }
    }
}

/// What goes on, else what ended last.
fn latest<'v, 'a>(all: &'v [EntryView<'a>], section: Section) -> Option<&'v EntryView<'a>> {
    let of_section = all.iter().filter(|entry| entry.section == section);
    // The last of equals would win; the person's first should.
    of_section
        .rev()
        .max_by_key(|entry| (entry.goes_on(), entry.end, entry.start))
}

/// Evidence and entries that hold a skill: the strongest evidence first.
fn backing(skill: &SkillId, all: &[EntryView], evidence: &[Evidence]) -> Vec<Cite> {
    let mut proofs: Vec<&Evidence> = evidence.iter().filter(|one| one.skill == *skill).collect();
    proofs.sort_by(|a, b| b.strength.total_cmp(&a.strength));
    let mut cites: Vec<Cite> = proofs
        .iter()
        .take(1)
        .map(|one| Cite::Evidence(one.id))
        .collect();
    let taxonomy = Taxonomy::bundled();
    let named = |text: &str| {
        let whole = taxonomy.by_alias(text.trim());
        whole.iter().any(|one| one.id == *skill)
            || mentions(taxonomy, text)
                .iter()
                .any(|span| span.skill == *skill)
    };
    let holds = |entry: &&EntryView| entry.texts().any(named);
    cites.extend(
        all.iter()
            .filter(holds)
            .take(2)
            .map(|entry| Cite::Entry(entry.id.clone())),
    );
    cites
}
