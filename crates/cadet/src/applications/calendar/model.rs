//! What of an application belongs in a calendar. Pure.

use super::super::model::{ApplicationId, Stage};
use super::super::round::{LocalTime, Round};
use super::super::state::State;
use crate::clock::Timestamp;

/// Minutes that a last instant is drawn long.
const DEADLINE_MINUTES: i64 = 30;

/// An item of a calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Of which application.
    pub application: ApplicationId,
    /// Tells it from the application's others: `round-3`, `deadline`.
    pub key: String,
    /// Grows with every change.
    pub sequence: u32,
    /// When the application last changed.
    pub changed_at: Timestamp,
    /// In a few words.
    pub summary: String,
    /// In more.
    pub description: String,
    /// Where.
    pub place: String,
    /// A link: of the call, or of the posting.
    pub url: String,
    /// When it begins.
    pub starts: Timestamp,
    /// When it ends.
    pub ends: Timestamp,
    /// Minutes before its beginning at which one is reminded.
    pub alarms: Vec<u32>,
    /// Whether it is off.
    pub cancelled: bool,
    /// For a task: whether it is done. None for an event.
    pub task_done: Option<bool>,
}

/// The items of an application, in order of key. Tasks are among them.
#[must_use]
pub fn items(id: ApplicationId, state: &State) -> Vec<Item> {
    let items = Items { id, state };
    let mut found: Vec<Item> = Vec::new();
    for round in state.rounds.iter().chain(&state.gone_rounds) {
        found.extend(items.round(round));
        found.extend(items.due(round));
    }
    found.extend(items.deadline());
    found.extend(items.answer_by());
    found.extend(items.apply_again());
    found.extend(items.tasks());
    found.sort_by(|a, b| a.key.cmp(&b.key));
    found
}

struct Items<'s> {
    id: ApplicationId,
    state: &'s State,
}

impl Items<'_> {
    fn item(&self, key: &str, summary: String, (starts, ends): (Timestamp, Timestamp)) -> Item {
        Item {
            application: self.id,
            sequence: self.state.revision(key),
            key: key.to_owned(),
            changed_at: self.state.changed_at,
            summary,
            description: String::new(),
            place: String::new(),
            url: String::new(),
            starts,
            ends,
            alarms: Vec::new(),
            cancelled: self.state.archived_at.is_some(),
            task_done: None,
        }
    }

    /// A last instant: half an hour that ends with it.
    fn last(&self, key: &str, summary: String, at: Timestamp) -> Item {
        let starts = at.plus_millis(-DEADLINE_MINUTES * 60_000);
        Item {
            alarms: vec![24 * 60],
            ..self.item(key, summary, (starts, at))
        }
    }

    fn round(&self, round: &Round) -> Option<Item> {
        let at = (round.starts_at()?, round.ends_at()?);
        let name = self.state.details.name();
        let item = self.item(
            &format!("round-{}", round.id),
            format!("{}: {name}", round.label()),
            at,
        );
        Some(Item {
            description: self.of_round(round),
            place: round.place.clone(),
            url: round.link.clone(),
            alarms: vec![24 * 60, 30],
            cancelled: round.cancelled || item.cancelled,
            ..item
        })
    }

    fn of_round(&self, round: &Round) -> String {
        let mut lines = Vec::new();
        lines.extend(round.starts.as_ref().map(LocalTime::words));
        if !round.people.is_empty() {
            lines.push(format!("With {}", round.people.join(", ")));
        }
        if !round.link.is_empty() {
            lines.push(round.link.clone());
        }
        let tasks = self.state.tasks.iter();
        let open = tasks.filter(|task| task.round == Some(round.id) && !task.done);
        lines.extend(open.map(|task| format!("To prepare: {}", task.text)));
        if !round.notes.is_empty() {
            lines.push(round.notes.clone());
        }
        lines.join("\n")
    }

    fn due(&self, round: &Round) -> Option<Item> {
        let at = round.due_at()?;
        let summary = format!("{} due: {}", round.label(), self.state.details.name());
        // It shares the revisions of its round.
        let item = self.last(&format!("round-{}", round.id), summary, at);
        Some(Item {
            key: format!("due-{}", round.id),
            description: self.of_round(round),
            url: round.link.clone(),
            cancelled: round.cancelled || item.cancelled,
            ..item
        })
    }

    fn deadline(&self) -> Option<Item> {
        let at = self.state.details.deadline?;
        let summary = format!("Last day to apply: {}", self.state.details.name());
        let item = self.last("deadline", summary, at);
        let is_open = matches!(self.state.stage(), Stage::Interested | Stage::Preparing);
        Some(Item {
            url: self.state.details.url.clone(),
            cancelled: !is_open || item.cancelled,
            ..item
        })
    }

    fn answer_by(&self) -> Option<Item> {
        let at = self.state.offer.as_ref()?.answer_by?;
        let summary = format!("Answer the offer: {}", self.state.details.name());
        let item = self.last("answer-by", summary, at);
        Some(Item {
            cancelled: self.state.stage() != Stage::Offer || item.cancelled,
            ..item
        })
    }

    fn apply_again(&self) -> Option<Item> {
        let at = self.state.review.as_ref()?.apply_again?;
        let summary = format!("Apply again? {}", self.state.details.name());
        let ends = at.plus_millis(DEADLINE_MINUTES * 60_000);
        let item = self.item("apply-again", summary, (at, ends));
        Some(Item {
            alarms: vec![0],
            ..item
        })
    }

    fn tasks(&self) -> impl Iterator<Item = Item> {
        self.state.tasks.iter().filter_map(|task| {
            let at = task.due?;
            let summary = format!("{}: {}", task.text, self.state.details.name());
            let item = self.last(&format!("task-{}", task.id), summary, at);
            Some(Item {
                task_done: Some(task.done),
                ..item
            })
        })
    }
}
