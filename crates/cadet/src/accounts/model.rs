//! What an account, a role and a scope are, and the rules that their fields obey.

use std::str::FromStr;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::clock::Timestamp;
use crate::config::Secret;
use crate::error::{Error, Result};
use crate::row_id::row_id;

/// An account's row id. The single-user account is number 1.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(transparent)]
pub struct AccountId(pub i64);

impl std::fmt::Display for AccountId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// What somebody is.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Looks for an internship.
    Candidate,
    /// Guides candidates.
    Mentor,
    /// Runs this Cadet.
    Admin,
}

/// What a personal access token allows.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// Read everything that its owner may read.
    Read,
    /// Change what its owner may change.
    Write,
    /// Do what its owner may do as an administrator.
    Admin,
    /// Clip postings from web pages, and nothing else.
    Clip,
}

row_id!(
    /// A session's row id.
    SessionId
);
row_id!(
    /// A personal access token's row id.
    TokenId
);
row_id!(
    /// An invitation's row id.
    InvitationId
);

impl AccountId {
    /// The account of the one person of a single-user Cadet.
    pub const LOCAL: Self = Self(1);
}

impl Role {
    /// All roles, from the least powerful.
    pub const ALL: [Self; 3] = [Self::Candidate, Self::Mentor, Self::Admin];

    /// The name, as stored and as in the API.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Candidate => "candidate",
            Self::Mentor => "mentor",
            Self::Admin => "admin",
        }
    }
}

impl FromStr for Role {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        Self::ALL
            .into_iter()
            .find(|role| role.name() == text)
            .ok_or_else(|| {
                Error::invalid_field(
                    "role",
                    format!("There is no role {text}. Choose candidate, mentor or admin."),
                )
            })
    }
}

impl Scope {
    /// All scopes.
    pub const ALL: [Self; 4] = [Self::Read, Self::Write, Self::Admin, Self::Clip];

    /// The name, as stored and as in the API.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
            Self::Admin => "admin",
            Self::Clip => "clip",
        }
    }
}

impl FromStr for Scope {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        Self::ALL
            .into_iter()
            .find(|scope| scope.name() == text)
            .ok_or_else(|| {
                Error::invalid_field(
                    "scopes",
                    format!("There is no scope {text}. Choose from read, write, admin and clip."),
                )
            })
    }
}

/// Somebody who uses this Cadet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Account {
    /// Its number.
    pub id: AccountId,
    /// Their address; none for the single-user account.
    pub email: Option<String>,
    /// The name shown.
    pub name: String,
    /// What they are.
    pub role: Role,
    /// Their choices.
    pub settings: Settings,
    /// When the account was made.
    pub created_at: Timestamp,
    /// Since when it cannot be used, if so.
    pub disabled_at: Option<Timestamp>,
    /// Whether they can sign in with a password.
    pub has_password: bool,
}

/// What a person chose for themselves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct Settings {
    /// The colours.
    pub theme: Theme,
    /// IANA time zone in which times are shown: `Europe/Zurich`.
    pub time_zone: String,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: Theme::Auto,
            time_zone: "UTC".into(),
        }
    }
}

impl Settings {
    /// Checks the choices.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a theme or a time zone that does not exist.
    pub fn parse(theme: &str, time_zone: &str) -> Result<Self> {
        let time_zone = time_zone.trim();
        if jiff::tz::TimeZone::get(time_zone).is_err() {
            return Err(Error::invalid_field(
                "time_zone",
                format!(
                    "There is no time zone {time_zone}. Use a name such as Europe/Zurich or UTC."
                ),
            ));
        }
        Ok(Self {
            theme: theme.parse()?,
            time_zone: time_zone.to_owned(),
        })
    }
}

/// The colours of the pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    /// As the system is set.
    #[default]
    Auto,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Theme {
    /// All themes.
    pub const ALL: [Self; 3] = [Self::Auto, Self::Light, Self::Dark];

    /// The name, as stored and as in HTML.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

impl FromStr for Theme {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        Self::ALL
            .into_iter()
            .find(|theme| theme.name() == text)
            .ok_or_else(|| {
                Error::invalid_field(
                    "theme",
                    format!("There is no theme {text}. Choose auto, light or dark."),
                )
            })
    }
}

/// A mail address, lower-case, checked for its shape only: whether it works shows when mail is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Email(String);

impl Email {
    /// Parses an address.
    ///
    /// # Errors
    /// [`Error::Invalid`] when it cannot be a mail address.
    pub fn parse(text: &str) -> Result<Self> {
        let address = text.trim().to_lowercase();
        let shaped = address.split_once('@').is_some_and(|(local, domain)| {
            !local.is_empty() && !domain.is_empty() && !domain.contains('@')
        });
        let clean = !address
            .chars()
            .any(|c| c.is_whitespace() || c.is_control() || "<>,;\"".contains(c));
        if shaped && clean && address.len() <= 254 {
            return Ok(Self(address));
        }
        Err(Error::invalid_field(
            "email",
            "This is not a mail address. Write it as name@example.org.",
        ))
    }

    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A name that is shown: one line of 1 to 100 characters.
///
/// # Errors
/// [`Error::Invalid`] naming `field` when it is empty, longer, or holds control characters.
pub fn parse_name(field: &str, text: &str) -> Result<String> {
    let name = text.trim();
    if name.is_empty() || name.chars().count() > 100 || name.chars().any(char::is_control) {
        return Err(Error::invalid_field(
            field,
            "Write a name of 1 to 100 characters on one line.",
        ));
    }
    Ok(name.to_owned())
}

/// Shortest password that may be chosen, in characters.
pub const PASSWORD_MIN: usize = 12;
/// Longest password that is looked at, in bytes; hashing longer ones would only burn time.
pub const PASSWORD_MAX: usize = 1024;

/// Checks a password that somebody chooses.
///
/// # Errors
/// [`Error::Invalid`] when it is too short or too long.
pub fn parse_new_password(text: &str) -> Result<Secret> {
    if text.chars().count() < PASSWORD_MIN || text.len() > PASSWORD_MAX {
        return Err(Error::invalid_field(
            "password",
            format!("Choose a password of at least {PASSWORD_MIN} characters; a sentence is good."),
        ));
    }
    Ok(Secret(text.to_owned()))
}

/// From where somebody signs in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Client {
    /// The IP address, or empty when it is not known.
    pub address: String,
    /// The browser, as it names itself.
    pub user_agent: String,
}

/// Who signed in, and how they show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedIn {
    /// The person.
    pub account: Account,
    /// The browser's session, unless they came with a token.
    pub session: Option<SessionId>,
    /// The token and what it allows, unless they came with a session.
    pub token: Option<(TokenId, Vec<Scope>)>,
}

/// A browser that is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Session {
    /// Its number.
    pub id: SessionId,
    /// The browser, as it names itself.
    pub user_agent: String,
    /// The address at sign-in.
    pub address: String,
    /// When it signed in.
    pub created_at: Timestamp,
    /// When it was last used, correct to a few minutes.
    pub last_seen_at: Timestamp,
    /// When it ends, unless it is used before.
    pub expires_at: Timestamp,
}

/// A personal access token, without its secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Token {
    /// Its number.
    pub id: TokenId,
    /// What its owner calls it.
    pub name: String,
    /// The first characters of the secret.
    pub prefix: String,
    /// What it allows.
    pub scopes: Vec<Scope>,
    /// When it was made.
    pub created_at: Timestamp,
    /// Until when it works; always if none.
    pub expires_at: Option<Timestamp>,
    /// When it was last used, correct to a minute.
    pub last_used_at: Option<Timestamp>,
}

/// An invitation, without its secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Invitation {
    /// Its number.
    pub id: InvitationId,
    /// The only address that may be used with it, if set.
    pub email: Option<String>,
    /// The role of the new account.
    pub role: Role,
    /// When it was made.
    pub created_at: Timestamp,
    /// Until when it works.
    pub expires_at: Timestamp,
    /// When somebody used it.
    pub accepted_at: Option<Timestamp>,
}
