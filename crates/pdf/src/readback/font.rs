//! A font as the stream's reader needs it: codes to text, and codes to widths.

use std::collections::HashMap;

use lopdf::{Dictionary, Document, Encoding, Object};

/// One font of a page.
pub struct Font<'a> {
    encoding: Option<Encoding<'a>>,
    widths: HashMap<u16, f32>,
    default_width: f32,
    /// Whether a code has two bytes.
    wide: bool,
}

impl<'a> Font<'a> {
    /// Reads a font's dictionary; what cannot be understood is left out.
    pub fn new(document: &'a Document, font: &'a Dictionary, limit: usize) -> Self {
        let descendant = descendant(document, font);
        let wide = descendant.is_some();
        let (widths, default_width) = match descendant {
            Some(descendant) => (
                wide_widths(document, descendant),
                number(descendant.get(b"DW").ok()).unwrap_or(1000.0),
            ),
            None => (simple_widths(document, font), 500.0),
        };
        let encoding = font.get_font_encoding_with_limit(document, limit).ok();
        Self {
            encoding,
            widths,
            default_width,
            wide,
        }
    }

    /// The text of a shown string.
    pub fn text(&self, bytes: &[u8]) -> String {
        let text = self
            .encoding
            .as_ref()
            .and_then(|encoding| encoding.bytes_to_string(bytes).ok());
        text.unwrap_or_else(|| "\u{fffd}".to_owned())
    }

    /// How far a shown string moves, in thousandths of the font's size, and of how many codes it is.
    pub fn advance(&self, bytes: &[u8]) -> (f32, usize) {
        let width = |code: u16| {
            self.widths
                .get(&code)
                .copied()
                .unwrap_or(self.default_width)
        };
        if self.wide {
            let codes = bytes
                .chunks_exact(2)
                .map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
            (codes.map(width).sum(), bytes.len() / 2)
        } else {
            (
                bytes.iter().map(|byte| width(u16::from(*byte))).sum(),
                bytes.len(),
            )
        }
    }
}

/// The font below a composite font.
fn descendant<'a>(document: &'a Document, font: &'a Dictionary) -> Option<&'a Dictionary> {
    let list = font
        .get_deref(b"DescendantFonts", document)
        .ok()?
        .as_array()
        .ok()?;
    let (_, object) = document.dereference(list.first()?).ok()?;
    object.as_dict().ok()
}

/// The `W` array: `code [width ...]` or `first last width`, one after the other.
fn wide_widths(document: &Document, font: &Dictionary) -> HashMap<u16, f32> {
    let mut widths = HashMap::new();
    let list = font.get_deref(b"W", document).and_then(Object::as_array);
    let Ok(list) = list else { return widths };
    let mut items = list.iter();
    while let Some(first) = items.next().and_then(code) {
        let Some(next) = items
            .next()
            .and_then(|next| document.dereference(next).ok())
        else {
            break;
        };
        if let Ok(each) = next.1.as_array() {
            let each = each.iter().map(|width| number(Some(width)).unwrap_or(0.0));
            widths.extend((first..=u16::MAX).zip(each));
        } else if let (Some(last), Some(width)) = (code(next.1), number(items.next())) {
            widths.extend((first..=last).map(|code| (code, width)));
        }
    }
    widths
}

/// `Widths` from `FirstChar`.
fn simple_widths(document: &Document, font: &Dictionary) -> HashMap<u16, f32> {
    let first = font.get(b"FirstChar").ok().and_then(code).unwrap_or(0);
    let list = font
        .get_deref(b"Widths", document)
        .and_then(Object::as_array);
    let each = list
        .into_iter()
        .flatten()
        .map(|width| number(Some(width)).unwrap_or(0.0));
    (first..=u16::MAX).zip(each).collect()
}

fn code(object: &Object) -> Option<u16> {
    u16::try_from(object.as_i64().ok()?).ok()
}

/// A number, whole or not.
pub fn number(object: Option<&Object>) -> Option<f32> {
    object?.as_float().ok()
}
