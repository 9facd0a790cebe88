//! The head of an entry: its words without the dates, in the pieces that signs and gaps divide, and what each piece is.

use super::paragraphs::Paragraph;
use super::trace::Said;
use crate::dates::{self, DateRange, fold};

/// A piece of a head.
#[derive(Clone, Debug, Default)]
pub struct Piece {
    /// The words and where they stand.
    pub said: Said,
    /// The number of its line within the head.
    pub line: usize,
    /// Whether it stands alone at the right, where places and dates stand.
    pub right: bool,
}

impl Piece {
    /// Its words.
    pub fn text(&self) -> &str {
        &self.said.text
    }
}

/// A head, taken apart.
#[derive(Clone, Debug, Default)]
pub struct Head {
    /// The dates; the first range, else the first date.
    pub dates: Option<(DateRange, Said)>,
    /// The other pieces, in reading order.
    pub pieces: Vec<Piece>,
}

/// Takes heads apart.
pub fn head<'p>(paragraphs: impl IntoIterator<Item = &'p Paragraph>) -> Head {
    let mut head = Head::default();
    for (line, paragraph) in paragraphs.into_iter().enumerate() {
        let count = paragraph.cells.len();
        for (index, cell) in paragraph.cells.iter().enumerate() {
            let (rest, found) = without_dates(&cell.text);
            if let Some((range, text)) = found {
                let better = head
                    .dates
                    .as_ref()
                    .is_none_or(|(known, _)| !is_range(known) && is_range(&range));
                if better {
                    head.dates = Some((range, Said::new(text, &paragraph.at)));
                }
            }
            let right = index > 0 && index + 1 == count && paragraph.placed;
            let pieces = split(&rest)
                .into_iter()
                .filter(|text| dates::range(text).is_none())
                .map(|text| Piece {
                    said: Said::new(text, &paragraph.at),
                    line,
                    right,
                });
            head.pieces.extend(pieces);
        }
    }
    head
}

fn is_range(range: &DateRange) -> bool {
    range.end.is_some() || range.open
}

/// A text without its dates, and the best of them. Years within names, such as `Class 2024 Award`, stay when words follow closely.
pub fn without_dates(text: &str) -> (String, Option<(DateRange, String)>) {
    let all = dates::find_all(text);
    let Some(found) = all
        .iter()
        .find(|found| is_range(&found.range))
        .or_else(|| all.last())
    else {
        return (text.to_owned(), None);
    };
    let said = text.get(found.from..found.to).unwrap_or("").to_owned();
    let before = text.get(..found.from).unwrap_or("");
    let after = text.get(found.to..).unwrap_or("");
    let open = |c: char| c.is_whitespace() || "([{,;:|·•-–—".contains(c);
    let close = |c: char| c.is_whitespace() || ")]},;:.".contains(c);
    let before = before.trim_end_matches(open);
    let remark = remark_after(after);
    let after = after.get(remark..).unwrap_or("").trim_start_matches(close);
    let rest = match (before.is_empty(), after.is_empty()) {
        (false, false) => format!(
            "{before} | {}",
            after.trim_start_matches(['|', '·', '•', '-', '–', '—', ' '])
        ),
        (false, true) => before.to_owned(),
        (true, _) => after
            .trim_start_matches(['|', '·', '•', '-', '–', '—', ' '])
            .to_owned(),
    };
    (rest, Some((found.range, said)))
}

/// The length of a remark on a date in brackets, such as `(anticipated)` or `(2 years 3 months)`.
fn remark_after(text: &str) -> usize {
    let trimmed = text.trim_start();
    let skipped = text.len() - trimmed.len();
    let Some(inner) = trimmed
        .strip_prefix('(')
        .and_then(|rest| rest.split_once(')'))
        .map(|(inner, _)| inner)
    else {
        return 0;
    };
    let words = [
        "anticipated",
        "expected",
        "year",
        "month",
        "yr",
        "mos",
        "jahr",
        "monat",
        "mois",
        "ans",
        "mes",
        "ano",
    ];
    let small = fold(inner);
    if words.iter().any(|word| small.contains(word)) {
        skipped + inner.len() + 2
    } else {
        0
    }
}

/// The pieces of a text between signs that divide.
pub fn split(text: &str) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let chars: Vec<char> = text.chars().collect();
    let mut depth = 0_usize;
    for (at, c) in chars.iter().copied().enumerate() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let space = |at: Option<usize>| {
            at.and_then(|at| chars.get(at))
                .is_none_or(|c| c.is_whitespace())
        };
        let spaced = space(at.checked_sub(1)) && space(Some(at + 1));
        // `3.8 / 4.0` is one.
        let near = |step: usize, back: bool| {
            if back {
                at.checked_sub(step)
            } else {
                Some(at + step)
            }
        };
        let digit = |back: bool| {
            near(2, back)
                .and_then(|at| chars.get(at))
                .is_some_and(char::is_ascii_digit)
        };
        let spaced = spaced && !(c == '/' && digit(true) && digit(false));
        let strong = matches!(
            c,
            '|' | '•'
                | '●'
                | '∙'
                | '⋅'
                | '│'
                | '◦'
                | '‖'
                | '■'
                | '▪'
                | '⋄'
                | '◆'
                | '¦'
                | '／'
        );
        let dash = matches!(c, '–' | '—' | '-' | '·' | '/' | '@' | '~') && spaced;
        if depth == 0 && (strong || dash || matches!(c, '—' | '·')) {
            pieces.push(String::new());
        } else if let Some(last) = pieces.last_mut() {
            last.push(c);
        }
    }
    let trimmed = pieces.iter().map(|piece| trim(piece).to_owned());
    trimmed
        .filter(|piece| piece.chars().any(char::is_alphanumeric))
        .collect()
}

/// A piece without what stood between it and its neighbours.
pub fn trim(text: &str) -> &str {
    let text =
        text.trim_matches(|c: char| c.is_whitespace() || ",;:|·•–—".contains(c) || c == '\u{200b}');
    let text = text.strip_suffix('-').unwrap_or(text);
    // Brackets that only wrap the whole are no part of it.
    let inner = text
        .strip_prefix('(')
        .and_then(|rest| rest.strip_suffix(')'));
    inner
        .filter(|inner| !inner.contains(['(', ')']))
        .unwrap_or(text)
        .trim()
}
