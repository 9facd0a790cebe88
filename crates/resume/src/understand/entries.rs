//! Telling the entries of a section apart.

use super::headings::Section;
use super::paragraphs::{Paragraph, paragraphs};
use crate::limits;

/// An entry before its words are understood.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// The lines at its top.
    pub head: Vec<Paragraph>,
    /// Bullets and paragraphs under it.
    pub body: Vec<Paragraph>,
}

/// The entries of a section of jobs, activities or projects.
pub fn drafts(section: &Section) -> Vec<Draft> {
    let all = paragraphs(&section.lines);
    let base = all
        .iter()
        .filter(|p| !p.bullet)
        .map(|p| p.left)
        .fold(f32::INFINITY, f32::min);
    let dated = all.iter().any(Paragraph::is_dated);
    let mut runs: Vec<Draft> = Vec::new();
    for paragraph in all {
        let in_head = is_head(&paragraph, base, runs.last());
        let starts = in_head && runs.last().is_none_or(|run| !run.body.is_empty());
        if starts || runs.is_empty() {
            runs.push(Draft::default());
        }
        if let Some(run) = runs.last_mut() {
            if in_head {
                run.head.push(paragraph)
            } else {
                run.body.push(paragraph)
            }
        }
    }
    let first = runs.first().map(look);
    let mut drafts: Vec<Draft> = Vec::new();
    for run in runs {
        // Between bullets, a line without a date that looks like no head goes on with the entry.
        let has_date = run.head.iter().any(Paragraph::is_dated);
        let sub = dated
            && !has_date
            && first.is_some_and(|first| look(&run) != first)
            && drafts
                .last()
                .is_some_and(|d| d.head.iter().any(Paragraph::is_dated));
        match drafts.last_mut() {
            Some(last) if sub => {
                last.body.extend(run.head);
                last.body.extend(run.body);
            }
            _ => drafts.extend(divide(run)),
        }
    }
    drafts.truncate(limits::ENTRIES);
    drafts.into_iter().map(promote).collect()
}

/// How the first line of a head looks: bold, its level and whether it has a second cell.
fn look(draft: &Draft) -> (bool, u8, i32) {
    let first = draft.head.first();
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a place on a page, in points"
    )]
    let left = first.map_or(0, |p| (p.left / 4.0) as i32);
    (
        first.is_some_and(|p| p.cells.first().is_some_and(|cell| cell.bold)),
        first.map_or(0, |p| p.level),
        left,
    )
}

/// Whether a paragraph belongs to the head of an entry.
fn is_head(paragraph: &Paragraph, base: f32, run: Option<&Draft>) -> bool {
    if paragraph.bullet {
        return false;
    }
    if paragraph.level > 0 {
        return true;
    }
    let text = paragraph.text();
    let words = text.split_whitespace().count();
    // A short last word with a point is an abbreviation: `Inc.`, `e. V.`
    let last = text.split_whitespace().next_back().unwrap_or("");
    let point = text.ends_with('.') && words > 3 && last.chars().count() > 4;
    let sentence = point || words > 18 || paragraph.lines > 1 && words > 12;
    // `Technologies: Rust` under an entry belongs to it.
    let label = text.split_once(": ").map_or("", |(label, _)| label);
    let labelled = (1..=2).contains(&label.split_whitespace().count()) && !paragraph.is_bold();
    let under = run.is_some_and(|run| !run.head.is_empty());
    let open_head = run.is_some_and(|run| run.body.is_empty() && !run.head.is_empty());
    if paragraph.is_dated() && words <= 18 {
        return true;
    }
    if sentence || (labelled && under) {
        return false;
    }
    // Under a head, what is indented is its text, unless the head begins with a date in a column of its own.
    let head_left = run.and_then(|run| run.head.first()).map(|head| {
        let dated_first = head.cells.len() > 1
            && head
                .cells
                .first()
                .is_some_and(|cell| crate::dates::range(&cell.text).is_some());
        if dated_first {
            head.cells.get(1).map_or(head.left, |cell| cell.x)
        } else {
            head.left
        }
    });
    let left = if open_head {
        head_left.unwrap_or(base)
    } else {
        base
    };
    if !paragraph.placed
        || (open_head && paragraph.left > base + 150.0 && paragraph.cells.len() == 1)
    {
        return true;
    }
    match head_left {
        // Beside a column of dates, text under the first words of the head goes on with it.
        Some(at) if open_head && at > base + 6.0 => {
            (paragraph.left - at).abs() < 3.0 || paragraph.left < base + 3.0
        }
        Some(at) if !open_head => {
            paragraph.left < base + 6.0
                || (at > base + 6.0 && (paragraph.left - at).abs() < 3.0 && paragraph.is_bold())
        }
        _ => paragraph.left < left + 6.0,
    }
}

/// Entries that follow each other without text between them: several dates in one run of heads.
fn divide(run: Draft) -> Vec<Draft> {
    let at: Vec<usize> = run
        .head
        .iter()
        .enumerate()
        .filter(|(_, p)| p.is_dated())
        .map(|(at, _)| at)
        .collect();
    if at.len() < 2 {
        return divide_levels(run);
    }
    let first = at.first().copied().unwrap_or(0).min(3);
    let starts: Vec<usize> = at.iter().map(|at| at.saturating_sub(first)).collect();
    let mut drafts: Vec<Draft> = Vec::new();
    for (index, paragraph) in run.head.into_iter().enumerate() {
        if drafts.is_empty() || starts.contains(&index) {
            drafts.push(Draft::default());
        }
        if let Some(last) = drafts.last_mut() {
            last.head.push(paragraph);
        }
    }
    if let Some(last) = drafts.last_mut() {
        last.body = run.body;
    }
    drafts
}

/// Heads that a style marks begin entries, also without dates.
fn divide_levels(run: Draft) -> Vec<Draft> {
    let top = run
        .head
        .iter()
        .map(|p| p.level)
        .filter(|level| *level > 0)
        .min();
    let Some(top) = top.filter(|top| run.head.iter().filter(|p| p.level == *top).count() > 1)
    else {
        return vec![run];
    };
    let mut drafts: Vec<Draft> = Vec::new();
    for paragraph in run.head {
        if drafts.is_empty() || paragraph.level == top {
            drafts.push(Draft::default());
        }
        if let Some(last) = drafts.last_mut() {
            last.head.push(paragraph);
        }
    }
    if let Some(last) = drafts.last_mut() {
        last.body = run.body;
    }
    drafts
}

/// A head that is only a date takes its words from the first bullet: `Mar 2021 - Present` above `• Engineer, Northwind`.
fn promote(mut draft: Draft) -> Draft {
    let bare = !draft.head.is_empty() && super::heads::head(&draft.head).pieces.is_empty();
    let fits = draft.body.first().is_some_and(|first| {
        let text = first.text();
        text.split_whitespace().count() <= 12
            && !text.ends_with('.')
            && super::words::title_score(&text) > 0
    });
    if bare && fits {
        draft.head.push(draft.body.remove(0));
    }
    draft
}
