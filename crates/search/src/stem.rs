//! English inflection, and nothing more.
//!
//! This is the first step of the Porter2 algorithm (plurals, -ed, -ing, -y) with its rule for a final e. The later
//! steps strip derivations as well and so make one word of `intern`, `internal` and `international`, or of `engine`
//! and `engineer`; in texts full of such words that finds far more than was asked for.

/// The stem of a word, if it differs from the word. Only lower-case ASCII words of 4 to 30 letters have one.
pub(crate) fn stem(word: &str) -> Option<String> {
    let fits = (4..=30).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_lowercase());
    // Most words end in neither of these letters, so most need no copy.
    if !fits
        || !matches!(
            word.as_bytes()[word.len() - 1],
            b's' | b'd' | b'g' | b'y' | b'e'
        )
    {
        return None;
    }
    let mut letters = word.as_bytes().to_vec();
    plural(&mut letters);
    past_or_gerund(&mut letters);
    final_y(&mut letters);
    final_e(&mut letters);
    (letters.len() >= 3 && letters != word.as_bytes())
        .then(|| letters.into_iter().map(char::from).collect())
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

fn plural(word: &mut Vec<u8>) {
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

fn past_or_gerund(word: &mut Vec<u8>) {
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
        word.pop();
    } else if short || word.ends_with(b"at") || word.ends_with(b"bl") || word.ends_with(b"iz") {
        word.push(b'e');
    }
}

fn final_y(word: &mut [u8]) {
    let n = word.len();
    if n > 2 && word[n - 1] == b'y' && !is_vowel(word, n - 2) {
        word[n - 1] = b'i';
    }
}

fn final_e(word: &mut Vec<u8>) {
    let n = word.len();
    if !word.ends_with(b"e") {
        return;
    }
    let first = region(word, 0);
    let second = region(word, first);
    if second < n || (first < n && !ends_in_short_syllable(&word[..n - 1])) {
        word.pop();
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
