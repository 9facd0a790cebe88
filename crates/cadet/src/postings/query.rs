//! What a person searches for: words, filters, order, page. Pure; its text form is the query part of an address, so
//! that an address holds the whole search and an alert keeps it.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::fit::UNIT;
use super::model::{BackendGrade, Sponsorship};
use super::record::Status;
use crate::error::{Error, Result};

/// Days that "posted within" may name.
const WITHIN_DAYS: std::ops::RangeInclusive<u32> = 1..=3_650;
/// Rows of a page unless asked otherwise.
pub const DEFAULT_LIMIT: usize = 50;
/// Rows of a page at most.
pub const MAX_LIMIT: usize = 200;

/// A search for postings.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct PostingQuery {
    /// Words in the query language.
    pub q: String,
    /// Employers, as shown; any of them.
    pub company: Vec<String>,
    /// Countries, ISO 3166-1 alpha-2; any of them.
    pub country: Vec<String>,
    /// Cities; any of them.
    pub city: Vec<String>,
    /// `remote`, `hybrid`, `on-site`; any of them.
    pub workplace: Vec<String>,
    /// Terms such as `Summer 2027`; any of them.
    pub term: Vec<String>,
    /// Skill ids; any of them.
    pub skill: Vec<String>,
    /// Source ids; any of them.
    pub source: Vec<String>,
    /// Backend grades; any of them.
    pub backend: Vec<String>,
    /// Languages of the text; any of them.
    pub language: Vec<String>,
    /// What is said of visas: `offered`, `not-offered`, `citizens-only`, `authorisation-required`; any of them.
    pub sponsorship: Vec<String>,
    /// When work begins: `now`, a year, month or day such as `2027-06`; any of them.
    pub start: Vec<String>,
    /// Open or closed only.
    pub status: Option<Status>,
    /// Internships only, or the others only.
    pub internship: Option<bool>,
    /// Paid only, or unpaid only.
    pub paid: Option<bool>,
    /// Applications read as they come only, or not.
    pub rolling: Option<bool>,
    /// Posted within so many days.
    pub within: Option<u32>,
    /// Fitting the person at least so well, in thousandths.
    pub fit: Option<u16>,
    /// The order.
    pub sort: SortOrder,
    /// Where the page begins.
    pub cursor: Option<String>,
    /// Rows of the page; 0: the default.
    pub limit: usize,
}

/// In which order postings are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SortOrder {
    /// The best match first; without words, the newest first.
    #[default]
    Relevance,
    /// The newest posted first.
    Posted,
    /// The last first seen first.
    Seen,
    /// The next to close first.
    Closing,
    /// What fits the person best first.
    Fit,
}

impl SortOrder {
    /// Every order, as offered.
    pub const ALL: [Self; 5] = [
        Self::Relevance,
        Self::Posted,
        Self::Seen,
        Self::Closing,
        Self::Fit,
    ];

    /// The name in addresses and on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Relevance => "relevance",
            Self::Posted => "posted",
            Self::Seen => "seen",
            Self::Closing => "closing",
            Self::Fit => "fit",
        }
    }

    /// The order as people read it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Relevance => "Best match",
            Self::Posted => "Newest posted",
            Self::Seen => "Newest here",
            Self::Closing => "Closing soon",
            Self::Fit => "Best fit for me",
        }
    }
}

impl PostingQuery {
    /// Reads the query part of an address. Empty values are passed over, so that plain forms work.
    ///
    /// # Errors
    /// [`Error::Invalid`] names the parameter that is unknown or whose value cannot be used.
    pub fn parse<K: AsRef<str>, V: AsRef<str>>(
        pairs: impl IntoIterator<Item = (K, V)>,
    ) -> Result<Self> {
        let mut query = Self::default();
        for (name, value) in pairs {
            let value = value.as_ref().trim();
            if !value.is_empty() {
                query.set(name.as_ref(), value)?;
            }
        }
        Ok(query)
    }

    /// Reads the query part of an address as text: `q=java&country=DE`.
    ///
    /// # Errors
    /// As [`PostingQuery::parse`].
    pub fn parse_str(text: &str) -> Result<Self> {
        Self::parse(url::form_urlencoded::parse(
            text.trim_start_matches('?').as_bytes(),
        ))
    }

    fn set(&mut self, name: &str, value: &str) -> Result<()> {
        if let Some(list) = self.list_mut(name) {
            if !list.iter().any(|have| have == value) {
                list.push(value.to_owned());
            }
            return self.check_names();
        }
        if let Some(flag) = self.flag_mut(name) {
            *flag = Some(yes_or_no(name, value)?);
            return Ok(());
        }
        match name {
            "q" => self.q = value.to_owned(),
            "status" => {
                self.status = match value {
                    "open" => Some(Status::Open),
                    "closed" => Some(Status::Closed),
                    "any" => None,
                    _ => return Err(bad(name, value, "open, closed or any")),
                }
            }
            "within" => {
                let days = value.parse().ok().filter(|days| WITHIN_DAYS.contains(days));
                let expected = "a number of days from 1 to 3650";
                self.within = Some(days.ok_or_else(|| bad(name, value, expected))?);
            }
            "sort" => {
                let order = SortOrder::ALL
                    .into_iter()
                    .find(|order| order.name() == value);
                let expected = "relevance, posted, seen, closing or fit";
                self.sort = order.ok_or_else(|| bad(name, value, expected))?;
            }
            "fit" => {
                let score = value.parse().ok();
                let score = score.filter(|score| (0.0..=1.0).contains(score));
                let score: f32 = score.ok_or_else(|| bad(name, value, "a score from 0 to 1"))?;
                self.fit = Some((score * UNIT).round() as u16);
            }
            "cursor" => self.cursor = Some(value.to_owned()),
            "limit" => {
                let limit: usize = value
                    .parse()
                    .map_err(|_| bad(name, value, "a number from 1 to 200"))?;
                if !(1..=MAX_LIMIT).contains(&limit) {
                    return Err(bad(name, value, "a number from 1 to 200"));
                }
                self.limit = limit;
            }
            _ => {
                let message = format!(
                    "There is no search parameter {name}. There are q, company, country, city, workplace, term, skill, source, backend, language, sponsorship, start, status, internship, paid, rolling, within, fit, sort, cursor and limit."
                );
                return Err(Error::invalid_field(name, message));
            }
        }
        Ok(())
    }

    /// The list of values of a filter, by its name in addresses.
    #[must_use]
    pub fn list(&self, name: &str) -> Option<&Vec<String>> {
        Some(match name {
            "company" => &self.company,
            "country" => &self.country,
            "city" => &self.city,
            "workplace" => &self.workplace,
            "term" => &self.term,
            "skill" => &self.skill,
            "source" => &self.source,
            "backend" => &self.backend,
            "language" => &self.language,
            "sponsorship" => &self.sponsorship,
            "start" => &self.start,
            _ => return None,
        })
    }

    fn list_mut(&mut self, name: &str) -> Option<&mut Vec<String>> {
        Some(match name {
            "company" => &mut self.company,
            "country" => &mut self.country,
            "city" => &mut self.city,
            "workplace" => &mut self.workplace,
            "term" => &mut self.term,
            "skill" => &mut self.skill,
            "source" => &mut self.source,
            "backend" => &mut self.backend,
            "language" => &mut self.language,
            "sponsorship" => &mut self.sponsorship,
            "start" => &mut self.start,
            _ => return None,
        })
    }

    /// Filters whose values are few and known.
    fn check_names(&self) -> Result<()> {
        let sponsorships = SPONSORSHIPS.map(|(name, _)| name);
        let known: [(&str, &[&str], &str); 2] = [
            (
                "backend",
                &["explicit", "plausible", "no"],
                "explicit, plausible or no",
            ),
            (
                "sponsorship",
                &sponsorships,
                "offered, not-offered, citizens-only or authorisation-required",
            ),
        ];
        for (name, names, expected) in known {
            let mut values = self.list(name).into_iter().flatten();
            if let Some(value) = values.find(|value| !names.contains(&value.as_str())) {
                return Err(bad(name, value, expected));
            }
        }
        Ok(())
    }

    /// The answer that a filter of yes or no asks for, by its name in addresses.
    #[must_use]
    pub fn flag(&self, name: &str) -> Option<bool> {
        match name {
            "internship" => self.internship,
            "paid" => self.paid,
            "rolling" => self.rolling,
            _ => None,
        }
    }

    fn flag_mut(&mut self, name: &str) -> Option<&mut Option<bool>> {
        Some(match name {
            "internship" => &mut self.internship,
            "paid" => &mut self.paid,
            "rolling" => &mut self.rolling,
            _ => return None,
        })
    }

    /// The search as pairs for an address, in a fixed order, without the page.
    #[must_use]
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = Vec::new();
        if !self.q.is_empty() {
            pairs.push(("q", self.q.clone()));
        }
        for name in LISTS {
            pairs.extend(
                self.list(name)
                    .into_iter()
                    .flatten()
                    .map(|value| (name, value.clone())),
            );
        }
        if let Some(status) = self.status {
            pairs.push((
                "status",
                if status == Status::Open {
                    "open"
                } else {
                    "closed"
                }
                .to_owned(),
            ));
        }
        for name in FLAGS {
            if let Some(value) = self.flag(name) {
                pairs.push((name, if value { "yes" } else { "no" }.to_owned()));
            }
        }
        if let Some(days) = self.within {
            pairs.push(("within", days.to_string()));
        }
        if let Some(fit) = self.fit {
            pairs.push(("fit", format!("{}", f32::from(fit) / UNIT)));
        }
        if self.sort != SortOrder::Relevance {
            pairs.push(("sort", self.sort.name().to_owned()));
        }
        pairs
    }

    /// The query part of an address, without the page: `q=java&country=DE`.
    #[must_use]
    pub fn to_query_string(&self) -> String {
        url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(self.pairs())
            .finish()
    }

    /// This search with one value of a list filter put in or taken out, from its first page.
    #[must_use]
    pub fn toggled(&self, name: &str, value: &str) -> Self {
        let mut query = Self {
            cursor: None,
            ..self.clone()
        };
        if let Some(list) = query.list_mut(name) {
            match list.iter().position(|have| have == value) {
                Some(at) => drop(list.remove(at)),
                None => list.push(value.to_owned()),
            }
        }
        query
    }

    /// This query without one of its conditions, from the first page: a value of a list, the words, or a filter that has
    /// one value.
    #[must_use]
    pub fn without(&self, name: &str, value: &str) -> Self {
        let mut query = Self {
            cursor: None,
            ..self.clone()
        };
        if let Some(list) = query.list_mut(name) {
            list.retain(|have| have != value);
            return query;
        }
        if let Some(flag) = query.flag_mut(name) {
            *flag = None;
            return query;
        }
        match name {
            "q" => query.q.clear(),
            "status" => query.status = None,
            "within" => query.within = None,
            "fit" => query.fit = None,
            _ => {}
        }
        query
    }

    /// Whether it finds something else for each person.
    #[must_use]
    pub fn is_personal(&self) -> bool {
        self.sort == SortOrder::Fit || self.fit.is_some()
    }

    /// Rows of a page.
    #[must_use]
    pub fn page_size(&self) -> usize {
        if self.limit == 0 {
            DEFAULT_LIMIT
        } else {
            self.limit.min(MAX_LIMIT)
        }
    }

    /// Whether anything is asked at all.
    #[must_use]
    pub fn is_everything(&self) -> bool {
        Self {
            sort: SortOrder::Relevance,
            cursor: None,
            limit: 0,
            ..self.clone()
        } == Self::default()
    }
}

/// The filters with lists of values, by their names in addresses, in the order in which they are shown.
pub const LISTS: [&str; 11] = [
    "backend",
    "term",
    "country",
    "city",
    "workplace",
    "skill",
    "company",
    "language",
    "sponsorship",
    "start",
    "source",
];

/// The filters of yes or no, by their names in addresses and in the index.
pub const FLAGS: [&str; 3] = ["internship", "paid", "rolling"];

/// The names of what a posting says of visas, in addresses and in the index, in the order in which they are shown.
pub const SPONSORSHIPS: [(&str, Sponsorship); 4] = [
    ("offered", Sponsorship::Offered),
    ("authorisation-required", Sponsorship::AuthorisationRequired),
    ("not-offered", Sponsorship::NotOffered),
    ("citizens-only", Sponsorship::CitizensOnly),
];

/// The name of a grade in addresses and in the index.
#[must_use]
pub const fn grade_name(grade: BackendGrade) -> &'static str {
    match grade {
        BackendGrade::Explicit => "explicit",
        BackendGrade::Plausible => "plausible",
        BackendGrade::No => "no",
    }
}

fn yes_or_no(name: &str, value: &str) -> Result<bool> {
    match value {
        "yes" | "true" | "1" | "on" => Ok(true),
        "no" | "false" | "0" => Ok(false),
        _ => Err(bad(name, value, "yes or no")),
    }
}

fn bad(name: &str, value: &str, expected: &str) -> Error {
    let shown: String = value.chars().take(60).collect();
    Error::invalid_field(
        name,
        format!("{name} cannot be \"{shown}\". Give {expected}."),
    )
}
