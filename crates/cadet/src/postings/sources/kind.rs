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
}

impl SourceKind {
    /// Every kind, in the order in which they are shown.
    pub const ALL: [Self; 16] = [
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
            Self::JsonLd => 4,
            Self::Clip => 3,
            Self::Feed => 2,
            Self::Mail => 1,
            Self::Export | Self::Simplify => 0,
        }
    }
}
