//! What stands around a name: the words before and after it, and the phrases that speak for or against a meaning.

/// How many words on either side are looked at.
const WINDOW: usize = 10;
/// How many bytes on either side are looked at, so that a text without spaces costs no more than another.
const REACH: usize = 200;
/// In a phrase, stands for any number.
const NUMBER: &str = "<number>";

/// A word near a name.
#[derive(Clone, Copy, Default)]
struct Word<'t> {
    text: &'t str,
    /// Nothing but spaces, hyphens, quotes and brackets lies between it and the name.
    close: bool,
}

/// Some words, nearest first. Held in place: they are looked at for every other name and then forgotten.
#[derive(Default)]
struct Words<'t> {
    words: [Word<'t>; WINDOW],
    count: usize,
}

impl<'t> Words<'t> {
    fn is_full(&self) -> bool {
        self.count == WINDOW
    }

    fn push(&mut self, word: Word<'t>) {
        self.words[self.count] = word;
        self.count += 1;
    }
}

impl<'t> std::ops::Deref for Words<'t> {
    type Target = [Word<'t>];

    fn deref(&self) -> &[Word<'t>] {
        &self.words[..self.count]
    }
}

/// The words around a name, nearest first, within its sentence.
pub(super) struct Neighbours<'t> {
    before: Words<'t>,
    after: Words<'t>,
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
    /// Phrases that end just before the name, the word beside it first.
    before: Beside,
    /// Phrases that begin just after the name.
    after: Beside,
    /// Words anywhere close to it in the same sentence.
    near: Vec<String>,
}

impl Phrases {
    /// From phrases that end just before the name, phrases that begin just after it, and words close to it.
    pub fn new(before: Vec<Vec<String>>, after: Vec<Vec<String>>, near: Vec<String>) -> Self {
        let from_name = |mut phrase: Vec<String>| {
            phrase.reverse();
            phrase
        };
        Self {
            before: Beside::new(before.into_iter().map(from_name).collect()),
            after: Beside::new(after),
            near,
        }
    }

    /// Whether there is nothing to match.
    pub fn is_empty(&self) -> bool {
        self.before.phrases.is_empty() && self.after.phrases.is_empty() && self.near.is_empty()
    }

    /// Adds the phrases of `other`.
    pub fn extend(&mut self, other: &Self) {
        self.before.extend(&other.before);
        self.after.extend(&other.after);
        self.near.extend_from_slice(&other.near);
    }

    /// Whether a phrase is found around the name. With `close`, phrases across a comma, slash or colon do not count.
    pub fn found_in(&self, around: &Neighbours<'_>, close: bool) -> bool {
        self.found_before(around, close)
            || self.found_after(around, close)
            || self.near.iter().any(|word| {
                let mut words = around.before.iter().chain(around.after.iter());
                words.any(|w| same(word, w.text))
            })
    }

    /// As [`Phrases::found_in`], for what precedes the name alone.
    pub fn found_before(&self, around: &Neighbours<'_>, close: bool) -> bool {
        self.before.found_in(&around.before, close)
    }

    /// As [`Phrases::found_in`], for what follows the name alone.
    pub fn found_after(&self, around: &Neighbours<'_>, close: bool) -> bool {
        self.after.found_in(&around.after, close)
    }
}

/// Phrases on one side of a name.
#[derive(Debug, Clone, Default)]
struct Beside {
    /// The word beside the name first.
    phrases: Vec<Vec<String>>,
    /// The glances of all words beside the name: most words there begin no phrase, and are passed over for that.
    nearest: u64,
}

impl Beside {
    fn new(phrases: Vec<Vec<String>>) -> Self {
        let nearest = phrases.iter().filter_map(|phrase| phrase.first());
        Self {
            nearest: nearest.fold(0, |all, word| all | glances(word)),
            phrases,
        }
    }

    fn extend(&mut self, other: &Self) {
        self.phrases.extend_from_slice(&other.phrases);
        self.nearest |= other.nearest;
    }

    fn found_in(&self, words: &[Word<'_>], close: bool) -> bool {
        words
            .first()
            .is_some_and(|word| self.nearest & glance(word.text) != 0)
            && self.phrases.iter().any(|phrase| {
                let mut words = words.iter();
                phrase.iter().all(|pattern| {
                    words
                        .next()
                        .is_some_and(|word| (word.close || !close) && same(pattern, word.text))
                })
            })
    }
}

/// One bit for a word, by its first letter and its length.
fn glance(word: &str) -> u64 {
    let first = word.bytes().next().unwrap_or_default();
    let mixed = usize::from(first.to_ascii_lowercase()) * 7 + word.len();
    1 << (mixed % 64)
}

/// The glances of all words that a word of a phrase stands for.
fn glances(pattern: &str) -> u64 {
    if pattern == NUMBER {
        u64::MAX
    } else {
        glance(pattern)
    }
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

fn words_before(text: &str, start: usize) -> Words<'_> {
    let bytes = text.as_bytes();
    let floor = start.saturating_sub(REACH);
    let (mut words, mut close, mut at) = (Words::default(), true, start);
    while !words.is_full() && at > floor {
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
                if let Some(text) = text.get(at..end) {
                    words.push(Word { text, close });
                }
                continue;
            }
        }
        at -= 1;
    }
    words
}

fn words_after(text: &str, end: usize) -> Words<'_> {
    let bytes = text.as_bytes();
    let ceiling = text.len().min(end + REACH);
    let (mut words, mut close, mut at) = (Words::default(), true, end);
    while !words.is_full() && at < ceiling {
        match classify(bytes, at) {
            Byte::End => break,
            Byte::Apart => close = false,
            Byte::Close => {}
            Byte::Word => {
                let start = at;
                while at < ceiling && classify(bytes, at) == Byte::Word {
                    at += 1;
                }
                if let Some(text) = text.get(start..at) {
                    words.push(Word { text, close });
                }
                continue;
            }
        }
        at += 1;
    }
    words
}
