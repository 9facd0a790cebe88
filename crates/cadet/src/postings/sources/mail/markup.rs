//! HTML of a mail as lines. Elements become ranges of lines; what is hidden is not read.
//!
//! The tokenizer's stream is enough: no tree is built, an element that is never closed ends with what holds it, and nothing
//! grows faster than the mail.

use std::cell::RefCell;

use html5ever::TokenizerResult;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::{Rawtext, Rcdata, ScriptData};
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

use super::lines::{Line, Page};

/// Elements open at once; what is nested deeper is read as if it were not nested.
const DEEPEST: usize = 200;
/// Ranges kept.
const MOST_BLOCKS: usize = 20_000;

/// Elements that begin and end a line.
const BLOCKS: [&str; 34] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "center",
    "dd",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "html",
    "li",
    "main",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "tbody",
    "td",
    "th",
    "tr",
];
/// Elements without content.
const VOID: [&str; 12] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr",
];

/// Reads HTML.
#[must_use]
pub fn of_html(html: &str, opaque: bool) -> Page {
    let reading = Reading {
        opaque,
        ..Reading::default()
    };
    let tokenizer = Tokenizer::new(Sink(RefCell::new(reading)), TokenizerOpts::default());
    let input = BufferQueue::default();
    let mut rest = html;
    while !rest.is_empty() {
        let part;
        (part, rest) = rest.split_at(rest.floor_char_boundary((64 * 1024).min(rest.len())));
        input.push_back(StrTendril::from_slice(part));
        while !matches!(tokenizer.feed(&input), TokenizerResult::Done) {}
        if tokenizer.sink.0.borrow().page.is_full() {
            break;
        }
    }
    tokenizer.end();
    tokenizer.sink.0.into_inner().finish()
}

struct Sink(RefCell<Reading>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let reading = &mut *self.0.borrow_mut();
        match token {
            Token::TagToken(tag) if tag.kind == TagKind::EndTag => {
                reading.close(&tag.name);
                TokenSinkResult::Continue
            }
            Token::TagToken(tag) => reading.open(&tag),
            Token::CharacterTokens(text) => {
                reading.text(&text);
                TokenSinkResult::Continue
            }
            _ => TokenSinkResult::Continue,
        }
    }
}

/// An element that is open.
#[derive(Clone, Debug)]
struct Open {
    name: String,
    start: usize,
    job: Option<usize>,
    hidden: bool,
    /// Drawn as a block, whatever its name.
    block: bool,
    weight: u8,
    size: u16,
}

#[derive(Default)]
struct Reading {
    page: Page,
    open: Vec<Open>,
    opaque: bool,
    /// The line being read, and how much of its text is within a link.
    line: Line,
    linked_chars: usize,
    silent: bool,
}

impl Reading {
    fn text(&mut self, text: &str) {
        let top = self.open.last();
        if self.silent || top.is_some_and(|top| top.hidden) {
            return;
        }
        let visible = !text.trim().is_empty();
        if let Some(top) = top.filter(|_| visible) {
            self.line.weight = self.line.weight.max(top.weight);
            self.line.size = self.line.size.max(top.size);
            if let Some(job) = top.job {
                self.linked_chars += text.trim().len();
                add(&mut self.line.jobs, job);
            }
        }
        self.line.text.push_str(text);
    }

    fn end_line(&mut self) {
        let mut line = std::mem::take(&mut self.line);
        let linked = std::mem::take(&mut self.linked_chars);
        let chars = line.text.trim().len();
        if chars == 0 && line.jobs.is_empty() {
            return;
        }
        line.linked = linked * 2 > chars;
        self.page.push(line);
    }

    /// Whether the text so far ends with a line break of the source.
    fn ends_with_break(&self) -> bool {
        let text = &self.line.text;
        text[text.trim_end().len()..].contains('\n')
    }

    fn open(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        let name: &str = &tag.name;
        self.silent = false;
        if BLOCKS.contains(&name) || name == "br" {
            self.end_line();
        }
        self.close_implied(name);
        let attribute = |wanted: &str| {
            tag.attrs
                .iter()
                .find(|attribute| &*attribute.name.local == wanted)
                .map(|attribute| &*attribute.value)
        };
        match name {
            "img" => self.picture(attribute("alt").unwrap_or_default(), attribute("width")),
            "hr" => self.page.push(Line {
                rule: true,
                ..Line::default()
            }),
            _ => {}
        }
        if !VOID.contains(&name) && !tag.self_closing && self.open.len() < DEEPEST {
            let element = self.element(
                name,
                attribute("href"),
                attribute("style").unwrap_or_default(),
                attribute("hidden").is_some(),
            );
            self.open.push(element);
        }
        match name {
            "script" => {
                self.silent = true;
                TokenSinkResult::RawData(ScriptData)
            }
            "style" | "xmp" | "iframe" | "noembed" | "noframes" => {
                self.silent = true;
                TokenSinkResult::RawData(Rawtext)
            }
            "title" | "textarea" => {
                self.silent = true;
                TokenSinkResult::RawData(Rcdata)
            }
            _ => TokenSinkResult::Continue,
        }
    }

    fn element(&mut self, name: &str, href: Option<&str>, style: &str, hidden: bool) -> Open {
        let inherited = self.open.last().cloned();
        let style = Style::read(style);
        let job = match (name, href) {
            ("a", Some(href)) => self.page.link(href, self.opaque),
            _ => inherited.as_ref().and_then(|above| above.job),
        };
        // What links to a job is a line of its own, whatever stands beside it; so is what a style draws as a block, and what
        // a card within a link keeps apart by line breaks of its source.
        let own_line = name == "a" && job.is_some() || style.block;
        let apart = name == "span" && job.is_some() && self.ends_with_break();
        if (own_line || apart) && !self.line.text.trim().is_empty() {
            self.end_line();
        }
        let weight = match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => 2,
            "b" | "strong" | "th" => 1,
            _ if style.bold => 1,
            _ => 0,
        };
        Open {
            name: name.to_owned(),
            start: self.page.lines.len(),
            job,
            block: style.block,
            hidden: hidden || style.hidden || inherited.as_ref().is_some_and(|above| above.hidden),
            weight: weight.max(inherited.as_ref().map_or(0, |above| above.weight)),
            size: style
                .size
                .or(inherited.map(|above| above.size))
                .unwrap_or(0),
        }
    }

    /// A picture that stands for a name, within a link or not; pictures of a pixel only count readers.
    fn picture(&mut self, name: &str, width: Option<&str>) {
        let hidden = self.open.last().is_some_and(|top| top.hidden);
        if hidden || matches!(width, Some("0" | "1")) {
            return;
        }
        let job = self.open.last().and_then(|top| top.job);
        if name.trim().is_empty() {
            if let Some(job) = job {
                add(&mut self.line.jobs, job);
            }
            return;
        }
        self.end_line();
        self.page.push(Line {
            text: name.to_owned(),
            jobs: job.into_iter().collect(),
            linked: job.is_some(),
            picture: true,
            ..Line::default()
        });
    }

    fn close(&mut self, name: &str) {
        self.silent = false;
        if BLOCKS.contains(&name) {
            self.end_line();
        }
        if let Some(at) = self.open.iter().rposition(|open| open.name == name) {
            // A stray end tag must not close the table around it.
            if name == "a" && self.open[at].job.is_some() || self.open[at].block {
                self.end_line();
            }
            let across = self.open[at + 1..].iter().any(|open| open.name == "table");
            if name == "table" || !across {
                self.close_from(at);
            }
        }
    }

    /// Elements whose end tags may be left out end where the next one begins.
    fn close_implied(&mut self, name: &str) {
        let ends: &[&str] = match name {
            "td" | "th" => &["td", "th"],
            "tr" => &["td", "th", "tr"],
            "li" => &["li"],
            "p" => &["p"],
            _ => return,
        };
        let limit = match name {
            "li" => ["ul", "ol"],
            _ => ["table", "table"],
        };
        let mut from = None;
        for (at, open) in self.open.iter().enumerate().rev() {
            if limit.contains(&open.name.as_str()) {
                break;
            }
            if ends.contains(&open.name.as_str()) {
                from = Some(at);
            }
        }
        if let Some(at) = from {
            self.close_from(at);
        }
    }

    fn close_from(&mut self, at: usize) {
        // Text of an inline element is still in the line being read, so the range ends behind that line.
        let end = self.page.lines.len()
            + usize::from(!self.line.text.trim().is_empty() || !self.line.jobs.is_empty());
        for open in self.open.drain(at..) {
            if open.start < end && self.page.blocks.len() < MOST_BLOCKS {
                self.page.blocks.push((open.start, end));
            }
        }
    }

    fn finish(mut self) -> Page {
        self.end_line();
        self.close_from(0);
        let end = self.page.lines.len();
        for block in &mut self.page.blocks {
            block.1 = block.1.min(end);
        }
        self.page.blocks.sort_unstable();
        self.page.blocks.dedup();
        self.page
    }
}

fn add(jobs: &mut Vec<usize>, job: usize) {
    if !jobs.contains(&job) {
        jobs.push(job);
    }
}

/// What a style attribute says that matters here.
#[derive(Default)]
struct Style {
    hidden: bool,
    block: bool,
    bold: bool,
    size: Option<u16>,
}

impl Style {
    fn read(style: &str) -> Self {
        let mut read = Self::default();
        for declaration in style.split(';') {
            let Some((property, value)) = declaration.split_once(':') else {
                continue;
            };
            let value = value
                .trim()
                .trim_end_matches("!important")
                .trim()
                .to_ascii_lowercase();
            let number = || -> Option<f32> {
                let digits: String = value
                    .chars()
                    .take_while(|c| c.is_ascii_digit() || *c == '.')
                    .collect();
                digits.parse().ok()
            };
            match property.trim().to_ascii_lowercase().as_str() {
                "display" => {
                    read.hidden |= value == "none";
                    read.block |= matches!(
                        value.as_str(),
                        "block" | "flex" | "grid" | "table" | "table-cell" | "list-item"
                    );
                }
                "visibility" => read.hidden |= value == "hidden",
                "mso-hide" => read.hidden |= value == "all",
                "max-height" | "opacity" => read.hidden |= number() == Some(0.0),
                "font-weight" => {
                    read.bold |=
                        value.starts_with("bold") || number().is_some_and(|weight| weight >= 600.0)
                }
                "font-size" if value.ends_with("px") || value.ends_with("pt") => {
                    let size = number().unwrap_or(0.0);
                    read.hidden |= size <= 1.0;
                    read.size = Some(pixels(size));
                }
                "font-size" if value == "0" => read.hidden = true,
                _ => {}
            }
        }
        read
    }
}

/// A size as a whole number; what is absurd is held to the ends.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the float is held between 0 and 200 before"
)]
fn pixels(size: f32) -> u16 {
    size.clamp(0.0, 200.0) as u16
}
