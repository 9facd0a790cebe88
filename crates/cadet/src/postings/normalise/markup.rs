//! Recognises HTML that the sanitizer would give back byte for byte, so that it need not be parsed and written again.
//!
//! Many sources give nothing but closed paragraphs, headings and lists without attributes. What is recognised is far
//! less than what is safe: anything unusual goes the long way, and a property test holds both ways equal.

use memchr::{memchr, memchr2, memchr3};

/// Deeper nesting than this is unusual.
const MOST_OPEN: usize = 16;

/// What may stand in an element.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Blocks and text.
    Flow,
    /// Text.
    Text,
    /// List items.
    List,
    /// Text, inside of an element that holds text.
    Emphasis,
}

fn kind_of(tag: &str) -> Option<Kind> {
    Some(match tag {
        "div" | "li" | "blockquote" => Kind::Flow,
        "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Kind::Text,
        "ul" | "ol" => Kind::List,
        "b" | "strong" | "i" | "em" | "u" | "code" => Kind::Emphasis,
        _ => return None,
    })
}

/// The elements that are open.
#[derive(Default)]
struct Open<'h>(Vec<(&'h str, Kind)>);

impl<'h> Open<'h> {
    /// What the innermost one holds; nothing stands around all.
    fn innermost(&self) -> Option<Kind> {
        self.0.last().map(|(_, kind)| *kind)
    }

    /// Opens an element, if it may stand here without a parser closing or moving anything.
    fn open(&mut self, tag: &'h str) -> bool {
        let Some(kind) = kind_of(tag) else {
            return false;
        };
        let around = self.innermost();
        let fits = match kind {
            Kind::Flow if tag == "li" => around == Some(Kind::List),
            Kind::Flow | Kind::Text | Kind::List => matches!(around, None | Some(Kind::Flow)),
            Kind::Emphasis => {
                self.may_hold_text() && !self.0.iter().any(|(other, _)| *other == tag)
            }
        };
        self.0.push((tag, kind));
        fits && self.0.len() <= MOST_OPEN
    }

    fn close(&mut self, tag: &str) -> bool {
        self.0.pop().is_some_and(|(open, _)| open == tag)
    }

    fn may_hold_text(&self) -> bool {
        matches!(
            self.innermost(),
            Some(Kind::Flow | Kind::Text | Kind::Emphasis)
        )
    }
}

/// Whether the sanitizer would give `html` back as it is. `false` says nothing.
pub(super) fn is_clean(html: &str) -> bool {
    // Neither stays as it is, wherever it stands.
    if memchr2(b'\r', 0, html.as_bytes()).is_some() {
        return false;
    }
    let mut open = Open::default();
    let mut rest = html;
    loop {
        let start = memchr(b'<', rest.as_bytes()).unwrap_or(rest.len());
        let (text, tag) = rest.split_at(start);
        let is_blank = text.bytes().all(|b| matches!(b, b' ' | b'\n'));
        let fits = is_blank || open.may_hold_text() && is_clean_text(text);
        if !fits {
            return false;
        }
        if tag.is_empty() {
            return open.0.is_empty();
        }
        let Some((name, behind)) = tag[1..].split_once('>') else {
            return false;
        };
        let fits = match name.strip_prefix('/') {
            Some(name) => open.close(name),
            None if name == "br" => open.may_hold_text(),
            None => open.open(name),
        };
        if !fits {
            return false;
        }
        rest = behind;
    }
}

/// Whether text is written as the sanitizer writes it.
fn is_clean_text(text: &str) -> bool {
    let mut rest = text.as_bytes();
    // 0xC2 begins the non-breaking space, which is written as an entity, and a few signs besides.
    while let Some(at) = memchr3(b'&', b'>', 0xC2, rest) {
        let entities: [&[u8]; 4] = [b"&amp;", b"&lt;", b"&gt;", b"&nbsp;"];
        let found = entities
            .iter()
            .find(|entity| rest[at..].starts_with(entity));
        let Some(entity) = found else {
            return false;
        };
        rest = &rest[at + entity.len()..];
    }
    true
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::html::sanitized;
    use super::*;

    #[test]
    fn plain_paragraphs_and_lists_are_clean() {
        for html in [
            "<p>We build <strong>trains &amp; <em>tracks</em></strong>.<br>Daily.</p>\n<ul><li>Rust</li>\n<li><p>SQL</p><ol><li>joins</li></ol></li></ul>",
            "<h3>What you do</h3><div><p>Größe → „3“</p></div>",
            "",
        ] {
            assert!(is_clean(html), "{html}");
            assert_eq!(sanitized(html), html);
        }
    }

    #[test]
    fn whatever_is_unusual_goes_the_long_way() {
        for html in [
            "text",
            "<p class=\"x\">a</p>",
            "<P>a</P>",
            "<p>a",
            "<p>a</b></p>",
            "<p><p>a</p></p>",
            "<p><ul><li>a</li></ul></p>",
            "<ul>a</ul>",
            "<li>a</li>",
            "<b>a</b>",
            "<p><b><b>a</b></b></p>",
            "<p>a > b</p>",
            "<p>a &copy; b</p>",
            "<p>a\u{a0}b</p>",
            "<p>a\r\nb</p>",
            "<script>a</script>",
            "<p><a href=\"https://a.example\">a</a></p>",
        ] {
            assert!(!is_clean(html), "{html}");
        }
    }

    proptest! {
        #[test]
        fn what_is_clean_is_what_the_sanitizer_gives(
            parts in prop::collection::vec(
                prop::sample::select(vec![
                    "<p>", "</p>", "<ul>", "</ul>", "<ol>", "</ol>", "<li>", "</li>", "<div>", "</div>", "<h2>", "</h2>",
                    "<blockquote>", "</blockquote>", "<b>", "</b>", "<em>", "</em>", "<code>", "</code>", "<br>", " ", "\n",
                    "a", "b c", "&amp;", "&nbsp;", "é", "<p>a</p>", "<li>a</li>", "<ul><li>b</li></ul>", "<em>c</em>", "\u{7}",
                ]),
                0..14,
            ),
        ) {
            let html = parts.concat();
            if is_clean(&html) {
                prop_assert_eq!(sanitized(&html), html);
            }
        }

        #[test]
        fn nested_elements_are_clean_and_stay_so(html in nested()) {
            prop_assert!(is_clean(&html), "{}", html);
            prop_assert_eq!(sanitized(&html), html);
        }
    }

    /// Well-formed HTML of the recognised kind.
    fn nested() -> impl Strategy<Value = String> {
        let text = prop::sample::select(vec![
            "a",
            " b ",
            "c &lt; d",
            "<br>",
            "\n",
            "„é“",
            "<b>x <em>y</em></b> z",
        ]);
        let paragraph =
            prop::collection::vec(text, 0..4).prop_map(|text| format!("<p>{}</p>", text.concat()));
        paragraph.prop_recursive(3, 24, 4, |inner| {
            let inner = prop::collection::vec(inner, 0..4).prop_map(|blocks| blocks.concat());
            prop_oneof![
                inner.clone().prop_map(|html| format!("<div>{html}</div>")),
                inner
                    .clone()
                    .prop_map(|html| format!("<ul><li>{html}</li>\n<li>q</li></ul>")),
                inner
                    .clone()
                    .prop_map(|html| format!("<blockquote> {html}</blockquote>")),
                inner.prop_map(|html| format!("{html}<h4>r</h4>{html}")),
            ]
        })
    }
}
