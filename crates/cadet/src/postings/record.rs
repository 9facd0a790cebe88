//! The shapes of a posting for those who read it: the row of a list and the whole record.
//!
//! [`PostingRecord`] is an interface that stays (`cadet export postings`, `cadet show --json`, the REST interface):
//! fields are added, never renamed or removed. `docs/interfaces.md` describes it.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::fit::Fit;
use super::mentions;
use super::merge::Changes;
use super::model::{
    BackendGrade, Dated, Employment, Facts, Location, NormalPosting, Origin, Pay, PostingId,
    SkillMention, Term, Workplace,
};
use super::openings::model::OpeningOf;
use super::rates::PayRates;
use super::sources::model::{SourceId, SourceKind};
use crate::clock::Timestamp;

/// Open or closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Listed somewhere, and its last day to apply has not passed.
    Open,
    /// Not listed any more, or past its last day.
    Closed,
}

/// A posting as a row of a list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PostingSummary {
    /// Its id.
    pub id: PostingId,
    /// Title.
    pub title: String,
    /// Employer.
    pub company: String,
    /// Places.
    pub locations: Vec<Location>,
    /// Where the work is done.
    pub workplace: Option<Workplace>,
    /// How the employer employs.
    pub employment: Option<Employment>,
    /// Is it an internship?
    pub internship: bool,
    /// How much backend work it is.
    pub backend: BackendGrade,
    /// Terms.
    pub terms: Vec<Term>,
    /// Pay.
    pub pay: Option<Pay>,
    /// The same by the hour and by the month.
    pub pay_rates: Option<PayRates>,
    /// Ids of the skills named, in order of first mention.
    pub skills: Vec<String>,
    /// Open or closed.
    pub status: Status,
    /// Posted.
    pub posted: Option<Dated>,
    /// Last day to apply.
    pub deadline: Option<Dated>,
    /// First seen by Cadet.
    pub first_seen_at: Timestamp,
    /// Open, but not listed at the last look: since when.
    pub suspect_since: Option<Timestamp>,
    /// Whether the reader keeps it.
    pub saved: bool,
    /// The opening that it is of: the number of the first of its postings.
    pub opening_id: PostingId,
    /// How many postings the opening has; a list shows one of them, with the places of all.
    pub opening_postings: usize,
    /// How it fits the reader; absent where nothing is known of them, or it is not open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fit: Option<Fit>,
}

/// A posting, whole.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PostingRecord {
    /// Its id.
    pub id: PostingId,
    /// Open or closed.
    pub status: Status,
    /// Title.
    pub title: String,
    /// Employer, as shown.
    pub company: String,
    /// Employer, for comparison.
    pub company_key: String,
    /// Places.
    pub locations: Vec<Location>,
    /// Where the work is done.
    pub workplace: Option<Workplace>,
    /// How the employer employs.
    pub employment: Option<Employment>,
    /// Team or department.
    pub department: Option<String>,
    /// Language of the text, ISO 639-1.
    pub language: Option<String>,
    /// Its page.
    pub url: String,
    /// Where to apply.
    pub apply_url: String,
    /// Posted.
    pub posted: Option<Dated>,
    /// Last changed, says the source.
    pub updated: Option<Dated>,
    /// Last day to apply.
    pub deadline: Option<Dated>,
    /// Pay.
    pub pay: Option<Pay>,
    /// The same by the hour and by the month.
    pub pay_rates: Option<PayRates>,
    /// The text as safe HTML.
    pub description_html: String,
    /// The text, plain.
    pub description_text: String,
    /// What the posting says, each with its words.
    pub facts: Facts,
    /// Skills named, with where.
    pub skills: Vec<SkillMention>,
    /// Where each filled field came from.
    pub origins: std::collections::BTreeMap<String, Origin>,
    /// What identifies it.
    pub keys: Vec<String>,
    /// First seen by Cadet.
    pub first_seen_at: Timestamp,
    /// Last seen in a source.
    pub last_seen_at: Timestamp,
    /// Last change of what is shown.
    pub changed_at: Timestamp,
    /// Closed since.
    pub closed_at: Option<Timestamp>,
    /// Open, but not listed at the last look: since when.
    pub suspect_since: Option<Timestamp>,
    /// Every record of it in every source.
    pub sightings: Vec<SightingRecord>,
    /// The opening that it is of.
    pub opening: OpeningOf,
}

/// One record of a posting in one source.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SightingRecord {
    /// Where.
    pub source_id: SourceId,
    /// The source's name.
    pub source: String,
    /// Read by which connector.
    pub source_kind: SourceKind,
    /// The source's id for it.
    pub external_id: String,
    /// Its page there.
    pub url: String,
    /// Title there.
    pub title: String,
    /// Employer there.
    pub company: String,
    /// Places there.
    pub locations: Vec<Location>,
    /// What the source says: `open`, `closed`, `hidden`.
    pub listing: String,
    /// First seen there.
    pub first_seen_at: Timestamp,
    /// Last seen there.
    pub last_seen_at: Timestamp,
    /// Not there any more since.
    pub gone_at: Option<Timestamp>,
    /// What is believed of it: `open`, `suspect`, `closed`.
    pub standing: String,
    /// Not listed as open since.
    pub doubted_since: Option<Timestamp>,
}

/// A text of a posting that was replaced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct EarlierText {
    /// The text as safe HTML.
    #[serde(skip)]
    #[schema(ignore)]
    pub html: String,
    /// The text, plain.
    pub text: String,
}

/// Something that happened to a posting.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum HistoryEntry {
    /// What is shown changed.
    Changed {
        /// When.
        at: Timestamp,
        /// What.
        #[schema(value_type = Object)]
        changes: Changes,
        /// The whole text before, if it is the text that changed; the newest 20 of a posting are kept.
        earlier: Option<EarlierText>,
    },
    /// It is open, but was surely listed nowhere at the last look.
    Suspected {
        /// When.
        at: Timestamp,
        /// Why.
        reason: String,
    },
    /// What was suspected was wrong.
    ListedAgain {
        /// When.
        at: Timestamp,
        /// Why.
        reason: String,
    },
    /// It was closed.
    Closed {
        /// When.
        at: Timestamp,
        /// Why.
        reason: String,
    },
    /// It was opened again.
    Reopened {
        /// When.
        at: Timestamp,
        /// Why.
        reason: String,
    },
}

/// A posting with its instants, as read from the database.
#[derive(Clone, Debug)]
pub struct Stored {
    /// Its id.
    pub id: PostingId,
    /// The opening that it is of.
    pub opening: PostingId,
    /// Its fields.
    pub posting: NormalPosting,
    /// First seen.
    pub first_seen_at: Timestamp,
    /// Last seen.
    pub last_seen_at: Timestamp,
    /// Last changed.
    pub changed_at: Timestamp,
    /// Closed since.
    pub closed_at: Option<Timestamp>,
    /// Open, but not listed at the last look: since when.
    pub suspect_since: Option<Timestamp>,
}

impl Stored {
    /// Open or closed.
    #[must_use]
    pub fn status(&self) -> Status {
        if self.closed_at.is_some() {
            Status::Closed
        } else {
            Status::Open
        }
    }

    /// The whole record.
    #[must_use]
    pub fn record(self, sightings: Vec<SightingRecord>, opening: OpeningOf) -> PostingRecord {
        let status = self.status();
        let posting = self.posting;
        PostingRecord {
            id: self.id,
            status,
            pay_rates: posting.pay_rates(),
            title: posting.title,
            company: posting.company,
            company_key: posting.company_key,
            locations: posting.locations,
            workplace: posting.workplace,
            employment: posting.employment,
            department: posting.department,
            language: posting.language,
            url: posting.url,
            apply_url: posting.apply_url,
            posted: posting.posted,
            updated: posting.updated,
            deadline: posting.deadline,
            pay: posting.pay,
            description_html: posting.description_html,
            description_text: posting.description_text,
            facts: posting.facts,
            skills: posting.skills,
            origins: posting.origins,
            keys: posting.keys,
            first_seen_at: self.first_seen_at,
            last_seen_at: self.last_seen_at,
            changed_at: self.changed_at,
            closed_at: self.closed_at,
            suspect_since: self.suspect_since,
            sightings,
            opening,
        }
    }
}

impl NormalPosting {
    /// Whether it is held to be an internship.
    #[must_use]
    pub fn is_internship(&self) -> bool {
        self.facts
            .internship
            .as_ref()
            .is_some_and(|fact| fact.value)
    }

    /// How much backend work it is held to be.
    #[must_use]
    pub fn backend_grade(&self) -> BackendGrade {
        self.facts
            .backend
            .as_ref()
            .map_or(BackendGrade::No, |fact| fact.value)
    }

    /// Ids of the skills named, each once, in order of first mention.
    #[must_use]
    pub fn distinct_skills(&self) -> Vec<String> {
        mentions::distinct_skills(&self.skills)
    }
}
