//! What statistics are made of and what they say. Pure.

use serde::Serialize;
use utoipa::ToSchema;

use super::super::choices::Choices;
use super::super::model::Stage;
use super::answers::{Answers, answers};
use super::flows::{Flows, flows};
use super::survival::{Lasting, lasting, until_answer};
use super::weeks::{Weeks, weeks};
use crate::clock::Timestamp;

/// Fewer cases than this are said to be few.
pub const FEW: u64 = 10;

/// An application as statistics see it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Case {
    /// The stages it went to, each with when, in that order.
    pub path: Vec<(Stage, Timestamp)>,
    /// When it was sent.
    pub applied_at: Option<Timestamp>,
    /// When the employer answered first.
    pub answered_at: Option<Timestamp>,
    /// Since when nobody follows it any more, if it was put away.
    pub archived_at: Option<Timestamp>,
    /// How it was found.
    pub source: String,
    /// Which version of which document it was sent with.
    pub document: String,
    /// How well the posting fitted, 0 to 1.
    pub score: Option<f64>,
}

impl Case {
    /// Where it stands.
    #[must_use]
    pub fn stage(&self) -> Stage {
        self.path.last().map_or(Stage::Interested, |last| last.0)
    }
}

/// Everything that is told of somebody's applications.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = ApplicationStatistics)]
pub struct Statistics {
    /// When it was counted.
    pub at: Timestamp,
    /// How many applications there are.
    pub total: u64,
    /// How many were sent.
    pub sent: u64,
    /// How many were answered.
    pub answered: u64,
    /// How far they got.
    pub funnel: Vec<FunnelStep>,
    /// Where they went.
    pub flows: Flows,
    /// How long they stayed in each stage.
    pub lasting: Vec<Lasting>,
    /// How long until the first answer.
    pub until_answer: Lasting,
    /// Who answers.
    pub answers: Answers,
    /// How many were sent each week.
    pub weeks: Weeks,
}

/// A step of the funnel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct FunnelStep {
    /// The stage.
    pub stage: Stage,
    /// What its owner calls it.
    pub label: String,
    /// How many got there or further.
    pub reached: u64,
}

/// Steps of the funnel, in order.
const FUNNEL: [Stage; 6] = [
    Stage::Applied,
    Stage::Assessment,
    Stage::Screen,
    Stage::Interview,
    Stage::Offer,
    Stage::Accepted,
];

/// Counts everything at `now`, with weeks by the clock of `zone`.
#[must_use]
pub fn statistics(cases: &[Case], now: Timestamp, zone: &str, choices: &Choices) -> Statistics {
    let count =
        |matches: &dyn Fn(&Case) -> bool| cases.iter().filter(|case| matches(case)).count() as u64;
    Statistics {
        at: now,
        total: cases.len() as u64,
        sent: count(&|case| case.applied_at.is_some()),
        answered: count(&|case| case.answered_at.is_some()),
        funnel: funnel(cases, choices),
        flows: flows(cases, choices),
        lasting: lasting(cases, now, choices),
        until_answer: until_answer(cases, now),
        answers: answers(cases),
        weeks: weeks(cases, now, zone, choices.weekly_goal),
    }
}

/// How many got to each step or further. Assessment and screen are not in every employer's way, so that whoever was
/// interviewed is counted as having got that far.
fn funnel(cases: &[Case], choices: &Choices) -> Vec<FunnelStep> {
    FUNNEL
        .into_iter()
        .map(|stage| {
            let reached = cases.iter().filter(|case| case.applied_at.is_some());
            let reached = reached.filter(|case| {
                let mut sent = case.path.iter().filter(|(at, _)| at.is_sent());
                sent.any(|(at, _)| *at >= stage)
            });
            FunnelStep {
                stage,
                label: choices.label(stage).to_owned(),
                reached: reached.count() as u64,
            }
        })
        .collect()
}

#[cfg(test)]
pub(super) mod testing {
    use super::*;

    /// A case from its stages with the days on which it went there.
    pub fn case(path: &[(Stage, i64)]) -> Case {
        let path: Vec<(Stage, Timestamp)> = path
            .iter()
            .map(|(stage, day)| (*stage, Timestamp(0).plus_days(*day)))
            .collect();
        let applied_at = path
            .iter()
            .find(|(stage, _)| stage.is_sent())
            .map(|one| one.1);
        let answered = path.iter().find(|(stage, _)| stage.is_answer());
        Case {
            applied_at,
            answered_at: answered.map(|one| one.1).filter(|_| applied_at.is_some()),
            path,
            ..Case::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::testing::case;
    use super::*;

    #[test]
    fn the_funnel_never_widens_and_counts_how_far_each_got() {
        let cases = [
            case(&[(Stage::Interested, 0)]),
            case(&[(Stage::Applied, 0), (Stage::Rejected, 3)]),
            case(&[
                (Stage::Applied, 0),
                (Stage::Interview, 3),
                (Stage::Rejected, 9),
            ]),
            case(&[
                (Stage::Applied, 0),
                (Stage::Screen, 3),
                (Stage::Offer, 9),
                (Stage::Accepted, 10),
            ]),
        ];
        let told = statistics(
            &cases,
            Timestamp(0).plus_days(20),
            "UTC",
            &Choices::default(),
        );
        let reached: Vec<u64> = told.funnel.iter().map(|step| step.reached).collect();
        assert_eq!(reached, [3, 2, 2, 2, 1, 1]);
        assert_eq!((told.total, told.sent, told.answered), (4, 3, 3));
    }
}
