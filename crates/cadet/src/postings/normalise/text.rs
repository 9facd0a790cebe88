//! Cleaning and folding of short texts: what a person sees, and what is compared.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// More of a line than this is never looked at: titles of 10 kB exist, and nothing useful stands that far behind.
const LINE_INPUT_BYTES: usize = 16 * 1024;

/// Inline markup that some feeds leave in titles; other angle brackets (`List<T>`) are text.
static INLINE_TAG: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)</?(?:b|i|u|em|strong|span|mark|br|p|font)(?:\s[^<>]*)?/?>")
        .expect("the pattern is constant")
});

/// `text` as one line: entities decoded, in NFC, without control, zero-width and direction-changing characters, white
/// space folded, at most `max_chars` characters, cut between words where that is possible. Cleaning twice changes nothing.
#[must_use]
pub fn clean_line(text: &str, max_chars: usize) -> String {
    let mut line = tidy(cut_bytes(text, LINE_INPUT_BYTES));
    // Decoding may bring forth more to decode or to remove; each round shortens the text, so this ends.
    while line.contains(['&', '<']) {
        let next = tidy(&decode_entities(&INLINE_TAG.replace_all(&line, " ")));
        if next == line {
            break;
        }
        line = next;
    }
    cut_words(line, max_chars)
}

/// One pass of [`clean_line`] without decoding.
fn tidy(text: &str) -> String {
    let composed: Cow<'_, str> = if text.is_ascii() {
        Cow::Borrowed(text)
    } else {
        // Invisible characters are removed first, since they keep letters from being composed.
        Cow::Owned(text.chars().filter(|&c| !is_invisible(c)).nfc().collect())
    };
    let mut out = String::with_capacity(composed.len());
    for word in composed
        .split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
    {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// Whether a character shows nothing but changes how a text looks or compares: zero width, soft hyphens, direction
/// overrides and isolates, tags, byte order marks.
#[must_use]
pub fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}'
    )
}

/// The longest beginning of `text` with at most `max` bytes.
#[must_use]
pub fn cut_bytes(text: &str, max: usize) -> &str {
    if text.len() <= max {
        text
    } else {
        &text[..text.floor_char_boundary(max)]
    }
}

fn cut_words(mut line: String, max_chars: usize) -> String {
    let Some((end, next)) = line.char_indices().nth(max_chars) else {
        return line;
    };
    let cut = if next.is_whitespace() {
        end
    } else {
        // A single word longer than half of the limit is cut through.
        line[..end]
            .rfind(' ')
            .filter(|&space| space > end / 2)
            .unwrap_or(end)
    };
    line.truncate(cut);
    line.truncate(line.trim_end().len());
    line
}

/// Decodes the entities that feeds leave in plain texts: numeric ones and the common names. Others stay as they are.
#[must_use]
pub fn decode_entities(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('&') {
        out.push_str(&rest[..start]);
        rest = &rest[start..];
        match entity(rest) {
            Some((decoded, length)) => {
                out.push(decoded);
                rest = &rest[length..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// The character that the entity at the beginning of `text` stands for, and the entity's length in bytes.
fn entity(text: &str) -> Option<(char, usize)> {
    let end = text.as_bytes().iter().take(12).position(|&b| b == b';')?;
    let name = &text[1..end];
    let decoded = if let Some(hex) = name.strip_prefix("#x").or_else(|| name.strip_prefix("#X")) {
        char::from_u32(u32::from_str_radix(hex, 16).ok()?)?
    } else if let Some(decimal) = name.strip_prefix('#') {
        char::from_u32(decimal.parse().ok()?)?
    } else {
        NAMED.iter().find(|(known, _)| *known == name)?.1
    };
    Some((decoded, end + 1))
}

const NAMED: &[(&str, char)] = &[
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", '\u{a0}'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("hellip", '…'),
    ("bull", '•'),
    ("middot", '·'),
    ("rsquo", '’'),
    ("lsquo", '‘'),
    ("rdquo", '”'),
    ("ldquo", '“'),
    ("euro", '€'),
    ("pound", '£'),
    ("auml", 'ä'),
    ("ouml", 'ö'),
    ("uuml", 'ü'),
    ("Auml", 'Ä'),
    ("Ouml", 'Ö'),
    ("Uuml", 'Ü'),
    ("szlig", 'ß'),
    ("eacute", 'é'),
    ("egrave", 'è'),
    ("agrave", 'à'),
    ("ccedil", 'ç'),
    ("atilde", 'ã'),
    ("otilde", 'õ'),
    ("aacute", 'á'),
    ("iacute", 'í'),
    ("oacute", 'ó'),
    ("uacute", 'ú'),
    ("ntilde", 'ñ'),
];

/// `text` in lower case, without accents, letters that have no accent to lose written out (`ß` as `ss`, `ø` as `o`).
#[must_use]
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut out = String::with_capacity(text.len());
    for c in text
        .nfkd()
        .filter(|&c| !is_combining_mark(c) && !is_invisible(c))
        .flat_map(char::to_lowercase)
    {
        match c {
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'ø' => out.push('o'),
            'ł' => out.push('l'),
            'đ' | 'ð' => out.push('d'),
            'þ' => out.push_str("th"),
            'ı' => out.push('i'),
            '’' | '‘' | 'ʼ' => out.push('\''),
            // Lower-casing may bring back a mark (`İ`).
            c if is_combining_mark(c) => {}
            c => out.push(c),
        }
    }
    out
}

/// The words of `text`, folded, with single spaces between them: everything that is no letter or digit separates words,
/// except for an apostrophe, which is dropped.
#[must_use]
pub fn fold_words(text: &str) -> String {
    let folded = fold(text);
    let mut out = String::with_capacity(folded.len());
    let mut gap = false;
    for c in folded.chars() {
        if c.is_alphanumeric() {
            if gap && !out.is_empty() {
                out.push(' ');
            }
            gap = false;
            out.push(c);
        } else if c != '\'' {
            gap = true;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_line_loses_what_cannot_be_seen() {
        let raw = "\u{202e}Back\u{200b}end\u{feff}\r\n  Intern\t\u{7}(m\u{ad}/w/d)\u{202c}";
        assert_eq!(clean_line(raw, 300), "Backend Intern (m/w/d)");
    }

    #[test]
    fn entities_and_inline_markup_are_resolved_even_when_escaped_twice() {
        assert_eq!(
            clean_line(
                "R&amp;amp;D <strong>Intern</strong> &#8211; Caf&eacute;",
                300
            ),
            "R&D Intern – Café"
        );
        assert_eq!(clean_line("List<T> & C++", 300), "List<T> & C++");
    }

    #[test]
    fn a_long_line_is_cut_between_words() {
        let cut = clean_line(&"backend developer ".repeat(700), 300);
        assert!(
            cut.chars().count() <= 300 && (cut.ends_with("backend") || cut.ends_with("developer")),
            "{cut}"
        );
        assert_eq!(clean_line(&"é".repeat(1000), 300).chars().count(), 300);
    }

    #[test]
    fn letters_are_composed() {
        assert_eq!(clean_line("De\u{301}veloppeur", 300), "Développeur");
    }

    #[test]
    fn folding_makes_spellings_equal() {
        assert_eq!(
            fold_words("Straße & Łódź – Søren’s ÎLE"),
            "strasse lodz sorens ile"
        );
    }

    proptest! {
        #[test]
        fn cleaning_twice_changes_nothing(text in "(\\PC|[&;<>#x0-9a-f \u{200b}\u{301}\u{37e}]|&amp;|&#38;|&lt;b>){0,120}", max in 1usize..60) {
            let once = clean_line(&text, max);
            prop_assert_eq!(clean_line(&once, max), once.clone());
            prop_assert!(once.chars().count() <= max);
        }

        #[test]
        fn folded_words_hold_letters_digits_and_single_spaces(text in "\\PC{0,80}") {
            let words = fold_words(&text);
            prop_assert!(!words.contains("  ") && words.trim() == words);
        }
    }
}
