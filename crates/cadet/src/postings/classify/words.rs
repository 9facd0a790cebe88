//! Titles as words, and phrases found in them in one pass.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};
use regex::Regex;

use crate::postings::normalise::text::fold;

/// A title as folded words with single spaces between and around them, so that ` intern ` is a whole word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TitleWords {
    /// Without punctuation: ` software engineer intern backend `.
    pub plain: String,
    /// The same with ` | ` where commas, brackets, slashes, colons and spaced dashes stand.
    pub parted: String,
}

/// Names whose punctuation means something, and pairs that share a word.
static NAMES: LazyLock<Vec<(Regex, &'static str)>> = LazyLock::new(|| {
    [
        (r"c\+\+", " cpp "),
        (r"c#", " csharp "),
        (r"(?:asp)?\.net\b", " dotnet "),
        (r"\bnode\.?\s?js\b", " nodejs "),
        (r"\bnest\.?js\b", " nestjs "),
        (r"\b(?:react|vue|angular|next|express)\.?js\b", " ${0} "),
        (
            r"\bfront(?:-?\s?end)?\s?(?:/|&|and|und|et|\+)\s?back-?\s?end",
            " frontend backend ",
        ),
        (
            r"\bback(?:-?\s?end)?\s?(?:/|&|and|und|et|\+)\s?front-?\s?end",
            " backend frontend ",
        ),
        (r"\bback\s?-?\s?end\b", " backend "),
        (r"\bfront\s?-?\s?end\b", " frontend "),
        (r"\bfull\s?-?\s?stack\b", " fullstack "),
        (r"\bco\s?[-‐]?\s?op(s?)\b", " coop$1 "),
        (r"\br\s?&\s?d\b", " rnd "),
        (r"\bui\s?/\s?ux\b", " ui ux "),
        (r"[:*_/·.-](?:innen|in|euse|rice|trice|ne|a|e|r)\b", " "),
    ]
    .into_iter()
    .map(|(pattern, name)| (Regex::new(pattern).expect("the pattern is constant"), name))
    .collect()
});

/// `d'API`, `l'alternance`, `dell'informatica`: two words in the Romance languages.
static ELISION: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\b(d|l|qu|un|dell|all|nell)'").expect("the pattern is constant"));

/// Whether a letter is of a script that writes words without spaces, or Korean.
const fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}')
}

impl TitleWords {
    /// The words of a title.
    #[must_use]
    pub fn of(title: &str) -> Self {
        let mut folded = fold(title);
        if folded.contains('\'') {
            folded = ELISION.replace_all(&folded, "$1 ").replace('\'', "");
        }
        // Most titles have nothing to name.
        if folded.contains(['+', '#', '.', '/', '-', '&', ':', '*', '_', '·'])
            || folded.contains("end")
            || folded.contains("full")
            || folded.contains("op")
        {
            for (pattern, name) in NAMES.iter() {
                if let std::borrow::Cow::Owned(named) = pattern.replace_all(&folded, *name) {
                    folded = named;
                }
            }
        }
        let mut plain = String::with_capacity(folded.len() + 2);
        let mut parted = String::with_capacity(folded.len() + 16);
        plain.push(' ');
        parted.push(' ');
        let mut previous = ' ';
        let mut chars = folded.chars().peekable();
        while let Some(c) = chars.next() {
            if c.is_alphanumeric() {
                // `Java开发实习生` begins with a word of its own.
                if previous.is_alphanumeric() && is_unspaced(c) != is_unspaced(previous) {
                    end_word(&mut plain);
                    end_word(&mut parted);
                }
                plain.push(c);
                parted.push(c);
            } else {
                let spaced_dash = matches!(c, '-' | '–' | '—')
                    && (previous == ' ' || chars.peek().is_none_or(|next| *next == ' '));
                end_word(&mut plain);
                end_word(&mut parted);
                if (spaced_dash || ",()[]{}/|:;–—：（），".contains(c)) && !parted.ends_with("| ")
                {
                    parted.push_str("| ");
                }
            }
            previous = c;
        }
        end_word(&mut plain);
        end_word(&mut parted);
        Self { plain, parted }
    }
}

fn end_word(words: &mut String) {
    if !words.ends_with(' ') {
        words.push(' ');
    }
}

/// Sets of phrases, searched together. A phrase stands for whole words; `praktik*` begins a word, `*entwickl*` stands
/// anywhere in one.
pub struct Phrases {
    automaton: AhoCorasick,
    cues: Vec<u8>,
}

/// Which sets a title has phrases of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cues(u64);

impl Cues {
    /// Whether a phrase of the set is there.
    #[must_use]
    pub const fn has(self, cue: u8) -> bool {
        self.0 & (1 << cue) != 0
    }

    /// Whether a phrase of any of the sets is there.
    #[must_use]
    pub fn any(self, cues: &[u8]) -> bool {
        cues.iter().any(|cue| self.has(*cue))
    }
}

impl Phrases {
    /// Compiles sets: each a number below 64 and its phrases, parted by commas or line breaks.
    #[must_use]
    pub fn new(sets: &[(u8, &str)]) -> Self {
        let mut patterns = Vec::new();
        let mut cues = Vec::new();
        for (cue, phrases) in sets {
            for phrase in phrases
                .split([',', '\n'])
                .map(str::trim)
                .filter(|phrase| !phrase.is_empty())
            {
                let (open_start, phrase) = phrase
                    .strip_prefix('*')
                    .map_or((false, phrase), |rest| (true, rest));
                let (open_end, phrase) = phrase
                    .strip_suffix('*')
                    .map_or((false, phrase), |rest| (true, rest));
                // Titles are searched folded, which takes voice marks off kana and Korean syllables apart.
                patterns.push(format!(
                    "{}{}{}",
                    if open_start { "" } else { " " },
                    fold(phrase),
                    if open_end { "" } else { " " }
                ));
                cues.push(*cue);
            }
        }
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .build(&patterns)
            .expect("the phrases are constant and few");
        Self { automaton, cues }
    }

    /// The sets that `words` has phrases of.
    #[must_use]
    pub fn find(&self, words: &str) -> Cues {
        let mut found = 0;
        for hit in self.automaton.find_overlapping_iter(words) {
            found |= 1 << self.cues[hit.pattern().as_usize()];
        }
        Cues(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_with_punctuation_survive() {
        assert_eq!(
            TitleWords::of("Full-Stack (.NET/C#) Co-op – Back End").plain,
            " fullstack dotnet csharp coop backend "
        );
        assert_eq!(
            TitleWords::of("Front/Back End Dev").plain,
            " frontend backend dev "
        );
    }

    #[test]
    fn parts_are_marked() {
        assert_eq!(
            TitleWords::of("Intern - Software, 2027").parted,
            " intern | software | 2027 "
        );
    }

    #[test]
    fn phrases_are_whole_words_unless_open() {
        let phrases = Phrases::new(&[(0, "intern"), (1, "praktik*"), (2, "*entwickl*")]);
        assert!(!phrases.find(" internal ").has(0));
        assert!(phrases.find(" intern praktikum softwareentwickler ").has(2));
        assert!(phrases.find(" intern praktikum ").has(1));
    }

    #[test]
    fn phrases_of_scripts_that_folding_takes_apart_are_found() {
        let phrases = Phrases::new(&[(0, "*인턴*"), (1, "*バックエンド*"), (2, "*стажёр*")]);
        assert!(phrases.find(&TitleWords::of("서버 개발 인턴").plain).has(0));
        assert!(
            phrases
                .find(&TitleWords::of("バックエンドエンジニア").plain)
                .has(1)
        );
        assert!(
            phrases
                .find(&TitleWords::of("Стажёр-разработчик").plain)
                .has(2)
        );
    }
}
