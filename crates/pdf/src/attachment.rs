//! Files that travel inside a PDF.

use serde::Serialize;

use crate::RenderError;

/// How an attachment relates to the pages, in the terms of PDF/A-3.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Relationship {
    /// The pages were made from it.
    #[default]
    Source,
    /// It is what the pages show, as data.
    Data,
    /// It says the same in another form.
    Alternative,
    /// It adds to the pages.
    Supplement,
}

/// A file inside the PDF.
#[derive(Clone, Debug)]
pub struct Attachment {
    /// Its name without folders, such as `resume.json`.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
    /// Its media type, such as `application/json`.
    pub mime: String,
    /// What it is, for people.
    pub description: String,
    /// How it relates to the pages.
    pub relationship: Relationship,
}

/// An attachment as templates are told of it.
#[derive(Serialize)]
pub struct Attached<'a> {
    /// The file that holds it while the document is set.
    pub file: String,
    name: &'a str,
    mime: &'a str,
    description: &'a str,
    relationship: Relationship,
}

/// What templates are told of `attachments`; each has to have a plain name of its own.
pub fn attached(attachments: &[Attachment]) -> Result<Vec<Attached<'_>>, RenderError> {
    let one = |(index, attachment)| attach(index, attachment, &attachments[..index]);
    attachments.iter().enumerate().map(one).collect()
}

fn attach<'a>(
    index: usize,
    attachment: &'a Attachment,
    earlier: &[Attachment],
) -> Result<Attached<'a>, RenderError> {
    let wrong = |reason: &str| RenderError::Attachment {
        name: attachment.name.clone(),
        reason: reason.to_owned(),
    };
    let name = attachment.name.as_str();
    if name.trim().is_empty() || name.starts_with('.') || name.contains(['/', '\\', '\0']) {
        return Err(wrong(
            "give it a plain file name without folders, such as `data.json`",
        ));
    }
    if earlier.iter().any(|other| other.name == name) {
        return Err(wrong("another one has the same name; give each its own"));
    }
    if !attachment.mime.contains('/') {
        return Err(wrong("give its media type, such as `application/json`"));
    }
    let description = attachment.description.trim();
    Ok(Attached {
        file: format!("attachment-{index}"),
        name,
        mime: &attachment.mime,
        // An archive has to say what each of its files is.
        description: if description.is_empty() {
            name
        } else {
            description
        },
        relationship: attachment.relationship,
    })
}
