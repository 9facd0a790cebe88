//! What a draft, an attachment and an answer are. Pure.

use std::str::FromStr;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::clock::Timestamp;
use crate::contacts::model::ContactId;
use crate::error::{Error, Result};
use crate::row_id::row_id;

row_id!(
    /// A draft's row id.
    DraftId
);
row_id!(
    /// An answer's row id.
    ReplyId
);

/// What became of a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DraftState {
    /// It is being written.
    Draft,
    /// The person looked and said that it shall go.
    Queued,
    /// The server took it, or the person said that they sent it.
    Sent,
    /// The server refused it.
    Failed,
}

impl DraftState {
    /// The name in the database.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Queued => "queued",
            Self::Sent => "sent",
            Self::Failed => "failed",
        }
    }

    /// The name for people.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Draft => "Draft",
            Self::Queued => "On its way",
            Self::Sent => "Sent",
            Self::Failed => "Not sent",
        }
    }

    /// Whether it may still be changed.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Draft | Self::Failed)
    }
}

impl FromStr for DraftState {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let all = [Self::Draft, Self::Queued, Self::Sent, Self::Failed];
        let found = all.into_iter().find(|one| one.name() == text);
        found.ok_or_else(|| Error::internal(format!("no such state of a draft: {text}")))
    }
}

/// A mail that the person writes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Draft {
    /// Its number.
    pub id: DraftId,
    /// The contact that it is to, if it is to one.
    pub contact: Option<ContactId>,
    /// The application that it is about.
    pub application: Option<i64>,
    /// The posting that it is about.
    pub posting: Option<i64>,
    /// To whom, as `Name <address>`.
    pub to: Vec<String>,
    /// Who gets a copy.
    pub cc: Vec<String>,
    /// The subject.
    pub subject: String,
    /// The text.
    pub body: String,
    /// Its identifier in the world's mail, without brackets.
    pub message_id: String,
    /// The mail that it answers, without brackets.
    pub in_reply_to: Option<String>,
    /// What became of it.
    pub state: DraftState,
    /// Why it was not sent.
    pub error: Option<String>,
    /// What goes with it.
    pub attachments: Vec<AttachmentInfo>,
    /// Begun.
    pub created_at: Timestamp,
    /// Last changed.
    pub updated_at: Timestamp,
    /// When the person said that it shall go; it is the mail's date.
    pub approved_at: Option<Timestamp>,
    /// When it went.
    pub sent_at: Option<Timestamp>,
}

impl Draft {
    /// Its page.
    #[must_use]
    pub fn path(&self) -> String {
        format!("/mail/{}", self.id)
    }

    /// The subject, or that there is none.
    #[must_use]
    pub fn title(&self) -> &str {
        if self.subject.is_empty() {
            "Mail without a subject"
        } else {
            &self.subject
        }
    }
}

/// A file that goes with a draft, without its bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct AttachmentInfo {
    /// Its number.
    pub id: i64,
    /// The file's name.
    pub name: String,
    /// The media type.
    pub media_type: String,
    /// Bytes.
    pub size: u64,
    /// Where it came from, in words.
    pub origin: String,
}

impl AttachmentInfo {
    /// The size for people: `12 KB`, `1.4 MB`.
    #[must_use]
    pub fn size_words(&self) -> String {
        match self.size {
            0..1_000 => format!("{} bytes", self.size),
            1_000..1_000_000 => format!("{} KB", self.size.div_ceil(1_000)),
            size => format!("{}.{} MB", size / 1_000_000, size % 1_000_000 / 100_000),
        }
    }
}

/// A file with its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// The file's name.
    pub name: String,
    /// The media type.
    pub media_type: String,
    /// Where it came from, in words.
    pub origin: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// What an employer's answer says.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum ReplyKind {
    /// The application has arrived.
    Confirmation,
    /// An online assessment is to be done.
    Assessment,
    /// A talk with a recruiter is offered.
    Screen,
    /// An interview is offered or fixed.
    Interview,
    /// They say no.
    Rejection,
    /// They make an offer.
    Offer,
}

impl ReplyKind {
    /// All.
    pub const ALL: [Self; 6] = [
        Self::Confirmation,
        Self::Assessment,
        Self::Screen,
        Self::Interview,
        Self::Rejection,
        Self::Offer,
    ];

    /// The name in the database and the interfaces.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Confirmation => "confirmation",
            Self::Assessment => "assessment",
            Self::Screen => "screen",
            Self::Interview => "interview",
            Self::Rejection => "rejection",
            Self::Offer => "offer",
        }
    }

    /// What it says, for people.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Confirmation => "They have your application",
            Self::Assessment => "An online assessment",
            Self::Screen => "A first call",
            Self::Interview => "An interview",
            Self::Rejection => "A rejection",
            Self::Offer => "An offer",
        }
    }
}

impl FromStr for ReplyKind {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let found = Self::ALL.into_iter().find(|one| one.name() == text);
        found.ok_or_else(|| Error::internal(format!("no such kind of answer: {text}")))
    }
}

/// What the person did with a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ReplyState {
    /// Nothing yet.
    Proposed,
    /// The application was moved.
    Accepted,
    /// It was let go.
    Dismissed,
}

impl ReplyState {
    /// The name in the database.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Accepted => "accepted",
            Self::Dismissed => "dismissed",
        }
    }
}

impl FromStr for ReplyState {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let all = [Self::Proposed, Self::Accepted, Self::Dismissed];
        let found = all.into_iter().find(|one| one.name() == text);
        found.ok_or_else(|| Error::internal(format!("no such state of a proposal: {text}")))
    }
}

/// An answer of an employer with what Cadet proposes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Reply {
    /// Its number.
    pub id: ReplyId,
    /// Who wrote.
    pub from_name: String,
    /// Their address.
    pub from_address: String,
    /// The subject.
    pub subject: String,
    /// When it came.
    pub received_at: Timestamp,
    /// What it says.
    pub kind: ReplyKind,
    /// The sentence that says so.
    pub quote: String,
    /// Why it is taken for this and for this application, in sentences.
    pub why: Vec<String>,
    /// The application that it is about; none if it could be of several.
    pub application: Option<i64>,
    /// The contact who wrote.
    pub contact: Option<ContactId>,
    /// What the person did with it.
    pub state: ReplyState,
}

/// A folder that is read for answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ReplyMailbox {
    /// `imaps://user@host/Folder`.
    pub address: String,
    /// When it was read last.
    pub checked_at: Option<Timestamp>,
    /// What was wrong then.
    pub error: Option<String>,
}
