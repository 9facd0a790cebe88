//! What a saved search, a match and a delivery are, and the rules that their fields obey. Pure.

use serde::{Deserialize, Serialize};
use url::Url;
use utoipa::ToSchema;

use super::schedule::{Schedule, parse_time_zone};
use crate::accounts::model::{AccountId, Email, parse_name};
use crate::clock::Timestamp;
use crate::error::{Error, FieldProblem, Result};
use crate::postings::model::PostingId;
use crate::postings::query::PostingQuery;
use crate::row_id::row_id;

/// Longest search that is saved, as the query part of an address, in bytes.
const QUERY_LONGEST: usize = 4_000;
/// Saved searches of one account at most; a mentor or a careers office keeps some for each of many people.
pub const ALERTS_MOST: u64 = 10_000;
/// Bytes of a webhook's secret.
pub const SECRET_BYTES: usize = 24;

row_id!(
    /// A saved search's row id.
    AlertId
);
row_id!(
    /// A delivery's row id.
    DeliveryId
);

/// A way to deliver, beside the feed, which is always there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Channel {
    /// Mail.
    Mail {
        /// To whom.
        to: String,
        /// Why it is turned off, if it is.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        off: Option<String>,
    },
    /// A POST, signed as Standard Webhooks says.
    Webhook {
        /// Where to.
        url: String,
        /// The key of the signature: `whsec_` and Base64.
        secret: String,
        /// Why it is turned off, if it is.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        off: Option<String>,
    },
}

impl Channel {
    /// The kind's name, as stored with a delivery.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Mail { .. } => "mail",
            Self::Webhook { .. } => "webhook",
        }
    }

    /// The address.
    #[must_use]
    pub fn target(&self) -> &str {
        match self {
            Self::Mail { to, .. } => to,
            Self::Webhook { url, .. } => url,
        }
    }

    /// Why it is turned off, if it is.
    #[must_use]
    pub fn off(&self) -> Option<&str> {
        match self {
            Self::Mail { off, .. } | Self::Webhook { off, .. } => off.as_deref(),
        }
    }

    /// Turns it off.
    pub fn turn_off(&mut self, why: &str) {
        match self {
            Self::Mail { off, .. } | Self::Webhook { off, .. } => *off = Some(why.to_owned()),
        }
    }
}

/// A saved search with its schedule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedSearch {
    /// Its number.
    pub id: AlertId,
    /// Whose.
    pub account: AccountId,
    /// What its owner calls it.
    pub name: String,
    /// What is searched for.
    pub query: PostingQuery,
    /// When it is delivered.
    pub schedule: Schedule,
    /// By which IANA time zone.
    pub time_zone: String,
    /// How, beside the feed.
    pub channels: Vec<Channel>,
    /// The secret part of the feeds' addresses.
    pub feed_token: String,
    /// The secret part of the address that turns mail off.
    pub unsubscribe_token: String,
    /// Made.
    pub created_at: Timestamp,
    /// The last event of the log that was looked at.
    pub seen_event: i64,
    /// When something was last found.
    pub last_run_at: Option<Timestamp>,
    /// When what has gathered is delivered next; none for what is delivered at once, or paused.
    pub next_due_at: Option<Timestamp>,
    /// Paused since.
    pub paused_at: Option<Timestamp>,
}

impl SavedSearch {
    /// Its page's path.
    #[must_use]
    pub fn path(&self) -> String {
        format!("/alerts/{}", self.id)
    }

    /// The channels that are not turned off.
    pub fn live_channels(&self) -> impl Iterator<Item = &Channel> {
        self.channels
            .iter()
            .filter(|channel| channel.off().is_none())
    }

    /// The address that mail goes to, unless it is turned off.
    #[must_use]
    pub fn mail(&self) -> Option<&str> {
        self.live("mail")
    }

    /// The address that the webhook posts to, unless it is turned off.
    #[must_use]
    pub fn webhook(&self) -> Option<&str> {
        self.live("webhook")
    }

    fn live(&self, name: &str) -> Option<&str> {
        let mut found = self.live_channels().filter(|one| one.name() == name);
        found.next().map(Channel::target)
    }

    /// The path of the Atom feed, which is a secret.
    #[must_use]
    pub fn atom_path(&self) -> String {
        format!("/feeds/{}.atom", self.feed_token)
    }

    /// The path of the JSON Feed, which is a secret.
    #[must_use]
    pub fn json_feed_path(&self) -> String {
        format!("/feeds/{}.json", self.feed_token)
    }

    /// The alert as somebody would write it, to change a part of it.
    #[must_use]
    pub fn to_input(&self) -> AlertInput {
        AlertInput {
            name: self.name.clone(),
            query: self.query.clone(),
            schedule: self.schedule,
            time_zone: self.time_zone.clone(),
            mail: self.mail().unwrap_or_default().to_owned(),
            webhook: self.webhook().unwrap_or_default().to_owned(),
        }
    }
}

/// What somebody wants an alert to be, as they wrote it.
#[derive(Clone, Debug, Default)]
pub struct AlertInput {
    /// What to call it.
    pub name: String,
    /// What to search for.
    pub query: PostingQuery,
    /// When to deliver.
    pub schedule: Schedule,
    /// By which IANA time zone; empty: the account's.
    pub time_zone: String,
    /// Mail to this address; empty: none.
    pub mail: String,
    /// A webhook to this address; empty: none.
    pub webhook: String,
}

/// The same, checked.
#[derive(Clone, Debug)]
pub struct AlertParts {
    /// What to call it.
    pub name: String,
    /// What to search for, without the page.
    pub query: PostingQuery,
    /// When to deliver.
    pub schedule: Schedule,
    /// By which IANA time zone.
    pub time_zone: String,
    /// Mail to this address.
    pub mail: Option<String>,
    /// A webhook to this address.
    pub webhook: Option<String>,
}

impl AlertInput {
    /// Checks everything, and says all that is wrong at once.
    ///
    /// # Errors
    /// [`Error::Invalid`] with the fields that cannot be used.
    pub fn parse(self, account_zone: &str) -> Result<AlertParts> {
        let mut problems = Vec::new();
        let zone = if self.time_zone.trim().is_empty() {
            account_zone
        } else {
            &self.time_zone
        };
        let parts = AlertParts {
            name: kept(parse_name("name", &self.name), &mut problems),
            time_zone: kept(parse_time_zone(zone), &mut problems),
            mail: kept(optional(&self.mail, parse_mail), &mut problems),
            webhook: kept(optional(&self.webhook, parse_webhook), &mut problems),
            schedule: kept(self.schedule.checked(), &mut problems),
            query: kept(parse_query(self.query), &mut problems),
        };
        match problems.as_slice() {
            [] => Ok(parts),
            [first, ..] => Err(Error::Invalid {
                message: first.message.clone(),
                fields: problems,
            }),
        }
    }
}

/// The value, or its default with what was wrong noted.
fn kept<T: Default>(result: Result<T>, problems: &mut Vec<FieldProblem>) -> T {
    match result {
        Ok(value) => value,
        Err(Error::Invalid { message, fields }) => {
            if fields.is_empty() {
                let field = String::new();
                problems.push(FieldProblem { field, message });
            }
            problems.extend(fields);
            T::default()
        }
        Err(other) => {
            let (field, message) = (String::new(), other.to_string());
            problems.push(FieldProblem { field, message });
            T::default()
        }
    }
}

fn optional(text: &str, parse: impl Fn(&str) -> Result<String>) -> Result<Option<String>> {
    let text = text.trim();
    if text.is_empty() {
        Ok(None)
    } else {
        parse(text).map(Some)
    }
}

fn parse_mail(text: &str) -> Result<String> {
    let refused = || {
        Error::invalid_field(
            "mail",
            "This is not a mail address. Write it as name@example.org.",
        )
    };
    let email = Email::parse(text).map_err(|_| refused())?;
    // The mail library has the last word, so that a delivery never fails for the address's form.
    let address: lettre::Address = email.as_str().parse().map_err(|_| refused())?;
    Ok(address.to_string())
}

fn parse_webhook(text: &str) -> Result<String> {
    let url = Url::parse(text)
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https") && url.host().is_some());
    match url {
        Some(url)
            if text.len() <= 2_000 && url.username().is_empty() && url.password().is_none() =>
        {
            Ok(url.to_string())
        }
        _ => Err(Error::invalid_field(
            "webhook",
            "This is not a web address that can be sent to. Write it as https://example.org/hook, without user and password.",
        )),
    }
}

/// A search as it is saved: without its page and its order, which say nothing about what matches.
fn parse_query(query: PostingQuery) -> Result<PostingQuery> {
    let text = query.to_query_string();
    if text.len() > QUERY_LONGEST {
        return Err(Error::invalid_field(
            "query",
            format!(
                "This search is {} bytes long; at most {QUERY_LONGEST} can be saved. Leave some of it out.",
                text.len()
            ),
        ));
    }
    PostingQuery::parse_str(&text)
}

/// A posting that a saved search found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// Its number; grows in the order of finding.
    pub id: i64,
    /// The posting.
    pub posting: PostingId,
    /// When it was found.
    pub matched_at: Timestamp,
    /// Why.
    pub reasons: Vec<String>,
    /// Whether it was handed over for delivery.
    pub handed_over: bool,
}

/// How a delivery stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DeliveryState {
    /// On its way, or waiting to be tried again.
    Pending,
    /// Taken by the other side.
    Delivered,
    /// Given up; the error says why.
    Failed,
}

impl DeliveryState {
    /// The name, as stored.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Delivered => "delivered",
            Self::Failed => "failed",
        }
    }

    /// From what is stored; what this version does not know counts as given up.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        match text {
            "pending" => Self::Pending,
            "delivered" => Self::Delivered,
            _ => Self::Failed,
        }
    }
}

/// One alert over one channel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Delivery {
    /// Its number.
    pub id: DeliveryId,
    /// Which saved search.
    pub alert: AlertId,
    /// The delivery that the matches are written to: the first of those that carry the same ones.
    #[serde(skip)]
    pub batch: DeliveryId,
    /// `mail`, `webhook`, or `feed` when there was nothing else.
    pub channel: String,
    /// The address.
    pub target: String,
    /// How it stands.
    pub state: DeliveryState,
    /// How often it was tried.
    pub attempts: u32,
    /// How many postings it tells of; 0 for a test.
    pub posting_count: u32,
    /// Why the last try failed, with what to do.
    pub error: Option<String>,
    /// Made.
    pub created_at: Timestamp,
    /// Delivered or given up.
    pub finished_at: Option<Timestamp>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_that_is_wrong_is_told_at_once() {
        let input = AlertInput {
            name: "two\nlines".into(),
            time_zone: "Mars/Olympus".into(),
            mail: "a@b\r\nBcc: c@d".into(),
            webhook: "ftp://example.org".into(),
            schedule: Schedule::Daily { hour: 25 },
            query: PostingQuery {
                q: "x".repeat(5_000),
                ..PostingQuery::default()
            },
        };
        let Err(Error::Invalid { fields, .. }) = input.parse("UTC") else {
            panic!("it is refused");
        };
        let names: Vec<&str> = fields
            .iter()
            .map(|problem| problem.field.as_str())
            .collect();
        assert_eq!(
            names,
            ["name", "time_zone", "mail", "webhook", "hour", "query"]
        );
    }

    #[test]
    fn a_saved_search_has_no_page_and_takes_the_accounts_time_zone() {
        let input = AlertInput {
            name: " Java ".into(),
            mail: "Ada@Example.org".into(),
            query: PostingQuery {
                cursor: Some("abc".into()),
                limit: 7,
                q: "java".into(),
                ..PostingQuery::default()
            },
            ..AlertInput::default()
        };
        let parts = input.parse("Europe/Zurich").unwrap();
        assert_eq!(
            (parts.name.as_str(), parts.time_zone.as_str()),
            ("Java", "Europe/Zurich")
        );
        assert_eq!(parts.mail.as_deref(), Some("ada@example.org"));
        assert_eq!((parts.query.cursor, parts.query.limit), (None, 0));
    }

    #[test]
    fn a_webhook_with_a_password_is_refused() {
        for text in [
            "https://u:p@example.org/",
            "https://",
            "example.org",
            "file:///etc/passwd",
        ] {
            assert!(parse_webhook(text).is_err(), "{text}");
        }
        assert!(parse_webhook("https://example.org/hook?x=1").is_ok());
    }
}
