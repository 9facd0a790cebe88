//! English inflection, and nothing more.
//!
//! This is the first step of the Porter2 algorithm (plurals, -ed, -ing, -y) with its rule for a final e. The later
//! steps strip derivations as well and so make one word of `intern`, `internal` and `international`, or of `engine`
//! and `engineer`; in texts full of such words that finds far more than was asked for.
//!
//! The index holds words, not stems: a query looks for those of its words' **classes**, which are a stem and all words
//! that have it. They stand close together in the dictionary, since inflection changes but the end of a word.

/// The longest word that has a stem, and room for the letter that a rule may add.
const LONGEST: usize = 30;
/// What inflection adds to a beginning, at most so many letters (`programmings`) and of these.
const MOST_ADDED: usize = 5;
const ADDED: &[u8] = b"deings";

/// The letters of a word while the rules work on them. On the stack, since indexing comes here for every other word.
struct Letters {
    bytes: [u8; LONGEST + 2],
    len: usize,
}

impl Letters {
    fn truncate(&mut self, len: usize) {
        self.len = len.min(self.len);
    }

    fn push(&mut self, letter: u8) {
        self.bytes[self.len] = letter;
        self.len += 1;
    }
}

impl std::ops::Deref for Letters {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.bytes[..self.len]
    }
}

/// The letters of the stem of a word, if it differs from the word. Only lower-case ASCII words of 4 to 30 letters have one.
fn stem_letters(word: &str) -> Option<Letters> {
    let word = word.as_bytes();
    // Most words end in none of these letters and are done here.
    let ending = matches!(word.last(), Some(b's' | b'd' | b'g' | b'y' | b'e'));
    if !ending || !(4..=LONGEST).contains(&word.len()) || !is_ruled(word) {
        return None;
    }
    let mut letters = Letters {
        bytes: [0; LONGEST + 2],
        len: word.len(),
    };
    letters.bytes[..word.len()].copy_from_slice(word);
    plural(&mut letters);
    past_or_gerund(&mut letters);
    final_y(&mut letters);
    final_e(&mut letters);
    (letters.len >= 3 && *letters != *word).then_some(letters)
}

/// Whether the rules say anything of a word.
fn is_ruled(word: &[u8]) -> bool {
    word.iter().all(u8::is_ascii_lowercase)
}

/// Appends the stem of a word to `out` after `mark`, if it differs from the word.
pub(crate) fn stem_into(word: &str, mark: Option<char>, out: &mut String) -> bool {
    let Some(letters) = stem_letters(word) else {
        return false;
    };
    out.extend(mark);
    out.extend(letters.iter().map(|letter| char::from(*letter)));
    true
}

/// The stem of the class of a folded word: its stem if it has one, otherwise the word itself.
pub(crate) fn class_of(word: &str) -> String {
    let mut out = String::new();
    match stem_into(word, None, &mut out) {
        true => out,
        false => word.to_owned(),
    }
}

/// Whether a folded word is the stem of a class or has it as its stem.
pub(crate) fn is_in_class(word: &str, class: &str) -> bool {
    // All letters before the last one of a stem are those of its words.
    let same = class.len().saturating_sub(1);
    word.as_bytes().get(..same) == Some(&class.as_bytes()[..same])
        && (word == class || stem_letters(word).is_some_and(|stem| *stem == *class.as_bytes()))
}

/// How words of a class begin, letter by letter, and how they may go on.
#[derive(Debug)]
pub(crate) struct Beginning(String);

impl Beginning {
    /// Those of a class, of which each of its words has exactly one; none if the class has but its stem.
    pub(crate) fn all_of(class: &str) -> Vec<Self> {
        if !(3..=LONGEST).contains(&class.len()) || !is_ruled(class.as_bytes()) {
            return Vec::new();
        }
        let (before_last, last) = class.split_at(class.len() - 1);
        let ending = match last {
            "e" => Some("ing"),
            "i" => Some("y"),
            _ => None,
        };
        let other = ending.map(|ending| format!("{before_last}{ending}"));
        let all = std::iter::once(class.to_owned()).chain(other);
        all.map(Self).collect()
    }

    /// The letters.
    pub(crate) fn letters(&self) -> &[u8] {
        self.0.as_bytes()
    }

    /// Whether a word that begins so may have `letter` behind its first `read` letters.
    pub(crate) fn goes_on(&self, read: usize, letter: u8) -> bool {
        let letters = self.letters();
        match letters.get(read) {
            Some(own) => *own == letter,
            // The last letter again is that of `programming`.
            None => {
                read < letters.len() + MOST_ADDED
                    && (ADDED.contains(&letter) || letters.last() == Some(&letter))
            }
        }
    }
}

fn is_vowel(word: &[u8], at: usize) -> bool {
    match word[at] {
        b'a' | b'e' | b'i' | b'o' | b'u' => true,
        b'y' => at > 0 && !is_vowel(word, at - 1),
        _ => false,
    }
}

fn has_vowel(word: &[u8]) -> bool {
    (0..word.len()).any(|at| is_vowel(word, at))
}

/// Where the region after the first consonant that follows a vowel begins, looking from `from` on.
fn region(word: &[u8], from: usize) -> usize {
    let pair = (from + 1..word.len()).find(|&at| is_vowel(word, at - 1) && !is_vowel(word, at));
    pair.map_or(word.len(), |at| at + 1)
}

fn ends_in_short_syllable(word: &[u8]) -> bool {
    let n = word.len();
    if n == 2 {
        return is_vowel(word, 0) && !is_vowel(word, 1);
    }
    n >= 3
        && !is_vowel(word, n - 3)
        && is_vowel(word, n - 2)
        && !is_vowel(word, n - 1)
        && !matches!(word[n - 1], b'w' | b'x' | b'y')
}

fn plural(word: &mut Letters) {
    let n = word.len();
    if word.ends_with(b"sses") {
        word.truncate(n - 2);
    } else if word.ends_with(b"ies") || word.ends_with(b"ied") {
        word.truncate(if n > 4 { n - 2 } else { n - 1 });
    } else if word.ends_with(b"s")
        && !word.ends_with(b"us")
        && !word.ends_with(b"ss")
        && has_vowel(&word[..n - 2])
    {
        word.truncate(n - 1);
    }
}

fn past_or_gerund(word: &mut Letters) {
    let n = word.len();
    if word.ends_with(b"eed") {
        if region(word, 0) <= n - 3 {
            word.truncate(n - 1);
        }
        return;
    }
    let ending = if word.ends_with(b"ing") {
        3
    } else if word.ends_with(b"ed") {
        2
    } else {
        return;
    };
    if !has_vowel(&word[..n - ending]) {
        return;
    }
    word.truncate(n - ending);
    let short = region(word, 0) >= word.len() && ends_in_short_syllable(word);
    let doubled = matches!(
        &word[word.len().saturating_sub(2)..],
        b"bb" | b"dd" | b"ff" | b"gg" | b"mm" | b"nn" | b"pp" | b"rr" | b"tt"
    );
    if doubled {
        word.truncate(word.len - 1);
    } else if short || word.ends_with(b"at") || word.ends_with(b"bl") || word.ends_with(b"iz") {
        word.push(b'e');
    }
}

fn final_y(word: &mut Letters) {
    let n = word.len();
    if n > 2 && word[n - 1] == b'y' && !is_vowel(word, n - 2) {
        word.bytes[n - 1] = b'i';
    }
}

fn final_e(word: &mut Letters) {
    let n = word.len();
    if !word.ends_with(b"e") {
        return;
    }
    let first = region(word, 0);
    let second = region(word, first);
    if second < n || (first < n && !ends_in_short_syllable(&word[..n - 1])) {
        word.truncate(word.len - 1);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Beginning, class_of as class, is_in_class};

    #[test]
    fn inflections_of_one_word_share_a_stem() {
        for words in [
            &["test", "tests", "tested", "testing"][..],
            &["cache", "caches", "cached", "caching"],
            &["database", "databases"],
            &["library", "libraries"],
            &["engineer", "engineers", "engineering"],
            &["program", "programs", "programming", "programmed"],
            &["stage", "stages", "staging", "staged"],
            &["process", "processes", "processing", "processed"],
            &["note", "notes", "noting", "noted"],
            &["intern", "interns", "interning"],
        ] {
            let stems: Vec<_> = words.iter().map(|word| class(word)).collect();
            assert!(
                stems.iter().all(|stem| *stem == stems[0]),
                "{words:?} -> {stems:?}"
            );
        }
    }

    #[test]
    fn different_words_keep_different_stems() {
        for (one, other) in [
            ("intern", "internal"),
            ("intern", "international"),
            ("engine", "engineer"),
            ("not", "notes"),
            ("string", "str"),
            ("university", "universe"),
            ("organ", "organization"),
        ] {
            assert_ne!(class(one), class(other), "{one} and {other}");
        }
    }

    #[test]
    fn a_class_is_its_stem_and_the_words_that_have_it() {
        for word in ["cache", "caches", "cached", "caching", "cach"] {
            assert!(is_in_class(word, "cach"), "{word}");
        }
        for word in ["cac", "cachet", "coach", "cash", "", "c"] {
            assert!(!is_in_class(word, "cach"), "{word}");
        }
        assert!(is_in_class("größe", "größe") && !is_in_class("größ", "größe"));
        assert!(
            ["c++", "größe", "go"]
                .iter()
                .all(|class| Beginning::all_of(class).is_empty())
        );
    }

    proptest! {
        /// Otherwise a query would not find the word.
        #[test]
        fn words_begin_and_go_on_as_their_class_says(
            start in "[a-e]{0,3}[a-z]{1,4}",
            endings in proptest::sample::subsequence(
                vec!["at", "bl", "iz", "e", "y", "i", "ss", "pp", "ee", "ing", "ed", "es", "s", "d"],
                0..5,
            ),
        ) {
            let word = start + &endings.concat();
            let class = class(&word);
            prop_assert!(is_in_class(&word, &class));
            if word != class {
                let goes_on = |begin: &&Beginning| {
                    word.len() >= begin.letters().len()
                        && word.bytes().enumerate().all(|(read, letter)| begin.goes_on(read, letter))
                };
                let begins = Beginning::all_of(&class).iter().filter(goes_on).count();
                prop_assert_eq!(begins, 1, "{} of {}", word, class);
            }
        }
    }
}
