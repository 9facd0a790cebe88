//! What was said with a contact, and who owes what: the log as it is shown. Pure.
//!
//! An entry is never changed. A correction is a later entry that names the first one; the newest of them is what counts.

use std::collections::HashMap;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::model::{ContactId, EntryId, PromiseId};
use crate::clock::Timestamp;
use crate::error::{Error, Result};

/// What kind of conversation it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum EntryKind {
    /// Face to face, or by video.
    Meeting,
    /// By telephone.
    Call,
    /// A mail that the person wrote.
    MailOut,
    /// A mail that the person got.
    MailIn,
    /// A chat or a message of a network.
    Message,
    /// Something to remember.
    Note,
}

impl EntryKind {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 6] = [
        Self::Meeting,
        Self::Call,
        Self::Message,
        Self::MailOut,
        Self::MailIn,
        Self::Note,
    ];

    /// The name in addresses and in the database.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Meeting => "meeting",
            Self::Call => "call",
            Self::MailOut => "mail-out",
            Self::MailIn => "mail-in",
            Self::Message => "message",
            Self::Note => "note",
        }
    }

    /// The name for people.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Meeting => "Meeting",
            Self::Call => "Call",
            Self::MailOut => "Mail sent",
            Self::MailIn => "Mail received",
            Self::Message => "Message",
            Self::Note => "Note",
        }
    }

    /// Whether it counts as having been in touch.
    #[must_use]
    pub const fn is_touch(self) -> bool {
        !matches!(self, Self::Note)
    }
}

impl FromStr for EntryKind {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let found = Self::ALL.into_iter().find(|one| one.name() == text.trim());
        found.ok_or_else(|| {
            let names: Vec<_> = Self::ALL.iter().map(|one| one.name()).collect();
            Error::invalid_field(
                "kind",
                format!("Say what it was. Use one of: {}.", names.join(", ")),
            )
        })
    }
}

/// One row of the log as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Its number.
    pub id: EntryId,
    /// What kind.
    pub kind: EntryKind,
    /// When it happened.
    pub happened_at: Timestamp,
    /// What was said.
    pub text: String,
    /// The first entry that this one corrects.
    pub corrects: Option<EntryId>,
    /// Whether it says that the first one never was.
    pub withdrawn: bool,
    /// When it was written.
    pub created_at: Timestamp,
}

/// An entry as it counts now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Entry {
    /// The number of the first writing, by which it is corrected.
    pub id: EntryId,
    /// What kind.
    pub kind: EntryKind,
    /// When it happened.
    pub happened_at: Timestamp,
    /// What was said.
    pub text: String,
    /// Whether it was taken back.
    pub withdrawn: bool,
    /// What stood there before, the oldest first.
    pub earlier: Vec<EarlierEntry>,
}

/// What an entry said before it was corrected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct EarlierEntry {
    /// When it was written.
    pub written_at: Timestamp,
    /// When it said that it happened.
    pub happened_at: Timestamp,
    /// What it said.
    pub text: String,
}

/// The log as it counts now, the newest first.
#[must_use]
pub fn as_it_counts(mut rows: Vec<Written>) -> Vec<Entry> {
    rows.sort_by_key(|row| row.id);
    let mut entries: Vec<Entry> = Vec::new();
    let mut place: HashMap<EntryId, usize> = HashMap::new();
    let mut written: HashMap<EntryId, Timestamp> = HashMap::new();
    for row in rows {
        let first = row.corrects.unwrap_or(row.id);
        let Some(entry) = place.get(&first).and_then(|at| entries.get_mut(*at)) else {
            place.insert(first, entries.len());
            written.insert(first, row.created_at);
            entries.push(Entry {
                id: first,
                kind: row.kind,
                happened_at: row.happened_at,
                text: row.text,
                withdrawn: row.withdrawn,
                earlier: Vec::new(),
            });
            continue;
        };
        let before = EarlierEntry {
            written_at: written.insert(first, row.created_at).unwrap_or_default(),
            happened_at: entry.happened_at,
            text: std::mem::take(&mut entry.text),
        };
        entry.earlier.push(before);
        (entry.kind, entry.happened_at) = (row.kind, row.happened_at);
        (entry.text, entry.withdrawn) = (row.text, row.withdrawn);
    }
    entries.sort_by_key(|entry| std::cmp::Reverse((entry.happened_at, entry.id)));
    entries
}

/// When the last conversation was, by the log as it counts.
#[must_use]
pub fn last_touch(entries: &[Entry]) -> Option<Timestamp> {
    let touches = entries
        .iter()
        .filter(|entry| entry.kind.is_touch() && !entry.withdrawn);
    touches.map(|entry| entry.happened_at).max()
}

/// Who has to keep a promise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum OwedBy {
    /// The person.
    Me,
    /// The contact.
    Them,
}

impl OwedBy {
    /// The name in addresses and in the database.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Me => "me",
            Self::Them => "them",
        }
    }
}

impl FromStr for OwedBy {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        match text.trim() {
            "me" => Ok(Self::Me),
            "them" => Ok(Self::Them),
            _ => Err(Error::invalid_field(
                "owed_by",
                "Say who promised: `me` or `them`.",
            )),
        }
    }
}

/// Something that was promised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Promise {
    /// Its number.
    pub id: PromiseId,
    /// With whom.
    pub contact: ContactId,
    /// Their name.
    pub contact_name: String,
    /// Who has to keep it.
    pub owed_by: OwedBy,
    /// What.
    pub text: String,
    /// By when.
    #[schema(value_type = Option<String>, format = Date)]
    pub due_on: Option<Date>,
    /// When it was kept.
    pub done_at: Option<Timestamp>,
    /// When it was made.
    pub created_at: Timestamp,
}

impl Promise {
    /// Whether its day is over on `today` and it is not kept.
    #[must_use]
    pub fn is_late(&self, today: Date) -> bool {
        self.done_at.is_none() && self.due_on.is_some_and(|due| due < today)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(id: i64, corrects: Option<i64>, at: i64, text: &str) -> Written {
        Written {
            id: EntryId(id),
            kind: EntryKind::Call,
            happened_at: Timestamp(at),
            text: text.into(),
            corrects: corrects.map(EntryId),
            withdrawn: text.is_empty(),
            created_at: Timestamp(100 + id),
        }
    }

    #[test]
    fn a_correction_counts_and_what_stood_there_is_kept() {
        let rows = vec![
            row(1, None, 10, "spoke of Java"),
            row(2, None, 20, "spoke of tea"),
            row(3, Some(1), 30, "spoke of Kotlin"),
        ];
        let entries = as_it_counts(rows);
        assert_eq!(entries[0].text, "spoke of Kotlin");
        assert_eq!(entries[0].id, EntryId(1));
        assert_eq!(entries[0].earlier[0].text, "spoke of Java");
        assert_eq!(entries[0].earlier[0].written_at, Timestamp(101));
        assert_eq!(entries[1].text, "spoke of tea");
    }

    #[test]
    fn what_was_taken_back_is_no_touch() {
        let entries = as_it_counts(vec![
            row(1, None, 10, "a"),
            row(2, None, 20, "b"),
            row(3, Some(2), 20, ""),
        ]);
        assert_eq!(last_touch(&entries), Some(Timestamp(10)));
        assert_eq!(entries.len(), 2, "it is still to be seen");
    }
}
