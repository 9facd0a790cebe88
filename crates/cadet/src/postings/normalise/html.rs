//! Texts: HTML made safe, and the plain text that is searched and quoted, from one parse.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};
use memchr::memchr;

use super::markup::is_clean;
use super::text::{cut_bytes, decode_entities, is_invisible};
use crate::postings::sources::model::RawText;
use crate::skills::plain_len;

/// Longest plain text that is kept, in characters; what is left out is said in the text's last line.
pub const MAX_TEXT_CHARS: usize = 100_000;
/// Longest HTML that is parsed, in bytes. Markup of careless editors is several times as long as its text.
const MAX_HTML_BYTES: usize = 600_000;
const CUT_NOTE: &str = "[Cut here: the text is longer than 100,000 characters.]";

/// A description in both forms.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Description {
    /// Safe HTML.
    pub html: String,
    /// Plain text: paragraphs parted by an empty line, list items (`- `) and broken lines on lines of their own.
    pub text: String,
}

/// Only structure and emphasis: no images (they would be fetched from outside), no styles, no ids, no classes.
static SANITIZER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::empty();
    builder
        .tags(HashSet::from([
            "a",
            "b",
            "blockquote",
            "br",
            "code",
            "dd",
            "div",
            "dl",
            "dt",
            "em",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "hr",
            "i",
            "li",
            "ol",
            "p",
            "pre",
            "s",
            "strong",
            "sub",
            "sup",
            "table",
            "tbody",
            "td",
            "tfoot",
            "th",
            "thead",
            "tr",
            "u",
            "ul",
        ]))
        .clean_content_tags(HashSet::from([
            "script", "style", "title", "noscript", "template", "iframe", "object", "svg", "math",
            "select",
        ]))
        .tag_attributes(HashMap::from([("a", HashSet::from(["href"]))]))
        .generic_attributes(HashSet::new())
        .url_schemes(HashSet::from(["http", "https", "mailto"]))
        // A relative link would lead into Cadet itself.
        .url_relative(UrlRelative::Deny)
        .link_rel(Some("noopener noreferrer nofollow"));
    builder
});

/// A source's text in both forms.
#[must_use]
pub fn describe(raw: &RawText) -> Description {
    let description = match raw {
        RawText::Html(html) => from_html(html),
        RawText::Plain(plain) | RawText::Excerpt(plain) => from_plain(&plain_lines(plain)),
    };
    capped(description)
}

fn from_html(html: &str) -> Description {
    let html = unescaped(cut_bytes(html, MAX_HTML_BYTES));
    let safe = if is_clean(&html) {
        html.into_owned()
    } else {
        sanitized(&html)
    };
    let text = text_of(&safe);
    if text.is_empty() {
        Description::default()
    } else {
        Description { html: safe, text }
    }
}

/// The safe part of any HTML.
pub(super) fn sanitized(html: &str) -> String {
    SANITIZER.clean(html).to_string()
}

/// Some sources escape their HTML twice; a text without any tag but with escaped ones is one of those.
fn unescaped(html: &str) -> Cow<'_, str> {
    if memchr(b'<', html.as_bytes()).is_none()
        && (html.contains("&lt;/") || html.contains("&lt;br") || html.contains("&lt;p"))
    {
        Cow::Owned(decode_entities(html))
    } else {
        Cow::Borrowed(html)
    }
}

fn capped(description: Description) -> Description {
    if description.text.len() <= MAX_TEXT_CHARS {
        return description;
    }
    match description.text.char_indices().nth(MAX_TEXT_CHARS) {
        None => description,
        Some((end, _)) => from_plain(&format!(
            "{}\n\n{CUT_NOTE}",
            description.text[..end].trim_end()
        )),
    }
}

/// How a tag breaks the line it stands in.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Break {
    None,
    Cell,
    Line,
    Paragraph,
}

fn break_of(tag: &str) -> Break {
    match tag {
        "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "ul" | "ol" | "dl" | "blockquote"
        | "pre" | "table" | "hr" => Break::Paragraph,
        "br" | "div" | "li" | "tr" | "dt" | "dd" => Break::Line,
        "td" | "th" => Break::Cell,
        _ => Break::None,
    }
}

/// Writes plain text with line breaks where the markup has them and white space folded otherwise.
struct TextWriter {
    out: String,
    pending: Break,
    space: bool,
    item: bool,
}

impl TextWriter {
    fn tag(&mut self, name: &str, closing: bool) {
        self.pending = self.pending.max(break_of(name));
        if name == "li" {
            self.item = !closing;
        }
    }

    fn last_line_is_item(&self) -> bool {
        self.out
            .rsplit('\n')
            .next()
            .is_some_and(|line| line.starts_with("- "))
    }

    fn char(&mut self, c: char) {
        if c.is_whitespace() || c.is_control() {
            self.space = true;
            return;
        }
        if is_invisible(c) {
            return;
        }
        if !self.out.is_empty() {
            match self.pending {
                // Items follow each other without empty lines, also where each holds a paragraph.
                Break::Paragraph if self.item && self.last_line_is_item() => self.out.push('\n'),
                Break::Paragraph => self.out.push_str("\n\n"),
                Break::Line => self.out.push('\n'),
                Break::Cell => self.out.push_str(" | "),
                Break::None if self.space => self.out.push(' '),
                Break::None => {}
            }
        }
        if self.item {
            self.out.push_str("- ");
            self.item = false;
        }
        self.pending = Break::None;
        self.space = false;
        self.out.push(c);
    }

    fn run(&mut self, run: &str) {
        let has_entities = memchr(b'&', run.as_bytes()).is_some();
        if run.is_ascii() && !has_entities {
            self.ascii(run);
        } else if has_entities {
            decode_entities(run).chars().for_each(|c| self.char(c));
        } else {
            run.chars().for_each(|c| self.char(c));
        }
    }

    /// Copies words with single spaces between them at once, which is what most of a text is.
    fn ascii(&mut self, run: &str) {
        let mut rest = run;
        while let Some(first) = rest.chars().next() {
            self.char(first);
            rest = &rest[1..];
            if !first.is_ascii_graphic() {
                continue;
            }
            let end = plain_len(rest.as_bytes());
            self.out.push_str(&rest[..end]);
            rest = &rest[end..];
        }
    }
}

/// The text of HTML that the sanitizer wrote: every tag is known and closed, and `<` stands only before a tag.
fn text_of(safe: &str) -> String {
    let mut writer = TextWriter {
        out: String::with_capacity(safe.len()),
        pending: Break::None,
        space: false,
        item: false,
    };
    let mut rest = safe;
    while let Some(start) = memchr(b'<', rest.as_bytes()) {
        writer.run(&rest[..start]);
        rest = &rest[start + 1..];
        let Some(end) = tag_end(rest) else {
            return writer.out;
        };
        let tag = &rest[..end];
        let name = tag
            .trim_start_matches('/')
            .split([' ', '/'])
            .next()
            .unwrap_or_default();
        writer.tag(name, tag.starts_with('/'));
        rest = &rest[end + 1..];
    }
    writer.run(rest);
    writer.out
}

/// Where the tag that begins `rest` ends; an attribute may hold a `>`.
fn tag_end(rest: &str) -> Option<usize> {
    let mut quoted = false;
    rest.bytes().position(|b| {
        quoted ^= b == b'"';
        b == b'>' && !quoted
    })
}

/// Lines without invisible characters and trailing space, at most one empty line in a row.
fn plain_lines(plain: &str) -> String {
    let plain = cut_bytes(plain, MAX_HTML_BYTES);
    let mut out = String::with_capacity(plain.len());
    let mut empty = 0;
    for line in plain.split(['\n', '\u{2028}', '\u{2029}', '\u{85}', '\u{b}', '\u{c}']) {
        let line: String = line
            .chars()
            .filter(|&c| !is_invisible(c))
            .map(|c| {
                if c.is_control() || c == '\u{a0}' {
                    ' '
                } else {
                    c
                }
            })
            .collect();
        let line = line.trim();
        if line.is_empty() {
            empty += 1;
            continue;
        }
        if !out.is_empty() {
            out.push_str(if empty > 0 { "\n\n" } else { "\n" });
        }
        empty = 0;
        match item_text(line) {
            Some(item) => {
                out.push_str("- ");
                out.push_str(item);
            }
            None => out.push_str(line),
        }
    }
    out
}

/// The text of a line that an author marked as a list item.
fn item_text(line: &str) -> Option<&str> {
    let rest = line.strip_prefix(['-', '*', '•', '·', '▪', '◦', '–', '‣', '●'])?;
    let item = rest.trim_start();
    (rest.len() > item.len() && !item.is_empty()).then_some(item)
}

/// Plain lines as escaped paragraphs and lists.
fn from_plain(text: &str) -> Description {
    let mut html = String::with_capacity(text.len() + text.len() / 8);
    for paragraph in text.split("\n\n").filter(|paragraph| !paragraph.is_empty()) {
        let (mut in_list, mut in_paragraph) = (false, false);
        for line in paragraph.lines() {
            let item = line.strip_prefix("- ");
            if item.is_some() != in_list || !in_paragraph && !in_list {
                html.push_str(match (in_list, in_paragraph) {
                    (true, _) => "</ul>",
                    (_, true) => "</p>",
                    _ => "",
                });
                html.push_str(if item.is_some() { "<ul>" } else { "<p>" });
                (in_list, in_paragraph) = (item.is_some(), item.is_none());
            } else if item.is_none() {
                html.push_str("<br>");
            }
            match item {
                Some(item) => {
                    html.push_str("<li>");
                    escape(&mut html, item);
                    html.push_str("</li>");
                }
                None => escape(&mut html, line),
            }
        }
        html.push_str(if in_list { "</ul>" } else { "</p>" });
    }
    Description {
        html,
        text: text.to_owned(),
    }
}

fn escape(html: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            c => html.push(c),
        }
    }
}

#[cfg(test)]
#[path = "html_tests.rs"]
mod tests;
