//! What an import is, and where in the profile each of its fields is.

use std::str::FromStr;

use resume::{Imported, Note, Resume};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use crate::clock::Timestamp;
use crate::error::{Error, Result};
use crate::profile::export::{sentence, split_aims};
use crate::profile::model::Profile;
use crate::profile::sections::{BASICS, LINKS, SECTIONS, Section};

/// The most imports of an account that wait.
pub const WAITING_MOST: u64 = 20;
/// Imports that were taken over or discarded can be brought back for so many days.
pub const KEPT_DAYS: i64 = 30;
/// Reading ends after so many seconds; who asks for the page then is told that it does not.
pub const READING_SECONDS: u64 = 30;
/// The longest text of an original that is shown, in characters.
const ORIGINAL_CHARACTERS: usize = 200_000;

/// The row id of an import.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(transparent)]
pub struct ImportId(pub i64);

impl std::fmt::Display for ImportId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// How far an import is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
#[schema(as = ImportStage)]
pub enum Stage {
    /// The file is being read.
    Reading,
    /// It waits for corrections, and to be taken over.
    Read,
    /// It could not be read.
    Failed,
    /// It is part of the profile.
    Taken,
    /// It was thrown away.
    Discarded,
}

impl Stage {
    const ALL: [Self; 5] = [
        Self::Reading,
        Self::Read,
        Self::Failed,
        Self::Taken,
        Self::Discarded,
    ];

    /// The name, as stored.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Reading => "reading",
            Self::Read => "read",
            Self::Failed => "failed",
            Self::Taken => "taken",
            Self::Discarded => "discarded",
        }
    }

    /// In words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Reading => "being read",
            Self::Read => "waits for you",
            Self::Failed => "could not be read",
            Self::Taken => "taken over",
            Self::Discarded => "discarded",
        }
    }

    /// Whether it still waits for somebody.
    #[must_use]
    pub const fn waits(self) -> bool {
        matches!(self, Self::Reading | Self::Read | Self::Failed)
    }
}

impl FromStr for Stage {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let found = Self::ALL.into_iter().find(|stage| stage.name() == text);
        found.ok_or_else(|| Error::internal(format!("`{text}` is no stage of an import")))
    }
}

/// Where a field of the resume stood in the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The field as the editor names it, such as `work-1.position`.
    pub field: String,
    /// The words of the original.
    pub text: String,
    /// Where they stand.
    pub at: String,
}

/// What the reader has to say.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Report {
    /// Everything that is not in the resume as it was in the file.
    pub notes: Vec<Note>,
    /// The fields that the notes are about, where they are about one.
    pub fields: Vec<Option<String>>,
    /// Where the fields came from.
    pub origins: Vec<Origin>,
    /// Whether a profile was written as this file, so that its ids are known.
    pub own: bool,
}

/// An import.
#[derive(Clone, Debug, PartialEq)]
pub struct Import {
    /// Its number.
    pub id: ImportId,
    /// The file's name.
    pub file_name: String,
    /// How far it is.
    pub stage: Stage,
    /// The kind of file, in words.
    pub kind: String,
    /// The file's text.
    pub original: String,
    /// What was understood, with the corrections since.
    pub understood: Profile,
    /// What the reader has to say.
    pub report: Report,
    /// Why it could not be read.
    pub error: Option<String>,
    /// When it was brought.
    pub created_at: Timestamp,
}

/// What reading a file gave.
#[derive(Clone, Debug, PartialEq)]
pub struct Understood {
    /// The kind of file, in words.
    pub kind: String,
    /// The file's text.
    pub original: String,
    /// What was understood.
    pub profile: Profile,
    /// What the reader has to say.
    pub report: Report,
}

/// Reads a file. Takes as long as the file needs; call it where waiting is allowed.
///
/// # Errors
/// [`Error::Invalid`], with what is wrong with the file and what to do.
pub fn understand(name: &str, bytes: &[u8]) -> Result<Understood> {
    let imported = resume::read(name, bytes)
        .map_err(|error| Error::invalid_field("file", sentence(&error.to_string())))?;
    let report = report(&imported);
    let mut original = imported.text;
    if let Some((cut, _)) = original.char_indices().nth(ORIGINAL_CHARACTERS) {
        original.truncate(cut);
    }
    let (profile, _) = split_aims(imported.resume);
    Ok(Understood {
        kind: imported.kind.name().to_owned(),
        original,
        profile,
        report,
    })
}

fn report(imported: &Imported) -> Report {
    // What no field can be found for is still told, without a link.
    let resume = serde_json::to_value(&imported.resume).unwrap_or_default();
    let notes = imported.report.iter();
    let sources = imported.source.iter();
    Report {
        fields: notes
            .clone()
            .map(|note| field_at(&resume, note.to.as_deref()?))
            .collect(),
        notes: notes.cloned().collect(),
        origins: sources
            .filter_map(|source| {
                Some(Origin {
                    field: field_at(&resume, &source.path)?,
                    text: source.text.clone(),
                    at: source.at.clone(),
                })
            })
            .collect(),
        own: imported.own,
    }
}

/// The editor's name of the field that a JSON pointer into a JSON Resume file means: `/work/0/name` is `work-1.name`.
fn field_at(resume: &Value, pointer: &str) -> Option<String> {
    let mut parts = pointer.trim_start_matches('/').split('/');
    let first = parts.next()?;
    let rest: Vec<&str> = parts.collect();
    match (first, rest.as_slice()) {
        (BASICS, ["profiles", index, key]) => {
            named(Section::of(LINKS)?, &format!("link-{index}"), key)
        }
        (BASICS, ["location", key] | [key]) => named(Section::of(BASICS)?, BASICS, key),
        (section, [index, "highlights", bullet]) => {
            let at = format!("/{section}/{index}/highlights/{bullet}/id");
            Some(format!("{}.text", resume.pointer(&at)?.as_str()?))
        }
        (section, [index, key, ..]) => {
            let id = resume
                .pointer(&format!("/{section}/{index}/id"))?
                .as_str()?;
            named(SECTIONS.iter().find(|one| one.key == section)?, id, key)
        }
        _ => None,
    }
}

fn named(section: &Section, id: &str, key: &str) -> Option<String> {
    Some(format!("{id}.{}", section.by_file_key(key)?.key))
}

impl Import {
    /// Accepts what note number `index` offers.
    ///
    /// # Errors
    /// [`Error::NotFound`] when it offers nothing.
    pub fn accept(&mut self, index: usize) -> Result<()> {
        let note = self.report.notes.get_mut(index);
        let offer = note.and_then(|note| note.offer.take());
        let offer = offer.ok_or_else(|| Error::not_found("offer", index))?;
        let resume: &mut Resume = &mut self.understood.resume;
        match offer.accept(resume) {
            true => Ok(()),
            false => Err(Error::Conflict(
                "The entry that this is about was removed.".into(),
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::understand;

    #[test]
    fn each_field_of_a_file_is_found_in_the_editor() {
        let file = r#"{"basics": {"name": "Mira Holm", "location": {"city": "Uppsala"}},
            "work": [{"company": "Northwind Trains", "highlights": ["Wrote tests"]}]}"#;
        let understood = understand("mira.json", file.as_bytes()).unwrap();
        let fields: Vec<&str> = understood
            .report
            .origins
            .iter()
            .map(|one| one.field.as_str())
            .collect();
        for expected in [
            "basics.name",
            "basics.location.city",
            "work-1.name",
            "bullet-2.text",
        ] {
            assert!(fields.contains(&expected), "{expected} in {fields:?}");
        }
        let renamed = understood.report.fields.iter().flatten();
        assert!(renamed.clone().any(|field| field == "work-1.name"));
    }

    #[test]
    fn a_file_that_cannot_be_read_says_what_to_do() {
        let refused = understand("x.pdf", b"").unwrap_err().to_string();
        assert!(
            refused.starts_with("The file is empty") && refused.ends_with('.'),
            "{refused}"
        );
    }
}
