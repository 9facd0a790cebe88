//! Making texts fit for print: what no reader could read again is replaced before anything is set.
//!
//! Texts that were once copied out of a PDF bring ligatures as single characters, icons as private-use characters, and
//! invisible ones. Set again, they would come out of our own pages the same way.

use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

/// The same data with every text fit for print.
pub fn value(value: &Value) -> Value {
    match value {
        Value::String(text) => Value::String(self::text(text)),
        Value::Array(items) => Value::Array(items.iter().map(self::value).collect()),
        Value::Object(fields) => {
            let clean = |(key, value): (&String, &Value)| (key.clone(), self::value(value));
            Value::Object(fields.iter().map(clean).collect())
        }
        other => other.clone(),
    }
}

/// Composed (NFC), ligatures written out, without control, invisible and private-use characters; runs of spaces and line
/// breaks within it are one space, line breaks that part paragraphs stay.
pub fn text(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    for character in text.nfc() {
        match ligature(character) {
            Some(letters) => kept.push_str(letters),
            None if is_unprintable(character) => {}
            None => kept.push(character),
        }
    }
    let paragraphs = kept.split("\n\n").map(one_line);
    let paragraphs: Vec<String> = paragraphs.filter(|text| !text.is_empty()).collect();
    paragraphs.join("\n\n")
}

fn one_line(text: &str) -> String {
    let breaks = |character: char| character.is_whitespace() && !is_hard_space(character);
    let words: Vec<&str> = (text.split(breaks))
        .filter(|word| !word.is_empty())
        .collect();
    words.join(" ")
}

/// Spaces at which no line may break.
fn is_hard_space(character: char) -> bool {
    matches!(character, '\u{a0}' | '\u{202f}' | '\u{2007}')
}

/// The letters of a Latin ligature that Unicode holds for old encodings alone.
pub fn ligature(character: char) -> Option<&'static str> {
    Some(match character {
        '\u{fb00}' => "ff",
        '\u{fb01}' => "fi",
        '\u{fb02}' => "fl",
        '\u{fb03}' => "ffi",
        '\u{fb04}' => "ffl",
        '\u{fb05}' | '\u{fb06}' => "st",
        _ => return None,
    })
}

/// Whether a character means something only in one font.
pub fn is_private_use(character: char) -> bool {
    matches!(character, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}')
}

fn is_unprintable(character: char) -> bool {
    let invisible = matches!(
        character,
        '\u{ad}' | '\u{180e}' | '\u{200b}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{fff0}'..='\u{ffff}'
    );
    // Marks of direction would come out as text; the typesetter works directions out itself.
    let direction = matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let control = character.is_control() && !character.is_whitespace();
    invisible || direction || control || is_private_use(character)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    #[test]
    fn what_no_reader_could_read_again_is_replaced() {
        assert_eq!(
            super::text("e\u{fb03}cient \u{f09b} gra\u{ad}ph"),
            "efficient graph"
        );
        assert_eq!(super::text("Zu\u{308}rich\u{200b}"), "Zürich");
        assert_eq!(super::text(" a \n b\n\n\n c\u{a0}d "), "a b\n\nc\u{a0}d");
        assert_eq!(
            super::value(&json!({"a": ["\u{fb01}x", 1]})),
            json!({"a": ["fix", 1]})
        );
    }
}
