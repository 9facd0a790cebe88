//! Setting documents as PDF and reading them back: the one place that knows the crate `pdf`.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::model::{Document, DocumentKind};
use crate::error::{Error, Result};
use crate::state::Ctx;

/// The typesetter.
#[derive(Debug, Default)]
pub struct Printer;

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

/// The templates for a kind of document.
#[must_use]
pub fn templates(kind: DocumentKind) -> Vec<TemplateChoice> {
    let name = if kind.is_letter() {
        "letter-classic"
    } else {
        "classic"
    };
    vec![TemplateChoice {
        name: name.to_owned(),
        title: "Classic".to_owned(),
        description: String::new(),
    }]
}

/// The template to use.
///
/// # Errors
/// [`Error::Invalid`] for one that is not there.
pub fn template(kind: DocumentKind, name: Option<&str>) -> Result<String> {
    let all = templates(kind);
    let name = name.unwrap_or(&all[0].name);
    Ok(name.to_owned())
}

/// The document as PDF.
///
/// # Errors
/// [`Error::Unavailable`] when it cannot be set.
pub async fn pdf(_ctx: &Ctx, _document: &Document) -> Result<Vec<u8>> {
    Err(Error::Unavailable {
        message: "This Cadet cannot set PDF.".to_owned(),
        cause: None,
    })
}

/// Reads the document back.
///
/// # Errors
/// None.
pub async fn readback(_ctx: &Ctx, _document: &Document) -> Result<Option<Readback>> {
    Ok(None)
}
