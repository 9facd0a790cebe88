//! What is told of a repository.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::Ecosystem;

/// What a repository tells about the work of one author. Instants are seconds since 1970 in UTC, as the commits have them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct RepositoryFacts {
    /// A short name: the last part of the remote's address, or of the folder.
    pub name: String,
    /// The folder, absolute.
    pub path: String,
    /// The author's addresses that were looked for, folded and sorted.
    pub emails: Vec<String>,
    /// The newest commit that was looked at, in hex.
    pub head: String,
    /// The branch that `HEAD` names.
    pub branch: Option<String>,
    /// The oldest commit without a parent, in hex: the same in every clone. None when the history was not read to its end.
    pub root: Option<String>,
    /// The remote's page on the web, without user and password; none for a remote that is not on the web.
    pub remote: Option<String>,
    /// Whether there is no checkout.
    pub bare: bool,
    /// Whether a part of the history is not there.
    pub shallow: bool,
    /// How many commits there are.
    pub commits: CommitCounts,
    /// When the author's first commit was made.
    pub first: Option<i64>,
    /// When the author's last commit was made.
    pub last: Option<i64>,
    /// One of the author's commits, the newest, in hex: to check again that it is there.
    pub newest_own: Option<String>,
    /// The author's work by language.
    pub languages: BTreeMap<String, LanguageWork>,
    /// The author's work on tests.
    pub tests: TestWork,
    /// What the manifests at `head` depend on.
    pub dependencies: Vec<Dependency>,
    /// Who else commits, those with the most commits first, at most ten.
    pub authors: Vec<AuthorCount>,
    /// What was left out, and why.
    pub notes: Vec<Note>,
}

/// Counts of commits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CommitCounts {
    /// All that were looked at.
    pub all: u64,
    /// Written by the author, alone or with others; merges do not count.
    pub own: u64,
    /// Those of them that others wrote, with the author in a `Co-authored-by`.
    pub co_authored: u64,
    /// Merges that the author made.
    pub merges: u64,
    /// Merges that the author made of what others wrote.
    pub merges_of_others: u64,
    /// Commits of others that name the author in a `Reviewed-by`.
    pub reviewed: u64,
    /// Commits of the author whose changes were compared.
    pub compared: u64,
}

/// Work in one language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LanguageWork {
    /// Lines added, tests included.
    pub added: u64,
    /// Lines removed.
    pub removed: u64,
    /// Commits that changed files of it.
    pub commits: u64,
    /// When the last of these was made.
    pub last: i64,
}

/// Work on tests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TestWork {
    /// Lines added in files that are tests by their name or folder.
    pub added: u64,
    /// Commits that changed such files.
    pub commits: u64,
    /// When the last of these was made.
    pub last: i64,
}

/// Something that a manifest names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Dependency {
    /// In which world it has its name.
    pub ecosystem: Ecosystem,
    /// Its name there: `org.springframework.boot:spring-boot-starter-web`, `express`, `postgres`.
    pub name: String,
    /// The manifest, as a path in the repository.
    pub manifest: String,
    /// Whether the author changed that manifest.
    pub touched: bool,
    /// Whether it is only for development and tests.
    pub development: bool,
}

/// Who commits how much.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthorCount {
    /// The address, folded.
    pub email: String,
    /// How many commits.
    pub commits: u64,
}

/// What was left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Note {
    /// The history is longer than the limit: the older part was not looked at.
    HistoryCut,
    /// The author has more commits than were compared: lines of the older ones are not counted.
    ComparingCut,
    /// A part of the history is not in this clone.
    Shallow,
    /// Some objects cannot be read.
    Damaged {
        /// How many.
        objects: u64,
    },
    /// Files beyond the limit of size were passed over.
    LargeFiles {
        /// How many.
        files: u64,
    },
    /// Other repositories inside of it were not looked at.
    Submodules {
        /// How many.
        count: u64,
    },
}

impl std::fmt::Display for Note {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::HistoryCut => {
                f.write_str("the history is very long; its oldest part was not looked at")
            }
            Self::ComparingCut => f.write_str("lines of the oldest commits were not counted"),
            Self::Shallow => {
                f.write_str("this is a shallow clone; `git fetch --unshallow` gets the rest")
            }
            Self::Damaged { objects } => {
                write!(f, "{objects} objects cannot be read; `git fsck` says more")
            }
            Self::LargeFiles { files } => write!(f, "{files} large files were passed over"),
            Self::Submodules { count } => write!(
                f,
                "{count} submodules were not looked at; scan them by themselves"
            ),
        }
    }
}

impl RepositoryFacts {
    /// Whether everything was looked at, so that a later scan may go on from here.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        !self.notes.iter().any(|note| {
            matches!(
                note,
                Note::HistoryCut | Note::ComparingCut | Note::Damaged { .. }
            )
        })
    }
}
