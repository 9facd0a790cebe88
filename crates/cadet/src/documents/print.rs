//! Setting documents as PDF and reading them back.

use pdf::readback::Reader;
use pdf::{Engine, Kind, Paper, Template};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

use super::actions::blocking;
use super::model::{Document, DocumentKind, PaperSize};
use crate::error::{Error, Result};
use crate::printer::PrintJob;
use crate::state::Ctx;

/// A template that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct TemplateChoice {
    /// Its name.
    pub name: String,
    /// As people read it.
    pub title: String,
    /// What it looks like.
    pub description: String,
}

/// What reading a PDF again gave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Readback {
    /// Pages.
    pub pages: usize,
    /// Whether every reader found every field, in order, and no character that only its font knows.
    pub clean: bool,
    /// Each reader.
    pub readings: Vec<Reading>,
    /// Writing systems that no font at hand can show.
    pub missing_scripts: Vec<String>,
}

/// What one reader found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Reading {
    /// Which reader.
    pub reader: String,
    /// Fields that were looked for.
    pub fields: usize,
    /// Fields that were not found, with their text.
    pub missing: Vec<String>,
    /// Fields that were found before something that should precede them.
    pub out_of_order: Vec<String>,
    /// Characters that mean nothing outside their font, ligatures and what could not be read.
    pub odd_characters: usize,
}

fn kind_of(kind: DocumentKind) -> Kind {
    if kind.is_letter() {
        Kind::Letter
    } else {
        Kind::Resume
    }
}

/// The templates for a kind of document.
#[must_use]
pub fn templates(kind: DocumentKind) -> Vec<TemplateChoice> {
    let fitting = Template::ALL
        .into_iter()
        .filter(|template| template.kind == kind_of(kind));
    fitting
        .map(|template| TemplateChoice {
            name: template.name.to_owned(),
            title: template.title.to_owned(),
            description: template.description.to_owned(),
        })
        .collect()
}

/// The template to use: the one asked for, in the dress of a letter for a letter; else the first.
///
/// # Errors
/// [`Error::Invalid`] for one that is not there.
pub fn template(kind: DocumentKind, name: Option<&str>) -> Result<String> {
    let Some(name) = name.map(str::trim).filter(|name| !name.is_empty()) else {
        let first = templates(kind).into_iter().next();
        return first
            .map(|one| one.name)
            .ok_or_else(|| Error::internal("no template ships"));
    };
    let found = Template::by_name(name).map(|found| {
        if kind.is_letter() {
            found.letter()
        } else {
            found
        }
    });
    match found.filter(|found| found.kind == kind_of(kind)) {
        Some(found) => Ok(found.name.to_owned()),
        None => {
            let names: Vec<String> = templates(kind).into_iter().map(|one| one.name).collect();
            Err(Error::invalid_field(
                "template",
                format!(
                    "There is no template `{name}`. There are: {}.",
                    names.join(", ")
                ),
            ))
        }
    }
}

fn paper(paper: PaperSize) -> Paper {
    match paper {
        PaperSize::A4 => Paper::A4,
        PaperSize::UsLetter => Paper::UsLetter,
    }
}

/// What a template shows of a document.
pub(super) fn data(document: &Document) -> Value {
    let resume = resume::json::write(&document.content.resume);
    let Some(letter) = &document.content.letter else {
        return resume;
    };
    let given = &document.content.given;
    let posting = document.content.posting.as_ref();
    json!({
        "sender": resume.get("basics").cloned().unwrap_or_default(),
        "recipient": {
            "name": given.contact,
            "title": given.contact_title,
            "organization": posting.map(|posting| posting.company.as_str()).unwrap_or_default(),
            "address": posting.and_then(|posting| posting.places.first()).cloned().unwrap_or_default(),
        },
        "place": document.content.resume.basics.location.city,
        "date": given.date,
        "subject": letter.subject,
        "greeting": letter.salutation,
        "paragraphs": letter.paragraphs,
        "closing": letter.closing,
        "signature": letter.signature,
    })
}

/// A set document.
struct Set {
    bytes: Vec<u8>,
    pages: usize,
    missing: Vec<String>,
}

fn set(engine: &Engine, document: &Document) -> Result<Set> {
    let template = Template::by_name(&document.template)
        .ok_or_else(|| Error::not_found("template", &document.template))?;
    // A letter holds no resume.
    let resume = document.content.letter.is_none();
    let resume = resume.then(|| resume::json::write(&document.content.resume));
    let rendered = PrintJob {
        template,
        paper: paper(document.paper),
        data: &data(document),
        attached: resume.as_ref(),
        title: &document.title,
        author: &document.content.resume.basics.name,
        language: &document.content.language,
        made_at: document.made_at,
    }
    .print(engine)?;
    let missing = rendered.missing.iter().map(ToString::to_string);
    Ok(Set {
        bytes: rendered.bytes,
        pages: rendered.pages,
        missing: missing.collect(),
    })
}

/// The document as PDF.
///
/// # Errors
/// [`Error::Unavailable`] when it cannot be set.
pub async fn pdf(ctx: &Ctx, document: &Document) -> Result<Vec<u8>> {
    let (ctx, document) = (ctx.clone(), document.clone());
    blocking(move || set(&ctx.printer.engine(), &document).map(|set| set.bytes)).await?
}

/// Sets the document and reads it back with both readers; none when it cannot be set or read.
///
/// # Errors
/// [`Error::Internal`] when the work is broken off.
pub async fn readback(ctx: &Ctx, document: &Document) -> Result<Option<Readback>> {
    let (ctx, document) = (ctx.clone(), document.clone());
    blocking(move || read_again(&ctx.printer.engine(), &document)).await
}

/// The same, on this thread.
#[must_use]
pub fn read_again(engine: &Engine, document: &Document) -> Option<Readback> {
    let set = set(engine, document).ok()?;
    let template = Template::by_name(&document.template)?;
    let expected = pdf::view::expected(template, &data(document)).ok()?;
    let named = |field: &pdf::view::Field| format!("{}: {}", field.name, field.text);
    let mut readings = Vec::new();
    for reader in Reader::ALL {
        let pages = reader.read(&set.bytes).ok()?;
        let report = pdf::readback::compare(&expected, &pages);
        readings.push((
            report.is_clean(),
            Reading {
                reader: reader.name().to_owned(),
                fields: report.fields,
                missing: report.missing.iter().map(named).collect(),
                out_of_order: report.out_of_order.iter().map(named).collect(),
                odd_characters: report.private_use + report.ligatures + report.unreadable,
            },
        ));
    }
    Some(Readback {
        pages: set.pages,
        clean: readings.iter().all(|(clean, _)| *clean) && set.missing.is_empty(),
        readings: readings.into_iter().map(|(_, reading)| reading).collect(),
        missing_scripts: set.missing,
    })
}
