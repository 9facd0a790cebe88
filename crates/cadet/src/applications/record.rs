//! The shapes of applications for those who read them: a row of a list and the whole.
//!
//! They are an interface that stays: fields are added, never renamed or removed.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::log::Entry;
use super::model::{ApplicationId, Stage};
use super::next::NextAction;
use super::state::State;
use crate::clock::Timestamp;
use crate::postings::model::PostingId;

/// An application as a row of a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ApplicationSummary {
    /// Its number.
    pub id: ApplicationId,
    /// The posting in Cadet.
    pub posting: Option<PostingId>,
    /// The employer.
    pub company: String,
    /// The position.
    pub title: String,
    /// Where.
    pub place: String,
    /// How it was found.
    pub source: String,
    /// Where it stands.
    pub stage: Stage,
    /// Since when it stands there.
    pub stage_since: Timestamp,
    /// When it was sent.
    pub applied_at: Option<Timestamp>,
    /// When the employer answered first.
    pub answered_at: Option<Timestamp>,
    /// When it was recorded first.
    pub created_at: Timestamp,
    /// When something was recorded last.
    pub changed_at: Timestamp,
    /// Whether it is put away.
    pub archived: bool,
    /// Nothing is told of it until then.
    pub snoozed_until: Option<Timestamp>,
    /// The last instant to apply.
    pub deadline: Option<Timestamp>,
    /// How well the posting fitted when it was sent, 0 to 1.
    pub score: Option<f64>,
    /// Which version of which document was sent.
    pub document: Option<String>,
}

impl ApplicationSummary {
    /// `Backend Intern at Northlight`, with what is known.
    #[must_use]
    pub fn name(&self) -> String {
        match (self.title.as_str(), self.company.as_str()) {
            ("", company) => company.to_owned(),
            (title, "") => title.to_owned(),
            (title, company) => format!("{title} at {company}"),
        }
    }
}

/// An application with everything that belongs to it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ApplicationRecord {
    /// Its row.
    pub application: ApplicationSummary,
    /// What the log says now.
    pub state: State,
    /// The log, the oldest first.
    pub log: Vec<Entry>,
    /// What to do next, the most pressing first.
    pub next: Vec<NextAction>,
}

/// How many applications stand where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct StageCount {
    /// The stage.
    pub stage: Stage,
    /// What its owner calls it.
    pub label: String,
    /// How many stand there and are not put away.
    pub count: u64,
}
