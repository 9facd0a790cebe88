//! The words by which the gate reads numbers, units, dates, degrees and rank: `lexicon.toml`, read once.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;

use serde::Deserialize;

/// The file as it is written: a meaning and its words.
#[derive(Deserialize)]
struct Raw {
    numbers: BTreeMap<String, BTreeMap<String, Vec<String>>>,
    times: BTreeMap<String, Vec<String>>,
    vague: BTreeMap<String, Vec<String>>,
    magnitudes: BTreeMap<String, Vec<String>>,
    units: BTreeMap<String, Vec<String>>,
    ordinals: BTreeMap<String, Vec<String>>,
    months: BTreeMap<String, Vec<String>>,
    seasons: BTreeMap<String, RawSeason>,
    degrees: Vec<RawDegree>,
    #[serde(flatten)]
    lists: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
struct RawSeason {
    months: [i8; 3],
    words: Vec<String>,
}

#[derive(Deserialize)]
struct RawDegree {
    level: u8,
    field: String,
    words: Vec<String>,
}

/// A part of a year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Season {
    /// One word for it in every language.
    pub name: String,
    /// Its months.
    pub months: [i8; 3],
}

/// A degree as a word names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Degree {
    /// 1 vocational to 5 doctorate.
    pub level: u8,
    /// The field that the word names, such as "science"; empty where it names none.
    pub field: String,
}

/// All words by what they mean.
pub(super) struct Lexicon {
    /// Number words by language.
    pub numbers: HashMap<String, HashMap<String, i64>>,
    /// Words that multiply; negative ones divide.
    pub times: HashMap<String, i64>,
    /// Words for many.
    pub vague: HashMap<String, i64>,
    /// What follows a number and multiplies it.
    pub magnitudes: HashMap<String, i64>,
    /// Units.
    pub units: HashMap<String, String>,
    /// Words of rank in an order.
    pub ordinals: HashMap<String, i64>,
    /// Months, 1 to 12.
    pub months: HashMap<String, i8>,
    /// Parts of a year.
    pub seasons: HashMap<String, Season>,
    /// Degrees.
    pub degrees: HashMap<String, Degree>,
    lists: HashMap<String, HashSet<String>>,
}

impl Lexicon {
    /// Whether a list of the file has the word, which is in lower case.
    pub fn has(&self, list: &str, word: &str) -> bool {
        self.lists
            .get(list)
            .is_some_and(|words| words.contains(word))
    }

    /// The words of a list.
    pub fn list(&self, list: &str) -> impl Iterator<Item = &str> {
        self.lists
            .get(list)
            .into_iter()
            .flatten()
            .map(String::as_str)
    }
}

/// The lexicon.
pub(super) fn lexicon() -> &'static Lexicon {
    static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
        let raw: Raw = toml::from_str(include_str!("lexicon.toml"))
            .expect("the lexicon is part of the program, and a test reads it");
        Lexicon::of(raw)
    });
    &LEXICON
}

/// Turns meaning -> words into word -> meaning.
fn by_word<T: std::str::FromStr>(table: BTreeMap<String, Vec<String>>) -> HashMap<String, T> {
    let pairs = table.into_iter().flat_map(|(meaning, words)| {
        let pair = move |word| Some((word, meaning.parse().ok()?));
        words.into_iter().filter_map(pair)
    });
    pairs.collect()
}

impl Lexicon {
    fn of(raw: Raw) -> Self {
        let seasons = raw.seasons.into_iter().flat_map(|(name, season)| {
            let months = season.months;
            let named = move |word| {
                let name = name.clone();
                (word, Season { name, months })
            };
            season.words.into_iter().map(named)
        });
        let degrees = raw.degrees.into_iter().flat_map(|degree| {
            let (level, field) = (degree.level, degree.field);
            let named = move |word| {
                let field = field.clone();
                (word, Degree { level, field })
            };
            degree.words.into_iter().map(named)
        });
        Self {
            numbers: (raw.numbers.into_iter())
                .map(|(language, table)| (language, by_word(table)))
                .collect(),
            times: by_word(raw.times),
            vague: by_word(raw.vague),
            magnitudes: by_word(raw.magnitudes),
            units: by_word(raw.units),
            ordinals: by_word(raw.ordinals),
            months: by_word(raw.months),
            seasons: seasons.collect(),
            degrees: degrees.collect(),
            lists: (raw.lists.into_iter())
                .map(|(name, words)| (name, words.into_iter().collect()))
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::lexicon;

    #[test]
    fn the_lexicon_is_read_whole() {
        let words = lexicon();
        assert_eq!(
            words
                .months
                .values()
                .copied()
                .collect::<std::collections::BTreeSet<i8>>()
                .len(),
            12
        );
        assert_eq!(words.numbers["de"]["zwölf"], 12);
        assert_eq!(words.times["halved"], -2);
        assert!(words.has("ranks", "senior") && words.degrees["msc"].level == 4);
    }
}
