//! The words of generated postings: frequent ones by hand, and a long tail composed of stems, endings and syllables.

use std::collections::HashSet;

use crate::random::{Random, Zipf};

/// The committed vocabulary, the most frequent word first.
const WORDS: &str = include_str!("../data/vocabulary.txt");
/// The frequent words, written by hand.
const FREQUENT: &str = include_str!("../data/words.txt");
/// How many words the vocabulary has.
pub const SIZE: usize = 9_000;
/// Ranks before this are the words that every sentence has: `the`, `and`, `to`.
pub const FUNCTION_WORDS: usize = 96;
/// Ranks before this are words written by hand; those behind are composed.
const FREQUENT_WORDS: usize = 900;

/// Words with how often each is used.
pub struct Vocabulary {
    words: Vec<&'static str>,
    law: Zipf,
}

impl Vocabulary {
    /// The committed vocabulary.
    pub fn committed() -> Self {
        let words: Vec<&str> = WORDS.lines().collect();
        let law = Zipf::new(words.len());
        Self { words, law }
    }

    /// The next word of a text.
    pub fn draw(&self, random: &mut Random) -> &'static str {
        self.words[self.law.draw(random)]
    }

    /// The next word that carries meaning, as one would search for; one in eight is from the long tail.
    pub fn draw_searched(&self, random: &mut Random) -> &'static str {
        let end = if random.chance(12) {
            self.words.len()
        } else {
            FREQUENT_WORDS
        };
        loop {
            let rank = self.law.draw(random);
            if (FUNCTION_WORDS..end).contains(&rank) {
                return self.words[rank];
            }
        }
    }
}

/// Composes the vocabulary file: the frequent words, then words made of them, then words made of syllables.
pub fn compose(seed: u64) -> String {
    let mut random = Random::new(seed);
    let mut known = HashSet::new();
    let lines = FREQUENT.lines().filter(|line| !line.starts_with('#'));
    let mut words: Vec<String> = Vec::with_capacity(SIZE);
    words.extend(
        lines
            .flat_map(str::split_whitespace)
            .filter(|word| known.insert((*word).to_owned()))
            .map(str::to_owned),
    );
    let stems: Vec<String> = words[FUNCTION_WORDS..]
        .iter()
        .filter(|word| word.len() > 3)
        .cloned()
        .collect();
    while words.len() < SIZE {
        // Real texts have far more inflected words than new ones, and names and terms that occur nowhere else.
        let word = if random.chance(55) {
            derived(&mut random, &stems)
        } else {
            syllables(&mut random)
        };
        if known.insert(word.clone()) {
            words.push(word);
        }
    }
    words.join("\n") + "\n"
}

fn derived(random: &mut Random, stems: &[String]) -> String {
    const BEFORE: [&str; 14] = [
        "", "", "", "", "re", "pre", "un", "over", "inter", "micro", "multi", "auto", "sub",
        "cross",
    ];
    const AFTER: [&str; 12] = [
        "s", "ed", "ing", "er", "ers", "able", "ment", "ness", "ly", "less", "ful", "wise",
    ];
    format!(
        "{}{}{}",
        random.pick(&BEFORE),
        random.pick(stems).trim_end_matches('e'),
        random.pick(&AFTER)
    )
}

/// A word of two to four syllables.
pub fn syllables(random: &mut Random) -> String {
    const ONSETS: [&str; 24] = [
        "b", "br", "c", "cl", "d", "f", "g", "gr", "h", "k", "l", "m", "n", "p", "pr", "qu", "r",
        "s", "st", "t", "tr", "v", "w", "z",
    ];
    const VOWELS: [&str; 9] = ["a", "e", "i", "o", "u", "ai", "ea", "io", "ou"];
    const CODAS: [&str; 10] = ["", "", "", "n", "r", "l", "s", "t", "m", "x"];
    let count = 2 + random.below(3);
    (0..count)
        .map(|_| {
            format!(
                "{}{}{}",
                random.pick(&ONSETS),
                random.pick(&VOWELS),
                random.pick(&CODAS)
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_committed_vocabulary_is_the_composed_one() {
        assert_eq!(
            WORDS,
            compose(crate::SEED),
            "data/vocabulary.txt differs: run `cargo xtask compose`"
        );
    }

    #[test]
    fn no_word_stands_twice() {
        let words: HashSet<&str> = WORDS.lines().collect();
        assert_eq!(words.len(), SIZE);
    }
}
