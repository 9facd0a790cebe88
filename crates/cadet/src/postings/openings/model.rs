//! The shapes of openings: members, links, decisions, and what is told of an opening to people and programs. Pure.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::partition::Pair;
use crate::accounts::model::AccountId;
use crate::clock::Timestamp;
use crate::postings::model::{Location, PostingId};
use crate::postings::record::Status;

/// A decision's row id.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(transparent)]
pub struct DecisionId(pub i64);

impl std::fmt::Display for DecisionId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// A posting as one of an opening.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Member {
    /// The posting.
    pub id: PostingId,
    /// The opening.
    pub opening: PostingId,
    /// How much the source is trusted that its fields come from.
    pub rank: i32,
    /// Whether it is open.
    pub open: bool,
    /// First seen by Cadet.
    pub first_seen_at: Timestamp,
}

/// The posting of an opening that lists show: an open one before a closed one, then from the most trusted source, then the
/// oldest.
#[must_use]
pub fn primary(members: &[Member]) -> Option<PostingId> {
    let best = members.iter().min_by_key(|member| {
        (
            !member.open,
            std::cmp::Reverse(member.rank),
            member.first_seen_at,
            member.id,
        )
    });
    best.map(|member| member.id)
}

/// Two postings that the rules hold to be one opening.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// Which.
    pub pair: Pair,
    /// How sure, 0 to 1.
    pub score: f64,
    /// Why.
    pub reasons: Vec<String>,
}

/// What somebody said of two postings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = OpeningDecision)]
pub struct Decision {
    /// Its number.
    pub id: DecisionId,
    /// The posting with the smaller number.
    pub first: PostingId,
    /// The other posting.
    pub second: PostingId,
    /// The posting that was taken out or put in.
    pub about: PostingId,
    /// Whether they are one opening.
    pub same: bool,
    /// Who said so; null where nobody was signed in.
    #[schema(value_type = Option<i64>)]
    pub by: Option<AccountId>,
    /// When.
    pub at: Timestamp,
    /// Undone since.
    pub undone_at: Option<Timestamp>,
}

impl Decision {
    /// The pair that it is about.
    #[must_use]
    pub fn pair(&self) -> Pair {
        Pair::of(self.first, self.second)
    }
}

/// The opening of a posting, as the posting's record holds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct OpeningOf {
    /// The opening: the number of its first posting.
    pub id: PostingId,
    /// Why this posting is of it; empty for a posting that is the only one.
    pub reasons: Vec<String>,
}

/// An opening with all its postings.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct OpeningRecord {
    /// The number of its first posting.
    pub id: PostingId,
    /// The posting that lists show.
    pub primary: PostingId,
    /// Its postings, the one that lists show first.
    pub postings: Vec<OpeningPosting>,
    /// What people decided about these postings, oldest first.
    pub decisions: Vec<Decision>,
}

/// A posting of an opening.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct OpeningPosting {
    /// The posting.
    pub id: PostingId,
    /// Its title.
    pub title: String,
    /// Its employer.
    pub company: String,
    /// Its places.
    pub locations: Vec<Location>,
    /// Its page.
    pub url: String,
    /// Open or closed.
    pub status: Status,
    /// First seen by Cadet.
    pub first_seen_at: Timestamp,
    /// How sure it is that it belongs to the others, 0 to 1; null for one that is there by hand, and for the only one.
    pub score: Option<f64>,
    /// Why it belongs to the others.
    pub reasons: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_show_an_open_posting_of_the_best_source_then_the_oldest() {
        let member = |id, rank, open, seen| Member {
            id: PostingId(id),
            opening: PostingId(1),
            rank,
            open,
            first_seen_at: Timestamp(seen),
        };
        let mut members = vec![member(1, 90, false, 1), member(2, 10, true, 2)];
        assert_eq!(primary(&members), Some(PostingId(2)));
        members.extend([member(3, 50, true, 9), member(4, 50, true, 5)]);
        assert_eq!(primary(&members), Some(PostingId(4)));
        assert_eq!(primary(&[]), None);
    }
}
