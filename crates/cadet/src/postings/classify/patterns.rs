//! Several patterns asked of a text at once: most sentences match none, which one look tells.
//!
//! Good for patterns of words. Those that skip over other words (`[^.;]{0,80}`) have too many states together.

use regex::Regex;

/// A pattern that matches where one of these does.
pub(super) fn any_of<'p>(patterns: impl IntoIterator<Item = &'p Regex>) -> Regex {
    let patterns = patterns.into_iter();
    let groups: Vec<String> = patterns.map(|one| format!("(?:{one})")).collect();
    Regex::new(&groups.join("|")).expect("patterns that are valid are so together")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_pattern_keeps_its_own_flags() {
        let any = any_of(&[r"(?i)\ba b\b", "(?x) c d", "E"].map(|one| Regex::new(one).unwrap()));
        for text in ["x A B x", "cd", "E"] {
            assert!(any.is_match(text), "{text}");
        }
        for text in ["ab", "c d", "CD", "e"] {
            assert!(!any.is_match(text), "{text}");
        }
    }
}
