//! The sections of a document, and the headings that begin them.

use super::Line;
pub use super::heading_words::{Kind, kind_of};
use super::heading_words::{compact, table};
use crate::dates;

/// A section.
#[derive(Clone, Debug)]
pub struct Section {
    /// What it holds.
    pub kind: Kind,
    /// Its heading as it stands there.
    pub title: String,
    /// Where the heading stands.
    pub at: String,
    /// Its lines.
    pub lines: Vec<Line>,
}

/// How a line looks.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Style {
    size: f32,
    bold: bool,
    upper: bool,
    level: u8,
}

impl Style {
    fn of(line: &Line) -> Self {
        Self {
            size: line.size,
            bold: line.is_bold(),
            upper: line.is_upper(),
            level: line.level,
        }
    }

    fn is_like(self, other: Self) -> bool {
        (self.size - other.size).abs() < 0.4
            && self.bold == other.bold
            && self.upper == other.upper
            && self.level == other.level
    }

    /// Whether it stands out less than another.
    fn is_weaker(self, than: Self) -> bool {
        let level = if than.level > 0 {
            self.level == 0 || self.level > than.level
        } else {
            false
        };
        level
            || self.size < than.size - 0.6
            || (than.bold && !self.bold)
            || (than.upper && !self.upper && self.size <= than.size + 0.6)
    }
}

/// The style that most known headings have.
fn common_style(lines: &[Line], kinds: &[Option<Kind>]) -> Option<Style> {
    let styles: Vec<Style> = lines
        .iter()
        .zip(kinds)
        .filter(|(_, kind)| kind.is_some())
        .map(|(line, _)| Style::of(line))
        .collect();
    let votes = |style: &Style| {
        styles
            .iter()
            .take(100)
            .filter(|other| other.is_like(*style))
            .count()
    };
    styles.iter().take(100).copied().max_by_key(|style| {
        votes(style) * 1000 + usize::from(style.upper) + usize::from(style.bold)
    })
}

/// What a line says as a heading by its words alone.
fn by_words(line: &Line) -> Option<Kind> {
    if line.bullet || line.cells.len() != 1 {
        return None;
    }
    let text = line.text();
    let sentence = text.ends_with('.') || text.ends_with(',') || text.ends_with(';');
    if sentence
        || text
            .split_once(':')
            .is_some_and(|(_, rest)| !rest.trim().is_empty())
    {
        return None;
    }
    let kind = kind_of(&text)?;
    // In running text a lower-case word is no heading.
    let lower = text
        .chars()
        .find(|c| c.is_alphabetic())
        .is_some_and(char::is_lowercase);
    (!lower || line.level > 0 || line.is_bold()).then_some(kind)
}

/// Divides lines into those before the first heading, and the sections.
pub fn split(lines: Vec<Line>) -> (Vec<Line>, Vec<Section>) {
    let lines = join_broken(unrail(lines));
    let mut kinds: Vec<Option<Kind>> = lines.iter().map(by_words).collect();
    if let Some(common) = common_style(&lines, &kinds) {
        let strong = kinds.iter().flatten().count() > 2;
        for (line, kind) in lines.iter().zip(&mut kinds) {
            if strong && kind.is_some() && Style::of(line).is_weaker(common) {
                *kind = None;
            }
        }
        unknown(&lines, &mut kinds, common);
    }
    let mut head = Vec::new();
    let mut sections: Vec<Section> = Vec::new();
    for (line, kind) in lines.into_iter().zip(kinds) {
        match (kind, sections.last_mut()) {
            // The title of the document above the name is no section.
            (Some(Kind::Title), None) => {}
            (Some(kind), _) => sections.push(Section {
                kind,
                title: line.text().trim_end_matches(':').to_owned(),
                at: line.at,
                lines: Vec::new(),
            }),
            (None, Some(section)) => section.lines.push(line),
            (None, None) => head.push(line),
        }
    }
    (head, sections)
}

/// Marks lines that look like the headings but say nothing known.
fn unknown(lines: &[Line], kinds: &mut [Option<Kind>], common: Style) {
    let Some(first) = kinds.iter().position(Option::is_some) else {
        return;
    };
    let known = kinds.iter().flatten().count();
    let looks = |line: &Line| {
        let text = line.text();
        let words = text.split_whitespace().count();
        let plain =
            !line.bullet && line.cells.len() == 1 && words <= 5 && dates::find(&text).is_none();
        plain
            && Style::of(line).is_like(common)
            && !text
                .chars()
                .any(|c| c.is_ascii_digit() || ",|@".contains(c))
    };
    let alike: Vec<usize> = (first + 1..lines.len())
        .filter(|at| {
            kinds.get(*at).is_some_and(Option::is_none) && lines.get(*at).is_some_and(looks)
        })
        .collect();
    // A look that most heads of entries have as well tells nothing.
    if known < 2 || alike.len() > known || !(common.bold || common.upper || common.level > 0) {
        return;
    }
    for at in alike {
        // What follows a heading at once is the first entry of its section.
        let after_heading = at
            .checked_sub(1)
            .and_then(|before| kinds.get(before))
            .is_some_and(Option::is_some);
        if !after_heading && let Some(kind) = kinds.get_mut(at) {
            *kind = Some(Kind::Other);
        }
    }
}

/// Headings in a rail at the left, beside the first line of their section, become lines of their own.
fn unrail(lines: Vec<Line>) -> Vec<Line> {
    let first_text = |line: &Line| {
        line.cells
            .first()
            .map(|cell| cell.text.clone())
            .unwrap_or_default()
    };
    let railed = |line: &Line| line.cells.len() > 1 && line.room.is_finite() && !line.bullet;
    let kinds: Vec<Option<Kind>> = lines.iter().map(by_words).collect();
    // Where headings stand on lines of their own, a weaker word at the left is a label within a section.
    let own_lines = kinds.iter().flatten().count() > 1;
    let common = common_style(&lines, &kinds).filter(|_| own_lines);
    let weak = |line: &Line| common.is_some_and(|common| Style::of(line).is_weaker(common));
    let mut out: Vec<Line> = Vec::with_capacity(lines.len());
    let mut skip_first = false;
    for (index, line) in lines.iter().enumerate() {
        let mut line = line.clone();
        if skip_first {
            line.cells.remove(0);
            line.left = line.text_left();
            skip_first = false;
            out.push(line);
            continue;
        }
        if railed(&line) {
            let word = first_text(&line);
            let next = lines
                .get(index + 1)
                .filter(|next| railed(next) && (next.left - line.left).abs() < 2.0);
            let two = next.map(|next| format!("{word} {}", first_text(next)));
            let heading = heading_of(&line, word.clone());
            let one_known = by_words(&heading).is_some() && !weak(&heading);
            let two_known = !weak(&heading)
                && two
                    .as_ref()
                    .is_some_and(|two| table().contains_key(&compact(two)));
            if one_known || two_known {
                let title = if one_known {
                    word
                } else {
                    two.unwrap_or_default()
                };
                skip_first = !one_known;
                out.push(heading_of(&line, title));
                line.cells.remove(0);
                line.left = line.text_left();
            }
        }
        out.push(line);
    }
    out
}

fn heading_of(line: &Line, text: String) -> Line {
    let cell = line.cells.first().cloned().unwrap_or_default();
    Line {
        cells: vec![super::Cell { text, ..cell }],
        ..line.clone()
    }
}

/// Headings that were broken for width: two lines that look alike and only together say something known.
fn join_broken(lines: Vec<Line>) -> Vec<Line> {
    let single = |line: &Line| line.cells.len() == 1 && !line.bullet && line.room.is_finite();
    let mut out: Vec<Line> = Vec::with_capacity(lines.len());
    for line in lines {
        if let Some(before) = out.last_mut()
            && single(before)
            && single(&line)
            && Style::of(before).is_like(Style::of(&line))
        {
            let both = format!("{} {}", before.text(), line.text());
            if table().contains_key(&compact(&both)) && by_words(before).is_none() {
                *before = heading_of(before, both);
                continue;
            }
        }
        out.push(line);
    }
    out
}
