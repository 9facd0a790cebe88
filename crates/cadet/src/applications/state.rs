//! What a log says: the state of an application as a fold of its entries. Pure.
//!
//! Entries that were undone do not count, corrected ones count at their corrected time, and moves count in the order of when
//! they happened. The rest counts in the order in which it was recorded.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::log::{Change, Entry};
use super::model::{Details, EventId, FrozenFile, Person, Review, Sent, Stage, Task};
use super::offers::model::Offer;
use super::round::Round;
use crate::clock::Timestamp;

/// Where an application stands, with everything that belongs to it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = ApplicationState)]
pub struct State {
    /// What it is for.
    pub details: Details,
    /// Every stage that it went to, in the order in which that happened; the last one is where it stands.
    pub moves: Vec<Move>,
    /// When it was recorded first.
    pub created_at: Timestamp,
    /// When something was recorded last.
    pub changed_at: Timestamp,
    /// When it was sent.
    pub applied_at: Option<Timestamp>,
    /// When the employer answered first.
    pub answered_at: Option<Timestamp>,
    /// Notes, by number.
    pub notes: Vec<Note>,
    /// Rounds, by number.
    pub rounds: Vec<Round>,
    /// Tasks, by number.
    pub tasks: Vec<Task>,
    /// People, by number.
    pub people: Vec<Person>,
    /// The offer.
    pub offer: Option<Offer>,
    /// What was thought of it at the end.
    pub review: Option<Review>,
    /// Nothing is told of it until then.
    pub snoozed_until: Option<Timestamp>,
    /// Next actions that were done, with when.
    pub done: BTreeMap<String, Timestamp>,
    /// Put away since.
    pub archived_at: Option<Timestamp>,
    /// Files frozen with it.
    pub files: Vec<FrozenFile>,
    /// With what it was sent.
    pub sent: Option<Sent>,
    /// How often each dated thing was changed.
    pub revisions: BTreeMap<String, u32>,
    /// Rounds that were agreed and undone, for calendars that know them.
    pub gone_rounds: Vec<Round>,
    /// The greatest number used within it.
    pub last_number: u32,
    /// How many entries the log has.
    pub entries: u32,
}

/// A stage that an application went to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = ApplicationMove)]
pub struct Move {
    /// The entry that says so.
    pub event: EventId,
    /// When it happened.
    pub at: Timestamp,
    /// Where it went.
    pub to: Stage,
    /// Why, in the person's own words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub why: String,
}

/// A note with its history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = ApplicationNote)]
pub struct Note {
    /// Its number within the application.
    pub id: u32,
    /// What it says.
    pub text: String,
    /// When it was first written.
    pub written_at: Timestamp,
    /// What it said before, the oldest first, with until when.
    pub earlier: Vec<EarlierNote>,
}

/// What a note said before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = ApplicationEarlierNote)]
pub struct EarlierNote {
    /// What it said.
    pub text: String,
    /// When it was written anew.
    pub until: Timestamp,
}

impl State {
    /// Where it stands.
    #[must_use]
    pub fn stage(&self) -> Stage {
        self.moves.last().map_or(Stage::Interested, |last| last.to)
    }

    /// Since when it stands there.
    #[must_use]
    pub fn stage_since(&self) -> Timestamp {
        self.moves.last().map_or(self.created_at, |last| last.at)
    }

    /// A number that nothing within it has had.
    #[must_use]
    pub const fn next_number(&self) -> u32 {
        self.last_number + 1
    }

    /// The round of this number.
    #[must_use]
    pub fn round(&self, id: u32) -> Option<&Round> {
        self.rounds.iter().find(|round| round.id == id)
    }

    /// When the last round that has begun ended.
    #[must_use]
    pub fn last_round_before(&self, now: Timestamp) -> Option<Timestamp> {
        let ended = self.rounds.iter().filter(|round| !round.cancelled);
        ended
            .filter_map(Round::ends_at)
            .filter(|at| *at <= now)
            .max()
    }

    /// How often a dated thing was changed.
    #[must_use]
    pub fn revision(&self, key: &str) -> u32 {
        self.revisions.get(key).copied().unwrap_or(0)
    }

    /// Tasks of a round that are not done.
    #[must_use]
    pub fn to_prepare(&self, round: u32) -> usize {
        let tasks = self.tasks.iter();
        tasks
            .filter(|task| task.round == Some(round) && !task.done)
            .count()
    }

    /// The greatest instant of everything that has a date.
    #[must_use]
    pub fn last_date(&self) -> Option<Timestamp> {
        let rounds = self.rounds.iter().chain(&self.gone_rounds);
        let rounds = rounds.flat_map(|round| [round.starts_at(), round.due_at()]);
        let tasks = self.tasks.iter().map(|task| task.due);
        let others = [
            self.details.deadline,
            self.offer.as_ref().and_then(|offer| offer.answer_by),
            self.review.as_ref().and_then(|review| review.apply_again),
        ];
        rounds.chain(tasks).chain(others).flatten().max()
    }
}

/// Entries that do not count, and when the others happened.
pub struct Counted {
    /// Numbers of entries that were undone.
    pub voided: HashSet<EventId>,
    times: HashMap<EventId, Timestamp>,
}

impl Counted {
    /// Reads a log.
    #[must_use]
    pub fn of(log: &[Entry]) -> Self {
        let mut voided = HashSet::new();
        // From the last to the first, since an undoing may itself have been undone later.
        for entry in log.iter().rev() {
            if let Change::Undone { event } = entry.change
                && !voided.contains(&entry.id)
            {
                voided.insert(event);
            }
        }
        let mut times = HashMap::new();
        for entry in log.iter().filter(|entry| !voided.contains(&entry.id)) {
            if let Change::Corrected { event, to } = entry.change {
                times.insert(event, to);
            }
        }
        Self { voided, times }
    }

    /// Whether an entry counts.
    #[must_use]
    pub fn counts(&self, entry: &Entry) -> bool {
        !self.voided.contains(&entry.id)
    }

    /// When an entry happened.
    #[must_use]
    pub fn at(&self, entry: &Entry) -> Timestamp {
        self.times.get(&entry.id).copied().unwrap_or(entry.at)
    }
}

/// The entry that "undo" would undo: the last one that counts and can be undone.
#[must_use]
pub fn last_undoable(log: &[Entry]) -> Option<&Entry> {
    let counted = Counted::of(log);
    let mut last = log.iter().rev();
    last.find(|entry| {
        counted.counts(entry)
            && entry.change.can_be_undone()
            && !matches!(entry.change, Change::Undone { .. })
    })
}

/// What a log says. The log is in the order in which it was recorded.
#[must_use]
pub fn fold(log: &[Entry]) -> State {
    let counted = Counted::of(log);
    let mut state = State::default();
    for entry in log {
        note_entry(&mut state, log, entry);
        if counted.counts(entry) {
            apply(&mut state, entry, counted.at(entry));
        } else if let Change::RoundSet { round } = &entry.change {
            remember_gone(&mut state, round);
        }
    }
    let standing: HashSet<u32> = state.rounds.iter().map(|round| round.id).collect();
    state
        .gone_rounds
        .retain(|round| !standing.contains(&round.id));
    state.moves.sort_by_key(|one| (one.at, one.event));
    let first = |counts: fn(Stage) -> bool, moves: &[Move]| {
        moves.iter().find(|one| counts(one.to)).map(|one| one.at)
    };
    state.applied_at = first(Stage::is_sent, &state.moves);
    state.answered_at = state.applied_at.and_then(|applied| {
        let later: Vec<Move> = state
            .moves
            .iter()
            .filter(|one| one.at >= applied)
            .cloned()
            .collect();
        first(Stage::is_answer, &later)
    });
    state
}

/// What every entry changes, whether it counts or not.
fn note_entry(state: &mut State, log: &[Entry], entry: &Entry) {
    if state.entries == 0 {
        state.created_at = entry.recorded_at;
    }
    state.entries += 1;
    state.changed_at = state.changed_at.max(entry.recorded_at);
    state.last_number = state.last_number.max(entry.change.number());
    let keys = match &entry.change {
        Change::Undone { event } => undone_keys(log, *event),
        change => change.dated(),
    };
    for key in keys {
        *state.revisions.entry(key).or_default() += 1;
    }
}

/// Keys of what undoing this entry touches; undoing an undoing touches what that touched.
fn undone_keys(log: &[Entry], event: EventId) -> Vec<String> {
    let mut event = event;
    // Each step goes to an earlier entry, so that this ends.
    while let Some(entry) = log.iter().find(|entry| entry.id == event) {
        match entry.change {
            Change::Undone { event: before } if before < event => event = before,
            Change::Undone { .. } => return Vec::new(),
            _ => return entry.change.dated(),
        }
    }
    Vec::new()
}

fn remember_gone(state: &mut State, round: &Round) {
    state.gone_rounds.retain(|known| known.id != round.id);
    state.gone_rounds.push(Round {
        cancelled: true,
        ..round.clone()
    });
}

fn apply(state: &mut State, entry: &Entry, at: Timestamp) {
    match &entry.change {
        Change::Created { details, stage } => {
            state.details = details.clone();
            moved(state, entry.id, at, *stage, "");
        }
        Change::Moved { to, why } => moved(state, entry.id, at, *to, why),
        Change::DetailsSet { details } => state.details = details.clone(),
        Change::NoteSet { note, text } => set_note(&mut state.notes, *note, text, at),
        Change::RoundSet { round } => {
            let was_off = state.round(round.id).is_some_and(|known| known.cancelled);
            let mut round = round.clone();
            round.cancelled |= was_off;
            set(&mut state.rounds, round, |round| round.id);
        }
        Change::RoundCancelled { round, cancelled } => {
            if let Some(known) = state.rounds.iter_mut().find(|known| known.id == *round) {
                known.cancelled = *cancelled;
            }
        }
        Change::TaskSet { task } => set(&mut state.tasks, task.clone(), |task| task.id),
        Change::TaskRemoved { task } => state.tasks.retain(|known| known.id != *task),
        Change::PersonSet { person } => set(&mut state.people, person.clone(), |one| one.id),
        Change::PersonRemoved { person } => state.people.retain(|known| known.id != *person),
        Change::OfferSet { offer } => state.offer = Some(offer.clone()),
        Change::Reviewed { review } => state.review = Some(review.clone()),
        Change::Snoozed { until } => state.snoozed_until = *until,
        Change::ActionDone { action } => {
            state.done.insert(action.clone(), at);
        }
        Change::Archived { archived } => state.archived_at = archived.then_some(at),
        Change::Frozen { files } => state.files.extend(files.iter().cloned()),
        Change::SentWith { sent } => state.sent = Some(sent.clone()),
        Change::Undone { .. } | Change::Corrected { .. } => {}
    }
}

fn moved(state: &mut State, event: EventId, at: Timestamp, to: Stage, why: &str) {
    state.moves.push(Move {
        event,
        at,
        to,
        why: why.to_owned(),
    });
}

fn set<T>(all: &mut Vec<T>, one: T, number: impl Fn(&T) -> u32) {
    match all.iter_mut().find(|known| number(known) == number(&one)) {
        Some(known) => *known = one,
        None => all.push(one),
    }
}

fn set_note(notes: &mut Vec<Note>, id: u32, text: &str, at: Timestamp) {
    match notes.iter_mut().find(|note| note.id == id) {
        Some(note) => {
            let before = std::mem::replace(&mut note.text, text.to_owned());
            note.earlier.push(EarlierNote {
                text: before,
                until: at,
            });
        }
        None => notes.push(Note {
            id,
            text: text.to_owned(),
            written_at: at,
            earlier: Vec::new(),
        }),
    }
}

#[cfg(test)]
#[path = "state_tests.rs"]
mod tests;
