//! A line of a document, and its cells.

use crate::dates;

/// A piece of a line with a wide gap, or a tab, before and after it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cell {
    /// The text.
    pub text: String,
    /// The left edge, in points from the left of the page; 0 where a format has no places.
    pub x: f32,
    /// Whether all its letters are bold.
    pub bold: bool,
    /// Whether all its letters are italic.
    pub italic: bool,
}

/// A line as a document shows it, or a paragraph of a format that has no lines.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    /// Its pieces from left to right; never empty.
    pub cells: Vec<Cell>,
    /// Whether it began with the sign of a bullet, which is not part of the text.
    pub bullet: bool,
    /// The left edge of the sign of a bullet, else of the text.
    pub left: f32,
    /// The right edge.
    pub right: f32,
    /// How much room there is between it and the right edge of its column; infinite where a format has no places.
    pub room: f32,
    /// The size of its letters in points; 0 where a format has no sizes.
    pub size: f32,
    /// The level of a heading as its style says, 1 to 6; 0 for none.
    pub level: u8,
    /// The space above it in heights of a line, 0 where a format has no places.
    pub above: f32,
    /// Where it stands, such as `page 1, line 12`.
    pub at: String,
}

impl Line {
    /// A line of a format without places: one paragraph, its cells divided by tabs.
    pub fn paragraph(text: &str, at: String) -> Self {
        let cells = text
            .split('\t')
            .map(str::trim)
            .filter(|cell| !cell.is_empty());
        Self {
            cells: cells
                .map(|text| Cell {
                    text: text.to_owned(),
                    ..Cell::default()
                })
                .collect(),
            room: f32::INFINITY,
            at,
            ..Self::default()
        }
    }

    /// Its whole text, with a space between the cells.
    pub fn text(&self) -> String {
        let texts: Vec<&str> = self.cells.iter().map(|cell| cell.text.as_str()).collect();
        texts.join(" ")
    }

    /// Whether it holds nothing to read.
    pub fn is_empty(&self) -> bool {
        self.cells.iter().all(|cell| {
            cell.text
                .chars()
                .all(|c| c.is_whitespace() || c == '_' || c == '\u{200b}')
        })
    }

    /// Whether all of it is bold.
    pub fn is_bold(&self) -> bool {
        self.cells.iter().all(|cell| cell.bold)
    }

    /// Whether it has letters, and all of them are capitals.
    pub fn is_upper(&self) -> bool {
        let mut letters = self
            .cells
            .iter()
            .flat_map(|cell| cell.text.chars())
            .filter(|c| c.is_alphabetic())
            .peekable();
        letters.peek().is_some() && letters.all(|c| !c.is_lowercase())
    }

    /// The left edge of the text itself, after the sign of a bullet.
    pub fn text_left(&self) -> f32 {
        self.cells.first().map_or(self.left, |cell| cell.x)
    }

    /// Whether the first word of the next line would not have fitted on this one.
    pub fn is_full_before(&self, next: &Self) -> bool {
        if !self.room.is_finite() {
            return false;
        }
        let chars: usize = self
            .cells
            .iter()
            .map(|cell| cell.text.chars().count())
            .sum();
        let width = (self.right - self.text_left())
            / f32::from(u16::try_from(chars.max(1)).unwrap_or(u16::MAX));
        let first = next
            .cells
            .first()
            .and_then(|cell| cell.text.split_whitespace().next())
            .unwrap_or("");
        let word = f32::from(u16::try_from(first.chars().count() + 1).unwrap_or(u16::MAX));
        self.room < word * width.max(2.0) * 1.05 + 1.0
    }
}

/// Joins dates that were broken for width within their cell: `May 2023 - June` above `2024`.
pub fn join_broken_dates(lines: Vec<Line>) -> Vec<Line> {
    let mut joined: Vec<Line> = Vec::with_capacity(lines.len());
    for mut line in lines {
        if let Some(before) = joined.last_mut()
            && before.room.is_finite()
            && join_cells(before, &mut line)
            && line.cells.is_empty()
        {
            continue;
        }
        joined.push(line);
    }
    joined
}

/// Moves what goes on with a date of the line above up there, and what goes on beside it.
fn join_cells(before: &mut Line, line: &mut Line) -> bool {
    let same_place = |a: &Cell, b: &Cell| (a.x - b.x).abs() < 3.0;
    let pair = before.cells.iter().enumerate().find_map(|(up, above)| {
        let down = line
            .cells
            .iter()
            .position(|below| same_place(above, below))?;
        let below = line.cells.get(down)?;
        let whole = format!("{} {}", above.text, below.text);
        let unfinished = dates::range(&above.text)
            .is_none_or(|range| range.open && above.text.ends_with(['-', '–', '—']));
        let dated = dates::find(&above.text).is_some();
        (dated && unfinished && dates::range(&whole).is_some()).then_some((up, down, whole))
    });
    let Some((up, down, whole)) = pair else {
        return false;
    };
    if let Some(cell) = before.cells.get_mut(up) {
        cell.text = whole;
    }
    line.cells.remove(down);
    // What stands beside the rest of a date goes on with what stands beside its beginning.
    line.cells.retain(|below| {
        let above = before
            .cells
            .iter_mut()
            .find(|above| same_place(above, below) && above.bold == below.bold);
        match above {
            Some(above) => {
                above.text = format!("{} {}", above.text, below.text);
                false
            }
            None => true,
        }
    });
    true
}

/// Takes the sign of a bullet from the beginning of a line whose format does not mark bullets by itself.
pub fn take_sign(line: &mut Line) {
    let Some(cell) = line.cells.first_mut() else {
        return;
    };
    let mut chars = cell.text.chars();
    let sign = chars.next().unwrap_or(' ');
    let rest = chars.as_str();
    let spaced = rest.starts_with(char::is_whitespace);
    let bullet =
        super::is_bullet(sign) && (spaced || sign != '·') || (spaced && "-*–—+".contains(sign));
    if !bullet {
        return;
    }
    let rest = rest.trim().to_owned();
    if rest.is_empty() {
        line.cells.remove(0);
    } else {
        cell.text = rest;
    }
    line.bullet = !line.cells.is_empty();
}
