//! Composing: which paragraphs, with what in their slots, and what each sentence states.

use super::slots::date_in_words;
use super::{Composed, Letter, LetterAsk, Paragraph, Part, Slots};
use crate::documents::entries::{EntryView, Section, entries};
use crate::documents::model::{Cite, Form, Sentence};

/// Abbreviations after which a full stop ends no sentence.
const ABBREVIATIONS: [&str; 18] = [
    "e.g.", "i.e.", "etc.", "mr.", "mrs.", "ms.", "dr.", "prof.", "st.", "no.", "vs.", "z.b.",
    "d.h.", "bzw.", "ca.", "inkl.", "evtl.", "nr.",
];

/// Makes a letter.
#[must_use]
pub fn compose(ask: &LetterAsk) -> Composed {
    let slots = Slots::of(ask);
    let mut composing = Composing {
        ask,
        slots: &slots,
        out: Composed::default(),
    };
    composing.out.letter = envelope(ask, &slots);
    composing.out.letter.subject = composing.line(Part::Subject);
    composing.out.letter.salutation = composing.line(Part::Salutation);
    composing.body();
    composing.out.letter.closing = composing.line(Part::Closing);
    composing.remark_starters();
    composing.out
}

/// What stands around the words.
fn envelope(ask: &LetterAsk, slots: &Slots) -> Letter {
    let basics = &ask.profile.resume.basics;
    let place = &basics.location;
    let town = [place.postal_code.as_str(), place.city.as_str()].join(" ");
    let filled = |lines: Vec<&str>| -> Vec<String> {
        let lines = lines
            .into_iter()
            .map(str::trim)
            .filter(|line| !line.is_empty());
        lines.map(str::to_owned).collect()
    };
    let company = ask.posting.map_or("", |posting| posting.company.as_str());
    let where_to = ask
        .posting
        .and_then(|posting| posting.places.first())
        .map_or("", String::as_str);
    let date = ask
        .given
        .date
        .parse()
        .map(|date| date_in_words(date, ask.language));
    Letter {
        sender: filled(vec![
            &basics.name,
            &place.address,
            &town,
            &basics.email,
            &basics.phone,
            &basics.url,
        ]),
        recipient: filled(vec![
            &ask.given.contact,
            &ask.given.contact_title,
            company,
            where_to,
        ]),
        date: date.unwrap_or_default(),
        signature: slots
            .get("name")
            .map(|(name, _)| name.clone())
            .unwrap_or_default(),
        ..Letter::default()
    }
}

struct Composing<'a> {
    ask: &'a LetterAsk<'a>,
    slots: &'a Slots,
    out: Composed,
}

/// A sentence with its slots filled, or why it cannot be.
enum Filling {
    Filled(String, Vec<Cite>),
    Empty(String),
    Placeholder(String),
}

impl Composing<'_> {
    /// The first paragraph of a part that fits and whose slots can be filled.
    fn line(&mut self, part: Part) -> String {
        for paragraph in self.of_part(part) {
            let made = self.sentences(&paragraph, &format!("letter/{}", part.name()), false);
            if let Some(text) = made {
                return text;
            }
        }
        String::new()
    }

    fn body(&mut self) {
        let mut number = 0;
        for paragraph in self.of_part(Part::Body) {
            number += 1;
            if let Some(text) = self.sentences(&paragraph, &format!("letter/{number}"), true) {
                self.out.letter.paragraphs.push(text);
            }
        }
        if self.out.letter.paragraphs.is_empty() {
            self.out.remarks.push(
                "No paragraph of the body fits. Write one under Documents, Paragraphs.".to_owned(),
            );
        }
    }

    /// Paragraphs of a part that fit, in order; for the body, those that do not fit are told.
    fn of_part(&mut self, part: Part) -> Vec<Paragraph> {
        let ask = self.ask;
        let mut all: Vec<&Paragraph> = ask
            .paragraphs
            .iter()
            .filter(|one| one.part == part && one.kind == ask.kind && one.language == ask.language)
            .collect();
        all.sort_by_key(|one| (one.position, one.id));
        let mut fitting = Vec::new();
        for paragraph in all {
            match paragraph.conditions.iter().find(|one| !one.holds(ask)) {
                None => fitting.push(paragraph.clone()),
                Some(condition) if part == Part::Body => {
                    let begin = beginning(&paragraph.text);
                    self.out.remarks.push(format!(
                        "The paragraph \"{begin}\" is left out: it is for when {}.",
                        condition.words()
                    ));
                }
                Some(_) => {}
            }
        }
        fitting
    }

    /// The sentences of a paragraph with their sources; none when nothing is left of it.
    fn sentences(&mut self, paragraph: &Paragraph, place: &str, tells: bool) -> Option<String> {
        let (mut texts, mut made) = (Vec::new(), Vec::new());
        for (at, sentence) in sentences_of(&paragraph.text).into_iter().enumerate() {
            match fill(sentence, self.slots) {
                Filling::Filled(text, cites) => {
                    texts.push(text.clone());
                    let place = if tells { format!("{place}/{}", at + 1) } else { place.to_owned() };
                    made.push((place, text, cites));
                }
                Filling::Empty(slot) if tells => self.out.remarks.push(format!(
                    "Nothing fills {{{slot}}}, so this sentence is left out: \"{}\"", beginning(sentence)
                )),
                Filling::Placeholder(what) if tells => self.out.remarks.push(format!(
                    "A starter was not adapted, so its sentence is left out. Write in its place: {what}"
                )),
                Filling::Empty(_) | Filling::Placeholder(_) => return None,
            }
        }
        if texts.is_empty() {
            return None;
        }
        self.out
            .paragraphs
            .insert(paragraph.key.clone(), paragraph.text.clone());
        // What a sentence does not name itself, the paragraph around it may have named.
        let named: Vec<Cite> = made
            .iter()
            .flat_map(|(_, text, _)| self.named(text))
            .collect();
        for (place, text, cites) in made {
            let cites = self.cites(paragraph, &text, cites, &named);
            self.out.sentences.push(Sentence {
                place,
                text,
                form: Form::Prose,
                cites,
            });
        }
        Some(texts.join(" "))
    }

    /// What a sentence states: what filled its slots, the entries that it names, those that the paragraph says it speaks of.
    fn cites(
        &self,
        paragraph: &Paragraph,
        text: &str,
        filled: Vec<Cite>,
        around: &[Cite],
    ) -> Vec<Cite> {
        let mut cites = filled;
        let own = self.named(text);
        let holds = |cites: &[Cite]| {
            cites
                .iter()
                .any(|cite| matches!(cite, Cite::Entry(_) | Cite::Evidence(_)))
        };
        let sources = paragraph.sources.iter().map(|id| Cite::Entry(id.clone()));
        cites.extend(own.into_iter().chain(sources));
        if !holds(&cites) {
            cites.extend(around.iter().cloned());
        }
        if !holds(&cites) {
            cites.push(Cite::Profile);
        }
        // The person may have written the company's name or a skill that it asks for by themselves.
        cites.extend(self.ask.posting.map(|_| Cite::Posting));
        cites.push(Cite::Paragraph(paragraph.key.clone()));
        let mut seen = std::collections::HashSet::new();
        cites.retain(|cite| seen.insert(cite.clone()));
        cites
    }

    /// Entries that the text names: by their whole name, or by its first word written as it is there.
    fn named(&self, text: &str) -> Vec<Cite> {
        let lower = text.to_lowercase();
        let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).collect();
        let all = entries(&self.ask.profile.resume);
        let is_named = |name: &str| {
            let first = name.split_whitespace().next().unwrap_or("");
            let whole = name.chars().count() > 2 && lower.contains(&name.to_lowercase());
            let large = first.chars().next().is_some_and(char::is_uppercase);
            whole || (large && first.chars().count() > 3 && words.contains(&first))
        };
        let fields = ["name", "organization", "institution"];
        let names = |entry: &EntryView| {
            entry.section != Section::Skills
                && fields
                    .iter()
                    .filter_map(|field| entry.field(field))
                    .any(is_named)
        };
        let found = all.iter().filter(|entry| names(entry));
        found.map(|entry| Cite::Entry(entry.id.clone())).collect()
    }

    fn remark_starters(&mut self) {
        let used = &self.out.paragraphs;
        let raw = self
            .ask
            .paragraphs
            .iter()
            .filter(|one| one.starter && used.contains_key(&one.key))
            .count();
        if raw > 0 {
            self.out.remarks.push(format!(
                "{raw} paragraphs are starters as they came with Cadet. Adapt them under Documents, Paragraphs, so that they are your own words."
            ));
        }
    }
}

fn beginning(text: &str) -> String {
    let short: String = text.chars().take(60).collect();
    if short.len() < text.len() {
        format!("{}...", short.trim_end())
    } else {
        short
    }
}

/// The sentences of a text. Slots are filled later, so that a dot in a value ends none.
#[must_use]
pub fn sentences_of(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut start = 0;
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    for (at, (byte, c)) in chars.iter().enumerate() {
        let ends = matches!(c, '.' | '!' | '?' | '。' | '！' | '？');
        let spaced = chars
            .get(at + 1)
            .is_none_or(|(_, next)| next.is_whitespace())
            || *c > '\u{3000}';
        if !ends || !spaced {
            continue;
        }
        let end = byte + c.len_utf8();
        let last = text[start..end]
            .split_whitespace()
            .next_back()
            .unwrap_or("")
            .to_lowercase();
        let number = last
            .trim_end_matches('.')
            .chars()
            .all(|c| c.is_ascii_digit())
            && last.ends_with('.');
        let next = text[end..].trim_start().chars().next();
        let goes_on = next.is_some_and(|c| c.is_lowercase());
        if ABBREVIATIONS.contains(&last.as_str()) || goes_on || (number && last.len() <= 3) {
            continue;
        }
        found.push(text[start..end].trim());
        start = end;
    }
    found.push(text[start..].trim());
    found.retain(|sentence| !sentence.is_empty());
    found
}

/// Fills the slots of a sentence.
fn fill(sentence: &str, slots: &Slots) -> Filling {
    if let Some(start) = sentence.find("[[") {
        let inner = &sentence[start + 2..];
        let what = inner.split("]]").next().unwrap_or(inner);
        return Filling::Placeholder(what.trim().to_owned());
    }
    let (mut text, mut cites, mut rest) = (String::new(), Vec::new(), sentence);
    while let Some(start) = rest.find('{') {
        text.push_str(&rest[..start]);
        let Some(len) = rest[start..].find('}') else {
            return Filling::Empty(rest[start + 1..].chars().take(24).collect());
        };
        let name = rest[start + 1..start + len].trim();
        let Some((value, of)) = slots.get(name) else {
            return Filling::Empty(name.to_owned());
        };
        rest = &rest[start + len + 1..];
        // A bullet may end with the stop that the sentence has already.
        let stopped = rest.starts_with(['.', ',', ';', '!', '?']);
        text.push_str(if stopped {
            value.trim_end_matches('.')
        } else {
            value
        });
        cites.extend(of.iter().cloned());
    }
    text.push_str(rest);
    Filling::Filled(text.split_whitespace().collect::<Vec<_>>().join(" "), cites)
}
