//! What is kept of a mail's words: without addresses of links, which sign one in, and without codes. Pure.

use std::sync::LazyLock;

use regex::Regex;

/// Characters of a quoted sentence.
const QUOTE_MOST: usize = 400;

static LINKS: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\b(?:https?://|www\.)[^\s<>\x22)\]]+"));
/// Eight and more characters that mix letters and digits, and runs of six digits, are codes. A date or a time is neither.
static TOKENS: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b[A-Za-z0-9_\-]{8,}\b|\b\d{6,}\b"));

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("the pattern is a constant that a test compiles")
}

/// A sentence as it is kept.
#[must_use]
pub fn redacted(text: &str) -> String {
    let text = LINKS.replace_all(text, "[link]");
    let text = TOKENS.replace_all(&text, |found: &regex::Captures<'_>| {
        let word = &found[0];
        if is_code(word) {
            "[code]".to_owned()
        } else {
            word.to_owned()
        }
    });
    let clean: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .filter(|c| !crate::postings::normalise::text::is_invisible(*c))
        .collect();
    let line = clean.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(QUOTE_MOST) {
        Some((end, _)) => format!("{}\u{2026}", line[..end].trim_end()),
        None => line,
    }
}

fn is_code(word: &str) -> bool {
    let digits = word.chars().filter(char::is_ascii_digit).count();
    let letters = word.chars().filter(char::is_ascii_alphabetic).count();
    let is_date = digits == 8 && word.matches('-').count() == 2 && letters == 0;
    !is_date
        && (digits >= 6 && letters == 0
            || digits >= 2 && letters >= 3 && !word.contains('-')
            || digits >= 4 && letters >= 2
            || word.len() >= 24 && digits > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_and_codes_are_gone_and_dates_and_words_stay() {
        for (text, kept) in [
            (
                "Choose a slot: https://meet.example/s/9f8a7b?token=abc by 2026-12-04.",
                "Choose a slot: [link] by 2026-12-04.",
            ),
            ("Your code is 482913.", "Your code is [code]."),
            (
                "Use Xk29fLq8Zt1 to sign in to www.test.example/a.",
                "Use [code] to sign in to [link]",
            ),
            (
                "The take-home takes four hours in December 2026.",
                "The take-home takes four hours in December 2026.",
            ),
        ] {
            assert_eq!(redacted(text), kept);
        }
    }

    #[test]
    fn a_sentence_is_one_line_and_not_endless() {
        let long = redacted(&"word\n".repeat(500));
        assert!(long.chars().count() <= QUOTE_MOST + 1 && !long.contains('\n'));
    }
}
