//! What stands around a name: the words before and after it, and the phrases that speak for or against a meaning.

/// How many words on either side are looked at.
const WINDOW: usize = 10;
/// How many bytes on either side are looked at, so that a text without spaces costs no more than another.
const REACH: usize = 200;
/// In a phrase, stands for any number.
const NUMBER: &str = "<number>";

/// A word near a name.
#[derive(Clone, Copy)]
struct Word<'t> {
    text: &'t str,
    /// Nothing but spaces, hyphens, quotes and brackets lies between it and the name.
    close: bool,
}

/// The words around a name, nearest first, within its sentence.
pub(super) struct Neighbours<'t> {
    before: Vec<Word<'t>>,
    after: Vec<Word<'t>>,
}

impl<'t> Neighbours<'t> {
    /// The words around `text[start..end]`.
    pub fn of(text: &'t str, start: usize, end: usize) -> Self {
        Self {
            before: words_before(text, start),
            after: words_after(text, end),
        }
    }

    /// Whether the words on both sides shout in capitals, so that capitals prove nothing.
    pub fn are_shouted(&self) -> bool {
        let shouted = |words: &[Word<'_>]| {
            words.first().is_some_and(|w| {
                w.close && w.text.len() > 2 && w.text.bytes().all(|b| b.is_ascii_uppercase())
            })
        };
        shouted(&self.before) && shouted(&self.after)
    }
}

/// Words that speak for, or against, a name's meaning.
#[derive(Debug, Clone, Default)]
pub(super) struct Phrases {
    /// Phrases that end just before the name.
    pub before: Vec<Vec<String>>,
    /// Phrases that begin just after the name.
    pub after: Vec<Vec<String>>,
    /// Words anywhere close to it in the same sentence.
    pub near: Vec<String>,
}

impl Phrases {
    /// Whether there is nothing to match.
    pub fn is_empty(&self) -> bool {
        self.before.is_empty() && self.after.is_empty() && self.near.is_empty()
    }

    /// Adds the phrases of `other`.
    pub fn extend(&mut self, other: &Self) {
        self.before.extend_from_slice(&other.before);
        self.after.extend_from_slice(&other.after);
        self.near.extend_from_slice(&other.near);
    }

    /// Whether a phrase is found around the name. With `close`, phrases across a comma, slash or colon do not count.
    pub fn found_in(&self, around: &Neighbours<'_>, close: bool) -> bool {
        self.found_before(around, close)
            || self.found_after(around, close)
            || self.near.iter().any(|word| {
                let mut words = around.before.iter().chain(&around.after);
                words.any(|w| same(word, w.text))
            })
    }

    /// As [`Phrases::found_in`], for what precedes the name alone.
    pub fn found_before(&self, around: &Neighbours<'_>, close: bool) -> bool {
        self.before
            .iter()
            .any(|p| matches(p.iter().rev(), &around.before, close))
    }

    /// As [`Phrases::found_in`], for what follows the name alone.
    pub fn found_after(&self, around: &Neighbours<'_>, close: bool) -> bool {
        self.after
            .iter()
            .any(|p| matches(p.iter(), &around.after, close))
    }
}

fn matches<'p>(phrase: impl Iterator<Item = &'p String>, words: &[Word<'_>], close: bool) -> bool {
    let mut words = words.iter();
    phrase.into_iter().all(|p| {
        words
            .next()
            .is_some_and(|w| (w.close || !close) && same(p, w.text))
    })
}

fn same(pattern: &str, word: &str) -> bool {
    if pattern == NUMBER {
        word.bytes().next().is_some_and(|b| b.is_ascii_digit())
    } else {
        pattern.eq_ignore_ascii_case(word)
    }
}

/// Whether a sentence, line or quotation starts at `start`, so that a capital letter there proves nothing.
pub(super) fn starts_sentence(text: &str, start: usize) -> bool {
    let before = text[..start].trim_end_matches([' ', '"', '\'', '-', '>', '(']);
    match before.bytes().last() {
        None | Some(b'!' | b'?' | b'\n' | b'*') => true,
        Some(b'.') => !is_abbreviation(before.as_bytes(), before.len() - 1),
        _ => false,
    }
}

/// Whether the full stop at `at` belongs to something like `e.g.` or `z.B.`.
fn is_abbreviation(text: &[u8], at: usize) -> bool {
    at >= 3
        && text[at - 1].is_ascii_alphabetic()
        && text[at - 2] == b'.'
        && text[at - 3].is_ascii_alphabetic()
}

/// What a byte between words means.
#[derive(PartialEq)]
enum Byte {
    Word,
    Close,
    Apart,
    End,
}

fn classify(text: &[u8], at: usize) -> Byte {
    match text[at] {
        b if b.is_ascii_alphanumeric() || b >= 0x80 => Byte::Word,
        b'_' | b'+' | b'#' => Byte::Word,
        b' ' | b'-' | b'"' | b'\'' | b'(' | b')' | b'[' | b']' => Byte::Close,
        b'\n' | b'!' | b'?' | b';' | b'*' => Byte::End,
        b'.' => {
            let inside = text.get(at + 1).is_some_and(u8::is_ascii_alphanumeric);
            if inside || is_abbreviation(text, at) {
                Byte::Close
            } else {
                Byte::End
            }
        }
        _ => Byte::Apart,
    }
}

fn words_before(text: &str, start: usize) -> Vec<Word<'_>> {
    let bytes = text.as_bytes();
    let floor = start.saturating_sub(REACH);
    let (mut words, mut close, mut at) = (Vec::new(), true, start);
    while words.len() < WINDOW && at > floor {
        match classify(bytes, at - 1) {
            Byte::End => break,
            Byte::Apart => close = false,
            Byte::Close => {}
            Byte::Word => {
                let end = at;
                while at > floor && classify(bytes, at - 1) == Byte::Word {
                    at -= 1;
                }
                // Cut by the reach in the middle of a character, a word is of no use.
                words.extend(text.get(at..end).map(|text| Word { text, close }));
                continue;
            }
        }
        at -= 1;
    }
    words
}

fn words_after(text: &str, end: usize) -> Vec<Word<'_>> {
    let bytes = text.as_bytes();
    let ceiling = text.len().min(end + REACH);
    let (mut words, mut close, mut at) = (Vec::new(), true, end);
    while words.len() < WINDOW && at < ceiling {
        match classify(bytes, at) {
            Byte::End => break,
            Byte::Apart => close = false,
            Byte::Close => {}
            Byte::Word => {
                let start = at;
                while at < ceiling && classify(bytes, at) == Byte::Word {
                    at += 1;
                }
                words.extend(text.get(start..at).map(|text| Word { text, close }));
                continue;
            }
        }
        at += 1;
    }
    words
}
