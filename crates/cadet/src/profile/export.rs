//! The profile as a file: JSON Resume with the aims under a key of their own, and the documents that the resume's writers make.

use std::str::FromStr;

use pdf::{Kind, Paper, Template};
use resume::Resume;
use serde_json::{Value, json};

use super::model::{Aims, Profile};
use crate::clock::Timestamp;
use crate::error::{Error, Result};
use crate::printer::{PrintJob, Printer};
use crate::state::Ctx;

/// The key under which a JSON Resume file carries the aims, at the top.
pub const AIMS: &str = "x-aims";

/// The kinds of files that a profile can be written as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// JSON Resume, with everything that the profile holds
    #[default]
    Json,
    /// Pages, with the same JSON inside
    Pdf,
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
    pub const ALL: [Self; 6] = [
        Self::Json,
        Self::Pdf,
        Self::Docx,
        Self::Html,
        Self::Md,
        Self::Txt,
    ];

    /// The ending of the file's name.
    #[must_use]
    pub const fn suffix(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Pdf => "pdf",
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
            Self::Pdf => "application/pdf",
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
            Self::Pdf => "PDF",
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
                    format!("There is no format {text}. Choose json, pdf, docx, html, md or txt."),
                )
            })
    }
}

/// The profile as a file of a format.
///
/// # Errors
/// [`Error::Unavailable`] when the pages of a PDF cannot be set; [`Error::Internal`] when it cannot be written.
pub async fn profile_file(ctx: &Ctx, profile: Profile, format: Format) -> Result<Vec<u8>> {
    let (ctx, now) = (ctx.clone(), ctx.now());
    let write = move || file(&ctx.printer, &profile, format, now);
    tokio::task::spawn_blocking(write)
        .await
        .map_err(Error::internal)?
}

/// The same, on this thread.
fn file(printer: &Printer, profile: &Profile, format: Format, now: Timestamp) -> Result<Vec<u8>> {
    let resume = &profile.resume;
    match format {
        Format::Pdf => pages(printer, profile, now),
        Format::Json => {
            let mut text =
                serde_json::to_vec_pretty(&document(profile)?).map_err(Error::internal)?;
            text.push(b'\n');
            Ok(text)
        }
        Format::Docx => Ok(resume::docx::write(&with_aims(profile)?)),
        Format::Html => Ok(resume::html::write(resume).into_bytes()),
        Format::Md => Ok(resume::markdown::write(resume).into_bytes()),
        Format::Txt => Ok(resume::text::write(resume).into_bytes()),
    }
}

fn pages(printer: &Printer, profile: &Profile, now: Timestamp) -> Result<Vec<u8>> {
    let template = Template::ALL
        .into_iter()
        .find(|template| template.kind == Kind::Resume);
    let job = PrintJob {
        template: template.ok_or_else(|| Error::internal("no template ships"))?,
        paper: Paper::default(),
        data: &resume::json::write(&profile.resume),
        attached: Some(&document(profile)?),
        title: "Resume",
        author: &profile.resume.basics.name,
        language: "en",
        made_at: now,
    };
    Ok(job.print(&printer.engine())?.bytes)
}

/// The profile as a JSON Resume document. Reading it again gives an equal profile.
///
/// # Errors
/// [`Error::Internal`] when it cannot be written.
pub fn document(profile: &Profile) -> Result<Value> {
    Ok(resume::json::write(&with_aims(profile)?))
}

/// The resume with the aims among what it holds beside the standard, where a document's data keeps them.
fn with_aims(profile: &Profile) -> Result<Resume> {
    let mut resume = profile.resume.clone();
    if profile.aims != Aims::default() {
        let aims = serde_json::to_value(&profile.aims).map_err(Error::internal)?;
        resume.extra.insert(AIMS.to_owned(), aims);
    }
    Ok(resume)
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
            own: imported.own,
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
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::{AIMS, Format, document, file, read_value, split_aims};
    use crate::clock::Timestamp;
    use crate::printer::Printer;
    use crate::profile::model::Profile;
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

    /// The sample person with fewer entries and with other words: in other scripts, with quotes, dashes and what fonts
    /// join, such as "ffi".
    fn anybody() -> impl Strategy<Value = Profile> {
        let words = "[A-Za-zéñçßøÅžА-яΑ-ω0-9'’\"„“–—&/+#@%().,:; -]{0,12}(affine|office|flûte)?[ a-zё]{0,40}";
        (vec(0_usize..4, 9), vec(words, 30)).prop_map(|(kept, words)| {
            let mut person = sample_person().unwrap();
            let resume = &mut person.resume;
            resume.work.truncate(kept[0]);
            resume.education.truncate(kept[1]);
            resume.projects.truncate(kept[2]);
            resume.skills.truncate(kept[3]);
            resume.languages.truncate(kept[4]);
            resume.certificates.truncate(kept[5]);
            resume.volunteer.truncate(kept[6]);
            resume.awards.truncate(kept[7]);
            resume.interests.truncate(kept[8]);
            let mut words = words.into_iter().map(|words| words.trim().to_owned());
            let texts = [
                &mut resume.basics.name,
                &mut resume.basics.label,
                &mut resume.basics.summary,
            ];
            let work = resume.work.iter_mut().flat_map(|work| {
                let lines = work.highlights.iter_mut().map(|line| &mut line.text);
                [&mut work.name, &mut work.position]
                    .into_iter()
                    .chain(lines)
            });
            let projects = resume
                .projects
                .iter_mut()
                .flat_map(|project| [&mut project.name, &mut project.description]);
            for (text, words) in texts
                .into_iter()
                .chain(work)
                .chain(projects)
                .zip(&mut words)
            {
                *text = words;
            }
            person
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn pages_and_word_files_are_read_again_leaf_by_leaf(person in anybody()) {
            let printer = Printer::default();
            for format in [Format::Pdf, Format::Docx, Format::Json] {
                let written = file(&printer, &person, format, Timestamp(0)).unwrap();
                let name = format!("resume.{}", format.suffix());
                let read = resume::read(&name, &written).unwrap();
                prop_assert_eq!(split_aims(read.resume).0, person.clone(), "{}", name);
            }
        }
    }
}
