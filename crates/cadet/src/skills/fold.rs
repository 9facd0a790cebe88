//! Brings a text into the one spelling in which aliases are compared, and remembers where each byte came from.
//!
//! Folding drops what nobody sees (zero-width and direction marks, soft hyphens), takes accents off Latin letters, turns typographic
//! dashes, quotes, bullets and full-width letters into ASCII, and collapses white space. Letter case stays: it is evidence.

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

use super::plain::plain_len;

/// What stands in [`Folded::scan`] for bytes in which no skill is looked for.
const MASK: u8 = 0x01;

/// A folded text and the way back to the original.
pub(super) struct Folded {
    /// The folded text. A run of white space is one space, or one `\n` if it holds a line break.
    pub text: String,
    /// The bytes to search: like `text`, but a single line break is a space, since plain text may be wrapped anywhere, and
    /// web and mail addresses are blotted out, since `https://example.com/go` says nothing about Go.
    pub scan: Vec<u8>,
    /// Places from which on the distance between folded and original offsets is another one: (folded, original).
    anchors: Vec<(usize, usize)>,
}

/// White space seen but not yet written.
#[derive(Clone, Copy)]
struct Gap {
    at: usize,
    line_breaks: usize,
}

impl Folded {
    /// Folds `original`.
    pub fn new(original: &str) -> Self {
        let mut folded = Self {
            text: String::with_capacity(original.len()),
            scan: Vec::new(),
            anchors: Vec::new(),
        };
        let mut gap: Option<Gap> = None;
        let mut wrapped = Vec::new();
        let mut rest = original;
        while let Some(c) = rest.chars().next() {
            let at = original.len() - rest.len();
            if is_space(c) {
                let gap = gap.get_or_insert(Gap { at, line_breaks: 0 });
                gap.line_breaks += usize::from(is_line_break(c));
                rest = &rest[c.len_utf8()..];
                continue;
            }
            if !is_invisible(c)
                && let Some(gap) = gap.take()
            {
                if gap.line_breaks == 1 {
                    wrapped.push(folded.text.len());
                }
                let space = if gap.line_breaks == 0 { " " } else { "\n" };
                folded.push(space, gap.at);
            }
            let plain = plain_len(rest.as_bytes());
            if plain > 0 {
                folded.push(&rest[..plain], at);
                rest = &rest[plain..];
            } else {
                folded.push_folded(c, at);
                rest = &rest[c.len_utf8()..];
            }
        }
        folded.scan = folded.text.clone().into_bytes();
        for at in wrapped {
            folded.scan[at] = b' ';
        }
        if may_hold_addresses(&folded.text) {
            mask_addresses(&mut folded.scan);
        }
        folded
    }

    fn push_folded(&mut self, c: char, at: usize) {
        if is_invisible(c) {
            return;
        }
        let mut push = |c: char| self.push(c.encode_utf8(&mut [0; 4]), at);
        if let Some(plain) = punctuation(c) {
            push(plain);
        } else if decomposes(c) {
            decompose_compatible(c, |part| {
                if !is_combining_mark(part) {
                    push(part);
                }
            });
        } else {
            push(c);
        }
    }

    /// Writes `piece`, which the original has at `at`.
    fn push(&mut self, piece: &str, at: usize) {
        let here = self.text.len();
        if self.original(here) != at {
            self.anchors.push((here, at));
        }
        self.text.push_str(piece);
    }

    fn original(&self, folded: usize) -> usize {
        self.anchors.last().map_or(folded, |&(f, o)| o + folded - f)
    }

    /// The offsets in `original`, the text that was folded, of the folded range `start..end`, which must not be empty.
    /// Accents written as characters of their own stay with their letter.
    pub fn original_range(&self, original: &str, start: usize, end: usize) -> (usize, usize) {
        let from = floor_char(original, self.locate(start));
        let last = floor_char(original, self.locate(end - 1));
        let mut to = last;
        for (i, c) in original[last..].chars().enumerate() {
            if i > 0 && !is_combining_mark(c) {
                break;
            }
            to += c.len_utf8();
        }
        (from, to)
    }

    fn locate(&self, folded: usize) -> usize {
        let after = self.anchors.partition_point(|&(f, _)| f <= folded);
        match after.checked_sub(1) {
            None => folded,
            Some(i) => self.anchors[i].1 + folded - self.anchors[i].0,
        }
    }
}

/// The start of the character that `at` lies in.
fn floor_char(text: &str, at: usize) -> usize {
    (0..=at.min(text.len()))
        .rev()
        .find(|&i| text.is_char_boundary(i))
        .unwrap_or(0)
}

/// Folds a name or context word of the taxonomy.
pub(super) fn fold(text: &str) -> String {
    Folded::new(text.trim()).text
}

fn is_space(c: char) -> bool {
    c.is_whitespace() || c.is_control()
}

fn is_line_break(c: char) -> bool {
    matches!(
        c,
        '\n' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

fn is_invisible(c: char) -> bool {
    !c.is_ascii()
        && (matches!(c,
        '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}'
        | '\u{ae}' | '\u{2122}' | '\u{2120}' | '\u{a9}' | '\u{fe00}'..='\u{fe0f}')
            || is_combining_mark(c))
}

fn punctuation(c: char) -> Option<char> {
    match c {
        '\u{2010}'..='\u{2015}' | '\u{2212}' => Some('-'),
        '\u{2018}' | '\u{2019}' | '\u{2bc}' | '\u{b4}' => Some('\''),
        '\u{201c}'..='\u{201f}' | '\u{ab}' | '\u{bb}' => Some('"'),
        '\u{2022}'
        | '\u{2023}'
        | '\u{25a0}'..='\u{25ff}'
        | '\u{2219}'
        | '\u{b7}'
        | '\u{2713}'
        | '\u{2714}'
        | '\u{27a2}'
        | '\u{27a4}' => Some('*'),
        '\u{2026}' | '\u{3002}' => Some('.'),
        '\u{3001}' => Some(','),
        _ => None,
    }
}

/// Latin letters with accents, ligatures and full-width forms; other scripts hold no alias and stay as they are.
fn decomposes(c: char) -> bool {
    matches!(c, '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' | '\u{fb00}'..='\u{fb06}' | '\u{ff01}'..='\u{ff5e}')
}

/// Most texts hold no address, which is told faster than where one would be.
fn may_hold_addresses(text: &str) -> bool {
    let www = |bytes: &[u8]| bytes[3] == b'.' && bytes[..3].eq_ignore_ascii_case(b"www");
    text.contains('@') || text.contains("://") || text.as_bytes().windows(4).any(www)
}

fn mask_addresses(scan: &mut [u8]) {
    let breaks = |b: &u8| {
        matches!(
            b,
            b' ' | b'\n' | b'<' | b'>' | b'(' | b')' | b'[' | b']' | b'"' | b'|' | b',' | b';'
        )
    };
    for token in scan.split_mut(breaks) {
        let is_address = token.windows(3).any(|w| w == b"://")
            || token
                .get(..4)
                .is_some_and(|w| w.eq_ignore_ascii_case(b"www."))
            || is_mail_address(token);
        if is_address {
            token.fill(MASK);
        }
    }
}

fn is_mail_address(token: &[u8]) -> bool {
    let Some(at) = token.iter().position(|&b| b == b'@') else {
        return false;
    };
    at > 0 && token[at..].contains(&b'.')
}
