//! Rounds: interviews and assessments, by the clock of the place where they are.
//!
//! A round keeps the local time and the IANA zone that somebody told, and the instant is computed from them. So a round at
//! ten in Berlin is at ten in Berlin, whatever happens to summer time in between.

use jiff::civil::DateTime;
use jiff::tz::{AmbiguousOffset, TimeZone};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::model::{is_web_address, line, text};
use crate::clock::Timestamp;
use crate::error::{Error, Result};

/// Minutes of a round of which none were told.
pub const USUAL_MINUTES: u32 = 60;
/// Most people of a round.
const PEOPLE_MOST: usize = 50;
/// Most minutes of a round: a week, for work at home.
const MINUTES_MOST: u32 = 7 * 24 * 60;

/// What happens in a round.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    ToSchema,
    clap::ValueEnum,
)]
#[serde(rename_all = "kebab-case")]
pub enum RoundKind {
    /// A test to be done online, or work at home.
    Assessment,
    /// A first talk.
    Screen,
    /// A technical interview.
    #[default]
    Technical,
    /// An interview about how one works.
    Behavioural,
    /// A day at their place, or several talks in a row.
    Onsite,
    /// The last talk.
    Final,
    /// Anything else.
    Other,
}

impl RoundKind {
    /// All.
    pub const ALL: [Self; 7] = [
        Self::Assessment,
        Self::Screen,
        Self::Technical,
        Self::Behavioural,
        Self::Onsite,
        Self::Final,
        Self::Other,
    ];

    /// The name, as stored and as in the API.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Assessment => "assessment",
            Self::Screen => "screen",
            Self::Technical => "technical",
            Self::Behavioural => "behavioural",
            Self::Onsite => "onsite",
            Self::Final => "final",
            Self::Other => "other",
        }
    }

    /// What it is called.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Assessment => "Assessment",
            Self::Screen => "Screen",
            Self::Technical => "Technical interview",
            Self::Behavioural => "Behavioural interview",
            Self::Onsite => "On-site interviews",
            Self::Final => "Final interview",
            Self::Other => "Talk",
        }
    }

    /// The kind of this name.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a name that none has.
    pub fn parse(text: &str) -> Result<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == text).ok_or_else(|| {
            Error::invalid_field(
                "kind",
                format!("There is no kind of round \"{text}\". Choose assessment, screen, technical, behavioural, onsite, final or other."),
            )
        })
    }

    /// Whether one sits with people, so that a word of thanks is in place.
    #[must_use]
    pub const fn has_people(self) -> bool {
        !matches!(self, Self::Assessment)
    }
}

/// How a round ended.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    ToSchema,
    clap::ValueEnum,
)]
#[serde(rename_all = "kebab-case")]
pub enum RoundOutcome {
    /// Not known yet.
    #[default]
    Open,
    /// It goes on.
    Passed,
    /// It ended there.
    Failed,
}

impl RoundOutcome {
    /// The name, as stored and as in the API.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Passed => "passed",
            Self::Failed => "failed",
        }
    }

    /// The outcome of this name.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a name that none has.
    pub fn parse(text: &str) -> Result<Self> {
        match text {
            "" | "open" => Ok(Self::Open),
            "passed" => Ok(Self::Passed),
            "failed" => Ok(Self::Failed),
            other => Err(Error::invalid_field(
                "outcome",
                format!("There is no outcome \"{other}\". Choose open, passed or failed."),
            )),
        }
    }
}

/// A time by the clock of a place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = RoundTime)]
pub struct LocalTime {
    /// Date and time there, without a zone: `2026-12-01T10:00:00`.
    #[schema(value_type = String, example = "2026-12-01T10:00:00")]
    pub local: DateTime,
    /// IANA time zone: `Europe/Berlin`.
    pub zone: String,
}

impl LocalTime {
    /// A time from what somebody typed: `2026-12-01T10:00` or `2026-12-01 10:00`, and a zone.
    ///
    /// # Errors
    /// [`Error::Invalid`] for what is no time, a zone that is none, and a time that the clocks of the place skip.
    pub fn parse(field: &str, local: &str, zone: &str) -> Result<Self> {
        let zone = zone.trim();
        let known = TimeZone::get(zone).map_err(|_| {
            Error::invalid_field(
                "zone",
                format!("There is no time zone \"{zone}\". Write it as Europe/Berlin or America/New_York."),
            )
        })?;
        let local: DateTime = local.trim().replace(' ', "T").parse().map_err(|_| {
            Error::invalid_field(
                field,
                format!("\"{local}\" is no date and time. Write it as 2026-12-01 10:00."),
            )
        })?;
        let offset = known.to_ambiguous_timestamp(local).offset();
        if matches!(offset, AmbiguousOffset::Gap { .. }) {
            return Err(Error::invalid_field(
                field,
                format!(
                    "In {zone} the clocks go forward past {local}, so that there is no such time. Ask which one is meant."
                ),
            ));
        }
        Ok(Self {
            local,
            zone: zone.to_owned(),
        })
    }

    /// The instant. Of a time that the clocks show twice, the first.
    #[must_use]
    pub fn instant(&self) -> Option<Timestamp> {
        let zone = TimeZone::get(&self.zone).ok()?;
        let at = zone.to_ambiguous_timestamp(self.local).earlier().ok()?;
        Some(at.into())
    }

    /// `Tue 1 December 2026, 10:00 Berlin time`.
    #[must_use]
    pub fn words(&self) -> String {
        format!(
            "{}, {}",
            self.local.strftime("%a %-d %B %Y"),
            self.hour_words()
        )
    }

    /// `10:00 Berlin time`.
    #[must_use]
    pub fn hour_words(&self) -> String {
        format!(
            "{} {}",
            self.local.strftime("%H:%M"),
            zone_words(&self.zone)
        )
    }
}

/// `Europe/Berlin` as `Berlin time`.
#[must_use]
pub fn zone_words(zone: &str) -> String {
    let city = zone.rsplit('/').next().unwrap_or(zone).replace('_', " ");
    if city == "UTC" {
        city
    } else {
        format!("{city} time")
    }
}

/// An interview or an assessment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = ApplicationRound)]
pub struct Round {
    /// Its number within the application.
    pub id: u32,
    /// What happens in it.
    pub kind: RoundKind,
    /// What it is called; its kind if empty.
    pub name: String,
    /// When it begins.
    pub starts: Option<LocalTime>,
    /// How long it takes.
    pub minutes: u32,
    /// Until when it has to be done: an assessment.
    pub due: Option<LocalTime>,
    /// Where.
    pub place: String,
    /// The address of the call or the test.
    pub link: String,
    /// Who is there, by name.
    pub people: Vec<String>,
    /// Notes on it.
    pub notes: String,
    /// How it ended.
    pub outcome: RoundOutcome,
    /// Whether it is off.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub cancelled: bool,
}

impl Round {
    /// The round with its texts trimmed.
    ///
    /// # Errors
    /// [`Error::Invalid`] for texts that are too long, a length that is none, and addresses that are none.
    pub fn checked(mut self) -> Result<Self> {
        self.name = line("name", &self.name)?;
        self.place = line("place", &self.place)?;
        self.link = line("link", &self.link)?;
        self.notes = text("notes", &self.notes)?;
        for name in &mut self.people {
            *name = line("people", name)?;
        }
        self.people.retain(|name| !name.is_empty());
        for (field, time) in [("starts", &self.starts), ("due", &self.due)] {
            if let Some(time) = time {
                LocalTime::parse(field, &time.local.to_string(), &time.zone)?;
            }
        }
        if self.people.len() > PEOPLE_MOST {
            return Err(Error::invalid_field(
                "people",
                format!("A round has at most {PEOPLE_MOST} people."),
            ));
        }
        if self.minutes == 0 {
            self.minutes = USUAL_MINUTES;
        }
        if self.minutes > MINUTES_MOST {
            return Err(Error::invalid_field(
                "minutes",
                "A round takes at most a week. Give its length in minutes.",
            ));
        }
        if !self.link.is_empty() && !is_web_address(&self.link) {
            return Err(Error::invalid_field(
                "link",
                "The link must begin with https:// or http://. Write where it is into the place instead.",
            ));
        }
        Ok(self)
    }

    /// What it is called.
    #[must_use]
    pub fn label(&self) -> &str {
        if self.name.is_empty() {
            self.kind.label()
        } else {
            &self.name
        }
    }

    /// When it begins.
    #[must_use]
    pub fn starts_at(&self) -> Option<Timestamp> {
        self.starts.as_ref().and_then(LocalTime::instant)
    }

    /// When it ends.
    #[must_use]
    pub fn ends_at(&self) -> Option<Timestamp> {
        let starts = self.starts_at()?;
        Some(starts.plus_millis(i64::from(self.minutes) * 60_000))
    }

    /// Until when it has to be done.
    #[must_use]
    pub fn due_at(&self) -> Option<Timestamp> {
        self.due.as_ref().and_then(LocalTime::instant)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(local: &str, zone: &str) -> String {
        let time = LocalTime::parse("starts", local, zone).unwrap();
        time.instant().unwrap().to_string()
    }

    #[test]
    fn a_time_is_the_same_hour_in_summer_and_in_winter() {
        assert_eq!(
            at("2027-01-15 10:00", "Europe/Berlin"),
            "2027-01-15T09:00:00Z"
        );
        assert_eq!(
            at("2027-07-15T10:00", "Europe/Berlin"),
            "2027-07-15T08:00:00Z"
        );
    }

    #[test]
    fn a_time_that_the_clocks_skip_is_refused_and_one_that_they_show_twice_is_the_first() {
        let told = LocalTime::parse("starts", "2027-03-28 02:30", "Europe/Berlin").unwrap_err();
        assert!(told.to_string().contains("clocks go forward"), "{told}");
        assert_eq!(
            at("2027-10-31 02:30", "Europe/Berlin"),
            "2027-10-31T00:30:00Z"
        );
    }

    #[test]
    fn what_is_no_time_or_zone_is_told() {
        let zone = LocalTime::parse("starts", "2027-01-01 10:00", "Berlin").unwrap_err();
        assert!(zone.to_string().contains("Europe/Berlin"));
        assert!(LocalTime::parse("starts", "tomorrow", "Europe/Berlin").is_err());
    }

    #[test]
    fn a_time_is_told_with_its_place() {
        let time = LocalTime::parse("starts", "2026-12-01 10:00", "America/New_York").unwrap();
        assert_eq!(time.words(), "Tue 1 December 2026, 10:00 New York time");
    }

    #[test]
    fn a_round_without_a_length_takes_an_hour() {
        let round = Round {
            starts: Some(LocalTime::parse("starts", "2026-12-01 10:00", "UTC").unwrap()),
            ..Round::default()
        };
        let round = round.checked().unwrap();
        assert_eq!(round.ends_at().unwrap().to_string(), "2026-12-01T11:00:00Z");
    }
}
