//! Next actions in words: what to do, and why. Pure.

use jiff::tz::TimeZone;

use super::super::model::{Person, Stage, Task};
use super::super::round::{LocalTime, Round};
use super::super::state::State;
use super::{ActionKind, Planned};
use crate::clock::Timestamp;

const HOUR: i64 = 3_600_000;

/// An action in words, as told at an instant to somebody in a zone.
pub(super) struct Told<'s> {
    pub(super) state: &'s State,
    pub(super) now: Timestamp,
    pub(super) zone: &'s str,
}

impl Told<'_> {
    /// What to do, and why.
    pub(super) fn of(&self, planned: &Planned) -> (String, String) {
        let due = planned.due.unwrap_or(self.now);
        match planned.kind {
            ActionKind::Decide => (
                "Decide: apply, or let it go".into(),
                format!("found interesting {}", self.ago(self.state.stage_since())),
            ),
            ActionKind::Send => (
                "Finish resume and letter, and send them".into(),
                format!(
                    "in preparation since {}",
                    self.ago(self.state.stage_since())
                ),
            ),
            ActionKind::Deadline => {
                let verb = if due < self.now { "ended" } else { "ends" };
                (
                    "Apply before the last day".into(),
                    format!("the time to apply {verb} {}", self.when(due)),
                )
            }
            ActionKind::FollowUp => self.follow_up(planned),
            ActionKind::GiveUp => (
                "Give it up, or ask once more".into(),
                format!("applied {}, and no answer since", self.ago(self.applied())),
            ),
            ActionKind::Assessment => self.assessment(planned, due),
            ActionKind::Prepare => self.prepare(planned),
            ActionKind::ThankYou => self.thank_you(planned),
            ActionKind::Outcome => (
                "Note how the round went".into(),
                format!(
                    "{} was {}",
                    self.round_label(planned),
                    self.ago(self.round_end(planned))
                ),
            ),
            ActionKind::AnswerOffer => self.offer(planned),
            ActionKind::Task => self.task(planned, due),
            ActionKind::Review => (
                "Write down what to learn from it".into(),
                format!(
                    "they said no {}; in a week it is forgotten",
                    self.ago(self.state.stage_since())
                ),
            ),
            ActionKind::ApplyAgain => (
                format!("Look whether {} takes applications again", self.company()),
                "you wanted to be told on this day".into(),
            ),
        }
    }

    fn applied(&self) -> Timestamp {
        self.state.applied_at.unwrap_or(self.state.stage_since())
    }

    fn company(&self) -> &str {
        match self.state.details.company.as_str() {
            "" => "the employer",
            company => company,
        }
    }

    /// Whom to write to.
    fn whom(&self) -> String {
        let known = self.state.people.iter();
        let with_address = known.clone().find(|person| !person.email.is_empty());
        match with_address.or_else(|| known.clone().next()) {
            Some(Person { name, email, .. }) if email.is_empty() => name.clone(),
            Some(Person { name, email, .. }) => format!("{name} ({email})"),
            None => format!("the recruiting team of {}", self.company()),
        }
    }

    fn follow_up(&self, planned: &Planned) -> (String, String) {
        let stage = self.state.stage();
        let since = match stage {
            Stage::Applied => format!("applied {}, no answer", self.ago(self.applied())),
            _ => {
                let heard = self.state.last_round_before(self.now);
                let heard = heard.map_or(self.state.stage_since(), |at| {
                    at.max(self.state.stage_since())
                });
                format!("last step {}, nothing heard since", self.ago(heard))
            }
        };
        let again = if planned.key.ends_with("-1") {
            ""
        } else {
            " once more"
        };
        (
            format!("Ask{again} how it stands"),
            format!("{since}: write to {}", self.whom()),
        )
    }

    fn round<'r>(&'r self, planned: &Planned) -> Option<&'r Round> {
        // Keys are `kind-words-NUMBER` or `prepare-NUMBER-INSTANT`.
        let numbers: Vec<u32> = planned
            .key
            .split('-')
            .filter_map(|part| part.parse().ok())
            .collect();
        self.state.round(*numbers.first()?)
    }

    fn round_label(&self, planned: &Planned) -> String {
        let round = self.round(planned);
        round.map_or("The round", Round::label).to_owned()
    }

    fn round_end(&self, planned: &Planned) -> Timestamp {
        let round = self.round(planned);
        round.and_then(Round::ends_at).unwrap_or(self.now)
    }

    fn assessment(&self, planned: &Planned, due: Timestamp) -> (String, String) {
        let local = self.round(planned).and_then(|round| round.due.as_ref());
        let hour = local.map_or_else(String::new, |due| format!(", {}", due.hour_words()));
        (
            format!("Do it: {}", self.round_label(planned)),
            format!("due {}{hour}", self.when(due)),
        )
    }

    /// `Interview tomorrow, 10:00 Berlin time: prepare 3 items`.
    fn prepare(&self, planned: &Planned) -> (String, String) {
        let Some(round) = self.round(planned) else {
            return ("Prepare the round".into(), String::new());
        };
        let open = self.state.to_prepare(round.id);
        let title = match open {
            0 => format!("Be ready for it: {}", round.label()),
            1 => "Prepare 1 item".to_owned(),
            open => format!("Prepare {open} items"),
        };
        let hour = round
            .starts
            .as_ref()
            .map_or_else(String::new, LocalTime::hour_words);
        let day = round
            .starts_at()
            .map_or_else(String::new, |at| self.when(at));
        (title, format!("{} {day}, {hour}", round.label()))
    }

    fn thank_you(&self, planned: &Planned) -> (String, String) {
        let Some(round) = self.round(planned) else {
            return ("Write a thank-you note".into(), String::new());
        };
        let to = if round.people.is_empty() {
            self.whom()
        } else {
            round.people.join(", ")
        };
        let ended = self.ago(self.round_end(planned));
        (
            format!("Write a thank-you note to {to}"),
            format!("{} ended {ended}", round.label()),
        )
    }

    fn offer(&self, planned: &Planned) -> (String, String) {
        match planned.due {
            Some(due) if due < self.now => (
                "Answer the offer, or ask for more time".into(),
                format!("they wanted an answer {}", self.when(due)),
            ),
            Some(due) => (
                "Answer the offer".into(),
                format!("it must be answered {}", self.when(due)),
            ),
            None => (
                "Ask until when they want an answer".into(),
                format!("offer since {}", self.ago(self.state.stage_since())),
            ),
        }
    }

    fn task(&self, planned: &Planned, due: Timestamp) -> (String, String) {
        let id = planned.key.trim_start_matches("task-").parse().unwrap_or(0);
        let task = self.state.tasks.iter().find(|task: &&Task| task.id == id);
        let title = task.map_or("A task", |task| task.text.as_str());
        let verb = if due < self.now { "was due" } else { "is due" };
        (title.to_owned(), format!("{verb} {}", self.when(due)))
    }

    /// Whole days between two instants by the reader's calendar; below zero for the past.
    fn days_to(&self, at: Timestamp) -> i64 {
        let zone = TimeZone::get(self.zone).unwrap_or(TimeZone::UTC);
        let day = |at: Timestamp| at.to_jiff().to_zoned_datetime(zone.clone()).date();
        let days = day(self.now).until(day(at)).map(|span| span.get_days());
        days.map_or(0, i64::from)
    }

    /// `today`, `tomorrow`, `in 3 days`, `yesterday`, `3 days ago`.
    fn when(&self, at: Timestamp) -> String {
        match self.days_to(at) {
            0 if at < self.now && self.now.0 - at.0 < HOUR => "just now".into(),
            0 => "today".into(),
            1 => "tomorrow".into(),
            -1 => "yesterday".into(),
            days if days > 0 => format!("in {days} days"),
            days => format!("{} days ago", -days),
        }
    }

    /// The same for what is past; `today` when it is not.
    fn ago(&self, at: Timestamp) -> String {
        self.when(at.min(self.now))
    }
}
