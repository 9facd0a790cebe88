//! The editor's form: what is typed into the fields of a resume, and the buttons that add, move and remove.
//!
//! A field's name is the id of its entry or bullet and its key: `work-3.position`, `bullet-5.text`, `basics.name`. Accounts
//! elsewhere have no id; theirs is their place in the list: `link-0.url`. A form changes only what it names, so that a page that
//! does not show a field never empties it. Whatever is typed is kept: a date that cannot be read stays as it was written.

use std::collections::HashMap;

use resume::Resume;
use serde_json::{Map, Value, json};

use super::sections::{BASICS, Field, Kind, LINKS, SECTIONS, Section};
use crate::error::{Error, Result};

/// The longest text of one field, in bytes; more is cut off by nobody, but refused.
const FIELD_BYTES: usize = 20_000;

/// What a form brought, by name.
#[derive(Clone, Debug, Default)]
pub struct Fields(HashMap<String, String>);

/// An entry as the editor shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryForm {
    /// Its id in names of fields.
    pub id: String,
    /// What it is called in headings; empty for one without a name.
    pub name: String,
    /// Its fields with what is in them.
    pub fields: Vec<FieldForm>,
    /// Its bullets.
    pub bullets: Vec<BulletForm>,
}

/// A field as the editor shows it.
#[derive(Clone, Debug)]
pub struct FieldForm {
    /// What it is.
    pub field: &'static Field,
    /// What is in it; lists have a line for each item.
    pub value: String,
}

impl FieldForm {
    /// Its name in the form, within the entry of this id.
    #[must_use]
    pub fn name(&self, entry: &str) -> String {
        format!("{entry}.{}", self.field.key)
    }
}

impl PartialEq for FieldForm {
    fn eq(&self, other: &Self) -> bool {
        self.field.key == other.field.key && self.value == other.value
    }
}

impl Eq for FieldForm {}

/// A bullet as the editor shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BulletForm {
    /// Its id.
    pub id: String,
    /// Its wording.
    pub text: String,
    /// Other wordings, one a line.
    pub variants: String,
    /// Its tags, separated by commas.
    pub tags: String,
}

impl BulletForm {
    /// The name of its wording's field.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{}.text", self.id)
    }
}

/// What a button of the form does beside saving.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Nothing more.
    Save,
    /// A new entry at the end of a section.
    Add(&'static str),
    /// A new bullet at the end of an entry.
    AddBullet(String),
    /// An entry or bullet one place up.
    Up(String),
    /// An entry or bullet one place down.
    Down(String),
    /// An entry or bullet away.
    Remove(String),
}

impl Action {
    /// What it does, for the history; nothing for saving.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Save => String::new(),
            Self::Add(key) => {
                let section = Section::of(key).map_or("", |section| section.title);
                format!("added to {section}")
            }
            Self::AddBullet(_) => "added a bullet".to_owned(),
            Self::Up(_) | Self::Down(_) => "moved".to_owned(),
            Self::Remove(_) => "removed".to_owned(),
        }
    }

    /// What a button's value means: a verb and what it is about, `up work-3`.
    ///
    /// # Errors
    /// [`Error::Invalid`] for what no button says.
    pub fn parse(text: &str) -> Result<Self> {
        let (verb, what) = text.split_once(' ').unwrap_or((text, ""));
        let id = || what.to_owned();
        let action = match verb {
            "" | "save" => Some(Self::Save),
            "add" => Section::of(what).map(|section| Self::Add(section.key)),
            "add-bullet" => Some(Self::AddBullet(id())),
            "up" => Some(Self::Up(id())),
            "down" => Some(Self::Down(id())),
            "remove" => Some(Self::Remove(id())),
            _ => None,
        };
        action.ok_or_else(|| Error::invalid(format!("`{text}` is nothing that can be done here.")))
    }
}

impl Fields {
    /// The fields of a form.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a text that is too long to be meant.
    pub fn new(pairs: impl IntoIterator<Item = (String, String)>) -> Result<Self> {
        let mut fields = HashMap::new();
        for (name, value) in pairs {
            if value.len() > FIELD_BYTES {
                let message = format!("This text has more than {FIELD_BYTES} bytes. Shorten it.");
                return Err(Error::invalid_field(name, message));
            }
            fields.insert(name, value.replace("\r\n", "\n"));
        }
        Ok(Self(fields))
    }

    /// What a field brought; none when it was not in the form.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// Gives a field that was not sent a value.
    pub fn set_missing(&mut self, name: &str, value: &str) {
        self.0
            .entry(name.to_owned())
            .or_insert_with(|| value.to_owned());
    }

    fn of(&self, id: &str, key: &str) -> Option<&str> {
        self.get(&format!("{id}.{key}"))
    }

    /// The resume with what was typed, and with what the button did.
    ///
    /// # Errors
    /// [`Error::NotFound`] when the button is about an entry that is not there.
    pub fn apply(&self, resume: &Resume, action: &Action) -> Result<Resume> {
        let mut value = serde_json::to_value(resume).map_err(Error::internal)?;
        for section in SECTIONS {
            for (index, entry) in entries_mut(&mut value, section).into_iter().enumerate() {
                self.fill(section, index, entry);
            }
        }
        act(&mut value, action)?;
        let mut resume: Resume = serde_json::from_value(value).map_err(Error::internal)?;
        resume.number();
        Ok(resume)
    }

    fn fill(&self, section: &Section, index: usize, entry: &mut Value) {
        let id = id_of(section, index, entry);
        for field in section.fields {
            if let Some(text) = self.of(&id, field.key) {
                write(entry, field, text.trim());
            }
        }
        let bullets = entry.get_mut("highlights").and_then(Value::as_array_mut);
        for bullet in bullets.into_iter().flatten() {
            let id = text_of(bullet, "id");
            if let Some(text) = self.of(&id, "text") {
                bullet["text"] = json!(text.trim());
            }
            if let Some(text) = self.of(&id, "variants") {
                bullet["variants"] = json!(items(text, '\n'));
            }
            if let Some(text) = self.of(&id, "tags") {
                bullet["tags"] = json!(items(text, ','));
            }
        }
    }
}

fn items(text: &str, separator: char) -> Vec<&str> {
    let items = text.split(separator).map(str::trim);
    items.filter(|item| !item.is_empty()).collect()
}

fn text_of(value: &Value, key: &str) -> String {
    value[key].as_str().unwrap_or("").to_owned()
}

/// The entries of a section.
fn entries_mut<'a>(resume: &'a mut Value, section: &Section) -> Vec<&'a mut Value> {
    match resume.pointer_mut(&section.pointer()) {
        Some(Value::Array(entries)) => entries.iter_mut().collect(),
        Some(single) => vec![single],
        None => Vec::new(),
    }
}

fn id_of(section: &Section, index: usize, entry: &Value) -> String {
    match section.key {
        BASICS => BASICS.to_owned(),
        LINKS => format!("link-{index}"),
        _ => text_of(entry, "id"),
    }
}

/// Writes what was typed into a field. An unreadable date goes where a file's unreadable date would.
pub(super) fn write(entry: &mut Value, field: &Field, text: &str) {
    if field.kind == Kind::Date {
        let date = resume::dates::single(text);
        let goes_on = field.file_key == "endDate" && resume::dates::is_present(text);
        entry[field.key] = json!(date);
        let unread = Some(text).filter(|text| date.is_none() && !goes_on && !text.is_empty());
        return put_extra(entry, field.file_key, unread);
    }
    let value = match field.kind {
        Kind::Lines => json!(items(text, '\n')),
        Kind::Country if text.len() == 2 => json!(text.to_uppercase()),
        _ => json!(text),
    };
    match field.key.split_once('.') {
        Some((outer, inner)) => entry[outer][inner] = value,
        None => entry[field.key] = value,
    }
}

fn put_extra(entry: &mut Value, key: &str, text: Option<&str>) {
    let Some(entry) = entry.as_object_mut() else {
        return;
    };
    let mut extra = match entry.remove("extra") {
        Some(Value::Object(extra)) => extra,
        _ => Map::new(),
    };
    match text {
        Some(text) => extra.insert(key.to_owned(), json!(text)),
        None => extra.remove(key),
    };
    if !extra.is_empty() {
        entry.insert("extra".into(), Value::Object(extra));
    }
}

/// What is in a field, as it is typed.
pub(super) fn read(entry: &Value, field: &Field) -> String {
    let value = match field.key.split_once('.') {
        Some((outer, inner)) => &entry[outer][inner],
        None => &entry[field.key],
    };
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => {
            let items: Vec<&str> = items.iter().filter_map(Value::as_str).collect();
            items.join("\n")
        }
        // A date that is missing may be one that could not be read.
        _ if field.kind == Kind::Date => match &entry["extra"][field.file_key] {
            Value::String(text) => text.clone(),
            _ => String::new(),
        },
        _ => String::new(),
    }
}

/// Where an entry or a bullet is: its list, and its place in it.
fn find<'a>(resume: &'a mut Value, id: &str) -> Option<(&'a mut Vec<Value>, usize)> {
    let mut found = None;
    for section in SECTIONS.iter().filter(|section| !section.is_single()) {
        let pointer = section.pointer();
        let list = resume.pointer(&pointer).and_then(Value::as_array);
        for (index, entry) in list.into_iter().flatten().enumerate() {
            if id_of(section, index, entry) == id {
                found = Some((pointer.clone(), index));
            }
            let bullets = entry["highlights"].as_array();
            let bullet = bullets.and_then(|all| all.iter().position(|one| one["id"] == id));
            if let Some(at) = bullet {
                found = Some((format!("{pointer}/{index}/highlights"), at));
            }
        }
    }
    let (pointer, index) = found?;
    Some((resume.pointer_mut(&pointer)?.as_array_mut()?, index))
}

fn act(resume: &mut Value, action: &Action) -> Result<()> {
    let id = match action {
        Action::Save => return Ok(()),
        Action::Add(key) => {
            let pointer = Section::of(key).map(Section::pointer).unwrap_or_default();
            if let Some(Value::Array(list)) = resume.pointer_mut(&pointer) {
                list.push(json!({}));
            }
            return Ok(());
        }
        Action::AddBullet(id) | Action::Up(id) | Action::Down(id) | Action::Remove(id) => id,
    };
    let (list, at) = find(resume, id).ok_or_else(|| Error::not_found("entry", id))?;
    match action {
        Action::AddBullet(_) => {
            if let Some(Value::Array(bullets)) = list[at].get_mut("highlights") {
                bullets.push(json!({}));
            }
        }
        Action::Up(_) if at > 0 => list.swap(at - 1, at),
        Action::Down(_) if at + 1 < list.len() => list.swap(at, at + 1),
        Action::Remove(_) => {
            list.remove(at);
        }
        _ => {}
    }
    Ok(())
}

/// The entries of a section as the editor shows them.
#[must_use]
pub fn entries(resume: &Value, section: &'static Section) -> Vec<EntryForm> {
    let all: Vec<&Value> = match resume.pointer(&section.pointer()) {
        Some(Value::Array(entries)) => entries.iter().collect(),
        Some(single) => vec![single],
        None => Vec::new(),
    };
    let shown = all.into_iter().enumerate().map(|(index, entry)| EntryForm {
        id: id_of(section, index, entry),
        name: name(section, entry),
        fields: section
            .fields
            .iter()
            .map(|field| FieldForm {
                field,
                value: read(entry, field),
            })
            .collect(),
        bullets: entry["highlights"]
            .as_array()
            .into_iter()
            .flatten()
            .map(bullet)
            .collect(),
    });
    shown.collect()
}

/// What an entry is called: its first one or two fields.
pub(super) fn name(section: &Section, entry: &Value) -> String {
    let lines = section
        .fields
        .iter()
        .filter(|field| field.kind == Kind::Line);
    let texts = lines.take(2).map(|field| read(entry, field));
    let texts: Vec<String> = texts.filter(|text| !text.is_empty()).collect();
    texts.join(", ")
}

fn bullet(value: &Value) -> BulletForm {
    let list = |key: &str, separator: &str| {
        let items = value[key].as_array().into_iter().flatten();
        let items: Vec<&str> = items.filter_map(Value::as_str).collect();
        items.join(separator)
    };
    BulletForm {
        id: text_of(value, "id"),
        text: text_of(value, "text"),
        variants: list("variants", "\n"),
        tags: list("tags", ", "),
    }
}
