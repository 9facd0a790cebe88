//! Letters and notes from the person's own paragraphs.
//!
//! Pure. Input: paragraphs with conditions and slots, profile, evidence, posting, what was given. Output: a [`Letter`] with every
//! sentence's sources, and what the person should know: slots that nothing fills, starters that were not adapted, paragraphs
//! whose condition does not hold. Invariant: no slot and no placeholder is ever printed; its sentence is left out instead.

mod compose;
mod condition;
mod slots;
mod starters;
#[cfg(test)]
mod tests;
pub mod write;

use std::collections::BTreeMap;
use std::str::FromStr;

use resume::EntryId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub use compose::{compose, sentences_of};
pub use condition::{Condition, conditions_of, conditions_text};
pub use slots::{SLOTS, Slots};
pub use starters::{STARTER_LANGUAGES, starters};

use super::model::{DocumentKind, Given, PostingFacts, Sentence};
use super::tailor::{Choice, Wanted};
use crate::error::{Error, Result};
use crate::profile::model::Profile;
use crate::row_id::row_id;
use crate::skills::evidence::Evidence;

row_id!(
    /// The row id of a paragraph.
    ParagraphId
);

/// Where in a letter a paragraph stands.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    ToSchema,
    clap::ValueEnum,
)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// The subject line; the first that fits is taken.
    Subject,
    /// The salutation; the first that fits is taken.
    Salutation,
    /// The body; all that fit, in order.
    #[default]
    Body,
    /// The words before the name; the first that fits is taken.
    Closing,
}

impl Part {
    /// Every part in order.
    pub const ALL: [Self; 4] = [Self::Subject, Self::Salutation, Self::Body, Self::Closing];

    /// As stored.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Subject => "subject",
            Self::Salutation => "salutation",
            Self::Body => "body",
            Self::Closing => "closing",
        }
    }
}

impl FromStr for Part {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let known = Self::ALL.into_iter().find(|part| part.name() == text);
        known.ok_or_else(|| {
            Error::invalid_field("part", format!("`{text}` is no part of a letter. There are: subject, salutation, body, closing."))
        })
    }
}

/// A paragraph that the person wrote or adapted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Paragraph {
    /// Its id; none for a starter that nobody adopted yet.
    pub id: Option<ParagraphId>,
    /// What it is called by in sources: its id, or `starter-letter-en-2`.
    pub key: String,
    /// For which kind of letter.
    pub kind: DocumentKind,
    /// In which language, ISO 639-1.
    pub language: String,
    /// Where it stands.
    pub part: Part,
    /// Its place among those of its part, 1 for the first.
    pub position: i32,
    /// When it is used: all must hold.
    #[schema(value_type = Vec<String>)]
    pub conditions: Vec<Condition>,
    /// The words, with slots such as `{company}`.
    pub text: String,
    /// Entries of the profile that it speaks of, beyond those that it names.
    #[schema(value_type = Vec<String>)]
    pub sources: Vec<EntryId>,
    /// Whether it is a starter as it came, to be adapted.
    pub starter: bool,
}

/// A letter, ready to be set.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct Letter {
    /// Name and contact data of the sender, a line each.
    pub sender: Vec<String>,
    /// Whom it is to, a line each.
    pub recipient: Vec<String>,
    /// The date in words.
    pub date: String,
    /// The subject line; may be empty.
    pub subject: String,
    /// The salutation.
    pub salutation: String,
    /// The paragraphs.
    pub paragraphs: Vec<String>,
    /// The words before the name.
    pub closing: String,
    /// The name.
    pub signature: String,
}

/// Everything that a letter is made from.
#[derive(Clone, Copy, Debug)]
pub struct LetterAsk<'a> {
    /// The kind of letter.
    pub kind: DocumentKind,
    /// Its language, ISO 639-1.
    pub language: &'a str,
    /// The person's paragraphs, or the starters.
    pub paragraphs: &'a [Paragraph],
    /// The profile.
    pub profile: &'a Profile,
    /// The evidence.
    pub evidence: &'a [Evidence],
    /// The posting.
    pub posting: Option<&'a PostingFacts>,
    /// What is asked for.
    pub wanted: &'a Wanted,
    /// What was given for it.
    pub given: &'a Given,
    /// Bullets as they were chosen for the resume, the best first.
    pub best: &'a [Choice],
}

/// A letter with what it states and what the person should know.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Composed {
    /// The letter.
    pub letter: Letter,
    /// Every sentence with what it states.
    pub sentences: Vec<Sentence>,
    /// What was left out and why, what was not adapted.
    pub remarks: Vec<String>,
    /// The paragraphs used, by key.
    pub paragraphs: BTreeMap<String, String>,
}
