//! A document as a file, in every format.

use super::actions::{blocking, document_show};
use super::letters::write;
use super::model::{Document, DocumentId, File, Format};
use super::print;
use crate::error::{Error, Result};
use crate::state::Ctx;

/// A document as a file. What the gate refused when it was made is put right first: only the JSON of it can be had.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Conflict`] names the sentence that the gate refuses; from the database.
pub async fn document_file(ctx: &Ctx, id: DocumentId, format: Format) -> Result<File> {
    let document = document_show(ctx, id).await?;
    if let (Some(refused), true) = (document.content.refused.first(), format != Format::Json) {
        return Err(Error::Conflict(format!(
            "This document states what your profile does not hold, so it is not given out. \"{}\": {}",
            refused.sentence, refused.message
        )));
    }
    Ok(File {
        name: name(&document, format),
        mime: format.media_type(),
        bytes: bytes(ctx, &document, format).await?,
    })
}

async fn bytes(ctx: &Ctx, document: &Document, format: Format) -> Result<Vec<u8>> {
    if format == Format::Pdf {
        return print::pdf(ctx, document).await;
    }
    let document = document.clone();
    blocking(move || match &document.content.letter {
        Some(letter) => letter_bytes(&document, letter, format),
        None => resume_bytes(&document, format),
    })
    .await?
}

fn letter_bytes(
    document: &Document,
    letter: &super::letters::Letter,
    format: Format,
) -> Result<Vec<u8>> {
    Ok(match format {
        Format::Docx => write::docx(letter)?,
        Format::Html => write::html(letter, &document.content.language).into_bytes(),
        Format::Markdown => write::markdown(letter).into_bytes(),
        Format::Text => write::text(letter).into_bytes(),
        Format::Json | Format::Pdf => serde_json::to_vec_pretty(letter).map_err(Error::internal)?,
    })
}

fn resume_bytes(document: &Document, format: Format) -> Result<Vec<u8>> {
    let resume = &document.content.resume;
    let wording = resume::Wording::of_code(&document.content.language);
    Ok(match format {
        Format::Docx => resume::docx::write_in(resume, wording),
        Format::Html => resume::html::write_in(resume, wording).into_bytes(),
        Format::Markdown => resume::markdown::write_in(resume, wording).into_bytes(),
        Format::Text => resume::text::write_in(resume, wording).into_bytes(),
        Format::Json | Format::Pdf => {
            let json = resume::json::write(resume);
            serde_json::to_vec_pretty(&json).map_err(Error::internal)?
        }
    })
}

/// `resume-nordlicht-2.pdf`: kind, company and version.
fn name(document: &Document, format: Format) -> String {
    let company = document
        .content
        .posting
        .as_ref()
        .map_or("", |posting| posting.company.as_str());
    let mut plain = String::new();
    for c in company.to_lowercase().chars().take(40) {
        match c {
            c if c.is_ascii_alphanumeric() => plain.push(c),
            _ if !plain.is_empty() && !plain.ends_with('-') => plain.push('-'),
            _ => {}
        }
    }
    let plain = plain.trim_matches('-');
    let parts = [document.kind.name(), plain]
        .into_iter()
        .filter(|part| !part.is_empty());
    let parts: Vec<&str> = parts.collect();
    format!(
        "{}-{}.{}",
        parts.join("-"),
        document.version,
        format.suffix()
    )
}
