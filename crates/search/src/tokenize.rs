//! From text to words, with care for the names that technical texts are full of.
//!
//! A **part** is a run of letters and digits, with a closing `++` or `#` (`c++`, `c#`). Parts that are joined by one of
//! `. - / _ &` without a blank form a **compound**: `Node.js` is the parts `node` and `js` and, at the same place, the
//! joined word `nodejs`, so that `Node.js`, `NodeJS` and `node js` find each other, as do `back-end` and `backend`. A part
//! with a dot of its own (`.NET`, and the end of `ASP.NET`) also gives `.net`. Everything is lower-cased and loses its
//! accents. A word whose inflection stem differs gives the stem too, marked, at the same place.

use tantivy::tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer, TokenizerManager};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::stem::{stem, stem_into};

/// The engine's name of the analyzer of text fields.
pub(crate) const TEXT_ANALYZER: &str = "words";
/// The engine's name of the analyzer of keyword fields.
pub(crate) const KEYWORD_ANALYZER: &str = "value";
/// Stands before a stem and before the folded form of a keyword; no word begins with it.
pub(crate) const MARK: char = '~';

/// Longer words are cut: they are encoded data rather than words, and the engine limits terms.
const LONGEST_WORD: usize = 64;
/// Compounds of more parts are paths and addresses, whose joined form nobody asks for.
const MOST_JOINED_PARTS: usize = 4;

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
    /// The marked stem; empty when it would equal the word.
    pub(crate) stem: String,
    /// Byte range in the text.
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// Which word of the text it is; a joined word has the position of its first part.
    pub(crate) position: usize,
    pub(crate) form: Form,
}

/// The marked stem class of a folded word: the stem if it has one, otherwise the word itself.
pub(crate) fn stem_class(word: &str) -> String {
    stem(word).unwrap_or_else(|| word.to_owned())
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

/// Whether a text has any word at all.
pub(crate) fn has_words(text: &str) -> bool {
    Scanner::new(text).next_compound()
}

/// Lower-cases and strips accents, for words and for keywords alike.
pub(crate) fn fold(text: &str, out: &mut String) {
    if text.is_ascii() {
        let from = out.len();
        out.push_str(text);
        out[from..].make_ascii_lowercase();
        return;
    }
    let stripped = text
        .nfkd()
        .filter(|c| !is_combining_mark(*c) && !is_ignorable(*c))
        .flat_map(char::to_lowercase);
    for c in stripped.nfc() {
        match c {
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'þ' => out.push_str("th"),
            'ø' => out.push('o'),
            'ł' => out.push('l'),
            'đ' | 'ð' => out.push('d'),
            'ı' => out.push('i'),
            c if is_combining_mark(c) => {}
            c => out.push(c),
        }
    }
}

/// The folded form of a keyword, as it is indexed for queries.
pub(crate) fn folded_keyword(value: &str) -> String {
    let mut folded = String::from(MARK);
    fold(value.trim(), &mut folded);
    folded
}

/// Characters that show nothing: soft hyphens, zero-width and direction marks.
fn is_ignorable(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Scripts that are written without blanks: each character is a word, and neighbours are found as phrases.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{31ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
        && c.is_alphanumeric()
}

fn is_word_char(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    (c.is_alphanumeric() || is_combining_mark(c) || is_ignorable(c)) && !is_unspaced(c)
}

fn is_joiner(c: char) -> bool {
    matches!(c, '.' | '-' | '/' | '_' | '&' | '\u{2010}' | '\u{2011}')
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}')
}

#[derive(Clone, Copy)]
struct Part {
    start: usize,
    end: usize,
    dotted: bool,
}

/// Walks a text compound by compound; its buffers are reused, since indexing spends most of its time here.
struct Scanner<'t> {
    text: &'t str,
    at: usize,
    position: usize,
    parts: Vec<Part>,
    /// The lexemes of the current compound.
    lexemes: Vec<Lexeme>,
    spare: Vec<Lexeme>,
}

impl<'t> Scanner<'t> {
    fn new(text: &'t str) -> Self {
        Self {
            text,
            at: 0,
            position: 0,
            parts: Vec::new(),
            lexemes: Vec::new(),
            spare: Vec::new(),
        }
    }

    fn peek(&self, at: usize) -> Option<char> {
        self.text[at..].chars().next()
    }

    /// Finds the next compound and fills `lexemes`; false at the end of the text.
    fn next_compound(&mut self) -> bool {
        self.spare.append(&mut self.lexemes);
        while self.lexemes.is_empty() {
            if !self.find_parts() {
                return false;
            }
            self.expand();
        }
        true
    }

    fn find_parts(&mut self) -> bool {
        self.parts.clear();
        self.skip_ascii(|b| !b.is_ascii_alphanumeric());
        while let Some(c) = self.peek(self.at).filter(|c| !is_word_char(*c)) {
            if is_unspaced(c) {
                self.take_unspaced();
                return true;
            }
            self.at += c.len_utf8();
            self.skip_ascii(|b| !b.is_ascii_alphanumeric());
        }
        if self.at >= self.text.len() {
            return false;
        }
        let mut dotted = self.has_own_dot();
        loop {
            let start = self.at;
            self.take_part();
            self.parts.push(Part {
                start,
                end: self.at,
                dotted: dotted && !self.starts_with_digit(start),
            });
            let Some(joiner) = self.peek(self.at) else {
                break;
            };
            let after = self.at + joiner.len_utf8();
            let next_is_word = self.peek(after).is_some_and(is_word_char);
            if !next_is_word || !(is_joiner(joiner) || (joiner == ',' && self.digits_around(after)))
            {
                self.skip_possessive(joiner, after);
                break;
            }
            dotted = joiner == '.'
                && self.text[after..]
                    .get(..3)
                    .is_some_and(|t| t.eq_ignore_ascii_case("net"));
            self.at = after;
        }
        true
    }

    /// Most text is ASCII, where bytes are quicker to look at than characters.
    fn skip_ascii(&mut self, passes: impl Fn(u8) -> bool) {
        let bytes = &self.text.as_bytes()[self.at..];
        self.at += bytes
            .iter()
            .position(|b| !b.is_ascii() || !passes(*b))
            .unwrap_or(bytes.len());
    }

    /// Whether the word that begins here follows a dot which ends nothing.
    fn has_own_dot(&self) -> bool {
        let Some(before) = self.text[..self.at].strip_suffix('.') else {
            return false;
        };
        !before.ends_with(|c: char| is_word_char(c) || c == '.')
    }

    /// A run of characters that are words is one compound, so that it is looked up as a phrase.
    fn take_unspaced(&mut self) {
        while let Some(c) = self.peek(self.at).filter(|c| is_unspaced(*c)) {
            let start = self.at;
            self.at += c.len_utf8();
            self.parts.push(Part {
                start,
                end: self.at,
                dotted: false,
            });
        }
    }

    /// Moves past one part, which begins here.
    fn take_part(&mut self) {
        self.skip_ascii(|b| b.is_ascii_alphanumeric());
        while let Some(c) = self.peek(self.at).filter(|c| is_word_char(*c)) {
            self.at += c.len_utf8();
        }
        let rest = &self.text[self.at..];
        if rest.starts_with("++") {
            self.at += 2;
        } else if rest.starts_with('#') && !self.peek(self.at + 1).is_some_and(is_word_char) {
            self.at += 1;
        }
    }

    /// `company's` is `company`; elsewhere an apostrophe only separates.
    fn skip_possessive(&mut self, c: char, after: usize) {
        let owns = is_apostrophe(c) && self.text[after..].starts_with(['s', 'S']);
        if owns && !self.peek(after + 1).is_some_and(is_word_char) {
            self.at = after + 1;
        }
    }

    fn starts_with_digit(&self, at: usize) -> bool {
        self.peek(at).is_some_and(char::is_numeric)
    }

    fn digits_around(&self, after: usize) -> bool {
        self.text[..after - 1].ends_with(|c: char| c.is_ascii_digit())
            && self.starts_with_digit(after)
    }

    /// Turns the parts of a compound into lexemes.
    fn expand(&mut self) {
        let first = self.position;
        for at in 0..self.parts.len() {
            let Part { start, end, dotted } = self.parts[at];
            if dotted {
                self.push(Form::Dotted, start - 1, end, start - 1..end);
            }
            if self.push(Form::Part, start, end, start..end) {
                self.position += 1;
            }
        }
        let count = self.position - first;
        let spaced = self
            .parts
            .first()
            .and_then(|part| self.peek(part.start))
            .is_some_and(|c| !is_unspaced(c));
        if spaced && (2..=MOST_JOINED_PARTS).contains(&count) && count == self.parts.len() {
            let (start, end) = (self.parts[0].start, self.parts[count - 1].end);
            let whole = &self.text[start..end];
            let number = whole
                .bytes()
                .all(|b| b.is_ascii_digit() || b.is_ascii_punctuation());
            let mut joined = self.blank();
            if number {
                joined.word.push_str(whole);
            } else {
                for part in &self.parts {
                    fold(&self.text[part.start..part.end], &mut joined.word);
                }
            }
            joined.position = first;
            self.finish(joined, Form::Joined, start, end);
        }
    }

    fn blank(&mut self) -> Lexeme {
        let mut lexeme = self.spare.pop().unwrap_or_else(|| Lexeme {
            word: String::new(),
            stem: String::new(),
            start: 0,
            end: 0,
            position: 0,
            form: Form::Part,
        });
        lexeme.word.clear();
        lexeme.stem.clear();
        lexeme.position = self.position;
        lexeme
    }

    /// False if nothing of the piece is left after folding (a lone combining mark).
    fn push(
        &mut self,
        form: Form,
        start: usize,
        end: usize,
        piece: std::ops::Range<usize>,
    ) -> bool {
        let mut lexeme = self.blank();
        fold(&self.text[piece], &mut lexeme.word);
        self.finish(lexeme, form, start, end)
    }

    fn finish(&mut self, mut lexeme: Lexeme, form: Form, start: usize, end: usize) -> bool {
        if lexeme.word.len() > LONGEST_WORD {
            lexeme
                .word
                .truncate(lexeme.word.floor_char_boundary(LONGEST_WORD));
        }
        if lexeme.word.is_empty() {
            self.spare.push(lexeme);
            return false;
        }
        stem_into(&lexeme.word, Some(MARK), &mut lexeme.stem);
        (lexeme.form, lexeme.start, lexeme.end) = (form, start, end);
        self.lexemes.push(lexeme);
        true
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
            stem_is_due: false,
            token: Token::default(),
        }
    }
}

struct WordStream<'t> {
    scanner: Scanner<'t>,
    next: usize,
    stem_is_due: bool,
    token: Token,
}

impl TokenStream for WordStream<'_> {
    fn advance(&mut self) -> bool {
        if self.stem_is_due {
            self.stem_is_due = false;
            std::mem::swap(
                &mut self.token.text,
                &mut self.scanner.lexemes[self.next].stem,
            );
            self.next += 1;
            return true;
        }
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
        self.stem_is_due = !lexeme.stem.is_empty();
        self.next += usize::from(!self.stem_is_due);
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
