//! What a source is, and what a connector gives: postings as they came, untouched by judgement.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

pub use super::kind::SourceKind;
use crate::clock::Timestamp;

pub use super::health::Health;

/// A source's row id.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(transparent)]
pub struct SourceId(pub i64);

impl std::fmt::Display for SourceId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// What a connector needs to know to read one source: the connector, and what it reads.
///
/// The same pair always means the same source, so `(kind, address)` is unique in the database.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
pub struct SourceAddress {
    /// The connector.
    pub kind: SourceKind,
    /// A board token for boards (`northlight`, or `eu:northlight` for a board in the EU region), `tenant/pod/site` for Workday, an
    /// absolute URL or an absolute file path otherwise.
    pub address: String,
}

impl SourceAddress {
    /// What people call it: the board's token, the tenant, or the host of an address.
    #[must_use]
    pub fn board_name(&self) -> &str {
        match self.address.split_once("://") {
            Some((_, rest)) => rest.split('/').next().unwrap_or(rest),
            // A question to a search, in the words in which it was asked.
            None if self.kind.rank() < 4 => &self.address,
            None => {
                let token = self.address.rsplit(':').next().unwrap_or(&self.address);
                token.split('/').next().unwrap_or(token)
            }
        }
    }
}

/// One opening as a source told it. Every text is as it came, but decoded to Unicode.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RawPosting {
    /// The source's own id for it; unique within the source.
    pub external_id: String,
    /// The posting's page. Empty when the source has none, as old records of community lists do.
    pub url: String,
    /// Where to apply, when it is another address.
    pub apply_url: Option<String>,
    /// The title.
    pub title: String,
    /// The employer as named in the record. `None`: the source's own name stands for it.
    pub company: Option<String>,
    /// The places, each as the source structures it.
    pub locations: Vec<RawLocation>,
    /// What the source says of the place of work: `remote`, `Hybrid`, `TELECOMMUTE`, `on-site`...
    pub workplace: Option<String>,
    /// The text.
    pub description: Option<RawText>,
    /// Pay that the source states as data (not in the text).
    pub pay: Option<RawPay>,
    /// Employment type in the source's words: `Intern`, `INTERN`, `Full-time`...
    pub employment_type: Option<String>,
    /// Team or department.
    pub department: Option<String>,
    /// Terms that a list states: `Summer 2026`.
    pub terms: Vec<String>,
    /// What a list says of sponsorship.
    pub sponsorship: Option<String>,
    /// The employer's requisition number.
    pub requisition: Option<String>,
    /// When the source says that it was posted.
    pub posted: Option<RawDate>,
    /// When the source says that it was last changed.
    pub updated: Option<RawDate>,
    /// Until when applications are taken.
    pub deadline: Option<RawDate>,
    /// BCP 47 tag that the source states.
    pub language: Option<String>,
    /// Only what a list tells of it: its own page was not read in this poll. Of a posting that is known already, it then says
    /// that it is still there and nothing else.
    #[serde(skip)]
    pub outline: bool,
    /// Whether the source itself says that it is open.
    pub listing: Listing,
    /// The record as it came, for those who want to read it again. Large fields that stand above may be left out.
    pub raw: Value,
}

/// Whether the source's record says that the opening is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Listing {
    /// Listed, so open.
    #[default]
    Open,
    /// Listed, but said to be closed.
    Closed,
    /// In the record but not meant to be shown.
    Hidden,
}

/// A place as a source structures it. At least one field is filled.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RawLocation {
    /// The place as one text: `Berlin, Germany`, `Remote - US`.
    pub text: Option<String>,
    /// City, when told apart.
    pub city: Option<String>,
    /// State or region, when told apart.
    pub region: Option<String>,
    /// Country, as name or code, when told apart.
    pub country: Option<String>,
}

/// A text and how it is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "form", content = "text", rename_all = "kebab-case")]
pub enum RawText {
    /// HTML (already unescaped once where the wire format escapes it).
    Html(String),
    /// Plain text; line breaks mean something.
    Plain(String),
    /// The beginning or another part of a text, plain, as search results show it. What it does not say, the whole may say.
    Excerpt(String),
}

/// Pay stated as data.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RawPay {
    /// Lower amount.
    pub min: Option<f64>,
    /// Upper amount.
    pub max: Option<f64>,
    /// ISO 4217 code or symbol.
    pub currency: Option<String>,
    /// `hour`, `per-month-salary`, `YEAR`, ... as the source says.
    pub period: Option<String>,
    /// The same as text, where the source has only that: `$38 - $45 / hour`.
    pub text: Option<String>,
}

/// A date as a source gave it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "form", content = "value", rename_all = "kebab-case")]
pub enum RawDate {
    /// Text: ISO 8601, RFC 2822, `2026-11-01 10:00:00 UTC`, with or without zone.
    Text(String),
    /// Seconds since the Unix epoch.
    Seconds(i64),
    /// Milliseconds since the Unix epoch.
    Millis(i64),
}

/// What one poll of a source brought.
#[derive(Clone, Debug, Default)]
pub struct Fetched {
    /// The postings that could be read.
    pub postings: Vec<RawPosting>,
    /// Whether the answer is known to be whole: every page read, counts agree, nothing skipped for an error.
    /// Only a complete poll may ever say that a posting is gone.
    pub complete: bool,
    /// Each poll brings only what is new since the validators, so they are kept even though the poll is not complete.
    pub incremental: bool,
    /// The source answered that nothing changed since the last poll (HTTP 304); `postings` is then empty.
    pub unchanged: bool,
    /// Records that could not be read, each with where and why; they lose nothing else.
    pub problems: Vec<RecordProblem>,
    /// The employer's or list's name as the source gives it.
    pub name: Option<String>,
    /// Validators for the next conditional request, opaque JSON kept with the source.
    pub validators: Option<Value>,
    /// Where the source has moved for good, if it says so.
    pub moved_to: Option<SourceAddress>,
    /// Bytes received, after decompression.
    pub bytes: u64,
    /// Addresses of postings' own pages that answered that they are gone for good (404, 410).
    pub gone: Vec<String>,
}

/// One record of an answer that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RecordProblem {
    /// Where: `jobs[12].title`, or a URL.
    pub at: String,
    /// What was wrong.
    pub message: String,
}

/// Why a poll failed; stored with the source and shown on its page.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize, ToSchema)]
#[error("{message}")]
pub struct SourceError {
    /// What kind of failure.
    pub kind: SourceErrorKind,
    /// What was wrong, where, and what to do, in one or two sentences.
    pub message: String,
    /// The address that failed.
    pub url: Option<String>,
    /// HTTP status, if there was an answer.
    pub status: Option<u16>,
    /// When the source asks to be tried again, if it says so.
    pub retry_at: Option<Timestamp>,
}

/// Kinds of failure of a poll.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SourceErrorKind {
    /// Name not resolved, refused, reset.
    Unreachable,
    /// Took longer than allowed, as a whole or between two bytes.
    Timeout,
    /// 404 or 410: no such board.
    NotFound,
    /// 401, 403 or a bot wall.
    Denied,
    /// robots.txt forbids it.
    Robots,
    /// 429, after the retries.
    RateLimited,
    /// 5xx, after the retries.
    ServerError,
    /// A status, or a redirect, that is not expected here.
    UnexpectedStatus,
    /// Redirected too often, or in a circle.
    Redirects,
    /// The address, or one it redirects to, is private.
    PrivateAddress,
    /// More bytes than allowed, after decompression.
    TooLarge,
    /// The connection ended before the body did.
    Truncated,
    /// The body is not what it should be: not JSON, not a feed, no postings in it.
    Malformed,
    /// A file that cannot be read.
    File,
    /// The address itself makes no sense.
    BadAddress,
}

/// Whether a source is polled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SourceState {
    /// Polled.
    Active,
    /// Kept, but not polled until resumed.
    Paused,
    /// No longer wanted; kept for the history of its postings.
    Removed,
}

impl SourceState {
    /// The state's name as stored.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Paused => "paused",
            Self::Removed => "removed",
        }
    }

    /// The state with this name; unknown ones are taken as paused, so that nothing is polled by mistake.
    #[must_use]
    pub fn parse(name: &str) -> Self {
        match name {
            "active" => Self::Active,
            "removed" => Self::Removed,
            _ => Self::Paused,
        }
    }
}

/// A source with how well it does.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Source {
    /// Its id.
    pub id: SourceId,
    /// What is read, and by which connector.
    #[serde(flatten)]
    pub address: SourceAddress,
    /// As shown.
    pub name: String,
    /// Whether it is polled.
    pub state: SourceState,
    /// How it does, in one word.
    pub health: Health,
    /// Since when it is known.
    pub added_at: Timestamp,
    /// Minutes between polls, as configured when it was added.
    pub poll_minutes: u32,
    /// Minutes between polls by how often it changes, once that is known.
    pub interval_minutes: Option<u32>,
    /// Next poll not before.
    pub next_poll_at: Timestamp,
    /// Last try.
    pub last_polled_at: Option<Timestamp>,
    /// Last success.
    pub last_ok_at: Option<Timestamp>,
    /// Failures since the last success.
    pub failures: u32,
    /// Why the last poll failed.
    pub last_error: Option<SourceError>,
    /// Records open there at the last success.
    pub open_count: u64,
    /// Where it says that it has moved.
    pub moved_to: Option<SourceAddress>,
    /// For the next conditional request; the connector's own.
    #[serde(skip)]
    #[schema(ignore)]
    pub validators: Option<Value>,
}

/// One poll, as kept.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Poll {
    /// Of which source.
    pub source: SourceId,
    /// Begin.
    pub started_at: Timestamp,
    /// End.
    pub finished_at: Timestamp,
    /// How it ended.
    pub outcome: PollOutcome,
    /// Records counted.
    pub counts: PollCounts,
    /// Bytes received.
    pub bytes: u64,
    /// Why it failed.
    pub error: Option<SourceError>,
    /// Records that could not be read; at most 50 are kept.
    pub problems: Vec<RecordProblem>,
}

/// How a poll ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PollOutcome {
    /// All that the source has was read.
    Complete,
    /// Something was read, but not surely all; nothing is closed by it.
    Partial,
    /// The source says that nothing changed.
    Unchanged,
    /// Nothing was read.
    Failed,
}

impl PollOutcome {
    /// The name as stored.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Complete => "complete",
            Self::Partial => "partial",
            Self::Unchanged => "unchanged",
            Self::Failed => "failed",
        }
    }

    /// The outcome with this name; unknown ones are taken as failed.
    #[must_use]
    pub fn parse(name: &str) -> Self {
        [Self::Complete, Self::Partial, Self::Unchanged]
            .into_iter()
            .find(|outcome| outcome.name() == name)
            .unwrap_or(Self::Failed)
    }
}

/// What a poll did to the postings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PollCounts {
    /// Records read.
    pub found: u64,
    /// Postings first seen.
    pub added: u64,
    /// Records that joined a posting known from elsewhere.
    pub joined: u64,
    /// Postings changed.
    pub changed: u64,
    /// Postings closed.
    pub closed: u64,
    /// Postings open again.
    pub reopened: u64,
}
