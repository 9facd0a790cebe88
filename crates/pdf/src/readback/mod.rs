//! Reading pages back and comparing them with what was meant.
//!
//! Two readers that share no code read the same bytes: [`Reader::Layout`] looks at where letters stand and works out a reading
//! order, as people's tools do; [`Reader::Stream`] takes letters in the order of the file, as simple tools do. [`compare()`]
//! then asks of each expected text whether it is there, whole, and after the one before it. A document passes when both
//! readers find everything in order and no character that means nothing outside its font.

mod compare;
mod font;
mod layout;
mod state;
mod stream;

use serde::{Deserialize, Serialize};
use thiserror::Error;

pub use compare::{Report, compare};

pub use crate::view::Field;

/// Why a PDF cannot be read back.
#[derive(Debug, Error)]
#[error("the reader `{reader}` cannot read the PDF: {reason}")]
pub struct ReadError {
    /// The reader's name.
    pub reader: &'static str,
    /// What it says.
    pub reason: String,
}

/// A way to read a PDF's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reader {
    /// By where the letters stand (pdf_oxide).
    Layout,
    /// In the order of the content stream, through the fonts' `ToUnicode` maps (on lopdf).
    Stream,
}

impl Reader {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Layout, Self::Stream];

    /// Its name: `layout` or `stream`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Layout => "layout",
            Self::Stream => "stream",
        }
    }

    /// The text of each page of a PDF.
    pub fn read(self, bytes: &[u8]) -> Result<Vec<String>, ReadError> {
        let pages = match self {
            Self::Layout => layout::pages(bytes),
            Self::Stream => stream::pages(bytes),
        };
        pages.map_err(|reason| ReadError {
            reader: self.name(),
            reason,
        })
    }
}

/// What one reader found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// Which reader.
    pub reader: Reader,
    /// How what it read compares with what was meant.
    pub report: Report,
}

/// Reads `bytes` with both readers and compares each with `expected`.
pub fn check(bytes: &[u8], expected: &[Field]) -> Result<Vec<Reading>, ReadError> {
    let read = |reader: Reader| {
        let report = compare(expected, &reader.read(bytes)?);
        Ok(Reading { reader, report })
    };
    Reader::ALL.into_iter().map(read).collect()
}
