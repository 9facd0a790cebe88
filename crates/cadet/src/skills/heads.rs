//! Finding many names in a text by what they begin with.
//!
//! A name counts only where a word begins, and texts have five bytes or so for each word: looking up each word's head
//! (its first run of letters, or of digits, or one other byte) touches far less than an automaton that reads every
//! byte, and most heads are told apart from all names by a few bits.

use std::collections::HashMap;

/// Bits by which most heads that begin no name are passed over.
const SIEVE: usize = 1 << 14;

/// Names by their heads.
pub(super) struct Heads {
    /// One bit for each hash of a head that is there.
    sieve: Box<[u64; SIEVE / 64]>,
    /// For each head the names that begin with it, the shortest first.
    names: HashMap<Box<[u8]>, Vec<Name>>,
}

struct Name {
    /// What follows the head.
    rest: Box<[u8]>,
    /// Its number among all names.
    number: usize,
}

impl Heads {
    /// Takes names, which are in lower case and not empty; their numbers are their places.
    pub fn new(all: &[String]) -> Self {
        let mut heads = Self {
            sieve: Box::new([0; SIEVE / 64]),
            names: HashMap::new(),
        };
        for (number, name) in all.iter().enumerate() {
            let (head, rest) = name.as_bytes().split_at(head_len(name.as_bytes()));
            let bit = sieve_bit(head);
            heads.sieve[bit / 64] |= 1 << (bit % 64);
            heads.names.entry(head.into()).or_default().push(Name {
                rest: rest.into(),
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
            let end = at + head_len(&lower[at..]);
            let after = &lower[end..];
            for name in self.beginning_with(&lower[at..end]) {
                // The next byte alone tells most names of one head apart.
                if name
                    .rest
                    .first()
                    .is_none_or(|next| after.first() == Some(next))
                    && after.starts_with(&name.rest)
                {
                    found(name.number, at, end + name.rest.len());
                }
            }
            at = end;
        }
    }

    fn beginning_with(&self, head: &[u8]) -> &[Name] {
        let bit = sieve_bit(head);
        if self.sieve[bit / 64] & (1 << (bit % 64)) == 0 {
            return &[];
        }
        self.names.get(head).map_or(&[], Vec::as_slice)
    }
}

/// The length of the first run of letters, or of digits, or else one byte.
fn head_len(bytes: &[u8]) -> usize {
    let run = |is: fn(&u8) -> bool| bytes.iter().position(|b| !is(b)).unwrap_or(bytes.len());
    match bytes.first() {
        Some(b) if b.is_ascii_lowercase() => run(u8::is_ascii_lowercase),
        Some(b) if b.is_ascii_digit() => run(u8::is_ascii_digit),
        _ => bytes.len().min(1),
    }
}

/// Which bit stands for a head. The first bytes and the length are enough to tell most words apart.
fn sieve_bit(head: &[u8]) -> usize {
    let first = head
        .iter()
        .take(8)
        .fold(0_u64, |bytes, byte| bytes << 8 | u64::from(*byte));
    let mixed = (first ^ (head.len() as u64) << 59).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (mixed >> 50) as usize % SIEVE
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
            let whole = |name: &str, start: usize| head_len(&bytes[start..]) == head_len(name.as_bytes());
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
