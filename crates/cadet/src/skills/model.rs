//! The words of the feature: what a skill is, what names it, and where a text mentions it.

use std::{collections::BTreeMap, fmt, sync::Arc};

use serde::{Deserialize, Serialize};

/// The stable name of a skill, in kebab-case: `postgresql`, `rest-api-design`.
///
/// Cheap to clone, since spans carry one each.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct SkillId(Arc<str>);

/// Why a text is no [`SkillId`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0:?} is not a skill id: write lower-case letters and digits in words joined by single hyphens, such as `rest-api-design`"
)]
pub struct SkillIdError(String);

impl SkillId {
    /// The longest accepted id, in bytes.
    pub const MAX_LEN: usize = 64;

    /// Reads an id.
    ///
    /// # Errors
    /// Anything but words of `a-z0-9` joined by single hyphens, or more than [`SkillId::MAX_LEN`] bytes.
    pub fn parse(text: &str) -> Result<Self, SkillIdError> {
        let word = |word: &str| {
            !word.is_empty()
                && word
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        };
        if text.len() <= Self::MAX_LEN && text.split('-').all(word) {
            Ok(Self(text.into()))
        } else {
            Err(SkillIdError(text.chars().take(Self::MAX_LEN + 1).collect()))
        }
    }

    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::borrow::Borrow<str> for SkillId {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SkillId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for SkillId {
    type Error = SkillIdError;

    fn try_from(text: String) -> Result<Self, SkillIdError> {
        Self::parse(&text)
    }
}

impl From<SkillId> for String {
    fn from(id: SkillId) -> Self {
        id.0.as_ref().to_owned()
    }
}

/// What sort of thing a skill is. `content/skills/README.md` says what belongs where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A programming, query, markup or configuration language.
    Language,
    /// A library or framework that code is written against.
    Framework,
    /// A store of data: relational, document, key-value, search, time series, warehouse.
    Database,
    /// A queue, log or broker.
    Messaging,
    /// A cloud provider or one of its services.
    Cloud,
    /// What programs run on: operating systems, containers, provisioning, observability.
    Infrastructure,
    /// What developers work with: editors, build tools, version control, trackers.
    Tool,
    /// A wire protocol or data format.
    Protocol,
    /// A style of interface between programs, and what documents or guards it.
    Api,
    /// A security mechanism, standard or discipline.
    Security,
    /// A kind of test, or a tool for one.
    Testing,
    /// Pipelines, analysis and machine learning.
    Data,
    /// A way of working or of shaping software.
    Practice,
    /// A subject that is taught: algorithms, operating systems, networks.
    Theory,
    /// How a person works with others.
    SoftSkill,
    /// A language that people speak.
    SpokenLanguage,
}

impl Kind {
    /// Every kind, in the order in which they are shown.
    pub const ALL: [Self; 16] = [
        Self::Language,
        Self::Framework,
        Self::Database,
        Self::Messaging,
        Self::Api,
        Self::Protocol,
        Self::Cloud,
        Self::Infrastructure,
        Self::Tool,
        Self::Testing,
        Self::Security,
        Self::Data,
        Self::Practice,
        Self::Theory,
        Self::SoftSkill,
        Self::SpokenLanguage,
    ];

    /// The kind as people read it, in the singular.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Language => "Language",
            Self::Framework => "Framework",
            Self::Database => "Database",
            Self::Messaging => "Messaging",
            Self::Cloud => "Cloud",
            Self::Infrastructure => "Infrastructure",
            Self::Tool => "Tool",
            Self::Protocol => "Protocol or format",
            Self::Api => "API style",
            Self::Security => "Security",
            Self::Testing => "Testing",
            Self::Data => "Data",
            Self::Practice => "Practice",
            Self::Theory => "Theory",
            Self::SoftSkill => "Working with people",
            Self::SpokenLanguage => "Spoken language",
        }
    }

    /// Whether names of this kind, standing in a list, are evidence that their neighbours name technologies too.
    #[must_use]
    pub fn is_technology(self) -> bool {
        !self.is_subject() && self != Self::SpokenLanguage
    }

    /// Whether it is a subject or a quality, named by words that any text may use in passing ("the cloud"), rather than by a
    /// proper name.
    #[must_use]
    pub fn is_subject(self) -> bool {
        matches!(
            self,
            Self::Practice
                | Self::Theory
                | Self::Data
                | Self::Testing
                | Self::Security
                | Self::SoftSkill
        )
    }
}

/// One node of the taxonomy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Skill {
    /// Its stable id.
    pub id: SkillId,
    /// How to show it, e.g. `PostgreSQL`.
    pub name: String,
    /// What sort of thing it is.
    pub kind: Kind,
    /// The broader skills that it is part of: evidence for this one is some evidence for those.
    pub parents: Vec<SkillId>,
    /// Every spelling by which a text may name it, the name itself included.
    pub aliases: Vec<String>,
}

/// A mention of a skill in a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SkillSpan {
    /// What is mentioned.
    pub skill: SkillId,
    /// Byte offset of the first byte of the mention.
    pub start: usize,
    /// Byte offset just past the mention.
    pub end: usize,
}

/// The distinct skills of `spans`, each with how often it is mentioned.
#[must_use]
pub fn skills_of(spans: &[SkillSpan]) -> BTreeMap<SkillId, usize> {
    let mut counts = BTreeMap::new();
    for span in spans {
        *counts.entry(span.skill.clone()).or_insert(0) += 1;
    }
    counts
}
