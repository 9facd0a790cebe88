//! The gate on trial: true documents of invented people, and false ones made of them by a seeded program.
//!
//! Every document follows from its seed. A **true** document is a resume or a letter as the program makes it, or a rewording that
//! states the same in other words and spellings. A **false** one is a sentence of a true one in which a number, a date, an
//! employer, a school, a skill, a degree or a rank was changed, with its sources as they were.

#[path = "trial/mutate.rs"]
mod mutate;
#[path = "trial/people.rs"]
mod people;
#[path = "trial/words.rs"]
mod words;

use std::collections::BTreeMap;

use cadet::clock::Timestamp;
use cadet::documents::gate::{Refusal, check};
use cadet::documents::inputs::Inputs;
use cadet::documents::make::{self, Making};
use cadet::documents::model::{Content, DocumentKind, DocumentOptions, Form, Sentence};
use cadet::documents::tailor::Decisions;

/// The instant at which all documents are made: 2026-11-26.
const NOW: Timestamp = Timestamp(1_795_694_400_000);

/// Random numbers that are the same everywhere (SplitMix64).
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    /// The generator of a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.bits() % end.max(1) as u64).unwrap_or(0)
    }

    /// One of some.
    pub fn pick<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        &choices[self.below(choices.len())]
    }
}

/// How the gate did.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// Mutations by kind: how many, and how many of them passed.
    pub mutations: BTreeMap<&'static str, (usize, usize)>,
    /// True documents, and how many of them were refused.
    pub documents: (usize, usize),
    /// True rewordings, and how many of them were refused.
    pub rewordings: (usize, usize),
    /// What went wrong, a line each.
    pub mistakes: Vec<String>,
}

impl Outcome {
    /// All mutations, and how many of them passed.
    pub fn false_ones(&self) -> (usize, usize) {
        let counts = self.mutations.values();
        counts.fold((0, 0), |all, one| (all.0 + one.0, all.1 + one.1))
    }
}

/// What documents of an invented person rest on.
pub fn sample(seed: u64) -> Inputs {
    people::person(&mut Random::new(seed)).inputs
}

/// Tries the gate on the documents of so many people.
pub fn run(people: u64) -> Outcome {
    let mut outcome = Outcome::default();
    for seed in 0..people {
        let mut random = Random::new(seed);
        let person = people::person(&mut random);
        for kind in [DocumentKind::Resume, DocumentKind::Letter] {
            let content = made(&person, kind);
            try_true(&person, &content, &mut outcome);
            try_false(&person, &content, &mut random, &mut outcome);
        }
        try_rewordings(&person, &mut random, &mut outcome);
    }
    outcome
}

fn made(person: &people::Person, kind: DocumentKind) -> Content {
    let options = DocumentOptions {
        language: Some(person.language.to_owned()),
        pages: Some(2),
        ..DocumentOptions::default()
    };
    let making = Making {
        kind,
        options: &options,
        decisions: &Decisions::new(),
        paragraphs: &person.paragraphs,
        now: NOW,
    };
    make::content(&person.inputs, &making).0
}

fn refused(inputs: &Inputs, content: &Content, sentences: &[Sentence]) -> Vec<Refusal> {
    check(sentences, &inputs.ground(content, NOW))
}

fn try_true(person: &people::Person, content: &Content, outcome: &mut Outcome) {
    outcome.documents.0 += 1;
    let found = refused(&person.inputs, content, &content.sentences);
    if let Some(first) = found.first() {
        outcome.documents.1 += 1;
        outcome.mistakes.push(format!(
            "true, but refused: {} | {}",
            first.sentence, first.message
        ));
    }
}

fn try_false(
    person: &people::Person,
    content: &Content,
    random: &mut Random,
    outcome: &mut Outcome,
) {
    for sentence in &content.sentences {
        for (kind, text) in mutate::mutations(sentence, person, random) {
            tell_false(person, content, sentence, (kind, text), outcome);
        }
    }
}

fn tell_false(
    person: &people::Person,
    content: &Content,
    sentence: &Sentence,
    (kind, text): (&'static str, String),
    outcome: &mut Outcome,
) {
    if text == sentence.text {
        return;
    }
    let changed = Sentence {
        text,
        ..sentence.clone()
    };
    let count = outcome.mutations.entry(kind).or_default();
    count.0 += 1;
    if refused(&person.inputs, content, std::slice::from_ref(&changed)).is_empty() {
        count.1 += 1;
        let cites: Vec<String> = changed.cites.iter().map(ToString::to_string).collect();
        let line = format!(
            "false, but passed ({kind}): {} | was: {} | {}",
            changed.text,
            sentence.text,
            cites.join(" ")
        );
        outcome.mistakes.push(line);
    }
}

/// Rewordings state the same in other words; those of them that are changed state something else again.
fn try_rewordings(person: &people::Person, random: &mut Random, outcome: &mut Outcome) {
    let content = made(person, DocumentKind::Resume);
    for (id, text) in &person.rewordings {
        let sentence = Sentence {
            place: id.to_string(),
            text: text.clone(),
            form: Form::Wording,
            cites: vec![cadet::documents::model::Cite::Entry(id.clone())],
        };
        outcome.rewordings.0 += 1;
        let found = refused(&person.inputs, &content, std::slice::from_ref(&sentence));
        if let Some(first) = found.first() {
            outcome.rewordings.1 += 1;
            outcome.mistakes.push(format!(
                "true rewording, but refused: {text} | {}",
                first.message
            ));
        }
        for mutation in mutate::mutations(&sentence, person, random) {
            tell_false(person, &content, &sentence, mutation, outcome);
        }
    }
}
