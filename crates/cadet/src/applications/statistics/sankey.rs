//! Flows as a picture: stages from left to right, as thick as they are many. Pure.

use std::collections::HashMap;
use std::fmt::Write as _;

use super::super::model::Stage;
use super::flows::{FlowLink, FlowNode, Flows};
use crate::market::chart::{Anchor, Caption, Chart, WIDTH, close, open, rect, text};

/// Width of a stage.
const NODE: f64 = 10.0;
/// Room between stages of one column.
const GAP: f64 = 26.0;
/// Room for all stages of a column together.
const HEIGHT: f64 = 240.0;
/// Room above and below.
const EDGE: f64 = 18.0;
/// Room at the right for the words of the last column.
const RIGHT: f64 = 130.0;

/// A stage at its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    /// Which.
    pub stage: Stage,
    /// In which column, from 0.
    pub column: usize,
    /// Its left edge.
    pub x: f64,
    /// Its top.
    pub y: f64,
    /// Its height: as much as there ever was in it.
    pub height: f64,
}

/// The flows as a picture; none when nothing went anywhere.
#[must_use]
pub fn sankey(caption: Caption<'_>, flows: &Flows) -> Option<Chart> {
    if flows.nodes.is_empty() {
        return None;
    }
    let placed = place(flows);
    let bottom = placed
        .iter()
        .map(|one| one.y + one.height)
        .fold(0.0, f64::max);
    let mut svg = open(caption, (bottom + EDGE).ceil());
    bands(&mut svg, flows, &placed);
    for (node, at) in flows.nodes.iter().zip(&placed) {
        stage(&mut svg, node, at);
    }
    Some(close(svg))
}

/// The column of each stage: one for each stage on the way that something went through, and one for all ends.
#[must_use]
pub fn place(flows: &Flows) -> Vec<Placed> {
    let on_the_way: Vec<Stage> = flows
        .nodes
        .iter()
        .map(|node| node.stage)
        .filter(|stage| !stage.is_end())
        .collect();
    let column = |stage: Stage| {
        let at = on_the_way.iter().position(|one| *one == stage);
        at.unwrap_or(on_the_way.len())
    };
    let columns = flows
        .nodes
        .iter()
        .map(|node| column(node.stage))
        .max()
        .unwrap_or(0);
    let scale = scale(flows, &column);
    let step = if columns == 0 {
        0.0
    } else {
        (WIDTH - RIGHT - NODE) / columns as f64
    };
    let mut tops: HashMap<usize, f64> = HashMap::new();
    let placed = flows.nodes.iter().map(|node| {
        let column = column(node.stage);
        let top = tops.entry(column).or_insert(EDGE);
        let height = (node.total() as f64 * scale).max(1.0);
        let y = *top;
        *top += height + GAP;
        Placed {
            stage: node.stage,
            column,
            x: step * column as f64,
            y,
            height,
        }
    });
    placed.collect()
}

/// Units for one application, so that the fullest column fits.
fn scale(flows: &Flows, column: &impl Fn(Stage) -> usize) -> f64 {
    let mut totals: HashMap<usize, u64> = HashMap::new();
    for node in &flows.nodes {
        *totals.entry(column(node.stage)).or_default() += node.total();
    }
    let fullest = totals.values().max().copied().unwrap_or(1).max(1);
    HEIGHT / fullest as f64
}

/// A band for each link, from the right edge of one stage to the left edge of another.
fn bands(svg: &mut String, flows: &Flows, placed: &[Placed]) {
    let totals: HashMap<Stage, f64> = flows
        .nodes
        .iter()
        .zip(placed)
        .map(|(node, at)| (node.stage, at.height / node.total().max(1) as f64))
        .collect();
    let at = |stage: Stage| placed.iter().find(|one| one.stage == stage);
    let mut out: HashMap<Stage, f64> = HashMap::new();
    let mut into: HashMap<Stage, f64> = HashMap::new();
    for link in &flows.links {
        let (Some(from), Some(to)) = (at(link.from), at(link.to)) else {
            continue;
        };
        let unit = |stage: Stage| totals.get(&stage).copied().unwrap_or(0.0);
        let (thick, thick_to) = (
            unit(link.from) * link.count as f64,
            unit(link.to) * link.count as f64,
        );
        let start = out.entry(link.from).or_default();
        let end = into.entry(link.to).or_default();
        band(
            svg,
            link,
            (from.x + NODE, from.y + *start, thick),
            (to.x, to.y + *end, thick_to),
        );
        *start += thick;
        *end += thick_to;
    }
}

fn band(svg: &mut String, link: &FlowLink, from: (f64, f64, f64), to: (f64, f64, f64)) {
    let ((x1, y1, h1), (x2, y2, h2)) = (from, to);
    let middle = f64::midpoint(x1, x2);
    let _ = write!(
        svg,
        "<path class=\"flow flow-{}\" d=\"M{x1:.1},{y1:.1} C{middle:.1},{y1:.1} {middle:.1},{y2:.1} {x2:.1},{y2:.1} L{x2:.1},{:.1} C{middle:.1},{:.1} {middle:.1},{:.1} {x1:.1},{:.1} Z\"><title>{} to {}: {}</title></path>",
        link.to.name(),
        y2 + h2,
        y2 + h2,
        y1 + h1,
        y1 + h1,
        link.from.label(),
        link.to.label(),
        link.count
    );
}

fn stage(svg: &mut String, node: &FlowNode, at: &Placed) {
    let class = format!("node node-{}", at.stage.name());
    rect(svg, &class, at.x, at.y, NODE, at.height);
    let words = format!("{} {}", node.label, node.total());
    // Ends have room at their right; the others are named above themselves.
    if at.stage.is_end() {
        let y = at.y + at.height / 2.0 + 4.0;
        text(
            svg,
            "chart-label",
            at.x + NODE + 6.0,
            y,
            Anchor::Start,
            &words,
        );
    } else {
        text(svg, "chart-label", at.x, at.y - 5.0, Anchor::Start, &words);
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::choices::Choices;
    use super::super::flows::flows;
    use super::super::model::testing::case;
    use super::*;

    const CAPTION: Caption<'_> = Caption {
        id: "s",
        title: "Where they went",
        description: "Flows",
    };

    fn some() -> Flows {
        let cases = [
            case(&[
                (Stage::Applied, 0),
                (Stage::Screen, 1),
                (Stage::Rejected, 2),
            ]),
            case(&[(Stage::Applied, 0), (Stage::Ghosted, 40)]),
            case(&[(Stage::Applied, 0)]),
        ];
        flows(&cases, &Choices::default())
    }

    #[test]
    fn stages_are_as_high_as_they_are_many_and_do_not_overlap() {
        let flows = some();
        let placed = place(&flows);
        assert!((placed[0].height - HEIGHT).abs() < 1e-9);
        assert!((placed[1].height - HEIGHT / 3.0).abs() < 1e-9);
        for (at, one) in placed.iter().enumerate() {
            for other in &placed[at + 1..] {
                let apart = one.column != other.column || one.y + one.height < other.y;
                assert!(apart, "{one:?} {other:?}");
            }
        }
    }

    #[test]
    fn every_link_is_a_band_and_every_stage_has_its_words() {
        let svg = sankey(CAPTION, &some()).unwrap().to_string();
        assert_eq!(svg.matches("<path class=\"flow").count(), 3);
        assert!(
            svg.contains(">Applied 3</text>") && svg.contains(">No answer 1</text>"),
            "{svg}"
        );
        assert!(!svg.contains("NaN") && !svg.contains("style="));
        assert_eq!(sankey(CAPTION, &Flows::default()), None);
    }
}
