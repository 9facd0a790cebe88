//! Kinds of sources: their names, what people call them, and how much each is trusted.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Which connector reads a source.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum SourceKind {
    /// A Greenhouse job board, by token.
    Greenhouse,
    /// A Lever site, by name.
    Lever,
    /// An Ashby job board, by name.
    Ashby,
    /// A community list in the Simplify `listings.json` form: an address, a file, or a Git checkout.
    Simplify,
    /// Web pages that carry schema.org `JobPosting` as JSON-LD.
    JsonLd,
    /// An RSS, Atom or JSON feed.
    Feed,
    /// A file that `cadet export postings --json` wrote.
    Export,
    /// A BambooHR careers site, by tenant.
    #[serde(rename = "bamboohr")]
    BambooHr,
    /// A Personio career site, by tenant.
    Personio,
    /// A Recruitee career site, by tenant or domain.
    Recruitee,
    /// A SmartRecruiters career page, by company.
    #[serde(rename = "smartrecruiters")]
    SmartRecruiters,
    /// A Teamtailor career site, by tenant or domain.
    Teamtailor,
    /// A Workable job board, by account.
    Workable,
    /// A Workday career site, by tenant, data centre and site.
    Workday,
    /// Alert mails: a mailbox over IMAP, a file, or a folder.
    Mail,
    /// What people clip from web pages with the browser extension; one source holds all of it.
    Clip,
    /// A Breezy career site, by tenant.
    Breezy,
    /// A Pinpoint career site, by tenant.
    Pinpoint,
    /// A Rippling job board, by name.
    Rippling,
    /// A Gem job board, by name.
    Gem,
    /// "Who is hiring?" of Hacker News: the newest thread, or one by its number.
    HackerNews,
    /// Remotive, one of its categories or all.
    Remotive,
    /// Arbeitnow.
    Arbeitnow,
    /// The Muse, by level of experience.
    TheMuse,
    /// USAJobs, by words.
    #[serde(rename = "usajobs")]
    UsaJobs,
    /// Adzuna, by country and words.
    Adzuna,
    /// A community list as tables in a Markdown file: an address or a file.
    Markdown,
    /// The sitemap of a career site, whose pages carry schema.org `JobPosting`.
    Sitemap,
}

impl SourceKind {
    /// Every kind, in the order in which they are shown.
    pub const ALL: [Self; 28] = [
        Self::Greenhouse,
        Self::Lever,
        Self::Ashby,
        Self::BambooHr,
        Self::Personio,
        Self::Recruitee,
        Self::SmartRecruiters,
        Self::Teamtailor,
        Self::Workable,
        Self::Workday,
        Self::JsonLd,
        Self::Feed,
        Self::Simplify,
        Self::Mail,
        Self::Clip,
        Self::Export,
        Self::Breezy,
        Self::Pinpoint,
        Self::Rippling,
        Self::Gem,
        Self::Sitemap,
        Self::HackerNews,
        Self::Remotive,
        Self::Arbeitnow,
        Self::TheMuse,
        Self::UsaJobs,
        Self::Adzuna,
        Self::Markdown,
    ];

    /// The kind's name as stored and typed.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Greenhouse => "greenhouse",
            Self::Lever => "lever",
            Self::Ashby => "ashby",
            Self::Simplify => "simplify",
            Self::JsonLd => "json-ld",
            Self::Feed => "feed",
            Self::Export => "export",
            Self::BambooHr => "bamboohr",
            Self::Personio => "personio",
            Self::Recruitee => "recruitee",
            Self::SmartRecruiters => "smartrecruiters",
            Self::Teamtailor => "teamtailor",
            Self::Workable => "workable",
            Self::Workday => "workday",
            Self::Mail => "mail",
            Self::Clip => "clip",
            Self::Breezy => "breezy",
            Self::Pinpoint => "pinpoint",
            Self::Rippling => "rippling",
            Self::Gem => "gem",
            Self::HackerNews => "hacker-news",
            Self::Remotive => "remotive",
            Self::Arbeitnow => "arbeitnow",
            Self::TheMuse => "the-muse",
            Self::UsaJobs => "usajobs",
            Self::Adzuna => "adzuna",
            Self::Markdown => "markdown",
            Self::Sitemap => "sitemap",
        }
    }

    /// The kind as people read it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Greenhouse => "Greenhouse board",
            Self::Lever => "Lever board",
            Self::Ashby => "Ashby board",
            Self::Simplify => "Community list",
            Self::JsonLd => "Career page",
            Self::Feed => "Feed",
            Self::Export => "Export of Cadet",
            Self::BambooHr => "BambooHR board",
            Self::Personio => "Personio board",
            Self::Recruitee => "Recruitee board",
            Self::SmartRecruiters => "SmartRecruiters board",
            Self::Teamtailor => "Teamtailor board",
            Self::Workable => "Workable board",
            Self::Workday => "Workday board",
            Self::Mail => "Alert mails",
            Self::Clip => "Clipped postings",
            Self::Breezy => "Breezy board",
            Self::Pinpoint => "Pinpoint board",
            Self::Rippling => "Rippling board",
            Self::Gem => "Gem board",
            Self::HackerNews => "Hacker News thread",
            Self::Remotive => "Remotive",
            Self::Arbeitnow => "Arbeitnow",
            Self::TheMuse => "The Muse",
            Self::UsaJobs => "USAJobs search",
            Self::Adzuna => "Adzuna search",
            Self::Markdown => "Community list (Markdown)",
            Self::Sitemap => "Sitemap",
        }
    }

    /// The kind with this name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// How much its fields are trusted beside another source's: the employer's own board before a page, a page
    /// before a clip of one, that before a feed, a feed before an alert mail, and that before a list.
    #[must_use]
    pub const fn rank(self) -> i32 {
        match self {
            Self::Greenhouse | Self::Lever | Self::Ashby => 6,
            Self::BambooHr | Self::Personio | Self::Recruitee | Self::SmartRecruiters => 6,
            Self::Teamtailor | Self::Workable | Self::Workday => 6,
            Self::Breezy | Self::Pinpoint | Self::Rippling | Self::Gem => 6,
            Self::Sitemap => 4,
            Self::HackerNews | Self::Remotive | Self::Arbeitnow => 1,
            Self::TheMuse | Self::UsaJobs | Self::Adzuna => 1,
            Self::Markdown => 0,
            Self::JsonLd => 4,
            Self::Clip => 3,
            Self::Feed => 2,
            Self::Mail => 1,
            Self::Export | Self::Simplify => 0,
        }
    }

    /// Whether it is the board of one employer, so that an employer's page that leads there means it.
    #[must_use]
    pub const fn is_employer_board(self) -> bool {
        self.rank() >= 6
    }

    /// The fewest minutes between two polls that its interface bears, whatever is configured.
    #[must_use]
    pub const fn min_poll_minutes(self) -> u32 {
        match self {
            // Remotive asks for at most four calls a day.
            Self::Remotive => 6 * 60,
            // Each poll takes several calls of what a key is granted for a day.
            Self::Adzuna => 4 * 60,
            Self::TheMuse | Self::UsaJobs | Self::Arbeitnow => 2 * 60,
            _ => 1,
        }
    }
}
