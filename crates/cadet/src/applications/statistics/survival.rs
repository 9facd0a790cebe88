//! How long things take, with cases that are still open counted honestly: Kaplan and Meier's estimate. Pure.
//!
//! A case that still stands somewhere has stayed at least as long as it has; leaving it out would make everything look
//! quicker than it is. The confidence band is the usual one of 95 % by Greenwood's variance on the scale of log(-log).

use serde::Serialize;
use utoipa::ToSchema;

use super::super::choices::Choices;
use super::super::model::Stage;
use super::model::{Case, FEW};
use crate::clock::Timestamp;

/// The normal distribution's quantile for 95 %.
const Z: f64 = 1.959_963_984_540_054;

/// A case: how many days it was seen, and whether it ended then or was still open.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Seen {
    /// Days.
    pub days: f64,
    /// Whether it ended; else it was still open after these days.
    pub ended: bool,
}

/// A step of the curve: from this day on.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = SurvivalStep)]
pub struct Step {
    /// The day.
    pub days: f64,
    /// The share that lasts longer, 0 to 1.
    pub share: f64,
    /// The lower end of its confidence band.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// How many were seen up to that day.
    pub at_risk: u64,
}

/// How long something lasts.
#[derive(Clone, Debug, Default, PartialEq, Serialize, ToSchema)]
pub struct Lasting {
    /// The stage; none for the time until an answer.
    pub stage: Option<Stage>,
    /// In words.
    pub label: String,
    /// How many cases.
    pub cases: u64,
    /// How many of them are still open.
    pub open: u64,
    /// Days after which half are over; none when more than half of the curve is open.
    pub median: Option<f64>,
    /// The lower end of the median's confidence band.
    pub median_low: Option<f64>,
    /// The upper end; none when it is beyond what was seen.
    pub median_high: Option<f64>,
    /// Whether the cases are too few to say much.
    pub few: bool,
    /// The curve.
    pub curve: Vec<Step>,
}

/// Kaplan and Meier's curve.
#[must_use]
pub fn curve(seen: &[Seen]) -> Vec<Step> {
    let mut sorted: Vec<Seen> = seen
        .iter()
        .copied()
        .filter(|one| one.days.is_finite())
        .collect();
    sorted.sort_by(|a, b| a.days.total_cmp(&b.days));
    let mut steps = Vec::new();
    let (mut share, mut variance) = (1.0_f64, 0.0_f64);
    let mut from = 0;
    while from < sorted.len() {
        let days = sorted[from].days;
        let same = sorted[from..]
            .iter()
            .take_while(|one| one.days <= days)
            .count();
        let ended = sorted[from..from + same]
            .iter()
            .filter(|one| one.ended)
            .count();
        let at_risk = sorted.len() - from;
        if ended > 0 {
            let (n, d) = (at_risk as f64, ended as f64);
            share *= 1.0 - d / n;
            variance += d / (n * (n - d));
            let (low, high) = band(share, variance);
            steps.push(Step {
                days,
                share,
                low,
                high,
                at_risk: at_risk as u64,
            });
        }
        from += same;
    }
    steps
}

/// The band of 95 % around a share, by log(-log).
fn band(share: f64, variance: f64) -> (f64, f64) {
    if share <= 0.0 || share >= 1.0 || !variance.is_finite() {
        return (share.max(0.0), share.min(1.0));
    }
    let log = share.ln();
    let width = Z * variance.sqrt() / log.abs();
    (share.powf(width.exp()), share.powf((-width).exp()))
}

fn first_day(steps: &[Step], of: impl Fn(&Step) -> f64) -> Option<f64> {
    // A share of exactly one half may have been rounded to just above it.
    let half = steps.iter().find(|step| of(step) <= 0.5 + 1e-9);
    half.map(|step| step.days)
}

fn summed(stage: Option<Stage>, label: &str, seen: &[Seen]) -> Lasting {
    let steps = curve(seen);
    let open = seen.iter().filter(|one| !one.ended).count();
    Lasting {
        stage,
        label: label.to_owned(),
        cases: seen.len() as u64,
        open: open as u64,
        median: first_day(&steps, |step| step.share),
        median_low: first_day(&steps, |step| step.low),
        median_high: first_day(&steps, |step| step.high),
        few: (seen.len() as u64) < FEW,
        curve: steps,
    }
}

/// How long applications stay in each stage that is no end.
#[must_use]
pub fn lasting(cases: &[Case], now: Timestamp, choices: &Choices) -> Vec<Lasting> {
    Stage::ALL
        .into_iter()
        .filter(|stage| !stage.is_end())
        .filter_map(|stage| {
            let seen: Vec<Seen> = cases
                .iter()
                .flat_map(|case| stays(case, stage, now))
                .collect();
            (!seen.is_empty()).then(|| summed(Some(stage), choices.label(stage), &seen))
        })
        .collect()
}

/// Every stay of a case in a stage.
fn stays(case: &Case, stage: Stage, now: Timestamp) -> Vec<Seen> {
    let open_until = case.archived_at.unwrap_or(now);
    let next = case
        .path
        .iter()
        .skip(1)
        .map(|(_, at)| Some(*at))
        .chain([None]);
    case.path
        .iter()
        .zip(next)
        .filter(|((at, _), _)| *at == stage)
        .map(|((_, since), left)| Seen {
            days: days(*since, left.unwrap_or(open_until)),
            ended: left.is_some(),
        })
        .collect()
}

/// How long until the employer's first answer. What was withdrawn or given up before one was seen as open until then.
#[must_use]
pub fn until_answer(cases: &[Case], now: Timestamp) -> Lasting {
    let seen: Vec<Seen> = cases
        .iter()
        .filter_map(|case| {
            let applied = case.applied_at?;
            let ended = case.path.last().filter(|(stage, _)| stage.is_end());
            let open_until = ended.map(|(_, at)| *at).or(case.archived_at).unwrap_or(now);
            Some(Seen {
                days: days(applied, case.answered_at.unwrap_or(open_until)),
                ended: case.answered_at.is_some(),
            })
        })
        .collect();
    summed(None, "Until the first answer", &seen)
}

/// Whole days: what is told of days needs no hours, and a curve of thousands has no more steps than days.
fn days(from: Timestamp, to: Timestamp) -> f64 {
    ((to.0.saturating_sub(from.0)) / Timestamp::DAY_MS).max(0) as f64
}

#[cfg(test)]
mod tests {
    use super::super::model::testing::case;
    use super::*;

    fn seen(cases: &[(f64, bool)]) -> Vec<Seen> {
        cases
            .iter()
            .map(|(days, ended)| Seen {
                days: *days,
                ended: *ended,
            })
            .collect()
    }

    fn close(a: f64, b: f64) -> bool {
        (a - b).abs() < 5e-4
    }

    /// Computed by hand: of 6, one ends on day 3 (5/6); one is open after day 4; of the 4 left two end on day 5 (5/6 * 1/2);
    /// of the 2 left one is open after day 7, and the last ends on day 9 (0).
    #[test]
    fn the_curve_is_that_computed_by_hand() {
        let steps = curve(&seen(&[
            (3.0, true),
            (4.0, false),
            (5.0, true),
            (5.0, true),
            (7.0, false),
            (9.0, true),
        ]));
        let told: Vec<(f64, f64, u64)> = steps
            .iter()
            .map(|step| (step.days, (step.share * 1e4).round() / 1e4, step.at_risk))
            .collect();
        assert_eq!(told, [(3.0, 0.8333, 6), (5.0, 0.4167, 4), (9.0, 0.0, 1)]);
        // Greenwood: 1/(6*5) = 0.033333 on day 3; + 2/(4*2) = 0.283333 on day 5.
        // ln(0.41667) = -0.875469; 1.959964 * sqrt(0.283333) / 0.875469 = 1.191671;
        // 0.41667 ^ e^1.191671 = 0.0560 and 0.41667 ^ e^-1.191671 = 0.7665.
        assert!(
            close(steps[1].low, 0.0560) && close(steps[1].high, 0.7665),
            "{:?}",
            steps[1]
        );
    }

    #[test]
    fn open_cases_make_the_median_later_and_never_earlier() {
        let ended = summed(None, "", &seen(&[(2.0, true), (4.0, true), (6.0, true)]));
        assert_eq!(ended.median, Some(4.0));
        let open = summed(
            None,
            "",
            &seen(&[
                (2.0, true),
                (4.0, true),
                (6.0, true),
                (50.0, false),
                (50.0, false),
            ]),
        );
        assert_eq!(open.median, Some(6.0));
        let mostly = summed(
            None,
            "",
            &seen(&[(2.0, true), (50.0, false), (50.0, false)]),
        );
        assert_eq!((mostly.median, mostly.open, mostly.few), (None, 2, true));
    }

    #[test]
    fn nothing_seen_says_nothing() {
        assert!(curve(&[]).is_empty());
        assert_eq!(summed(None, "", &[]).median, None);
    }

    #[test]
    fn a_stay_ends_with_the_next_stage_and_else_is_open_until_now() {
        let cases = [
            case(&[(Stage::Applied, 0), (Stage::Screen, 6)]),
            case(&[(Stage::Applied, 2)]),
        ];
        let told = lasting(&cases, Timestamp(0).plus_days(10), &Choices::default());
        assert_eq!(
            (told[0].cases, told[0].open, told[0].median),
            (2, 1, Some(6.0))
        );
        assert_eq!((told[1].cases, told[1].open), (1, 1));
        let answer = until_answer(&cases, Timestamp(0).plus_days(10));
        assert_eq!((answer.cases, answer.open), (2, 1));
    }

    #[test]
    fn what_was_given_up_counts_as_open_until_then() {
        let cases = [case(&[(Stage::Applied, 0), (Stage::Ghosted, 45)])];
        let told = until_answer(&cases, Timestamp(0).plus_days(400));
        assert_eq!((told.open, told.median), (1, None));
    }
}
