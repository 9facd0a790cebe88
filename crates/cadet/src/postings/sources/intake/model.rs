//! An intake, its boards, and about how long reading them takes. Pure.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::clock::Timestamp;
use crate::postings::sources::model::{
    SourceAddress, SourceError, SourceErrorKind, SourceId, SourceKind,
};

/// Requests that one site gets at once.
const AT_ONE_SITE: u64 = 2;

/// An intake's row id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
pub struct IntakeId(pub i64);

impl std::fmt::Display for IntakeId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// A board's row id within intakes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ItemId(pub i64);

/// Where the boards were chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
#[schema(as = IntakeOrigin)]
pub enum Origin {
    /// In the starter directory.
    Directory,
    /// Among the boards that discovery proposes.
    Discovery,
}

impl Origin {
    /// The name as stored.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Directory => "directory",
            Self::Discovery => "discovery",
        }
    }

    /// The origin with this name; unknown ones are taken for the directory.
    #[must_use]
    pub fn parse(name: &str) -> Self {
        match name {
            "discovery" => Self::Discovery,
            _ => Self::Directory,
        }
    }
}

/// A board that somebody wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// The board.
    pub address: SourceAddress,
    /// The employer's name, under which it is shown.
    pub name: String,
}

/// How far a board of an intake is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
#[schema(as = IntakeStage)]
pub enum Stage {
    /// Not read yet.
    Waiting,
    /// Read, and a source now.
    Added,
    /// It was a source already.
    Known,
    /// Could not be read; no source.
    Failed,
}

impl Stage {
    /// The name as stored.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Added => "added",
            Self::Known => "known",
            Self::Failed => "failed",
        }
    }

    /// The stage with this name; unknown ones are taken as failed, so that nothing waits for ever.
    #[must_use]
    pub fn parse(name: &str) -> Self {
        [Self::Waiting, Self::Added, Self::Known]
            .into_iter()
            .find(|stage| stage.name() == name)
            .unwrap_or(Self::Failed)
    }
}

/// A board of an intake.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Item {
    /// Its row.
    #[serde(skip)]
    #[schema(ignore)]
    pub id: ItemId,
    /// The board.
    #[serde(flatten)]
    pub address: SourceAddress,
    /// The employer's name.
    pub name: String,
    /// How far it is.
    pub stage: Stage,
    /// The source that it became, or was already.
    pub source: Option<SourceId>,
    /// Postings found by the first reading.
    pub found: u64,
    /// Why it could not be read.
    pub error: Option<SourceError>,
}

/// Boards that are added together.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Intake {
    /// Its id.
    pub id: IntakeId,
    /// Where the boards were chosen.
    pub origin: Origin,
    /// When.
    pub started_at: Timestamp,
    /// Boards in all.
    pub total: u64,
    /// Of these, those that are not read yet.
    pub waiting: u64,
    /// Read, and sources now.
    pub added: u64,
    /// They were sources already.
    pub known: u64,
    /// Could not be read.
    pub failed: u64,
    /// Postings that were found so far.
    pub found: u64,
    /// About how long the ones that wait will take, in seconds.
    pub seconds: u64,
}

impl Intake {
    /// Boards of which nothing more is expected.
    #[must_use]
    pub const fn done(&self) -> u64 {
        self.total.saturating_sub(self.waiting)
    }

    /// Whether nothing more is expected.
    #[must_use]
    pub const fn is_done(&self) -> bool {
        self.waiting == 0
    }
}

/// About how long one board of a kind takes to be read for the first time, in seconds of its site's time. Boards that give
/// everything in one answer take a moment, or ten seconds on Ashby; others ask for each page or posting.
const fn seconds_of_one(kind: SourceKind) -> u64 {
    match kind {
        SourceKind::Greenhouse | SourceKind::Lever => 3,
        SourceKind::Ashby => 10,
        _ => 40,
    }
}

/// About how long reading these boards takes, in seconds: what one site is asked at once is limited, and so is what this
/// program does at once.
#[must_use]
pub fn first_reading_seconds(kinds: impl Iterator<Item = SourceKind>, concurrency: usize) -> u64 {
    let mut sites: HashMap<SourceKind, u64> = HashMap::new();
    for kind in kinds {
        *sites.entry(kind).or_default() += seconds_of_one(kind);
    }
    let slots = u64::try_from(concurrency.max(1)).unwrap_or(u64::MAX);
    let slowest = sites.values().max().copied().unwrap_or(0);
    let all: u64 = sites.values().sum();
    slowest.div_ceil(AT_ONE_SITE).max(all.div_ceil(slots))
}

/// Puts the boards in an order in which the sites take turns, so that no site is asked much while others wait.
#[must_use]
pub fn in_turns(wanted: Vec<Wanted>) -> Vec<Wanted> {
    let mut turns: HashMap<SourceKind, usize> = HashMap::new();
    let mut placed: Vec<(usize, Wanted)> = wanted
        .into_iter()
        .map(|one| {
            let turn = turns.entry(one.address.kind).or_default();
            *turn += 1;
            (*turn, one)
        })
        .collect();
    placed.sort_by_key(|(turn, _)| *turn);
    placed.into_iter().map(|(_, one)| one).collect()
}

/// What a person can do about a board that could not be read; it has not become a source.
#[must_use]
pub const fn advice(error: SourceErrorKind) -> &'static str {
    match error {
        SourceErrorKind::NotFound | SourceErrorKind::BadAddress => {
            "The employer has left this system or renamed its board. Add its career page by its address instead."
        }
        SourceErrorKind::Denied | SourceErrorKind::Robots => {
            "The site turns programs away, and Cadet does not get around that. Its alert mails are another way."
        }
        SourceErrorKind::PrivateAddress => {
            "The address is on a private network. If that is meant, the operator allows it with fetch.allow_private."
        }
        SourceErrorKind::TooLarge => "The answer is larger than fetch.max_body_mib allows.",
        SourceErrorKind::Malformed
        | SourceErrorKind::Redirects
        | SourceErrorKind::UnexpectedStatus
        | SourceErrorKind::File => {
            "The site answers strangely; it may be down for maintenance. Try again later."
        }
        SourceErrorKind::Unreachable
        | SourceErrorKind::Timeout
        | SourceErrorKind::RateLimited
        | SourceErrorKind::ServerError
        | SourceErrorKind::Truncated => {
            "The site does not answer as it should just now. Try again later."
        }
    }
}
