//! The kinds of events and what each carries.

use serde::{Deserialize, Serialize};

use crate::accounts::model::AccountId;
use crate::postings::model::PostingId;
use crate::profile::model::RevisionId;

/// Something that happened. Serialised with its kind beside it: `{"kind": "postings-stored", ...}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Event {
    /// Postings were written by one poll or import; each id stands in one list.
    PostingsStored {
        /// First seen.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        new: Vec<PostingId>,
        /// Seen before; something that is shown or searched has changed.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        changed: Vec<PostingId>,
        /// No longer open.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        closed: Vec<PostingId>,
        /// Open again.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        reopened: Vec<PostingId>,
    },
    /// Postings were taken out of the database, for good.
    PostingsRemoved {
        /// Which.
        ids: Vec<PostingId>,
    },
    /// Postings were found to be of one opening, or no longer to be: all postings of the openings that changed.
    OpeningsChanged {
        /// Which.
        ids: Vec<PostingId>,
    },
    /// Somebody's profile is another one now.
    ProfileSaved {
        /// Whose.
        account: AccountId,
        /// The revision that is the profile now.
        revision: RevisionId,
    },
    /// Something was written into a person's ledger of evidence.
    EvidenceAdded {
        /// Whose.
        account: AccountId,
    },
}

impl Event {
    /// The kind's name, as stored.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::PostingsStored { .. } => "postings-stored",
            Self::PostingsRemoved { .. } => "postings-removed",
            Self::OpeningsChanged { .. } => "openings-changed",
            Self::ProfileSaved { .. } => "profile-saved",
            Self::EvidenceAdded { .. } => "evidence-added",
        }
    }
}

/// An event with its place in the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logged {
    /// Its number; grows, with gaps.
    pub id: i64,
    /// What happened.
    pub event: Event,
}
