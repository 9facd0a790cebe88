//! The taxonomy's files: their form, and what can be wrong with them.

use std::collections::BTreeMap;

use rust_embed::Embed;
use serde::Deserialize;

use super::{
    context::Phrases,
    fold::fold,
    model::{Kind, SkillIdError},
};

/// The file that holds the shared contexts rather than skills.
pub(super) const CONTEXTS_FILE: &str = "contexts.toml";

#[derive(Embed)]
#[folder = "../../content/skills/"]
struct Bundled;

/// A file of the taxonomy: its name and its text.
pub(super) type File = (String, String);

/// The files in `content/skills/`, in order of their names.
pub(super) fn bundled_files() -> Vec<File> {
    let mut files: Vec<File> = Bundled::iter()
        .filter(|name| name.ends_with(".toml"))
        .filter_map(|name| {
            let data = Bundled::get(&name)?.data;
            Some((
                name.into_owned(),
                String::from_utf8_lossy(&data).into_owned(),
            ))
        })
        .collect();
    files.sort();
    files
}

/// What is wrong with the taxonomy's files, where, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TaxonomyError {
    /// The text is no TOML, or a key is missing, unknown or of the wrong type.
    #[error("{file}: {problem}")]
    Malformed {
        /// The file's name.
        file: String,
        /// What the TOML reader said, with line and column.
        problem: String,
    },
    /// The key of an entry is no skill id.
    #[error("{file}: {problem}")]
    BadId {
        /// The file's name.
        file: String,
        /// Which key, and what an id looks like.
        problem: SkillIdError,
    },
    /// Two files have an entry with the same id.
    #[error(
        "{file}: the skill `{id}` is already in another file; keep one entry and merge the aliases"
    )]
    DuplicateId {
        /// The later file's name.
        file: String,
        /// The id.
        id: String,
    },
    /// A parent is no skill.
    #[error(
        "{file}: skill `{id}` has the parent `{parent}`, which is no skill; correct its spelling or add an entry for it"
    )]
    UnknownParent {
        /// The file's name.
        file: String,
        /// The entry.
        id: String,
        /// What it names.
        parent: String,
    },
    /// A skill is its own ancestor.
    #[error(
        "{file}: skill `{id}` is its own ancestor, by way of `{parent}`; remove one of the parents on the way"
    )]
    Cycle {
        /// The file's name.
        file: String,
        /// The entry.
        id: String,
        /// The parent through which the circle closes.
        parent: String,
    },
    /// An entry names a shared context that is not in `contexts.toml`.
    #[error(
        "{file}: skill `{id}` uses the context `{context}`, which is not in {CONTEXTS_FILE}; correct its spelling or add it there"
    )]
    UnknownContext {
        /// The file's name.
        file: String,
        /// The entry.
        id: String,
        /// What it names.
        context: String,
    },
    /// A name or alias is empty or far too long.
    #[error(
        "{file}: skill `{id}` has the alias {alias:?}; write 1 to 80 characters with at least one letter"
    )]
    BadAlias {
        /// The file's name.
        file: String,
        /// The entry.
        id: String,
        /// The alias.
        alias: String,
    },
    /// Two skills claim the same name, and nothing tells them apart.
    #[error(
        "{file}: skill `{id}` claims the name {alias:?}, as does `{other}`; take it from one of them, or list it under `ambiguous` in both and give \
         both an `only_when`"
    )]
    Clash {
        /// The later entry's file.
        file: String,
        /// The later entry.
        id: String,
        /// The earlier entry.
        other: String,
        /// The name.
        alias: String,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawFile {
    pub kind: Kind,
    pub skill: BTreeMap<String, RawSkill>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSkill {
    pub name: String,
    pub kind: Option<Kind>,
    #[serde(default)]
    pub parents: Vec<String>,
    #[serde(default)]
    pub aliases: Vec<String>,
    #[serde(default)]
    pub guarded: Vec<String>,
    #[serde(default)]
    pub case_sensitive: Vec<String>,
    #[serde(default)]
    pub ambiguous: Vec<String>,
    #[serde(default)]
    pub contexts: Vec<String>,
    #[serde(default)]
    pub not_when: RawPhrases,
    #[serde(default)]
    pub only_when: RawPhrases,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawContexts {
    /// What speaks for every ambiguous name.
    pub evidence: RawPhrases,
    /// What tells a requirement from a remark.
    #[serde(default)]
    pub asking: RawAsking,
    #[serde(default)]
    pub context: BTreeMap<String, RawContext>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawAsking {
    /// Words of a sentence that asks.
    pub words: Vec<String>,
    /// Words of a heading under which everything is asked for.
    pub headings: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawContext {
    #[serde(default)]
    pub not_when: RawPhrases,
    #[serde(default)]
    pub only_when: RawPhrases,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPhrases {
    #[serde(default)]
    before: Vec<String>,
    #[serde(default)]
    after: Vec<String>,
    #[serde(default)]
    near: Vec<String>,
}

impl RawPhrases {
    pub fn to_phrases(&self) -> Phrases {
        let words = |phrase: &String| phrase.split_whitespace().map(fold).collect();
        Phrases::new(
            self.before.iter().map(words).collect(),
            self.after.iter().map(words).collect(),
            self.near.iter().map(|word| fold(word)).collect(),
        )
    }
}

/// Reads one file.
pub(super) fn read<'f, T: Deserialize<'f>>((name, text): &'f File) -> Result<T, TaxonomyError> {
    toml::from_str(text).map_err(|error| TaxonomyError::Malformed {
        file: name.clone(),
        problem: error.to_string().trim_end().to_owned(),
    })
}
