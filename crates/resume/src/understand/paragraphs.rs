//! Lines that were broken for width are one paragraph or one bullet again.

use super::{Cell, Line};
use crate::dates;

/// A paragraph or a bullet.
#[derive(Clone, Debug, Default)]
pub struct Paragraph {
    /// Its cells: those of its first line; what goes on is added to the last one.
    pub cells: Vec<Cell>,
    /// Whether it is a bullet.
    pub bullet: bool,
    /// The left edge of its first line, of the sign of a bullet.
    pub left: f32,
    /// How many lines it had.
    pub lines: usize,
    /// The level of a heading as its style says; 0 for none.
    pub level: u8,
    /// Where it begins.
    pub at: String,
    /// Whether places on the page are known.
    pub placed: bool,
}

impl Paragraph {
    /// Its whole text.
    pub fn text(&self) -> String {
        let texts: Vec<&str> = self.cells.iter().map(|cell| cell.text.as_str()).collect();
        texts.join(" ")
    }

    /// Whether all of it is bold.
    pub fn is_bold(&self) -> bool {
        !self.cells.is_empty() && self.cells.iter().all(|cell| cell.bold)
    }

    /// Whether a date is in it.
    pub fn is_dated(&self) -> bool {
        self.cells
            .iter()
            .any(|cell| dates::find(&cell.text).is_some())
    }

    fn start(line: &Line) -> Self {
        Self {
            cells: line.cells.clone(),
            bullet: line.bullet,
            left: line.left,
            lines: 1,
            level: line.level,
            at: line.at.clone(),
            placed: line.room.is_finite(),
        }
    }
}

/// Joins the lines of a section.
pub fn paragraphs(lines: &[Line]) -> Vec<Paragraph> {
    joined(lines, continues)
}

/// Joins the lines of a section that is a list: only a list with commas goes on on the next line.
pub fn list_paragraphs(lines: &[Line]) -> Vec<Paragraph> {
    joined(lines, |paragraph, before, line, tight| {
        if paragraph.bullet {
            return continues(paragraph, before, line, tight);
        }
        let text = before.text();
        let separated = |text: &str| {
            [',', ';', '•', '·', '|']
                .iter()
                .any(|sign| text.contains(*sign))
        };
        let wide = before.room.is_finite() && before.room < (before.right - before.left) * 0.3;
        let one = line.cells.len() == 1
            && !line.bullet
            && line.level == 0
            && line.is_bold() == before.is_bold();
        let labelled = line.text().contains(':');
        let goes_on = text.contains(',') || !separated(&line.text());
        one && wide
            && !labelled
            && separated(&text)
            && goes_on
            && line.above < 1.9
            && (line.left - before.left).abs() < 14.0
    })
}

/// Joins the lines of contacts: only what is a sentence goes on on the next line.
pub fn contact_paragraphs(lines: &[Line]) -> Vec<Paragraph> {
    joined(lines, |paragraph, before, line, tight| {
        before.text().split_whitespace().count() > 7 && continues(paragraph, before, line, tight)
    })
}

fn joined(
    lines: &[Line],
    goes_on: impl Fn(&Paragraph, &Line, &Line, f32) -> bool,
) -> Vec<Paragraph> {
    // The least space between two lines is that within a paragraph.
    let tight = lines
        .iter()
        .map(|line| line.above)
        .filter(|above| *above > 0.8)
        .fold(f32::INFINITY, f32::min);
    let mut all: Vec<Paragraph> = Vec::new();
    let mut before: Option<&Line> = None;
    for line in lines {
        let joins = match (all.last(), before) {
            (Some(last), Some(before)) => goes_on(last, before, line, tight),
            _ => false,
        };
        match all.last_mut() {
            Some(last) if joins => append(last, line),
            _ => all.push(Paragraph::start(line)),
        }
        before = Some(line);
    }
    all
}

/// Whether a line goes on with a paragraph whose last line is `before`; `tight` is the least space between lines.
fn continues(paragraph: &Paragraph, before: &Line, line: &Line, tight: f32) -> bool {
    if line.bullet
        || line.level > 0
        || before.level > 0
        || line.cells.len() != 1
        || !line.room.is_finite()
    {
        return false;
    }
    let same_look = (line.size - before.size).abs() < 0.6 && line.above < 1.9;
    if !same_look || line.left < paragraph.left - 1.0 {
        return false;
    }
    if paragraph.bullet {
        return continues_bullet(paragraph, before, line);
    }
    let same_place = (line.left - before.text_left()).abs() < 3.0 || paragraph.lines == 1;
    let dated = dates::find(&line.text())
        .is_some_and(|found| found.range.end.is_some() || found.range.open);
    let spaced = line.above > tight * 1.08;
    let sentence =
        before.text().ends_with(['.', '!', '?']) && line.text().starts_with(char::is_uppercase);
    paragraph.cells.len() == 1
        && same_place
        && line.is_bold() == before.is_bold()
        && !dated
        && !(spaced && (sentence || line.above > tight * 1.2))
        && before.is_full_before(line)
}

fn continues_bullet(paragraph: &Paragraph, before: &Line, line: &Line) -> bool {
    // Beyond the sign, and not as far as a column of its own.
    let hangs = line.left > paragraph.left + 1.5 && line.left < paragraph.left + 40.0;
    let text = line.text();
    let small = text.chars().next().is_some_and(char::is_lowercase);
    let same_bold = !line.is_bold() || before.is_bold();
    let below = (line.left - paragraph.left).abs() < 1.5 && !text.contains('|');
    same_bold && (hangs || (before.is_full_before(line) && (small || below)))
}

/// Adds a line to a paragraph, joining a word that was broken.
fn append(paragraph: &mut Paragraph, line: &Line) {
    let Some(cell) = paragraph.cells.last_mut() else {
        return;
    };
    let more = line.text();
    join(&mut cell.text, &more);
    paragraph.lines += 1;
}

/// Puts the next line after a text: with a space, or without one where a word was broken with a hyphen.
pub fn join(text: &mut String, more: &str) {
    let soft = text.ends_with('\u{ad}');
    if soft {
        text.pop();
    } else if !(text.ends_with(['-', '‐', '/'])
        && text.chars().rev().nth(1).is_some_and(char::is_alphanumeric))
    {
        // CJK text has no spaces between its lines.
        let cjk = |c: char| {
            ('\u{3000}'..='\u{9fff}').contains(&c) || ('\u{ff00}'..='\u{ffef}').contains(&c)
        };
        if !(text.chars().next_back().is_some_and(cjk) && more.chars().next().is_some_and(cjk)) {
            text.push(' ');
        }
    }
    text.push_str(more.trim());
}
