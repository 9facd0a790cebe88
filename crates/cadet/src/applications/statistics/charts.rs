//! The charts of the statistics, drawn on the server. Pure.

use std::fmt::Write as _;

use super::model::Statistics;
use super::sankey::sankey;
use super::survival::Lasting;
use crate::market::chart::{
    Anchor, Bar, Caption, Chart, Series, WIDTH, bars, close, columns, open, rect, text,
};

/// Height of a curve.
const HEIGHT: f64 = 200.0;
/// Room at its left for the scale.
const LEFT: f64 = 44.0;
/// Room below it for the days.
const FOOT: f64 = 28.0;
/// Room above it.
const HEAD: f64 = 10.0;

/// A chart with the name under which it can be had as a file.
#[derive(Clone, Debug)]
pub struct Named {
    /// `flows`, `funnel`, `answer`, `weeks`.
    pub name: &'static str,
    /// What it shows.
    pub title: &'static str,
    /// The chart.
    pub chart: Chart,
}

/// All charts for which there is something to draw.
#[must_use]
pub fn charts(told: &Statistics) -> Vec<Named> {
    let named = |name, title, chart: Option<Chart>| chart.map(|chart| Named { name, title, chart });
    [
        named("flows", "Where they went", flows(told)),
        named("funnel", "How far they got", funnel(told)),
        named(
            "answer",
            "How long until an answer",
            curve(&told.until_answer),
        ),
        named("weeks", "Sent each week", weeks(told)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn flows(told: &Statistics) -> Option<Chart> {
    let ends: Vec<String> = told
        .flows
        .nodes
        .iter()
        .filter(|node| node.stays > 0)
        .map(|node| format!("{} at {}", node.stays, node.label))
        .collect();
    let description = format!("Of {} applications now: {}.", told.total, ends.join(", "));
    let caption = Caption {
        id: "flows-chart",
        title: "Where they went",
        description: &description,
    };
    sankey(caption, &told.flows)
}

fn funnel(told: &Statistics) -> Option<Chart> {
    let rows: Vec<Bar> = told
        .funnel
        .iter()
        .map(|step| Bar {
            label: step.label.clone(),
            from: 0.0,
            to: step.reached as f64,
            mark: None,
            figure: format!(
                "{} ({:.0} %)",
                step.reached,
                percent(step.reached, told.sent)
            ),
        })
        .collect();
    let description = format!(
        "Of {} that were sent, how many got to each stage or further.",
        told.sent
    );
    let caption = Caption {
        id: "funnel-chart",
        title: "How far they got",
        description: &description,
    };
    bars(caption, &rows)
}

/// A share in percent.
#[must_use]
pub fn percent(part: u64, whole: u64) -> f64 {
    if whole == 0 {
        0.0
    } else {
        part as f64 * 100.0 / whole as f64
    }
}

/// `2026-11-23` as `23 Nov`, which reads the same on both sides of an ocean.
fn day_and_month(date: &str) -> String {
    let date: Option<jiff::civil::Date> = date.parse().ok();
    date.map_or_else(String::new, |date| date.strftime("%-d %b").to_string())
}

fn weeks(told: &Statistics) -> Option<Chart> {
    let labels: Vec<String> = told
        .weeks
        .weeks
        .iter()
        .map(|week| day_and_month(&week.monday))
        .collect();
    let series = Series {
        name: "Sent".into(),
        values: told
            .weeks
            .weeks
            .iter()
            .map(|week| f64::from(week.sent))
            .collect(),
    };
    let description = format!(
        "Applications sent in each of the last {} weeks.",
        labels.len()
    );
    let caption = Caption {
        id: "weeks-chart",
        title: "Sent each week",
        description: &description,
    };
    // Every second label, since sixteen do not fit.
    let labels: Vec<String> = labels
        .into_iter()
        .enumerate()
        .map(|(at, label)| if at % 2 == 1 { label } else { String::new() })
        .collect();
    columns(caption, &labels, &[series])
}

/// A curve of Kaplan and Meier as steps, with its band. None when nothing has ended.
#[must_use]
pub fn curve(lasting: &Lasting) -> Option<Chart> {
    let last = lasting.curve.last()?;
    let end = last.days.max(1.0) * 1.05;
    let x = |days: f64| LEFT + (WIDTH - LEFT - 8.0) * (days / end).min(1.0);
    let y = |share: f64| HEAD + (HEIGHT - FOOT - HEAD) * (1.0 - share.clamp(0.0, 1.0));
    let median = lasting.median.map_or_else(
        || "more than half still wait".to_owned(),
        |days| format!("half after {days:.0} days"),
    );
    let description = format!(
        "The share that still waits after so many days, of {} cases of which {} are open: {median}.",
        lasting.cases, lasting.open
    );
    let caption = Caption {
        id: "answer-chart",
        title: "How long until an answer",
        description: &description,
    };
    let mut svg = open(caption, HEIGHT);
    scale(&mut svg, end, &x, &y);
    band(&mut svg, lasting, (&x, &y), end);
    let mut points = format!("{:.1},{:.1} ", x(0.0), y(1.0));
    let mut share = 1.0;
    for step in &lasting.curve {
        let _ = write!(
            points,
            "{:.1},{:.1} {:.1},{:.1} ",
            x(step.days),
            y(share),
            x(step.days),
            y(step.share)
        );
        share = step.share;
    }
    let _ = write!(points, "{:.1},{:.1}", x(end), y(share));
    let _ = write!(
        svg,
        "<polyline class=\"line series-0\" points=\"{points}\"/>"
    );
    Some(close(svg))
}

/// A way from a value to its place.
type Axis<'a> = &'a dyn Fn(f64) -> f64;

fn scale(svg: &mut String, end: f64, x: Axis<'_>, y: Axis<'_>) {
    for share in [0.0, 0.25, 0.5, 0.75, 1.0] {
        rect(svg, "chart-grid", LEFT, y(share), WIDTH - LEFT - 8.0, 0.5);
        text(
            svg,
            "chart-figure",
            LEFT - 6.0,
            y(share) + 4.0,
            Anchor::End,
            &format!("{:.0} %", share * 100.0),
        );
    }
    // Whole days, each named once: at most five, and fewer for a curve of a day or two.
    let apart = (end / 4.0).ceil().max(1.0);
    for part in 0..=4 {
        let days = apart * f64::from(part);
        if days > end {
            break;
        }
        text(
            svg,
            "chart-label",
            x(days),
            HEIGHT - 8.0,
            Anchor::Middle,
            &format!("{days:.0} d"),
        );
    }
}

fn band(svg: &mut String, lasting: &Lasting, (x, y): (Axis<'_>, Axis<'_>), end: f64) {
    let steps = &lasting.curve;
    for (at, step) in steps.iter().enumerate() {
        let until = steps.get(at + 1).map_or(end, |next| next.days);
        let (left, right) = (x(step.days), x(until));
        rect(
            svg,
            "chart-band",
            left,
            y(step.high),
            right - left,
            y(step.low) - y(step.high),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::choices::Choices;
    use super::super::super::model::Stage;
    use super::super::model::statistics;
    use super::super::model::testing::case;
    use super::*;
    use crate::clock::Timestamp;

    #[test]
    fn every_chart_has_a_name_and_a_description_and_only_numbers() {
        let cases = [
            case(&[
                (Stage::Applied, 0),
                (Stage::Screen, 4),
                (Stage::Rejected, 9),
            ]),
            case(&[(Stage::Applied, 1)]),
        ];
        let told = statistics(
            &cases,
            Timestamp(0).plus_days(12),
            "UTC",
            &Choices::default(),
        );
        let drawn = charts(&told);
        let names: Vec<&str> = drawn.iter().map(|one| one.name).collect();
        assert_eq!(names, ["flows", "funnel", "answer", "weeks"]);
        for one in drawn {
            let svg = one.chart.to_string();
            assert!(
                svg.contains("role=\"img\"") && svg.contains("<desc"),
                "{svg}"
            );
            assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
        }
    }

    #[test]
    fn a_curve_of_a_day_names_no_day_twice_and_weeks_read_the_same_everywhere() {
        let cases = [case(&[(Stage::Applied, 0), (Stage::Screen, 1)])];
        let now = Timestamp(0).plus_days(2);
        let told = statistics(&cases, now, "UTC", &Choices::default());
        let drawn = charts(&told);
        let chart = |name: &str| drawn.iter().find(|one| one.name == name).unwrap();
        let svg = chart("answer").chart.to_string();
        for day in [">0 d<", ">1 d<"] {
            assert_eq!(svg.matches(day).count(), 1, "{day} in {svg}");
        }
        let svg = chart("weeks").chart.to_string();
        assert!(svg.contains("29 Dec"), "the week of 1970-01-01: {svg}");
    }

    #[test]
    fn nothing_is_drawn_of_nothing() {
        let told = statistics(&[], Timestamp(0), "UTC", &Choices::default());
        assert!(charts(&told).is_empty());
    }
}
