//! When an alert is delivered. Pure.

use std::str::FromStr;

use jiff::civil::{Time, Weekday};
use jiff::tz::TimeZone;
use jiff::{ToSpan as _, ZonedDateTime};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::clock::Timestamp;
use crate::error::{Error, Result};

/// The weekdays as written in forms, on the command line and in the API, beginning with Monday.
pub const WEEKDAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// When matches are delivered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Schedule {
    /// As soon as a posting appears.
    #[default]
    AtOnce,
    /// What has gathered, once a day.
    Daily {
        /// The full hour, 0 to 23, by the alert's time zone.
        #[schema(minimum = 0, maximum = 23)]
        hour: i8,
    },
    /// What has gathered, once a week.
    Weekly {
        /// The day: `monday` to `sunday`.
        weekday: Day,
        /// The full hour, 0 to 23, by the alert's time zone.
        #[schema(minimum = 0, maximum = 23)]
        hour: i8,
    },
}

/// A day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Day {
    /// Monday.
    Monday,
    /// Tuesday.
    Tuesday,
    /// Wednesday.
    Wednesday,
    /// Thursday.
    Thursday,
    /// Friday.
    Friday,
    /// Saturday.
    Saturday,
    /// Sunday.
    Sunday,
}

impl Day {
    const ALL: [Self; 7] = [
        Self::Monday,
        Self::Tuesday,
        Self::Wednesday,
        Self::Thursday,
        Self::Friday,
        Self::Saturday,
        Self::Sunday,
    ];

    /// From its number, 1 for Monday to 7; anything else is Monday.
    #[must_use]
    pub fn from_number(number: i32) -> Self {
        let index = usize::try_from(number.saturating_sub(1)).unwrap_or(0);
        Self::ALL.get(index).copied().unwrap_or(Self::Monday)
    }

    /// Its number, 1 for Monday to 7.
    #[must_use]
    pub const fn number(self) -> i8 {
        self as i8 + 1
    }

    /// Its name in lower case.
    #[must_use]
    pub const fn name(self) -> &'static str {
        WEEKDAYS[self as usize]
    }

    fn weekday(self) -> Weekday {
        Weekday::from_monday_one_offset(self.number()).unwrap_or(Weekday::Monday)
    }
}

impl FromStr for Day {
    type Err = Error;

    /// Reads `monday`, `Mon`, `MONDAY`.
    fn from_str(text: &str) -> Result<Self> {
        let wanted = text.trim().to_lowercase();
        Self::ALL
            .into_iter()
            .find(|day| wanted.len() >= 3 && day.name().starts_with(&wanted))
            .ok_or_else(|| {
                Error::invalid_field(
                    "weekday",
                    format!(
                        "There is no weekday \"{}\". Write monday to sunday.",
                        text.chars().take(40).collect::<String>()
                    ),
                )
            })
    }
}

impl Schedule {
    /// The kind's name, as stored and in forms.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::AtOnce => "at-once",
            Self::Daily { .. } => "daily",
            Self::Weekly { .. } => "weekly",
        }
    }

    /// The full hour; 8 where there is none, which is what forms offer.
    #[must_use]
    pub const fn hour(self) -> i8 {
        match self {
            Self::AtOnce => 8,
            Self::Daily { hour } | Self::Weekly { hour, .. } => hour,
        }
    }

    /// The weekday; Monday where there is none, which is what forms offer.
    #[must_use]
    pub const fn weekday(self) -> Day {
        match self {
            Self::Weekly { weekday, .. } => weekday,
            _ => Day::Monday,
        }
    }

    /// From what is stored, written in forms or on the command line.
    ///
    /// # Errors
    /// [`Error::Invalid`] for an unknown kind or an hour that no day has.
    pub fn parse(kind: &str, weekday: Day, hour: i64) -> Result<Self> {
        let schedule = match kind {
            "at-once" => return Ok(Self::AtOnce),
            "daily" => Self::Daily {
                hour: i8::try_from(hour).unwrap_or(-1),
            },
            "weekly" => Self::Weekly {
                weekday,
                hour: i8::try_from(hour).unwrap_or(-1),
            },
            _ => {
                return Err(Error::invalid_field(
                    "schedule",
                    "Choose at-once, daily or weekly.",
                ));
            }
        };
        schedule.checked()
    }

    /// The same, if its hour is one.
    ///
    /// # Errors
    /// [`Error::Invalid`] for an hour that no day has.
    pub fn checked(self) -> Result<Self> {
        if (0..24).contains(&self.hour()) {
            Ok(self)
        } else {
            Err(Error::invalid_field(
                "hour",
                "Give a full hour from 0 to 23.",
            ))
        }
    }

    /// In words: `every day at 08:00 (Europe/Zurich)`.
    #[must_use]
    pub fn words(self, time_zone: &str) -> String {
        match self {
            Self::AtOnce => "at once".to_owned(),
            Self::Daily { hour } => format!("every day at {hour:02}:00 ({time_zone})"),
            Self::Weekly { weekday, hour } => {
                let mut name = weekday.name().to_owned();
                name[..1].make_ascii_uppercase();
                format!("every {name} at {hour:02}:00 ({time_zone})")
            }
        }
    }

    /// The first time to deliver that is later than `now`; `None` for what is delivered at once, or past the end of the
    /// calendar. An hour that a day skips when clocks go forward comes as much later; one that comes twice counts once.
    #[must_use]
    pub fn next_due(self, now: Timestamp, time_zone: &str) -> Option<Timestamp> {
        let (weekday, hour) = match self {
            Self::AtOnce => return None,
            Self::Daily { hour } => (None, hour),
            Self::Weekly { weekday, hour } => (Some(weekday.weekday()), hour),
        };
        let zone = TimeZone::get(time_zone).unwrap_or(TimeZone::UTC);
        let here = ZonedDateTime::new(now.to_jiff(), zone.clone());
        let at = Time::new(hour.clamp(0, 23), 0, 0, 0).ok()?;
        // Eight days hold each weekday after any instant of the first.
        (0..=8_i64)
            .filter_map(|days| here.date().checked_add(days.days()).ok())
            .filter(|date| weekday.is_none_or(|wanted| date.weekday() == wanted))
            .filter_map(|date| {
                zone.to_ambiguous_zoned_datetime(date.to_datetime(at))
                    .compatible()
                    .ok()
            })
            .map(|due| Timestamp::from(due.timestamp()))
            .find(|due| *due > now)
    }
}

/// The name of a time zone, if it is one.
///
/// # Errors
/// [`Error::Invalid`] when there is none of this name.
pub fn parse_time_zone(text: &str) -> Result<String> {
    let name = text.trim();
    match TimeZone::get(name) {
        Ok(zone) => Ok(zone.iana_name().unwrap_or(name).to_owned()),
        Err(_) => Err(Error::invalid_field(
            "time_zone",
            format!(
                "There is no time zone \"{}\". Use a name such as Europe/Zurich or UTC.",
                name.chars().take(60).collect::<String>()
            ),
        )),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse::<jiff::Timestamp>().unwrap().into()
    }

    fn dues(schedule: Schedule, zone: &str, start: &str, count: usize) -> Vec<String> {
        let mut now = at(start);
        (0..count)
            .map(|_| {
                now = schedule.next_due(now, zone).unwrap();
                now.to_string()
            })
            .collect()
    }

    #[test]
    fn a_daily_alert_keeps_its_hour_when_clocks_change() {
        let daily = Schedule::Daily { hour: 8 };
        assert_eq!(
            dues(daily, "Europe/Berlin", "2026-10-24T00:00:00Z", 3),
            [
                "2026-10-24T06:00:00Z",
                "2026-10-25T07:00:00Z",
                "2026-10-26T07:00:00Z"
            ]
        );
        assert_eq!(
            dues(daily, "America/New_York", "2027-03-13T14:00:00Z", 2),
            ["2027-03-14T12:00:00Z", "2027-03-15T12:00:00Z"]
        );
    }

    #[test]
    fn a_skipped_hour_comes_later_and_a_double_one_once() {
        let daily = Schedule::Daily { hour: 2 };
        assert_eq!(
            dues(daily, "Europe/Berlin", "2027-03-27T12:00:00Z", 2),
            ["2027-03-28T01:00:00Z", "2027-03-29T00:00:00Z"]
        );
        assert_eq!(
            dues(daily, "Europe/Berlin", "2026-10-24T12:00:00Z", 2),
            ["2026-10-25T00:00:00Z", "2026-10-26T01:00:00Z"]
        );
    }

    #[test]
    fn a_weekly_alert_comes_on_its_day_and_later_than_now() {
        let weekly = Schedule::Weekly {
            weekday: Day::Monday,
            hour: 9,
        };
        assert_eq!(
            dues(weekly, "UTC", "2026-11-23T09:00:00Z", 2),
            ["2026-11-30T09:00:00Z", "2026-12-07T09:00:00Z"]
        );
        assert_eq!(
            Schedule::AtOnce.next_due(at("2026-11-23T09:00:00Z"), "UTC"),
            None
        );
    }

    #[test]
    fn days_and_zones_are_read_as_people_write_them() {
        assert_eq!("Mon".parse::<Day>().unwrap(), Day::Monday);
        assert_eq!(Day::from_number(7), Day::Sunday);
        assert_eq!(Day::Sunday.number(), 7);
        assert!("mo".parse::<Day>().is_err());
        assert!("".parse::<Day>().is_err());
        assert_eq!(parse_time_zone(" Europe/Zurich ").unwrap(), "Europe/Zurich");
        assert!(parse_time_zone("Mars/Olympus").is_err());
        assert!(Schedule::parse("daily", Day::Monday, 24).is_err());
        assert!(Schedule::parse("hourly", Day::Monday, 1).is_err());
    }

    proptest! {
        #[test]
        fn the_next_time_is_later_and_within_eight_days(
            ms in 0_i64..4_000_000_000_000, hour in 0_i8..24, day in 1_i32..8,
            zone in prop::sample::select(vec!["UTC", "Europe/Berlin", "Pacific/Apia", "Australia/Lord_Howe", "America/Sao_Paulo"]),
        ) {
            let now = Timestamp(ms);
            for schedule in [Schedule::Daily { hour }, Schedule::Weekly { weekday: Day::from_number(day), hour }] {
                let due = schedule.next_due(now, zone).unwrap();
                prop_assert!(due > now);
                prop_assert!(due.0 - now.0 <= 9 * Timestamp::DAY_MS);
            }
        }
    }
}
