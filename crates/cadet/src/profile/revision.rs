//! Revisions: what a change of the profile leaves behind, and which changes belong together.

use std::str::FromStr;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::model::RevisionId;
use crate::clock::Timestamp;
use crate::error::{Error, Result};

/// Saves of one sitting become one revision for so long after the sitting began.
const SITTING_MS: i64 = 10 * 60_000;
/// A sitting ends when nothing was saved for so long.
const PAUSE_MS: i64 = 5 * 60_000;

/// What made a revision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
#[schema(as = RevisionOrigin)]
pub enum Origin {
    /// Somebody at the editor's page.
    Editor,
    /// A file that was read.
    Import,
    /// The command line.
    Command,
    /// A program, over the REST interface.
    Api,
    /// An earlier revision that was brought back.
    Restore,
    /// Undoing.
    Undo,
    /// Redoing.
    Redo,
}

impl Origin {
    /// All of them.
    const ALL: [Self; 7] = [
        Self::Editor,
        Self::Import,
        Self::Command,
        Self::Api,
        Self::Restore,
        Self::Undo,
        Self::Redo,
    ];

    /// The name, as stored.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Editor => "editor",
            Self::Import => "import",
            Self::Command => "command",
            Self::Api => "api",
            Self::Restore => "restore",
            Self::Undo => "undo",
            Self::Redo => "redo",
        }
    }

    /// In words, for the history.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Editor => "Edited",
            Self::Import => "Imported",
            Self::Command => "Changed by a command",
            Self::Api => "Changed by a program",
            Self::Restore => "Brought back",
            Self::Undo => "Undone",
            Self::Redo => "Redone",
        }
    }
}

impl FromStr for Origin {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        Self::ALL
            .into_iter()
            .find(|origin| origin.name() == text)
            .ok_or_else(|| Error::internal(format!("`{text}` is no origin of a revision")))
    }
}

/// A revision without its content.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Revision {
    /// Its number.
    pub id: RevisionId,
    /// The revision that it was made from; none: from an empty profile.
    pub parent: Option<RevisionId>,
    /// What made it.
    pub origin: Origin,
    /// What it is about, in words; may be empty.
    pub note: String,
    /// When it was written.
    pub at: Timestamp,
    /// It was kept beside the profile, because the profile had changed meanwhile.
    pub aside: bool,
    /// When the sitting that it is of began.
    #[serde(skip)]
    pub begun_at: Timestamp,
    /// The page of the editor that it was made in.
    #[serde(skip)]
    pub session: Option<String>,
    /// After undoing and redoing: whose content this is; [`RevisionId::EMPTY`] for the empty profile.
    #[serde(skip)]
    pub shows: Option<RevisionId>,
    /// After undoing: where redoing leads in the end.
    #[serde(skip)]
    pub redo: Option<RevisionId>,
}

impl Revision {
    /// The revision whose content this is: itself, but for undoing and redoing.
    #[must_use]
    pub fn shown(&self) -> RevisionId {
        self.shows.unwrap_or(self.id)
    }
}

/// How a change came to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The revision that was seen when the change was begun; none: whichever is the profile now.
    pub base: Option<RevisionId>,
    /// What makes it.
    pub origin: Origin,
    /// The page of the editor, so that it is no clash with itself and its saves become one revision.
    pub session: Option<String>,
    /// What it is about, in words.
    pub note: String,
    /// It is a revision of its own, however soon it follows another one.
    pub alone: bool,
}

impl Change {
    /// A change of what is the profile now.
    #[must_use]
    pub fn new(origin: Origin, note: impl Into<String>) -> Self {
        Self {
            base: None,
            origin,
            session: None,
            note: note.into(),
            alone: false,
        }
    }

    /// The same, as a revision of its own.
    #[must_use]
    pub fn alone(self, alone: bool) -> Self {
        Self { alone, ..self }
    }

    /// The same, begun from a revision.
    #[must_use]
    pub fn from_base(mut self, base: RevisionId) -> Self {
        self.base = Some(base);
        self
    }

    /// The same, made in a page of the editor.
    #[must_use]
    pub fn in_session(mut self, session: impl Into<String>) -> Self {
        self.session = Some(session.into()).filter(|name: &String| !name.is_empty());
        self
    }

    /// Whether the profile became another one since the change was begun. A page of the editor saves its changes one
    /// after the other, so that it never clashes with what it saved itself.
    #[must_use]
    pub fn clashes(&self, current: Option<&Revision>) -> bool {
        let now = current.map_or(RevisionId::EMPTY, |revision| revision.id);
        let same_page = self.session.is_some()
            && current.is_some_and(|revision| revision.session == self.session);
        self.base.is_some_and(|base| base != now) && !same_page
    }

    /// Whether the change goes on with the sitting that made the current revision, and becomes one revision with it.
    #[must_use]
    pub fn continues(&self, current: &Revision, now: Timestamp) -> bool {
        !self.alone
            && self.session.is_some()
            && self.session == current.session
            && self.origin == current.origin
            && now.0 - current.at.0 < PAUSE_MS
            && now.0 - current.begun_at.0 < SITTING_MS
    }
}

/// What became of a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Saved {
    /// It is the profile now.
    Stored(Revision),
    /// The profile was the same already; the current revision, if there is any.
    Unchanged(Option<Revision>),
    /// The profile had changed since: it was kept beside it.
    Aside {
        /// What was kept.
        kept: Revision,
        /// What the profile is.
        current: Option<RevisionId>,
    },
}
