//! What the sources of a sentence hold: the numbers, dates, names, skills and degrees that it may state.

use std::collections::{BTreeMap, HashSet};

use resume::{EntryId, PartialDate};

use super::dates::{Role, Stated, dates};
use super::figures::{Figure, figures};
use super::lexicon::{Degree, lexicon};
use super::tokens::{addresses, blanked, fold, parts, tokens};
use crate::clock::Timestamp;
use crate::documents::entries::{EntryView, Section, basics, bullet, entries, wordings};
use crate::documents::model::{Cite, Given, PostingFacts};
use crate::profile::model::Profile;
use crate::skills::evidence::Evidence;
use crate::skills::{SkillId, Taxonomy, mentions};

/// Everything that sentences of a document may rest on.
pub struct Ground<'a> {
    /// The profile.
    pub profile: &'a Profile,
    /// The evidence.
    pub evidence: &'a [Evidence],
    /// The posting, if the document is for one.
    pub posting: Option<&'a PostingFacts>,
    /// What was given for the document.
    pub given: &'a Given,
    /// The texts of paragraphs by their key.
    pub paragraphs: &'a BTreeMap<String, String>,
    /// The language of the document, ISO 639-1.
    pub language: &'a str,
    /// Whether a word in lower case is an everyday one of the language; `None` where no dictionary is at hand.
    pub is_ordinary: Option<&'a (dyn Fn(&str) -> bool + Sync)>,
    /// The day on which something that goes on has lasted so long.
    pub today: Timestamp,
}

/// The ground with the profile's entries looked up once.
pub(super) struct Looked<'a> {
    pub ground: &'a Ground<'a>,
    pub entries: Vec<EntryView<'a>>,
    pub basics: Vec<(&'static str, String)>,
}

impl<'a> Looked<'a> {
    pub fn new(ground: &'a Ground<'a>) -> Self {
        Self {
            ground,
            entries: entries(&ground.profile.resume),
            basics: basics(&ground.profile.resume),
        }
    }

    /// The wordings that the person approved for what is cited: those of a bullet, or the fields of an entry.
    pub fn approved(&self, cites: &[Cite]) -> Vec<&str> {
        let mut found = Vec::new();
        for cite in cites {
            match cite {
                Cite::Entry(id) => match bullet(&self.entries, id) {
                    Some((_, bullet)) => found.extend(wordings(bullet)),
                    None => found.extend(
                        (self.entry(id).into_iter())
                            .flat_map(|entry| entry.fields.iter().map(|(_, text)| text.as_str())),
                    ),
                },
                Cite::Basics => found.extend(self.basics.iter().map(|(_, text)| text.as_str())),
                _ => {}
            }
        }
        found
    }

    /// An entry by its id.
    pub fn entry(&self, id: &EntryId) -> Option<&EntryView<'a>> {
        self.entries.iter().find(|entry| entry.id == id)
    }
}

/// What the cited sources hold together.
#[derive(Default)]
pub(super) struct Held {
    /// Every text, as it is.
    pub texts: Vec<String>,
    /// Every word, folded.
    pub words: HashSet<String>,
    /// Numbers.
    pub figures: Vec<Figure>,
    /// Dates in words.
    pub stated: Vec<Stated>,
    /// Dates as fields.
    pub known: Vec<(PartialDate, Role)>,
    /// Whether something of it goes on.
    pub goes_on: bool,
    /// Skills.
    pub skills: HashSet<SkillId>,
    /// Skills that the posting names; a sentence may speak of them, not claim them.
    pub asked: HashSet<SkillId>,
    /// Degrees.
    pub degrees: Vec<Degree>,
    /// Where was looked, for messages.
    pub looked_in: Vec<String>,
}

impl Held {
    /// What the cited fields hold: a summary is compared with the summary, not with the bullets beside it.
    pub fn of_fields(looked: &Looked, cites: &[Cite], field: &str) -> Self {
        let mut held = Self::default();
        for cite in cites {
            let entry = match cite {
                Cite::Entry(id) => looked
                    .entry(id)
                    .filter(|entry| entry.field(field).is_some()),
                _ => None,
            };
            let basics = looked
                .basics
                .iter()
                .filter(|(name, _)| *cite == Cite::Basics && *name == field);
            let basics: Vec<&str> = basics.map(|(_, text)| text.as_str()).collect();
            match entry {
                Some(entry) => {
                    let own = entry.field(field).into_iter().chain(entry.names());
                    own.for_each(|text| held.text(looked.ground, text));
                    held.looked_in
                        .push(format!("{} ({})", entry.id, entry.called()));
                }
                None if !basics.is_empty() => {
                    basics
                        .into_iter()
                        .for_each(|text| held.text(looked.ground, text));
                    held.looked_in.push(format!("your {field}"));
                }
                None => held.add(looked, cite),
            }
        }
        held
    }

    /// What `cites` hold.
    pub fn of(looked: &Looked, cites: &[Cite]) -> Self {
        let mut held = Self::default();
        for cite in cites {
            held.add(looked, cite);
        }
        held
    }

    fn add(&mut self, looked: &Looked, cite: &Cite) {
        let ground = looked.ground;
        match cite {
            Cite::Entry(id) => self.add_id(looked, id),
            Cite::Evidence(id) => {
                if let Some(evidence) = ground.evidence.iter().find(|one| one.id == *id) {
                    self.skills.insert(evidence.skill.clone());
                    self.text(ground, &evidence.statement);
                    self.looked_in.push(format!("evidence {id}"));
                }
            }
            Cite::Basics => {
                looked
                    .basics
                    .iter()
                    .for_each(|(_, text)| self.text(ground, text));
                self.looked_in
                    .push("your contact data and summary".to_owned());
            }
            Cite::Aims => self.aims(ground),
            Cite::Profile => self.profile(looked),
            Cite::Posting => self.posting(ground),
            Cite::Given => self.given(ground),
            // The words of a paragraph are no facts; `check` compares them by themselves.
            Cite::Paragraph(_) => {}
        }
    }

    /// The whole profile but the names of its entries: a sentence that names one cites it.
    fn profile(&mut self, looked: &Looked) {
        let ground = looked.ground;
        for entry in &looked.entries {
            let names = ["name", "organization", "institution", "awarder", "issuer"];
            let is_skill = entry.section == Section::Skills;
            let told = entry
                .fields
                .iter()
                .filter(|(name, _)| is_skill || !names.contains(name));
            told.for_each(|(_, text)| self.text(ground, text));
            let lists = entry.lists.iter().flat_map(|(_, list)| list.iter());
            lists.for_each(|text| self.text(ground, text));
            entry
                .bullets
                .iter()
                .flat_map(wordings)
                .for_each(|text| self.text(ground, text));
            self.times_and_skills(ground, entry);
        }
        looked
            .basics
            .iter()
            .for_each(|(_, text)| self.text(ground, text));
        self.skills
            .extend(ground.evidence.iter().map(|one| one.skill.clone()));
        self.aims(ground);
        self.looked_in.push("your whole profile".to_owned());
    }

    fn add_id(&mut self, looked: &Looked, id: &EntryId) {
        let ground = looked.ground;
        if let Some((entry, bullet)) = bullet(&looked.entries, id) {
            wordings(bullet).for_each(|text| self.text(ground, text));
            entry.names().for_each(|text| self.text(ground, text));
            self.looked_in.push(format!("{id} ({})", entry.called()));
        } else if let Some(entry) = looked.entry(id) {
            self.entry(ground, entry);
            self.looked_in.push(format!("{id} ({})", entry.called()));
        } else {
            self.looked_in
                .push(format!("{id}, which is not in your profile"));
        }
    }

    fn entry(&mut self, ground: &Ground, entry: &EntryView) {
        entry.texts().for_each(|text| self.text(ground, text));
        self.times_and_skills(ground, entry);
    }

    /// What an entry holds beside its texts: its dates, how long it lasted, skills by evidence and by name.
    fn times_and_skills(&mut self, ground: &Ground, entry: &EntryView) {
        let is_one_day = entry.start.is_none();
        let end = if is_one_day { Role::Any } else { Role::End };
        self.known
            .extend(entry.start.map(|date| (date, Role::Start)));
        self.known.extend(entry.end.map(|date| (date, end)));
        self.goes_on |= entry.goes_on();
        self.duration(entry.start, entry.end, ground.today);
        let of_entry = |one: &&Evidence| one.entry.as_deref() == Some(entry.id.0.as_str());
        let proven = ground.evidence.iter().filter(of_entry);
        self.skills.extend(proven.map(|one| one.skill.clone()));
        if entry.section == Section::Skills {
            let names = entry
                .texts()
                .flat_map(|name| Taxonomy::bundled().by_alias(name));
            self.skills.extend(names.map(|skill| skill.id.clone()));
        }
    }

    /// How long something lasted is a number that its dates hold.
    fn duration(&mut self, start: Option<PartialDate>, end: Option<PartialDate>, today: Timestamp) {
        let Some(start) = start else { return };
        let Some(end) = end.or_else(|| today.date_string().parse().ok()) else {
            return;
        };
        let years = i64::from(end.year()) - i64::from(start.year());
        let (Some(first), Some(last)) = (start.month(), end.month()) else {
            self.figures.push(Figure::of(years, "year"));
            return;
        };
        let months = years * 12 + i64::from(last) - i64::from(first);
        // From June to August is two months by the calendar and three that were worked in.
        for months in [months, months + 1] {
            self.figures.push(Figure::of(months, "month"));
            if months >= 12 {
                self.figures.push(Figure::of(months / 12, "year"));
            }
        }
    }

    fn aims(&mut self, ground: &Ground) {
        let aims = &ground.profile.aims;
        aims.targets.iter().for_each(|text| self.text(ground, text));
        self.known
            .extend(aims.available_from.map(|date| (date, Role::Start)));
        self.known
            .extend(aims.available_until.map(|date| (date, Role::End)));
        self.known
            .extend(aims.graduation.map(|date| (date, Role::Any)));
        let hours = aims
            .hours_per_week
            .map(|hours| Figure::of(hours.into(), "hour"));
        let years = aims
            .years_of_work
            .map(|years| Figure::of(years.into(), "year"));
        self.figures.extend(hours.into_iter().chain(years));
        if let Some(degree) = aims.degree {
            let level = degree as u8 + 1;
            self.degrees.push(Degree {
                level,
                field: String::new(),
            });
        }
        self.duration(aims.available_from, aims.available_until, ground.today);
        self.looked_in.push("what you look for".to_owned());
    }

    fn posting(&mut self, ground: &Ground) {
        let Some(posting) = ground.posting else {
            return;
        };
        let (skills, asked) = (self.skills.clone(), self.asked.clone());
        for text in [&posting.title, &posting.company, &posting.department] {
            self.text(ground, text);
        }
        posting
            .places
            .iter()
            .for_each(|text| self.text(ground, text));
        // What the posting names is asked for, not held.
        let named = self.skills.difference(&skills).cloned().collect::<Vec<_>>();
        (self.skills, self.asked) = (skills, asked);
        self.asked.extend(named);
        self.asked.extend(
            posting
                .skills
                .iter()
                .filter_map(|id| SkillId::parse(id).ok()),
        );
        self.looked_in.push("the posting".to_owned());
    }

    fn given(&mut self, ground: &Ground) {
        let given = ground.given;
        for text in [&given.contact, &given.contact_title, &given.topic] {
            self.text(ground, text);
        }
        let days = [&given.day, &given.date].map(|day| day.parse().ok());
        self.known
            .extend(days.into_iter().flatten().map(|day| (day, Role::Any)));
        self.looked_in
            .push("what you gave for this document".to_owned());
    }

    /// Takes in a text with all that it states.
    pub fn text(&mut self, ground: &Ground, text: &str) {
        if text.trim().is_empty() {
            return;
        }
        let bare = blanked(text, &addresses(text));
        for token in tokens(text) {
            let folded = fold(&token.text);
            self.words.extend(parts(&folded).map(str::to_owned));
            self.words.insert(folded);
        }
        let stated = dates(&bare);
        let spans: Vec<(usize, usize)> = stated.iter().map(|date| (date.start, date.end)).collect();
        self.figures
            .extend(figures(&blanked(&bare, &spans), &[ground.language, "en"]));
        // "2000 users" reads as a year too.
        let years = stated.iter().filter(|date| date.months.is_empty());
        let years = years.filter_map(|date| Some(Figure::of(date.year?.into(), "")));
        self.figures.extend(years);
        self.stated.extend(stated);
        self.skills.extend(skills_of(text));
        self.degrees
            .extend(degrees(text).into_iter().map(|(_, _, degree)| degree));
        self.texts.push(text.to_owned());
    }
}

/// The skills that a text says somebody has: those that it denies are none.
fn skills_of(text: &str) -> Vec<SkillId> {
    let words = tokens(text);
    let denied = |start: usize| {
        let before: Vec<&super::tokens::Token> =
            words.iter().filter(|word| word.end <= start).collect();
        let near = before.iter().rev().take(4);
        near.into_iter()
            .any(|word| lexicon().has("negations", &word.text.to_lowercase()))
    };
    let found = mentions(Taxonomy::bundled(), text).into_iter();
    found
        .filter(|span| !denied(span.start))
        .map(|span| span.skill)
        .collect()
}

/// The degrees that a text names, with where.
pub(super) fn degrees(text: &str) -> Vec<(usize, usize, Degree)> {
    let all = tokens(text);
    let mut found: Vec<(usize, usize, Degree)> = Vec::new();
    for (at, token) in all.iter().enumerate() {
        let Some(mut degree) = degree_of(&token.text) else {
            continue;
        };
        let mut end = token.end;
        // "Bachelor of Science": the field stands in the words behind.
        if degree.field.is_empty()
            && let [of, field, ..] = &all[at + 1..]
            && ["of", "in"].contains(&of.text.as_str())
            && let Some(named) = field_of(&field.text)
        {
            degree.field = named.to_owned();
            end = field.end;
        }
        found.push((token.start, end, degree));
    }
    found
}

fn field_of(word: &str) -> Option<&'static str> {
    Some(match word.to_lowercase().as_str() {
        "science" => "science",
        "arts" => "arts",
        "engineering" => "engineering",
        "business" => "business",
        "technology" => "technology",
        "philosophy" => "philosophy",
        _ => return None,
    })
}

fn degree_of(word: &str) -> Option<Degree> {
    let words = lexicon();
    let large = word.chars().next().is_some_and(char::is_uppercase);
    let lower: String = word.replace('’', "'").to_lowercase();
    let known = words
        .degrees
        .get(&lower)
        .or_else(|| words.degrees.get(&fold(word)));
    let short = fold(word);
    if words.has("large_degrees", &short)
        && (!large || short.len() == 2 && word != word.to_uppercase())
        && !lower.ends_with("'s")
    {
        return None;
    }
    if known.is_some() {
        return known.cloned();
    }
    // German writes "Masterarbeit" and "Bachelorstudium" in one word.
    let compound = ["bachelor", "master", "doktor"].into_iter().find(|stem| {
        lower
            .strip_prefix(stem)
            .is_some_and(|rest| rest.trim_start_matches('-').len() > 3)
    });
    let compound = compound
        .filter(|_| large && !lower.starts_with("masterm") && !lower.starts_with("masterc"))?;
    words.degrees.get(compound).cloned()
}
