//! Spelling and grammar of English by harper-core, and its dictionary for the gate.
//!
//! Its rules take a while to make and stay on the thread that made them, so one thread of its own makes them at the first
//! question and then answers all. Nothing leaves the machine.

use std::collections::HashSet;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Mutex, OnceLock};

use harper_core::linting::{Lint, LintGroup, LintKind, Linter as _, Suggestion};
use harper_core::spell::{Dictionary as _, FstDictionary};
use harper_core::{Dialect, Document};

use super::consistency::{Note, NoteMatter};
use super::model::Content;

/// Suggestions told for one word.
const SUGGESTIONS: usize = 3;
/// Questions that wait at the most.
const WAITING: usize = 16;

/// What is asked of the thread.
struct Question {
    texts: Vec<String>,
    answer: SyncSender<Vec<Vec<Lint>>>,
}

/// Whether a word in lower case is an everyday English one; names are none.
#[must_use]
pub fn is_everyday(word: &str) -> bool {
    let dictionary = FstDictionary::curated();
    dictionary.contains_exact_word_str(word)
        || word
            .strip_suffix("'s")
            .is_some_and(|stem| dictionary.contains_exact_word_str(stem))
}

/// Notes on the spelling and grammar of a document. Names and skills of the profile and the posting are known words. Takes up to
/// some hundred milliseconds: call it where blocking is allowed.
#[must_use]
pub fn notes(content: &Content) -> Vec<Note> {
    if content.language != "en" {
        return vec![Note {
            place: String::new(),
            text: String::new(),
            start: 0,
            end: 0,
            matter: NoteMatter::NotChecked,
            message:
                "Spelling and grammar are checked in English only. Read this one over yourself."
                    .to_owned(),
            suggestions: Vec::new(),
        }];
    }
    let known = known_words(content);
    let told: Vec<(String, String)> = content
        .sentences
        .iter()
        .filter(|sentence| is_read(&sentence.place))
        .map(|sentence| (sentence.place.clone(), sentence.text.clone()))
        .collect();
    let texts = told.iter().map(|(_, text)| text.clone()).collect();
    let lints = ask(texts);
    let mut notes = Vec::new();
    for ((place, text), lints) in told.iter().zip(lints) {
        let chars: Vec<(usize, char)> = text.char_indices().collect();
        notes.extend(
            lints
                .into_iter()
                .filter_map(|lint| note(place, text, &chars, lint, &known)),
        );
    }
    notes
}

/// Names, addresses and dates are not read; sentences are.
fn is_read(place: &str) -> bool {
    let last = place.rsplit('/').next().unwrap_or("");
    place.starts_with("letter/")
        || last.starts_with("bullet-")
        || ["summary", "description", "label"].contains(&last)
}

/// Words of names and skills, in lower case: those of every field that is no sentence, and of the posting.
fn known_words(content: &Content) -> HashSet<String> {
    let fields = content
        .sentences
        .iter()
        .filter(|sentence| !is_read(&sentence.place));
    let posting = content.posting.iter().flat_map(|posting| {
        [
            posting.title.as_str(),
            &posting.company,
            &posting.department,
        ]
        .into_iter()
        .chain(posting.places.iter().map(String::as_str))
    });
    let given = [content.given.contact.as_str(), &content.given.contact_title];
    let texts = fields
        .map(|sentence| sentence.text.as_str())
        .chain(posting)
        .chain(given);
    texts
        .flat_map(|text| text.split(|c: char| !c.is_alphanumeric()))
        .map(str::to_lowercase)
        .collect()
}

fn note(
    place: &str,
    text: &str,
    chars: &[(usize, char)],
    lint: Lint,
    known: &HashSet<String>,
) -> Option<Note> {
    let offset = |at: usize| chars.get(at).map_or(text.len(), |(byte, _)| *byte);
    let (start, end) = (offset(lint.span.start), offset(lint.span.end));
    let words = text.get(start..end)?;
    let matter = matter(lint.lint_kind)?;
    let mut inner = words
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    let is_known = |word: &str| {
        known.contains(&word.to_lowercase())
            || !crate::skills::Taxonomy::bundled().by_alias(word).is_empty()
            || (matter == NoteMatter::Spelling && FstDictionary::curated().contains_word_str(word))
    };
    if matter == NoteMatter::Spelling && inner.all(is_known) {
        return None;
    }
    Some(Note {
        place: place.to_owned(),
        text: text.to_owned(),
        start,
        end,
        matter,
        message: lint.message.replace('`', "\""),
        suggestions: lint
            .suggestions
            .iter()
            .take(SUGGESTIONS)
            .map(|one| suggested(one, words))
            .collect(),
    })
}

fn suggested(suggestion: &Suggestion, words: &str) -> String {
    match suggestion {
        Suggestion::ReplaceWith(chars) => chars.iter().collect(),
        Suggestion::InsertAfter(chars) => format!("{words}{}", chars.iter().collect::<String>()),
        Suggestion::Remove => String::new(),
    }
}

/// Mistakes are told; style is the person's own.
fn matter(kind: LintKind) -> Option<NoteMatter> {
    match kind {
        LintKind::Spelling | LintKind::Typo => Some(NoteMatter::Spelling),
        LintKind::Repetition => Some(NoteMatter::Repetition),
        LintKind::Agreement
        | LintKind::BoundaryError
        | LintKind::Eggcorn
        | LintKind::Grammar
        | LintKind::Malapropism
        | LintKind::Punctuation
        | LintKind::Usage
        | LintKind::WordOrder => Some(NoteMatter::Grammar),
        _ => None,
    }
}

/// Asks the thread; nothing is found when it cannot be started.
fn ask(texts: Vec<String>) -> Vec<Vec<Lint>> {
    static THREAD: OnceLock<Mutex<Option<SyncSender<Question>>>> = OnceLock::new();
    let sender = THREAD.get_or_init(|| Mutex::new(start()));
    let sender = sender
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner)
        .clone();
    let (answer, answered) = sync_channel(1);
    let sent = sender.and_then(|sender| sender.send(Question { texts, answer }).ok());
    if sent.is_none() {
        tracing::warn!("spelling cannot be checked: its thread does not run");
    }
    answered.recv().unwrap_or_default()
}

fn start() -> Option<SyncSender<Question>> {
    let (sender, questions) = sync_channel(WAITING);
    let started = std::thread::Builder::new()
        .name("spelling".to_owned())
        .spawn(move || answer_all(&questions));
    started.ok().map(|_| sender)
}

fn answer_all(questions: &Receiver<Question>) {
    let dictionary = FstDictionary::curated();
    let mut rules = LintGroup::new_curated(std::sync::Arc::clone(&dictionary), Dialect::American);
    for question in questions {
        let lints = question.texts.iter().map(|text| {
            let document = Document::new_plain_english(text, &*dictionary);
            rules.lint(&document)
        });
        // Whoever asked may have gone away meanwhile.
        let _ = question.answer.send(lints.collect());
    }
}
