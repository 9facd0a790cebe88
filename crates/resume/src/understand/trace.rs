//! What was understood so far, and from which words.

use serde_json::{Value, json};

use super::headings::Section;
use crate::report::{Change, Imported, Kind};

/// Some words of the original and where they stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// The words, as they will be in the resume.
    pub text: String,
    /// Where.
    pub at: String,
}

impl Said {
    /// These words at this place.
    pub fn new(text: impl Into<String>, at: &str) -> Self {
        Self {
            text: text.into(),
            at: at.to_owned(),
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }
}

/// A resume that is being understood.
pub struct Trace {
    /// What there is of it.
    pub imported: Imported,
    other: Vec<Value>,
}

/// The key under which sections without a place in JSON Resume are kept.
pub const SECTIONS: &str = "otherSections";
/// The key under which lines are kept that no field took.
pub const UNREAD: &str = "unreadLines";

impl Trace {
    /// Nothing yet.
    pub fn new(kind: Kind) -> Self {
        Self {
            imported: Imported::new(kind),
            other: Vec::new(),
        }
    }

    /// Adds a note.
    pub fn note(&mut self, change: Change, at: &str, to: Option<&str>, message: String) {
        self.imported.note(change, at, to, message);
    }

    /// Tells where a field came from and gives back its text.
    pub fn field(&mut self, path: String, said: &Said) -> String {
        self.imported.from(path, &said.text, &said.at);
        said.text.clone()
    }

    /// Keeps a section that has no place of its own.
    pub fn keep_section(&mut self, section: &Section) {
        if section.lines.is_empty() {
            return;
        }
        let lines: Vec<String> = section.lines.iter().map(super::Line::text).collect();
        let message = format!(
            "the section `{}` has no place in JSON Resume; its {} lines are kept under `{SECTIONS}`",
            section.title,
            lines.len()
        );
        self.note(
            Change::Kept,
            &section.at,
            Some(&format!("/{SECTIONS}/{}", self.other.len())),
            message,
        );
        self.other
            .push(json!({"heading": section.title, "lines": lines}));
    }

    /// The resume with ids, and what was kept in its place.
    pub fn finish(self) -> Imported {
        let Self {
            mut imported,
            other,
        } = self;
        if !other.is_empty() {
            imported
                .resume
                .extra
                .insert(SECTIONS.into(), Value::Array(other));
        }
        imported.resume.number();
        imported
    }
}
