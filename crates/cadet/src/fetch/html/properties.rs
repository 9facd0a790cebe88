//! Microdata: the elements of a page that carry `itemprop`, each with its value and its markup.

use std::cell::RefCell;

use html5ever::tokenizer::states::{Rawtext, Rcdata, ScriptData};
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult};

/// Open elements that are remembered; no honest page nests deeper.
const DEEPEST: usize = 512;
/// Properties within one another whose markup is collected at once, so that a page made to hurt costs no more than its size
/// a few times over.
const AT_ONCE: usize = 8;

/// One element with `itemprop`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Property {
    /// The value of `itemprop`.
    pub name: String,
    /// The value of `content` or `datetime`, where the element carries its value as an attribute.
    pub content: Option<String>,
    /// The markup within the element: tags without attributes, text escaped; without scripts and styles.
    pub inner: String,
    /// `itemtype`, if the element begins an item of its own.
    pub item_type: Option<String>,
}

/// The properties of a page in the order in which they begin.
#[must_use]
pub fn properties(html: &str) -> Vec<Property> {
    super::tokenized(html, Sink::default(), |sink| sink.0.borrow().tokens)
        .0
        .into_inner()
        .found
}

#[derive(Default)]
struct Sink(RefCell<Reading>);

#[derive(Default)]
struct Reading {
    found: Vec<Property>,
    /// Names of the open elements.
    open: Vec<String>,
    /// Properties whose end was not seen yet: their number, and how many elements are open within the page at their begin.
    collecting: Vec<(usize, usize)>,
    silent: bool,
    tokens: usize,
}

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let reading = &mut *self.0.borrow_mut();
        reading.tokens += 1;
        match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => reading.start(&tag),
            Token::TagToken(tag) => {
                reading.end(&tag.name);
                TokenSinkResult::Continue
            }
            Token::CharacterTokens(text) => {
                if !reading.silent {
                    reading.write(&escaped(&text));
                }
                TokenSinkResult::Continue
            }
            _ => TokenSinkResult::Continue,
        }
    }
}

impl Reading {
    fn start(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        let name: &str = &tag.name;
        let state = match name {
            "script" => Some(ScriptData),
            "style" | "xmp" | "iframe" | "noembed" | "noframes" => Some(Rawtext),
            "title" | "textarea" => Some(Rcdata),
            _ => None,
        };
        self.silent = matches!(state, Some(ScriptData | Rawtext));
        if !self.silent {
            self.write(&format!("<{name}>"));
        }
        let is_void = tag.self_closing
            || matches!(
                name,
                "area"
                    | "base"
                    | "br"
                    | "col"
                    | "embed"
                    | "hr"
                    | "img"
                    | "input"
                    | "link"
                    | "meta"
                    | "source"
                    | "track"
                    | "wbr"
            );
        let attribute = |wanted: &str| {
            tag.attrs
                .iter()
                .find(|attribute| *attribute.name.local == *wanted)
                .map(|attribute| attribute.value.trim().to_owned())
        };
        if let Some(property) = attribute("itemprop").filter(|name| !name.is_empty()) {
            if !is_void && self.collecting.len() < AT_ONCE && self.open.len() < DEEPEST {
                self.collecting.push((self.found.len(), self.open.len()));
            }
            self.found.push(Property {
                name: property,
                content: attribute("content").or_else(|| attribute("datetime")),
                inner: String::new(),
                item_type: attribute("itemtype"),
            });
        }
        if !is_void && self.open.len() < DEEPEST {
            self.open.push(name.to_owned());
        }
        match state {
            Some(state) => TokenSinkResult::RawData(state),
            None => TokenSinkResult::Continue,
        }
    }

    /// Ends the nearest open element of that name, and those within it whose end was left out.
    fn end(&mut self, name: &str) {
        self.silent = false;
        let Some(at) = self.open.iter().rposition(|open| open == name) else {
            return;
        };
        self.open.truncate(at);
        self.collecting.retain(|(_, begun)| *begun < at);
        if !matches!(name, "script" | "style") {
            self.write(&format!("</{name}>"));
        }
    }

    fn write(&mut self, text: &str) {
        for (property, _) in &self.collecting {
            self.found[*property].inner.push_str(text);
        }
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn values_are_attributes_or_markup_and_end_where_their_element_does() {
        let html = r#"<main itemscope itemtype="http://schema.org/JobPosting"><meta itemprop="datePosted" content="2026-01-02">
            <div itemprop="description"><p class="x">A &amp; B<p>C<script>var x = "<p>";</script><br></div><p>not this</p></main>"#;
        let found = properties(html);
        assert_eq!(found[0].content.as_deref(), Some("2026-01-02"));
        assert_eq!(found[1].name, "description");
        assert_eq!(found[1].inner, "<p>A &amp; B<p>C<br>");
    }

    proptest! {
        #[test]
        fn any_page_is_read(html in "(<(/?)(p|div|b|script|meta)( itemprop=\"a\")?>|[a-z<>&; ]){0,60}") {
            prop_assert!(properties(&html).len() <= html.len());
        }
    }
}
