//! What a reader gives back: the resume, what was changed on the way, and where each field stood in the original.

use serde::{Deserialize, Serialize};

use crate::{EntryId, Highlight, Resume};

/// What was read from a file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Imported {
    /// The kind of file, known by its content.
    pub kind: Kind,
    /// The resume. Every entry and bullet has an id. What no field holds is in the `extra` of its place.
    pub resume: Resume,
    /// Everything that is not in the resume as it was in the file, in the order of the file.
    pub report: Vec<Note>,
    /// Where the understood fields came from.
    pub source: Vec<Source>,
    /// The text of the original, line by line, as a person would read it.
    pub text: String,
    /// Whether it was read from data that this crate wrote, so that the ids are those that were given before.
    #[serde(default)]
    pub own: bool,
}

/// The kinds of files that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// JSON Resume.
    Json,
    /// PDF.
    Pdf,
    /// Word's DOCX.
    Docx,
    /// The ZIP that LinkedIn gives out, or one of its tables.
    LinkedIn,
    /// Europass XML, alone or within a Europass PDF.
    Europass,
    /// Markdown or plain text.
    Markdown,
}

impl Kind {
    /// The kind in a person's words.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Json => "JSON Resume",
            Self::Pdf => "PDF",
            Self::Docx => "DOCX",
            Self::LinkedIn => "LinkedIn data export",
            Self::Europass => "Europass XML",
            Self::Markdown => "Markdown",
        }
    }
}

/// One thing that differs between the file and the resume, or that a person should look at.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Note {
    /// How.
    pub change: Change,
    /// Where in the original: a JSON pointer for JSON, else a place such as `page 1, line 12` or `Positions.csv, row 3`.
    pub at: String,
    /// Where in the resume, as a JSON pointer into what [`crate::json::write`] writes; none where it is nowhere.
    pub to: Option<String>,
    /// What happened, in a sentence, with the value.
    pub message: String,
    /// What could be done about it when the person agrees.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub offer: Option<Offer>,
}

/// How a value got from the file to the resume.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// It stands in another place, unchanged.
    Moved,
    /// Its key has another name, its value is unchanged.
    Renamed,
    /// Its value is written differently and means the same.
    Normalised,
    /// No field holds it: it is kept as it was.
    Kept,
    /// It said nothing (an empty text, a null) and was left out.
    Empty,
    /// It is in the resume as it was, and seems wrong.
    Suspicious,
    /// It is a leftover of a template's own sample.
    Residue,
    /// It is in the resume as it was, and could be put better; see [`Note::offer`].
    Offered,
    /// Something about the file as a whole.
    File,
}

/// A change that is made only when the person agrees.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Offer {
    /// Bullets that stand in the summary of an entry become its bullets.
    Bullets {
        /// The entry.
        entry: EntryId,
        /// What stays of the summary.
        summary: String,
        /// The bullets, after those that the entry has.
        bullets: Vec<String>,
    },
}

impl Offer {
    /// Makes the change; tells whether the entry was there.
    pub fn accept(&self, resume: &mut Resume) -> bool {
        let Self::Bullets {
            entry,
            summary,
            bullets,
        } = self;
        let work = (resume.work.iter_mut()).map(|e| (&e.id, &mut e.summary, &mut e.highlights));
        let volunteer =
            (resume.volunteer.iter_mut()).map(|e| (&e.id, &mut e.summary, &mut e.highlights));
        let projects =
            (resume.projects.iter_mut()).map(|e| (&e.id, &mut e.description, &mut e.highlights));
        let Some((_, old, highlights)) =
            (work.chain(volunteer).chain(projects)).find(|(id, ..)| *id == entry)
        else {
            return false;
        };
        old.clone_from(summary);
        highlights.extend(bullets.iter().map(|text| Highlight {
            text: text.clone(),
            ..Highlight::default()
        }));
        resume.number();
        true
    }
}

/// Where a field of the resume stood in the original.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The field, as a JSON pointer into what [`crate::json::write`] writes, such as `/work/0/name`.
    pub path: String,
    /// The words of the original.
    pub text: String,
    /// Where they stand, such as `page 1, line 12`; for JSON a JSON pointer.
    pub at: String,
}

impl Imported {
    /// Nothing yet.
    pub(crate) fn new(kind: Kind) -> Self {
        Self {
            kind,
            resume: Resume::default(),
            report: Vec::new(),
            source: Vec::new(),
            text: String::new(),
            own: false,
        }
    }

    /// Adds a note.
    pub(crate) fn note(&mut self, change: Change, at: &str, to: Option<&str>, message: String) {
        self.report.push(Note::new(change, at, to, message));
    }

    /// Adds where a field came from; nothing for a field without text.
    pub(crate) fn from(&mut self, path: String, text: &str, at: &str) {
        if !text.is_empty() {
            self.source.push(Source {
                path,
                text: text.to_owned(),
                at: at.to_owned(),
            });
        }
    }
}

impl Note {
    /// A note without an offer.
    pub(crate) fn new(change: Change, at: &str, to: Option<&str>, message: String) -> Self {
        Self {
            change,
            at: at.to_owned(),
            to: to.map(str::to_owned),
            message,
            offer: None,
        }
    }
}
