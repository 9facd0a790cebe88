//! From text to words, with care for the names that technical texts are full of.
//!
//! A **part** is a run of letters and digits, with a closing `++` or `#` (`c++`, `c#`). Parts that are joined by one of
//! `. - / _ &` without a blank form a **compound**: `Node.js` is the parts `node` and `js` and, at the same place, the
//! joined word `nodejs`, so that `Node.js`, `NodeJS` and `node js` find each other, as do `back-end` and `backend`. A part
//! with a dot of its own (`.NET`, and the end of `ASP.NET`) also gives `.net`. Everything is lower-cased and loses its
//! accents. Inflections are left to queries: see [`crate::stem`].

use tantivy::tokenizer::{
    MAX_TOKEN_LEN, TextAnalyzer, Token, TokenStream, Tokenizer, TokenizerManager,
};

mod fold;
mod scan;

pub(crate) use fold::folded_keyword;
use scan::Scanner;

use crate::stem::{class_of, stem_into};

/// The engine's name of the analyzer of text fields.
pub(crate) const TEXT_ANALYZER: &str = "words";
/// The engine's name of the analyzer of keyword fields.
pub(crate) const KEYWORD_ANALYZER: &str = "value";
/// Stands before the folded form of a keyword and, in percolation, before a stem; no word begins with it.
pub(crate) const MARK: char = '~';

/// What a lexeme is in its compound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// A part.
    Part,
    /// All parts of a compound as one word.
    Joined,
    /// A part with its own leading dot.
    Dotted,
}

/// One word found in a text.
#[derive(Clone, Debug)]
pub(crate) struct Lexeme {
    /// Lower-case and without accents.
    pub(crate) word: String,
    /// Byte range in the text.
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// Which word of the text it is; a joined word has the position of its first part.
    pub(crate) position: usize,
    pub(crate) form: Form,
}

/// All lexemes of a text, one inner list for each compound.
pub(crate) fn compounds(text: &str) -> Vec<Vec<Lexeme>> {
    let mut scanner = Scanner::new(text);
    let mut found = Vec::new();
    while scanner.next_compound() {
        found.push(scanner.lexemes.clone());
    }
    found
}

/// Shows each lexeme of a text, in order, without keeping any: for texts of which little is wanted.
pub(crate) fn each_lexeme(text: &str, mut show: impl FnMut(&Lexeme)) {
    let mut scanner = Scanner::new(text);
    while scanner.next_compound() {
        scanner.lexemes.iter().for_each(&mut show);
    }
}

/// Whether a text has any word at all.
pub(crate) fn has_words(text: &str) -> bool {
    Scanner::new(text).next_compound()
}

/// Calls `found` with each word of a text and with its marked stem, if it has one, and which word of the text it is.
pub(crate) fn words_and_stems(text: &str, mut found: impl FnMut(&str, usize)) {
    let mut stem = String::new();
    each_lexeme(text, |lexeme| {
        found(&lexeme.word, lexeme.position);
        stem.clear();
        if stem_into(&lexeme.word, Some(MARK), &mut stem) {
            found(&stem, lexeme.position);
        }
    });
}

/// The tokens of [`words_and_stems`] by which a folded word is found in any inflection.
pub(crate) fn inflected_tokens(word: &str) -> Vec<String> {
    let class = class_of(word);
    let mut tokens = vec![word.to_owned(), format!("{MARK}{class}")];
    if class != word {
        tokens.push(class);
    }
    tokens
}

/// What the index holds of a keyword: the value as it is, for filters, and its folded form, for queries.
pub(crate) struct KeywordTokens([String; 2]);

impl KeywordTokens {
    pub(crate) fn of(value: &str) -> Self {
        Self([value.to_owned(), folded_keyword(value)])
    }

    /// The tokens; the engine passes over those that are too long.
    pub(crate) fn indexed(&self) -> impl Iterator<Item = &str> {
        let tokens = self.0.iter().map(String::as_str);
        tokens.filter(|token| token.len() <= MAX_TOKEN_LEN)
    }
}

/// The analyzers under the names that the schema uses.
pub(crate) fn analyzers() -> TokenizerManager {
    let manager = TokenizerManager::default();
    manager.register(TEXT_ANALYZER, TextAnalyzer::from(Words));
    manager.register(KEYWORD_ANALYZER, TextAnalyzer::from(Keyword));
    manager
}

#[derive(Clone)]
struct Words;

impl Tokenizer for Words {
    type TokenStream<'a> = WordStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WordStream<'a> {
        WordStream {
            scanner: Scanner::new(text),
            next: 0,
            token: Token::default(),
        }
    }
}

struct WordStream<'t> {
    scanner: Scanner<'t>,
    next: usize,
    token: Token,
}

impl TokenStream for WordStream<'_> {
    fn advance(&mut self) -> bool {
        if self.next >= self.scanner.lexemes.len() {
            if !self.scanner.next_compound() {
                return false;
            }
            self.next = 0;
        }
        let lexeme = &mut self.scanner.lexemes[self.next];
        std::mem::swap(&mut self.token.text, &mut lexeme.word);
        self.token.position = lexeme.position;
        (self.token.offset_from, self.token.offset_to) = (lexeme.start, lexeme.end);
        self.next += 1;
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

/// The value as it is, for filters, and its folded form, for queries.
#[derive(Clone)]
struct Keyword;

impl Tokenizer for Keyword {
    type TokenStream<'a> = KeywordStream;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> KeywordStream {
        let token = |text: String, end| Token {
            offset_from: 0,
            offset_to: end,
            position: 0,
            text,
            position_length: 1,
        };
        let tokens = [
            token(text.to_owned(), text.len()),
            token(folded_keyword(text), text.len()),
        ];
        KeywordStream { tokens, next: 0 }
    }
}

struct KeywordStream {
    tokens: [Token; 2],
    next: usize,
}

impl TokenStream for KeywordStream {
    fn advance(&mut self) -> bool {
        self.next += 1;
        self.next <= self.tokens.len()
    }

    fn token(&self) -> &Token {
        &self.tokens[self.next - 1]
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.tokens[self.next - 1]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        compounds(text)
            .into_iter()
            .flatten()
            .map(|lexeme| lexeme.word)
            .collect()
    }

    #[test]
    fn technical_names_stay_whole() {
        assert_eq!(words("C++, C# and F#."), ["c++", "c#", "and", "f#"]);
        assert_eq!(words("uses .NET daily"), ["uses", ".net", "net", "daily"]);
        assert_eq!(words("ASP.NET"), ["asp", ".net", "net", "aspnet"]);
        assert_eq!(words("Node.js"), ["node", "js", "nodejs"]);
        assert_eq!(words("(CI/CD)"), ["ci", "cd", "cicd"]);
        assert_eq!(words("C++17"), ["c++", "17"]);
        assert_eq!(words("Python 3.11"), ["python", "3", "11", "3.11"]);
    }

    #[test]
    fn sentences_end_without_trace() {
        assert_eq!(
            words("We ship. You learn... right?"),
            ["we", "ship", "you", "learn", "right"]
        );
        assert_eq!(
            words("the company's l'entreprise"),
            ["the", "company", "l", "entreprise"]
        );
    }

    #[test]
    fn accents_and_invisible_characters_are_folded() {
        assert_eq!(
            words("Développeur Größe Łódź"),
            ["developpeur", "grosse", "lodz"]
        );
        assert_eq!(
            words("ze\u{301}ro back\u{ad}end ja\u{200b}va"),
            ["zero", "backend", "java"]
        );
        assert_eq!(words("\u{301} \u{200b}"), Vec::<String>::new());
    }

    #[test]
    fn unspaced_scripts_are_split_into_characters() {
        assert_eq!(
            words("日本語 Java開発"),
            ["日", "本", "語", "java", "開", "発"]
        );
    }

    #[test]
    fn positions_count_parts() {
        let all: Vec<_> = compounds("a Node.js b")
            .into_iter()
            .flatten()
            .map(|l| (l.word, l.position))
            .collect();
        let expected = [("a", 0), ("node", 1), ("js", 2), ("nodejs", 1), ("b", 3)];
        assert_eq!(all, expected.map(|(word, at)| (word.to_owned(), at)));
    }

    #[test]
    fn long_runs_are_cut_at_a_character() {
        assert_eq!(words(&"é".repeat(500))[0].len(), 64);
        assert!(words(&"語".repeat(50)).iter().all(|word| word == "語"));
    }
}
