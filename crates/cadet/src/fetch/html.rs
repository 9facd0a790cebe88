//! Reading HTML of strangers as a stream of tags and text.
//!
//! No tree is built: a tree of a page that was made to hurt can grow with the square of the page's size, and what is read
//! here (scripts, links, text) needs none.

mod pieces;
mod properties;

use std::cell::RefCell;

use html5ever::TokenizerResult;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::{Rawtext, Rcdata, ScriptData};
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

pub use pieces::{Piece, pieces};
pub use properties::{Property, properties};

/// Bytes that are fed to the tokenizer at once.
const PART: usize = 64 * 1024;
/// Bytes after which a single tag or comment is not believed; the page ends there. Reading the attributes of one tag takes
/// time that grows with the square of their number.
const LONGEST_TOKEN: usize = 1024 * 1024;

/// A start tag, with the text that follows it up to the next tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element {
    /// The name in lower case.
    pub name: String,
    /// Attributes by name in lower case, values decoded.
    pub attributes: Vec<(String, String)>,
    /// The text right after the tag. Whole for elements that hold only text (`script`, `title`).
    pub text: String,
}

impl Element {
    /// The value of an attribute.
    #[must_use]
    pub fn attr(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }
}

/// The elements with these names, in the order of the page. What stands in comments is no element.
#[must_use]
pub fn elements(html: &str, names: &[&str]) -> Vec<Element> {
    run(html, names).elements
}

/// The text of a page or fragment with its entities decoded, without scripts and styles. Tags that begin a line of their own
/// leave a space.
#[must_use]
pub fn text(html: &str) -> String {
    run(html, &[]).text
}

#[derive(Default)]
struct Reading {
    elements: Vec<Element>,
    text: String,
    /// The last tag was one of those asked for, so text belongs to it.
    in_element: bool,
    /// Within a script or style, whose text nobody reads on the page.
    silent: bool,
    tokens: usize,
}

struct Sink<'a> {
    names: &'a [&'a str],
    reading: RefCell<Reading>,
}

fn run(html: &str, names: &[&str]) -> Reading {
    let sink = Sink {
        names,
        reading: RefCell::default(),
    };
    tokenized(html, sink, |sink| sink.reading.borrow().tokens)
        .reading
        .into_inner()
}

/// Feeds a page to a sink, part by part; `tokens` tells how many tokens the sink has had.
fn tokenized<S: TokenSink>(html: &str, sink: S, tokens: impl Fn(&S) -> usize) -> S {
    let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
    let input = BufferQueue::default();
    let (mut rest, mut known, mut silence) = (html, 0, 0);
    while !rest.is_empty() {
        let part;
        (part, rest) = rest.split_at(rest.floor_char_boundary(PART.min(rest.len())));
        input.push_back(StrTendril::from_slice(part));
        // The sink never asks to run a script or to change the encoding, so the tokenizer always reads on to the end.
        while !matches!(tokenizer.feed(&input), TokenizerResult::Done) {}
        let count = tokens(&tokenizer.sink);
        silence = if count == known {
            silence + part.len()
        } else {
            0
        };
        known = count;
        if silence > LONGEST_TOKEN {
            return tokenizer.sink;
        }
    }
    tokenizer.end();
    tokenizer.sink
}

impl TokenSink for Sink<'_> {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let reading = &mut *self.reading.borrow_mut();
        reading.tokens += 1;
        match token {
            Token::TagToken(tag) => reading.tag(&tag, self.names),
            Token::CharacterTokens(text) => {
                reading.add(&text);
                TokenSinkResult::Continue
            }
            _ => TokenSinkResult::Continue,
        }
    }
}

impl Reading {
    fn tag(&mut self, tag: &Tag, names: &[&str]) -> TokenSinkResult<()> {
        let name: &str = &tag.name;
        self.in_element = false;
        self.silent = false;
        if matches!(
            name,
            "br" | "p" | "div" | "li" | "tr" | "td" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6"
        ) {
            self.text.push(' ');
        }
        if tag.kind == TagKind::EndTag {
            return TokenSinkResult::Continue;
        }
        if names.contains(&name) {
            let attributes = tag
                .attrs
                .iter()
                .map(|attribute| {
                    (
                        attribute.name.local.to_string(),
                        attribute.value.to_string(),
                    )
                })
                .collect();
            self.elements.push(Element {
                name: name.to_owned(),
                attributes,
                text: String::new(),
            });
            self.in_element = true;
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
            "title" | "textarea" => TokenSinkResult::RawData(Rcdata),
            _ => TokenSinkResult::Continue,
        }
    }

    fn add(&mut self, text: &str) {
        if let Some(element) = self.elements.last_mut().filter(|_| self.in_element) {
            element.text.push_str(text);
        }
        if !self.silent {
            self.text.push_str(text);
        }
    }
}
