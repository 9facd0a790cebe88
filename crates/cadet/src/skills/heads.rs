//! Finding many names in a text by what they begin with.
//!
//! A name counts only where a word begins, and texts have five bytes or so for each word: looking up each word's head
//! (its first run of letters, or of digits, or one other byte) touches far less than an automaton that reads every
//! byte, and most heads are told apart from all names by a few bits.

use foldhash::{HashMap, HashMapExt as _};

/// Bits by which most heads that begin no name are passed over; they fit into a core's nearest cache.
const SIEVE: usize = 1 << 16;

/// Names by their heads.
pub(super) struct Heads {
    /// One bit for each hash of a head that is there.
    sieve: Box<[u64]>,
    /// For each head the names that begin with it, the shortest first.
    names: HashMap<Box<[u8]>, Vec<Name>>,
}

struct Name {
    /// What follows the head.
    rest: Box<[u8]>,
    /// The first two bytes of it.
    next: Option<[u8; 2]>,
    /// Its number among all names.
    number: usize,
}

impl Heads {
    /// Takes names, which are in lower case and not empty; their numbers are their places.
    pub fn new(all: &[String]) -> Self {
        let mut heads = Self {
            sieve: vec![0; SIEVE / 64].into(),
            names: HashMap::new(),
        };
        for (number, name) in all.iter().enumerate() {
            let head = Head::at(name.as_bytes(), 0);
            let (bytes, rest) = name.as_bytes().split_at(head.end);
            let bit = head.bit();
            heads.sieve[bit / 64] |= 1 << (bit % 64);
            heads.names.entry(bytes.into()).or_default().push(Name {
                rest: rest.into(),
                next: rest.first_chunk().copied(),
                number,
            });
        }
        for names in heads.names.values_mut() {
            names.sort_by_key(|name| name.rest.len());
        }
        heads
    }

    /// Tells of each name in `lower`, a text in lower case, that begins where a word may begin: its number, its start
    /// and its end. In order of the starts, then of the ends.
    pub fn find(&self, lower: &[u8], mut found: impl FnMut(usize, usize, usize)) {
        let mut at = 0;
        while at < lower.len() {
            let head = Head::at(lower, at);
            let bit = head.bit();
            if self.sieve[bit / 64] & (1 << (bit % 64)) != 0 {
                let after = &lower[head.end..];
                // Two bytes, often a space and a letter, tell most names of one head apart.
                let next = after.first_chunk();
                for name in self.beginning_with(&lower[at..head.end]) {
                    let may_be = name.next.as_ref().is_none_or(|own| next == Some(own));
                    if may_be && after.starts_with(&name.rest) {
                        found(name.number, at, head.end + name.rest.len());
                    }
                }
            }
            at = head.end;
        }
    }

    fn beginning_with(&self, head: &[u8]) -> &[Name] {
        self.names.get(head).map_or(&[], Vec::as_slice)
    }
}

/// Which run a byte belongs to: 1 of small letters, 2 of digits, 0 none. A table, since each byte of each text is asked.
const RUN: [u8; 256] = {
    let mut runs = [0; 256];
    let mut byte = 0;
    while byte < 128_u8 {
        runs[byte as usize] = byte.is_ascii_lowercase() as u8 + 2 * byte.is_ascii_digit() as u8;
        byte += 1;
    }
    runs
};

/// The first run of letters, or of digits, or else one byte.
struct Head {
    end: usize,
    /// Its first eight bytes and its length, mixed: enough to tell most words apart.
    mixed: u64,
}

impl Head {
    /// The head that begins at `start`, which must lie in `bytes`.
    fn at(bytes: &[u8], start: usize) -> Self {
        let mut head = u64::from(bytes[start]);
        let mut end = start + 1;
        let run = RUN[usize::from(bytes[start])];
        if run != 0 {
            while let Some(&byte) = bytes.get(end)
                && RUN[usize::from(byte)] == run
            {
                if end - start < 8 {
                    head = head << 8 | u64::from(byte);
                }
                end += 1;
            }
        }
        Self {
            end,
            mixed: head ^ ((end - start) as u64) << 59,
        }
    }

    /// Which bit of the sieve stands for it.
    fn bit(&self) -> usize {
        (self.mixed.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 48) as usize % SIEVE
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn all(names: &[&str], text: &str) -> Vec<(usize, usize, usize)> {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        let mut found = Vec::new();
        Heads::new(&names).find(text.as_bytes(), |name, start, end| {
            found.push((name, start, end))
        });
        found
    }

    #[test]
    fn every_name_is_found_where_a_word_begins() {
        let names = ["c", "c++", "java", "java script", ".net", "3d", "k8s"];
        assert_eq!(
            all(&names, "c++ java script"),
            [(0, 0, 1), (1, 0, 3), (2, 4, 8), (3, 4, 15)]
        );
        assert_eq!(
            all(&names, "a .net 3d k8s"),
            [(4, 2, 6), (5, 7, 9), (6, 10, 13)]
        );
    }

    #[test]
    fn a_name_inside_a_word_is_passed_over() {
        assert_eq!(all(&["java", "script"], "javascript"), []);
        assert_eq!(all(&["java"], "java8"), [(0, 0, 4)]);
    }

    proptest! {
        #[test]
        fn what_an_automaton_finds_at_words_is_found(
            names in prop::collection::btree_set("[ab1.é][ab1 .+]{0,4}", 1..12),
            text in "[ab1 .+é]{0,60}",
        ) {
            let names: Vec<String> = names.into_iter().collect();
            let automaton = aho_corasick::AhoCorasick::new(&names).unwrap();
            let class = |b: u8| match b {
                b if b.is_ascii_lowercase() => 0,
                b if b.is_ascii_digit() => 1,
                _ => 2,
            };
            let bytes = text.as_bytes();
            let begins = |at: usize| at == 0 || class(bytes[at]) == 2 || class(bytes[at - 1]) != class(bytes[at]);
            // A name whose first run goes on in the text is only part of a word.
            let length = |bytes: &[u8], start: usize| Head::at(bytes, start).end - start;
            let whole = |name: &str, start: usize| length(bytes, start) == length(name.as_bytes(), 0);
            let mut expected: Vec<_> = automaton
                .find_overlapping_iter(&text)
                .map(|m| (m.pattern().as_usize(), m.start(), m.end()))
                .filter(|(name, start, _)| begins(*start) && whole(&names[*name], *start))
                .collect();
            expected.sort_by_key(|&(_, start, end)| (start, end));
            let mut found = Vec::new();
            Heads::new(&names).find(bytes, |name, start, end| found.push((name, start, end)));
            prop_assert_eq!(found, expected);
        }
    }
}
