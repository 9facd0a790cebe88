//! Evidence: an append-only fact that supports a skill. It is never edited; a newer one may supersede it.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::SkillId;
use crate::clock::Timestamp;

/// The row id of a piece of evidence.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(transparent)]
pub struct EvidenceId(pub i64);

impl std::fmt::Display for EvidenceId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// Where a piece of evidence comes from, the weakest first.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum EvidenceKind {
    /// The person says so.
    Statement,
    /// A course that the person took.
    Course,
    /// A page of public data that the person named.
    PublicPage,
    /// Paid or unpaid work, or a project, that the profile tells of.
    Work,
    /// A certificate that somebody else gave.
    Certificate,
    /// The person's own commits in a repository.
    Repository,
    /// An exercise that was run and judged.
    Exercise,
    /// A change that somebody else reviewed and merged.
    ChangeRequest,
}

/// One piece of evidence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// Its id.
    pub id: EvidenceId,
    /// The skill that it supports.
    pub skill: SkillId,
    /// Where it comes from.
    pub kind: EvidenceKind,
    /// How much it proves, from 0 to 1. From [`Evidence::PROVES`] on a skill counts as proven.
    pub strength: f32,
    /// When the thing happened that it tells of.
    pub at: Timestamp,
    /// When it was written down.
    pub recorded_at: Timestamp,
    /// What it is, in one sentence.
    pub statement: String,
    /// How anybody can check it again, in one sentence.
    pub check: String,
    /// Where it can be seen.
    pub link: Option<String>,
    /// The id of the profile's entry that it was read from, such as `work-2`.
    pub entry: Option<String>,
    /// The piece that this one replaces.
    pub supersedes: Option<EvidenceId>,
}

impl Evidence {
    /// The least strength at which a skill counts as proven rather than claimed.
    pub const PROVES: f32 = 0.5;
}
