//! The passage of a text that shows best why it was found, as HTML.

use crate::Query;
use crate::matching::{Span, spans};

/// How many characters a passage has at most, without its marks and dots.
const LENGTH: usize = 190;
/// How many of them come before the first mark, if there are so many.
const LEAD: usize = 45;

/// A passage of about [`LENGTH`] characters with the words of the query in `<mark>`, everything else escaped. Nothing if
/// the text has none of the words.
pub(crate) fn snippet(query: &Query, field: &str, text: &str) -> Option<String> {
    let (spans, _) = spans(query, field, text);
    let first = best_first(&spans, text)?;
    let mut start = word_start(
        text,
        back(text, spans[first].start, LEAD),
        spans[first].start,
    );
    let mut end = forward(text, start, LENGTH);
    if end == text.len() {
        // Near the end of the text, what room is left goes before the marks.
        start = word_start(text, back(text, end, LENGTH), spans[first].start);
    } else {
        end = word_end(text, end).max(spans[first].end);
    }
    let mut html = String::with_capacity(end - start + 64);
    if start > 0 {
        html.push('…');
    }
    let mut at = start;
    for span in spans
        .iter()
        .filter(|span| span.start >= start && span.end <= end)
    {
        if span.end <= at {
            continue;
        }
        // Where marks overlap, the later one only adds what is new.
        let from = span.start.max(at);
        escape(&text[at..from], &mut html);
        html.push_str("<mark>");
        escape(&text[from..span.end], &mut html);
        html.push_str("</mark>");
        at = span.end;
    }
    escape(&text[at..end], &mut html);
    let html = html.trim_end().to_owned();
    Some(if end < text.len() { html + "…" } else { html })
}

/// The span at which the passage with the most different conditions begins; the first of equal ones.
fn best_first(spans: &[Span], text: &str) -> Option<usize> {
    let mut best = None;
    for (at, span) in spans.iter().enumerate() {
        let end = forward(text, span.start, LENGTH - LEAD);
        let within = spans[at..].iter().take_while(|other| other.end <= end);
        let mut kinds: Vec<usize> = within.map(|other| other.wanted).collect();
        kinds.sort_unstable();
        kinds.dedup();
        if best.is_none_or(|(_, most)| kinds.len() > most) {
            best = Some((at, kinds.len()));
        }
    }
    best.map(|(at, _)| at)
}

/// The byte offset `count` characters after `from`.
fn forward(text: &str, from: usize, count: usize) -> usize {
    text[from..]
        .char_indices()
        .nth(count)
        .map_or(text.len(), |(offset, _)| from + offset)
}

/// The byte offset `count` characters before `from`.
fn back(text: &str, from: usize, count: usize) -> usize {
    text[..from]
        .char_indices()
        .rev()
        .nth(count.saturating_sub(1))
        .map_or(0, |(offset, _)| offset)
}

/// The beginning of the first whole word from `at` on, or `at` if there is none before `limit`.
fn word_start(text: &str, at: usize, limit: usize) -> usize {
    if at == 0 {
        return 0;
    }
    let blank = text[at..limit].find(char::is_whitespace);
    blank.map_or(at, |offset| {
        limit - text[at + offset..limit].trim_start().len()
    })
}

/// The end of the last whole word before `at`, or `at` if it is in a very long one.
fn word_end(text: &str, at: usize) -> usize {
    let from = back(text, at, 30);
    text[from..at]
        .rfind(char::is_whitespace)
        .map_or(at, |offset| from + offset)
}

/// Escapes for HTML text and attribute values; any run of blanks becomes a single one.
fn escape(text: &str, html: &mut String) {
    let mut blank = html.ends_with(' ');
    for c in text.chars() {
        if c.is_whitespace() {
            if !blank {
                html.push(' ');
            }
            blank = true;
            continue;
        }
        blank = false;
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            c if c.is_control() => {}
            c => html.push(c),
        }
    }
}
