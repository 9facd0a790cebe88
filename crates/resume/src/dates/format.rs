//! Dates in the words of a language, as documents show them.

use super::PartialDate;

/// The language of what a document says around the person's own words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Wording {
    /// English.
    #[default]
    English,
    /// German.
    German,
    /// French.
    French,
    /// Spanish.
    Spanish,
    /// Portuguese.
    Portuguese,
}

impl Wording {
    /// The language of a code such as `de` or `de-AT`; English for any other.
    #[must_use]
    pub fn of_code(code: &str) -> Self {
        match code.get(..2).map(str::to_ascii_lowercase).as_deref() {
            Some("de") => Self::German,
            Some("fr") => Self::French,
            Some("es") => Self::Spanish,
            Some("pt") => Self::Portuguese,
            _ => Self::English,
        }
    }

    const fn months(self) -> [&'static str; 12] {
        match self {
            Self::English => [
                "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
            ],
            Self::German => [
                "Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.",
                "Nov.", "Dez.",
            ],
            Self::French => [
                "janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.",
                "nov.", "déc.",
            ],
            Self::Spanish => [
                "ene.", "feb.", "mar.", "abr.", "may.", "jun.", "jul.", "ago.", "sept.", "oct.",
                "nov.", "dic.",
            ],
            Self::Portuguese => [
                "jan.", "fev.", "mar.", "abr.", "mai.", "jun.", "jul.", "ago.", "set.", "out.",
                "nov.", "dez.",
            ],
        }
    }

    /// The word for "it goes on".
    #[must_use]
    pub const fn present(self) -> &'static str {
        match self {
            Self::English => "Present",
            Self::German => "heute",
            Self::French => "aujourd'hui",
            Self::Spanish => "actualidad",
            Self::Portuguese => "atual",
        }
    }
}

/// The year, or the month and the year: `2024`, `Jun 2024`, `Juni 2024`.
#[must_use]
pub fn month_year(date: PartialDate, wording: Wording) -> String {
    let month = date
        .month()
        .and_then(|month| usize::try_from(month - 1).ok());
    let name = month.and_then(|month| wording.months().get(month).copied());
    match name {
        Some(name) => format!("{name} {}", date.year()),
        None => date.year().to_string(),
    }
}

/// All that is known of a date: `2024`, `Jun 2024`, `1 Jun 2024`, `1. Juni 2024`.
#[must_use]
pub fn day(date: PartialDate, wording: Wording) -> String {
    let month_year = month_year(date, wording);
    match (date.day(), wording) {
        (Some(day), Wording::German) => format!("{day}. {month_year}"),
        (Some(day), _) => format!("{day} {month_year}"),
        (None, _) => month_year,
    }
}

/// From when until when, to the month: `Jun 2024 – Present`; empty when neither is known. A range that begins and has no end goes on.
#[must_use]
pub fn range_text(
    start: Option<PartialDate>,
    end: Option<PartialDate>,
    wording: Wording,
) -> String {
    let said = |date| month_year(date, wording);
    match (start.map(said), end.map(said)) {
        (Some(start), Some(end)) if start == end => start,
        (Some(start), Some(end)) => format!("{start} – {end}"),
        (Some(start), None) => format!("{start} – {}", wording.present()),
        (None, Some(end)) => end,
        (None, None) => String::new(),
    }
}
