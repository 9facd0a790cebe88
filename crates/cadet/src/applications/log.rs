//! The log of an application: what was recorded, in order. Entries are only ever added; undoing and correcting are entries.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::model::{Details, EventId, FrozenFile, Person, Review, Sent, Stage, Task};
use super::offers::model::Offer;
use super::round::Round;
use crate::clock::Timestamp;

/// What an entry says. Things within an application (notes, rounds, tasks, people) have numbers; setting one that is there
/// replaces what is shown, and the entry before it stays in the log.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "kebab-case")]
#[schema(as = ApplicationChange)]
pub enum Change {
    /// The application began.
    Created {
        /// What it is for.
        details: Details,
        /// Where it began.
        stage: Stage,
    },
    /// It went to another stage.
    Moved {
        /// Which.
        to: Stage,
        /// Why, in the person's own words.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        why: String,
    },
    /// An entry does not count.
    Undone {
        /// Which.
        event: EventId,
    },
    /// An entry happened at another time.
    Corrected {
        /// Which.
        event: EventId,
        /// When it happened.
        to: Timestamp,
    },
    /// What it is for was corrected.
    DetailsSet {
        /// What it is for.
        details: Details,
    },
    /// A note was written or written anew; an empty one is gone.
    NoteSet {
        /// Its number.
        note: u32,
        /// Its text.
        text: String,
    },
    /// A round was agreed or changed.
    RoundSet {
        /// The round.
        round: Round,
    },
    /// A round was called off, or is on again.
    RoundCancelled {
        /// Its number.
        round: u32,
        /// Whether it is off.
        cancelled: bool,
    },
    /// A task was added or changed.
    TaskSet {
        /// The task.
        task: Task,
    },
    /// A task is gone.
    TaskRemoved {
        /// Its number.
        task: u32,
    },
    /// Somebody was added or changed.
    PersonSet {
        /// The person.
        person: Person,
    },
    /// Somebody is gone.
    PersonRemoved {
        /// Their number.
        person: u32,
    },
    /// An offer was made or changed.
    OfferSet {
        /// The offer.
        offer: Offer,
    },
    /// Somebody wrote what they think of it.
    Reviewed {
        /// What.
        review: Review,
    },
    /// Nothing is to be told of it until then.
    Snoozed {
        /// Until when; at once again if absent.
        until: Option<Timestamp>,
    },
    /// A next action was done or let go.
    ActionDone {
        /// Its key.
        action: String,
    },
    /// It was put away, or taken back.
    Archived {
        /// Whether it is away.
        archived: bool,
    },
    /// Files were frozen with it. This is never undone.
    Frozen {
        /// Which.
        files: Vec<FrozenFile>,
    },
    /// With what it was sent.
    SentWith {
        /// With what.
        sent: Sent,
    },
}

impl Change {
    /// The kind's name, as stored.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Created { .. } => "created",
            Self::Moved { .. } => "moved",
            Self::Undone { .. } => "undone",
            Self::Corrected { .. } => "corrected",
            Self::DetailsSet { .. } => "details-set",
            Self::NoteSet { .. } => "note-set",
            Self::RoundSet { .. } => "round-set",
            Self::RoundCancelled { .. } => "round-cancelled",
            Self::TaskSet { .. } => "task-set",
            Self::TaskRemoved { .. } => "task-removed",
            Self::PersonSet { .. } => "person-set",
            Self::PersonRemoved { .. } => "person-removed",
            Self::OfferSet { .. } => "offer-set",
            Self::Reviewed { .. } => "reviewed",
            Self::Snoozed { .. } => "snoozed",
            Self::ActionDone { .. } => "action-done",
            Self::Archived { .. } => "archived",
            Self::Frozen { .. } => "frozen",
            Self::SentWith { .. } => "sent-with",
        }
    }

    /// Whether it may be undone. The beginning may not (an application is put away instead), nor what is frozen.
    #[must_use]
    pub const fn can_be_undone(&self) -> bool {
        !matches!(
            self,
            Self::Created { .. } | Self::Frozen { .. } | Self::SentWith { .. }
        )
    }

    /// The number within the application that it uses, if any.
    #[must_use]
    pub const fn number(&self) -> u32 {
        match self {
            Self::NoteSet { note, .. } => *note,
            Self::RoundSet { round } => round.id,
            Self::TaskSet { task } => task.id,
            Self::PersonSet { person } => person.id,
            _ => 0,
        }
    }

    /// Keys of the dated things that it touches, for the revisions of calendar entries.
    #[must_use]
    pub fn dated(&self) -> Vec<String> {
        match self {
            Self::Created { .. } | Self::DetailsSet { .. } => vec!["deadline".into()],
            Self::RoundSet { round } => vec![format!("round-{}", round.id)],
            Self::RoundCancelled { round, .. } => vec![format!("round-{round}")],
            Self::TaskSet { task } => vec![format!("task-{}", task.id)],
            Self::TaskRemoved { task } => vec![format!("task-{task}")],
            Self::OfferSet { .. } => vec!["answer-by".into()],
            Self::Reviewed { .. } => vec!["apply-again".into()],
            Self::Moved { .. } | Self::Archived { .. } => {
                vec!["deadline".into(), "answer-by".into()]
            }
            _ => Vec::new(),
        }
    }
}

/// An entry of the log.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = ApplicationEntry)]
pub struct Entry {
    /// Its number; grows.
    pub id: EventId,
    /// When it happened, as it was recorded. A later correction may say otherwise.
    pub at: Timestamp,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// The entries that were recorded together with one stroke.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub batch: Option<String>,
    /// What it says.
    pub change: Change,
}
