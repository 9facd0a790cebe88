//! What the index holds of a word: itself, and the other words of its class.

use std::collections::BTreeMap;

use tantivy::schema::Field as Handle;
use tantivy::{Searcher, Term};

use crate::Error;
use crate::stem::{beginnings, class_of, is_in_class};

/// A word and its inflections in one field of an index.
pub(crate) struct Inflections {
    /// The word as it is, if any document has it.
    pub(crate) word: Option<Term>,
    /// The other words of its class.
    pub(crate) others: Vec<Term>,
    /// The documents of all of them; one that has several of them counts for each.
    pub(crate) documents: u64,
}

impl Inflections {
    /// Reads the dictionaries where they hold words that begin as the class does.
    pub(crate) fn of(word: &str, field: Handle, searcher: &Searcher) -> Result<Self, Error> {
        let class = class_of(word);
        let own = Term::from_field_text(field, word);
        let mut documents = searcher.doc_freq(&own)?;
        let word_there = (documents > 0).then_some(own);
        let mut others: BTreeMap<Vec<u8>, u64> = BTreeMap::new();
        let beginnings = beginnings(&class);
        for segment in searcher.segment_readers() {
            if beginnings.is_empty() {
                break;
            }
            let inverted = segment.inverted_index(field)?;
            for beginning in &beginnings {
                let from = beginning.as_bytes();
                let range = inverted.terms().range().ge(from).lt(after(from));
                let mut terms = range.into_stream()?;
                while terms.advance() {
                    let is_other = std::str::from_utf8(terms.key())
                        .is_ok_and(|other| other != word && is_in_class(other, &class));
                    if is_other {
                        let there = others.entry(terms.key().to_vec()).or_default();
                        *there += u64::from(terms.value().doc_freq);
                    }
                }
            }
        }
        documents += others.values().sum::<u64>();
        let others = others.keys().filter_map(|other| {
            let other = std::str::from_utf8(other).ok()?;
            Some(Term::from_field_text(field, other))
        });
        Ok(Self {
            word: word_there,
            others: others.collect(),
            documents,
        })
    }

    /// Whether the field has none of them.
    pub(crate) fn is_empty(&self) -> bool {
        self.word.is_none() && self.others.is_empty()
    }
}

/// What stands after everything that begins with some letters.
fn after(beginning: &[u8]) -> Vec<u8> {
    let mut after = beginning.to_vec();
    if let Some(last) = after.last_mut() {
        *last += 1;
    }
    after
}
