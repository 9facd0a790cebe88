//! What a contact, a company and an event are. Pure.

use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::clock::Timestamp;
use crate::error::{Error, Result};
use crate::row_id::row_id;

row_id!(
    /// A contact's row id.
    ContactId
);
row_id!(
    /// The row id of an entry of a contact's timeline.
    EntryId
);
row_id!(
    /// A promise's row id.
    PromiseId
);
row_id!(
    /// An event's row id.
    EventId
);
row_id!(
    /// The row id of a joining of two contacts.
    MergeId
);

/// Where one met somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Met {
    /// A fair, a conference, a meetup.
    Event,
    /// An open-source project, a forum, a chat.
    Community,
    /// The same school, at another time.
    Alumni,
    /// Somebody else made the connection.
    Referral,
    /// They wrote first, to hire.
    Recruiter,
    /// The same employer.
    Work,
    /// The same course or school, at the same time.
    School,
    /// A network on the web.
    Online,
    /// Anywhere else.
    Other,
}

impl Met {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 9] = [
        Self::Event,
        Self::Community,
        Self::Alumni,
        Self::Referral,
        Self::Recruiter,
        Self::Work,
        Self::School,
        Self::Online,
        Self::Other,
    ];

    /// The name in addresses and in the database.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Event => "event",
            Self::Community => "community",
            Self::Alumni => "alumni",
            Self::Referral => "referral",
            Self::Recruiter => "recruiter",
            Self::Work => "work",
            Self::School => "school",
            Self::Online => "online",
            Self::Other => "other",
        }
    }

    /// The name for people.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Event => "Event",
            Self::Community => "Community",
            Self::Alumni => "Alumni",
            Self::Referral => "Referral",
            Self::Recruiter => "Recruiter",
            Self::Work => "Work",
            Self::School => "School",
            Self::Online => "Online",
            Self::Other => "Elsewhere",
        }
    }
}

impl FromStr for Met {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let found = Self::ALL.into_iter().find(|one| one.name() == text.trim());
        found.ok_or_else(|| {
            let names: Vec<_> = Self::ALL.iter().map(|one| one.name()).collect();
            Error::invalid_field(
                "met",
                format!(
                    "\"{text}\" is no way of meeting that Cadet knows. Use one of: {}.",
                    names.join(", ")
                ),
            )
        })
    }
}

/// When to be in touch again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Touch {
    /// The day.
    #[schema(value_type = String, format = Date, example = "2026-12-01")]
    pub on: Date,
    /// Why; empty if the person gave no reason.
    pub reason: String,
}

/// Somebody whom the person knows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Contact {
    /// Its number.
    pub id: ContactId,
    /// What stays the same in every vCard of it.
    pub uid: String,
    /// The name.
    pub name: String,
    /// Mail addresses, the preferred one first.
    pub mails: Vec<String>,
    /// Telephone numbers as written.
    pub phones: Vec<String>,
    /// Web addresses: profiles, a site.
    pub links: Vec<String>,
    /// What they do.
    pub role: String,
    /// Where they work, as written.
    pub company: String,
    /// The same for comparison with the employers of postings.
    pub company_key: String,
    /// Where they were met.
    pub met: Option<Met>,
    /// More on that: which event, through whom.
    pub met_note: String,
    /// Anything else.
    pub notes: String,
    /// When to be in touch again.
    pub next_touch: Option<Touch>,
    /// The last conversation.
    pub last_touch_at: Option<Timestamp>,
    /// First written down.
    pub created_at: Timestamp,
    /// Last changed.
    pub updated_at: Timestamp,
    /// Properties of an imported vCard that no field holds, as lines of vCard 4.0.
    #[serde(skip)]
    pub other: Vec<String>,
}

impl Contact {
    /// Its page.
    #[must_use]
    pub fn path(&self) -> String {
        format!("/contacts/{}", self.id)
    }

    /// `Backend lead at Northlight`, as far as it is known.
    #[must_use]
    pub fn position(&self) -> String {
        match (self.role.as_str(), self.company.as_str()) {
            ("", company) => company.to_owned(),
            (role, "") => role.to_owned(),
            (role, company) => format!("{role} at {company}"),
        }
    }

    /// Links that a page may offer to follow.
    pub fn web_links(&self) -> impl Iterator<Item = &String> {
        self.links
            .iter()
            .filter(|link| link.starts_with("https://") || link.starts_with("http://"))
    }
}

/// A company, as the person sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Company {
    /// The name for comparison with the employers of postings.
    pub key: String,
    /// The name.
    pub name: String,
    /// What the person wrote of it.
    pub notes: String,
    /// Web addresses.
    pub links: Vec<String>,
    /// How many people the person knows there.
    pub people: u64,
}

/// A fair, a conference, a meetup, past or to come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct CareerEvent {
    /// Its number.
    pub id: EventId,
    /// What it is called.
    pub name: String,
    /// Where.
    pub place: String,
    /// Its page on the web; empty if there is none.
    pub url: String,
    /// When it begins.
    pub starts_at: Timestamp,
    /// When it ends, if that is known.
    pub ends_at: Option<Timestamp>,
    /// IANA time zone of the place.
    pub time_zone: String,
    /// What the person wrote of it.
    pub notes: String,
    /// People met there, or to be met.
    pub people: Vec<EventPerson>,
}

impl CareerEvent {
    /// When it begins, by the clocks of the place: `2026-12-03 18:30 CET`.
    #[must_use]
    pub fn local_start(&self) -> String {
        let zone = jiff::tz::TimeZone::get(&self.time_zone).unwrap_or(jiff::tz::TimeZone::UTC);
        let local = self.starts_at.to_jiff().to_zoned_datetime(zone);
        local.strftime("%Y-%m-%d %H:%M %Z").to_string()
    }

    /// Whether it is over at `now`.
    #[must_use]
    pub fn is_over(&self, now: Timestamp) -> bool {
        self.ends_at.unwrap_or(self.starts_at) < now
    }
}

/// Somebody at an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct EventPerson {
    /// The contact.
    pub id: ContactId,
    /// The name.
    pub name: String,
}
