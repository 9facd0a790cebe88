//! Spelling: words that nothing in the index spells like, and the indexed words closest to them.

use std::collections::{HashMap, HashSet};

use tantivy::Term;
use tantivy::query::FuzzyTermQuery;
use tantivy::schema::Field as Handle;

use crate::query::{Compiler, Inflections};
use crate::tokenize::compounds;
use crate::{Error, Query, Test};

/// Shorter words have too many neighbours.
const SHORTEST: usize = 4;
/// From this length on two mistakes are forgiven, one below it.
const TWO_MISTAKES_FROM: usize = 8;
/// How many words of one query are looked up this way, since each takes a millisecond or so.
const MOST_WORDS: usize = 8;
/// How many equally close words may stand in for one.
const MOST_CANDIDATES: usize = 3;

/// The corrections for the words of a query: a misspelt word as it was typed, and a word for it; several pairs may
/// share their first half. Quoted words, prefixes and excluded words are left alone.
pub(crate) fn corrections(
    query: &Query,
    compiler: &Compiler<'_>,
) -> Result<Vec<(String, String)>, Error> {
    let mut found: Vec<(String, String)> = Vec::new();
    let mut unknown = HashSet::new();
    for clause in query.wanted() {
        let Test::Word(typed) = &clause.test else {
            continue;
        };
        let Some(fields) = text_handles(clause.field.as_deref(), compiler) else {
            continue;
        };
        let Some(word) = correctable(typed) else {
            continue;
        };
        if unknown.contains(typed) || is_known(&word, &fields, compiler)? {
            continue;
        }
        if unknown.len() == MOST_WORDS {
            break;
        }
        unknown.insert(typed);
        found.extend(
            closest(&word, &fields, compiler)?
                .into_iter()
                .map(|right| (typed.clone(), right)),
        );
    }
    Ok(found)
}

/// The text fields that a clause looks at; none if it names a field of another kind.
fn text_handles(field: Option<&str>, compiler: &Compiler<'_>) -> Option<Vec<Handle>> {
    let all = compiler.text_fields().into_iter().map(|(handle, _)| handle);
    let Some(name) = field else {
        return Some(all.collect());
    };
    let wanted = compiler.handles.fields[compiler.handles.position(name)?];
    let found: Vec<_> = all.filter(|handle| *handle == wanted).collect();
    (!found.is_empty()).then_some(found)
}

/// The folded word, if it is a single one of letters and long enough.
fn correctable(typed: &str) -> Option<String> {
    let mut compounds = compounds(typed);
    let (Some(mut compound), true) = (compounds.pop(), compounds.is_empty()) else {
        return None;
    };
    let (Some(lexeme), true) = (compound.pop(), compound.is_empty()) else {
        return None;
    };
    let fits =
        lexeme.word.chars().count() >= SHORTEST && lexeme.word.chars().all(char::is_alphabetic);
    fits.then_some(lexeme.word)
}

fn is_known(word: &str, fields: &[Handle], compiler: &Compiler<'_>) -> Result<bool, Error> {
    // Most words are there as they are, which is told faster.
    for handle in fields {
        let term = Term::from_field_text(*handle, word);
        if compiler.searcher.doc_freq(&term)? > 0 {
            return Ok(true);
        }
    }
    for handle in fields {
        let inflections = Inflections::of(word, *handle, compiler.searcher)?;
        if !inflections.others.is_empty() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The indexed words with the fewest mistakes between them and `word`, the more frequent ones first.
fn closest(word: &str, fields: &[Handle], compiler: &Compiler<'_>) -> Result<Vec<String>, Error> {
    let mistakes = if word.chars().count() < TWO_MISTAKES_FROM {
        1
    } else {
        2
    };
    for distance in 1..=mistakes {
        let near = within(word, distance, fields, compiler)?;
        if !near.is_empty() {
            let mut near: Vec<(String, u64)> = near.into_iter().collect();
            near.sort_by(|(a, count_a), (b, count_b)| count_b.cmp(count_a).then_with(|| a.cmp(b)));
            near.truncate(MOST_CANDIDATES);
            return Ok(near.into_iter().map(|(word, _)| word).collect());
        }
    }
    Ok(Vec::new())
}

/// All indexed words within a spelling distance, with the number of documents and fields that hold them.
fn within(
    word: &str,
    distance: u8,
    fields: &[Handle],
    compiler: &Compiler<'_>,
) -> Result<HashMap<String, u64>, Error> {
    let mut near: HashMap<String, u64> = HashMap::new();
    for handle in fields {
        let query = FuzzyTermQuery::new(Term::from_field_text(*handle, word), distance, true);
        for segment in compiler.searcher.segment_readers() {
            let inverted = segment.inverted_index(*handle)?;
            let mut terms = inverted.terms().search(query.automaton()?).into_stream()?;
            while terms.advance() {
                let Ok(term) = std::str::from_utf8(terms.key()) else {
                    continue;
                };
                *near.entry(term.to_owned()).or_default() += u64::from(terms.value().doc_freq);
            }
        }
    }
    Ok(near)
}
