//! The names of skills, and where a found name may begin and end.

use std::collections::HashMap;

use super::fold::{Folded, fold};
use super::heads::Heads;

/// The most parts of an alias that may each be written with a space or a hyphen, so that variants stay few.
const MAX_VARIED_SEPARATORS: usize = 3;

/// How much a name proves by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Proof {
    /// In any case, it can mean nothing else.
    Plain,
    /// In any case, it means the skill, unless a neighbour says otherwise.
    Guarded,
    /// Written exactly so, it means the skill, unless the sentence's start or shouting explains the capitals.
    Cased,
    /// It means the skill only where something else says so.
    Ambiguous,
}

/// One meaning of a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sense {
    /// Index of the skill in the taxonomy.
    pub skill: usize,
    /// The spelling as the taxonomy has it, folded.
    pub spelling: String,
    pub proof: Proof,
}

/// A name found in a text: a range of the folded text, and which name.
pub(super) struct Found {
    pub start: usize,
    /// End of the name itself.
    pub name_end: usize,
    /// End with a version number that is glued to the name, as in `Python3`.
    pub end: usize,
    pub name: usize,
}

/// All names, each with its senses.
pub(super) struct Names {
    heads: Heads,
    senses: Vec<Vec<Sense>>,
    index: HashMap<String, usize>,
}

/// Collects names before they are looked for.
#[derive(Default)]
pub(super) struct NamesBuilder {
    names: Vec<String>,
    senses: Vec<Vec<Sense>>,
    index: HashMap<String, usize>,
}

impl NamesBuilder {
    /// Adds every variant of `alias`; gives the spellings without the variants of separators.
    pub fn add(&mut self, skill: usize, alias: &str, proof: Proof) -> Vec<String> {
        let spellings = with_and_without_groups(alias);
        for spelling in spellings.iter().flat_map(|s| separator_variants(&fold(s))) {
            let key = spelling.to_ascii_lowercase();
            let name = *self.index.entry(key.clone()).or_insert_with(|| {
                self.names.push(key);
                self.senses.push(Vec::new());
                self.names.len() - 1
            });
            let sense = Sense {
                skill,
                spelling,
                proof,
            };
            if !self.senses[name].contains(&sense) {
                self.senses[name].push(sense);
            }
        }
        spellings
    }

    /// Every name with its senses.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[Sense])> {
        let senses = self.senses.iter().map(Vec::as_slice);
        self.names.iter().map(String::as_str).zip(senses)
    }

    /// Ends collecting.
    pub fn build(self) -> Names {
        Names {
            heads: Heads::new(&self.names),
            senses: self.senses,
            index: self.index,
        }
    }
}

impl Names {
    /// The senses of a name that was found.
    pub fn senses(&self, name: usize) -> &[Sense] {
        &self.senses[name]
    }

    /// The senses of a name as written by a person.
    pub fn lookup(&self, alias: &str) -> &[Sense] {
        let key = fold(alias).to_ascii_lowercase();
        self.index.get(&key).map_or(&[], |&name| &self.senses[name])
    }

    /// Every name in `folded` that stands between word boundaries, overlapping ones included, in one pass.
    pub fn find(&self, folded: &Folded) -> Vec<Found> {
        // Names are in lower case already.
        let lower = folded.scan.to_ascii_lowercase();
        let mut all = Vec::new();
        self.heads.find(&lower, |name, start, name_end| {
            if let Some(end) = bounded(&folded.text, start, name_end) {
                all.push(Found {
                    start,
                    name_end,
                    end,
                    name,
                });
            }
        });
        all
    }
}

/// `alias` with each `(...)` group once in and once out.
fn with_and_without_groups(alias: &str) -> Vec<String> {
    let parts = alias.split_once('(').and_then(|(head, rest)| {
        rest.split_once(')')
            .map(|(group, tail)| (head, group, tail))
    });
    match parts {
        None => vec![alias.to_owned()],
        Some((head, group, tail)) => with_and_without_groups(tail)
            .iter()
            .flat_map(|tail| [format!("{head}{tail}"), format!("{head}{group}{tail}")])
            .collect(),
    }
}

/// `spelling` with each of its first few spaces and hyphens between words as either.
fn separator_variants(spelling: &str) -> Vec<String> {
    let between = |&(at, b): &(usize, u8)| {
        let bytes = spelling.as_bytes();
        let word = |at: usize| bytes.get(at).is_some_and(|b| b.is_ascii_alphanumeric());
        (b == b' ' || b == b'-') && at > 0 && word(at - 1) && word(at + 1)
    };
    let places: Vec<usize> = spelling
        .bytes()
        .enumerate()
        .filter(between)
        .map(|(at, _)| at)
        .take(MAX_VARIED_SEPARATORS)
        .collect();
    (0..1_u32 << places.len())
        .map(|choice| {
            let mut variant = spelling.to_owned();
            for (bit, &at) in places.iter().enumerate() {
                let separator = if choice & (1 << bit) == 0 { " " } else { "-" };
                variant.replace_range(at..=at, separator);
            }
            variant
        })
        .collect()
}

/// Where the mention whose name is `text[start..end]` ends, or nothing if the name is only part of a word.
fn bounded(text: &str, start: usize, end: usize) -> Option<usize> {
    let name = &text[start..end];
    (begins_well(&text[..start], name)).then(|| ends_well(name, end, &text[end..]))?
}

/// Other scripts than these often have no spaces between a foreign name and their own words.
fn is_word(c: char) -> bool {
    c == '_' || c.is_ascii_alphanumeric() || (c.is_alphabetic() && c < '\u{530}')
}

fn begins_well(before: &str, name: &str) -> bool {
    let mut back = before.chars().rev();
    let Some(previous) = back.next() else {
        return true;
    };
    let glued = back.next().is_some_and(is_word);
    match previous {
        c if is_word(c) => false,
        '@' | '$' => false,
        // A path or file name, `main.rs`; but a new sentence without its space, `Linux.Java`, is common.
        '.' => !glued || (name.len() > 1 && name.starts_with(|c: char| c.is_ascii_uppercase())),
        '&' | '-' | '\'' => !(glued && name.len() == 1),
        _ => true,
    }
}

fn ends_well(name: &str, end: usize, after: &str) -> Option<usize> {
    let version = if name.len() > 2 {
        version_len(name, after)
    } else {
        0
    };
    let rest = &after[version..];
    let mut ahead = rest.chars();
    let (next, second) = (ahead.next(), ahead.next());
    let glued = second.is_some_and(is_word);
    let fits = match next {
        Some(c) if is_word(c) => false,
        // `C` is no part of `C#`, nor of `C++`.
        Some('#') => glued,
        Some('+') => second != Some('+') && (name.len() > 1 || glued),
        Some('.') => {
            !second.is_some_and(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
                && (name.len() > 1 || !glued)
        }
        Some('&' | '\'') => !(glued && name.len() == 1),
        Some('-') => !(glued && name.len() == 1) || rest.starts_with("-based"),
        _ => true,
    };
    fits.then_some(end + version)
}

/// The length of a version number glued to a name, as in `Python3`, `C++17` and `PHP7.4`.
fn version_len(name: &str, after: &str) -> usize {
    if name.ends_with(|c: char| c.is_ascii_digit()) {
        return 0;
    }
    let bytes = after.as_bytes();
    let digits = |from: usize| {
        bytes[from..]
            .iter()
            .take_while(|b| b.is_ascii_digit())
            .count()
    };
    let major = digits(0);
    let minor = match bytes.get(major) {
        Some(b'.') if major > 0 => digits(major + 1),
        _ => 0,
    };
    if minor > 0 { major + 1 + minor } else { major }
}
