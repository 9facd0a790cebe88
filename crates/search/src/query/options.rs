//! What a parser needs to know of the caller's fields, and what it has to say about an input.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::RangeInclusive;
use std::sync::Arc;

use crate::{Field, Schema};

/// Turns what a user writes for an integer field into the numbers that it stands for: `10` is `10..=10`, a day may be all
/// of its milliseconds. `None` if it means nothing.
pub type IntegerParser = Arc<dyn Fn(&str) -> Option<RangeInclusive<i64>> + Send + Sync>;

/// How a field's value is read.
#[derive(Clone)]
pub(super) enum Reading {
    Text,
    Keyword,
    Integer(IntegerParser),
    Bool,
}

/// Field names, their aliases and how values are read.
#[derive(Clone)]
pub struct QueryOptions {
    /// What the user may write, in lower case, to the declared name.
    names: BTreeMap<String, String>,
    readings: BTreeMap<String, Reading>,
}

impl QueryOptions {
    /// The declared names, without aliases; integers are read as decimal numbers.
    pub fn new(schema: &Schema) -> Self {
        let number: IntegerParser = Arc::new(|text| text.trim().parse().ok().map(|n: i64| n..=n));
        let readings = schema.fields().iter().map(|field| {
            let reading = match field {
                Field::Text { .. } => Reading::Text,
                Field::Keyword { .. } => Reading::Keyword,
                Field::Integer { .. } => Reading::Integer(number.clone()),
                Field::Bool { .. } => Reading::Bool,
            };
            (field.name().to_owned(), reading)
        });
        let names = schema
            .fields()
            .iter()
            .map(|field| (field.name().to_owned(), field.name().to_owned()));
        Self {
            names: names.collect(),
            readings: readings.collect(),
        }
    }

    /// Lets the user write `alias` for a declared field; an alias of an undeclared field is never found.
    #[must_use]
    pub fn alias(mut self, alias: &str, field: &str) -> Self {
        if self.readings.contains_key(field) {
            self.names.insert(alias.to_lowercase(), field.to_owned());
        }
        self
    }

    /// Reads the values of a declared integer field with `parser`.
    #[must_use]
    pub fn integer(
        mut self,
        field: &str,
        parser: impl Fn(&str) -> Option<RangeInclusive<i64>> + Send + Sync + 'static,
    ) -> Self {
        if let Some(reading @ Reading::Integer(_)) = self.readings.get_mut(field) {
            *reading = Reading::Integer(Arc::new(parser));
        }
        self
    }

    /// The declared name and the reading of what the user wrote before a colon.
    pub(super) fn resolve(&self, name: &str) -> Option<(&str, &Reading)> {
        let declared = self.names.get(&name.to_lowercase())?;
        Some((declared, self.readings.get(declared)?))
    }

    pub(super) fn known(&self) -> Vec<String> {
        self.names.keys().cloned().collect()
    }
}

impl fmt::Debug for QueryOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("QueryOptions")
            .field("names", &self.names)
            .finish_non_exhaustive()
    }
}

/// Something in an input that was not taken the way it may have been meant.
#[derive(Clone, Debug, PartialEq)]
pub enum Warning {
    /// The word before a colon is no field; the whole was searched as text.
    UnknownField {
        /// What was written before the colon.
        name: String,
        /// The fields and aliases there are.
        known: Vec<String>,
    },
    /// The value does not fit the field; the whole was searched as text.
    BadValue {
        /// The declared field.
        field: String,
        /// What was written after the colon.
        value: String,
        /// What is understood there.
        expected: &'static str,
    },
    /// A prefix of one character would match too much; it was searched as a word.
    ShortPrefix(String),
    /// A word or phrase was cut after this many characters.
    LongText(usize),
    /// Only this many conditions were kept.
    ManyClauses(usize),
    /// Parentheses lie too deep and were ignored.
    DeepNesting,
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownField { name, known } => {
                write!(
                    f,
                    "There is no field \"{name}\", so it was searched as text. Fields: {}.",
                    known.join(", ")
                )
            }
            Self::BadValue {
                field,
                value,
                expected,
            } => {
                write!(
                    f,
                    "\"{value}\" is no value of \"{field}\", so it was searched as text. Write {expected}."
                )
            }
            Self::ShortPrefix(prefix) => {
                write!(
                    f,
                    "\"{prefix}*\" would match too much: give at least two characters before the *."
                )
            }
            Self::LongText(limit) => {
                write!(f, "Words and phrases are cut after {limit} characters.")
            }
            Self::ManyClauses(limit) => write!(f, "Only the first {limit} conditions were used."),
            Self::DeepNesting => write!(f, "The parentheses lie too deep and were ignored."),
        }
    }
}
