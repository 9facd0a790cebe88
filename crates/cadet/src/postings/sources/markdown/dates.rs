//! Days as lists write them: without a year, or as an age.

use std::sync::LazyLock;

use jiff::Span;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use regex::Regex;

use crate::clock::Timestamp;
use crate::postings::sources::model::RawDate;

const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// A day as a list writes it. One without a year is the latest of its name that is not to come; one that says nothing of use is
/// handed on as it is, to be judged with all other dates.
pub(super) fn posted(text: &str, now: Timestamp) -> Option<RawDate> {
    let text = text.lines().next()?.trim();
    if text.is_empty() || !text.chars().any(|c| c.is_ascii_digit()) && !is_named(text) {
        return None;
    }
    let found = of_age(text, now).or_else(|| without_year(text, now));
    Some(RawDate::Text(match found {
        Some(day) => day.to_string(),
        None => text.to_owned(),
    }))
}

/// The day before now by an age in days, hours or weeks. Ages in months say too little of the day.
pub(super) fn of_age(text: &str, now: Timestamp) -> Option<Date> {
    static AGE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)^(\d{1,4})\s*(m|min|mins|minutes?|h|hr|hrs|hours?|d|days?|w|wk|wks|weeks?)(?:\s+ago)?$")
            .expect("the pattern is constant")
    });
    let today = day_of(now);
    match text.to_ascii_lowercase().as_str() {
        "today" | "new" => return Some(today),
        "yesterday" => return before(today, 1),
        _ => {}
    }
    let found = AGE.captures(text)?;
    let count: i64 = found[1].parse().ok()?;
    let days = match found[2].to_ascii_lowercase().chars().next()? {
        'd' => count,
        'w' => count * 7,
        'h' => count / 24,
        _ => 0,
    };
    before(today, days)
}

fn is_named(text: &str) -> bool {
    matches!(
        text.to_ascii_lowercase().as_str(),
        "today" | "yesterday" | "new"
    )
}

fn before(day: Date, days: i64) -> Option<Date> {
    let span = Span::new().try_days(days).ok()?;
    day.checked_sub(span).ok()
}

fn day_of(now: Timestamp) -> Date {
    TimeZone::UTC.to_datetime(now.to_jiff()).date()
}

/// `Oct 12`, `12 October`, `10/12` (a month, then a day): the latest such day up to tomorrow, which it may be elsewhere.
fn without_year(text: &str, now: Timestamp) -> Option<Date> {
    static MONTH_DAY: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)^([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?$")
            .expect("the pattern is constant")
    });
    static DAY_MONTH: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)^(\d{1,2})(?:st|nd|rd|th)?\.?\s+([a-z]{3,9})\.?$")
            .expect("the pattern is constant")
    });
    static NUMBERS: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"^(\d{1,2})/(\d{1,2})$").expect("the pattern is constant"));
    let (month, day) = if let Some(found) = MONTH_DAY.captures(text) {
        (month(&found[1])?, found[2].parse().ok()?)
    } else if let Some(found) = DAY_MONTH.captures(text) {
        (month(&found[2])?, found[1].parse().ok()?)
    } else {
        let found = NUMBERS.captures(text)?;
        (found[1].parse().ok()?, found[2].parse().ok()?)
    };
    let tomorrow = day_of(now).tomorrow().ok()?;
    // February 29 may be four years back, or eight where a century leaves one out.
    (0..=8).find_map(|years| {
        let found = Date::new(tomorrow.year() - years, month, day).ok()?;
        (found <= tomorrow).then_some(found)
    })
}

fn month(name: &str) -> Option<i8> {
    let name = name.to_ascii_lowercase();
    let at = MONTHS.iter().position(|month| name.starts_with(month))?;
    i8::try_from(at + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-11-26.
    fn now() -> Timestamp {
        "2026-11-26T12:00:00Z"
            .parse::<jiff::Timestamp>()
            .unwrap()
            .into()
    }

    fn read(text: &str) -> Option<String> {
        match posted(text, now())? {
            RawDate::Text(text) => Some(text),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_day_without_a_year_is_the_latest_that_is_not_to_come() {
        for (text, expected) in [
            ("Oct 12", "2026-10-12"),
            ("Nov 26", "2026-11-26"),
            ("Nov 27", "2026-11-27"),
            ("Nov 28", "2025-11-28"),
            ("Dec 31", "2025-12-31"),
            ("3rd January", "2026-01-03"),
            ("Feb 29", "2024-02-29"),
            ("9/30", "2026-09-30"),
        ] {
            assert_eq!(read(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn an_age_is_a_day_before_now() {
        for (text, expected) in [
            ("0d", "2026-11-26"),
            ("3d", "2026-11-23"),
            ("2 weeks ago", "2026-11-12"),
            ("5h", "2026-11-26"),
            ("yesterday", "2026-11-25"),
        ] {
            assert_eq!(read(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_such_day_is_handed_on_or_left_out() {
        assert_eq!(read("2026-10-01").as_deref(), Some("2026-10-01"));
        assert_eq!(read("1mo").as_deref(), Some("1mo"), "too coarse for a day");
        assert_eq!(read("Oct 99").as_deref(), Some("Oct 99"));
        for nothing in ["", "-", "soon", "🔒"] {
            assert_eq!(read(nothing), None, "{nothing}");
        }
    }
}
