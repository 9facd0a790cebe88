//! Connects the cron library to the time library. No IO.

use std::cmp::Ordering;

use croner::errors::CronError;
use croner::{CivilDateTime, Cron, CronDateTime, Resolution, Weekday};
use jiff::civil::DateTime;
use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{SignedDuration, Timestamp, ZonedDateTime};

/// The first time of the pattern after `ms`; both are milliseconds since the Unix epoch, UTC.
pub(crate) fn next_after(cron: &Cron, zone: &TimeZone, ms: i64) -> Result<i64, String> {
    let start = Timestamp::from_second(ms.div_euclid(1_000)).map_err(|error| error.to_string())?;
    let start = Instant(start.to_zoned_datetime(zone.clone()));
    let next = cron.find_next_occurrence(&start, false);
    let next = next.map_err(|error| error.to_string())?;
    Ok(next.0.timestamp().as_millisecond())
}

/// An instant in a time zone, as the cron library sees it.
#[derive(Clone)]
struct Instant(ZonedDateTime);

impl CronDateTime for Instant {
    fn to_civil(&self) -> CivilDateTime {
        let at = self.0.datetime();
        CivilDateTime::from_ymd_hms_opt(
            i32::from(at.year()),
            at.month().unsigned_abs().into(),
            at.day().unsigned_abs().into(),
            at.hour().unsigned_abs().into(),
            at.minute().unsigned_abs().into(),
            at.second().unsigned_abs().into(),
        )
        .expect("a civil time of jiff is a date that exists")
    }

    fn civil_weekday(&self) -> Weekday {
        let day = self.0.weekday().to_sunday_zero_offset();
        Weekday::from_days_from_sunday(day.unsigned_abs().into())
    }

    fn resolve_civil(&self, civil: CivilDateTime) -> Result<Resolution<Self>, CronError> {
        let at = civil_of(civil).ok_or(CronError::InvalidDate)?;
        let resolved = self.0.time_zone().to_ambiguous_zoned_datetime(at);
        let out_of_range = |_| CronError::InvalidTime;
        Ok(match resolved.offset() {
            AmbiguousOffset::Gap { .. } => Resolution::Gap,
            AmbiguousOffset::Unambiguous { .. } => {
                Resolution::Single(Self(resolved.unambiguous().map_err(out_of_range)?))
            }
            AmbiguousOffset::Fold { .. } => Resolution::Ambiguous(
                Self(resolved.clone().earlier().map_err(out_of_range)?),
                Self(resolved.later().map_err(out_of_range)?),
            ),
        })
    }

    fn checked_add_seconds(&self, seconds: i64) -> Option<Self> {
        let sum = self.0.checked_add(SignedDuration::from_secs(seconds));
        sum.ok().map(Self)
    }

    fn cmp_instant(&self, other: &Self) -> Ordering {
        self.0.timestamp().cmp(&other.0.timestamp())
    }
}

fn civil_of(civil: CivilDateTime) -> Option<DateTime> {
    let part = |value: u32| i8::try_from(value).ok();
    DateTime::new(
        i16::try_from(civil.year()).ok()?,
        part(civil.month())?,
        part(civil.day())?,
        part(civil.hour())?,
        part(civil.minute())?,
        part(civil.second())?,
        0,
    )
    .ok()
}

#[cfg(test)]
mod tests {
    use std::str::FromStr;

    use super::*;

    fn next(pattern: &str, zone: &str, after: &str) -> String {
        let cron = Cron::from_str(pattern).unwrap();
        let zone = TimeZone::get(zone).unwrap();
        let after: Timestamp = after.parse().unwrap();
        let next = next_after(&cron, &zone, after.as_millisecond()).unwrap();
        Timestamp::from_millisecond(next).unwrap().to_string()
    }

    #[test]
    fn the_next_time_is_after_and_never_at_the_given_one() {
        let at = |after| next("0 8 * * *", "UTC", after);
        assert_eq!(at("2026-01-05T07:59:59.999Z"), "2026-01-05T08:00:00Z");
        assert_eq!(at("2026-01-05T08:00:00Z"), "2026-01-06T08:00:00Z");
        assert_eq!(at("2026-01-05T08:00:00.5Z"), "2026-01-06T08:00:00Z");
    }

    #[test]
    fn a_pattern_follows_the_summer_time_of_its_zone() {
        let at = |after| next("0 8 * * *", "Europe/Paris", after);
        assert_eq!(at("2026-03-28T00:00:00Z"), "2026-03-28T07:00:00Z");
        assert_eq!(at("2026-03-29T00:00:00Z"), "2026-03-29T06:00:00Z");
    }

    #[test]
    fn a_day_that_never_comes_is_an_error() {
        let cron = Cron::from_str("0 0 30 2 *").unwrap();
        assert!(next_after(&cron, &TimeZone::UTC, 0).is_err());
    }

    #[test]
    fn times_beyond_the_calendar_are_errors_and_no_panics() {
        let cron = Cron::from_str("* * * * *").unwrap();
        assert!(next_after(&cron, &TimeZone::UTC, i64::MAX).is_err());
        assert!(next_after(&cron, &TimeZone::UTC, 253_402_207_200_000).is_err());
    }
}
