//! Filling the slots of a phrase: dates, amounts and names as each language and country writes them.

use jiff::civil::Date;

use super::{
    content::{CountryData, LanguageData},
    model::{Pay, Period, Term},
};

/// What may stand in the braces of a phrase. Unknown braces stay as they are, and a test looks for them.
#[derive(Default)]
pub(super) struct Slots(Vec<(&'static str, String)>);

impl Slots {
    /// Adds a slot.
    pub fn set(&mut self, name: &'static str, value: impl Into<String>) -> &mut Self {
        self.0.push((name, value.into()));
        self
    }

    /// Replaces every `{name}` that is known.
    pub fn fill(&self, phrase: &str) -> String {
        let mut text = phrase.to_owned();
        for (name, value) in &self.0 {
            if text.contains('{') {
                text = text.replace(&format!("{{{name}}}"), value);
            }
        }
        text
    }

    /// Adds what a term offers to phrases: season, months, start.
    pub fn set_term(
        &mut self,
        term: Term,
        language: &LanguageData,
        country: &CountryData,
    ) -> &mut Self {
        let season = season(term.start.month(), country.southern);
        let year = term.start.year();
        let month = month_name(language, term.start.month());
        // An internship that ends in one year is usually followed by a degree within the next.
        let next = if term.start.month() > 6 {
            year + 1
        } else {
            year
        };
        self.set(
            "season",
            language.seasons.get(season).cloned().unwrap_or_default(),
        )
        .set("year", year.to_string())
        .set("month", month)
        .set("months", term.months.to_string())
        .set("weeks", weeks(term.months).to_string())
        .set("start", date(term.start, language, country))
        .set("grad_from", format!("{} {next}", month_name(language, 12)))
        .set(
            "grad_to",
            format!("{} {}", month_name(language, 7), next + 2),
        )
    }
}

fn weeks(months: u8) -> u16 {
    (u16::from(months) * 52).div_ceil(12) - 1
}

/// As universities and employers speak: in the north, a summer internship may begin in May.
fn season(month: i8, southern: bool) -> &'static str {
    match (month, southern) {
        (12 | 1 | 2, false) | (6..=8, true) => "winter",
        (3 | 4, false) | (9..=11, true) => "spring",
        (5..=8, false) | (12 | 1 | 2, true) => "summer",
        _ => "autumn",
    }
}

fn month_name(language: &LanguageData, month: i8) -> &str {
    &language.months[usize::from(month.unsigned_abs().clamp(1, 12)) - 1]
}

/// A date in words.
pub(super) fn date(date: Date, language: &LanguageData, country: &CountryData) -> String {
    let month = month_name(language, date.month());
    if country.us_dates && language.code == "en" {
        return format!("{month} {}, {}", date.day(), date.year());
    }
    language
        .date
        .replace("{d}", &date.day().to_string())
        .replace("{month}", month)
        .replace("{y}", &date.year().to_string())
}

/// A range of pay in words, such as "$38-$45 per hour" or "2.100 EUR brutto im Monat".
pub(super) fn pay(pay: &Pay, language: &LanguageData, country: &CountryData) -> String {
    let per = match pay.period {
        Period::Hour => "hour",
        Period::Month => "month",
        Period::Year => "year",
    };
    let per = language.periods.get(per).map_or("", String::as_str);
    let (low, high) = (
        grouped(pay.min, &language.code),
        grouped(pay.max, &language.code),
    );
    let before = pay.currency == "BRL" || (language.code == "en" && pay.currency != "PLN");
    let amount = match (before, pay.min == pay.max) {
        (true, true) => format!("{}{low}", spaced_symbol(&country.symbol)),
        (true, false) => format!("{0}{low}-{0}{high}", spaced_symbol(&country.symbol)),
        (false, true) => format!("{low} {}", symbol_after(pay)),
        (false, false) => format!("{low} - {high} {}", symbol_after(pay)),
    };
    format!("{amount} {per}")
}

/// Symbols that are letters only stand apart from the number.
fn spaced_symbol(symbol: &str) -> String {
    if symbol.len() > 1 && symbol.chars().all(|c| c.is_ascii_alphabetic()) {
        format!("{symbol} ")
    } else {
        symbol.to_owned()
    }
}

fn symbol_after(pay: &Pay) -> &str {
    match pay.currency.as_str() {
        "PLN" => "zł",
        other => other,
    }
}

fn grouped(amount: u64, language: &str) -> String {
    let separator = match language {
        "en" => ",",
        "fr" | "pl" => "\u{a0}",
        _ => ".",
    };
    let digits = amount.to_string();
    let mut parts: Vec<&str> = Vec::new();
    let mut rest = digits.as_str();
    while rest.len() > 3 {
        let (head, tail) = rest.split_at(rest.len() - 3);
        parts.push(tail);
        rest = head;
    }
    parts.push(rest);
    parts.reverse();
    parts.join(separator)
}
