//! What an application is made of: its stage, what it is for, rounds' people, tasks, notes, files.

use std::str::FromStr;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::clock::Timestamp;
use crate::error::{Error, Result};
use crate::postings::model::PostingId;
use crate::row_id::row_id;

/// Most characters of a line that somebody types: a company, a title, a place.
pub const LINE_MOST: usize = 300;
/// Most characters of a text: a note, what was learned.
pub const TEXT_MOST: usize = 20_000;

row_id!(
    /// An application's row id.
    ApplicationId
);
row_id!(
    /// The row id of an entry of an application's log.
    EventId
);
row_id!(
    /// The row id of a file that is frozen with an application.
    FileId
);

/// Where an application stands. The names are stable; what a person calls each is their choice.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    ToSchema,
    clap::ValueEnum,
)]
#[serde(rename_all = "kebab-case")]
#[schema(as = ApplicationStage)]
pub enum Stage {
    /// Worth a look.
    Interested,
    /// Resume and letter are being written.
    Preparing,
    /// Sent.
    Applied,
    /// An online assessment is to be done.
    Assessment,
    /// A first talk, usually with a recruiter.
    Screen,
    /// Interview rounds.
    Interview,
    /// They made an offer.
    Offer,
    /// The offer is accepted.
    Accepted,
    /// They said no.
    Rejected,
    /// The candidate said no.
    Withdrawn,
    /// They never answered.
    Ghosted,
}

impl Stage {
    /// All, in order.
    pub const ALL: [Self; 11] = [
        Self::Interested,
        Self::Preparing,
        Self::Applied,
        Self::Assessment,
        Self::Screen,
        Self::Interview,
        Self::Offer,
        Self::Accepted,
        Self::Rejected,
        Self::Withdrawn,
        Self::Ghosted,
    ];

    /// The name, as stored and as in the API.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Interested => "interested",
            Self::Preparing => "preparing",
            Self::Applied => "applied",
            Self::Assessment => "assessment",
            Self::Screen => "screen",
            Self::Interview => "interview",
            Self::Offer => "offer",
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
            Self::Withdrawn => "withdrawn",
            Self::Ghosted => "ghosted",
        }
    }

    /// What it is called until a person calls it otherwise.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Interested => "Interested",
            Self::Preparing => "Preparing",
            Self::Applied => "Applied",
            Self::Assessment => "Online assessment",
            Self::Screen => "Screen",
            Self::Interview => "Interview",
            Self::Offer => "Offer",
            Self::Accepted => "Accepted",
            Self::Rejected => "Rejected",
            Self::Withdrawn => "Withdrawn",
            Self::Ghosted => "No answer",
        }
    }

    /// Whether it has ended, one way or the other.
    #[must_use]
    pub const fn is_end(self) -> bool {
        matches!(
            self,
            Self::Accepted | Self::Rejected | Self::Withdrawn | Self::Ghosted
        )
    }

    /// Whether being there means that the application was sent.
    #[must_use]
    pub const fn is_sent(self) -> bool {
        matches!(
            self,
            Self::Applied
                | Self::Assessment
                | Self::Screen
                | Self::Interview
                | Self::Offer
                | Self::Accepted
        )
    }

    /// Whether being there means that the employer answered.
    #[must_use]
    pub const fn is_answer(self) -> bool {
        matches!(
            self,
            Self::Assessment
                | Self::Screen
                | Self::Interview
                | Self::Offer
                | Self::Accepted
                | Self::Rejected
        )
    }
}

impl FromStr for Stage {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        Self::ALL
            .into_iter()
            .find(|stage| stage.name() == text)
            .ok_or_else(|| {
                let names: Vec<&str> = Self::ALL.iter().map(|stage| stage.name()).collect();
                Error::invalid_field(
                    "stage",
                    format!(
                        "There is no stage \"{text}\". Choose one of {}.",
                        names.join(", ")
                    ),
                )
            })
    }
}

/// What an application is for.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
#[schema(as = ApplicationDetails)]
pub struct Details {
    /// The posting in Cadet; none for one that Cadet does not have.
    pub posting: Option<PostingId>,
    /// The employer.
    pub company: String,
    /// The position.
    pub title: String,
    /// Its page.
    pub url: String,
    /// Where.
    pub place: String,
    /// How it was found: a job board, a referral, a fair.
    pub source: String,
    /// The last instant to apply.
    pub deadline: Option<Timestamp>,
}

impl Details {
    /// The details with their texts trimmed.
    ///
    /// # Errors
    /// [`Error::Invalid`] without a company and a title, and for lines that are too long or addresses that are none.
    pub fn checked(mut self) -> Result<Self> {
        for (field, text) in [
            ("company", &mut self.company),
            ("title", &mut self.title),
            ("url", &mut self.url),
            ("place", &mut self.place),
            ("source", &mut self.source),
        ] {
            *text = line(field, text)?;
        }
        if self.company.is_empty() && self.title.is_empty() {
            return Err(Error::invalid_field(
                "company",
                "Say at least which company or which position the application is for.",
            ));
        }
        if !self.url.is_empty() && !is_web_address(&self.url) {
            return Err(Error::invalid_field(
                "url",
                "The address must begin with https:// or http://. Leave it empty if there is none.",
            ));
        }
        Ok(self)
    }

    /// `Backend Intern at Northlight`, with what is known.
    #[must_use]
    pub fn name(&self) -> String {
        match (self.title.as_str(), self.company.as_str()) {
            ("", company) => company.to_owned(),
            (title, "") => title.to_owned(),
            (title, company) => format!("{title} at {company}"),
        }
    }
}

/// Whether a text can be followed as a link.
#[must_use]
pub fn is_web_address(text: &str) -> bool {
    url::Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "http" | "https"))
}

/// A line that somebody typed: trimmed, without line breaks.
///
/// # Errors
/// [`Error::Invalid`] when it is too long.
pub fn line(field: &str, text: &str) -> Result<String> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() > LINE_MOST {
        return Err(Error::invalid_field(
            field,
            format!("This is longer than {LINE_MOST} characters. Put the rest into a note."),
        ));
    }
    Ok(text)
}

/// A text that somebody typed: trimmed, with its line breaks.
///
/// # Errors
/// [`Error::Invalid`] when it is too long.
pub fn text(field: &str, text: &str) -> Result<String> {
    let text = text.replace("\r\n", "\n").trim().to_owned();
    if text.chars().count() > TEXT_MOST {
        return Err(Error::invalid_field(
            field,
            format!("This is longer than {TEXT_MOST} characters. Split it into several notes."),
        ));
    }
    Ok(text)
}

/// Something to do for an application, or for one of its rounds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = ApplicationTask)]
pub struct Task {
    /// Its number within the application.
    pub id: u32,
    /// What.
    pub text: String,
    /// Until when.
    pub due: Option<Timestamp>,
    /// For the preparation of which round.
    pub round: Option<u32>,
    /// Whether it is done.
    pub done: bool,
}

/// Somebody at the employer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = ApplicationPerson)]
pub struct Person {
    /// Their number within the application.
    pub id: u32,
    /// Their name.
    pub name: String,
    /// What they are: recruiter, team lead.
    pub role: String,
    /// Their address.
    pub email: String,
    /// Their number among the contacts.
    pub contact: Option<i64>,
}

/// What somebody thinks of an application that has ended.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
#[schema(as = ApplicationReview)]
pub struct Review {
    /// What went well.
    pub went_well: String,
    /// What to do otherwise.
    pub otherwise: String,
    /// What to learn.
    pub to_learn: String,
    /// Whether to stay in touch with the people met.
    pub keep_contact: bool,
    /// When to apply there again.
    pub apply_again: Option<Timestamp>,
}

/// A file that is frozen with an application: its bytes never change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FrozenFile {
    /// Its number.
    pub id: FileId,
    /// What it is: `resume`, `letter`, `posting`, `other`.
    pub role: String,
    /// Its name.
    pub name: String,
    /// Its media type.
    pub media_type: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// How many bytes it has.
    pub bytes: u64,
    /// When it was frozen.
    pub frozen_at: Timestamp,
}

/// With what an application was sent, for statistics.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = ApplicationSent)]
pub struct Sent {
    /// Which version of which document.
    pub document: String,
    /// How well the posting fitted then, 0 to 1.
    pub score: Option<f64>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_stages_are_read_back() {
        for stage in Stage::ALL {
            assert_eq!(stage.name().parse::<Stage>().unwrap(), stage);
        }
        let told = "hired".parse::<Stage>().unwrap_err().to_string();
        assert!(told.contains("hired") && told.contains("accepted"));
    }

    #[test]
    fn details_are_trimmed_and_need_a_name() {
        let details = Details {
            company: "  North\n light ".into(),
            ..Details::default()
        };
        assert_eq!(details.checked().unwrap().company, "North light");
        assert!(Details::default().checked().is_err());
    }

    #[test]
    fn an_address_that_no_browser_should_follow_is_refused() {
        let details = |url: &str| Details {
            company: "Northlight".into(),
            url: url.into(),
            ..Details::default()
        };
        assert!(details("javascript:alert(1)").checked().is_err());
        assert!(details("https://northlight.example/1").checked().is_ok());
    }
}
