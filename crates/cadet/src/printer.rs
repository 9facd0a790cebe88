//! The printer: the typesetter with its fonts, and how data becomes a PDF that carries it along.

use std::sync::{Arc, OnceLock};

use pdf::{Attachment, Date, Engine, Meta, Paper, Relationship, Rendered, Template};
use serde_json::Value;

use crate::clock::Timestamp;
use crate::error::{Error, Result};

/// The typesetter, built when it is first needed and then kept.
#[derive(Default)]
pub struct Printer(OnceLock<Arc<Engine>>);

impl std::fmt::Debug for Printer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Printer").finish_non_exhaustive()
    }
}

impl Printer {
    /// The engine.
    pub fn engine(&self) -> Arc<Engine> {
        // The system's folders hold fonts for scripts that the fonts inside do not have.
        let build = || {
            let home = std::env::home_dir();
            Arc::new(Engine::new(pdf::usual_folders(home.as_deref())))
        };
        Arc::clone(self.0.get_or_init(build))
    }
}

/// What is to be set.
#[derive(Clone, Debug)]
pub struct PrintJob<'a> {
    /// In which dress.
    pub template: Template,
    /// On which paper.
    pub paper: Paper,
    /// What the template shows.
    pub data: &'a Value,
    /// The resume as data, to go along with the pages as `resume.json`.
    pub attached: Option<&'a Value>,
    /// The document's title.
    pub title: &'a str,
    /// Who wrote it.
    pub author: &'a str,
    /// Its language, as a code.
    pub language: &'a str,
    /// When it was made.
    pub made_at: Timestamp,
}

impl PrintJob<'_> {
    /// Sets it. Some milliseconds of work: call it where blocking is allowed.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when it cannot be set; it says why.
    pub fn print(&self, engine: &Engine) -> Result<Rendered> {
        let attachments = match self.attached {
            Some(resume) => vec![Attachment {
                name: "resume.json".to_owned(),
                bytes: serde_json::to_vec_pretty(resume).map_err(Error::internal)?,
                mime: "application/json".to_owned(),
                description: "The same as JSON Resume".to_owned(),
                relationship: Relationship::Source,
            }],
            None => Vec::new(),
        };
        let at = jiff::tz::TimeZone::UTC.to_datetime(self.made_at.to_jiff());
        let part = |value: i8| u8::try_from(value).unwrap_or(1);
        let meta = Meta {
            title: self.title.to_owned(),
            author: self.author.to_owned(),
            language: self.language.to_owned(),
            date: Date {
                year: at.year().into(),
                month: part(at.month()),
                day: part(at.day()),
            },
        };
        pdf::render(
            engine,
            self.template,
            self.paper,
            self.data,
            &attachments,
            &meta,
        )
        .map_err(|cause| Error::unavailable(format!("The document cannot be set: {cause}"), cause))
    }
}
