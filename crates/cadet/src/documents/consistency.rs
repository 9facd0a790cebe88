//! What a document should be looked over for: dates, tense, length, repetition, contact data. Told with the place and a
//! suggestion, and never in the way of anything. Pure.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::entries::{EntryView, Section, entries};
use super::model::Content;
use super::tailor::Length;
use crate::clock::Timestamp;

/// What a note is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum NoteMatter {
    /// A word that the dictionary does not have.
    Spelling,
    /// Grammar, punctuation, a confused word.
    Grammar,
    /// Dates that cannot be or do not fit each other.
    Dates,
    /// The tense does not fit the dates.
    Tense,
    /// The length.
    Length,
    /// The same again.
    Repetition,
    /// Contact data that is missing.
    Contact,
    /// What was not checked.
    NotChecked,
}

/// One note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Note {
    /// Where: the place of a sentence, or empty for the whole.
    pub place: String,
    /// The sentence; may be empty.
    pub text: String,
    /// Byte offset of the first byte that it is about, in the sentence.
    pub start: usize,
    /// Byte offset behind the last.
    pub end: usize,
    /// What it is about.
    pub matter: NoteMatter,
    /// What is wrong.
    pub message: String,
    /// What could stand there instead.
    pub suggestions: Vec<String>,
}

impl Note {
    fn whole(matter: NoteMatter, place: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            place: place.into(),
            text: String::new(),
            start: 0,
            end: 0,
            matter,
            message: message.into(),
            suggestions: Vec::new(),
        }
    }
}

/// Verbs that begin bullets, in their base form and in the past.
const VERBS: &[(&str, &str)] = &[
    ("build", "built"),
    ("write", "wrote"),
    ("lead", "led"),
    ("run", "ran"),
    ("teach", "taught"),
    ("make", "made"),
    ("take", "took"),
    ("give", "gave"),
    ("hold", "held"),
    ("keep", "kept"),
    ("cut", "cut"),
    ("set", "set"),
    ("find", "found"),
    ("bring", "brought"),
    ("speed", "sped"),
    ("develop", "developed"),
    ("design", "designed"),
    ("implement", "implemented"),
    ("create", "created"),
    ("maintain", "maintained"),
    ("manage", "managed"),
    ("test", "tested"),
    ("automate", "automated"),
    ("deploy", "deployed"),
    ("migrate", "migrated"),
    ("improve", "improved"),
    ("reduce", "reduced"),
    ("increase", "increased"),
    ("refactor", "refactored"),
    ("review", "reviewed"),
    ("support", "supported"),
    ("document", "documented"),
    ("mentor", "mentored"),
    ("organise", "organised"),
    ("organize", "organized"),
    ("analyse", "analysed"),
    ("analyze", "analyzed"),
    ("optimise", "optimised"),
    ("optimize", "optimized"),
    ("integrate", "integrated"),
    ("monitor", "monitored"),
    ("fix", "fixed"),
    ("ship", "shipped"),
    ("deliver", "delivered"),
    ("assist", "assisted"),
    ("help", "helped"),
    ("work", "worked"),
    ("use", "used"),
    ("configure", "configured"),
    ("introduce", "introduced"),
    ("replace", "replaced"),
    ("investigate", "investigated"),
    ("collaborate", "collaborated"),
    ("train", "trained"),
];

/// How often bullets may begin with the same word.
const SAME_BEGINNING: usize = 2;

/// All notes on a document. `length`: of a resume.
#[must_use]
pub fn notes(content: &Content, length: Option<Length>, today: Timestamp) -> Vec<Note> {
    let mut notes = contact(content);
    if content.letter.is_some() {
        notes.extend(letter_length(content));
        return notes;
    }
    let all = entries(&content.resume);
    notes.extend(length.and_then(too_long));
    notes.extend(dates(&all, today));
    if content.language == "en" {
        notes.extend(tenses(&all, today));
        notes.extend(beginnings(&all));
    }
    notes.extend(full_stops(&all));
    notes
}

fn contact(content: &Content) -> Vec<Note> {
    let basics = &content.resume.basics;
    let missing = [
        (
            "name",
            "Your name is missing.",
            basics.name.trim().is_empty(),
        ),
        (
            "email",
            "Your mail address is missing, so nobody can answer.",
            basics.email.trim().is_empty(),
        ),
        (
            "email",
            "The mail address has no @.",
            !basics.email.trim().is_empty() && !basics.email.contains('@'),
        ),
        (
            "phone",
            "There is no telephone number. Some companies call first.",
            basics.phone.trim().is_empty(),
        ),
    ];
    missing
        .into_iter()
        .filter(|(_, _, is_missing)| *is_missing)
        .map(|(field, message, _)| {
            Note::whole(NoteMatter::Contact, format!("basics/{field}"), message)
        })
        .collect()
}

fn too_long(length: Length) -> Option<Note> {
    (length.lines > length.most).then(|| {
        let message = format!(
            "It takes about {} lines, and {} fit on the pages that you aim at. Leave something out, or aim at one page more.",
            length.lines, length.most
        );
        Note::whole(NoteMatter::Length, "", message)
    })
}

fn letter_length(content: &Content) -> Option<Note> {
    let letter = content.letter.as_ref()?;
    let words: usize = letter
        .paragraphs
        .iter()
        .map(|text| text.split_whitespace().count())
        .sum();
    (words > 400).then(|| {
        Note::whole(
            NoteMatter::Length,
            "",
            format!("The letter has {words} words. Most are read whole up to about 300."),
        )
    })
}

fn dates(all: &[EntryView], today: Timestamp) -> Vec<Note> {
    let now = jiff::tz::TimeZone::UTC.to_datetime(today.to_jiff()).date();
    let mut notes = Vec::new();
    let mut tell = |entry: &EntryView, field: &str, message: String| {
        notes.push(Note::whole(
            NoteMatter::Dates,
            format!("{}/{field}", entry.id),
            message,
        ));
    };
    for entry in all {
        let called = entry.called();
        if let (Some(start), Some(end)) = (entry.start, entry.end)
            && end.first_day() < start.first_day()
            && end.year()
                < start.year() + i16::from(end.month().is_some() && start.month().is_some())
        {
            tell(
                entry,
                "endDate",
                format!("\"{called}\" ends ({end}) before it begins ({start})."),
            );
        }
        let worked = matches!(entry.section, Section::Work | Section::Volunteer);
        if let Some(start) = entry
            .start
            .filter(|start| worked && start.first_day() > now)
        {
            tell(
                entry,
                "startDate",
                format!("\"{called}\" begins in the future ({start})."),
            );
        }
        if let Some(end) = entry.end.filter(|end| worked && end.first_day() > now) {
            tell(
                entry,
                "endDate",
                format!(
                    "\"{called}\" ends in the future ({end}). Leave the end out while it goes on."
                ),
            );
        }
        if worked && entry.start.is_none() {
            tell(
                entry,
                "startDate",
                format!("\"{called}\" has no first date."),
            );
        }
    }
    let with_dates = all.iter().filter_map(|entry| entry.start);
    let (months, years): (Vec<_>, Vec<_>) = with_dates.partition(|date| date.month().is_some());
    if !months.is_empty() && !years.is_empty() {
        let message = "Some entries give months and some only years. Programs that read resumes do better with months everywhere.";
        notes.push(Note::whole(NoteMatter::Dates, "", message));
    }
    notes
}

/// The first word of a text in lower case, and where it ends.
fn first_word(text: &str) -> (String, usize) {
    let end = text
        .find(|c: char| !c.is_alphabetic())
        .unwrap_or(text.len());
    (text[..end].to_lowercase(), end)
}

/// What has ended is told in the past, what goes on in the present.
fn tenses(all: &[EntryView], today: Timestamp) -> Vec<Note> {
    let now = jiff::tz::TimeZone::UTC.to_datetime(today.to_jiff()).date();
    let mut notes = Vec::new();
    for entry in all {
        let ended = entry.end.is_some_and(|end| end.first_day() <= now);
        if !ended && !entry.goes_on() {
            continue;
        }
        for bullet in entry.bullets {
            let (word, end) = first_word(&bullet.text);
            let base = VERBS.iter().find(|(base, past)| {
                base != past && (*base == word || format!("{base}s") == word || ing(base) == word)
            });
            let past = VERBS
                .iter()
                .find(|(base, past)| base != past && *past == word);
            let (message, instead) = match (base, past) {
                (Some((_, past)), _) if ended => {
                    ("This has ended, so it is told in the past.", *past)
                }
                (_, Some((base, _))) if entry.goes_on() => (
                    "This goes on. What you still do is told in the present; what is done may stay in the past.",
                    *base,
                ),
                _ => continue,
            };
            notes.push(Note {
                place: format!("{}/{}", entry.id, bullet.id),
                text: bullet.text.clone(),
                start: 0,
                end,
                matter: NoteMatter::Tense,
                message: message.to_owned(),
                suggestions: vec![as_large_as(&bullet.text, instead)],
            });
        }
    }
    notes
}

fn ing(base: &str) -> String {
    match base.strip_suffix('e') {
        Some(stem) => format!("{stem}ing"),
        None => format!("{base}ing"),
    }
}

fn as_large_as(text: &str, word: &str) -> String {
    let large = text.chars().next().is_some_and(char::is_uppercase);
    let mut chars = word.chars();
    match chars.next() {
        Some(first) if large => first.to_uppercase().chain(chars).collect(),
        _ => word.to_owned(),
    }
}

fn beginnings(all: &[EntryView]) -> Vec<Note> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for bullet in all.iter().flat_map(|entry| entry.bullets) {
        *counts.entry(first_word(&bullet.text).0).or_default() += 1;
    }
    let often = counts
        .into_iter()
        .filter(|(word, count)| word.len() > 2 && *count > SAME_BEGINNING);
    often
        .map(|(word, count)| {
            Note::whole(
                NoteMatter::Repetition,
                "",
                format!(
                    "{count} bullets begin with \"{word}\". Another verb now and then reads better."
                ),
            )
        })
        .collect()
}

fn full_stops(all: &[EntryView]) -> Option<Note> {
    let bullets = all.iter().flat_map(|entry| entry.bullets);
    let (with, without): (Vec<_>, Vec<_>) =
        bullets.partition(|bullet| bullet.text.trim_end().ends_with('.'));
    (!with.is_empty() && !without.is_empty()).then(|| {
        let message = format!(
            "{} bullets end with a full stop and {} do not.",
            with.len(),
            without.len()
        );
        Note::whole(NoteMatter::Repetition, "", message)
    })
}
