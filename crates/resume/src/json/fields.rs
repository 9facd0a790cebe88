//! One object of a file, from which fields are taken; what is left at the end is kept as it was.

use serde_json::{Map, Value};

use super::extension::{ID, KEPT};
use super::parse::pointer_part;
use super::residue::is_residue;
use super::schema::{PERIODS, Place};
use super::values::{self, Address, When};
use crate::report::{Change, Note, Offer, Source};
use crate::{EntryId, Extra, PartialDate};

/// What is noted while a file is read.
#[derive(Debug, Default)]
pub struct Reading {
    /// Whether the file is our own: its values are taken exactly as they are.
    pub own: bool,
    /// The report.
    pub notes: Vec<Note>,
    /// Where the fields stood.
    pub source: Vec<Source>,
}

impl Reading {
    /// Adds a note about `at` in the file and `to` in the resume.
    pub fn note(&mut self, change: Change, at: &str, to: &str, message: String) {
        self.notes.push(Note::new(change, at, Some(to), message));
    }
}

/// An object that is being read.
pub struct Fields {
    pub(super) map: Map<String, Value>,
    pub(super) kept: Extra,
    pub(super) place: &'static Place,
    /// Where it stands in the file.
    pub at: String,
    /// Where it will stand in the resume.
    pub to: String,
}

/// A value with the name under which it stood.
pub(super) struct Taken {
    pub(super) name: String,
    pub(super) value: Value,
}

impl Fields {
    /// An object of this kind.
    pub fn new(map: Map<String, Value>, place: &'static Place, at: String, to: String) -> Self {
        Self {
            map,
            kept: Extra::new(),
            place,
            at,
            to,
        }
    }

    pub(super) fn at(&self, name: &str) -> String {
        format!("{}/{}", self.at, pointer_part(name))
    }

    pub(super) fn to(&self, key: &str) -> String {
        format!("{}/{key}", self.to)
    }

    /// Takes the value of a key, or of the first other name under which there is one.
    pub(super) fn take(&mut self, r: &mut Reading, key: &'static str) -> Option<Taken> {
        if let Some(value) = self.map.remove(key) {
            let says = match &value {
                Value::String(text) => r.own || !text.trim().is_empty(),
                Value::Null => false,
                _ => true,
            };
            if says {
                return Some(Taken {
                    name: key.to_owned(),
                    value,
                });
            }
            self.empty(r, key, &value);
        }
        let aliases = self.place.key(key).map_or(&[][..], |key| key.aliases);
        let (name, value) = aliases
            .iter()
            .find_map(|alias| self.map.remove_entry(*alias))?;
        if matches!(&value, Value::Null)
            || value.as_str().is_some_and(|text| text.trim().is_empty())
        {
            self.empty(r, &name, &value);
            return None;
        }
        let message = format!("`{name}` is called `{key}` in JSON Resume");
        r.note(Change::Renamed, &self.at(&name), &self.to(key), message);
        Some(Taken { name, value })
    }

    fn empty(&self, r: &mut Reading, name: &str, value: &Value) {
        let goes_on = if name == "endDate" {
            ": it goes on"
        } else {
            ""
        };
        let what = if value.is_null() {
            "null"
        } else {
            "an empty text"
        };
        let message = format!("`{name}` was {what} and is left out{goes_on}");
        r.note(Change::Empty, &self.at(name), &self.to, message);
    }

    /// Keeps a value that no field can hold.
    pub(super) fn keep(&mut self, r: &mut Reading, taken: Taken, why: &str) {
        let Taken { name, value } = taken;
        let message = format!("`{name}` {why}; it is kept as it was");
        r.note(Change::Kept, &self.at(&name), &self.to, message);
        self.kept.insert(name, value);
    }

    /// The text of a scalar, with notes when it was written differently.
    pub(super) fn scalar(
        &self,
        r: &mut Reading,
        value: &Value,
        at: &str,
        to: &str,
    ) -> Option<String> {
        let text = match value {
            Value::String(text) => text.clone(),
            Value::Number(_) | Value::Bool(_) => {
                r.note(
                    Change::Normalised,
                    at,
                    to,
                    format!("{value} is now the text `{value}`"),
                );
                value.to_string()
            }
            _ => return None,
        };
        if r.own {
            return Some(text);
        }
        let trimmed = text.trim();
        if trimmed.len() != text.len() {
            let message = format!("spaces around `{trimmed}` are left out");
            r.note(Change::Normalised, at, to, message);
        }
        if is_residue(trimmed) {
            let message =
                format!("`{trimmed}` is a leftover of a template: replace it or delete it");
            r.note(Change::Residue, at, to, message);
        }
        r.source.push(Source {
            path: to.to_owned(),
            text: trimmed.to_owned(),
            at: at.to_owned(),
        });
        Some(trimmed.to_owned())
    }

    /// A text.
    pub fn text(&mut self, r: &mut Reading, key: &'static str) -> String {
        let Some(taken) = self.take(r, key) else {
            return String::new();
        };
        let (at, to) = (self.at(&taken.name), self.to(key));
        if let Some(text) = self.scalar(r, &taken.value, &at, &to) {
            return text;
        }
        let lines: Option<Vec<&str>> = match &taken.value {
            Value::Array(items) => items.iter().map(Value::as_str).collect(),
            _ => None,
        };
        if let Some(lines) = lines.filter(|lines| !lines.is_empty()) {
            let text = lines.join("\n");
            let message = format!(
                "the list `{}` is now one text with a line for each item",
                taken.name
            );
            r.note(Change::Normalised, &at, &to, message);
            return text;
        }
        self.keep(r, taken, "should be a text");
        String::new()
    }

    /// An address.
    pub fn url(&mut self, r: &mut Reading, key: &'static str) -> String {
        let text = self.text(r, key);
        if r.own || text.is_empty() {
            return text;
        }
        let (at, to) = (self.at(key), self.to(key));
        match values::address(&text) {
            Address::Whole => text,
            Address::Bare(whole) => {
                let message = format!("`{text}` lacked `https://` and is now `{whole}`");
                r.note(Change::Normalised, &at, &to, message);
                whole
            }
            Address::Odd => {
                let message =
                    format!("`{text}` does not look like an address; it is kept as it was");
                r.note(Change::Suspicious, &at, &to, message);
                text
            }
        }
    }

    /// A date.
    pub fn date(&mut self, r: &mut Reading, key: &'static str) -> Option<PartialDate> {
        let taken = self.take(r, key)?;
        let (at, to) = (self.at(&taken.name), self.to(key));
        let text = match &taken.value {
            Value::String(text) => text.trim().to_owned(),
            Value::Number(number) => number.to_string(),
            _ => String::new(),
        };
        let note = |r: &mut Reading, message| r.note(Change::Normalised, &at, &to, message);
        let date = match values::when(&text) {
            When::Exact(date) => {
                if taken.value != Value::String(text.clone()) {
                    note(r, format!("{} is now `{date}`", taken.value));
                }
                date
            }
            When::Meant(date) => {
                note(r, format!("`{text}` is now `{date}`"));
                date
            }
            When::Open if key == "endDate" => {
                note(r, format!("`{text}` means that it goes on: no `endDate`"));
                return None;
            }
            When::Open | When::Range(_) | When::Odd => {
                self.keep(r, taken, "is no date that is understood");
                return None;
            }
        };
        r.source.push(Source { path: to, text, at });
        Some(date)
    }

    /// The first and the last day, also where one key holds both.
    pub fn period(&mut self, r: &mut Reading) -> (Option<PartialDate>, Option<PartialDate>) {
        let mut dates = (self.date(r, "startDate"), self.date(r, "endDate"));
        if dates == (None, None)
            && let Some(name) = PERIODS
                .iter()
                .find(|name| self.map.get(**name).is_some_and(Value::is_string))
            && let Some(range) = self
                .map
                .get(*name)
                .and_then(Value::as_str)
                .and_then(crate::dates::range)
        {
            let message = format!("`{name}` is now `startDate` and `endDate`");
            r.note(
                Change::Normalised,
                &self.at(name),
                &self.to("startDate"),
                message,
            );
            self.map.remove(*name);
            dates = (range.start, range.end);
        }
        if let (Some(start), Some(end)) = dates
            && !r.own
            && end.first_day() < start.first_day()
            && !(end.month().is_none() && end.year() == start.year())
        {
            let message =
                format!("the end ({end}) is before the start ({start}): correct one of them");
            r.note(
                Change::Suspicious,
                &self.at("endDate"),
                &self.to("endDate"),
                message,
            );
        }
        dates
    }

    /// Offers bullets that stand within a paragraph.
    pub fn offer_bullets(&self, r: &mut Reading, key: &'static str, text: &str, entry: &EntryId) {
        if r.own {
            return;
        }
        if let Some((summary, bullets)) = values::bullets_within(text) {
            let message = format!(
                "`{key}` holds {} bullets: they can become bullets of the entry",
                bullets.len()
            );
            let offer = Offer::Bullets {
                entry: entry.clone(),
                summary,
                bullets,
            };
            let note = Note::new(Change::Offered, &self.at(key), Some(&self.to(key)), message);
            r.notes.push(Note {
                offer: Some(offer),
                ..note
            });
        }
    }

    /// The id that our own files give an entry.
    pub fn id(&mut self, r: &Reading) -> EntryId {
        let id = if r.own { self.map.remove(ID) } else { None };
        EntryId(
            id.and_then(|id| id.as_str().map(str::to_owned))
                .unwrap_or_default(),
        )
    }

    /// Takes a value whose meaning is looked at elsewhere.
    pub fn raw(&mut self, key: &str) -> Option<Value> {
        self.map.remove(key)
    }

    /// Gives a value its place again.
    pub fn put(&mut self, key: &str, value: Value) {
        self.map.insert(key.to_owned(), value);
    }

    /// What no field took.
    pub fn rest(mut self, r: &mut Reading, silent: &[&str]) -> Extra {
        if r.own
            && let Some(Value::Object(kept)) = self.map.remove(KEPT)
        {
            self.kept.extend(kept);
        }
        for (name, _) in self
            .map
            .iter()
            .filter(|(name, _)| !r.own && !silent.contains(&name.as_str()))
        {
            let message = format!("`{name}` is unknown to JSON Resume; it is kept as it was");
            r.notes.push(Note::new(
                Change::Kept,
                &self.at(name),
                Some(&self.at_rest(name)),
                message,
            ));
        }
        let mut rest = self.map;
        rest.extend(self.kept);
        rest
    }

    fn at_rest(&self, name: &str) -> String {
        format!("{}/{}", self.to, pointer_part(name))
    }
}
