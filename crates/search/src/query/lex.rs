//! From an input to the tokens of the query language.

use std::ops::RangeInclusive;

use super::ast::{Clause, Test};
use super::options::{QueryOptions, Reading, Warning};
use crate::tokenize::{compounds, has_words};

/// Longer words and phrases are cut.
const LONGEST_TEXT: usize = 200;

#[derive(Debug, PartialEq)]
pub(super) enum Token {
    Open,
    Close,
    Or,
    Not,
    Clause(Clause),
}

pub(super) struct Lexer<'i> {
    rest: &'i str,
    options: &'i QueryOptions,
    pub(super) warnings: Vec<Warning>,
}

impl<'i> Lexer<'i> {
    pub(super) fn new(input: &'i str, options: &'i QueryOptions) -> Self {
        Self {
            rest: input,
            options,
            warnings: Vec::new(),
        }
    }

    /// The next token; words of punctuation only are passed over.
    pub(super) fn next_token(&mut self) -> Option<Token> {
        loop {
            self.rest = self.rest.trim_start();
            let first = self.rest.chars().next()?;
            let single = match first {
                '(' => Some(Token::Open),
                ')' => Some(Token::Close),
                '|' => Some(Token::Or),
                '-' => Some(Token::Not),
                _ => None,
            };
            if let Some(token) = single {
                self.rest = &self.rest[1..];
                // A dash before a blank is punctuation.
                if token == Token::Not && self.rest.starts_with(char::is_whitespace) {
                    continue;
                }
                return Some(token);
            }
            let clause = if first == '"' {
                let text = self.take_quoted();
                self.phrase(None, &text)
            } else {
                match self.take_bare() {
                    "OR" => return Some(Token::Or),
                    "NOT" => return Some(Token::Not),
                    "AND" => None,
                    bare => self.bare(bare),
                }
            };
            if let Some(clause) = clause {
                return Some(Token::Clause(clause));
            }
        }
    }

    fn take_bare(&mut self) -> &'i str {
        let ends = |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '|' | '"');
        let (bare, rest) = self
            .rest
            .split_at(self.rest.find(ends).unwrap_or(self.rest.len()));
        self.rest = rest;
        bare
    }

    /// The text of a phrase, whose quote stands here, with single blanks; a missing end quote is the end of the input.
    fn take_quoted(&mut self) -> String {
        let inner = &self.rest[1..];
        let (text, rest) = inner.split_once('"').unwrap_or((inner, ""));
        self.rest = rest;
        let words: Vec<_> = text.split_whitespace().collect();
        words.join(" ")
    }

    fn bare(&mut self, bare: &'i str) -> Option<Clause> {
        let Some((name, value)) = bare.split_once(':').filter(|(name, _)| is_field_like(name))
        else {
            return self.word(None, bare);
        };
        let quoted = value.is_empty() && self.rest.starts_with('"');
        let Some((field, reading)) = self.options.resolve(name) else {
            // `https://...` and `std::vec` are no attempts at naming a field.
            if quoted || !(value.is_empty() || value.starts_with(['/', ':'])) {
                let known = self.options.known();
                self.warnings.push(Warning::UnknownField {
                    name: name.to_owned(),
                    known,
                });
            }
            return self.word(None, bare);
        };
        let text = if quoted {
            self.take_quoted()
        } else {
            value.to_owned()
        };
        if text.is_empty() {
            return self.word(None, bare);
        }
        let read = match reading {
            Reading::Text if quoted => return self.phrase(Some(field), &text),
            Reading::Text => return self.word(Some(field), &text),
            Reading::Keyword => return Some(self.keyword(field, &text, quoted)),
            // A star says nothing here; as a word the rest would read as a value the next time.
            Reading::Integer(parser) => {
                let text = self.cut(text.trim_end_matches('*')).to_owned();
                range(&text, &**parser)
                    .map(|(min, max)| Test::Range { text, min, max })
                    .ok_or("a value, a comparison such as >=VALUE, or a range FROM..TO")
            }
            Reading::Bool => yes_or_no(text.trim_end_matches('*'))
                .map(Test::Bool)
                .ok_or("true or false"),
        };
        match read {
            Ok(test) => Some(Clause::on(field, test)),
            Err(expected) => {
                let field = field.to_owned();
                self.warnings.push(Warning::BadValue {
                    field,
                    value: text.clone(),
                    expected,
                });
                if quoted {
                    self.phrase(None, &text)
                } else {
                    self.word(None, bare)
                }
            }
        }
    }

    fn word(&mut self, field: Option<&str>, text: &str) -> Option<Clause> {
        let text = self.cut(text);
        let stem = text.trim_end_matches('*');
        let clause = |test| {
            Some(Clause {
                field: field.map(str::to_owned),
                test,
            })
        };
        if stem.len() < text.len() {
            let single = matches!(&compounds(stem)[..], [only] if only.len() == 1);
            if single && stem.chars().count() >= 2 {
                return clause(Test::Prefix(stem.to_owned()));
            }
            if single {
                self.warnings.push(Warning::ShortPrefix(stem.to_owned()));
            }
        }
        has_words(stem).then(|| clause(Test::Word(stem.to_owned())))?
    }

    fn phrase(&mut self, field: Option<&str>, text: &str) -> Option<Clause> {
        let text = self.cut(text);
        has_words(text).then(|| Clause {
            field: field.map(str::to_owned),
            test: Test::Phrase(text.trim_end().to_owned()),
        })
    }

    fn keyword(&mut self, field: &str, text: &str, quoted: bool) -> Clause {
        let text = self.cut(text).trim_end();
        let prefix = text.trim_end_matches('*');
        let test = if quoted {
            Test::Phrase(text.to_owned())
        } else if prefix.len() < text.len() && prefix.chars().count() >= 2 {
            Test::Prefix(prefix.to_owned())
        } else {
            Test::Word(text.to_owned())
        };
        Clause::on(field, test)
    }

    fn cut<'t>(&mut self, text: &'t str) -> &'t str {
        match text.char_indices().nth(LONGEST_TEXT) {
            None => text,
            Some((end, _)) => {
                self.warnings.push(Warning::LongText(LONGEST_TEXT));
                &text[..end]
            }
        }
    }
}

fn is_field_like(name: &str) -> bool {
    name.starts_with(|c: char| c.is_alphabetic())
        && name
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'))
}

type Bounds = (Option<i64>, Option<i64>);

/// Reads `>=a`, `>a`, `<=a`, `<a`, `a..b`, `a..`, `..b` or `a`.
fn range(text: &str, parser: &dyn Fn(&str) -> Option<RangeInclusive<i64>>) -> Option<Bounds> {
    let read = |value: &str| parser(value.trim());
    if let Some(value) = text.strip_prefix(">=") {
        return Some((Some(*read(value)?.start()), None));
    }
    if let Some(value) = text.strip_prefix("<=") {
        return Some((None, Some(*read(value)?.end())));
    }
    if let Some(value) = text.strip_prefix('>') {
        return Some((Some(read(value)?.end().saturating_add(1)), None));
    }
    if let Some(value) = text.strip_prefix('<') {
        return Some((None, Some(read(value)?.start().saturating_sub(1))));
    }
    let Some((from, to)) = text.split_once("..") else {
        let span = read(text)?;
        return Some((Some(*span.start()), Some(*span.end())));
    };
    if from.is_empty() && to.is_empty() {
        return None;
    }
    let min = if from.is_empty() {
        None
    } else {
        Some(*read(from)?.start())
    };
    let max = if to.is_empty() {
        None
    } else {
        Some(*read(to)?.end())
    };
    Some((min, max))
}

fn yes_or_no(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "yes" | "1" => Some(true),
        "false" | "no" | "0" => Some(false),
        _ => None,
    }
}
