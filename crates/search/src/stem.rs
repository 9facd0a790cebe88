//! English inflection, and nothing more.
//!
//! This is the first step of the Porter2 algorithm (plurals, -ed, -ing, -y) with its rule for a final e. The later
//! steps strip derivations as well and so make one word of `intern`, `internal` and `international`, or of `engine`
//! and `engineer`; in texts full of such words that finds far more than was asked for.

/// The longest word that has a stem, and room for the letter that a rule may add.
const LONGEST: usize = 30;

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

/// Appends the stem of a word to `out` after `mark`, if it differs from the word. Only lower-case ASCII words of 4 to 30
/// letters have one.
pub(crate) fn stem_into(word: &str, mark: Option<char>, out: &mut String) -> bool {
    let word = word.as_bytes();
    // Most words end in none of these letters and are done here.
    let ending = matches!(word.last(), Some(b's' | b'd' | b'g' | b'y' | b'e'));
    if !ending || !(4..=LONGEST).contains(&word.len()) || !word.iter().all(u8::is_ascii_lowercase) {
        return false;
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
    if letters.len < 3 || *letters == *word {
        return false;
    }
    out.extend(mark);
    out.extend(letters.iter().map(|letter| char::from(*letter)));
    true
}

/// The stem of a word, if it differs from the word.
pub(crate) fn stem(word: &str) -> Option<String> {
    let mut out = String::new();
    stem_into(word, None, &mut out).then_some(out)
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
    use super::stem;

    fn class(word: &str) -> String {
        stem(word).unwrap_or_else(|| word.to_owned())
    }

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
}
