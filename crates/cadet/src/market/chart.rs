//! Charts as SVG, drawn on the server; pure.
//!
//! A chart is a picture with a name and a description (`role="img"`); its numbers stand in a table beside it. Colours, and the
//! dashes that tell lines apart without colour, come from the style sheet by class names. Lengths are in the units of the
//! `viewBox`, so that a chart fits any width.

use std::fmt::{self, Write as _};

/// Width of every chart in units.
pub(crate) const WIDTH: f64 = 640.0;
/// Height of charts over months.
const HEIGHT: f64 = 240.0;
/// Height of a row of bars.
const ROW: f64 = 24.0;
/// Where bars begin, behind their labels.
const LABELS: f64 = 190.0;
/// Room behind a bar for its figure.
const FIGURES: f64 = 96.0;
/// Room below charts over months for their labels.
const FOOT: f64 = 26.0;
/// Room at the left of charts over months for the scale.
const SCALE: f64 = 44.0;
/// Room above.
const HEAD: f64 = 10.0;
/// Lines of the scale.
const TICKS: u32 = 4;

/// A chart as markup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chart(String);

impl fmt::Display for Chart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl askama::filters::HtmlSafe for Chart {}

/// What a chart is called and what it shows, for those who do not see it.
#[derive(Clone, Copy, Debug)]
pub struct Caption<'a> {
    /// Unique on the page; ids of the title and the description are made from it.
    pub id: &'a str,
    /// What it shows.
    pub title: &'a str,
    /// What one sees in it.
    pub description: &'a str,
}

/// A row of a bar chart.
#[derive(Clone, Debug)]
pub struct Bar {
    /// At its left.
    pub label: String,
    /// Where the bar begins, usually 0.
    pub from: f64,
    /// Where it ends.
    pub to: f64,
    /// A mark on it, such as the median.
    pub mark: Option<f64>,
    /// Behind it.
    pub figure: String,
}

/// Values of one name over the months.
#[derive(Clone, Debug)]
pub struct Series {
    /// Its name.
    pub name: String,
    /// A value for each month.
    pub values: Vec<f64>,
}

/// Bars from left to right, one below the other. `None` when there is nothing to draw.
#[must_use]
pub fn bars(caption: Caption<'_>, rows: &[Bar]) -> Option<Chart> {
    let greatest = rows.iter().map(|row| row.to).fold(0.0, f64::max);
    if greatest <= 0.0 {
        return None;
    }
    let length = |value: f64| (value / greatest).clamp(0.0, 1.0) * (WIDTH - LABELS - FIGURES);
    let mut svg = open(caption, ROW * rows.len() as f64);
    for (at, row) in rows.iter().enumerate() {
        let top = ROW * at as f64;
        let (from, to) = (length(row.from), length(row.to));
        text(
            &mut svg,
            "chart-label",
            LABELS - 8.0,
            top + 16.0,
            Anchor::End,
            &row.label,
        );
        rect(
            &mut svg,
            "series-0",
            LABELS + from,
            top + 5.0,
            (to - from).max(1.0),
            ROW - 10.0,
        );
        if let Some(mark) = row.mark {
            rect(
                &mut svg,
                "chart-mark",
                LABELS + length(mark) - 1.0,
                top + 3.0,
                2.0,
                ROW - 6.0,
            );
        }
        text(
            &mut svg,
            "chart-figure",
            LABELS + to + 6.0,
            top + 16.0,
            Anchor::Start,
            &row.figure,
        );
    }
    Some(close(svg))
}

/// Columns beside each other for each label. `None` when there is nothing to draw.
#[must_use]
pub fn columns(caption: Caption<'_>, labels: &[String], series: &[Series]) -> Option<Chart> {
    let top = scale_top(series)?;
    let mut svg = open(caption, HEIGHT);
    grid(&mut svg, top);
    let slot = (WIDTH - SCALE) / labels.len().max(1) as f64;
    let width = slot * 0.76 / series.len().max(1) as f64;
    for (at, label) in labels.iter().enumerate() {
        let left = SCALE + slot * at as f64;
        for (nth, one) in series.iter().enumerate() {
            let value = one.values.get(at).copied().unwrap_or(0.0);
            let y = height_of(value, top);
            let x = left + slot * 0.12 + width * nth as f64;
            rect(
                &mut svg,
                &format!("series-{nth}"),
                x,
                y,
                width,
                HEIGHT - FOOT - y,
            );
        }
        text(
            &mut svg,
            "chart-label",
            left + slot / 2.0,
            HEIGHT - 8.0,
            Anchor::Middle,
            label,
        );
    }
    Some(close(svg))
}

/// A line for each series over the labels. `None` when there is nothing to draw.
#[must_use]
pub fn lines(caption: Caption<'_>, labels: &[String], series: &[Series]) -> Option<Chart> {
    let top = scale_top(series)?;
    let mut svg = open(caption, HEIGHT);
    grid(&mut svg, top);
    let slot = (WIDTH - SCALE) / labels.len().max(1) as f64;
    let middle = |at: usize| SCALE + slot * (at as f64 + 0.5);
    for (at, label) in labels.iter().enumerate() {
        text(
            &mut svg,
            "chart-label",
            middle(at),
            HEIGHT - 8.0,
            Anchor::Middle,
            label,
        );
    }
    for (nth, one) in series.iter().enumerate() {
        let mut points = String::new();
        for (at, value) in one.values.iter().enumerate() {
            let _ = write!(points, "{:.1},{:.1} ", middle(at), height_of(*value, top));
        }
        let _ = write!(
            svg,
            "<polyline class=\"line series-{nth}\" points=\"{}\"/>",
            points.trim_end()
        );
        for (at, value) in one.values.iter().enumerate() {
            let _ = write!(
                svg,
                "<circle class=\"dot series-{nth}\" cx=\"{:.1}\" cy=\"{:.1}\" r=\"2.5\"/>",
                middle(at),
                height_of(*value, top)
            );
        }
    }
    Some(close(svg))
}

/// A round number at or above the greatest value, divisible by the lines of the scale.
fn scale_top(series: &[Series]) -> Option<f64> {
    let greatest = series
        .iter()
        .flat_map(|one| &one.values)
        .copied()
        .fold(0.0, f64::max);
    if greatest <= 0.0 {
        return None;
    }
    let step = (greatest / f64::from(TICKS)).max(1.0);
    let magnitude = 10_f64.powf(step.log10().floor());
    let round = [1.0, 2.0, 5.0, 10.0]
        .into_iter()
        .map(|factor| factor * magnitude)
        .find(|round| *round >= step)
        .unwrap_or(step);
    Some(round * f64::from(TICKS))
}

fn height_of(value: f64, top: f64) -> f64 {
    HEAD + (HEIGHT - FOOT - HEAD) * (1.0 - (value / top).clamp(0.0, 1.0))
}

fn grid(svg: &mut String, top: f64) {
    for tick in 0..=TICKS {
        let value = top * f64::from(tick) / f64::from(TICKS);
        let y = height_of(value, top);
        let _ = write!(
            svg,
            "<line class=\"chart-rule\" x1=\"{SCALE}\" x2=\"{WIDTH}\" y1=\"{y:.1}\" y2=\"{y:.1}\"/>"
        );
        text(
            svg,
            "chart-figure",
            SCALE - 6.0,
            y + 4.0,
            Anchor::End,
            &format!("{value:.0}"),
        );
    }
}

/// The beginning of a chart of this height, with its name and description.
pub(crate) fn open(caption: Caption<'_>, height: f64) -> String {
    let mut svg = String::with_capacity(4_096);
    let id = escape(caption.id);
    let _ = write!(
        svg,
        "<svg class=\"chart\" role=\"img\" aria-labelledby=\"{id}-title {id}-desc\" viewBox=\"0 0 {WIDTH} {height}\" xmlns=\"http://www.w3.org/2000/svg\"><title id=\"{id}-title\">{}</title><desc id=\"{id}-desc\">{}</desc>",
        escape(caption.title),
        escape(caption.description)
    );
    svg
}

/// The chart, whole.
pub(crate) fn close(mut svg: String) -> Chart {
    svg.push_str("</svg>");
    Chart(svg)
}

/// A box of a class.
pub(crate) fn rect(svg: &mut String, class: &str, x: f64, y: f64, width: f64, height: f64) {
    let height = height.max(0.0);
    let _ = write!(
        svg,
        "<rect class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\"/>"
    );
}

/// Which part of a text stands at its place.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Anchor {
    /// Its beginning.
    Start,
    /// Its middle.
    Middle,
    /// Its end.
    End,
}

/// A text of a class at a place.
pub(crate) fn text(svg: &mut String, class: &str, x: f64, y: f64, anchor: Anchor, content: &str) {
    let anchor = match anchor {
        Anchor::Start => "start",
        Anchor::Middle => "middle",
        Anchor::End => "end",
    };
    let _ = write!(
        svg,
        "<text class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\">{}</text>",
        escape(content)
    );
}

/// A text as it stands in markup.
pub(crate) fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    const CAPTION: Caption<'_> = Caption {
        id: "c",
        title: "Skills & tools",
        description: "Java <most>",
    };

    fn bar(label: &str, to: f64) -> Bar {
        Bar {
            label: label.into(),
            from: 0.0,
            to,
            mark: None,
            figure: format!("{to}"),
        }
    }

    #[test]
    fn a_chart_has_a_name_and_a_description_and_no_style_of_its_own() {
        let svg = bars(CAPTION, &[bar("C++ <x>", 4.0)]).unwrap().to_string();
        assert!(svg.contains("role=\"img\" aria-labelledby=\"c-title c-desc\""));
        assert!(svg.contains("<title id=\"c-title\">Skills &amp; tools</title>"));
        assert!(svg.contains("<desc id=\"c-desc\">Java &lt;most&gt;</desc>"));
        assert!(svg.contains("C++ &lt;x&gt;"));
        assert!(!svg.contains("style=") && !svg.contains("fill="));
    }

    #[test]
    fn bars_are_as_long_as_their_values() {
        let svg = bars(CAPTION, &[bar("a", 10.0), bar("b", 5.0)])
            .unwrap()
            .to_string();
        assert!(
            svg.contains("width=\"354.0\"") && svg.contains("width=\"177.0\""),
            "{svg}"
        );
    }

    #[test]
    fn nothing_is_drawn_of_nothing() {
        let none = Series {
            name: "none".into(),
            values: vec![0.0, 0.0],
        };
        assert_eq!(bars(CAPTION, &[bar("a", 0.0)]), None);
        assert_eq!(
            lines(CAPTION, &["Jan".into()], std::slice::from_ref(&none)),
            None
        );
        assert_eq!(columns(CAPTION, &[], &[none]), None);
    }

    #[test]
    fn a_scale_ends_at_a_round_number_above_the_greatest_value() {
        let top = |value: f64| {
            scale_top(&[Series {
                name: String::new(),
                values: vec![value],
            }])
        };
        assert_eq!(top(3.0), Some(4.0));
        assert_eq!(top(17.0), Some(20.0));
        assert_eq!(top(212.0), Some(400.0));
    }

    #[test]
    fn each_series_has_its_class_and_each_month_its_label() {
        let series = [vec![1.0, 2.0], vec![2.0, 1.0]].map(|values| Series {
            name: "s".into(),
            values,
        });
        let labels = ["Jan".to_owned(), "Feb".to_owned()];
        let lined = lines(CAPTION, &labels, &series).unwrap().to_string();
        assert_eq!(lined.matches("<polyline").count(), 2);
        assert!(lined.contains("line series-1") && lined.contains(">Feb</text>"));
        let columned = columns(CAPTION, &labels, &series).unwrap().to_string();
        assert_eq!(columned.matches("<rect").count(), 4);
    }
}
