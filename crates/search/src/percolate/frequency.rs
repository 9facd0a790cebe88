//! How frequent words and values are, learnt from some documents.

use std::collections::{BTreeMap, HashSet};

use super::atoms::{Key, Kind, Scope, alternatives};
use super::lower::truth_token;
use crate::tokenize::{KeywordTokens, inflected_tokens, words_and_stems};
use crate::{Field, Schema, Value};

/// How many documents the guesses below are worth.
const GUESS_WEIGHT: f64 = 20.0;

/// For each scope, how many of the documents have a token.
#[derive(Default)]
pub(super) struct Frequencies {
    documents: u32,
    counts: BTreeMap<Scope, BTreeMap<Box<str>, u32>>,
}

impl Frequencies {
    /// Counts a document, given as positions of fields and values.
    pub(super) fn add(&mut self, schema: &Schema, values: &[(usize, &Value)]) {
        let mut tokens: HashSet<(Scope, String)> = HashSet::new();
        for (at, value) in values {
            let position = u16::try_from(*at).unwrap_or(u16::MAX);
            let own = Scope::Field(position);
            match (&schema.fields()[*at], value) {
                (Field::Text { .. }, Value::Text(text)) => words_and_stems(text, |token, _| {
                    tokens.insert((Scope::AnyText, token.to_owned()));
                    tokens.insert((own, token.to_owned()));
                }),
                (_, Value::Text(text)) => {
                    tokens.insert((Scope::Column(position), text.clone()));
                    let indexed = KeywordTokens::of(text);
                    tokens.extend(indexed.indexed().map(|token| (own, token.to_owned())));
                }
                (_, Value::Bool(yes)) => {
                    tokens.insert((own, truth_token(*yes).to_owned()));
                }
                (_, Value::Integer(_)) => {}
            }
        }
        self.documents = self.documents.saturating_add(1);
        for (scope, token) in tokens {
            let counts = self.counts.entry(scope).or_default();
            *counts.entry(token.into()).or_default() += 1;
        }
    }

    /// The share of documents, 0 to 1, that has an atom: what was seen, mixed with a guess for what has not been.
    pub(super) fn share(&self, key: &Key) -> f64 {
        let counts = self.counts.get(&key.scope);
        let exactly = |token: &str| counts.and_then(|counts| counts.get(token)).copied();
        let seen: u32 = match key.kind {
            Kind::Exact => exactly(&key.token).unwrap_or(0),
            Kind::OneOf => alternatives(&key.token).filter_map(exactly).sum(),
            Kind::Inflected => inflected_tokens(&key.token)
                .iter()
                .filter_map(|token| exactly(token))
                .sum(),
            Kind::Prefix => counts.map_or(0, |counts| {
                counts
                    .range(key.token.clone()..)
                    .take_while(|(token, _)| token.starts_with(&*key.token))
                    .map(|(_, count)| *count)
                    .sum()
            }),
        };
        let guess = match (key.scope, key.kind) {
            (Scope::AnyText, Kind::Prefix) => 0.02,
            (Scope::AnyText, _) => 0.005,
            (_, Kind::Prefix) => 0.04,
            (Scope::Field(_), _) if matches!(&*key.token, "true" | "false") => 0.5,
            (Scope::Field(_), _) => 0.01,
            (Scope::Column(_), _) => 0.03,
        };
        let seen = f64::from(seen.min(self.documents));
        (seen + guess * GUESS_WEIGHT) / (f64::from(self.documents) + GUESS_WEIGHT)
    }
}
