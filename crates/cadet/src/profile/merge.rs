//! Putting what was read from a file and the profile together: adding to what is there, or replacing it.
//!
//! Adding never changes what the person wrote: empty fields are filled, missing bullets and entries are added, and what is there
//! already is seen. Replacing keeps the ids of what stays, so that documents and evidence still point to it.

use std::collections::{BTreeMap, HashSet};

use resume::Resume;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::form;
use super::model::{Aims, Profile};
use super::parts::Parts;
use super::sections::{Kind, SECTIONS, Section};
use crate::error::{Error, Result};

/// How an import becomes part of the profile.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema, clap::ValueEnum,
)]
#[serde(rename_all = "kebab-case")]
pub enum How {
    /// Add what is not there yet
    #[default]
    Merge,
    /// Put it in the place of the profile
    Replace,
}

/// What merging does.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Merged {
    /// Entries that are new, by their names.
    pub added: Vec<String>,
    /// Entries that were there already, by their names.
    pub known: Vec<String>,
    /// Fields and bullets that entries which were there got.
    pub filled: Vec<String>,
    /// Fields in which the profile says something else, which stays.
    pub different: Vec<String>,
}

/// The profile with what was imported. `own` says that the file is one that a profile was written as: its ids are kept where
/// nothing else has them.
///
/// # Errors
/// [`Error::Internal`] when a profile cannot be written as JSON.
pub fn merge(
    current: &Profile,
    (imported, own): (&Profile, bool),
    how: How,
) -> Result<(Profile, Merged)> {
    match how {
        How::Merge => add(current, imported, own),
        How::Replace => Ok((replace(current, imported, own)?, Merged::default())),
    }
}

fn value(resume: &Resume) -> Result<Value> {
    serde_json::to_value(resume).map_err(Error::internal)
}

fn list(resume: &Value, section: &Section) -> Vec<Value> {
    let found = resume.pointer(&section.pointer()).and_then(Value::as_array);
    found.cloned().unwrap_or_default()
}

/// What an entry is known by: its first two lines and the year it began, in small letters and without signs.
fn key(section: &Section, entry: &Value) -> String {
    let lines = section
        .fields
        .iter()
        .filter(|field| field.kind == Kind::Line)
        .take(2);
    let mut parts: Vec<String> = lines
        .map(|field| plain(&form::read(entry, field)))
        .collect();
    if matches!(section.key, "work" | "volunteer" | "education") {
        let start = entry["start_date"].as_str().unwrap_or("");
        parts.push(start.chars().take(4).collect());
    }
    parts.join("|")
}

/// Words in small letters, without signs.
fn plain(text: &str) -> String {
    let letters = text
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { ' ' });
    let text: String = letters.flat_map(char::to_lowercase).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn add(current: &Profile, imported: &Profile, own: bool) -> Result<(Profile, Merged)> {
    let (mut mine, mut theirs) = (value(&current.resume)?, value(&imported.resume)?);
    let known = if own { Some(ids(&mine)) } else { None };
    forget_ids(&mut theirs, |id| {
        known.as_ref().is_some_and(|known| !known.contains(id))
    });
    let mut merged = Merged::default();
    for section in SECTIONS {
        let pointer = section.pointer();
        if section.is_single() {
            if let (Some(mine), Some(theirs)) =
                (mine.pointer_mut(&pointer), theirs.pointer(&pointer))
            {
                fill(section, mine, theirs, &mut merged);
            }
            continue;
        }
        let mut entries = list(&mine, section);
        for entry in list(&theirs, section) {
            join(section, &mut entries, entry, &mut merged);
        }
        if let Some(place) = mine.pointer_mut(&pointer) {
            *place = Value::Array(entries);
        }
    }
    keep_extra(&mut mine, &theirs);
    let mut resume: Resume = serde_json::from_value(mine).map_err(Error::internal)?;
    if own {
        resume.last_number = resume.last_number.max(imported.resume.last_number);
    }
    resume.number();
    let aims = Parts::of(&Profile {
        resume: Resume::default(),
        aims: current.aims.clone(),
    })?;
    let other = Parts::of(&Profile {
        resume: Resume::default(),
        aims: imported.aims.clone(),
    })?;
    let aims = aims.filled_from(&other).whole()?.aims;
    Ok((Profile { resume, aims }, merged))
}

/// Adds an entry, or what it says beyond the one that is there.
fn join(section: &Section, entries: &mut Vec<Value>, entry: Value, merged: &mut Merged) {
    let name = form::name(section, &entry);
    let wanted = key(section, &entry);
    if let Some(known) = entries
        .iter_mut()
        .find(|known| key(section, known) == wanted)
    {
        merged.known.push(name);
        fill(section, known, &entry, merged);
        return;
    }
    merged.added.push(name);
    entries.push(entry);
}

/// All ids of entries and bullets.
fn ids(resume: &Value) -> HashSet<String> {
    let mut found = HashSet::new();
    for section in SECTIONS.iter().filter(|section| !section.is_single()) {
        for entry in list(resume, section) {
            let bullets = entry["highlights"].as_array().into_iter().flatten();
            let all = bullets.chain([&entry]).filter_map(|one| one["id"].as_str());
            found.extend(all.map(str::to_owned));
        }
    }
    found
}

/// Takes the ids away that are not to be kept, so that the profile gives its own.
fn forget_ids(resume: &mut Value, keeps: impl Fn(&str) -> bool) {
    let forget = |one: &mut Value| {
        let kept = one["id"].as_str().is_some_and(&keeps);
        if let Some(map) = one.as_object_mut().filter(|_| !kept) {
            map.remove("id");
        }
    };
    for section in SECTIONS.iter().filter(|section| !section.is_single()) {
        let entries = resume
            .pointer_mut(&section.pointer())
            .and_then(Value::as_array_mut);
        for entry in entries.into_iter().flatten() {
            let bullets = entry.get_mut("highlights").and_then(Value::as_array_mut);
            bullets.into_iter().flatten().for_each(forget);
            forget(entry);
        }
    }
}

/// Fills the empty fields of an entry from another one of the same thing, and adds the bullets that it lacks.
fn fill(section: &Section, mine: &mut Value, theirs: &Value, merged: &mut Merged) {
    let name = if section.is_single() {
        section.title.to_owned()
    } else {
        form::name(section, mine)
    };
    for field in section.fields {
        let (has, given) = (form::read(mine, field), form::read(theirs, field));
        if given.is_empty() || has == given {
            continue;
        }
        if has.is_empty() {
            form::write(mine, field, &given);
            merged.filled.push(format!("{name}: {}", field.label));
        } else if plain(&has) != plain(&given) {
            merged
                .different
                .push(format!("{name}: {}: {given}", field.label));
        }
    }
    if section.has_bullets {
        bullets(&name, mine, theirs, merged);
    }
    keep_extra(mine, theirs);
}

fn bullets(name: &str, mine: &mut Value, theirs: &Value, merged: &mut Merged) {
    let Some(list) = mine.get_mut("highlights").and_then(Value::as_array_mut) else {
        return;
    };
    for bullet in theirs["highlights"].as_array().into_iter().flatten() {
        let text = bullet["text"].as_str().unwrap_or("");
        let same = |one: &Value| {
            let variants = one["variants"].as_array().into_iter().flatten();
            let texts = variants.chain([&one["text"]]).filter_map(Value::as_str);
            texts.map(plain).any(|known| known == plain(text))
        };
        if list.iter().any(same) {
            continue;
        }
        list.push(bullet.clone());
        merged.filled.push(format!("{name}: {text}"));
    }
}

/// Keeps what the file held beyond the fields, where the profile has nothing under the same key.
fn keep_extra(mine: &mut Value, theirs: &Value) {
    let Some(given) = theirs.get("extra").and_then(Value::as_object) else {
        return;
    };
    let Some(map) = mine.as_object_mut() else {
        return;
    };
    let extra = map
        .entry("extra")
        .or_insert_with(|| Value::Object(Map::new()));
    for (key, value) in given {
        if let Some(extra) = extra
            .as_object_mut()
            .filter(|extra| !extra.contains_key(key))
        {
            extra.insert(key.clone(), value.clone());
        }
    }
}

/// What was imported, with the ids that the same entries and bullets have in the profile.
fn replace(current: &Profile, imported: &Profile, own: bool) -> Result<Profile> {
    let (mine, mut theirs) = (value(&current.resume)?, value(&imported.resume)?);
    if !own {
        forget_ids(&mut theirs, |_| false);
        known_again(&mine, &mut theirs);
    }
    let mut resume: Resume = serde_json::from_value(theirs).map_err(Error::internal)?;
    resume.last_number = resume.last_number.max(current.resume.last_number);
    resume.number();
    let aims = match imported.aims == Aims::default() {
        true => current.aims.clone(),
        false => imported.aims.clone(),
    };
    Ok(Profile { resume, aims })
}

/// Gives entries of a file the ids that the same ones have in the profile.
fn known_again(mine: &Value, theirs: &mut Value) {
    for section in SECTIONS.iter().filter(|section| !section.is_single()) {
        let mut known: BTreeMap<String, Vec<Value>> = BTreeMap::new();
        for entry in list(mine, section).into_iter().rev() {
            known.entry(key(section, &entry)).or_default().push(entry);
        }
        let entries = theirs
            .pointer_mut(&section.pointer())
            .and_then(Value::as_array_mut);
        for entry in entries.into_iter().flatten() {
            if let Some(same) = known.get_mut(&key(section, entry)).and_then(Vec::pop) {
                take_ids(entry, &same);
            }
        }
    }
}

fn take_ids(entry: &mut Value, same: &Value) {
    // Accounts elsewhere have none.
    if same["id"].is_string() {
        entry["id"] = same["id"].clone();
    }
    let known = same["highlights"].as_array().cloned().unwrap_or_default();
    let bullets = entry.get_mut("highlights").and_then(Value::as_array_mut);
    for bullet in bullets.into_iter().flatten() {
        let text = plain(bullet["text"].as_str().unwrap_or(""));
        let found = known
            .iter()
            .find(|one| plain(one["text"].as_str().unwrap_or("")) == text);
        if let Some(found) = found {
            bullet["id"] = found["id"].clone();
        }
    }
}

#[cfg(test)]
mod tests {
    use resume::{Highlight, Work};

    use super::{How, merge};
    use crate::profile::model::Profile;
    use crate::profile::sample::sample_person;

    fn job(name: &str, bullet: &str) -> Work {
        Work {
            name: name.into(),
            highlights: vec![Highlight {
                text: bullet.into(),
                ..Highlight::default()
            }],
            ..Work::default()
        }
    }

    #[test]
    fn merging_a_profile_with_itself_changes_nothing() {
        let person = sample_person().unwrap();
        let (merged, told) = merge(&person, (&person, true), How::Merge).unwrap();
        assert_eq!(merged, person);
        assert!(told.added.is_empty() && told.filled.is_empty() && told.different.is_empty());
    }

    #[test]
    fn merging_adds_what_is_missing_and_keeps_what_is_written() {
        let person = sample_person().unwrap();
        let mut file = Profile::default();
        file.resume.basics.name = "M. Holm".into();
        file.resume.basics.image = "https://mira.example.org/face.png".into();
        file.resume.work.push(Work {
            position: "Barista".into(),
            start_date: "2023-06".parse().ok(),
            description: "A café".into(),
            ..job("Kafé  Ljus", "Closed the till")
        });
        file.resume
            .work
            .push(job("Northwind Trains", "Wrote tests"));
        let (merged, told) = merge(&person, (&file, false), How::Merge).unwrap();
        assert_eq!(merged.resume.basics.name, "Mira Holm");
        assert_eq!(
            merged.resume.basics.image,
            "https://mira.example.org/face.png"
        );
        assert_eq!(merged.resume.work.len(), 3);
        let known = &merged.resume.work[1];
        assert_eq!(
            (known.id.0.as_str(), known.description.as_str()),
            ("work-4", "A café")
        );
        assert_eq!(known.highlights.len(), 2);
        assert_eq!(told.known, ["Kafé  Ljus, Barista"]);
        assert_eq!(told.added, ["Northwind Trains"]);
        assert_eq!(told.different, ["You: Name: M. Holm"]);
        assert!(merged.resume.work[2].id.0.starts_with("work-"));
    }

    #[test]
    fn replacing_keeps_the_ids_of_what_stays_and_gives_no_id_again() {
        let person = sample_person().unwrap();
        let mut file = person.clone();
        file.resume.last_number = 0;
        file.resume
            .work
            .insert(0, job("Northwind Trains", "Wrote tests"));
        for entry in &mut file.resume.work {
            entry.id = resume::EntryId::default();
        }
        file.resume.projects.clear();
        file.resume.education.clear();
        file.resume.skills.clear();
        file.resume.languages.clear();
        let (merged, _) = merge(&person, (&file, false), How::Replace).unwrap();
        let ids: Vec<&str> = merged
            .resume
            .work
            .iter()
            .map(|entry| entry.id.0.as_str())
            .collect();
        assert_eq!(ids[1..], ["work-1", "work-4"]);
        assert_eq!(merged.resume.work[1].highlights[0].id.0, "bullet-2");
        assert!(
            ids[0]
                .strip_prefix("work-")
                .and_then(|n| n.parse::<u32>().ok())
                .unwrap()
                > 12
        );
        assert!(merged.resume.projects.is_empty());
    }
}
