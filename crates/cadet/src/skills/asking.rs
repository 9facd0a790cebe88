//! Which mentions a posting asks for, and which it only makes in passing.
//!
//! A technology's name is worth finding wherever it stands. A subject is not: "the company that powers the cloud" asks for
//! nothing. So a subject counts where its sentence asks ("experience with ..."), under a heading that does, as an item of a
//! list on its own, or among several other skills.

use foldhash::HashSet;

use super::source::RawAsking;

/// How many mentions make a sentence an enumeration of skills.
const CROWD: usize = 4;
/// The longest line that may be a heading, in bytes.
const MAX_HEADING: usize = 60;

/// The words by which postings ask.
#[derive(Debug, Default)]
pub(super) struct Asking {
    words: HashSet<String>,
    headings: HashSet<String>,
}

impl Asking {
    pub fn new(raw: &RawAsking) -> Self {
        let set = |words: &[String]| {
            words
                .iter()
                .map(|w| super::fold::fold(w).to_ascii_lowercase())
                .collect()
        };
        Self {
            words: set(&raw.words),
            headings: set(&raw.headings),
        }
    }

    /// For each of the ranges of `text`, sorted by their start, whether what is mentioned there is asked for.
    pub fn judge(&self, text: &str, ranges: &[(usize, usize)]) -> Vec<bool> {
        let mut verdicts = vec![false; ranges.len()];
        let (mut first, mut start, mut heading_asks) = (0, 0, false);
        while first < ranges.len() {
            let end = sentence_end(text, start);
            let sentence = &text[start..end];
            let past = first
                + ranges[first..]
                    .iter()
                    .take_while(|(at, _)| *at < end)
                    .count();
            if is_heading(sentence) {
                heading_asks = has_word(sentence, &self.headings);
            }
            let asked = past > first
                && (past - first >= CROWD || heading_asks || has_word(sentence, &self.words));
            verdicts[first..past].fill(asked);
            first = past;
            start = end;
        }
        verdicts
    }
}

fn has_word(sentence: &str, set: &HashSet<String>) -> bool {
    // One copy of the sentence rather than one of each word.
    let lower = sentence.to_ascii_lowercase();
    let among = |word: &str| !word.is_empty() && set.contains(word);
    if lower.is_ascii() {
        // Bytes are quicker to look at than characters, and nearly all of most texts is ASCII.
        let parts = |c: char| !matches!(c, 'a'..='z' | '0'..='9' | '\'' | '-');
        lower.split(parts).any(among)
    } else {
        let parts = |c: char| !(c.is_alphanumeric() || c == '\'' || c == '-');
        lower.split(parts).any(among)
    }
}

/// Whether a line is short and no sentence: "What you bring", "Requirements:".
fn is_heading(sentence: &str) -> bool {
    let line = sentence.trim();
    line.len() <= MAX_HEADING
        && !line.is_empty()
        && !line.starts_with(['*', '-'])
        && !line.ends_with(['.', ',', ';', '!'])
        && !line.contains(',')
}

/// Where the sentence or line that starts at `start` ends. A line break inside a wrapped sentence does not end it.
fn sentence_end(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    (start..bytes.len())
        .find(|&at| match bytes[at] {
            b'.' | b'!' | b'?' => matches!(bytes.get(at + 1), None | Some(b' ' | b'\n')),
            b'\n' => !bytes.get(at + 1).is_some_and(u8::is_ascii_lowercase),
            b'*' => at > start + 1,
            _ => false,
        })
        .map_or(text.len(), |at| at + 1)
}
