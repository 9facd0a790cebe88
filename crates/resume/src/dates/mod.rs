//! Dates as people write them in resumes, in many languages: understanding them, and writing them.
//!
//! Input: words such as `Jan. 2024 – heute`, `06/2023 - 08/2023`, `since March 2021`, `2019年4月〜現在`. Output: a [`DateRange`].
//! A date is understood only when it holds a year; nothing is guessed beyond that.

mod format;
mod partial;
mod scan;
mod words;

pub use format::{Wording, day, month_year, range_text};
pub use partial::{NoDate, PartialDate};
pub use scan::{Found, find, find_all};
pub(crate) use words::fold;

/// From when until when.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DateRange {
    /// The first day; none when only the last is told.
    pub start: Option<PartialDate>,
    /// The last day; none when it goes on, or when only one date is told.
    pub end: Option<PartialDate>,
    /// Whether it is said that it goes on.
    pub open: bool,
}

/// The range that a text is, and nothing else than that; brackets around it do not matter.
///
/// A single date is a range with a start and no end.
#[must_use]
pub fn range(text: &str) -> Option<DateRange> {
    let text = trim(text);
    let found = find(text)?;
    (found.from == 0 && found.to == text.len()).then_some(found.range)
}

/// The date that a text is, and nothing else than that.
#[must_use]
pub fn single(text: &str) -> Option<PartialDate> {
    let range = range(text)?;
    match (range.start, range.end, range.open) {
        (Some(date), None, false) | (None, Some(date), false) => Some(date),
        _ => None,
    }
}

/// Whether a text says that something goes on, such as `Present` or `heute`.
#[must_use]
pub fn is_present(text: &str) -> bool {
    let text = fold(trim(text));
    words::PRESENT.contains(&text.as_str())
}

fn trim(text: &str) -> &str {
    let outside = |c: char| c.is_whitespace() || "()[]{},;|·•.:".contains(c);
    text.trim_matches(outside)
}

#[cfg(test)]
mod tests;
