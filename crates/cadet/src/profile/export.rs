//! The profile as a file: JSON Resume with the aims under a key of their own, and the documents that the resume's writers make.

use std::str::FromStr;

use resume::Resume;
use serde_json::{Value, json};

use super::model::{Aims, Profile};
use crate::error::{Error, Result};

/// The key under which a JSON Resume file carries the aims, at the top.
pub const AIMS: &str = "x-aims";

/// The kinds of files that a profile can be written as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// JSON Resume, with everything that the profile holds
    #[default]
    Json,
    /// Word
    Docx,
    /// A web page
    Html,
    /// Markdown
    Md,
    /// Plain text
    Txt,
}

impl Format {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Json, Self::Docx, Self::Html, Self::Md, Self::Txt];

    /// The ending of the file's name.
    #[must_use]
    pub const fn suffix(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Docx => "docx",
            Self::Html => "html",
            Self::Md => "md",
            Self::Txt => "txt",
        }
    }

    /// The kind as browsers name it.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Html => "text/html; charset=utf-8",
            Self::Md => "text/markdown; charset=utf-8",
            Self::Txt => "text/plain; charset=utf-8",
        }
    }

    /// In words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Json => "JSON Resume",
            Self::Docx => "Word (DOCX)",
            Self::Html => "Web page",
            Self::Md => "Markdown",
            Self::Txt => "Plain text",
        }
    }
}

impl FromStr for Format {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        Self::ALL
            .into_iter()
            .find(|format| format.suffix() == text)
            .ok_or_else(|| {
                Error::invalid_field(
                    "format",
                    format!("There is no format {text}. Choose json, docx, html, md or txt."),
                )
            })
    }
}

/// The profile as a file of a format.
///
/// # Errors
/// [`Error::Internal`] when it cannot be written.
pub fn file(profile: &Profile, format: Format) -> Result<Vec<u8>> {
    let resume = &profile.resume;
    match format {
        Format::Json => {
            let mut text =
                serde_json::to_vec_pretty(&document(profile)?).map_err(Error::internal)?;
            text.push(b'\n');
            Ok(text)
        }
        Format::Docx => Ok(resume::docx::write(resume)),
        Format::Html => Ok(resume::html::write(resume).into_bytes()),
        Format::Md => Ok(resume::markdown::write(resume).into_bytes()),
        Format::Txt => Ok(resume::text::write(resume).into_bytes()),
    }
}

/// The profile as a JSON Resume document. Reading it again gives an equal profile.
///
/// # Errors
/// [`Error::Internal`] when it cannot be written.
pub fn document(profile: &Profile) -> Result<Value> {
    let mut document = resume::json::write(&profile.resume);
    if profile.aims != Aims::default() {
        document[AIMS] = serde_json::to_value(&profile.aims).map_err(Error::internal)?;
    }
    Ok(document)
}

/// Takes the aims out of a resume that was read from a file. Aims that cannot be read stay where they are, with what is wrong.
pub fn split_aims(mut resume: Resume) -> (Profile, Option<String>) {
    let Some(kept) = resume.extra.remove(AIMS) else {
        return (
            Profile {
                resume,
                aims: Aims::default(),
            },
            None,
        );
    };
    match serde_json::from_value(kept.clone()) {
        Ok(aims) => (Profile { resume, aims }, None),
        Err(error) => {
            resume.extra.insert(AIMS.to_owned(), kept);
            let problem = format!("`{AIMS}` cannot be read ({error}); it is kept as it was");
            (
                Profile {
                    resume,
                    aims: Aims::default(),
                },
                Some(problem),
            )
        }
    }
}

/// The key with which the resume's writer marks a document as its own.
const MARK: &str = "x-resume";

/// What was read from a document.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// The profile.
    pub profile: Profile,
    /// What was changed on the way.
    pub notes: Vec<resume::Note>,
    /// Whether a profile was written as this document, so that its ids are known.
    pub own: bool,
}

/// Whether a file is a JSON Resume document that a profile was written as.
#[must_use]
pub fn is_own(bytes: &[u8]) -> bool {
    serde_json::from_slice::<Value>(bytes).is_ok_and(|document| document.get(MARK).is_some())
}

/// Reads a JSON Resume document that somebody edited.
///
/// # Errors
/// [`Error::Invalid`] when it is no JSON Resume, or its aims cannot be read; the message says where.
pub fn read_document(bytes: &[u8]) -> Result<Document> {
    let imported =
        resume::json::read(bytes).map_err(|error| Error::invalid(sentence(&error.to_string())))?;
    let (profile, problem) = split_aims(imported.resume);
    match problem {
        Some(problem) => Err(Error::invalid_field(AIMS, sentence(&problem))),
        None => Ok(Document {
            profile,
            notes: imported.report,
            own: is_own(bytes),
        }),
    }
}

/// The same for a document that is in memory already.
///
/// # Errors
/// As [`read_document`].
pub fn read_value(document: &Value) -> Result<Document> {
    read_document(json!(document).to_string().as_bytes())
}

/// A message of another part as a sentence.
pub(super) fn sentence(message: &str) -> String {
    let mut letters = message.chars();
    let first = letters.next().map(char::to_uppercase);
    let rest = letters.as_str().trim_end_matches('.');
    first.map_or_else(String::new, |first| format!("{first}{rest}."))
}

#[cfg(test)]
mod tests {
    use super::{AIMS, document, read_value, split_aims};
    use crate::profile::sample::sample_person;

    #[test]
    fn what_is_written_is_read_again_leaf_by_leaf() {
        let mut person = sample_person().unwrap();
        person
            .aims
            .extra
            .insert("graduation".into(), "next summer".into());
        let again = read_value(&document(&person).unwrap()).unwrap();
        assert!(again.own);
        assert_eq!(again.profile, person);
        assert_eq!(again.notes, []);
    }

    #[test]
    fn a_profile_without_aims_is_plain_json_resume() {
        let mut person = sample_person().unwrap();
        person.aims = super::Aims::default();
        let written = document(&person).unwrap();
        assert!(written.get(AIMS).is_none());
        assert_eq!(resume::json::problems(&written), []);
        assert_eq!(read_value(&written).unwrap().profile, person);
    }

    #[test]
    fn aims_that_cannot_be_read_stay_in_the_file_and_are_told() {
        let mut resume = resume::Resume::default();
        resume.extra.insert(AIMS.into(), 7.into());
        let (profile, problem) = split_aims(resume.clone());
        assert_eq!(profile.resume, resume);
        assert!(problem.unwrap().contains(AIMS));
    }
}
