//! A posting as Cadet understands it: normalised fields, facts with the words that say so, and the state of the opening.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::clock::Timestamp;
use crate::skills::SkillId;

/// A posting's row id.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(transparent)]
pub struct PostingId(pub i64);

impl std::fmt::Display for PostingId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// Everything that normalising and classifying one sighting gives; pure, so that it can be computed anywhere.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NormalPosting {
    /// The title, one line, without control and zero-width characters, at most 300 characters.
    pub title: String,
    /// The employer as shown.
    pub company: String,
    /// The employer for comparison: folded, without legal forms (`ACME, Inc.` -> `acme`).
    pub company_key: String,
    /// The title for comparison: folded, punctuation and requisition numbers removed.
    pub title_key: String,
    /// The places, without repetition, in the source's order.
    pub locations: Vec<Location>,
    /// Where the work is done.
    pub workplace: Option<Workplace>,
    /// The text as safe HTML; empty when the source gave none. Stored in a column of its own.
    #[serde(skip)]
    pub description_html: String,
    /// The same text, plain, paragraphs separated by line breaks. Stored in a column of its own.
    #[serde(skip)]
    pub description_text: String,
    /// The posting's page without tracking parameters.
    pub url: String,
    /// Where to apply, without tracking parameters.
    pub apply_url: String,
    /// Keys which say that two sightings are one posting: `greenhouse:northlight:4012`, `url:https://...`.
    pub keys: Vec<String>,
    /// How the employer employs.
    pub employment: Option<Employment>,
    /// Team or department.
    pub department: Option<String>,
    /// Language of the text, ISO 639-1.
    pub language: Option<String>,
    /// Posted.
    pub posted: Option<Dated>,
    /// Last changed, says the source.
    pub updated: Option<Dated>,
    /// Applications are taken until then.
    pub deadline: Option<Dated>,
    /// Pay, from data or from the text.
    pub pay: Option<Pay>,
    /// What the text says, each with its words.
    pub facts: Facts,
    /// Skills named, with where.
    #[serde(with = "super::mentions")]
    pub skills: Vec<SkillMention>,
    /// Where each filled field came from.
    pub origins: BTreeMap<String, Origin>,
}

impl NormalPosting {
    /// Whether its text is only a part of the employer's.
    #[must_use]
    pub fn has_excerpt(&self) -> bool {
        self.origins.get("description") == Some(&Origin::Excerpt)
    }
}

/// Where a field came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// A field of the source's record.
    Source,
    /// Read from the title.
    Title,
    /// Read from the text.
    Description,
    /// Read from the location's text.
    Location,
    /// Read from the address.
    Url,
    /// From what is known of the source itself.
    SourceName,
    /// Computed from other fields.
    Derived,
    /// A part of the text, which is all that the source gave.
    Excerpt,
}

/// A place of work.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
pub struct Location {
    /// As the source wrote it.
    pub text: String,
    /// City.
    pub city: Option<String>,
    /// State or region, as commonly written: `CA`, `Bavaria`.
    pub region: Option<String>,
    /// Country, ISO 3166-1 alpha-2.
    pub country: Option<String>,
}

/// Where the work is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Workplace {
    /// At home, all the time.
    Remote,
    /// Partly.
    Hybrid,
    /// At the employer's.
    OnSite,
}

/// How the employer employs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Employment {
    /// Intern, co-op, working student, trainee placement.
    Internship,
    /// Apprenticeship, alternance, dual study.
    Apprenticeship,
    /// Full time.
    FullTime,
    /// Part time.
    PartTime,
    /// Contract, freelance.
    Contract,
    /// Temporary, seasonal.
    Temporary,
}

/// A date with what is known of its zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Dated {
    /// The instant; a date without time stands at its start in UTC (posted) or at its end (deadline).
    pub at: Timestamp,
    /// Whether the source stated the zone; else UTC was assumed.
    pub zone_known: bool,
    /// Whether only the day was stated.
    pub day_only: bool,
}

/// Pay: amounts in the currency's main unit per period.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Pay {
    /// Lower amount.
    pub min: Option<f64>,
    /// Upper amount.
    pub max: Option<f64>,
    /// ISO 4217.
    pub currency: String,
    /// Per what.
    pub period: PayPeriod,
}

/// What pay is counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PayPeriod {
    /// Hour.
    Hour,
    /// Day.
    Day,
    /// Week.
    Week,
    /// Month.
    Month,
    /// Year.
    Year,
    /// For the whole of it.
    Once,
}

/// A value and the words that say so.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Fact<T> {
    /// What is held to be true.
    pub value: T,
    /// The words of the posting, at most one sentence (240 characters); empty when the value follows from the absence of words.
    pub quote: String,
    /// Where the words stand.
    pub origin: Origin,
}

/// What the posting says that a candidate wants to know. A missing fact is unknown, not false.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Facts {
    /// Is it an internship (also co-op, placement, working student, Stage, ...)? Always judged.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub internship: Option<Fact<bool>>,
    /// How much backend work it is. Always judged.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub backend: Option<Fact<BackendGrade>>,
    /// Why the backend grade is what it is. Always told with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub backend_reason: Option<BackendReason>,
    /// Terms: `Summer 2027`. One entry for each term named.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub terms: Vec<Fact<Term>>,
    /// When it starts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<Fact<StartDate>>,
    /// Length in weeks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration: Option<Fact<Duration>>,
    /// Hours a week.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hours: Option<Fact<Hours>>,
    /// Is it paid?
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paid: Option<Fact<bool>>,
    /// Pay as the text states it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pay: Option<Fact<Pay>>,
    /// Degrees accepted, the lowest first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub degree: Option<Fact<Degree>>,
    /// When the candidate graduates.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub graduation: Option<Fact<GraduationWindow>>,
    /// Work authorisation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sponsorship: Option<Fact<Sponsorship>>,
    /// Applications are taken until then, as the text says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deadline: Option<Fact<Dated>>,
    /// Whether applications are read as they come, until the places are filled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rolling: Option<Fact<bool>>,
    /// From where remote work may be done; only of postings that are remote.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remote_in: Option<Fact<RemoteArea>>,
}

/// How much backend work a posting is.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum BackendGrade {
    /// Not backend work.
    No,
    /// General software work that may well be backend.
    Plausible,
    /// Says so.
    Explicit,
}

/// Why a posting has its backend grade.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum BackendReason {
    /// The title names backend work.
    NamesBackend,
    /// The title names full-stack work.
    FullStack,
    /// The title names a technology of servers: Java, PHP, .NET, an API.
    ServerTechnology,
    /// The title leaves it open, and the text names backend work.
    TextNamesBackend,
    /// The title is of software work and does not say which.
    SoftwareRole,
    /// The title is of data, cloud, platform or reliability engineering.
    Platform,
    /// The title says engineering, and not of what.
    Engineering,
    /// The title names frontend work alone.
    Frontend,
    /// The title names apps for phones.
    Mobile,
    /// The title names devices, chips, robots or vehicles.
    Device,
    /// The title names testing or quality assurance.
    Quality,
    /// The title names graphics, games or compilers.
    Graphics,
    /// The title names another kind of work.
    OtherWork,
    /// Nothing in the title is of software.
    NotSoftware,
    /// The title says only engineering, and the text never speaks of software.
    TextNotSoftware,
}

/// When work starts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct StartDate {
    /// The day or the month, as far as named: `2027-06-15`, `2027-06`.
    pub date: Option<String>,
    /// Whether it starts as soon as possible.
    pub immediately: bool,
}

/// From where remote work may be done.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RemoteArea {
    /// From anywhere.
    pub worldwide: bool,
    /// From these countries, ISO 3166-1 alpha-2.
    pub countries: Vec<String>,
    /// From these larger areas: `EU`, `Europe`, `EMEA`, `LATAM`, `North America`, `Americas`, `APAC`, `DACH`.
    pub regions: Vec<String>,
}

/// A term of the year.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
pub struct Term {
    /// Year, if named.
    pub year: Option<i16>,
    /// Season, if named.
    pub season: Option<Season>,
    /// First month (1 to 12), if named.
    pub month: Option<i8>,
}

/// Seasons as internship programmes name them.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Season {
    /// January to March.
    Winter,
    /// March to May.
    Spring,
    /// June to August.
    Summer,
    /// September to December.
    Fall,
}

/// A length of time in weeks; both ends equal when one length is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Duration {
    /// At least.
    pub min_weeks: u16,
    /// At most.
    pub max_weeks: u16,
}

/// Hours a week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Hours {
    /// At least.
    pub min: u8,
    /// At most.
    pub max: u8,
}

/// The lowest degree (finished or under way) that is accepted.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Degree {
    /// Said not to be needed.
    None,
    /// School, bootcamp, vocational training.
    Vocational,
    /// Associate.
    Associate,
    /// Bachelor.
    Bachelor,
    /// Master.
    Master,
    /// Doctorate.
    Doctorate,
}

/// Between which months the candidate should graduate; `YYYY-MM`, inclusive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct GraduationWindow {
    /// From, if named.
    pub from: Option<String>,
    /// To, if named.
    pub to: Option<String>,
}

/// What is said of work authorisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Sponsorship {
    /// A visa is sponsored.
    Offered,
    /// None is sponsored.
    NotOffered,
    /// Citizens (or permanent residents) only.
    CitizensOnly,
    /// The right to work there must be there already; of sponsoring nothing is said.
    AuthorisationRequired,
}

/// A skill named by the posting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SkillMention {
    /// The skill.
    #[schema(value_type = String)]
    pub skill: SkillId,
    /// In which text.
    pub origin: Origin,
    /// Byte offset where the words begin, in `title` or `description_text`.
    pub start: usize,
    /// Byte offset behind the words.
    pub end: usize,
}
