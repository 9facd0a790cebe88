//! From a tree to the engine's query.
//!
//! Each word may be found in any text field. Its score is the best of its places (field weight times exactness) plus a
//! tenth of the others, and the scores of the words are added. The best place rather than the sum, for a word that
//! stands in a heavy field says what a document is about, and saying it again in a long text should not beat that.

use std::collections::HashSet;

use tantivy::query::{
    BooleanQuery, BoostQuery, ConstScoreQuery, FuzzyTermQuery, Occur, PhraseQuery, Query as Engine,
    RangeQuery,
};
use tantivy::schema::Field as Handle;
use tantivy::{Searcher, Term};

use super::ast::{Clause, Node, Test};
use super::inflections::Inflections;
use crate::schema::Handles;
use crate::tokenize::{Form, Lexeme, compounds, folded_keyword};
use crate::windows::{Place, Plan};
use crate::{Error, Field, Schema};

/// What another inflection of a word weighs against the word itself.
const INFLECTION: f32 = 0.6;
/// What a corrected word weighs against one that was written so.
const CORRECTION: f32 = 0.5;
/// A longer chain of joined words is cut; it is no word that anyone typed.
pub(crate) const MOST_COMPOUNDS: usize = 16;

/// A part of a tree in the engine's terms; the two extremes are kept apart, since they need no search.
pub(crate) enum Compiled {
    Nothing,
    Everything,
    Some(Plan),
}

/// What compiling needs to know.
pub(crate) struct Compiler<'s> {
    pub(crate) schema: &'s Schema,
    pub(crate) handles: &'s Handles,
    pub(crate) searcher: &'s Searcher,
    /// Words that stand in for misspelt ones.
    pub(crate) corrected: HashSet<String>,
}

impl Compiler<'_> {
    pub(crate) fn node(&self, node: &Node) -> Result<Compiled, Error> {
        match node {
            Node::Clause(clause) => self.clause(clause),
            Node::All(nodes) => self.all(nodes),
            Node::Any(nodes) => {
                let mut some = Vec::new();
                for node in nodes {
                    match self.node(node)? {
                        Compiled::Nothing => {}
                        Compiled::Everything => return Ok(Compiled::Everything),
                        Compiled::Some(plan) => some.push(plan),
                    }
                }
                Ok(any(some))
            }
            Node::Not(_) => self.all(std::slice::from_ref(node)),
        }
    }

    fn all(&self, nodes: &[Node]) -> Result<Compiled, Error> {
        let (mut wanted, mut excluded) = (Vec::new(), Vec::new());
        for node in nodes {
            let (not, inner) = match node {
                Node::Not(inner) => (true, &**inner),
                node => (false, node),
            };
            match (not, self.node(inner)?) {
                (false, Compiled::Nothing) | (true, Compiled::Everything) => {
                    return Ok(Compiled::Nothing);
                }
                (false, Compiled::Everything) | (true, Compiled::Nothing) => {}
                (false, Compiled::Some(plan)) => wanted.push(plan),
                (true, Compiled::Some(plan)) => excluded.push(plan),
            }
        }
        Ok(match (wanted.len(), excluded.len()) {
            (0, 0) => Compiled::Everything,
            (1, 0) => Compiled::Some(wanted.swap_remove(0)),
            _ => Compiled::Some(Plan::All { wanted, excluded }),
        })
    }

    fn clause(&self, Clause { field, test }: &Clause) -> Result<Compiled, Error> {
        let Some(name) = field else {
            return self.text(&self.text_fields(), test);
        };
        let Some(position) = self.handles.position(name) else {
            return Err(Error::Request(format!(
                "the schema has no field \"{name}\""
            )));
        };
        let handle = self.handles.fields[position];
        match (&self.schema.fields()[position], test) {
            (Field::Text { boost, .. }, test) => self.text(&[(handle, *boost)], test),
            (Field::Keyword { .. }, Test::Word(value) | Test::Phrase(value)) => {
                Ok(has(Term::from_field_text(handle, &folded_keyword(value))))
            }
            (Field::Keyword { .. }, Test::Prefix(start)) => Ok(silent(prefix_query(
                Term::from_field_text(handle, &folded_keyword(start)),
            ))),
            (Field::Integer { .. }, Test::Range { min, max, .. }) => {
                Ok(range_query(handle, *min, *max))
            }
            (Field::Bool { .. }, Test::Bool(yes)) => Ok(has(Term::from_field_bool(handle, *yes))),
            (field, test) => Err(Error::Request(format!(
                "{test:?} cannot be asked of {field:?}"
            ))),
        }
    }

    pub(crate) fn text_fields(&self) -> Vec<(Handle, f32)> {
        let fields = self.schema.fields().iter().zip(&self.handles.fields);
        fields
            .filter_map(|(field, handle)| match field {
                Field::Text { boost, .. } => Some((*handle, *boost)),
                _ => None,
            })
            .collect()
    }

    fn text(&self, fields: &[(Handle, f32)], test: &Test) -> Result<Compiled, Error> {
        match test {
            Test::Word(text) => self.word(fields, text),
            Test::Phrase(text) => self.phrase(fields, text),
            Test::Prefix(text) => {
                let word: String = compounds(text)
                    .into_iter()
                    .flatten()
                    .map(|lexeme| lexeme.word)
                    .take(1)
                    .collect();
                if word.is_empty() {
                    return Ok(Compiled::Everything);
                }
                let places = fields.iter().map(|(handle, boost)| {
                    let query = prefix_query(Term::from_field_text(*handle, &word));
                    (
                        Occur::Should,
                        Box::new(BoostQuery::new(query, *boost)) as Box<dyn Engine>,
                    )
                });
                Ok(Compiled::Some(Plan::Engine(Box::new(BooleanQuery::new(
                    places.collect(),
                )))))
            }
            test => Err(Error::Request(format!("{test:?} cannot be asked of text"))),
        }
    }

    /// A word as it was typed, which may be several to the analysis: all of them are wanted.
    fn word(&self, fields: &[(Handle, f32)], text: &str) -> Result<Compiled, Error> {
        let weight = if self.corrected.contains(text) {
            CORRECTION
        } else {
            1.0
        };
        let mut wanted = Vec::new();
        for compound in compounds(text).iter().take(MOST_COMPOUNDS) {
            let mut places = Vec::new();
            for (handle, boost) in fields {
                self.compound(*handle, boost * weight, compound, &mut places)?;
            }
            if places.is_empty() {
                return Ok(Compiled::Nothing);
            }
            wanted.push(Plan::Best(places));
        }
        Ok(match wanted.len() {
            0 => Compiled::Everything,
            1 => Compiled::Some(wanted.swap_remove(0)),
            _ => Compiled::Some(Plan::All {
                wanted,
                excluded: Vec::new(),
            }),
        })
    }

    /// Where one field may hold a compound: as one word in any inflection, or as its parts in order.
    fn compound(
        &self,
        handle: Handle,
        boost: f32,
        compound: &[Lexeme],
        places: &mut Vec<Place>,
    ) -> Result<(), Error> {
        let parts: Vec<&str> = phrase_words(compound).collect();
        if let [single] = parts[..] {
            return self.inflections(handle, boost, single, places);
        }
        if let Some(joined) = compound.iter().find(|lexeme| lexeme.form == Form::Joined) {
            self.inflections(handle, boost, &joined.word, places)?;
        }
        self.sequence(handle, boost, &parts, places)
    }

    fn inflections(
        &self,
        handle: Handle,
        boost: f32,
        word: &str,
        places: &mut Vec<Place>,
    ) -> Result<(), Error> {
        let found = Inflections::of(word, handle, self.searcher)?;
        if let Some(term) = found.word {
            places.push(Place::Term(term, boost));
        }
        if !found.others.is_empty() {
            places.push(Place::Class {
                terms: found.others,
                documents: found.documents,
                boost: boost * INFLECTION,
            });
        }
        Ok(())
    }

    fn sequence(
        &self,
        handle: Handle,
        boost: f32,
        words: &[&str],
        places: &mut Vec<Place>,
    ) -> Result<(), Error> {
        let terms: Vec<Term> = words
            .iter()
            .map(|word| Term::from_field_text(handle, word))
            .collect();
        for term in &terms {
            if self.searcher.doc_freq(term)? == 0 {
                return Ok(());
            }
        }
        places.push(match <[Term; 1]>::try_from(terms) {
            Ok([only]) => Place::Term(only, boost),
            Err(terms) => {
                let phrase = Box::new(PhraseQuery::new(terms));
                Place::Engine(Box::new(BoostQuery::new(phrase, boost)))
            }
        });
        Ok(())
    }

    fn phrase(&self, fields: &[(Handle, f32)], text: &str) -> Result<Compiled, Error> {
        let compounds = compounds(text);
        let words: Vec<&str> = compounds
            .iter()
            .flat_map(|compound| phrase_words(compound))
            .collect();
        if words.is_empty() {
            return Ok(Compiled::Everything);
        }
        let mut places = Vec::new();
        for (handle, boost) in fields {
            self.sequence(*handle, *boost, &words, &mut places)?;
        }
        Ok(if places.is_empty() {
            Compiled::Nothing
        } else {
            Compiled::Some(Plan::Best(places))
        })
    }
}

/// The words of a compound in order; a part with a dot of its own is wanted with it.
pub(crate) fn phrase_words(compound: &[Lexeme]) -> impl Iterator<Item = &str> {
    compound.iter().enumerate().filter_map(|(at, lexeme)| {
        let has_dotted = at > 0 && compound[at - 1].form == Form::Dotted;
        let wanted = match lexeme.form {
            Form::Part => !has_dotted,
            Form::Dotted => true,
            Form::Joined => false,
        };
        wanted.then_some(lexeme.word.as_str())
    })
}

/// Any of the plans; a single one needs no joining.
fn any(mut plans: Vec<Plan>) -> Compiled {
    match plans.len() {
        0 => Compiled::Nothing,
        1 => Compiled::Some(plans.swap_remove(0)),
        _ => Compiled::Some(Plan::Any(plans)),
    }
}

/// A term that decides but does not rank.
fn has(term: Term) -> Compiled {
    let place = Place::Term(term, 0.0);
    Compiled::Some(Plan::Silent(Box::new(Plan::Best(vec![place]))))
}

/// All terms that begin like `term`: a spelling distance of nothing, from the beginning.
fn prefix_query(term: Term) -> Box<dyn Engine> {
    Box::new(FuzzyTermQuery::new_prefix(term, 0, false))
}

/// A condition that decides but does not rank.
fn silent(query: Box<dyn Engine>) -> Compiled {
    let query = Box::new(ConstScoreQuery::new(query, 0.0));
    Compiled::Some(Plan::Silent(Box::new(Plan::Engine(query))))
}

fn range_query(handle: Handle, min: Option<i64>, max: Option<i64>) -> Compiled {
    let bound = |value: Option<i64>, open: i64| {
        std::ops::Bound::Included(Term::from_field_i64(handle, value.unwrap_or(open)))
    };
    if min.is_some_and(|min| max.is_some_and(|max| min > max)) {
        return Compiled::Nothing;
    }
    silent(Box::new(RangeQuery::new(
        bound(min, i64::MIN),
        bound(max, i64::MAX),
    )))
}
