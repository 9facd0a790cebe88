//! PDF: positioned text to lines in reading order, and lines to a resume. No model is asked.
//!
//! A JSON Resume that is attached to the file is preferred when it says what the pages show. So is Europass XML.

mod attached;
mod columns;
mod lines;
mod nesting;
mod span;

use std::collections::HashSet;

use pdf_oxide::PdfDocument;
use pdf_oxide::annotations::LinkAction;
use pdf_oxide::object::Object;

use columns::Page;

use crate::report::{Imported, Kind};
use crate::understand::{self, Line};
use crate::{ReadError, limits};

/// Reads a PDF.
///
/// # Errors
///
/// [`ReadError::Encrypted`], [`ReadError::TooManyPages`], [`ReadError::NoText`] for scanned pages, [`ReadError::Bomb`],
/// [`ReadError::Damaged`], and [`ReadError::NotAResume`].
pub fn read(bytes: &[u8]) -> Result<Imported, ReadError> {
    crate::read::guarded("PDF", || read_unguarded(bytes))
}

fn read_unguarded(bytes: &[u8]) -> Result<Imported, ReadError> {
    let document = open(bytes)?;
    let pages = pages_of(&document)?;
    let lines = columns::in_order(pages);
    if lines
        .iter()
        .map(|line| line.text().chars().filter(|c| c.is_alphanumeric()).count())
        .sum::<usize>()
        < 20
    {
        return Err(ReadError::NoText);
    }
    let text: Vec<String> = lines.iter().map(Line::text).collect();
    let text = text.join("\n");
    let (attached, told) = attached::read(&document, &text);
    if let Some(mut imported) = attached {
        imported.report.extend(told);
        imported.text = text;
        return Ok(imported);
    }
    let mut imported = understand::understand(lines, Kind::Pdf)?;
    imported.report.extend(told);
    add_links(&document, &mut imported);
    Ok(imported)
}

/// The text of a PDF, line by line in the order in which it is understood.
///
/// # Errors
///
/// As [`read`].
pub fn text(bytes: &[u8]) -> Result<String, ReadError> {
    crate::read::guarded("PDF", || {
        let document = open(bytes)?;
        let lines = columns::in_order(pages_of(&document)?);
        let text: Vec<String> = lines.iter().map(Line::text).collect();
        Ok(text.join("\n"))
    })
}

fn damaged(error: impl std::fmt::Display) -> ReadError {
    ReadError::Damaged {
        kind: "PDF",
        problem: error.to_string(),
    }
}

/// Opens a document that can be read without a password and has a bearable number of pages.
fn open(bytes: &[u8]) -> Result<PdfDocument, ReadError> {
    nesting::check(bytes)?;
    let document = PdfDocument::from_bytes(bytes.to_vec()).map_err(|error| match error {
        pdf_oxide::Error::EncryptedPdf => ReadError::Encrypted,
        error => damaged(error),
    })?;
    if document.is_encrypted()
        && !document.is_authenticated()
        && !document.authenticate(b"").unwrap_or(false)
    {
        return Err(ReadError::Encrypted);
    }
    check_tree(&document)?;
    let pages = document.page_count().map_err(damaged)?;
    if pages > limits::PAGES {
        return Err(ReadError::TooManyPages { pages });
    }
    Ok(document)
}

/// Goes through the tree of pages, of which a hostile document can make a ring.
fn check_tree(document: &PdfDocument) -> Result<(), ReadError> {
    let catalog = document.catalog().map_err(damaged)?;
    let root = catalog
        .as_dict()
        .and_then(|catalog| catalog.get("Pages"))
        .and_then(Object::as_reference);
    let mut seen = HashSet::new();
    let mut open: Vec<_> = root.into_iter().collect();
    while let Some(node) = open.pop() {
        if !seen.insert(node) {
            return Err(damaged(format!(
                "its tree of pages holds object {} twice",
                node.id
            )));
        }
        if seen.len() > limits::PAGES * 50 {
            return Err(ReadError::TooManyPages { pages: seen.len() });
        }
        let Ok(object) = document.load_object(node) else {
            continue;
        };
        let kids = object
            .as_dict()
            .and_then(|node| node.get("Kids"))
            .and_then(|kids| document.resolve_object(kids).ok());
        let kids = kids.as_ref().and_then(Object::as_array).map(|kids| {
            kids.iter()
                .filter_map(Object::as_reference)
                .collect::<Vec<_>>()
        });
        open.extend(kids.unwrap_or_default());
    }
    Ok(())
}

/// The pieces of text of each page.
fn pages_of(document: &PdfDocument) -> Result<Vec<Page>, ReadError> {
    let count = document.page_count().map_err(damaged)?;
    let mut pages = Vec::with_capacity(count);
    let mut problem = None;
    for page in 0..count {
        let content = document.get_page_content_data(page).unwrap_or_default();
        if content.len() > limits::PAGE_BYTES {
            return Err(ReadError::Bomb {
                what: format!("page {}", page + 1),
            });
        }
        nesting::check_content(&content)?;
        match document.extract_spans(page) {
            Ok(spans) => {
                let (left, _, right, _) = document.get_page_media_box(page).unwrap_or_default();
                let width = right - left;
                pages.push(Page {
                    spans: span::spans(spans),
                    width,
                });
            }
            Err(pdf_oxide::Error::EncryptedPdf) => return Err(ReadError::Encrypted),
            Err(error) => {
                problem = Some(error.to_string());
                pages.push(Page::default());
            }
        }
    }
    match problem {
        Some(problem) if pages.iter().all(|page| page.spans.is_empty()) => Err(damaged(problem)),
        _ => Ok(pages),
    }
}

/// Addresses behind words of the first page, such as `LinkedIn`: accounts that the text itself does not name.
fn add_links(document: &PdfDocument, imported: &mut Imported) {
    let Ok(annotations) = document.get_annotations(0) else {
        return;
    };
    let addresses =
        annotations
            .into_iter()
            .take(200)
            .filter_map(|annotation| match annotation.action {
                Some(LinkAction::Uri(address)) => Some(address),
                _ => None,
            });
    for address in addresses {
        understand::add_link(imported, &address, "page 1, a link");
    }
}

#[cfg(test)]
mod tests;
