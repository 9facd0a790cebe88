//! Comparing what was read with what was meant.

use serde::{Deserialize, Serialize};
use unicode_bidi::{BidiClass, BidiInfo, Level, bidi_class};
use unicode_normalization::UnicodeNormalization;
use unicode_script::{Script, UnicodeScript};

use super::Field;
use crate::clean;

/// How what was read compares with what was meant.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// How many fields were looked for.
    pub fields: usize,
    /// Fields that are nowhere in the text, whole.
    pub missing: Vec<Field>,
    /// Fields that are there, but before something that should precede them.
    pub out_of_order: Vec<Field>,
    /// Characters from the private-use areas of Unicode: icons, or letters that only their font knows.
    pub private_use: usize,
    /// Ligatures as single characters, such as U+FB01.
    pub ligatures: usize,
    /// Characters that the reader could not read (U+FFFD).
    pub unreadable: usize,
}

impl Report {
    /// Whether everything was read, in order, as it was meant.
    pub fn is_clean(&self) -> bool {
        let found = self.missing.is_empty() && self.out_of_order.is_empty();
        found && self.private_use == 0 && self.ligatures == 0 && self.unreadable == 0
    }
}

/// Looks for every field in the text of `pages`, each after the one before. Runs of spaces and line breaks are equal; a line
/// may break inside a word, with or without a hyphen. A field is only found where it does not continue a longer word.
pub fn compare(expected: &[Field], pages: &[String]) -> Report {
    let read = pages.join("\n");
    let count = |what: fn(char) -> bool| read.chars().filter(|character| what(*character)).count();
    let mut report = Report {
        fields: expected.len(),
        private_use: count(clean::is_private_use),
        ligatures: count(|character| clean::ligature(character).is_some()),
        unreadable: count(|character| character == '\u{fffd}'),
        ..Report::default()
    };
    let read = fold(&read);
    let turned = turn(&read);
    let mut place = 0;
    for field in expected {
        let text = fold(&field.text);
        let from = |start| {
            let forms = std::iter::once(&read).chain(&turned);
            forms.filter_map(|read| find(&text, read, start)).min()
        };
        if let Some(end) = from(place) {
            place = end;
        } else if from(0).is_some() {
            report.out_of_order.push(field.clone());
        } else {
            report.missing.push(field.clone());
        }
    }
    report
}

/// The same with the lines that run from right to left turned around, when there are any: a page holds letters as they stand
/// from left to right, and whether a reader turns them around is a matter of the reader.
fn turn(read: &[char]) -> Option<Vec<char>> {
    let is_rtl = |character: &char| matches!(bidi_class(*character), BidiClass::R | BidiClass::AL);
    read.iter().any(is_rtl).then(|| {
        let lines = read.split(|character| *character == '\n').map(|line| {
            let text: String = line.iter().collect();
            let rtl = line.iter().filter(|character| is_rtl(character)).count();
            let ltr = line
                .iter()
                .filter(|character| bidi_class(**character) == BidiClass::L)
                .count();
            let level = if rtl > ltr {
                Level::rtl()
            } else {
                Level::ltr()
            };
            let bidi = BidiInfo::new(&text, Some(level));
            let turned = bidi
                .paragraphs
                .iter()
                .map(|line| bidi.reorder_line(line, line.range.clone()));
            let turned: Vec<char> = turned
                .flat_map(|line| line.chars().collect::<Vec<_>>())
                .collect();
            // Places in both forms must be the same.
            if turned.len() == line.len() {
                turned
            } else {
                line.to_vec()
            }
        });
        lines.collect::<Vec<_>>().join(&'\n')
    })
}

/// Composed characters, with each run of white space as one space or, when the line ends in it, one line break.
fn fold(text: &str) -> Vec<char> {
    let mut folded: Vec<char> = Vec::with_capacity(text.len());
    for character in text.nfc() {
        let space = folded
            .last()
            .copied()
            .filter(|last| matches!(last, ' ' | '\n'));
        match character {
            '\n' | '\r' | '\u{c}' | '\u{b}' | '\u{2028}' | '\u{2029}' => {
                if space.is_some() {
                    folded.pop();
                }
                folded.push('\n');
            }
            _ if character.is_whitespace() => {
                if space.is_none() {
                    folded.push(' ');
                }
            }
            // Hyphens of two more kinds, which readers give for the usual one.
            '\u{2010}' | '\u{2011}' => folded.push('-'),
            _ if is_invisible(character) => {}
            _ => folded.push(character),
        }
    }
    while folded.last().is_some_and(|last| last.is_whitespace()) {
        folded.pop();
    }
    let start = folded
        .iter()
        .take_while(|first| first.is_whitespace())
        .count();
    folded.split_off(start)
}

/// Marks that readers add or drop: joiners, marks of direction, soft hyphens.
fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}'
    )
}

/// The end of the first place at or after `from` where `text` stands in `read`.
fn find(text: &[char], read: &[char], from: usize) -> Option<usize> {
    let first = *text.first()?;
    (from..read.len())
        .filter(|start| read[*start] == first)
        .filter(|start| !continues(start.checked_sub(1).map(|before| read[before]), Some(first)))
        .find_map(|start| {
            let end = ends(text, read, start)?;
            (!continues(text.last().copied(), read.get(end).copied())).then_some(end)
        })
}

/// Whether two neighbours are letters of one word.
fn continues(before: Option<char>, after: Option<char>) -> bool {
    let letter =
        |character: Option<char>| character.is_some_and(|c| c.is_alphanumeric() && !is_unspaced(c));
    letter(before) && letter(after)
}

/// Letters of scripts that put no spaces between words.
fn is_unspaced(character: char) -> bool {
    matches!(
        character.script(),
        Script::Han
            | Script::Hiragana
            | Script::Katakana
            | Script::Thai
            | Script::Lao
            | Script::Khmer
            | Script::Myanmar
    )
}

/// Where `text` ends when it stands at `start`; none when something else stands there.
fn ends(text: &[char], read: &[char], start: usize) -> Option<usize> {
    let mut at = start;
    for (index, wanted) in text.iter().enumerate() {
        let here = *read.get(at)?;
        if here == *wanted || (wanted.is_whitespace() && here.is_whitespace()) {
            at += 1;
            continue;
        }
        if index == 0 {
            return None;
        }
        at = after_break(read, at, text[index - 1], *wanted)?;
        if read.get(at) != Some(wanted) {
            return None;
        }
        at += 1;
    }
    Some(at)
}

/// The place after a break inside a word: the end of a line, with a hyphen or without, or a space beside a letter of a script
/// without spaces.
fn after_break(read: &[char], at: usize, before: char, after: char) -> Option<usize> {
    match (read.get(at)?, read.get(at + 1)) {
        ('\n', _) => Some(at + 1),
        ('-', Some('\n')) => Some(at + 2),
        (' ', _)
            if is_unspaced(before) || is_unspaced(after) || is_wide(before) || is_wide(after) =>
        {
            Some(at + 1)
        }
        _ => None,
    }
}

/// Punctuation and letters as wide as a Han character.
fn is_wide(character: char) -> bool {
    matches!(character, '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ffef}')
}

#[cfg(test)]
mod tests {
    use super::{Report, compare};
    use crate::readback::Field;

    fn report(fields: &[&str], pages: &[&str]) -> Report {
        let name = |(index, text): (usize, &&str)| Field {
            name: index.to_string(),
            text: (*text).to_owned(),
        };
        let fields: Vec<Field> = fields.iter().enumerate().map(name).collect();
        let pages: Vec<String> = pages.iter().map(|page| (*page).to_owned()).collect();
        compare(&fields, &pages)
    }

    #[test]
    fn text_that_only_breaks_differently_is_the_same() {
        let read = report(
            &[
                "Wrote a queue in Rust",
                "example.org/a/long-address",
                "back-end",
                "数据库 工程师",
            ],
            &[
                "Wrote a\nqueue  in\u{a0}Rust\nexample.org/a/\nlong-address back-\nend",
                "数据库\n工 程师",
            ],
        );
        assert!(read.is_clean(), "{read:?}");
    }

    #[test]
    fn a_hyphen_added_at_the_end_of_a_line_is_no_difference() {
        assert!(report(&["Datenbankverwaltung"], &["Datenbank-\nverwaltung"]).is_clean());
    }

    #[test]
    fn dates_after_bullets_are_out_of_order() {
        let read = report(
            &["Developer", "Mar 2024", "Built it"],
            &["Developer\nBuilt it\nMar 2024"],
        );
        assert!(read.missing.is_empty());
        assert_eq!(read.out_of_order.len(), 1);
        assert!(!read.is_clean());
    }

    #[test]
    fn a_word_is_not_found_inside_a_longer_one_nor_without_its_spaces() {
        assert_eq!(report(&["Go"], &["Google and Cargo"]).missing.len(), 1);
        assert_eq!(report(&["Rust and Go"], &["RustandGo"]).missing.len(), 1);
    }

    #[test]
    fn letters_from_right_to_left_are_found_as_written_and_as_they_stand() {
        assert!(report(&["שלום עולם"], &["שלום עולם"]).is_clean());
        assert!(report(&["שלום עולם"], &["םלוע םולש"]).is_clean());
        assert!(report(&["שלום 12 עולם", "Go"], &["12 םולש\nםלוע\nGo"]).is_clean());
        assert_eq!(report(&["שלום עולם"], &["שלום"]).missing.len(), 1);
    }

    #[test]
    fn characters_that_mean_nothing_elsewhere_are_counted() {
        let read = report(&["efficient"], &["e\u{fb03}cient \u{e0b0} \u{fffd}"]);
        assert_eq!(
            (read.ligatures, read.private_use, read.unreadable),
            (1, 1, 1)
        );
        assert_eq!(read.missing.len(), 1);
    }
}
