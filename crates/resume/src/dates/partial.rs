//! Dates as resumes give them: a year, a month of a year, or a day.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A calendar date known to the year, the month or the day; written as in ISO 8601: `2024`, `2024-06`, `2024-06-01`.
///
/// Dates order by what is known: `2024` stands before `2024-01`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartialDate {
    year: i16,
    month: Option<i8>,
    day: Option<i8>,
}

impl PartialDate {
    /// A date of these parts; none for a month or a day that the calendar does not have, or a day without its month.
    #[must_use]
    pub fn new(year: i16, month: Option<i8>, day: Option<i8>) -> Option<Self> {
        if !(1900..=2200).contains(&year) || (day.is_some() && month.is_none()) {
            return None;
        }
        jiff::civil::Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).ok()?;
        Some(Self { year, month, day })
    }

    /// The year, 1900 to 2200.
    #[must_use]
    pub const fn year(self) -> i16 {
        self.year
    }

    /// The month, 1 to 12, where it is known.
    #[must_use]
    pub const fn month(self) -> Option<i8> {
        self.month
    }

    /// The day of the month, where it is known.
    #[must_use]
    pub const fn day(self) -> Option<i8> {
        self.day
    }

    /// The first day that the date may mean.
    #[must_use]
    pub fn first_day(self) -> jiff::civil::Date {
        jiff::civil::Date::constant(self.year, self.month.unwrap_or(1), self.day.unwrap_or(1))
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
        }
        if let Some(day) = self.day {
            write!(f, "-{day:02}")?;
        }
        Ok(())
    }
}

/// Why a text is no date.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no date: write a year, a month or a day as 2024, 2024-06 or 2024-06-01")]
pub struct NoDate(String);

impl FromStr for PartialDate {
    type Err = NoDate;

    fn from_str(text: &str) -> Result<Self, NoDate> {
        let no_date = || NoDate(text.to_owned());
        let mut parts = text.trim().split('-');
        let year = parts
            .next()
            .filter(|part| part.len() == 4)
            .ok_or_else(no_date)?;
        let year = year.parse().map_err(|_| no_date())?;
        let mut small = || -> Result<Option<i8>, NoDate> {
            let Some(part) = parts.next() else {
                return Ok(None);
            };
            let digits = (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
            let number = digits.then(|| part.parse().ok()).flatten();
            number.map(Some).ok_or_else(no_date)
        };
        let (month, day) = (small()?, small()?);
        if parts.next().is_some() {
            return Err(no_date());
        }
        Self::new(year, month, day).ok_or_else(no_date)
    }
}

impl Serialize for PartialDate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for PartialDate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::PartialDate;

    #[test]
    fn a_date_keeps_what_is_known_of_it() {
        for text in ["2024", "2024-06", "2024-06-01"] {
            assert_eq!(
                text.parse::<PartialDate>().map(|d| d.to_string()),
                Ok(text.to_owned())
            );
        }
    }

    #[test]
    fn what_the_calendar_does_not_have_is_no_date() {
        for text in [
            "",
            "24",
            "2024-13",
            "2024-02-30",
            "2024-6-1-1",
            "June 2024",
            "2024--1",
        ] {
            assert!(text.parse::<PartialDate>().is_err(), "{text}");
        }
    }
}
