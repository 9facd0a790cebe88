//! The reading order of pages: columns one after the other, what goes over all of them before and after.

use super::lines::{Row, lines, rows};
use super::span::Span;
use crate::understand::{Line, heading_kind};

/// A page of a document.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// Its pieces of text.
    pub spans: Vec<Span>,
    /// Its width in points.
    pub width: f32,
}

/// The lines of a document in reading order.
pub fn in_order(pages: Vec<Page>) -> Vec<Line> {
    let mut flows = Flows::default();
    let running = running_lines(&pages);
    for (index, Page { spans, width }) in pages.into_iter().enumerate() {
        // The margin at the right is taken to be that at the left.
        let left = spans
            .iter()
            .map(|span| span.left)
            .fold(f32::INFINITY, f32::min);
        let edge = if width > left { width - left } else { 0.0 };
        let all: Vec<Row> = rows(spans)
            .into_iter()
            .filter(|row| !is_running(row, &running))
            .collect();
        let page = index + 1;
        match gutter(&all) {
            Some(gutter) => flows.columns(all, &gutter, page, edge),
            None => flows.whole(grids(lines(&all, page, 1, edge))),
        }
    }
    flows.end()
}

/// The text of a row, without digits, by which lines at the top and bottom of pages are known again.
fn key(row: &Row) -> String {
    row.iter()
        .flat_map(|span| span.text.chars())
        .filter(|c| c.is_alphabetic())
        .collect()
}

/// The lines that stand on several pages: headers and footers.
fn running_lines(pages: &[Page]) -> std::collections::HashMap<String, usize> {
    let mut seen = std::collections::HashMap::new();
    if pages.len() < 2 {
        return seen;
    }
    for page in pages {
        let all = rows(page.spans.clone());
        let ends = all
            .iter()
            .take(1)
            .chain(all.iter().rev().take(1).filter(|_| all.len() > 1));
        for row in ends {
            *seen.entry(key(row)).or_insert(0) += 1;
        }
    }
    seen.retain(|key, count| *count > 1 && key.chars().count() < 60);
    seen
}

fn is_running(row: &Row, running: &std::collections::HashMap<String, usize>) -> bool {
    let key = key(row);
    let text: String = row.iter().map(|span| span.text.as_str()).collect();
    let number = text.trim();
    let page_number = number.len() <= 12 && {
        let small = number.to_lowercase();
        let rest = small
            .replace("page", "")
            .replace("seite", "")
            .replace("of", "")
            .replace("von", "");
        small.contains("page")
            && rest
                .chars()
                .all(|c| c.is_ascii_digit() || c.is_whitespace() || "/|".contains(c))
    };
    let small_letters = row.iter().all(|span| span.size < 12.5);
    page_number || (!key.is_empty() && running.contains_key(&key) && small_letters)
}

/// What was read so far.
#[derive(Default)]
struct Flows {
    head: Vec<Line>,
    left: Vec<Line>,
    right: Vec<Line>,
    left_is_wide: bool,
    divided: bool,
}

/// Where a page is divided.
#[derive(Clone, Copy, Debug)]
struct Gutter {
    x: f32,
    from: usize,
    to: usize,
}

impl Flows {
    /// A page without columns: it goes on with the wide column of the pages before.
    fn whole(&mut self, page: Vec<Line>) {
        if !self.divided {
            self.head.extend(page);
        } else if self.left_is_wide {
            self.left.extend(page);
        } else {
            self.right.extend(page);
        }
    }

    fn columns(&mut self, mut all: Vec<Row>, gutter: &Gutter, page: usize, edge: f32) {
        let after = all.split_off(gutter.to.min(all.len()));
        let within = all.split_off(gutter.from.min(all.len()));
        let before = lines(&all, page, 1, edge);
        let sides = within
            .into_iter()
            .flatten()
            .partition(|span: &Span| span.left < gutter.x);
        let (left, right): (Vec<Span>, Vec<Span>) = sides;
        let width = |spans: &[Span]| {
            let from = spans
                .iter()
                .map(|span| span.left)
                .fold(f32::INFINITY, f32::min);
            spans.iter().map(|span| span.right).fold(0.0, f32::max) - from
        };
        self.left_is_wide = width(&left) > width(&right);
        let first = gutter.from + 1;
        let left = grids(lines(&rows(left), page, first, gutter.x - 12.0));
        let right = grids(lines(&rows(right), page, first, edge));
        if self.divided {
            self.whole(before);
            self.left.extend(left);
            self.right.extend(right);
        } else {
            // Above the first heading of a column on the first page stands what belongs to the head.
            self.head.extend(before);
            self.divided = true;
            let no_heading_yet = !self.head.iter().any(is_heading);
            for (side, to_left) in [(left, true), (right, false)] {
                let begins = side.iter().position(is_heading).unwrap_or(side.len());
                let head = if no_heading_yet && page == 1 && begins < side.len() {
                    begins
                } else {
                    0
                };
                let mut side = side;
                let rest = side.split_off(head);
                self.head.extend(side);
                if to_left {
                    self.left.extend(rest)
                } else {
                    self.right.extend(rest)
                }
            }
        }
        let after = lines(&after, page, gutter.to + 1, edge);
        self.whole(after);
    }

    fn end(self) -> Vec<Line> {
        let Self {
            mut head,
            left,
            right,
            ..
        } = self;
        head.extend(left);
        head.extend(right);
        head
    }
}

fn is_heading(line: &Line) -> bool {
    line.cells.len() == 1 && !line.bullet && heading_kind(&line.text()).is_some()
}

/// The best place to divide a page into two columns; none when it has one.
fn gutter(all: &[Row]) -> Option<Gutter> {
    let spans = || all.iter().flatten();
    let left = spans().map(|span| span.left).fold(f32::INFINITY, f32::min);
    let right = spans().map(|span| span.right).fold(0.0, f32::max);
    let width = right - left;
    if !(50.0..5_000.0).contains(&width) {
        return None;
    }
    let mut best: Option<(usize, usize, Gutter)> = None;
    let mut x = left + width * 0.15;
    while x < left + width * 0.85 {
        if let Some((count, gutter)) = run(all, x) {
            // Of the places within one gap, the last one is just before the text of the right column.
            if best.as_ref().is_none_or(|(known, _, _)| count >= *known) {
                best = Some((count, 0, gutter));
            }
        }
        x += 3.0;
    }
    let (_, _, gutter) = best?;
    are_columns(all, &gutter).then_some(gutter)
}

/// The longest run of rows in which nothing crosses `x`, with the number of rows of its smaller side.
fn run(all: &[Row], x: f32) -> Option<(usize, Gutter)> {
    let mut best: Option<(usize, Gutter)> = None;
    let mut from = 0;
    let (mut lefts, mut rights) = (0, 0);
    for at in 0..=all.len() {
        let row = all.get(at);
        let blocked =
            row.is_none_or(|row| row.iter().any(|span| span.left < x && span.right > x + 4.0));
        if !blocked {
            let row = row.map(Vec::as_slice).unwrap_or_default();
            lefts += usize::from(row.iter().any(|span| span.left < x));
            rights += usize::from(row.iter().any(|span| span.left >= x));
            continue;
        }
        let count = lefts.min(rights);
        if count >= 4 && best.as_ref().is_none_or(|(known, _)| count > *known) {
            best = Some((count, Gutter { x, from, to: at }));
        }
        (from, lefts, rights) = (at + 1, 0, 0);
    }
    best
}

/// Whether the two sides are texts of their own, and not the cells of rows.
fn are_columns(all: &[Row], gutter: &Gutter) -> bool {
    let within = all.get(gutter.from..gutter.to).unwrap_or_default();
    let mut headings = (0, 0);
    let (mut lefts, mut rights, mut both) = (0_usize, 0_usize, 0_usize);
    for row in within {
        let side = |left: bool| {
            let text: Vec<&str> = row
                .iter()
                .filter(|span| (span.left < gutter.x) == left)
                .map(|span| span.text.trim())
                .collect();
            text.join(" ")
        };
        let (left, right) = (side(true), side(false));
        lefts += usize::from(!left.is_empty());
        rights += usize::from(!right.is_empty());
        both += usize::from(!left.is_empty() && !right.is_empty());
        headings.0 += usize::from(heading_kind(&left).is_some());
        headings.1 += usize::from(heading_kind(&right).is_some());
    }
    let smaller = lefts.min(rights).max(1);
    (headings.0 > 0 && headings.1 > 0) || both * 2 < smaller
}

/// Grids of bullets, two or more in a row, are read column by column.
fn grids(all: Vec<Line>) -> Vec<Line> {
    let mut out: Vec<Line> = Vec::with_capacity(all.len());
    let mut grid: Vec<(f32, Vec<Line>)> = Vec::new();
    for line in all {
        let signs = line
            .cells
            .iter()
            .skip(1)
            .any(|cell| begins_with_sign(&cell.text));
        let fits = !grid.is_empty()
            && line.cells.iter().enumerate().all(|(index, cell)| {
                fits_grid(&grid, cell.x, if index == 0 { line.left } else { cell.x })
            });
        if fits || (line.bullet && signs) {
            add_to_grid(&mut grid, &line);
        } else {
            flush(&mut grid, &mut out);
            out.push(line);
        }
    }
    flush(&mut grid, &mut out);
    out
}

fn begins_with_sign(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(crate::understand::is_bullet) && chars.next() == Some(' ')
}

fn fits_grid(grid: &[(f32, Vec<Line>)], x: f32, left: f32) -> bool {
    grid.len() > 1
        && grid.iter().any(|(column, _)| {
            (x - column).abs() < 2.0
                || (x > *column && x < column + 16.0)
                || (left - column).abs() < 2.0
        })
}

fn add_to_grid(grid: &mut Vec<(f32, Vec<Line>)>, line: &Line) {
    for (index, cell) in line.cells.iter().enumerate() {
        let own_sign = if index == 0 {
            line.bullet
        } else {
            begins_with_sign(&cell.text)
        };
        let x = if index == 0 { line.left } else { cell.x };
        let mut cell = cell.clone();
        if index > 0 && own_sign {
            cell.text = cell
                .text
                .chars()
                .skip(1)
                .collect::<String>()
                .trim()
                .to_owned();
        }
        let column = grid
            .iter()
            .position(|(column, _)| x >= column - 2.0 && x < column + 16.0);
        let column = match column {
            Some(column) => column,
            None => {
                grid.push((x, Vec::new()));
                grid.len() - 1
            }
        };
        let Some((_, items)) = grid.get_mut(column) else {
            continue;
        };
        match items.last_mut().and_then(|last| last.cells.last_mut()) {
            Some(last) if !own_sign => {
                last.text.push(' ');
                last.text.push_str(&cell.text);
            }
            _ => items.push(Line {
                cells: vec![cell],
                bullet: true,
                left: x,
                above: line.above,
                ..line.clone()
            }),
        }
    }
}

fn flush(grid: &mut Vec<(f32, Vec<Line>)>, out: &mut Vec<Line>) {
    for (_, items) in grid.drain(..) {
        out.extend(items);
    }
}
