//! Finds many short words anywhere in a text, in any ASCII case: what a sentence may speak of.
//!
//! A few hundred words make an automaton of some thousand states, which misses a core's nearest cache at every other
//! byte of every text. Here three bytes at a time are looked up in a table of a few kilobytes, which also says what the
//! fourth may be; where they begin a word, the word is compared.

use memchr::memmem::Finder;

/// Slots for heads: in most is none, so that most places are passed over.
const SLOTS: usize = 1 << 12;
/// How many bytes choose a slot.
const HEAD: usize = 3;

/// Words with what each stands for.
pub(super) struct Triggers<T> {
    /// For each slot what may follow the heads of its words, as [`follower`] has it; nothing where there are none.
    followers: Box<[u32; SLOTS]>,
    /// For each slot the place of its words.
    places: Box<[u16; SLOTS]>,
    /// Words whose heads have one slot.
    words: Vec<Vec<Trigger<T>>>,
    /// Words of one sign.
    signs: Vec<(Finder<'static>, T)>,
}

struct Trigger<T> {
    /// In lower case.
    word: Box<[u8]>,
    meaning: T,
}

impl<T: Copy> Triggers<T> {
    /// Takes words in lower case: of one sign that is no letter, or of three bytes at least; no more than 65,536.
    pub(super) fn new<'w>(words: impl IntoIterator<Item = (&'w str, T)>) -> Self {
        let mut triggers = Self {
            followers: Box::new([0; SLOTS]),
            places: Box::new([0; SLOTS]),
            words: Vec::new(),
            signs: Vec::new(),
        };
        for (word, meaning) in words {
            let Some(head) = word.as_bytes().first_chunk() else {
                let sign = Finder::new(word).into_owned();
                triggers.signs.push((sign, meaning));
                continue;
            };
            let slot = slot(*head);
            if triggers.followers[slot] == 0 {
                triggers.places[slot] = triggers.words.len() as u16;
                triggers.words.push(Vec::new());
            }
            let next = word.as_bytes().get(HEAD);
            triggers.followers[slot] |= next.map_or(u32::MAX, |next| follower(*next));
            triggers.words[usize::from(triggers.places[slot])].push(Trigger {
                word: word.as_bytes().into(),
                meaning,
            });
        }
        triggers
    }

    /// Tells of each word in `text`, overlapping ones too: where it ends and what it stands for. In no order.
    pub(super) fn find(&self, text: &str, mut found: impl FnMut(usize, T)) {
        for (sign, meaning) in &self.signs {
            let places = sign.find_iter(text.as_bytes());
            places.for_each(|at| found(at + sign.needle().len(), *meaning));
        }
        let text = text.as_bytes();
        for (at, [a, b, c, next]) in text.array_windows().enumerate() {
            let slot = slot([*a, *b, *c]);
            if self.followers[slot] & follower(*next) != 0 {
                self.compare(slot, text, at, &mut found);
            }
        }
        // Nothing follows the last head.
        if let Some(head) = text.last_chunk() {
            let slot = slot(*head);
            if self.followers[slot] != 0 {
                self.compare(slot, text, text.len() - HEAD, &mut found);
            }
        }
    }

    /// Tells of each word of a slot that stands in `text` at a place.
    fn compare(&self, slot: usize, text: &[u8], at: usize, found: &mut impl FnMut(usize, T)) {
        for trigger in &self.words[usize::from(self.places[slot])] {
            let end = at + trigger.word.len();
            let here = text.get(at..end);
            if here.is_some_and(|here| here.eq_ignore_ascii_case(&trigger.word)) {
                found(end, trigger.meaning);
            }
        }
    }
}

/// The slot of a word's first three bytes. Capital letters count as small ones, and some signs as others, which comparing
/// puts right.
const fn slot([a, b, c]: [u8; HEAD]) -> usize {
    let folded = u32::from_le_bytes([a, b, c, 0]) | 0x20_2020;
    (folded.wrapping_mul(0x9e37_79b1) >> 20) as usize % SLOTS
}

/// The bit of a byte that follows a head: one of 32, the same for a small and a capital letter.
const fn follower(byte: u8) -> u32 {
    1 << (byte & 31)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn all(words: &[&str], text: &str) -> Vec<(usize, usize)> {
        let triggers = Triggers::new(words.iter().enumerate().map(|(at, word)| (*word, at)));
        let mut found = Vec::new();
        triggers.find(text, |end, word| found.push((word, end)));
        found.sort_unstable();
        found
    }

    #[test]
    fn words_are_found_inside_of_others_in_any_case() {
        let words = ["$", "£", "week", "weekend", "été 20"];
        let text = "WEEKEND £5 $6, Été 2027, été 20";
        // Beyond ASCII, a capital is another letter.
        let ends = [(0, 13), (1, 10), (2, 4), (3, 7), (4, text.len())];
        assert_eq!(all(&words, text), ends);
    }

    proptest! {
        #[test]
        fn what_an_automaton_finds_is_found(
            words in prop::collection::btree_set("[$£]|[a-c$é ]{3,5}", 1..12),
            text in "[a-cA-C$£éÉ ]{0,60}",
        ) {
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            let automaton = aho_corasick::AhoCorasick::builder()
                .ascii_case_insensitive(true)
                .build(&words)
                .unwrap();
            let mut expected: Vec<_> = automaton
                .find_overlapping_iter(&text)
                .map(|hit| (hit.pattern().as_usize(), hit.end()))
                .collect();
            expected.sort_unstable();
            prop_assert_eq!(all(&words, &text), expected);
        }
    }
}
