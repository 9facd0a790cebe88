//! Numbers in a text, in digits or words, with their unit.

use super::lexicon::lexicon;
use super::tokens::{Token, fold, parts, tokens};

/// A number that a text states.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Figure {
    /// The value in millionths, so that equal spellings are equal numbers; a version keeps its digits in `unit`.
    pub value: i128,
    /// The unit's meaning, or what is written right behind the digits; empty when there is none.
    pub unit: String,
    /// Byte offset of its first byte.
    pub start: usize,
    /// Byte offset behind its last.
    pub end: usize,
}

const SCALE: i128 = 1_000_000;

impl Figure {
    /// Whether `other` states the same: "40 %" is neither "40" nor "40 hours".
    pub fn agrees(&self, other: &Self) -> bool {
        self.value == other.value && self.unit == other.unit
    }

    /// A number of units.
    pub fn of(value: i64, unit: &str) -> Self {
        Self {
            value: i128::from(value) * SCALE,
            unit: unit.to_owned(),
            start: 0,
            end: 0,
        }
    }
}

/// All numbers of `text`, in order. `languages`: whose number words are read.
pub(super) fn figures(text: &str, languages: &[&str]) -> Vec<Figure> {
    let mut found = digits(text);
    found.extend(words(text, languages));
    found.extend(ideographs(text));
    found.sort_by_key(|figure| figure.start);
    found
}

fn decimal(c: char) -> Option<u32> {
    match c {
        '0'..='9' => c.to_digit(10),
        '０'..='９' => Some(c as u32 - '０' as u32),
        '٠'..='٩' => Some(c as u32 - '٠' as u32),
        '۰'..='۹' => Some(c as u32 - '۰' as u32),
        '०'..='९' => Some(c as u32 - '०' as u32),
        '²' => Some(2),
        '³' => Some(3),
        _ => None,
    }
}

/// Numbers in digits. Those within a word that begins with a letter (`K8s`, `HTML5`) belong to the word.
fn digits(text: &str) -> Vec<Figure> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        if decimal(chars[at].1).is_none() {
            at += 1;
            continue;
        }
        let end = run_end(&chars, at);
        let in_word = at > 0 && chars[at - 1].1.is_alphabetic() && !is_ideograph(chars[at - 1].1);
        if !in_word {
            found.push(read(text, &chars, at, end));
        }
        at = end;
    }
    found
}

/// Digits with separators between them; a space separates only groups of three.
fn run_end(chars: &[(usize, char)], start: usize) -> usize {
    let digit = |at: usize| chars.get(at).is_some_and(|(_, c)| decimal(*c).is_some());
    let mut end = start;
    while end < chars.len() {
        let c = chars[end].1;
        let three = digit(end + 1) && digit(end + 2) && digit(end + 3) && !digit(end + 4);
        let goes_on = match c {
            _ if decimal(c).is_some() => true,
            '.' | ',' => digit(end + 1),
            '\'' | '’' | '\u{a0}' | '\u{202f}' | ' ' => {
                three && (end - start <= 3 || grouped(chars, start, end))
            }
            _ => false,
        };
        if !goes_on {
            break;
        }
        end += 1;
    }
    end
}

/// Whether the run so far is in groups of three by the same kind of separator.
fn grouped(chars: &[(usize, char)], start: usize, end: usize) -> bool {
    end >= start + 4 && decimal(chars[end - 4].1).is_none()
}

fn read(text: &str, chars: &[(usize, char)], at: usize, end: usize) -> Figure {
    let run: String = chars[at..end].iter().map(|(_, c)| plain(*c)).collect();
    let start = chars[at].0;
    let stop = chars.get(end).map_or(text.len(), |(byte, _)| *byte);
    let mut figure = Figure {
        value: 0,
        unit: String::new(),
        start,
        end: stop,
    };
    match value_of(&run) {
        Some(value) => figure.value = value,
        // A version such as 17.0.2 is compared digit by digit.
        None => {
            figure.unit = run;
            return figure;
        }
    }
    attach(text, &mut figure);
    figure
}

fn plain(c: char) -> char {
    decimal(c)
        .and_then(|digit| char::from_digit(digit, 10))
        .unwrap_or(c)
}

/// The value in millionths; none for what is no single number.
fn value_of(run: &str) -> Option<i128> {
    let groups: Vec<&str> = run.split(|c: char| !c.is_ascii_digit()).collect();
    let separators: Vec<char> = run.chars().filter(|c| !c.is_ascii_digit()).collect();
    let whole_groups = groups.iter().skip(1).all(|group| group.len() == 3);
    let same = separators.windows(2).all(|pair| pair[0] == pair[1]);
    let (whole, fraction) = match separators.last() {
        None => (run.to_owned(), String::new()),
        Some(_) if whole_groups && same && groups[0] != "0" && groups[0].len() <= 3 => {
            (groups.concat(), String::new())
        }
        Some('.' | ',') if separators.len() == 1 => (groups[0].to_owned(), groups[1].to_owned()),
        Some(last @ ('.' | ',')) => {
            let before = &separators[..separators.len() - 1];
            let inner = &groups[1..groups.len() - 1];
            let is_decimal = before.iter().all(|c| c != last) && inner.iter().all(|g| g.len() == 3);
            if !is_decimal {
                return None;
            }
            (
                groups[..groups.len() - 1].concat(),
                groups.last()?.to_string(),
            )
        }
        Some(_) => return None,
    };
    let fraction = format!("{:0<6.6}", fraction);
    let whole: i128 = whole.get(..whole.len().min(24))?.parse().ok()?;
    Some(whole * SCALE + fraction.parse::<i128>().ok()?)
}

/// Reads magnitude and unit behind (or a currency before) the digits.
fn attach(text: &str, figure: &mut Figure) {
    let before = text[..figure.start].trim_end().chars().next_back();
    if let Some(sign) = before.filter(|sign| "€$£¥".contains(*sign))
        && let Some(unit) = lexicon().units.get(&sign.to_string())
    {
        figure.unit.clone_from(unit);
    }
    let mut rest = &text[figure.end..];
    for _ in 0..2 {
        let spaced = rest.trim_start_matches([' ', '\u{a0}', '\u{202f}', '-', '‑']);
        let (word, after) = next_word(spaced);
        let folded = word.to_lowercase();
        let attached = spaced.len() == rest.len();
        if word.is_empty() {
            return;
        }
        let magnitude = lexicon().magnitudes.get(&folded).copied();
        let unit = lexicon().units.get(&folded);
        let short = folded.chars().count() <= 2 && folded.is_ascii();
        match (magnitude, unit) {
            // A lone letter counts only right behind the digits: "3 m" is no million; and "5m" may be metres.
            (Some(times), _) if (!short || attached) && !(attached && word == "m") => {
                figure.value *= i128::from(times);
            }
            (_, Some(unit)) if !short || attached || is_sure(unit, &word) => {
                figure.unit.clone_from(unit);
                figure.end = text.len() - after.len();
                return;
            }
            _ if attached && word.chars().all(char::is_alphanumeric) => {
                figure.unit = folded;
                figure.end = text.len() - after.len();
                return;
            }
            _ => return,
        }
        figure.end = text.len() - after.len();
        rest = after;
    }
}

/// Short units that are none when they stand alone: "5 s" is, "10 x" is, "3 st" is not.
fn is_sure(unit: &str, word: &str) -> bool {
    matches!(
        unit,
        "percent" | "permille" | "ms" | "hour" | "times" | "kb" | "mb" | "gb" | "tb"
    ) || !word.chars().all(|c| c.is_ascii_alphabetic())
}

fn next_word(text: &str) -> (String, &str) {
    let Some(first) = text.chars().next() else {
        return (String::new(), text);
    };
    let len = if first.is_alphabetic() && !is_ideograph(first) {
        text.find(|c: char| !c.is_alphanumeric() || is_ideograph(c))
            .unwrap_or(text.len())
    } else if "%‰€$£¥×ºª".contains(first) || is_ideograph(first) {
        first.len_utf8()
    } else {
        0
    };
    (text[..len].to_owned(), &text[len..])
}

/// Numbers in words.
fn words(text: &str, languages: &[&str]) -> Vec<Figure> {
    let all = tokens(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < all.len() {
        let token = &all[at];
        let folded = fold(&token.text);
        if let Some((value, unit)) = special(&folded, all.get(at + 1)) {
            found.push(figure_of(value, unit, token.start, token.end));
        } else if let Some((value, unit)) = hyphenated(&folded, languages) {
            found.push(figure_of(value, unit, token.start, token.end));
        } else if let Some(value) = word_value(&folded, languages) {
            let (value, taken) = sum(value, &all[at + 1..], languages);
            let end = all[at + taken].end;
            let mut figure = figure_of(value, "", token.start, end);
            attach(text, &mut figure);
            found.push(figure);
            at += taken;
        }
        at += 1;
    }
    found
}

fn figure_of(value: i64, unit: &str, start: usize, end: usize) -> Figure {
    Figure {
        start,
        end,
        ..Figure::of(value, unit)
    }
}

/// `two-year`: a number and its unit in one word.
fn hyphenated(word: &str, languages: &[&str]) -> Option<(i64, &'static str)> {
    let (number, unit) = word.split_once('-')?;
    let unit = lexicon().units.get(unit)?;
    Some((word_value(number, languages)?, unit))
}

/// Words that are numbers in a way of their own.
fn special(word: &str, next: Option<&Token>) -> Option<(i64, &'static str)> {
    let words = lexicon();
    if let Some(times) = words.times.get(word) {
        return Some((*times, "times"));
    }
    if let Some(many) = words.vague.get(word) {
        return Some((*many, "many"));
    }
    let rank = words.ordinals.get(word)?;
    let ranked = next.is_some_and(|next| words.has("ranked", &fold(&next.text)));
    ranked.then_some((*rank, "ordinal"))
}

/// `hundred and five`, `two hundred thousand`: following number words belong to the first.
fn sum(first: i64, rest: &[Token], languages: &[&str]) -> (i64, usize) {
    let (mut total, mut current, mut taken) = (0_i64, first, 0);
    for (at, token) in rest.iter().enumerate() {
        let folded = fold(&token.text);
        let links = ["and", "und", "et", "y", "e"].contains(&folded.as_str());
        let following = rest
            .get(at + 1)
            .and_then(|next| word_value(&fold(&next.text), languages));
        if links && following.is_some() && current >= 20 {
            continue;
        }
        match word_value(&folded, languages) {
            Some(value @ (100 | 1_000 | 1_000_000 | 1_000_000_000)) => {
                current = current.max(1).saturating_mul(value);
                if value >= 1_000 {
                    total += current;
                    current = 0;
                }
            }
            Some(value) if current % 100 == 0 || (current % 10 == 0 && value < 10) => {
                current += value
            }
            _ => break,
        }
        taken = at + 1;
    }
    (total.saturating_add(current), taken)
}

/// The value of one word: `drei`, `twenty-five`, `fünfundzwanzig`, `zweihundert`.
fn word_value(word: &str, languages: &[&str]) -> Option<i64> {
    languages.iter().find_map(|language| {
        let table = lexicon().numbers.get(*language)?;
        if let Some(value) = table.get(word) {
            return Some(*value);
        }
        let pieces: Vec<&str> = parts(word).collect();
        if pieces.len() == 2
            && let (Some(tens), Some(ones)) = (table.get(pieces[0]), table.get(pieces[1]))
        {
            return (*tens >= 20 && *ones < 10).then_some(tens + ones);
        }
        match *language {
            "de" => compound(word, table),
            _ => None,
        }
    })
}

/// German writes its numbers together.
fn compound(word: &str, table: &std::collections::HashMap<String, i64>) -> Option<i64> {
    let value = |part: &str| match part {
        "ein" | "eine" => Some(1),
        _ => table.get(part).copied(),
    };
    for (mark, times) in [("tausend", 1_000), ("hundert", 100)] {
        if let Some((before, after)) = word.split_once(mark) {
            let before = if before.is_empty() {
                1
            } else {
                value(before).or_else(|| compound(before, table))?
            };
            let after = match after.trim_start_matches("und") {
                "" => 0,
                rest => value(rest).or_else(|| compound(rest, table))?,
            };
            return Some(before * times + after);
        }
    }
    let (ones, tens) = word.split_once("und")?;
    let (ones, tens) = (value(ones)?, value(tens)?);
    ((1..10).contains(&ones) && (20..100).contains(&tens)).then_some(tens + ones)
}

fn is_ideograph(c: char) -> bool {
    ('\u{3400}'..='\u{9fff}').contains(&c)
        || ('\u{3040}'..='\u{30ff}').contains(&c)
        || ('\u{ac00}'..='\u{d7af}').contains(&c)
}

/// Chinese and Japanese numerals. A lone one ("一") is an article as often as a number.
fn ideographs(text: &str) -> Vec<Figure> {
    const NUMERALS: &str = "〇一二三四五六七八九十百千万亿億两";
    let mut found = Vec::new();
    let mut start = None;
    let ends = text
        .char_indices()
        .chain(std::iter::once((text.len(), ' ')));
    for (at, c) in ends {
        match (NUMERALS.contains(c), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                let run = &text[from..at];
                if run != "一" && run != "万" {
                    found.extend(ideograph_value(run).map(|value| figure_of(value, "", from, at)));
                }
                start = None;
            }
            _ => {}
        }
    }
    found
}

fn ideograph_value(run: &str) -> Option<i64> {
    let (mut total, mut section, mut digit) = (0_i64, 0_i64, 0_i64);
    for c in run.chars() {
        match c {
            '十' | '百' | '千' => {
                let times = match c {
                    '十' => 10,
                    '百' => 100,
                    _ => 1000,
                };
                section += digit.max(1) * times;
                digit = 0;
            }
            '万' | '亿' | '億' => {
                let times = if c == '万' { 10_000 } else { 100_000_000 };
                total = total.checked_add((section + digit).max(1).checked_mul(times)?)?;
                (section, digit) = (0, 0);
            }
            '两' => digit = 2,
            _ => {
                digit = i64::try_from("〇一二三四五六七八九".chars().position(|n| n == c)?).ok()?
            }
        }
    }
    Some(total + section + digit)
}

#[cfg(test)]
mod tests {
    use super::{Figure, figures};

    fn read(text: &str, language: &str) -> Vec<(i64, String)> {
        figures(text, &[language])
            .into_iter()
            .map(|f| (i64::try_from(f.value / 1000).unwrap_or(0), f.unit))
            .collect()
    }

    #[test]
    fn the_same_number_reads_the_same_in_every_spelling() {
        for (text, language) in [
            ("1,200 users", "en"),
            ("1.200 Nutzer", "de"),
            ("1 200 utilisateurs", "fr"),
            ("1'200 Nutzer", "de"),
            ("1200 users", "en"),
            ("1.2k users", "en"),
            ("1,2 Tsd. Nutzer", "de"),
            ("tausendzweihundert Nutzer", "de"),
            ("１２００", "en"),
            ("一千二百", "zh"),
        ] {
            let found = figures(text, &[language]);
            assert_eq!(found.len(), 1, "{text}: {found:?}");
            assert_eq!(found[0].value, 1_200 * super::SCALE, "{text}: {found:?}");
        }
    }

    #[test]
    fn units_belong_to_their_numbers() {
        assert_eq!(read("by 40 %", "en"), [(40_000, "percent".into())]);
        assert_eq!(
            read("um vierzig Prozent", "de"),
            [(40_000, "percent".into())]
        );
        assert_eq!(read("for twenty-five days", "en"), [(25_000, "day".into())]);
        assert_eq!(
            read("€3.5M and 12 ms", "en"),
            [(3_500_000_000, "eur".into()), (12_000, "ms".into())]
        );
        assert_eq!(
            read("3x faster, doubled", "en"),
            [(3_000, "times".into()), (2_000, "times".into())]
        );
    }

    #[test]
    fn digits_of_a_word_and_everyday_words_are_no_numbers() {
        assert_eq!(read("K8s and EC2 in one of the teams, once", "en"), []);
        assert_eq!(read("Ein Team und eine Aufgabe", "de"), []);
        assert_eq!(read("My first project", "en"), []);
        assert_eq!(read("second prize", "en"), [(2_000, "ordinal".into())]);
    }

    #[test]
    fn a_unit_that_differs_is_another_statement() {
        let of = |text: &str| figures(text, &["en"]).remove(0);
        assert!(of("40 %").agrees(&of("forty percent")));
        assert!(!of("40 %").agrees(&of("40 hours")));
        assert!(of("40 services").agrees(&of("forty")));
        assert!(!of("40").agrees(&Figure::of(41, "")));
        assert!(!of("17.0.2").agrees(&of("17.0.3")));
    }
}
