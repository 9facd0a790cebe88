//! Reading JSON as sites really send it.
//!
//! Strict first. What strict reading refuses is mended once where the meaning is plain: raw line breaks within strings,
//! half surrogate pairs, `\'`, and commas before a closing bracket. One bad character must not lose a whole board.

use serde_json::Value;

use super::html;

/// Why a text is not JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JsonProblem {
    /// Nothing but white space.
    Empty,
    /// It is an HTML or XML page; with its title, if it has one.
    Html(Option<String>),
    /// It ends in the middle.
    Truncated,
    /// A mistake, with where and what.
    Syntax(String),
}

impl std::fmt::Display for JsonProblem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Empty => f.write_str("an empty answer came where JSON was expected"),
            Self::Html(None) => f.write_str("a web page came where JSON was expected"),
            Self::Html(Some(title)) => {
                write!(f, "a web page (\"{title}\") came where JSON was expected")
            }
            Self::Truncated => f.write_str("the JSON ends in the middle"),
            Self::Syntax(message) => write!(f, "the JSON has a mistake: {message}"),
        }
    }
}

/// Reads a JSON text.
///
/// # Errors
/// Says what the text is instead.
pub fn parse_json(text: &str) -> Result<Value, JsonProblem> {
    let text = text.trim_start_matches('\u{feff}').trim();
    if text.is_empty() {
        return Err(JsonProblem::Empty);
    }
    if text.starts_with('<') {
        return Err(JsonProblem::Html(title_of(text)));
    }
    let error = match serde_json::from_str(text) {
        Ok(value) => return Ok(value),
        Err(error) => error,
    };
    if error.is_eof() {
        return Err(JsonProblem::Truncated);
    }
    serde_json::from_str(&mended(text)).map_err(|still| match still.is_eof() {
        true => JsonProblem::Truncated,
        false => JsonProblem::Syntax(error.to_string()),
    })
}

/// The page's title, if it stands near its beginning.
fn title_of(page: &str) -> Option<String> {
    let head = &page[..page.floor_char_boundary(20_000.min(page.len()))];
    let title = html::elements(head, &["title"]).into_iter().next()?.text;
    let title: String = title
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .chars()
        .take(80)
        .collect();
    (!title.is_empty()).then_some(title)
}

/// The text with its plain mistakes mended.
fn mended(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut chars = text.chars().peekable();
    let mut in_string = false;
    while let Some(c) = chars.next() {
        match (in_string, c) {
            (_, '"') => {
                in_string = !in_string;
                out.push('"');
            }
            (true, '\\') => mend_escape(&mut chars, &mut out),
            (true, c) if (c as u32) < 0x20 => out.push_str(&format!("\\u{:04x}", c as u32)),
            (false, ',') => {
                let rest = chars.clone().find(|c| !c.is_whitespace());
                if !matches!(rest, Some(']' | '}')) {
                    out.push(',');
                }
            }
            (_, c) => out.push(c),
        }
    }
    out
}

/// Copies one escape, whose backslash was just read; half of a surrogate pair becomes U+FFFD.
fn mend_escape(chars: &mut std::iter::Peekable<std::str::Chars<'_>>, out: &mut String) {
    match chars.next() {
        Some('u') => {
            let Some(first) = hex4(chars) else {
                out.push_str("\\\\u");
                return;
            };
            if !(0xd800..0xe000).contains(&first) {
                out.push_str(&format!("\\u{first:04x}"));
                return;
            }
            let mut ahead = chars.clone();
            let second = (ahead.next() == Some('\\') && ahead.next() == Some('u'))
                .then(|| hex4(&mut ahead))
                .flatten();
            match second.filter(|second| first < 0xdc00 && (0xdc00..0xe000).contains(second)) {
                Some(second) => {
                    *chars = ahead;
                    out.push_str(&format!("\\u{first:04x}\\u{second:04x}"));
                }
                None => out.push('\u{fffd}'),
            }
        }
        Some(c @ ('"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't')) => {
            out.push('\\');
            out.push(c);
        }
        Some('\'') => out.push('\''),
        Some(c) if (c as u32) < 0x20 => out.push_str(&format!("\\u{:04x}", c as u32)),
        Some(c) => {
            out.push_str("\\\\");
            out.push(c);
        }
        None => out.push_str("\\\\"),
    }
}

fn hex4(chars: &mut std::iter::Peekable<std::str::Chars<'_>>) -> Option<u32> {
    let mut ahead = chars.clone();
    let mut value = 0;
    for _ in 0..4 {
        value = value * 16 + ahead.next()?.to_digit(16)?;
    }
    *chars = ahead;
    Some(value)
}
