//! Where the words of a query stand in a text that the caller gives: for marks in snippets, and to say why it matched.

use std::collections::HashMap;

use crate::columns::same_keyword;
use crate::query::phrase_words;
use crate::stem::{class_of, is_in_class};
use crate::tokenize::{Form, Lexeme, compounds, each_lexeme, folded_keyword};
use crate::{Clause, Field, Query, Schema, Test};

/// What one condition of a query looks for in a text.
struct Wanted<'q> {
    /// As the user wrote it.
    term: &'q str,
    patterns: Vec<Pattern>,
}

enum Pattern {
    /// The word in any inflection.
    Word { word: String, class: String },
    /// The words as they are, in this order.
    Sequence(Vec<String>),
    /// Words that begin so.
    Prefix(String),
}

/// A place where a condition is met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Span {
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// Which condition.
    pub(crate) wanted: usize,
}

/// The places in a text of `field` where the conditions of a query are met, in order, and the text of each condition.
pub(crate) fn spans<'q>(query: &'q Query, field: &str, text: &str) -> (Vec<Span>, Vec<&'q str>) {
    let wanted = wanted_in(query, field);
    let terms = wanted.iter().map(|wanted| wanted.term).collect();
    if wanted.is_empty() {
        return (Vec::new(), terms);
    }
    let patterns = patterns_of(&wanted);
    let mut spans = if patterns.iter().any(|(_, pattern)| pattern.is_sequence()) {
        Text::read(text).spans(&patterns)
    } else {
        spans_of_words(&patterns, text)
    };
    spans.sort_unstable();
    spans.dedup();
    (spans, terms)
}

/// The places of patterns that single words meet. Lists cut many long texts, so none of their words is kept.
fn spans_of_words(patterns: &[(usize, &Pattern)], text: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    each_lexeme(text, |lexeme| {
        for (wanted, pattern) in patterns {
            if pattern.is_met_by(lexeme) {
                spans.push(Span {
                    start: lexeme.start,
                    end: lexeme.end,
                    wanted: *wanted,
                });
            }
        }
    });
    spans
}

impl Pattern {
    const fn is_sequence(&self) -> bool {
        matches!(self, Self::Sequence(_))
    }

    /// Whether one word alone meets it; never for a sequence.
    fn is_met_by(&self, lexeme: &Lexeme) -> bool {
        match self {
            Self::Word { word, class } => lexeme.word == *word || is_in_class(&lexeme.word, class),
            Self::Prefix(start) => lexeme.word.starts_with(start.as_str()),
            Self::Sequence(_) => false,
        }
    }
}

/// What a query looks for in a text field.
fn wanted_in<'q>(query: &'q Query, field: &str) -> Vec<Wanted<'q>> {
    let applies = |clause: &&Clause| clause.field.as_deref().is_none_or(|name| name == field);
    let wanted = query.wanted().into_iter().filter(applies);
    wanted.filter_map(self::wanted).collect()
}

/// The patterns of each, with which it is.
fn patterns_of<'w>(wanted: &'w [Wanted<'_>]) -> Vec<(usize, &'w Pattern)> {
    wanted
        .iter()
        .enumerate()
        .flat_map(|(at, wanted)| wanted.patterns.iter().map(move |pattern| (at, pattern)))
        .collect()
}

/// Some fields of a document, read once to be explained for many queries; see [`crate::Index::matched_terms`].
#[derive(Debug)]
pub struct Explained {
    fields: Vec<(String, FieldText)>,
}

#[derive(Debug)]
enum FieldText {
    Text(Text),
    Keyword(String),
}

impl Explained {
    /// Reads text and keyword fields; others are passed over.
    #[must_use]
    pub fn new(schema: &Schema, fields: &[(&str, &str)]) -> Self {
        let read = |(name, text): &(&str, &str)| {
            let read = match schema.field(name)? {
                Field::Text { .. } => FieldText::Text(Text::read(text)),
                Field::Keyword { .. } => FieldText::Keyword((*text).to_owned()),
                Field::Integer { .. } | Field::Bool { .. } => return None,
            };
            Some(((*name).to_owned(), read))
        };
        Self {
            fields: fields.iter().filter_map(read).collect(),
        }
    }

    /// Which conditions of a query the fields meet: pairs of a field and what the user wrote, each once.
    #[must_use]
    pub fn matched_terms(&self, query: &Query) -> Vec<(String, String)> {
        let mut matched: Vec<(String, String)> = Vec::new();
        let mut add = |field: &str, term: &str| {
            let pair = (field.to_owned(), term.to_owned());
            if !matched.contains(&pair) {
                matched.push(pair);
            }
        };
        for (name, read) in &self.fields {
            match read {
                FieldText::Text(text) => {
                    let wanted = wanted_in(query, name);
                    let mut spans = text.spans(&patterns_of(&wanted));
                    spans.sort_unstable();
                    for span in spans {
                        add(name, wanted[span.wanted].term);
                    }
                }
                FieldText::Keyword(value) => {
                    let own = query
                        .wanted()
                        .into_iter()
                        .filter(|clause| clause.field.as_deref() == Some(name));
                    for term in own.filter_map(|clause| keyword_term(&clause.test, value)) {
                        add(name, term);
                    }
                }
            }
        }
        matched
    }
}

/// What the user wrote, if a keyword meets it.
fn keyword_term<'t>(test: &'t Test, value: &str) -> Option<&'t str> {
    let (term, meets) = match test {
        Test::Word(term) | Test::Phrase(term) => (term, same_keyword(term, value)),
        Test::Prefix(start) => {
            let meets = folded_keyword(value).starts_with(&folded_keyword(start));
            (start, meets)
        }
        Test::Range { .. } | Test::Bool(_) => return None,
    };
    meets.then_some(term)
}

fn wanted(clause: &Clause) -> Option<Wanted<'_>> {
    let (term, patterns) = match &clause.test {
        Test::Word(text) => (
            text,
            compounds(text)
                .iter()
                .flat_map(|compound| word_patterns(compound))
                .collect(),
        ),
        Test::Phrase(text) => {
            let compounds = compounds(text);
            let words = compounds
                .iter()
                .flat_map(|compound| phrase_words(compound))
                .map(str::to_owned);
            (text, vec![Pattern::Sequence(words.collect())])
        }
        Test::Prefix(text) => {
            let word = compounds(text)
                .into_iter()
                .flatten()
                .map(|lexeme| lexeme.word)
                .next()?;
            (text, vec![Pattern::Prefix(word)])
        }
        Test::Range { .. } | Test::Bool(_) => return None,
    };
    Some(Wanted { term, patterns })
}

fn word_patterns(compound: &[Lexeme]) -> Vec<Pattern> {
    let word = |word: &str| Pattern::Word {
        word: word.to_owned(),
        class: class_of(word),
    };
    let parts: Vec<String> = phrase_words(compound).map(str::to_owned).collect();
    if let [single] = &parts[..] {
        return vec![word(single)];
    }
    let joined = compound.iter().find(|lexeme| lexeme.form == Form::Joined);
    joined
        .map(|lexeme| word(&lexeme.word))
        .into_iter()
        .chain([Pattern::Sequence(parts)])
        .collect()
}

/// A text's words by position.
#[derive(Debug)]
struct Text {
    lexemes: Vec<Lexeme>,
    by_position: HashMap<usize, Vec<usize>>,
}

impl Text {
    fn read(text: &str) -> Self {
        let lexemes: Vec<Lexeme> = compounds(text).into_iter().flatten().collect();
        let mut by_position: HashMap<usize, Vec<usize>> = HashMap::new();
        for (at, lexeme) in lexemes.iter().enumerate() {
            by_position.entry(lexeme.position).or_default().push(at);
        }
        Self {
            lexemes,
            by_position,
        }
    }

    /// The places of all patterns, in no order.
    fn spans(&self, patterns: &[(usize, &Pattern)]) -> Vec<Span> {
        let mut spans = Vec::new();
        for (wanted, pattern) in patterns {
            for lexeme in &self.lexemes {
                let end = match pattern {
                    Pattern::Sequence(words) => self.sequence_end(lexeme, words),
                    _ => pattern.is_met_by(lexeme).then_some(lexeme.end),
                };
                spans.extend(end.map(|end| Span {
                    start: lexeme.start,
                    end,
                    wanted: *wanted,
                }));
            }
        }
        spans
    }

    /// Where a sequence of words ends that begins with this lexeme.
    fn sequence_end(&self, first: &Lexeme, words: &[String]) -> Option<usize> {
        if first.word != *words.first()? {
            return None;
        }
        let mut end = first.end;
        for (offset, word) in words.iter().enumerate().skip(1) {
            let here = self.by_position.get(&(first.position + offset))?;
            end = here
                .iter()
                .map(|at| &self.lexemes[*at])
                .find(|lexeme| lexeme.word == *word)?
                .end;
        }
        Some(end)
    }
}
