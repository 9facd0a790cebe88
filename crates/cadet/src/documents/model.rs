//! What a document is: its kind, its sentences with what each one states, and how it was made.

use std::fmt;
use std::str::FromStr;

use resume::{EntryId, Resume};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::gate::Refusal;
use super::letters::Letter;
use super::tailor::{Choice, LeftOut};
use crate::clock::Timestamp;
use crate::error::{Error, Result};
use crate::postings::model::PostingId;
use crate::row_id::row_id;
use crate::skills::evidence::EvidenceId;

row_id!(
    /// The row id of one version of a document.
    DocumentId
);

/// What kind of document.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    ToSchema,
    clap::ValueEnum,
)]
#[serde(rename_all = "kebab-case")]
pub enum DocumentKind {
    /// A resume.
    #[default]
    Resume,
    /// A cover letter.
    Letter,
    /// A thank-you note after a conversation.
    Thanks,
    /// A question about an application that has had no answer.
    FollowUp,
    /// A first message to somebody.
    Outreach,
    /// Taking an application back.
    Withdrawal,
}

impl DocumentKind {
    /// Every kind, in the order in which they are offered.
    pub const ALL: [Self; 6] = [
        Self::Resume,
        Self::Letter,
        Self::Thanks,
        Self::FollowUp,
        Self::Outreach,
        Self::Withdrawal,
    ];

    /// The kind as stored and in addresses.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Resume => "resume",
            Self::Letter => "letter",
            Self::Thanks => "thanks",
            Self::FollowUp => "follow-up",
            Self::Outreach => "outreach",
            Self::Withdrawal => "withdrawal",
        }
    }

    /// The kind as people read it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Resume => "Resume",
            Self::Letter => "Cover letter",
            Self::Thanks => "Thank-you note",
            Self::FollowUp => "Follow-up",
            Self::Outreach => "Outreach",
            Self::Withdrawal => "Withdrawal",
        }
    }

    /// Whether it is made of paragraphs rather than of the profile's sections.
    #[must_use]
    pub fn is_letter(self) -> bool {
        self != Self::Resume
    }
}

impl FromStr for DocumentKind {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let known = Self::ALL.into_iter().find(|kind| kind.name() == text);
        known.ok_or_else(|| {
            Error::invalid_field(
                "kind",
                format!("`{text}` is no kind of document. There are: resume, letter, thanks, follow-up, outreach, withdrawal."),
            )
        })
    }
}

/// The size of the page.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema, clap::ValueEnum,
)]
#[serde(rename_all = "kebab-case")]
pub enum PaperSize {
    /// 210 by 297 mm.
    #[default]
    A4,
    /// 8.5 by 11 inches.
    UsLetter,
}

impl PaperSize {
    /// Both.
    pub const ALL: [Self; 2] = [Self::A4, Self::UsLetter];

    /// As stored.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::A4 => "a4",
            Self::UsLetter => "us-letter",
        }
    }

    /// As people read it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::A4 => "A4",
            Self::UsLetter => "US Letter",
        }
    }
}

impl FromStr for PaperSize {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        match text {
            "a4" => Ok(Self::A4),
            "us-letter" => Ok(Self::UsLetter),
            _ => Err(Error::invalid_field(
                "paper",
                format!("`{text}` is no paper. There are: a4, us-letter."),
            )),
        }
    }
}

/// Something that a sentence states or is made from. Written as text: `work-2`, `evidence:7`, `posting`, `paragraph:3`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Cite {
    /// An entry of the profile, with all that it tells, or one bullet.
    Entry(EntryId),
    /// A piece of evidence.
    Evidence(EvidenceId),
    /// Name, contact data and summary of the profile.
    Basics,
    /// What the person looks for: availability, graduation.
    Aims,
    /// Any entry of the profile: the sentence names none.
    Profile,
    /// The posting.
    Posting,
    /// What was given for this document: to whom, the date of a conversation.
    Given,
    /// The paragraph that the sentence is taken from: it holds the words, but no facts.
    Paragraph(String),
}

impl fmt::Display for Cite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Entry(id) => id.fmt(f),
            Self::Evidence(id) => write!(f, "evidence:{id}"),
            Self::Basics => f.write_str("basics"),
            Self::Aims => f.write_str("aims"),
            Self::Profile => f.write_str("profile"),
            Self::Posting => f.write_str("posting"),
            Self::Given => f.write_str("given"),
            Self::Paragraph(key) => write!(f, "paragraph:{key}"),
        }
    }
}

impl From<Cite> for String {
    fn from(cite: Cite) -> Self {
        cite.to_string()
    }
}

impl TryFrom<String> for Cite {
    type Error = std::num::ParseIntError;

    fn try_from(text: String) -> std::result::Result<Self, Self::Error> {
        if let Some(id) = text.strip_prefix("evidence:") {
            return Ok(Self::Evidence(EvidenceId(id.parse()?)));
        }
        if let Some(key) = text.strip_prefix("paragraph:") {
            return Ok(Self::Paragraph(key.to_owned()));
        }
        Ok(match text.as_str() {
            "basics" => Self::Basics,
            "aims" => Self::Aims,
            "profile" => Self::Profile,
            "posting" => Self::Posting,
            "given" => Self::Given,
            _ => Self::Entry(EntryId(text)),
        })
    }
}

/// How a sentence must agree with what it cites.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// It is a field, equal to that of the entry: the employer, the title, a date. The place names the field.
    Field,
    /// It is a wording that the person approved, or a rewording that states nothing more.
    Wording,
    /// It is a sentence of a letter.
    Prose,
}

/// One sentence of a document, or one field of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Sentence {
    /// Where it stands: `work-2/name`, `work-2/bullet-3`, `letter/2/1`.
    pub place: String,
    /// The words.
    pub text: String,
    /// How it must agree with what it cites.
    pub form: Form,
    /// What it states: entries of the profile, evidence, the posting.
    #[schema(value_type = Vec<String>)]
    pub cites: Vec<Cite>,
}

/// All that one version of a document says, and why. Immutable once stored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Content {
    /// The language of the document, ISO 639-1.
    pub language: String,
    /// The selected resume; also the sender of a letter.
    #[schema(value_type = Object)]
    pub resume: Resume,
    /// The letter, if it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub letter: Option<Letter>,
    /// Every sentence with what it states.
    pub sentences: Vec<Sentence>,
    /// What was chosen, with reasons.
    pub chosen: Vec<Choice>,
    /// What was left out, with reasons.
    pub left_out: Vec<LeftOut>,
    /// What the person should know: slots that nothing fills, starters that were not adapted, the length.
    pub remarks: Vec<String>,
    /// What the gate refused when it was made: nothing of it is given out as a file while there is any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub refused: Vec<Refusal>,
    /// What was given for it.
    pub given: Given,
    /// What the posting said when the document was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub posting: Option<PostingFacts>,
    /// The paragraphs of a letter as they were, by key: the words that its sentences may use.
    #[serde(default, skip_serializing_if = "std::collections::BTreeMap::is_empty")]
    pub paragraphs: std::collections::BTreeMap<String, String>,
}

/// What is given for one document, beyond profile and posting.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct Given {
    /// The name of whom it is written to.
    pub contact: String,
    /// Their role, such as "Engineering Manager".
    pub contact_title: String,
    /// The day of the conversation, or of the application, that it is about: `2026-11-24`.
    pub day: String,
    /// What the conversation was about, in the person's words.
    pub topic: String,
    /// The day of the document: `2026-11-26`.
    pub date: String,
}

/// What a posting says that a document may state.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct PostingFacts {
    /// The title.
    pub title: String,
    /// The company.
    pub company: String,
    /// Places as shown.
    pub places: Vec<String>,
    /// Countries in two letters.
    pub countries: Vec<String>,
    /// Team or department.
    pub department: String,
    /// Ids of the skills that it names, those that it insists on first.
    pub skills: Vec<String>,
    /// The language of its text, ISO 639-1.
    pub language: String,
    /// Whether it is an internship.
    pub internship: bool,
}

/// How a document is to be made. What is not given follows the posting, the profile and what is usual.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct DocumentOptions {
    /// The template, such as `classic`.
    pub template: Option<String>,
    /// The paper.
    pub paper: Option<PaperSize>,
    /// The language, ISO 639-1.
    pub language: Option<String>,
    /// Pages that a resume aims at.
    pub pages: Option<u8>,
    /// What is given for a letter.
    pub given: Given,
}

/// One stored version of a document.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Document {
    /// Its id.
    pub id: DocumentId,
    /// What it was made for; none: no posting in particular.
    pub posting: Option<PostingId>,
    /// Its kind.
    pub kind: DocumentKind,
    /// 1 for the first of this kind for this posting, then 2.
    pub version: i32,
    /// What it is called in lists.
    pub title: String,
    /// The template.
    pub template: String,
    /// The paper.
    pub paper: PaperSize,
    /// When it was made.
    pub made_at: Timestamp,
    /// SHA-256 of its content as stored, in hexadecimal.
    pub sha256: String,
    /// What it says.
    pub content: Content,
}

/// A document in a list.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct DocumentSummary {
    /// Its id.
    pub id: DocumentId,
    /// What it was made for.
    pub posting: Option<PostingId>,
    /// Its kind.
    pub kind: DocumentKind,
    /// Its version.
    pub version: i32,
    /// What it is called.
    pub title: String,
    /// The template.
    pub template: String,
    /// The paper.
    pub paper: PaperSize,
    /// When it was made.
    pub made_at: Timestamp,
}

/// A form in which a document can be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// PDF.
    Pdf,
    /// Office Open XML.
    Docx,
    /// A web page.
    Html,
    /// Markdown.
    Markdown,
    /// Plain text.
    Text,
    /// JSON Resume, or the letter's parts.
    Json,
}

impl Format {
    /// Every format, in the order in which they are offered.
    pub const ALL: [Self; 6] = [
        Self::Pdf,
        Self::Docx,
        Self::Html,
        Self::Markdown,
        Self::Text,
        Self::Json,
    ];

    /// In addresses and as the suffix of a file.
    #[must_use]
    pub const fn suffix(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Docx => "docx",
            Self::Html => "html",
            Self::Markdown => "md",
            Self::Text => "txt",
            Self::Json => "json",
        }
    }

    /// The media type.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Html => "text/html; charset=utf-8",
            Self::Markdown => "text/markdown; charset=utf-8",
            Self::Text => "text/plain; charset=utf-8",
            Self::Json => "application/json",
        }
    }

    /// As people read it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Pdf => "PDF",
            Self::Docx => "Word (DOCX)",
            Self::Html => "HTML",
            Self::Markdown => "Markdown",
            Self::Text => "Plain text",
            Self::Json => "JSON",
        }
    }
}

impl FromStr for Format {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let known = Self::ALL.into_iter().find(|format| format.suffix() == text);
        known.ok_or_else(|| {
            Error::not_found(
                "format",
                format!("`{text}`; there are pdf, docx, html, md, txt and json"),
            )
        })
    }
}

/// A document as a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its name, such as `resume-nordlicht-2.pdf`.
    pub name: String,
    /// Its media type.
    pub mime: &'static str,
    /// Its bytes.
    pub bytes: Vec<u8>,
}
