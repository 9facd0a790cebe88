//! The kinds of sources: their names, and how much each is trusted. Pure.

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
    /// Alert mails: a mailbox over IMAP, a file, or a folder.
    Mail,
    /// What people clip from web pages with the browser extension; one source holds all of it.
    Clip,
}

impl SourceKind {
    /// Every kind, in the order in which they are shown.
    pub const ALL: [Self; 9] = [
        Self::Greenhouse,
        Self::Lever,
        Self::Ashby,
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
            Self::JsonLd => 4,
            Self::Clip => 3,
            Self::Feed => 2,
            Self::Mail => 1,
            Self::Export | Self::Simplify => 0,
        }
    }
}
