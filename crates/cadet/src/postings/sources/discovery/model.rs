//! A proposal, where its board was seen, and why it is proposed. Pure.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::clock::Timestamp;
use crate::postings::sources::model::{SourceAddress, SourceId};

/// A proposal's row id.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(transparent)]
pub struct ProposalId(pub i64);

impl std::fmt::Display for ProposalId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// A board that postings lead to and that is no source yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Proposal {
    /// Its id.
    pub id: ProposalId,
    /// The board.
    #[serde(flatten)]
    pub address: SourceAddress,
    /// The employer's name.
    pub name: String,
    /// Postings of any kind, open or closed, that lead there.
    pub postings: u64,
    /// Of these, those that are open.
    pub open: u64,
    /// Of the open ones, those that are backend internships: said or likely to be.
    pub open_backend_internships: u64,
    /// The sources that told of them, the one with the most first.
    pub seen_in: Vec<SeenIn>,
    /// Why it is proposed, in a sentence.
    pub why: String,
    /// When a posting first led there.
    pub first_seen_at: Timestamp,
    /// Since when it is not proposed any more, because somebody dismissed it.
    pub dismissed_at: Option<Timestamp>,
}

/// How much one source told of a board.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct SeenIn {
    /// The source.
    pub source_id: SourceId,
    /// Its name.
    pub source: String,
    /// Its postings that lead to the board.
    pub postings: u64,
    /// Of these, the open backend internships.
    pub open_backend_internships: u64,
}

/// Sources that the sentence names.
const NAMED: usize = 2;

/// Why a board is proposed: `Seen in 14 postings of World Tech Internships, 5 of them open backend internships.`
#[must_use]
pub fn why(seen_in: &[SeenIn]) -> String {
    if seen_in.is_empty() {
        return "No posting leads there any more.".to_owned();
    }
    let mut parts: Vec<String> = seen_in.iter().take(NAMED).map(part).collect();
    match seen_in.len().saturating_sub(NAMED) {
        0 => {}
        1 => parts.push("one more source".to_owned()),
        more => parts.push(format!("{more} more sources")),
    }
    format!("Seen in {}.", parts.join("; "))
}

fn part(seen: &SeenIn) -> String {
    let postings = match seen.postings {
        1 => "1 posting".to_owned(),
        many => format!("{many} postings"),
    };
    let backend = match (seen.open_backend_internships, seen.postings) {
        (0, _) => String::new(),
        (1, 1) => ", an open backend internship".to_owned(),
        (1, _) => ", 1 of them an open backend internship".to_owned(),
        (some, _) => format!(", {some} of them open backend internships"),
    };
    format!("{postings} of {}{backend}", seen.source)
}

/// Where a proposal stands in the ranking: the most open backend internships first, then the most open postings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Open backend internships.
    pub open_backend_internships: i64,
    /// Open postings.
    pub open: i64,
    /// The row, where both are equal.
    pub id: ProposalId,
}

impl Place {
    /// Where `proposal` stands.
    #[must_use]
    pub fn of(proposal: &Proposal) -> Self {
        let whole = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
        Self {
            open_backend_internships: whole(proposal.open_backend_internships),
            open: whole(proposal.open),
            id: proposal.id,
        }
    }
}

/// Which proposals are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Which {
    /// Those that can be added.
    #[default]
    Open,
    /// Those that were dismissed.
    Dismissed,
}
