//! x
pub mod backend;
pub mod internship;
pub mod words;

use super::model::BackendGrade;

/// What a title alone says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TitleJudgement {
    /// Whether it is an internship.
    pub internship: bool,
    /// How much backend work it is.
    pub backend: BackendGrade,
}

/// Judges a title alone.
#[must_use]
pub fn title(title: &str) -> TitleJudgement {
    let words = words::TitleWords::of(title);
    let judged = backend::judge(&words);
    TitleJudgement { internship: internship::judge(&words, judged.is_software), backend: judged.grade }
}

#[cfg(test)]
#[path = "classify_tests.rs"]
mod tests;
