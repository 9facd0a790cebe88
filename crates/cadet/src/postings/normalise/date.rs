//! Dates as sources write them, with what is known of their zone; what makes no sense is none, never an error.

use std::sync::LazyLock;

use jiff::civil;
use jiff::fmt::temporal::{Pieces, PiecesOffset};
use jiff::tz::TimeZone;
use regex::Regex;

use crate::clock::Timestamp;
use crate::postings::model::Dated;
use crate::postings::sources::model::RawDate;

/// What a date is for, which decides how a day stands for an instant and which dates make sense.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Something that has happened: a day stands at its start, and a date in the future is held to `now` or dropped.
    Past,
    /// Something to come: a day stands at its end.
    Deadline,
}

/// The earliest year that any posting is from.
const FIRST_YEAR: i16 = 2000;
/// A deadline further ahead than this many days is a placeholder for "never".
const MAX_DEADLINE_DAYS: i64 = 3 * 366;
/// Clocks and zones differ; a posting may be "from the future" by so many milliseconds.
const CLOCK_SKEW_MS: i64 = 36 * 3_600_000;

/// A source's date, if it makes sense.
#[must_use]
pub fn dated(raw: &RawDate, purpose: Purpose, now: Timestamp) -> Option<Dated> {
    let found = match raw {
        RawDate::Text(text) => {
            return of_text(text, purpose).and_then(|dated| sane(dated, purpose, now));
        }
        // Some sources mix up the units; the size tells which one it is.
        RawDate::Seconds(value) | RawDate::Millis(value)
            if value.unsigned_abs() > 100_000_000_000 =>
        {
            *value
        }
        RawDate::Seconds(value) | RawDate::Millis(value) => value.checked_mul(1_000)?,
    };
    sane(
        Dated {
            at: Timestamp(found),
            zone_known: true,
            day_only: false,
        },
        purpose,
        now,
    )
}

/// A date within running text: `15 January 2027`, `Jan 15, 2027`, `2027-01-15`, `15.01.2027`; a day without a zone.
#[must_use]
pub fn day_in_words(words: &str, now: Timestamp) -> Option<Dated> {
    sane(
        of_day(day_of_words(words)?, Purpose::Deadline)?,
        Purpose::Deadline,
        now,
    )
}

fn sane(dated: Dated, purpose: Purpose, now: Timestamp) -> Option<Dated> {
    let year = TimeZone::UTC.to_datetime(dated.at.to_jiff()).year();
    if year < FIRST_YEAR {
        return None;
    }
    match purpose {
        Purpose::Past if dated.at.0 <= now.0 => Some(dated),
        Purpose::Past => (dated.at.0 <= now.0.saturating_add(CLOCK_SKEW_MS))
            .then_some(Dated { at: now, ..dated }),
        Purpose::Deadline => (dated.at <= now.plus_days(MAX_DEADLINE_DAYS)).then_some(dated),
    }
}

fn of_text(text: &str, purpose: Purpose) -> Option<Dated> {
    let text = super::text::cut_bytes(text.trim(), 64);
    if let Ok(day) = text.parse::<civil::Date>()
        && text.len() <= 10
    {
        return of_day(day, purpose);
    }
    if purpose == Purpose::Deadline
        && let Some(day) = day_written_as_midnight(text)
    {
        return Some(day);
    }
    let instant = |at: jiff::Timestamp| Dated {
        at: at.into(),
        zone_known: true,
        day_only: false,
    };
    if let Ok(at) = text.parse::<jiff::Timestamp>() {
        return Some(instant(at));
    }
    if let Some(local) = text
        .strip_suffix("UTC")
        .or_else(|| text.strip_suffix("GMT"))
        .or_else(|| text.strip_suffix(" Z"))
        && let Ok(local) = local.trim().parse::<civil::DateTime>()
    {
        return local
            .to_zoned_datetime(TimeZone::UTC)
            .ok()
            .map(|zoned| instant(zoned.timestamp()));
    }
    if let Some(at) = with_loose_offset(text) {
        return Some(instant(at));
    }
    if let Ok(local) = text.parse::<civil::DateTime>() {
        let zoned = local.to_zoned_datetime(TimeZone::UTC).ok()?;
        return Some(Dated {
            at: zoned.timestamp().into(),
            zone_known: false,
            day_only: false,
        });
    }
    if let Ok(zoned) = jiff::fmt::rfc2822::DateTimeParser::new()
        .relaxed_weekday(true)
        .parse_zoned_datetime(text)
    {
        return Some(instant(zoned.timestamp()));
    }
    of_day(day_of_words(text)?, purpose)
}

/// A last day that a program wrote as its first instant, `2027-01-15T00:00:00+01:00`: the end of that day is meant, at the
/// offset that is stated. A `Z` states none, since programs write it where they know nothing of the zone.
fn day_written_as_midnight(text: &str) -> Option<Dated> {
    let pieces = Pieces::parse(text).ok()?;
    let day = pieces.date();
    if pieces.time()? != civil::Time::midnight() || pieces.time_zone_annotation().is_some() {
        return None;
    }
    match pieces.offset() {
        Some(PiecesOffset::Numeric(offset)) => {
            let zone = offset.offset().to_time_zone();
            let end = day.tomorrow().ok()?.to_zoned_datetime(zone).ok()?;
            Some(Dated {
                at: Timestamp::from(end.timestamp()).plus_millis(-1),
                zone_known: true,
                day_only: false,
            })
        }
        _ => of_day(day, Purpose::Deadline),
    }
}

/// `2026-11-01T10:00:00+0000` and `2026-11-01 10:00:00 +02:00`, which are written with an offset but not as ISO 8601 has it.
fn with_loose_offset(text: &str) -> Option<jiff::Timestamp> {
    static OFFSET: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?(?:\.\d{1,9})?)\s*([+-]\d\d):?(\d\d)?$",
        )
        .expect("the pattern is constant")
    });
    let found = OFFSET.captures(text)?;
    let minutes = found.get(4).map_or("00", |minutes| minutes.as_str());
    format!("{}T{}{}:{minutes}", &found[1], &found[2], &found[3])
        .parse()
        .ok()
}

fn of_day(day: civil::Date, purpose: Purpose) -> Option<Dated> {
    let at: Timestamp = match purpose {
        Purpose::Past => day
            .to_zoned_datetime(TimeZone::UTC)
            .ok()?
            .timestamp()
            .into(),
        Purpose::Deadline => Timestamp::from(
            day.tomorrow()
                .ok()?
                .to_zoned_datetime(TimeZone::UTC)
                .ok()?
                .timestamp(),
        )
        .plus_millis(-1),
    };
    Some(Dated {
        at,
        zone_known: false,
        day_only: true,
    })
}

/// Months by their first letters in five languages, folded.
const MONTHS: &[(&str, i8)] = &[
    ("jan", 1),
    ("ene", 1),
    ("fev", 2),
    ("feb", 2),
    ("mar", 3),
    ("maerz", 3),
    ("apr", 4),
    ("abr", 4),
    ("avr", 4),
    ("may", 5),
    ("mai", 5),
    ("jun", 6),
    ("juin", 6),
    ("jul", 7),
    ("juil", 7),
    ("aug", 8),
    ("ago", 8),
    ("aou", 8),
    ("sep", 9),
    ("set", 9),
    ("oct", 10),
    ("okt", 10),
    ("out", 10),
    ("nov", 11),
    ("dec", 12),
    ("dez", 12),
    ("dic", 12),
];

/// The month that a word names, 1 to 12.
#[must_use]
pub fn month_of(word: &str) -> Option<i8> {
    let folded = super::text::fold(word);
    if folded.starts_with("juil") {
        return Some(7);
    }
    MONTHS
        .iter()
        .find(|(start, _)| folded.starts_with(start))
        .map(|(_, month)| *month)
}

/// A month's name in the five languages, for patterns.
pub(crate) const MONTH_PATTERN: &str = r"(?:jan(?:uary|uar|vier|eiro)?|ene(?:ro)?|feb(?:ruary|ruar|rero)?|f[ée]v(?:rier|ereiro)?|m(?:ar(?:ch|s|zo|ço)?|ärz|aerz)|apr(?:il)?|avr(?:il)?|abr(?:il)?|may(?:o)?|mai(?:o)?|ju(?:ne?|ni|in|nio|nho)|ju(?:ly?|li|il(?:let)?|lio|lho)|aug(?:ust)?|ago(?:sto)?|août|aout|sept?(?:ember|embre|tembre|iembre)?|set(?:embro)?|o[ck]t(?:ober|obre|ubre)?|out(?:ubro)?|nov(?:ember|embre|iembre|embro)?|d[eéi][czs](?:ember|embre|iembre|embro)?)";

fn day_of_words(words: &str) -> Option<civil::Date> {
    static DAY_FIRST: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(&format!(r"(?i)\b(\d{{1,2}})(?:st|nd|rd|th|er|\.|º)?\s*(?:of|de)?\s*({MONTH_PATTERN})\.?,?\s*(?:de|del)?\s*(\d{{4}})\b")).expect("the pattern is constant")
    });
    static MONTH_FIRST: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(&format!(
            r"(?i)\b({MONTH_PATTERN})\.?\s*(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})\b"
        ))
        .expect("the pattern is constant")
    });
    static NUMBERS: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"\b(?:(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})|(\d{1,2})([-/.])(\d{1,2})[-/.](\d{4}))\b",
        )
        .expect("the pattern is constant")
    });
    let number = |text: &str| text.parse::<i8>().ok();
    if let Some(found) = DAY_FIRST.captures(words) {
        return civil::Date::new(
            found[3].parse().ok()?,
            month_of(&found[2])?,
            number(&found[1])?,
        )
        .ok();
    }
    if let Some(found) = MONTH_FIRST.captures(words) {
        return civil::Date::new(
            found[3].parse().ok()?,
            month_of(&found[1])?,
            number(&found[2])?,
        )
        .ok();
    }
    let found = NUMBERS.captures(words)?;
    if let Some(year) = found.get(1) {
        return civil::Date::new(
            year.as_str().parse().ok()?,
            number(&found[2])?,
            number(&found[3])?,
        )
        .ok();
    }
    let (first, second, year) = (
        number(&found[4])?,
        number(&found[6])?,
        found[7].parse().ok()?,
    );
    match (&found[5], first > 12, second > 12) {
        // Dots are only used where the day stands first.
        (".", _, false) | (_, true, false) => civil::Date::new(year, second, first).ok(),
        (_, false, true) => civil::Date::new(year, first, second).ok(),
        _ if first == second => civil::Date::new(year, first, second).ok(),
        // `03/04/2027` is two dates.
        _ => None,
    }
}

#[cfg(test)]
#[path = "date_tests.rs"]
mod tests;
