//! What feeds of jobs add to their entries beyond the standard: employer, places, kind of employment.
//!
//! feed-rs leaves out elements of namespaces that it does not know (`job_listing:location`, `tt:city`, ...), and the fields
//! that JSON Feed allows behind an underscore. They are read here by their local names and joined by link or id.

use std::collections::HashMap;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use serde_json::Value;

use crate::fetch::parse_json;
use crate::postings::sources::markup;
use crate::postings::sources::model::RawLocation;
use crate::postings::sources::record::text;

/// What one entry says beyond the standard.
#[derive(Clone, Debug, Default)]
pub(super) struct Extras {
    pub(super) company: Option<String>,
    pub(super) locations: Vec<RawLocation>,
    pub(super) workplace: Option<String>,
    pub(super) employment_type: Option<String>,
    pub(super) department: Option<String>,
    pub(super) salary: Option<String>,
    /// A schema.org `JobPosting` that stands in a JSON Feed item (`_jobposting`).
    pub(super) job_posting: Option<Value>,
}

/// Extras by link and by id of their entries. Whatever is broken ends the reading; feed-rs decides whether the feed is one.
pub(super) fn of_feed(body: &str) -> HashMap<String, Extras> {
    if body.starts_with('{') {
        of_json(body)
    } else {
        of_xml(body)
    }
}

fn of_json(body: &str) -> HashMap<String, Extras> {
    let feed = parse_json(body).unwrap_or_default();
    let mut extras = HashMap::new();
    for item in feed
        .get("items")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
    {
        let posting = item
            .get("_jobposting")
            .or_else(|| item.get("_job_posting"))
            .filter(|posting| posting.is_object());
        let keys = [text(item, "/url"), text(item, "/id")];
        for key in keys.into_iter().flatten() {
            extras.insert(
                key,
                Extras {
                    job_posting: posting.cloned(),
                    ..Extras::default()
                },
            );
        }
    }
    extras
}

/// Where the reading stands within an entry.
#[derive(Default)]
struct Entry {
    keys: Vec<String>,
    extras: Extras,
    /// Local names of the open elements below the entry.
    open: Vec<String>,
    text: String,
    /// A place whose parts stand right in the entry (`<city>`, `<country>`).
    flat: RawLocation,
}

fn of_xml(body: &str) -> HashMap<String, Extras> {
    let mut reader = Reader::from_str(body);
    reader.config_mut().check_end_names = false;
    let mut all = HashMap::new();
    let mut entry: Option<Entry> = None;
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => start(&mut entry, &tag),
            Ok(Event::Empty(tag)) => {
                if let Some(entry) = &mut entry {
                    entry.link(&tag);
                }
            }
            Ok(Event::Text(part)) => append(&mut entry, &part),
            Ok(Event::CData(part)) => append(&mut entry, &part),
            Ok(Event::GeneralRef(name)) => append(&mut entry, &format!("&{};", &*name)),
            Ok(Event::End(tag)) => {
                if let Some(done) = end(&mut entry, &local(tag.local_name().as_ref())) {
                    done.store(&mut all);
                }
            }
            Ok(Event::Eof) | Err(_) => return all,
            Ok(_) => {}
        }
    }
}

fn start(entry: &mut Option<Entry>, tag: &BytesStart<'_>) {
    let name = local(tag.local_name().as_ref());
    match entry {
        None if matches!(name.as_str(), "item" | "entry") => *entry = Some(Entry::default()),
        None => {}
        Some(entry) => {
            entry.link(tag);
            if name == "location" {
                entry.extras.locations.push(RawLocation::default());
            }
            entry.open.push(name);
            entry.text.clear();
        }
    }
}

/// Ends an element; gives the entry when it was the entry itself.
fn end(entry: &mut Option<Entry>, name: &str) -> Option<Entry> {
    let open = entry.as_mut()?;
    match open.open.pop() {
        None => entry.take(),
        Some(_) => {
            let value = markup::plain(&std::mem::take(&mut open.text));
            if !value.is_empty() {
                open.take(name, value);
            }
            None
        }
    }
}

fn append(entry: &mut Option<Entry>, part: &str) {
    if let Some(entry) = entry.as_mut().filter(|entry| !entry.open.is_empty()) {
        entry.text.push_str(part);
    }
}

fn local(name: &str) -> String {
    name.to_ascii_lowercase()
}

impl Entry {
    /// Atom has links as attributes.
    fn link(&mut self, tag: &BytesStart<'_>) {
        if tag.local_name().as_ref() == "link"
            && let Ok(Some(href)) = tag.try_get_attribute("href")
        {
            self.keys.push(markup::unescape(&href.value));
        }
    }

    fn take(&mut self, name: &str, value: String) {
        let in_location = self.open.iter().any(|open| open == "location");
        let first = |slot: &mut Option<String>, value: String| {
            slot.get_or_insert(value);
        };
        match name {
            "link" | "guid" | "id" => self.keys.push(value),
            "company" | "company_name" | "companyname" | "employer" | "hiringorganization" => {
                first(&mut self.extras.company, value)
            }
            "job_type" | "jobtype" | "employment_type" | "employmenttype" => {
                first(&mut self.extras.employment_type, value)
            }
            "department" => first(&mut self.extras.department, value),
            "remotestatus" | "remote_status" | "workplace_type" | "workplacetype" => {
                first(&mut self.extras.workplace, value)
            }
            "salary" => first(&mut self.extras.salary, value),
            "location" => {
                if let Some(location) = self
                    .extras
                    .locations
                    .last_mut()
                    .filter(|location| **location == RawLocation::default())
                {
                    location.text = Some(value);
                }
            }
            "city" | "state" | "region" | "country" => {
                let flat = &mut self.flat;
                let place = if in_location {
                    self.extras.locations.last_mut().unwrap_or(flat)
                } else {
                    flat
                };
                match name {
                    "city" => first(&mut place.city, value),
                    "country" => first(&mut place.country, value),
                    _ => first(&mut place.region, value),
                }
            }
            _ => {}
        }
    }

    fn store(mut self, all: &mut HashMap<String, Extras>) {
        self.extras.locations.push(self.flat);
        self.extras
            .locations
            .retain(|location| *location != RawLocation::default());
        // The entry is looked up by its link and then by its id, so both lead to it.
        for key in self.keys {
            all.insert(key, self.extras.clone());
        }
    }
}
