//! Walks a text, compound by compound.

use super::fold::{fold, is_apostrophe, is_joiner, is_unspaced, is_word_char};
use super::{Form, Lexeme};

/// Longer words are cut: they are encoded data rather than words, and the engine limits terms.
const LONGEST_WORD: usize = 64;
/// Compounds of more parts are paths and addresses, whose joined form nobody asks for.
const MOST_JOINED_PARTS: usize = 4;

#[derive(Clone, Copy)]
struct Part {
    start: usize,
    end: usize,
    dotted: bool,
}

/// Walks a text compound by compound; its buffers are reused, since indexing spends most of its time here.
pub(super) struct Scanner<'t> {
    text: &'t str,
    at: usize,
    position: usize,
    parts: Vec<Part>,
    /// The lexemes of the current compound.
    pub(super) lexemes: Vec<Lexeme>,
    spare: Vec<Lexeme>,
}

impl<'t> Scanner<'t> {
    pub(super) fn new(text: &'t str) -> Self {
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
    pub(super) fn next_compound(&mut self) -> bool {
        self.skip_ascii(|b| !b.is_ascii_alphanumeric());
        match self.plain_word_end() {
            Some(end) => {
                self.take_plain_word(end);
                true
            }
            None => self.next_of_parts(),
        }
    }

    /// Where the word that begins here ends, if it is an ASCII word that is joined to nothing, as most are.
    fn plain_word_end(&self) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let is_dotted = self.at > 0 && bytes[self.at - 1] == b'.';
        let length = bytes[self.at..]
            .iter()
            .take(LONGEST_WORD + 1)
            .take_while(|b| b.is_ascii_alphanumeric())
            .count();
        if is_dotted || !(1..=LONGEST_WORD).contains(&length) {
            return None;
        }
        let end = self.at + length;
        let ends = match bytes.get(end) {
            None | Some(b' ' | b'\n' | b':' | b';' | b'!' | b'?' | b'(' | b')' | b'"') => true,
            Some(b'.' | b',') => matches!(bytes.get(end + 1), None | Some(b' ' | b'\n')),
            Some(_) => false,
        };
        ends.then_some(end)
    }

    /// Makes a plain word the only lexeme, where the one before stood.
    fn take_plain_word(&mut self, end: usize) {
        if self.lexemes.is_empty() {
            let blank = self.blank();
            self.lexemes.push(blank);
        }
        self.spare.extend(self.lexemes.drain(1..));
        let lexeme = &mut self.lexemes[0];
        lexeme.word.clear();
        lexeme.word.push_str(&self.text[self.at..end]);
        lexeme.word.make_ascii_lowercase();
        (lexeme.form, lexeme.position) = (Form::Part, self.position);
        (lexeme.start, lexeme.end) = (self.at, end);
        self.at = end;
        self.position += 1;
    }

    /// Finds the next compound of any parts.
    fn next_of_parts(&mut self) -> bool {
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
            start: 0,
            end: 0,
            position: 0,
            form: Form::Part,
        });
        lexeme.word.clear();
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
        (lexeme.form, lexeme.start, lexeme.end) = (form, start, end);
        self.lexemes.push(lexeme);
        true
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The words of a text with what is known of each.
    fn all<'t>(text: &'t str, next: fn(&mut Scanner<'t>) -> bool) -> Vec<String> {
        let mut scanner = Scanner::new(text);
        let mut all = Vec::new();
        while next(&mut scanner) {
            all.extend(scanner.lexemes.iter().map(|lexeme| format!("{lexeme:?}")));
        }
        all
    }

    proptest! {
        #[test]
        fn plain_words_are_what_the_long_way_makes_of_them(
            text in "([a-cA-C1-3]{1,3}|[net+#'é\u{301} .,:/&_-]|\n|[a-z]{62,67}){0,30}",
        ) {
            let long = all(&text, Scanner::next_of_parts);
            prop_assert_eq!(all(&text, Scanner::next_compound), long);
        }
    }
}
