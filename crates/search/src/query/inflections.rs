//! What the index holds of a word: itself, and the other words of its class.

use std::collections::BTreeMap;

use tantivy::schema::Field as Handle;
use tantivy::{Searcher, Term};
use tantivy_fst::Automaton;

use crate::Error;
use crate::stem::{Beginning, class_of, is_in_class};

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
        let mut others: BTreeMap<String, u64> = BTreeMap::new();
        for beginning in &Beginning::all_of(&class) {
            let (from, to) = (beginning.letters(), after(beginning.letters()));
            for segment in searcher.segment_readers() {
                let inverted = segment.inverted_index(field)?;
                let search = inverted.terms().search(Candidates(beginning));
                let mut terms = search.ge(from).lt(&to).into_stream()?;
                while terms.advance() {
                    let other = std::str::from_utf8(terms.key())
                        .ok()
                        .filter(|other| *other != word && is_in_class(other, &class));
                    if let Some(other) = other {
                        let there = others.entry(other.to_owned()).or_default();
                        *there += u64::from(terms.value().doc_freq);
                    }
                }
            }
        }
        documents += others.values().sum::<u64>();
        let term = |other: &String| Term::from_field_text(field, other);
        Ok(Self {
            word: word_there,
            others: others.keys().map(term).collect(),
            documents,
        })
    }
}

/// The words of a dictionary that begin so and go on as inflections may. Thousands may begin with three letters, of which a
/// few are looked at.
struct Candidates<'b>(&'b Beginning);

impl Automaton for Candidates<'_> {
    /// How many letters were read; none if no inflection goes on so.
    type State = Option<usize>;

    fn start(&self) -> Option<usize> {
        Some(0)
    }

    fn is_match(&self, read: &Option<usize>) -> bool {
        read.is_some_and(|read| read >= self.0.letters().len())
    }

    fn can_match(&self, read: &Option<usize>) -> bool {
        read.is_some()
    }

    fn accept(&self, read: &Option<usize>, letter: u8) -> Option<usize> {
        let read = (*read)?;
        self.0.goes_on(read, letter).then_some(read + 1)
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
