//! What differs between two profiles, for people: which entry, which field, what it was and what it is.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::form;
use super::model::Profile;
use super::sections::{SECTIONS, Section};
use crate::error::{Error, Result};

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Difference {
    /// The section's heading.
    pub section: String,
    /// What the entry is called; empty where there is but one.
    pub entry: String,
    /// The field's word; empty for the entry as a whole.
    pub field: String,
    /// What it was; none for what is new.
    pub before: Option<String>,
    /// What it is; none for what was removed.
    pub after: Option<String>,
}

/// A value with the words for where it is, by its place in an order that both profiles share.
type Leaves = BTreeMap<String, Leaf>;

struct Leaf {
    section: &'static str,
    entry: String,
    field: String,
    value: String,
}

/// The differences from one profile to another, in the order of the editor.
///
/// # Errors
/// [`Error::Internal`] when a profile cannot be written as JSON.
pub fn differences(before: &Profile, after: &Profile) -> Result<Vec<Difference>> {
    let (was, is) = (leaves(before)?, leaves(after)?);
    let mut keys: Vec<&String> = was.keys().chain(is.keys()).collect();
    keys.sort_unstable();
    keys.dedup();
    let found = keys.into_iter().filter_map(|key| {
        let (before, after) = (was.get(key), is.get(key));
        let (old, new) = (
            before.map(|leaf| &leaf.value),
            after.map(|leaf| &leaf.value),
        );
        let told = after.or(before).filter(|_| old != new)?;
        // What was added or removed tells itself.
        if key.ends_with(ORDER) && !is_only_moved(old, new) {
            return None;
        }
        Some(Difference {
            section: told.section.to_owned(),
            entry: told.entry.clone(),
            field: told.field.clone(),
            before: old.cloned(),
            after: new.cloned(),
        })
    });
    Ok(found.collect())
}

/// Ends the place of the names of a section's entries in order.
const ORDER: &str = "/~order";
/// Stands between these names.
const BETWEEN: &str = " · ";

fn is_only_moved(old: Option<&String>, new: Option<&String>) -> bool {
    let sorted = |names: Option<&String>| {
        let mut names: Vec<String> = names
            .map(|names| names.split(BETWEEN).map(str::to_owned).collect())
            .unwrap_or_default();
        names.sort_unstable();
        names
    };
    sorted(old) == sorted(new)
}

fn leaves(profile: &Profile) -> Result<Leaves> {
    let resume = serde_json::to_value(&profile.resume).map_err(Error::internal)?;
    let mut leaves = Leaves::new();
    for (order, section) in SECTIONS.iter().enumerate() {
        let entries = form::entries(&resume, section);
        for entry in &entries {
            of_entry(&mut leaves, order, section, entry);
        }
        let names: Vec<String> = entries.iter().map(|entry| entry.name.clone()).collect();
        if names.len() > 1 {
            put(
                &mut leaves,
                format!("{order:02}{ORDER}"),
                section.title,
                "",
                "Order",
                &names.join(BETWEEN),
            );
        }
        extras(
            &mut leaves,
            &format!("{order:02}/~extra"),
            section.title,
            resume.pointer(&section.pointer()),
        );
    }
    extras(&mut leaves, "80/~extra", "More", Some(&resume));
    let aims = serde_json::to_value(&profile.aims).map_err(Error::internal)?;
    for (key, value) in aims.as_object().into_iter().flatten() {
        let text = text_of(value);
        put(
            &mut leaves,
            format!("90/{key}"),
            "Aims",
            "",
            &key.replace('_', " "),
            &text,
        );
    }
    Ok(leaves)
}

fn of_entry(leaves: &mut Leaves, order: usize, section: &Section, entry: &form::EntryForm) {
    let at = format!("{order:02}/{}", entry.id);
    let name = if section.is_single() {
        ""
    } else {
        entry.name.as_str()
    };
    for (index, one) in entry.fields.iter().enumerate() {
        let at = format!("{at}/{index:02}");
        put(leaves, at, section.title, name, one.field.label, &one.value);
    }
    for (index, bullet) in entry.bullets.iter().enumerate() {
        let at = format!("{at}/b/{}", bullet.id);
        put(
            leaves,
            at.clone(),
            section.title,
            name,
            "Bullet",
            &bullet.text,
        );
        put(
            leaves,
            format!("{at}/1"),
            section.title,
            name,
            "Other wordings",
            &bullet.variants,
        );
        put(
            leaves,
            format!("{at}/2"),
            section.title,
            name,
            "Tags",
            &bullet.tags,
        );
        if entry.bullets.len() > 1 {
            let place = format!("{at}/3");
            put(
                leaves,
                place,
                section.title,
                name,
                "Place of a bullet",
                &(index + 1).to_string(),
            );
        }
    }
}

/// What is kept beyond the fields.
fn extras(leaves: &mut Leaves, at: &str, section: &'static str, value: Option<&Value>) {
    let entries = match value {
        Some(Value::Array(entries)) => entries.iter().collect(),
        Some(single) => vec![single],
        None => Vec::new(),
    };
    for (index, entry) in entries.into_iter().enumerate() {
        let id = entry["id"]
            .as_str()
            .map_or_else(|| index.to_string(), str::to_owned);
        for (key, value) in entry["extra"].as_object().into_iter().flatten() {
            let at = format!("{at}/{id}/{key}");
            // A date that could not be read shows in its field already.
            if !section_shows(section, key) {
                put(leaves, at, section, "", key, &text_of(value));
            }
        }
    }
}

fn section_shows(title: &str, key: &str) -> bool {
    let found = SECTIONS.iter().find(|section| section.title == title);
    found.is_some_and(|section| section.by_file_key(key).is_some())
}

fn text_of(value: &Value) -> String {
    match value {
        Value::Null | Value::Bool(false) => String::new(),
        Value::Bool(true) => "yes".to_owned(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(text_of).collect::<Vec<_>>().join(", "),
        Value::Object(map) => {
            let pairs = map
                .iter()
                .map(|(key, value)| format!("{key}: {}", text_of(value)));
            pairs.collect::<Vec<_>>().join(", ")
        }
        Value::Number(number) => number.to_string(),
    }
}

fn put(
    leaves: &mut Leaves,
    at: String,
    section: &'static str,
    entry: &str,
    field: &str,
    value: &str,
) {
    if value.is_empty() {
        return;
    }
    let leaf = Leaf {
        section,
        entry: entry.to_owned(),
        field: field.to_owned(),
        value: value.to_owned(),
    };
    leaves.insert(at, leaf);
}

#[cfg(test)]
mod tests {
    use resume::{Highlight, Work};

    use super::differences;
    use crate::profile::model::Profile;

    fn with_job() -> Profile {
        let mut profile = Profile::default();
        profile.resume.basics.name = "Mira Holm".into();
        profile.resume.work.push(Work {
            name: "Northwind Trains".into(),
            position: "Tester".into(),
            highlights: vec![Highlight {
                text: "Wrote tests".into(),
                ..Highlight::default()
            }],
            ..Work::default()
        });
        profile.resume.number();
        profile
    }

    #[test]
    fn the_same_profile_has_no_differences() {
        assert_eq!(differences(&with_job(), &with_job()).unwrap(), []);
    }

    #[test]
    fn each_difference_says_where_it_is_what_it_was_and_what_it_is() {
        let (before, mut after) = (with_job(), with_job());
        after.resume.work[0].position = "Developer".into();
        after.resume.work[0].highlights.clear();
        after.aims.remote = true;
        let found = differences(&before, &after).unwrap();
        let told: Vec<_> = found
            .iter()
            .map(|one| {
                (
                    one.section.as_str(),
                    one.field.as_str(),
                    one.before.as_deref(),
                    one.after.as_deref(),
                )
            })
            .collect();
        let expected = [
            ("Work", "Title", Some("Tester"), Some("Developer")),
            ("Work", "Bullet", Some("Wrote tests"), None),
            ("Aims", "remote", None, Some("yes")),
        ];
        assert_eq!(told, expected);
        assert_eq!(found[0].entry, "Northwind Trains, Developer");
    }
}
