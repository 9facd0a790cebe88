//! What to do next for an application, and why. Pure.
//!
//! [`plan`] says, of a state alone, which actions there are and from when until when each is told; it is kept beside the
//! application, so that what is due is one query. [`words`] says it to a person at an instant.

use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::model::{ApplicationId, Person, Stage};
use super::round::{LocalTime, Round, RoundOutcome};
use super::state::State;
use crate::clock::Timestamp;

/// Days without an answer after which one asks.
pub const ASK_AFTER_DAYS: i64 = 7;
/// Days between asking and asking again.
pub const ASK_AGAIN_AFTER_DAYS: i64 = 10;
/// How often one asks at most.
const ASKED_MOST: usize = 2;
/// Days without any answer after which an application may be given up.
pub const GIVE_UP_AFTER_DAYS: i64 = 45;
/// Days before a day that is fixed at which it is told.
pub const AHEAD_DAYS: i64 = 7;
/// Days before a round at which its preparation is told.
pub const PREPARE_DAYS: i64 = 3;
/// Days for which a word of thanks is in time.
const THANKS_DAYS: i64 = 4;
/// Days after which what was found interesting is to be decided.
const DECIDE_AFTER_DAYS: i64 = 5;
/// Days for which something past is still told.
const PAST_DAYS: i64 = 3;
/// Days after an end for which its review is asked for.
const REVIEW_DAYS: i64 = 21;
const HOUR: i64 = 3_600_000;

/// What kind of thing is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ActionKind {
    /// Decide whether to apply.
    Decide,
    /// Finish the documents and send them.
    Send,
    /// Apply before the last day.
    Deadline,
    /// Ask how it stands.
    FollowUp,
    /// Give it up, since nobody answered.
    GiveUp,
    /// Do an assessment.
    Assessment,
    /// Prepare a round.
    Prepare,
    /// Thank the people of a round.
    ThankYou,
    /// Note how a round ended.
    Outcome,
    /// Answer an offer.
    AnswerOffer,
    /// A task of one's own.
    Task,
    /// Write down what to learn from it.
    Review,
    /// Apply there again.
    ApplyAgain,
}

impl ActionKind {
    /// The name, as in the API.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Decide => "decide",
            Self::Send => "send",
            Self::Deadline => "deadline",
            Self::FollowUp => "follow-up",
            Self::GiveUp => "give-up",
            Self::Assessment => "assessment",
            Self::Prepare => "prepare",
            Self::ThankYou => "thank-you",
            Self::Outcome => "outcome",
            Self::AnswerOffer => "answer-offer",
            Self::Task => "task",
            Self::Review => "review",
            Self::ApplyAgain => "apply-again",
        }
    }
}

/// An action with when it is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    /// What kind of thing.
    pub kind: ActionKind,
    /// Tells it from the application's other actions; the same as long as it is the same thing to do.
    pub key: String,
    /// From when it is told.
    pub from: Timestamp,
    /// When it has to be done, if there is such an instant.
    pub due: Option<Timestamp>,
    /// From when it is told no more.
    pub until: Option<Timestamp>,
}

impl Planned {
    /// Whether it is told at this instant.
    #[must_use]
    pub fn is_told(&self, now: Timestamp) -> bool {
        self.from <= now && self.until.is_none_or(|until| now < until)
    }
}

/// Something to do next, in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct NextAction {
    /// For which application.
    pub application: ApplicationId,
    /// Tells it from the application's other actions.
    pub key: String,
    /// What kind of thing.
    pub kind: ActionKind,
    /// The application in a few words.
    pub name: String,
    /// What to do.
    pub title: String,
    /// Why.
    pub reason: String,
    /// When it has to be done, if there is such an instant.
    pub due: Option<Timestamp>,
    /// Whether that is past, or within a day.
    pub urgent: bool,
    /// Its page.
    pub path: String,
}

/// Everything that is to be done for an application, now or later, as far as its state says.
#[must_use]
pub fn plan(state: &State) -> Vec<Planned> {
    if state.archived_at.is_some() {
        return Vec::new();
    }
    let mut plan = Plan {
        state,
        actions: Vec::new(),
    };
    plan.tasks();
    if state.stage().is_end() {
        plan.after_the_end();
    } else {
        plan.before_sending();
        plan.waiting();
        plan.rounds();
        plan.offer();
    }
    let mut actions = plan.actions;
    actions.retain(|action| !state.done.contains_key(&action.key));
    if let Some(until) = state.snoozed_until {
        for action in &mut actions {
            action.from = action.from.max(until);
        }
    }
    actions
}

struct Plan<'s> {
    state: &'s State,
    actions: Vec<Planned>,
}

impl Plan<'_> {
    fn add(&mut self, kind: ActionKind, key: String, from: Timestamp) -> &mut Planned {
        self.actions.push(Planned {
            kind,
            key,
            from,
            due: None,
            until: None,
        });
        let last = self.actions.len() - 1;
        &mut self.actions[last]
    }

    fn fixed(&mut self, kind: ActionKind, key: String, due: Timestamp, ahead: i64, past: i64) {
        let action = self.add(kind, key, due.plus_days(-ahead));
        action.due = Some(due);
        action.until = Some(due.plus_days(past));
    }

    fn tasks(&mut self) {
        let state = self.state;
        // What a round needs is told with the round.
        let own = |task: &&super::model::Task| !task.done && task.round.is_none();
        for task in state.tasks.iter().filter(own) {
            if let Some(due) = task.due {
                let action = self.add(
                    ActionKind::Task,
                    format!("task-{}", task.id),
                    due.plus_days(-2),
                );
                action.due = Some(due);
            }
        }
    }

    fn before_sending(&mut self) {
        let (stage, since) = (self.state.stage(), self.state.stage_since());
        if !matches!(stage, Stage::Interested | Stage::Preparing) {
            return;
        }
        if let Some(deadline) = self.state.details.deadline {
            let key = format!("deadline-{}", deadline.0);
            self.fixed(ActionKind::Deadline, key, deadline, AHEAD_DAYS, PAST_DAYS);
        }
        match stage {
            Stage::Interested => {
                let from = since.plus_days(DECIDE_AFTER_DAYS);
                self.add(ActionKind::Decide, "decide".into(), from);
            }
            _ => {
                self.add(ActionKind::Send, "send".into(), since.plus_days(2));
            }
        }
    }

    /// Nobody has said anything for a while.
    fn waiting(&mut self) {
        let state = self.state;
        let stage = state.stage();
        if !matches!(
            stage,
            Stage::Applied | Stage::Assessment | Stage::Screen | Stage::Interview
        ) {
            return;
        }
        let asked: Vec<Timestamp> = asked(state, stage).collect();
        let heard = state
            .rounds
            .iter()
            .filter(|round| !round.cancelled)
            .filter_map(|round| round.ends_at().or(round.due_at()))
            .chain([state.stage_since()])
            .max()
            .unwrap_or(state.stage_since());
        if asked.len() < ASKED_MOST {
            let from = match asked.last() {
                Some(last) => heard.max(*last).plus_days(ASK_AGAIN_AFTER_DAYS),
                None => heard.plus_days(ASK_AFTER_DAYS),
            };
            let key = ask_key(stage, asked.len());
            self.add(ActionKind::FollowUp, key, from);
        }
        if stage == Stage::Applied {
            let last = asked.last().map_or(heard, |last| heard.max(*last));
            let from = heard
                .plus_days(GIVE_UP_AFTER_DAYS)
                .max(last.plus_days(ASK_AGAIN_AFTER_DAYS));
            self.add(ActionKind::GiveUp, "give-up".into(), from);
        }
    }

    fn rounds(&mut self) {
        let state = self.state;
        for round in state.rounds.iter().filter(|round| !round.cancelled) {
            if round.outcome == RoundOutcome::Open
                && let Some(due) = round.due_at()
            {
                let key = format!("assessment-{}", round.id);
                self.fixed(ActionKind::Assessment, key, due, AHEAD_DAYS, PAST_DAYS);
            }
            if let (Some(starts), Some(ends)) = (round.starts_at(), round.ends_at()) {
                self.round(round, starts, ends);
            }
        }
    }

    fn round(&mut self, round: &Round, starts: Timestamp, ends: Timestamp) {
        let id = round.id;
        if round.outcome == RoundOutcome::Open {
            let action = self.add(
                ActionKind::Prepare,
                format!("prepare-{id}-{}", starts.0),
                starts.plus_days(-PREPARE_DAYS),
            );
            (action.due, action.until) = (Some(starts), Some(ends));
            self.add(
                ActionKind::Outcome,
                format!("outcome-{id}"),
                ends.plus_days(1),
            );
        }
        if round.kind.has_people() {
            let action = self.add(ActionKind::ThankYou, format!("thank-you-{id}"), ends);
            action.due = Some(ends.plus_days(1));
            action.until = Some(ends.plus_days(THANKS_DAYS));
        }
    }

    fn offer(&mut self) {
        if self.state.stage() != Stage::Offer {
            return;
        }
        let answer_by = self.state.offer.as_ref().and_then(|offer| offer.answer_by);
        match answer_by {
            Some(due) => {
                let key = format!("answer-offer-{}", due.0);
                self.fixed(ActionKind::AnswerOffer, key, due, AHEAD_DAYS, PAST_DAYS);
            }
            None => {
                let since = self.state.stage_since();
                self.add(ActionKind::AnswerOffer, "answer-offer".into(), since);
            }
        }
    }

    fn after_the_end(&mut self) {
        let (stage, since) = (self.state.stage(), self.state.stage_since());
        match &self.state.review {
            None if stage == Stage::Rejected => {
                let action = self.add(ActionKind::Review, "review".into(), since);
                action.until = Some(since.plus_days(REVIEW_DAYS));
            }
            Some(review) => {
                if let Some(again) = review.apply_again {
                    self.add(
                        ActionKind::ApplyAgain,
                        format!("apply-again-{}", again.0),
                        again,
                    );
                }
            }
            None => {}
        }
    }
}

fn ask_key(stage: Stage, nth: usize) -> String {
    format!("follow-up-{}-{}", stage.name(), nth + 1)
}

/// When somebody was asked in this stage, in order.
fn asked(state: &State, stage: Stage) -> impl Iterator<Item = Timestamp> {
    (0..ASKED_MOST).map_while(move |nth| state.done.get(&ask_key(stage, nth)).copied())
}

/// The action in words, as told at `now` to somebody in `zone`.
#[must_use]
pub fn words(
    id: ApplicationId,
    state: &State,
    planned: &Planned,
    now: Timestamp,
    zone: &str,
) -> NextAction {
    let told = Told { state, now, zone };
    let (title, reason) = told.of(planned);
    NextAction {
        application: id,
        key: planned.key.clone(),
        kind: planned.kind,
        name: state.details.name(),
        title,
        reason,
        due: planned.due,
        urgent: planned.due.is_some_and(|due| due <= now.plus_days(1)),
        path: format!("/applications/{id}"),
    }
}

/// All actions of a state that are told at `now`, the most pressing first.
#[must_use]
pub fn told_now(id: ApplicationId, state: &State, now: Timestamp, zone: &str) -> Vec<NextAction> {
    let mut told: Vec<NextAction> = plan(state)
        .iter()
        .filter(|planned| planned.is_told(now))
        .map(|planned| words(id, state, planned, now, zone))
        .collect();
    told.sort_by_key(|action| action.due.unwrap_or(Timestamp(i64::MAX)));
    told
}

struct Told<'s> {
    state: &'s State,
    now: Timestamp,
    zone: &'s str,
}

impl Told<'_> {
    fn of(&self, planned: &Planned) -> (String, String) {
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
        let task = self
            .state
            .tasks
            .iter()
            .find(|task: &&super::model::Task| task.id == id);
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

#[cfg(test)]
#[path = "next_tests.rs"]
mod tests;
