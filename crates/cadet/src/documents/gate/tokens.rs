//! Words of a text with where they stand, as the gate compares them.

/// A word: letters and digits, with what may stand within (`Node.js`, `C++`, `full-stack`, `O'Neill`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    /// As written.
    pub text: String,
    /// Byte offset of its first byte.
    pub start: usize,
    /// Byte offset behind it.
    pub end: usize,
    /// Whether it begins a sentence, a line, a quotation or a bracket, where any word may be written large.
    pub begins: bool,
}

/// Folded for comparison: lower case, one kind of apostrophe and hyphen, without a genitive's ending.
pub(super) fn fold(word: &str) -> String {
    let lower: String = word
        .chars()
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            '’' | '‘' | 'ʼ' => '\'',
            '‐' | '‑' => '-',
            other => other,
        })
        .collect();
    let bare = lower
        .strip_suffix("'s")
        .or_else(|| lower.strip_suffix('\''))
        .unwrap_or(&lower);
    bare.to_owned()
}

/// The words of `text`.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let mut found: Vec<Token> = Vec::new();
    let mut begins = true;
    let mut at = 0;
    while at < chars.len() {
        let (start, c) = chars[at];
        if !starts_word(&chars, at) {
            begins |= is_break(&chars, at);
            let _ = c;
            at += 1;
            continue;
        }
        let mut end = at + 1;
        while end < chars.len() && continues(&chars, end) {
            end += 1;
        }
        let stop = chars.get(end).map_or(text.len(), |(byte, _)| *byte);
        found.push(Token {
            text: text[start..stop].to_owned(),
            start,
            end: stop,
            begins,
        });
        begins = false;
        at = end;
    }
    found
}

/// `.NET` begins with its dot.
fn starts_word(chars: &[(usize, char)], at: usize) -> bool {
    let c = chars[at].1;
    if c.is_alphanumeric() {
        return true;
    }
    let before_is_word = at > 0 && chars[at - 1].1.is_alphanumeric();
    let after_is_large = chars.get(at + 1).is_some_and(|(_, c)| c.is_uppercase());
    c == '.' && after_is_large && !before_is_word
}

fn continues(chars: &[(usize, char)], at: usize) -> bool {
    let c = chars[at].1;
    let next = |step: usize| {
        chars
            .get(at + step)
            .is_some_and(|(_, c)| c.is_alphanumeric())
    };
    match c {
        c if c.is_alphanumeric() => true,
        '+' | '#' => true,
        // `e.g.` and `B.Sc.` keep their inner dots, a full stop does not begin a word.
        '.' => next(1) && chars[at - 1].1.is_alphanumeric(),
        '-' | '‐' | '‑' | '\'' | '’' | '&' | '_' => {
            next(1) && chars[at - 1].1.is_alphanumeric()
        }
        // A combining mark belongs to its letter.
        c => ('\u{300}'..='\u{36f}').contains(&c),
    }
}

fn is_break(chars: &[(usize, char)], at: usize) -> bool {
    let c = chars[at].1;
    let last = at + 1 >= chars.len();
    let spaced = last || chars[at + 1].1.is_whitespace();
    match c {
        '.' | '!' | '?' | ':' | ';' => spaced,
        '\n' | '•' | '“' | '"' | '„' | '«' | '(' | '[' | '–' | '—' | '|' | '¿' | '¡' => {
            true
        }
        _ => false,
    }
}

/// The parts of a word joined by hyphens; the word itself when there are none.
pub(super) fn parts(word: &str) -> impl Iterator<Item = &str> {
    word.split(['-', '‐', '‑', '_', '&'])
        .filter(|part| !part.is_empty())
}

/// Chunks that are addresses: of the web, of mail.
pub(super) fn addresses(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for chunk in text.split_whitespace() {
        let start = chunk.as_ptr() as usize - text.as_ptr() as usize;
        let bare = chunk.trim_matches(|c: char| !c.is_alphanumeric() && c != '/');
        let is_address = bare.contains("://")
            || bare.starts_with("www.")
            || (bare.contains('@') && bare.contains('.'))
            || is_host(bare);
        if is_address {
            let inner = chunk.find(bare).unwrap_or(0);
            found.push((start + inner, start + inner + bare.len()));
        }
    }
    found
}

/// `github.com/somebody`, but not `Node.js` or `CI/CD`.
fn is_host(chunk: &str) -> bool {
    let Some((host, _)) = chunk.split_once('/') else {
        return false;
    };
    let labels: Vec<&str> = host.split('.').collect();
    labels.len() >= 2
        && labels.iter().all(|label| !label.is_empty())
        && labels
            .last()
            .is_some_and(|last| last.len() >= 2 && last.chars().all(|c| c.is_ascii_lowercase()))
}

/// The text with the given ranges blanked, so that offsets stay.
pub(super) fn blanked(text: &str, ranges: &[(usize, usize)]) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        if ranges
            .iter()
            .any(|(start, end)| (*start..*end).contains(&at))
        {
            out.extend(std::iter::repeat_n(' ', c.len_utf8()));
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{addresses, fold, tokens};

    #[test]
    fn words_keep_what_belongs_to_them() {
        let text = "Built C++, Node.js and .NET at O'Neill. Full-stack (Go).";
        let words: Vec<String> = tokens(text).into_iter().map(|t| t.text).collect();
        assert_eq!(
            words,
            [
                "Built",
                "C++",
                "Node.js",
                "and",
                ".NET",
                "at",
                "O'Neill",
                "Full-stack",
                "Go"
            ]
        );
        assert_eq!(fold("Acme’s"), "acme");
    }

    #[test]
    fn addresses_are_told_from_words() {
        let text =
            "See https://example.org/x, github.com/ada or ada@example.org; CI/CD in Node.js.";
        let found: Vec<&str> = addresses(text).iter().map(|(a, b)| &text[*a..*b]).collect();
        assert_eq!(
            found,
            ["https://example.org/x", "github.com/ada", "ada@example.org"]
        );
    }
}
