//! The log in words, for a timeline. Pure.

use super::choices::Choices;
use super::dates::exact;
use super::log::{Change, Entry};
use super::model::EventId;
use super::round::LocalTime;
use super::state::Counted;
use crate::clock::Timestamp;

/// An entry of the log in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its number.
    pub id: EventId,
    /// When it happened.
    pub at: Timestamp,
    /// When it was recorded, if that is another day.
    pub recorded_at: Option<Timestamp>,
    /// What happened.
    pub what: String,
    /// More of it: why, the text of a note.
    pub more: String,
    /// Whether it was undone.
    pub undone: bool,
    /// Whether it can be undone now, or made to count again.
    pub can_be_undone: bool,
    /// Whether its time can be corrected.
    pub can_be_corrected: bool,
}

/// A log in words, what happened last first.
#[must_use]
pub fn timeline(log: &[Entry], choices: &Choices, zone: &str) -> Vec<Line> {
    let counted = Counted::of(log);
    let mut lines: Vec<Line> = log
        .iter()
        .filter(|entry| {
            !matches!(
                entry.change,
                Change::Undone { .. } | Change::Corrected { .. }
            )
        })
        .map(|entry| {
            let at = counted.at(entry);
            let (what, more) = said(&entry.change, choices, zone);
            let undone = !counted.counts(entry);
            Line {
                id: entry.id,
                at,
                recorded_at: (at.date_string() != entry.recorded_at.date_string())
                    .then_some(entry.recorded_at),
                what,
                more,
                undone,
                can_be_undone: !undone && entry.change.can_be_undone(),
                can_be_corrected: !undone && !matches!(entry.change, Change::Frozen { .. }),
            }
        })
        .collect();
    lines.sort_by_key(|line| std::cmp::Reverse((line.at, line.id)));
    lines
}

fn said(change: &Change, choices: &Choices, zone: &str) -> (String, String) {
    let none = String::new();
    match change {
        Change::Created { stage, details } => (
            format!("Begun at \u{201c}{}\u{201d}", choices.label(*stage)),
            match details.source.as_str() {
                "" => none,
                source => format!("found through {source}"),
            },
        ),
        Change::Moved { to, why } => (
            format!("Moved to \u{201c}{}\u{201d}", choices.label(*to)),
            why.clone(),
        ),
        Change::Undone { .. } => ("Undone".into(), none),
        Change::Corrected { to, .. } => (format!("Corrected to {}", exact(*to, zone)), none),
        Change::DetailsSet { details } => ("Details corrected".into(), details.name()),
        Change::NoteSet { text, .. } if text.is_empty() => ("Note removed".into(), none),
        Change::NoteSet { text, .. } => ("Note".into(), text.clone()),
        Change::RoundSet { round } => (
            round.label().to_owned(),
            round.starts.as_ref().map_or(none, LocalTime::words),
        ),
        Change::RoundCancelled {
            cancelled: true, ..
        } => ("Round called off".into(), none),
        Change::RoundCancelled { .. } => ("Round on again".into(), none),
        Change::TaskSet { task } if task.done => ("Task done".into(), task.text.clone()),
        Change::TaskSet { task } => ("Task".into(), task.text.clone()),
        Change::TaskRemoved { .. } => ("Task removed".into(), none),
        Change::PersonSet { person } => (format!("Person: {}", person.name), person.role.clone()),
        Change::PersonRemoved { .. } => ("Person removed".into(), none),
        Change::OfferSet { offer } => (
            "Offer".into(),
            offer.rates().map_or(none, |rates| {
                format!("{:.0} {} a month", rates.monthly_min, rates.currency)
            }),
        ),
        Change::Reviewed { review } => ("Looked back".into(), review.to_learn.clone()),
        Change::Snoozed { until: Some(until) } => {
            (format!("Sleeps until {}", exact(*until, zone)), none)
        }
        Change::Snoozed { until: None } => ("Awake again".into(), none),
        Change::ActionDone { action } => ("Done".into(), action_words(action)),
        Change::Archived { archived: true } => ("Archived".into(), none),
        Change::Archived { .. } => ("Taken out of the archive".into(), none),
        Change::Frozen { files } => {
            let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
            ("Frozen with the application".into(), names.join(", "))
        }
        Change::SentWith { sent } => ("Sent with".into(), sent.document.clone()),
    }
}

/// `follow-up-applied-1` as `follow up`.
fn action_words(key: &str) -> String {
    for (start, words) in [
        ("follow-up", "asked how it stands"),
        ("thank-you", "thank-you note"),
        ("outcome", "outcome of a round"),
        ("prepare", "preparation of a round"),
        ("assessment", "assessment"),
        ("answer-offer", "answer to the offer"),
        ("deadline", "the last day to apply"),
        ("review", "looking back"),
        ("apply-again", "applying again"),
        ("give-up", "kept open"),
        ("decide", "decided"),
        ("send", "sending"),
    ] {
        if key.starts_with(start) {
            return words.to_owned();
        }
    }
    key.to_owned()
}

#[cfg(test)]
mod tests {
    use super::super::model::{Details, Stage};
    use super::*;

    fn entry(id: i64, day: i64, change: Change) -> Entry {
        Entry {
            id: EventId(id),
            at: Timestamp(day * Timestamp::DAY_MS),
            recorded_at: Timestamp(10 * Timestamp::DAY_MS),
            batch: None,
            change,
        }
    }

    #[test]
    fn the_newest_comes_first_in_the_persons_own_words() {
        let mut choices = Choices::default();
        choices.labels.insert("screen".into(), "Phone call".into());
        let created = Change::Created {
            details: Details::default(),
            stage: Stage::Interested,
        };
        let moved = Change::Moved {
            to: Stage::Screen,
            why: "they called".into(),
        };
        let undone = Change::Undone { event: EventId(2) };
        let log = [
            entry(1, 1, created),
            entry(2, 4, moved),
            entry(3, 5, undone),
        ];
        let lines = timeline(&log, &choices, "UTC");
        assert_eq!(lines.len(), 2);
        assert_eq!(lines[0].what, "Moved to \u{201c}Phone call\u{201d}");
        assert_eq!(lines[0].more, "they called");
        assert!(lines[0].undone && !lines[0].can_be_undone);
        assert!(!lines[1].can_be_undone);
    }
}
