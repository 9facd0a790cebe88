//! What to do next for an application, and why. Pure.
//!
//! [`plan`] says, of a state alone, which actions there are and from when until when each is told; it is kept beside the
//! application, so that what is due is one query. [`words`] says it to a person at an instant.

mod wording;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::model::{ApplicationId, Stage, Task};
use super::round::{Round, RoundOutcome};
use super::state::State;
use crate::clock::Timestamp;
use wording::Told;

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

/// What kind of thing is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
#[schema(as = NextActionKind)]
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
        let own = |task: &&Task| !task.done && task.round.is_none();
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

#[cfg(test)]
mod tests;
