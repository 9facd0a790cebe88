//! What a profile is: the resume, and what the person looks for and may do.

use std::collections::BTreeMap;

use resume::{PartialDate, Resume};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The row id of a state that a profile was in.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(transparent)]
pub struct RevisionId(pub i64);

impl RevisionId {
    /// The profile before anything was written.
    pub const EMPTY: Self = Self(0);
}

impl std::fmt::Display for RevisionId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// One person's profile.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Profile {
    /// The resume, with everything that may be said in a document.
    pub resume: Resume,
    /// What the person looks for and may do. Never shown in a document unless a paragraph asks for it.
    pub aims: Aims,
}

/// What the person looks for, when, and where they may work.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Aims {
    /// Titles that the person would like to hold, such as "Backend intern".
    pub targets: Vec<String>,
    /// Countries to work in, in two letters (ISO 3166-1); none: anywhere.
    pub countries: Vec<String>,
    /// Whether work from home is welcome.
    pub remote: bool,
    /// The first day at work that suits.
    pub available_from: Option<PartialDate>,
    /// The last day that suits.
    pub available_until: Option<PartialDate>,
    /// The most hours a week.
    pub hours_per_week: Option<u8>,
    /// When the current studies end or ended.
    pub graduation: Option<PartialDate>,
    /// The degree that they end with.
    pub degree: Option<StudyDegree>,
    /// Years of paid work in the field.
    pub years_of_work: Option<u8>,
    /// Whether the person may work in a country, by its two letters.
    pub authorisation: BTreeMap<String, Authorisation>,
    /// What a file held beyond these fields.
    #[serde(skip_serializing_if = "serde_json::Map::is_empty")]
    pub extra: serde_json::Map<String, serde_json::Value>,
}

/// The degree that studies end with.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum StudyDegree {
    /// School, bootcamp, vocational training.
    Vocational,
    /// Associate.
    Associate,
    /// Bachelor.
    Bachelor,
    /// Master.
    Master,
    /// Doctorate.
    Doctorate,
}

/// Whether somebody may work in a country.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Authorisation {
    /// Without any condition: citizens, permanent residents.
    Unlimited,
    /// With a permit that they hold, such as a student's.
    Permit,
    /// Only when an employer sponsors it.
    NeedsSponsor,
}
