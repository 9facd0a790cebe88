//! From what somebody types to a contact, a company or an event: each field checked once.

use std::collections::HashSet;

use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};

use super::model::{Contact, Met, Touch};
use crate::accounts::model::Email;
use crate::clock::Timestamp;
use crate::error::{Error, FieldProblem, Result};

/// Longest short field, in characters.
const SHORT: usize = 300;
/// Longest text, in characters.
const LONG: usize = 20_000;
/// Most mail addresses, numbers or links of one contact.
const MOST: usize = 50;

/// A contact as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContactInput {
    /// The name.
    pub name: String,
    /// Mail addresses.
    pub mails: Vec<String>,
    /// Telephone numbers.
    pub phones: Vec<String>,
    /// Web addresses.
    pub links: Vec<String>,
    /// What they do.
    pub role: String,
    /// Where they work.
    pub company: String,
    /// Where they were met: a name of [`Met`], or empty.
    pub met: String,
    /// More on that.
    pub met_note: String,
    /// Anything else.
    pub notes: String,
}

/// What can be stored of a contact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactParts {
    /// The name.
    pub name: String,
    /// Mail addresses in lower case, each once.
    pub mails: Vec<String>,
    /// Telephone numbers, each once.
    pub phones: Vec<String>,
    /// Web addresses, each once.
    pub links: Vec<String>,
    /// What they do.
    pub role: String,
    /// Where they work.
    pub company: String,
    /// Where they were met.
    pub met: Option<Met>,
    /// More on that.
    pub met_note: String,
    /// Anything else.
    pub notes: String,
}

impl ContactParts {
    /// What a contact is now.
    #[must_use]
    pub fn of(contact: &Contact) -> Self {
        Self {
            name: contact.name.clone(),
            mails: contact.mails.clone(),
            phones: contact.phones.clone(),
            links: contact.links.clone(),
            role: contact.role.clone(),
            company: contact.company.clone(),
            met: contact.met,
            met_note: contact.met_note.clone(),
            notes: contact.notes.clone(),
        }
    }
}

impl ContactInput {
    /// What a contact is now, to be changed.
    #[must_use]
    pub fn of(contact: &Contact) -> Self {
        Self {
            name: contact.name.clone(),
            mails: contact.mails.clone(),
            phones: contact.phones.clone(),
            links: contact.links.clone(),
            role: contact.role.clone(),
            company: contact.company.clone(),
            met: contact.met.map_or("", Met::name).to_owned(),
            met_note: contact.met_note.clone(),
            notes: contact.notes.clone(),
        }
    }

    /// Checks every field.
    ///
    /// # Errors
    /// [`Error::Invalid`] with all that cannot be used.
    pub fn parse(&self) -> Result<ContactParts> {
        let mut problems = Vec::new();
        let name = required(
            "name",
            &self.name,
            "Write the person's name.",
            &mut problems,
        );
        let mails = self
            .mails
            .iter()
            .map(|mail| mail.trim())
            .filter(|mail| !mail.is_empty());
        let mails: Vec<String> = mails
            .filter_map(|mail| match Email::parse(mail) {
                Ok(email) => Some(email.as_str().to_owned()),
                Err(_) => {
                    let message = format!("\"{}\" is not a mail address. Write it as name@example.org, one in each line.", start_of(mail));
                    problems.push(FieldProblem { field: "mails".into(), message });
                    None
                }
            })
            .collect();
        let met = match self.met.trim() {
            "" => None,
            name => name
                .parse::<Met>()
                .map_err(|error| problems.extend(fields_of(error)))
                .ok(),
        };
        let parts = ContactParts {
            name,
            mails: distinct("mails", mails, &mut problems),
            phones: lines("phones", &self.phones, &mut problems),
            links: lines("links", &self.links, &mut problems),
            role: short("role", &self.role, &mut problems),
            company: short("company", &self.company, &mut problems),
            met,
            met_note: short("met_note", &self.met_note, &mut problems),
            notes: long("notes", &self.notes, &mut problems),
        };
        unless(problems, parts)
    }
}

/// A company as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CompanyInput {
    /// The name.
    pub name: String,
    /// What to remember.
    pub notes: String,
    /// Web addresses.
    pub links: Vec<String>,
}

impl CompanyInput {
    /// The same, cleaned.
    ///
    /// # Errors
    /// [`Error::Invalid`] with all that cannot be used.
    pub fn parse(&self) -> Result<Self> {
        let mut problems = Vec::new();
        let parts = Self {
            name: required(
                "name",
                &self.name,
                "Write the company's name.",
                &mut problems,
            ),
            notes: long("notes", &self.notes, &mut problems),
            links: lines("links", &self.links, &mut problems),
        };
        unless(problems, parts)
    }
}

/// An event as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EventInput {
    /// What it is called.
    pub name: String,
    /// Where.
    pub place: String,
    /// Its page on the web.
    pub url: String,
    /// When it begins, by the clocks of the place: `2026-12-03T18:30` or with a space.
    pub starts: String,
    /// When it ends; may be empty.
    pub ends: String,
    /// IANA time zone of the place.
    pub time_zone: String,
    /// What to remember.
    pub notes: String,
}

/// What can be stored of an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventParts {
    /// What it is called.
    pub name: String,
    /// Where.
    pub place: String,
    /// Its page on the web; empty if there is none.
    pub url: String,
    /// When it begins.
    pub starts_at: Timestamp,
    /// When it ends.
    pub ends_at: Option<Timestamp>,
    /// IANA time zone.
    pub time_zone: String,
    /// What to remember.
    pub notes: String,
}

impl EventInput {
    /// Checks every field; `usual_zone` stands in for an empty time zone.
    ///
    /// # Errors
    /// [`Error::Invalid`] with all that cannot be used.
    pub fn parse(&self, usual_zone: &str) -> Result<EventParts> {
        let mut problems = Vec::new();
        let zone = match self.time_zone.trim() {
            "" => usual_zone,
            zone => zone,
        };
        let start = instant("starts", &self.starts, zone).map_err(fields_of);
        let end = match self.ends.trim() {
            "" => Ok(None),
            text => instant("ends", text, zone).map(Some).map_err(fields_of),
        };
        let name = required(
            "name",
            &self.name,
            "Write what the event is called.",
            &mut problems,
        );
        let place = short("place", &self.place, &mut problems);
        let notes = long("notes", &self.notes, &mut problems);
        let url = link("url", &self.url, &mut problems);
        let (starts_at, ends_at) = match (start, end) {
            (Ok(start), Ok(end)) => (start, end),
            (start, end) => {
                problems.extend(start.err().into_iter().chain(end.err()).flatten());
                return Err(refused(problems));
            }
        };
        if ends_at.is_some_and(|end| end < starts_at) {
            let message = "It ends before it begins. Correct one of the two times.".into();
            problems.push(FieldProblem {
                field: "ends".into(),
                message,
            });
        }
        let time_zone = zone.to_owned();
        unless(
            problems,
            EventParts {
                name,
                place,
                url,
                starts_at,
                ends_at,
                time_zone,
                notes,
            },
        )
    }
}

/// A day as typed: `2026-12-01`.
///
/// # Errors
/// [`Error::Invalid`] for the field when it is none.
pub fn day(field: &str, text: &str) -> Result<Date> {
    let trimmed = text.trim();
    trimmed.parse::<Date>().map_err(|_| {
        Error::invalid_field(
            field,
            format!(
                "\"{}\" is not a day. Write it as 2026-12-01.",
                start_of(trimmed)
            ),
        )
    })
}

/// A day that may be left out.
///
/// # Errors
/// [`Error::Invalid`] for the field when it is none.
pub fn optional_day(field: &str, text: &str) -> Result<Option<Date>> {
    match text.trim() {
        "" => Ok(None),
        text => day(field, text).map(Some),
    }
}

/// The next touch as typed; none when the day is empty.
///
/// # Errors
/// [`Error::Invalid`] when the day is none.
pub fn touch(on: &str, reason: &str) -> Result<Option<Touch>> {
    let mut problems = Vec::new();
    let reason = short("reason", reason, &mut problems);
    let on = optional_day("on", on)?;
    unless(problems, on.map(|on| Touch { on, reason }))
}

/// An instant by the clocks of a time zone; a day alone is its noon.
///
/// # Errors
/// [`Error::Invalid`] for the field when it is none, or the time zone does not exist.
pub fn instant(field: &str, text: &str, zone: &str) -> Result<Timestamp> {
    let Ok(zone_found) = jiff::tz::TimeZone::get(zone) else {
        let message = format!(
            "There is no time zone \"{}\". Use a name such as Europe/Zurich or UTC.",
            start_of(zone)
        );
        return Err(Error::invalid_field("time_zone", message));
    };
    let text = text.trim();
    if let Ok(exact) = text.parse::<jiff::Timestamp>() {
        return Ok(exact.into());
    }
    let local = match text.parse::<Date>() {
        Ok(date) if text.len() <= 10 => Ok(date.at(12, 0, 0, 0)),
        _ => text.parse::<DateTime>(),
    };
    let told = local
        .ok()
        .and_then(|local| zone_found.to_timestamp(local).ok());
    told.map(Timestamp::from).ok_or_else(|| {
        let message = format!(
            "\"{}\" is not a time. Write it as 2026-12-03 18:30.",
            start_of(text)
        );
        Error::invalid_field(field, message)
    })
}

/// A text of an entry or a promise.
///
/// # Errors
/// [`Error::Invalid`] for the field when it is empty or too long.
pub fn words(field: &str, text: &str, missing: &str) -> Result<String> {
    let mut problems = Vec::new();
    let text = long(field, text, &mut problems);
    if text.is_empty() {
        return Err(Error::invalid_field(field, missing));
    }
    unless(problems, text)
}

fn required(field: &str, text: &str, missing: &str, problems: &mut Vec<FieldProblem>) -> String {
    let text = short(field, text, problems);
    if text.is_empty() {
        let (field, message) = (field.to_owned(), missing.to_owned());
        problems.push(FieldProblem { field, message });
    }
    text
}

/// One line without control characters.
fn short(field: &str, text: &str, problems: &mut Vec<FieldProblem>) -> String {
    let clean: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    let clean = clean.split_whitespace().collect::<Vec<_>>().join(" ");
    limited(field, clean, SHORT, problems)
}

fn long(field: &str, text: &str, problems: &mut Vec<FieldProblem>) -> String {
    let clean: String = text
        .replace("\r\n", "\n")
        .chars()
        .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))
        .collect();
    limited(field, clean.trim().to_owned(), LONG, problems)
}

fn limited(field: &str, text: String, most: usize, problems: &mut Vec<FieldProblem>) -> String {
    let length = text.chars().count();
    if length > most {
        let message = format!("This has {length} characters, {most} are the most. Shorten it.");
        problems.push(FieldProblem {
            field: field.to_owned(),
            message,
        });
    }
    text
}

fn lines(field: &str, all: &[String], problems: &mut Vec<FieldProblem>) -> Vec<String> {
    let mut clean = Vec::new();
    for one in all {
        clean.push(short(field, one, problems));
    }
    distinct(field, clean, problems)
}

fn distinct(field: &str, all: Vec<String>, problems: &mut Vec<FieldProblem>) -> Vec<String> {
    let mut seen = HashSet::new();
    let kept: Vec<String> = all
        .into_iter()
        .filter(|one| !one.is_empty() && seen.insert(one.clone()))
        .collect();
    if kept.len() > MOST {
        let message = format!("These are {}, {MOST} are the most.", kept.len());
        problems.push(FieldProblem {
            field: field.to_owned(),
            message,
        });
    }
    kept
}

fn link(field: &str, text: &str, problems: &mut Vec<FieldProblem>) -> String {
    let text = short(field, text, problems);
    let is_web = url::Url::parse(&text).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
    if !text.is_empty() && !is_web {
        let message = "This is no web address. Write it as https://example.org/event.".into();
        problems.push(FieldProblem {
            field: field.to_owned(),
            message,
        });
    }
    text
}

fn fields_of(error: Error) -> Vec<FieldProblem> {
    match error {
        Error::Invalid { fields, .. } if !fields.is_empty() => fields,
        other => vec![FieldProblem {
            field: String::new(),
            message: other.to_string(),
        }],
    }
}

fn refused(problems: Vec<FieldProblem>) -> Error {
    let told: Vec<&str> = problems.iter().map(|one| one.message.as_str()).collect();
    Error::Invalid {
        message: told.join(" "),
        fields: problems,
    }
}

fn unless<T>(problems: Vec<FieldProblem>, parts: T) -> Result<T> {
    if problems.is_empty() {
        Ok(parts)
    } else {
        Err(refused(problems))
    }
}

fn start_of(text: &str) -> String {
    text.chars().take(60).collect()
}

#[cfg(test)]
#[path = "input_tests.rs"]
mod tests;
