//! What is asked of the market and what it answers; pure.

use jiff::ToSpan as _;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::clock::Timestamp;
use crate::error::{Error, Result};
use crate::postings::query::PostingQuery;
use crate::postings::record::Status;

/// Months that the trend and the year look back on, this one included.
pub const MONTHS_BACK: usize = 24;
/// Months that the trend shows.
pub const TREND_MONTHS: usize = 12;

/// How sure it must be that it is backend work.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema, clap::ValueEnum,
)]
#[serde(rename_all = "kebab-case")]
pub enum BackendScope {
    /// The posting says so.
    Yes,
    /// It says so, or may well be.
    #[default]
    Maybe,
    /// Any work.
    Any,
}

/// Internships only, the others only, or both.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema, clap::ValueEnum,
)]
#[serde(rename_all = "kebab-case")]
pub enum InternshipScope {
    /// Internships only.
    #[default]
    Yes,
    /// All others only.
    No,
    /// Both.
    Any,
}

/// Of which postings the market is told.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct MarketQuery {
    /// A country, ISO 3166-1 alpha-2; empty: all.
    pub country: String,
    /// How sure it must be that it is backend work.
    pub backend: BackendScope,
    /// Internships or not.
    pub internship: InternshipScope,
}

impl MarketQuery {
    /// With the country's code in capitals.
    ///
    /// # Errors
    /// [`Error::Invalid`] for what is no code of two letters.
    pub fn checked(mut self) -> Result<Self> {
        self.country = self.country.trim().to_ascii_uppercase();
        let is_code =
            self.country.len() == 2 && self.country.bytes().all(|byte| byte.is_ascii_uppercase());
        if !self.country.is_empty() && !is_code {
            let shown: String = self.country.chars().take(40).collect();
            return Err(Error::invalid_field(
                "country",
                format!("\"{shown}\" is no country's code. Give two letters, such as DE."),
            ));
        }
        Ok(self)
    }

    /// The same as a search; `open`: only what is open.
    #[must_use]
    pub fn search(&self, open: bool) -> PostingQuery {
        let grades: &[&str] = match self.backend {
            BackendScope::Yes => &["explicit"],
            BackendScope::Maybe => &["explicit", "plausible"],
            BackendScope::Any => &[],
        };
        PostingQuery {
            country: Some(self.country.clone())
                .filter(|country| !country.is_empty())
                .into_iter()
                .collect(),
            backend: grades.iter().map(|&grade| grade.to_owned()).collect(),
            internship: match self.internship {
                InternshipScope::Yes => Some(true),
                InternshipScope::No => Some(false),
                InternshipScope::Any => None,
            },
            status: open.then_some(Status::Open),
            ..PostingQuery::default()
        }
    }

    /// The kind of posting in words, in the plural: `backend internships`.
    #[must_use]
    pub fn kind(&self) -> String {
        let work = match self.backend {
            BackendScope::Yes => "backend ",
            BackendScope::Maybe => "possible backend ",
            BackendScope::Any => "",
        };
        let what = match self.internship {
            InternshipScope::Yes => "internships",
            InternshipScope::No => "jobs that are no internships",
            InternshipScope::Any => "postings",
        };
        format!("{work}{what}")
    }
}

/// A skill and how many postings ask for it.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct SkillDemand {
    /// The skill's id.
    pub skill: String,
    /// How it is shown.
    pub name: String,
    /// How many postings name it.
    pub count: u64,
    /// Their share of all that are counted, from 0 to 1.
    pub share: f64,
}

/// A country and what its postings ask for.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct CountryDemand {
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// How many postings are open there.
    pub count: u64,
    /// The skills that they name most.
    pub skills: Vec<SkillDemand>,
}

/// How often a skill was asked for, month by month.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct SkillTrend {
    /// The skill's id.
    pub skill: String,
    /// How it is shown.
    pub name: String,
    /// For each month of [`Market::months`], how many of the postings first seen in it name the skill.
    pub counts: Vec<u64>,
}

/// What postings pay by the hour, in one currency. Never converted.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct PayRange {
    /// The country, ISO 3166-1 alpha-2; `null`: all together.
    pub country: Option<String>,
    /// ISO 4217.
    pub currency: String,
    /// How many open postings state pay in it.
    pub postings: u64,
    /// The least.
    pub lowest: f64,
    /// A quarter of them pay less.
    pub lower_quartile: f64,
    /// Half of them pay less.
    pub median: f64,
    /// A quarter of them pay more.
    pub upper_quartile: f64,
    /// The most.
    pub highest: f64,
}

/// How many postings open and close in a month of the year.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct MonthOfYear {
    /// 1 to 12.
    pub month: u8,
    /// Posted in it.
    pub opened: u64,
    /// Closed in it.
    pub closed: u64,
}

/// What the market is like.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Market {
    /// Of which postings it is told.
    pub query: MarketQuery,
    /// How many of them are open.
    pub open: u64,
    /// How many there are, open and closed.
    pub all: u64,
    /// What the open ones ask for, the most frequent first.
    pub skills: Vec<SkillDemand>,
    /// The countries with the most open ones, whatever country is asked for.
    pub countries: Vec<CountryDemand>,
    /// The months of the trend, oldest first: `2026-11`.
    pub months: Vec<String>,
    /// For each of these months, how many postings were first seen in it, open and closed.
    pub seen: Vec<u64>,
    /// The most asked for skills over these months.
    pub trends: Vec<SkillTrend>,
    /// What open ones pay by the hour: all together by currency, then the countries by theirs.
    pub pay: Vec<PayRange>,
    /// When postings of the last 24 months opened and closed, January to December.
    pub year: Vec<MonthOfYear>,
}

/// A month with its first and last millisecond in UTC.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Month {
    /// `2026-11`.
    pub label: String,
    /// 1 to 12.
    pub of_year: u8,
    /// First millisecond.
    pub from: i64,
    /// Last millisecond.
    pub to: i64,
}

/// The last `count` months up to the one of `now`, oldest first.
#[must_use]
pub fn months(now: Timestamp, count: usize) -> Vec<Month> {
    let today: Date = TimeZone::UTC.to_datetime(now.to_jiff()).date();
    let this = today.first_of_month();
    (0..count)
        .rev()
        .filter_map(|back| {
            let back = i32::try_from(back).ok()?;
            let first = this.checked_sub(back.months()).ok()?;
            let next = first.checked_add(1.month()).ok()?;
            let start = |date: Date| -> Option<i64> {
                let start = date.to_zoned_datetime(TimeZone::UTC).ok()?;
                Some(start.timestamp().as_millisecond())
            };
            Some(Month {
                label: format!("{}-{:02}", first.year(), first.month()),
                of_year: u8::try_from(first.month()).ok()?,
                from: start(first)?,
                to: start(next)? - 1,
            })
        })
        .collect()
}

/// The months of the year with what opened and closed in them, whatever the year.
#[must_use]
pub fn year(months: &[Month], opened: &[u64], closed: &[u64]) -> Vec<MonthOfYear> {
    let mut year: Vec<MonthOfYear> = (1..=12)
        .map(|month| MonthOfYear {
            month,
            ..MonthOfYear::default()
        })
        .collect();
    for (at, month) in months.iter().enumerate() {
        if let Some(slot) = year.get_mut(usize::from(month.of_year).wrapping_sub(1)) {
            slot.opened += opened.get(at).copied().unwrap_or(0);
            slot.closed += closed.get(at).copied().unwrap_or(0);
        }
    }
    year
}

/// The range of hourly pay of postings; `hundredths`, in rising order. `None` of none.
#[must_use]
pub fn pay_range(country: Option<&str>, currency: &str, hundredths: &[i64]) -> Option<PayRange> {
    let last = hundredths.len().checked_sub(1)?;
    // The value at a share of the way, between neighbours where it falls between them.
    let at = |share: f64| {
        let place = last as f64 * share;
        let (low, high) = (place.floor(), place.ceil());
        let value = |place: f64| hundredths.get(place as usize).map_or(0.0, |&v| v as f64);
        let between = value(low) + (value(high) - value(low)) * (place - low);
        between.round() / 100.0
    };
    Some(PayRange {
        country: country.map(str::to_owned),
        currency: currency.to_owned(),
        postings: hundredths.len() as u64,
        lowest: at(0.0),
        lower_quartile: at(0.25),
        median: at(0.5),
        upper_quartile: at(0.75),
        highest: at(1.0),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Timestamp {
        let now: jiff::Timestamp = "2026-11-26T12:00:00Z".parse().unwrap();
        now.into()
    }

    #[test]
    fn months_join_without_a_gap_and_end_with_this_one() {
        let months = months(now(), 24);
        assert_eq!(months.len(), 24);
        assert_eq!(months[0].label, "2024-12");
        assert_eq!(months[23].label, "2026-11");
        assert!(months[23].from <= now().0 && now().0 <= months[23].to);
        assert!(months.windows(2).all(|two| two[0].to + 1 == two[1].from));
    }

    #[test]
    fn the_same_month_of_two_years_is_one_month_of_the_year() {
        let months = months(now(), 24);
        let year = year(&months, &[1; 24], &[0; 24]);
        assert_eq!(year.len(), 12);
        assert!(
            year.iter()
                .all(|month| month.opened == 2 && month.closed == 0)
        );
    }

    #[test]
    fn pay_is_told_by_its_quartiles() {
        let range = pay_range(Some("DE"), "EUR", &[1_000, 1_500, 2_000, 2_500, 3_000]).unwrap();
        assert_eq!(
            [
                range.lowest,
                range.lower_quartile,
                range.median,
                range.upper_quartile,
                range.highest
            ],
            [10.0, 15.0, 20.0, 25.0, 30.0]
        );
        let two = pay_range(None, "USD", &[1_000, 2_001]).unwrap();
        assert_eq!(two.median, 15.01);
        assert_eq!(pay_range(None, "USD", &[]), None);
    }

    #[test]
    fn a_country_is_a_code_of_two_letters() {
        let query = |country: &str| {
            MarketQuery {
                country: country.to_owned(),
                ..MarketQuery::default()
            }
            .checked()
        };
        assert_eq!(query(" de ").unwrap().country, "DE");
        assert_eq!(query("").unwrap().country, "");
        assert!(
            query("Germany")
                .unwrap_err()
                .to_string()
                .contains("two letters")
        );
    }

    #[test]
    fn the_kind_is_told_in_words() {
        assert_eq!(
            MarketQuery::default().kind(),
            "possible backend internships"
        );
        let all = MarketQuery {
            backend: BackendScope::Any,
            internship: InternshipScope::Any,
            ..MarketQuery::default()
        };
        assert_eq!(all.kind(), "postings");
    }
}
