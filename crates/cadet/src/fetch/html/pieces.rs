//! A page as the sequence of its tags and texts, for those who need to know where something ends.

use std::cell::RefCell;

use html5ever::tokenizer::states::{Rawtext, Rcdata, ScriptData};
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult};

use super::{Element, tokenized};

/// A piece of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// A start tag; the element's own text is empty here.
    Open(Element),
    /// An end tag, by its name in lower case.
    Close(String),
    /// Text with its entities decoded. Text of scripts and styles is left out.
    Text(String),
}

/// The pieces of a page in their order. Comments are left out.
#[must_use]
pub fn pieces(html: &str) -> Vec<Piece> {
    let sink = Sink(RefCell::default());
    tokenized(html, sink, |sink| sink.0.borrow().tokens)
        .0
        .into_inner()
        .pieces
}

#[derive(Default)]
struct Reading {
    pieces: Vec<Piece>,
    silent: bool,
    tokens: usize,
}

struct Sink(RefCell<Reading>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let reading = &mut *self.0.borrow_mut();
        reading.tokens += 1;
        match token {
            Token::TagToken(tag) => reading.tag(&tag),
            Token::CharacterTokens(text) => {
                reading.add(&text);
                TokenSinkResult::Continue
            }
            _ => TokenSinkResult::Continue,
        }
    }
}

impl Reading {
    fn tag(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        let name: &str = &tag.name;
        self.silent = false;
        if tag.kind == TagKind::EndTag {
            self.pieces.push(Piece::Close(name.to_owned()));
            return TokenSinkResult::Continue;
        }
        let attributes = tag.attrs.iter().map(|attribute| {
            (
                attribute.name.local.to_string(),
                attribute.value.to_string(),
            )
        });
        self.pieces.push(Piece::Open(Element {
            name: name.to_owned(),
            attributes: attributes.collect(),
            text: String::new(),
        }));
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
        if self.silent || text.is_empty() {
            return;
        }
        match self.pieces.last_mut() {
            Some(Piece::Text(before)) => before.push_str(text),
            _ => self.pieces.push(Piece::Text(text.to_owned())),
        }
    }
}
