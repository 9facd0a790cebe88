//! Closing: what a recorded community list did over fifteen months, replayed through the life of its records, and compared
//! with what the list said later.
//!
//! Each line of the record is one change that one revision of the list made: `add`, `close`, `reopen`, `hide`, `remove`,
//! or a change of other fields, which may also set the flags. The *truth* of a record at an instant is what the list says
//! then: there, active and visible.
//!
//! - **A poll** is one complete reading of the list. Two replays are measured: every revision is read once when it was
//!   made (3,434 polls, some only minutes apart, the hardest case), and the list is read every hour, as Cadet does by
//!   default.
//! - **A closing** is a record's change to closed in Cadet's eyes. It is *false* if the list itself has the record open
//!   again at one of the next two polls: whoever looked in between was told wrongly. A list that takes a position back
//!   up weeks later did not make the closing false; how many reopen within a day is printed beside it, without a bar.
//! - **Found within two complete polls**: of the records that the list closes and keeps closed for at least thirty days
//!   (or to the end), the share that Cadet holds to be closed at the latest at the second poll that shows it. What the
//!   share lacks are records whose flag flapped just before: they are damped on purpose and believed a day later.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use anyhow::{Context, Result, bail};
use cadet::clock::Timestamp;
use cadet::config;
use cadet::postings::lifecycle::model::{Life, Look, Policy, Standing};
use cadet::postings::sources::model::SourceKind;
use serde::Deserialize;

use super::report::Report;
use crate::table::Bar;

const HOUR_S: i64 = 3_600;
const DAY_S: i64 = 24 * HOUR_S;
/// A record that stays closed for so long was truly closed.
const LASTING_S: i64 = 30 * DAY_S;
/// Polls after a closing within which the list taking it back makes it false.
const HORIZON: usize = 2;

/// A change of one record.
#[derive(Deserialize)]
struct Change {
    t: i64,
    c: String,
    ev: String,
    id: String,
    active: Option<bool>,
    is_visible: Option<bool>,
    #[serde(default)]
    set: Flags,
}

/// Flags that a change set.
#[derive(Default, Deserialize)]
struct Flags {
    active: Option<bool>,
    is_visible: Option<bool>,
}

/// What the list says of a record.
#[derive(Clone, Copy)]
struct Said {
    there: bool,
    active: bool,
    visible: bool,
}

impl Said {
    fn look(self) -> Look {
        match (self.there, self.active && self.visible) {
            (false, _) => Look::Missing,
            (true, false) => Look::SaidClosed,
            (true, true) => Look::Listed,
        }
    }
}

/// What each record is seen to be from which poll on, until the next.
type Timeline = Vec<(usize, Look)>;

/// The recorded list: when its revisions were made, and from which revision on each record was how.
struct Recording {
    made: Vec<i64>,
    records: HashMap<String, Timeline>,
}

/// What a replay found.
#[derive(Default)]
struct Score {
    closings: u64,
    taken_back: u64,
    taken_back_in_a_day: u64,
    lasting: u64,
    in_time: u64,
}

/// Measures the life of records on the changes in the file at `path`.
pub fn measure(path: &Path, report: &mut Report) -> Result<()> {
    let table = &mut report.table;
    let recording = read(path)?;
    let every_revision: Vec<i64> = recording.made.clone();
    let hourly = every(HOUR_S, &recording.made);
    for (name, polls) in [
        ("every revision a poll", every_revision),
        ("a poll every hour", hourly),
    ] {
        let score = replay(&recording, &polls);
        let share = |part: u64, whole: u64| part as f64 / whole.max(1) as f64;
        table.add(
            &format!("closing, {name}: false closings"),
            100.0 * share(score.taken_back, score.closings),
            "%",
            Bar::AtMost(2.0),
        );
        table.add(
            &format!("closing, {name}: found within two polls"),
            100.0 * share(score.in_time, score.lasting),
            "%",
            Bar::AtLeast(98.0),
        );
        println!(
            "closing, {name}: {} polls, {} closings, {} taken back within {HORIZON} polls, {} within a day ({:.2} %); {} lasting closings, {} found later than at the second poll",
            polls.len(),
            score.closings,
            score.taken_back,
            score.taken_back_in_a_day,
            100.0 * share(score.taken_back_in_a_day, score.closings),
            score.lasting,
            score.lasting - score.in_time,
        );
    }
    Ok(())
}

fn read(path: &Path) -> Result<Recording> {
    let text =
        std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut made: Vec<i64> = Vec::new();
    let mut revision = String::new();
    let mut said: HashMap<String, Said> = HashMap::new();
    let mut records: HashMap<String, Timeline> = HashMap::new();
    for line in text.lines() {
        let change: Change = serde_json::from_str(line)?;
        if change.c != revision {
            revision.clone_from(&change.c);
            made.push(change.t);
        }
        let now = said_after(said.get(&change.id).copied(), &change);
        said.insert(change.id.clone(), now);
        note(
            records.entry(change.id).or_default(),
            made.len() - 1,
            now.look(),
        );
    }
    if made.is_empty() {
        bail!("{} holds no changes", path.display());
    }
    Ok(Recording { made, records })
}

fn said_after(before: Option<Said>, change: &Change) -> Said {
    let mut said = before.unwrap_or(Said {
        there: true,
        active: true,
        visible: true,
    });
    said.there = change.ev != "remove";
    if let Some(active) = change.active.or(change.set.active) {
        said.active = active;
    }
    if let Some(visible) = change.is_visible.or(change.set.is_visible) {
        said.visible = visible;
    }
    said
}

/// Notes what is seen from `at` on; of several at once the last counts, and what does not change is left out.
fn note(timeline: &mut Timeline, at: usize, look: Look) {
    if timeline.last().is_some_and(|(last, _)| *last == at) {
        timeline.pop();
    }
    if timeline.last().is_none_or(|(_, last)| *last != look) {
        timeline.push((at, look));
    }
}

/// Instants from the first revision to the last, evenly spaced.
fn every(seconds: i64, made: &[i64]) -> Vec<i64> {
    let (first, last) = (made[0], made[made.len() - 1]);
    let count = usize::try_from((last - first) / seconds + 2).unwrap_or(0);
    (0_i64..)
        .map(|step| first + step * seconds)
        .take(count)
        .collect()
}

/// Reads the list at `polls` (seconds) and lets each record live through them.
fn replay(recording: &Recording, polls: &[i64]) -> Score {
    let policy = Policy::of(SourceKind::Simplify, &config::Lifecycle::default());
    let mut score = Score::default();
    for timeline in recording.records.values() {
        live(
            &seen_at(timeline, &recording.made, polls),
            polls,
            policy,
            &mut score,
        );
    }
    score
}

/// What polls see of a record: each change from the first poll that meets it.
fn seen_at(timeline: &Timeline, made: &[i64], polls: &[i64]) -> Timeline {
    let mut seen = Timeline::new();
    // A record that was gone again before any poll was never there.
    let mut by_poll: BTreeMap<usize, Look> = BTreeMap::new();
    for (revision, look) in timeline {
        let poll = polls.partition_point(|poll| *poll < made[*revision]);
        if poll < polls.len() {
            by_poll.insert(poll, *look);
        }
    }
    for (poll, look) in by_poll {
        if !(seen.is_empty() && look == Look::Missing) {
            note(&mut seen, poll, look);
        }
    }
    seen
}

/// A time that the list had a record closed.
struct Absence {
    /// The first poll that showed it.
    from: usize,
    /// The poll at which Cadet believed it.
    believed: Option<usize>,
}

/// Lets a record live through the polls. Polls at which nothing can change, since it is settled, are passed over.
fn live(seen: &Timeline, polls: &[i64], policy: Policy, score: &mut Score) {
    let mut life: Option<Life> = None;
    let mut absence: Option<Absence> = None;
    for (nth, (from, look)) in seen.iter().enumerate() {
        if *look == Look::Listed {
            score.judge(absence.take(), Some(*from), polls);
        } else if life.is_some() && absence.is_none() {
            absence = Some(Absence {
                from: *from,
                believed: None,
            });
        }
        let until = seen.get(nth + 1).map_or(polls.len(), |(next, _)| *next);
        for (poll, at) in polls.iter().enumerate().take(until).skip(*from) {
            let now = Timestamp(at * 1_000);
            let before = life.map(|life| life.standing);
            let after = life.map_or_else(
                || Life::begin(*look, now),
                |life| life.after(*look, now, policy),
            );
            life = Some(after);
            // What was closed when it was first seen was never told to be open.
            let closes = after.standing == Standing::Closed
                && before.is_some_and(|before| before != Standing::Closed);
            if let Some(absence) = absence.as_mut().filter(|_| closes) {
                absence.believed = Some(poll);
            }
            if after.standing != Standing::Suspect {
                break;
            }
        }
    }
    score.judge(absence, None, polls);
}

impl Score {
    /// Judges a time that the list had a record closed, until it was open again at the poll `back`.
    fn judge(&mut self, absence: Option<Absence>, back: Option<usize>, polls: &[i64]) {
        let Some(Absence { from, believed }) = absence else {
            return;
        };
        if let Some(at) = believed {
            self.closings += 1;
            self.taken_back += u64::from(back.is_some_and(|back| back - at <= HORIZON));
            let in_a_day = |back: usize| polls[back] - polls[at] <= DAY_S;
            self.taken_back_in_a_day += u64::from(back.is_some_and(in_a_day));
        }
        if back.is_none_or(|back| polls[back] - polls[from] >= LASTING_S) {
            self.lasting += 1;
            self.in_time += u64::from(believed.is_some_and(|at| at <= from + 1));
        }
    }
}
