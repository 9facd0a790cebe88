//! Markup as sources carry it: entity-escaped HTML, HTML in text fields, and plain text.

use super::model::RawText;
use crate::fetch::html;

/// Decodes HTML entities once, by the same rules as a browser. Meant for text without tags.
pub(super) fn unescape(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    if !text.contains('<') {
        return html::text(text);
    }
    // A tag in the text must survive: only what lies between angle brackets is decoded.
    text.split_inclusive(['<', '>'])
        .map(|part| match part.strip_suffix(['<', '>']) {
            Some(inner) => format!("{}{}", unescape(inner), &part[inner.len()..]),
            None => unescape(part),
        })
        .collect()
}

/// Text without tags or entities, white space folded; for titles and names that come with markup.
pub(super) fn plain(text: &str) -> String {
    let stripped = match text.contains(['<', '&']) {
        true => html::text(text),
        false => text.to_owned(),
    };
    stripped.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A description of unknown form: HTML, HTML whose tags are escaped once, or plain text.
pub(super) fn description(text: &str) -> Option<RawText> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    if has_tags(text) {
        return Some(RawText::Html(text.to_owned()));
    }
    if text.contains("&lt;")
        || text.contains("&#60;")
        || text.contains("&#x3c;")
        || text.contains("&#x3C;")
    {
        let once = unescape(text);
        if has_tags(&once) {
            return Some(RawText::Html(once));
        }
    }
    match text.contains('&') {
        true => Some(RawText::Plain(unescape(text))),
        false => Some(RawText::Plain(text.to_owned())),
    }
}

/// Whether a `<` is followed by what makes it a tag; `a < b` has none.
fn has_tags(text: &str) -> bool {
    text.match_indices('<').any(|(at, _)| {
        let rest = &text.as_bytes()[at + 1..];
        matches!(rest, [b'a'..=b'z' | b'A'..=b'Z' | b'!', ..] | [b'/', b'a'..=b'z' | b'A'..=b'Z', ..]) && rest.contains(&b'>')
    })
}

/// Text as HTML text.
pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
