//! Days and times as people type them, by the clock of their settings. Pure.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;

use crate::clock::Timestamp;
use crate::error::{Error, Result};

/// The zone of this name; UTC for one that is not known.
fn zone_of(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap_or(TimeZone::UTC)
}

fn instant(local: DateTime, zone: &str) -> Option<Timestamp> {
    let at = zone_of(zone).to_ambiguous_timestamp(local).compatible();
    at.ok().map(Timestamp::from)
}

fn unreadable(field: &str, text: &str) -> Error {
    Error::invalid_field(
        field,
        format!(
            "\"{text}\" is no date. Write it as 2026-12-01, or with a time as 2026-12-01 10:00."
        ),
    )
}

/// When something happened, from `2026-12-01` or `2026-12-01 10:00`; nothing from an empty text. Of a day alone it is taken
/// to be noon, or `now` when the day is today.
///
/// # Errors
/// [`Error::Invalid`] for anything else.
pub fn happened(field: &str, text: &str, zone: &str, now: Timestamp) -> Result<Option<Timestamp>> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let found = match day(text) {
        Some(day) if day == day_of(now, zone) => Some(now),
        Some(day) => instant(day.at(12, 0, 0, 0), zone),
        None => local_time(text).and_then(|local| instant(local, zone)),
    };
    found.map(Some).ok_or_else(|| unreadable(field, text))
}

/// Until when something is to be done: a day alone counts to its end. Nothing from an empty text.
///
/// # Errors
/// [`Error::Invalid`] for what is no date.
pub fn until(field: &str, text: &str, zone: &str) -> Result<Option<Timestamp>> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let found = match day(text) {
        Some(day) => instant(day.to_datetime(Time::constant(23, 59, 0, 0)), zone),
        None => local_time(text).and_then(|local| instant(local, zone)),
    };
    found.map(Some).ok_or_else(|| unreadable(field, text))
}

/// From when something counts: the morning of a day. Nothing from an empty text.
///
/// # Errors
/// [`Error::Invalid`] for what is no date.
pub fn from_morning(field: &str, text: &str, zone: &str) -> Result<Option<Timestamp>> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let found = match day(text) {
        Some(day) => instant(day.at(8, 0, 0, 0), zone),
        None => local_time(text).and_then(|local| instant(local, zone)),
    };
    found.map(Some).ok_or_else(|| unreadable(field, text))
}

/// A day alone. The parser of days would pass over a time behind one.
fn day(text: &str) -> Option<Date> {
    let is_alone = text.chars().all(|c| c.is_ascii_digit() || c == '-');
    text.parse().ok().filter(|_| is_alone)
}

fn local_time(text: &str) -> Option<DateTime> {
    text.replace(' ', "T").parse().ok()
}

/// The day of an instant by the clock of a zone.
#[must_use]
pub fn day_of(at: Timestamp, zone: &str) -> Date {
    at.to_jiff().to_zoned_datetime(zone_of(zone)).date()
}

/// An instant as a form has it: `2026-12-01`.
#[must_use]
pub fn day_field(at: Option<Timestamp>, zone: &str) -> String {
    at.map_or_else(String::new, |at| day_of(at, zone).to_string())
}

/// An instant in words: `Tue 1 December 2026, 10:00`.
#[must_use]
pub fn exact(at: Timestamp, zone: &str) -> String {
    let local = at.to_jiff().to_zoned_datetime(zone_of(zone));
    local.strftime("%a %-d %B %Y, %H:%M").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_795_435_200_000);

    #[test]
    fn a_day_that_something_happened_on_is_its_noon_and_today_is_now() {
        let at = |text: &str| happened("at", text, "Europe/Berlin", NOW).unwrap().unwrap();
        assert_eq!(at("2026-07-01").to_string(), "2026-07-01T10:00:00Z");
        assert_eq!(at("2026-11-23"), NOW);
        assert_eq!(at("2026-07-01 09:30").to_string(), "2026-07-01T07:30:00Z");
    }

    #[test]
    fn a_last_day_counts_to_its_end() {
        let at = until("due", "2026-12-01", "Europe/Berlin")
            .unwrap()
            .unwrap();
        assert_eq!(at.to_string(), "2026-12-01T22:59:00Z");
    }

    #[test]
    fn what_is_no_date_is_told_with_how_to_write_it() {
        let told = until("due", "next week", "UTC").unwrap_err().to_string();
        assert!(told.contains("next week") && told.contains("2026-12-01"));
        assert_eq!(until("due", " ", "UTC").unwrap(), None);
    }
}
