//! Who answers: by how an application was found, what it was sent with, and how well it fitted. Pure.

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;

use super::model::{Case, FEW};

/// The normal distribution's quantile for 95 %.
const Z: f64 = 1.959_963_984_540_054;
/// Rows of a table; the rest is told together.
const ROWS: usize = 20;
/// What is said where nothing is known.
const UNKNOWN: &str = "not noted";

/// The tables.
#[derive(Clone, Debug, Default, PartialEq, Serialize, ToSchema)]
#[schema(as = AnswerRates)]
pub struct Answers {
    /// By how it was found.
    pub by_source: Vec<AnswerRate>,
    /// By which version of which document was sent.
    pub by_document: Vec<AnswerRate>,
    /// By how well the posting fitted.
    pub by_score: Vec<AnswerRate>,
}

/// How many were answered.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct AnswerRate {
    /// Of what.
    pub label: String,
    /// How many were sent.
    pub sent: u64,
    /// How many were answered, a no included.
    pub answered: u64,
    /// How many of the others still wait.
    pub waiting: u64,
    /// The share that was answered.
    pub rate: f64,
    /// The lower end of its confidence interval (Wilson, 95 %).
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// Whether the numbers are too small to say much.
    pub few: bool,
}

/// Counts the answers of those that were sent.
#[must_use]
pub fn answers(cases: &[Case]) -> Answers {
    Answers {
        by_source: by(cases, |case| named(&case.source)),
        by_document: by(cases, |case| named(&case.document)),
        by_score: by_score(cases),
    }
}

fn named(text: &str) -> String {
    match text.trim() {
        "" => UNKNOWN.to_owned(),
        text => text.to_owned(),
    }
}

/// `80 to 100 %` and so on, the best first.
fn by_score(cases: &[Case]) -> Vec<AnswerRate> {
    let label = |case: &Case| match case.score {
        Some(score) if score >= 0.8 => "80 to 100 %",
        Some(score) if score >= 0.6 => "60 to 79 %",
        Some(score) if score >= 0.4 => "40 to 59 %",
        Some(_) => "below 40 %",
        None => UNKNOWN,
    };
    let order = [
        "80 to 100 %",
        "60 to 79 %",
        "40 to 59 %",
        "below 40 %",
        UNKNOWN,
    ];
    let mut rates = by(cases, |case| label(case).to_owned());
    rates.sort_by_key(|rate| order.iter().position(|label| *label == rate.label));
    rates
}

fn by(cases: &[Case], label: impl Fn(&Case) -> String) -> Vec<AnswerRate> {
    let mut groups: BTreeMap<String, (u64, u64, u64)> = BTreeMap::new();
    for case in cases.iter().filter(|case| case.applied_at.is_some()) {
        let counts = groups.entry(label(case)).or_default();
        counts.0 += 1;
        counts.1 += u64::from(case.answered_at.is_some());
        let waits = case.answered_at.is_none() && !case.stage().is_end();
        counts.2 += u64::from(waits && case.archived_at.is_none());
    }
    let mut rates: Vec<AnswerRate> = groups
        .into_iter()
        .map(|(label, counts)| rate(label, counts))
        .collect();
    rates.sort_by(|a, b| b.sent.cmp(&a.sent).then_with(|| a.label.cmp(&b.label)));
    if rates.len() > ROWS {
        let rest = rates.split_off(ROWS - 1);
        let sum = |of: fn(&AnswerRate) -> u64| rest.iter().map(of).sum();
        let counts = (sum(|r| r.sent), sum(|r| r.answered), sum(|r| r.waiting));
        rates.push(rate(format!("{} others", rest.len()), counts));
    }
    rates
}

fn rate(label: String, (sent, answered, waiting): (u64, u64, u64)) -> AnswerRate {
    let (low, high) = wilson(answered, sent);
    AnswerRate {
        label,
        sent,
        answered,
        waiting,
        rate: if sent == 0 {
            0.0
        } else {
            answered as f64 / sent as f64
        },
        low,
        high,
        few: sent < FEW,
    }
}

/// Wilson's interval of 95 % for a share.
#[must_use]
pub fn wilson(hits: u64, all: u64) -> (f64, f64) {
    if all == 0 {
        return (0.0, 1.0);
    }
    let (n, share) = (all as f64, hits as f64 / all as f64);
    let z2 = Z * Z;
    let middle = share + z2 / (2.0 * n);
    let width = Z * (share * (1.0 - share) / n + z2 / (4.0 * n * n)).sqrt();
    let whole = 1.0 + z2 / n;
    (
        ((middle - width) / whole).max(0.0),
        ((middle + width) / whole).min(1.0),
    )
}

#[cfg(test)]
mod tests {
    use super::super::super::model::Stage;
    use super::super::model::testing::case;
    use super::*;

    #[test]
    fn the_interval_is_that_of_wilson() {
        // 8 of 10: (0.4902, 0.9433), as tables of the Wilson score interval have it.
        let (low, high) = wilson(8, 10);
        assert!(
            (low - 0.4902).abs() < 5e-4 && (high - 0.9433).abs() < 5e-4,
            "{low} {high}"
        );
        assert_eq!(wilson(0, 0), (0.0, 1.0));
        assert_eq!(wilson(0, 5).0, 0.0);
    }

    #[test]
    fn answers_are_counted_by_where_it_was_found_and_small_numbers_are_said_to_be_small() {
        let found = |source: &str, path: &[(Stage, i64)]| Case {
            source: source.into(),
            ..case(path)
        };
        let cases = [
            found("fair", &[(Stage::Applied, 0), (Stage::Screen, 3)]),
            found("fair", &[(Stage::Applied, 0)]),
            found("", &[(Stage::Applied, 0), (Stage::Ghosted, 40)]),
            found("fair", &[(Stage::Interested, 0)]),
        ];
        let told = answers(&cases).by_source;
        assert_eq!(told.len(), 2);
        assert_eq!(
            (told[0].sent, told[0].answered, told[0].waiting, told[0].few),
            (2, 1, 1, true)
        );
        assert_eq!(
            (told[1].label.as_str(), told[1].answered, told[1].waiting),
            (UNKNOWN, 0, 0)
        );
    }
}
