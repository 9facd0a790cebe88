//! The life of one record in one source: open, suspect, closed, open again. A pure state machine.
//!
//! ```text
//!            not listed, or said to be closed but doubted
//!   Open  ---------------------------------------------->  Suspect
//!    ^ \                                                   /   |
//!    |  \------------ said to be closed -----------.      /    | confirmed
//!    |                                              v    v     v
//!    '------------------- listed again ------------- Closed <--'
//! ```
//!
//! What is not listed is confirmed by a second complete poll that is far enough from the first. What the source calls
//! closed is closed at once, with three exceptions: a record that returned within [`WATCHED_MS`] needs the next look to
//! agree; so does one that is younger than [`SETTLED_MS`] in a list that others keep, since such lists correct themselves
//! most in the first days; and one that flaps, having returned twice within [`FLAPPING_MS`], is only believed when it has
//! stayed away for [`HELD_MS`].

use crate::clock::Timestamp;
use crate::config;
use crate::postings::sources::model::{Listing, SourceKind};

const HOUR_MS: i64 = 3_600_000;
/// A record that others list is settled when it has been there so long.
pub const SETTLED_MS: i64 = 72 * HOUR_MS;
/// For so long after it returned, a record's next closing needs a second look.
pub const WATCHED_MS: i64 = 30 * 24 * HOUR_MS;
/// A record that returned twice within this time flaps.
pub const FLAPPING_MS: i64 = 14 * 24 * HOUR_MS;
/// So long a record that flaps must stay away before that is believed.
pub const HELD_MS: i64 = 24 * HOUR_MS;

/// How a record stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Standing {
    /// Listed at the last look.
    #[default]
    Open,
    /// Not listed, or said to be closed, but not yet believed.
    Suspect,
    /// Believed to be closed.
    Closed,
}

impl Standing {
    /// The name as stored.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Suspect => "suspect",
            Self::Closed => "closed",
        }
    }

    /// The standing with this name; unknown ones are taken as open, which the next look corrects.
    #[must_use]
    pub fn parse(name: &str) -> Self {
        match name {
            "suspect" => Self::Suspect,
            "closed" => Self::Closed,
            _ => Self::Open,
        }
    }
}

/// What one look at a source says of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Look {
    /// Listed as open.
    Listed,
    /// In the answer, and said there to be closed or hidden.
    SaidClosed,
    /// Not in an answer that was complete.
    Missing,
    /// Its own page answered that it is gone for good.
    PageGone,
}

impl From<Listing> for Look {
    fn from(listing: Listing) -> Self {
        match listing {
            Listing::Open => Self::Listed,
            Listing::Closed | Listing::Hidden => Self::SaidClosed,
        }
    }
}

/// How much a source is believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policy {
    /// Least time between two complete polls that confirm each other, in milliseconds. 0 believes the first.
    pub spacing_ms: i64,
    /// Whether the source speaks for the employer, so that what it calls closed is closed however new it is.
    pub is_own_word: bool,
}

impl Policy {
    /// How sources of this kind are believed, with the spacing that the operator configured.
    #[must_use]
    pub fn of(kind: SourceKind, settings: &config::Lifecycle) -> Self {
        let minutes = settings
            .confirm_minutes_for
            .get(kind.name())
            .unwrap_or(&settings.confirm_minutes);
        Self {
            spacing_ms: i64::from(*minutes) * 60_000,
            is_own_word: is_own_word(kind),
        }
    }
}

/// Whether a source speaks for the employer, as its board and its pages do, rather than telling what others said. An export
/// speaks for the Cadet that wrote it.
const fn is_own_word(kind: SourceKind) -> bool {
    kind.rank() >= SourceKind::JsonLd.rank() || matches!(kind, SourceKind::Export)
}

/// The life of a record so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Life {
    /// How it stands.
    pub standing: Standing,
    /// When it was first seen.
    pub first_seen_at: Timestamp,
    /// Since which look it has not been listed as open.
    pub doubted_since: Option<Timestamp>,
    /// When it returned last after having been away.
    pub reopened_at: Option<Timestamp>,
    /// When it returned the time before.
    pub reopened_before_at: Option<Timestamp>,
}

impl Life {
    /// The life of a record that is seen for the first time.
    #[must_use]
    pub fn begin(look: Look, now: Timestamp) -> Self {
        let open = look == Look::Listed;
        Self {
            standing: if open {
                Standing::Open
            } else {
                Standing::Closed
            },
            first_seen_at: now,
            doubted_since: (!open).then_some(now),
            reopened_at: None,
            reopened_before_at: None,
        }
    }

    /// Whether a look that lists it, if `listed`, or calls it closed, leaves it as it is.
    #[must_use]
    pub fn is_settled(&self, listed: bool) -> bool {
        match self.standing {
            Standing::Open => listed,
            Standing::Suspect => false,
            Standing::Closed => !listed,
        }
    }

    /// The life after a look at `now`.
    #[must_use]
    pub fn after(self, look: Look, now: Timestamp, policy: Policy) -> Self {
        if look == Look::Listed {
            return self.listed(now);
        }
        if self.standing == Standing::Closed {
            return self;
        }
        let since = self.doubted_since.unwrap_or(now);
        let believed = match look {
            Look::Listed => false,
            Look::PageGone => true,
            Look::Missing => self.absence_is_believed(since, now, policy),
            Look::SaidClosed => self.word_is_believed(since, now, policy),
        };
        Self {
            standing: if believed {
                Standing::Closed
            } else {
                Standing::Suspect
            },
            doubted_since: Some(since),
            ..self
        }
    }

    fn listed(self, now: Timestamp) -> Self {
        if self.standing == Standing::Open {
            return self;
        }
        Self {
            standing: Standing::Open,
            doubted_since: None,
            reopened_at: Some(now),
            reopened_before_at: self.reopened_at,
            ..self
        }
    }

    fn absence_is_believed(&self, since: Timestamp, now: Timestamp, policy: Policy) -> bool {
        let needed = if self.flaps(since) {
            policy.spacing_ms.max(HELD_MS)
        } else {
            policy.spacing_ms
        };
        needed == 0 || (self.doubted_since.is_some() && elapsed(since, now) >= needed)
    }

    fn word_is_believed(&self, since: Timestamp, now: Timestamp, policy: Policy) -> bool {
        if self.flaps(since) {
            return elapsed(since, now) >= HELD_MS;
        }
        let returned = self
            .reopened_at
            .is_some_and(|at| elapsed(at, since) <= WATCHED_MS);
        let unsettled = !policy.is_own_word
            && policy.spacing_ms > 0
            && elapsed(self.first_seen_at, since) < SETTLED_MS;
        !(returned || unsettled) || since < now
    }

    /// Whether it came and went so often before `since` that one more time says little.
    #[must_use]
    pub fn flaps(&self, since: Timestamp) -> bool {
        self.reopened_before_at
            .is_some_and(|at| elapsed(at, since) <= FLAPPING_MS)
    }
}

/// Milliseconds from one instant to a later one.
fn elapsed(from: Timestamp, to: Timestamp) -> i64 {
    to.0.saturating_sub(from.0)
}

#[cfg(test)]
#[path = "model_tests.rs"]
mod tests;
