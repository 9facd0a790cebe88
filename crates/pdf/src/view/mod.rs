//! What a template shows of the data: every text as it will stand on the page, in the order of the page.
//!
//! Templates draw these parts and decide nothing. So the same list that is drawn tells what must be read back
//! ([`Document::fields`]), and no template can lose a field or state one of its own.

mod dates;
mod fields;
mod labels;
mod letter;
mod resume;
mod take;

use serde::Serialize;
use serde_json::Value;

pub use fields::Field;

use crate::{Kind, RenderError, Template, clean};

/// One text on the page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Part {
    /// Which field of the data it is, such as `work[0].position`.
    #[serde(skip)]
    pub field: String,
    /// The text.
    pub text: String,
    /// Where a click on it leads.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub href: Option<String>,
}

/// Whose document it is.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Head {
    /// The name.
    pub name: Option<Part>,
    /// The title under the name.
    pub label: Option<Part>,
    /// Mail, telephone, place, pages.
    pub contact: Vec<Part>,
}

/// A heading and what is under it; of the three lists, what there is.
#[derive(Clone, Debug, Serialize)]
pub struct Section {
    /// Its key in the data, such as `work`.
    pub id: &'static str,
    /// The heading.
    pub title: Part,
    /// Running text.
    pub paragraphs: Vec<Part>,
    /// Jobs, degrees, projects, prizes.
    pub entries: Vec<Entry>,
    /// Skills, languages, interests.
    pub groups: Vec<Group>,
}

/// Something done or received.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Entry {
    /// What: a position, a degree, a project's name.
    pub title: Option<Part>,
    /// With whom.
    pub name: Option<Part>,
    /// Where.
    pub place: Option<Part>,
    /// When, as one text.
    pub dates: Option<Part>,
    /// An address that is part of the text.
    pub link: Option<Part>,
    /// Running text.
    pub paragraphs: Vec<Part>,
    /// Bullets.
    pub bullets: Vec<Part>,
    /// Short lists such as courses and technologies.
    pub notes: Vec<Group>,
}

/// A word and what belongs to it.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Group {
    /// The word.
    pub label: Option<Part>,
    /// How well.
    pub level: Option<Part>,
    /// What belongs to it.
    pub items: Vec<Part>,
}

/// A letter below its head.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Letter {
    /// To whom, a line each.
    pub recipient: Vec<Part>,
    /// Place and date.
    pub dated: Option<Part>,
    /// What it is about.
    pub subject: Option<Part>,
    /// The salutation.
    pub greeting: Option<Part>,
    /// The text.
    pub paragraphs: Vec<Part>,
    /// "Yours sincerely".
    pub closing: Option<Part>,
    /// The name under it.
    pub signature: Option<Part>,
    /// What comes with it.
    pub enclosures: Option<Group>,
}

/// Everything on the pages.
#[derive(Clone, Debug, Serialize)]
pub struct Document {
    /// Whose it is.
    pub head: Head,
    /// The sections of a resume.
    pub sections: Vec<Section>,
    /// The text of a letter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub letter: Option<Letter>,
}

/// What `template` shows of `data`, which is in the shape of JSON Resume 1.3.1 or of a letter.
///
/// Beside the fields of JSON Resume, a resume's data may hold `sections`, a list of section keys in the wanted order, and both
/// kinds may hold `labels`, the words that the templates themselves say, in the document's language.
pub fn of(template: Template, data: &Value) -> Result<Document, RenderError> {
    let wrong = |reason: &str| RenderError::Data {
        template: template.name,
        reason: reason.to_owned(),
    };
    if !data.is_object() {
        return Err(wrong(
            "it is not an object; give one with the fields that docs/documents-pdf.md lists",
        ));
    }
    match template.kind {
        Kind::Resume => {
            if data.get("basics").is_some_and(|basics| !basics.is_object()) {
                return Err(wrong(
                    "`basics` is not an object; give one with at least `name`",
                ));
            }
            Ok(resume::document(template, data))
        }
        Kind::Letter => {
            if data
                .get("paragraphs")
                .is_some_and(|paragraphs| !paragraphs.is_array())
            {
                return Err(wrong("`paragraphs` is no list; give a list of texts"));
            }
            Ok(letter::document(data))
        }
    }
}

/// What the pages of `template` must say of `data`, in order: to compare with what was read back.
pub fn expected(template: Template, data: &Value) -> Result<Vec<Field>, RenderError> {
    Ok(of(template, &clean::value(data))?.fields(template))
}
