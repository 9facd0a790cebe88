//! Pieces of text with their places, cleaned.

use pdf_oxide::layout::{FontWeight, TextSpan};

use crate::limits;

/// A piece of text on a page; places in points, `y` from the bottom.
#[derive(Clone, Debug, Default)]
pub struct Span {
    /// The text.
    pub text: String,
    /// The left edge.
    pub left: f32,
    /// The right edge.
    pub right: f32,
    /// The base line.
    pub y: f32,
    /// The size of the letters.
    pub size: f32,
    /// Whether it is bold.
    pub bold: bool,
    /// Whether it is italic.
    pub italic: bool,
}

/// The pieces of a page that can be read from left to right. Wide gaps within a piece divide it.
pub fn spans(all: Vec<TextSpan>) -> Vec<Span> {
    let horizontal = all
        .into_iter()
        .take(limits::SPANS)
        .filter(|span| span.rotation_degrees.abs() < 1.0);
    let finite = horizontal.filter(|span| {
        [span.bbox.x, span.bbox.y, span.bbox.width, span.font_size]
            .iter()
            .all(|n| n.is_finite())
    });
    finite.flat_map(|span| divided(&span)).collect()
}

/// Cuts a piece where three or more spaces stand in it.
fn divided(span: &TextSpan) -> Vec<Span> {
    let chars: Vec<char> = span.text.chars().collect();
    let count = f32::from(u16::try_from(chars.len().max(1)).unwrap_or(u16::MAX));
    let width = span.bbox.width.max(0.0);
    let at = |index: usize| {
        span.bbox.x + width * f32::from(u16::try_from(index).unwrap_or(u16::MAX)) / count
    };
    let bold = span.font_weight >= FontWeight::SemiBold || is_bold(&span.font_name);
    let mut out = Vec::new();
    let mut from = 0;
    let mut spaces = 0;
    let mut end = 0;
    let mut push = |from: usize, to: usize| {
        let text: String = chars.get(from..to).unwrap_or(&[]).iter().collect();
        let text = clean(&text);
        if !text.trim().is_empty() {
            let (left, right) = (at(from), at(to));
            out.push(Span {
                text,
                left,
                right,
                y: span.bbox.y,
                size: span.font_size.abs().max(1.0),
                bold,
                italic: span.is_italic,
            });
        }
    };
    for (index, c) in chars.iter().enumerate() {
        if matches!(c, ' ' | '\u{a0}') {
            spaces += 1;
            continue;
        }
        if matches!(c, '\t' | '\r' | '\n') {
            continue;
        }
        if spaces >= 3 && end > from {
            push(from, end);
            from = index;
        }
        spaces = 0;
        end = index + 1;
    }
    // A space at the end tells that the next piece is another word.
    push(from, if spaces >= 3 { end } else { chars.len() });
    out
}

fn is_bold(font: &str) -> bool {
    let name = font.rsplit('+').next().unwrap_or(font);
    // The bold fonts of TeX.
    ["CMBX", "SFBX", "CMCSCBX", "LMBX", "ECBX"]
        .iter()
        .any(|start| name.starts_with(start))
}

/// Text without ligatures, hidden signs and odd spaces. Marks of possible hyphens that are drawn are hyphens.
pub fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            'ﬀ' => out.push_str("ff"),
            'ﬁ' => out.push_str("fi"),
            'ﬂ' => out.push_str("fl"),
            'ﬃ' => out.push_str("ffi"),
            'ﬄ' => out.push_str("ffl"),
            'ﬅ' | 'ﬆ' => out.push_str("st"),
            '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{feff}' | '\u{2060}' => {}
            '-' | '\u{ad}' | '‐' | '‑' => {
                let mut hyphen = c;
                while let Some(next) = chars.next_if(|c| matches!(c, '-' | '\u{ad}' | '‐' | '‑'))
                {
                    hyphen = if next == '\u{ad}' && hyphen == '\u{ad}' {
                        next
                    } else {
                        '-'
                    };
                }
                // At the end of a line it may be a broken word.
                let last = chars.peek().is_none();
                out.push(if hyphen == '\u{ad}' && last {
                    '\u{ad}'
                } else {
                    '-'
                });
            }
            c if c.is_whitespace() => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}
