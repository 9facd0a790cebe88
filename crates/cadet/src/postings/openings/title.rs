//! A title taken apart for comparison: the words that say what the work is, and apart from them the term, the kind of
//! contract, the degree and the places that it names. Pure.

use serde::{Deserialize, Serialize};

use super::vocabulary::{COUNTED, DEGREES, ENTRY, KINDS, NOISE, PAIRS, SEASONS, SPELLINGS, month};
use crate::postings::normalise::company::title_key;
use crate::postings::normalise::gazetteer::gazetteer;
use crate::postings::normalise::text::{fold, fold_words};

/// A title, taken apart. Lists are sorted and without repetition.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Title {
    /// Folded, otherwise as written: two that are equal were written by one hand.
    pub written: String,
    /// Words that say what the work is: `engineer`, `frontend`, `2` of `Engineer 2`.
    pub core: Vec<String>,
    /// Seasons: `summer`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub seasons: Vec<String>,
    /// Years.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub years: Vec<u16>,
    /// Months, 1 to 12.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub months: Vec<u8>,
    /// Kinds of limited contracts: `intern`, `coop`, `working-student`, `apprentice`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kinds: Vec<String>,
    /// Degrees asked for: `bachelor`, `master`, `doctorate`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub degrees: Vec<String>,
    /// Whether it is for those who begin: new graduates, juniors.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub entry: bool,
    /// The employer's own numbers: `r10178130`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub numbers: Vec<String>,
    /// Places named: folded names of cities, codes of countries.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<String>,
}

impl Title {
    /// Takes a title apart; the words of the employer's name say nothing in it.
    #[must_use]
    pub fn of(title: &str, company_key: &str) -> Self {
        let folded = fold(title);
        let mut parts = Self {
            written: folded.split_whitespace().collect::<Vec<_>>().join(" "),
            ..Self::default()
        };
        let key = title_key(title);
        let words = joined(&key.split_whitespace().collect::<Vec<_>>());
        let mut at = 0;
        while let Some(word) = words.get(at) {
            let before = at.checked_sub(1).and_then(|at| words.get(at));
            at += match parts.place(&words[at..]) {
                0 => {
                    parts.word(word, before.copied(), words.get(at + 1).copied());
                    1
                }
                taken => taken,
            };
        }
        parts.numbers = fold_words(title)
            .split_whitespace()
            .filter(|word| is_numbering(word) && !key.split(' ').any(|kept| kept == *word))
            .map(str::to_owned)
            .collect();
        parts.degree_of_graduates(&words);
        parts.drop_company(company_key);
        for list in [
            &mut parts.core,
            &mut parts.seasons,
            &mut parts.kinds,
            &mut parts.degrees,
            &mut parts.places,
            &mut parts.numbers,
        ] {
            list.sort_unstable();
            list.dedup();
        }
        parts.years.sort_unstable();
        parts.years.dedup();
        parts.months.sort_unstable();
        parts.months.dedup();
        parts
    }

    /// Whether it names a limited contract: such openings come anew each term.
    #[must_use]
    pub fn is_limited(&self) -> bool {
        !self.kinds.is_empty()
    }

    /// Takes a place at the beginning of `words`; gives how many words it has.
    fn place(&mut self, words: &[&str]) -> usize {
        for count in (1..=words.len().min(3)).rev() {
            let name = words[..count].join(" ");
            // Codes are more often a word (`in`, `swe`) than a country, but for these.
            let country = gazetteer()
                .country(&name)
                .filter(|_| name.len() > 3 || ["us", "usa", "uk"].contains(&name.as_str()));
            let city = gazetteer()
                .city_alone(&name)
                .filter(|_| name.len() > 2 || ["sf", "la"].contains(&name.as_str()));
            let found = match (city, country) {
                (Some(city), _) => fold(city.name),
                (None, Some(code)) => code.to_owned(),
                (None, None) => continue,
            };
            self.places.push(found);
            return count;
        }
        0
    }

    fn word(&mut self, word: &str, before: Option<&str>, after: Option<&str>) {
        let named = |table: &[(&str, &[&str])]| {
            let row = table.iter().find(|(_, words)| words.contains(&word));
            row.map(|(name, _)| (*name).to_owned())
        };
        if let Some(season) = named(SEASONS) {
            self.seasons.push(season);
        } else if let Some(kind) = named(KINDS) {
            self.kinds.push(kind);
        } else if word == "stage" && before.is_none() {
            // French for an internship; in English it is a word of other things.
            self.kinds.push("intern".to_owned());
        } else if let Some(degree) = named(DEGREES) {
            if degree == "doctorate" {
                self.core.push(degree.clone());
            }
            self.degrees.push(degree);
        } else if let Some(month) = month(word) {
            self.months.push(month);
        } else if let Ok(number) = word.parse::<u16>() {
            self.number(number, before, after);
        } else if NOISE.contains(&word) {
            self.entry |= ENTRY.contains(&word);
        } else {
            match SPELLINGS.iter().find(|(spelling, _)| *spelling == word) {
                Some((_, words)) => self
                    .core
                    .extend(words.iter().map(|word| (*word).to_owned())),
                None => self.core.push(singular(word).to_owned()),
            }
        }
    }

    fn number(&mut self, number: u16, before: Option<&str>, after: Option<&str>) {
        if is_year(number) {
            self.years.push(number);
        } else if !after.is_some_and(|after| COUNTED.contains(&after))
            // `2026/27` is a year.
            && !before.is_some_and(|before| before.parse().is_ok_and(is_year))
        {
            self.core.push(number.to_string());
        }
    }

    /// `Graduate Research Intern` asks for a degree above the first; a new graduate has just the first.
    fn degree_of_graduates(&mut self, words: &[&str]) {
        let above = words.iter().enumerate().any(|(at, word)| {
            let before = at.checked_sub(1).and_then(|at| words.get(at));
            *word == "graduate"
                && !before.is_some_and(|before| ["new", "recent", "college"].contains(before))
        });
        if above && self.is_limited() && self.degrees.is_empty() {
            let degrees = ["doctorate", "master"].map(str::to_owned);
            self.degrees.extend(degrees);
        }
    }

    fn drop_company(&mut self, company_key: &str) {
        let of_company = |word: &String| company_key.split(' ').any(|name| name == word);
        if self.core.iter().any(|word| !of_company(word)) {
            self.core.retain(|word| !of_company(word));
        }
    }
}

const fn is_year(number: u16) -> bool {
    matches!(number, 2015..=2039)
}

/// Whether a word numbers the opening rather than saying what the work is.
fn is_numbering(word: &str) -> bool {
    word.bytes().filter(u8::is_ascii_digit).count() >= 3 && !word.parse().is_ok_and(is_year)
}

/// The words with pairs that are one word joined; parts of a pair that says nothing are left out.
fn joined<'a>(words: &[&'a str]) -> Vec<&'a str> {
    let mut all = Vec::with_capacity(words.len());
    let mut at = 0;
    while let Some(word) = words.get(at) {
        let next = words.get(at + 1);
        let pair = PAIRS
            .iter()
            .find(|(first, second, _)| first == word && Some(second) == next);
        match pair {
            Some((_, _, one)) => {
                all.extend(Some(*one).filter(|one| !one.is_empty()));
                at += 2;
            }
            None => {
                all.push(*word);
                at += 1;
            }
        }
    }
    all
}

fn singular(word: &str) -> &str {
    match word.strip_suffix('s') {
        Some(one) if one.len() > 3 && !one.ends_with(['s', 'u', 'i']) => one,
        _ => word,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn core(title: &str) -> String {
        Title::of(title, "northlight").core.join(" ")
    }

    #[test]
    fn term_kind_and_noise_leave_the_words_of_the_work() {
        for title in [
            "Software Engineer Intern",
            "Software Engineering Internship - Summer 2027",
            "Intern – Software Engineer",
            "SWE Intern (May 2027, 4 months)",
            "Northlight 2027 Internships: Software Engineering",
            "Software Engineer, Intern, 2026/27 (University Recruiting)",
        ] {
            assert_eq!(core(title), "engineer software", "{title}");
        }
    }

    #[test]
    fn words_that_tell_openings_apart_stay() {
        assert_ne!(
            core("Frontend Engineer Intern"),
            core("Backend Engineer Intern")
        );
        assert_ne!(core("Software Engineer 1"), core("Software Engineer 2"));
        assert_ne!(core("Intern, Track 2"), core("Intern, Track 3"));
        assert_ne!(core("Research Intern (PhD)"), core("Research Intern"));
        assert_eq!(core("Front-End Engineer"), core("Frontend Engineer"));
        assert_eq!(core("Machine Learning Intern"), core("ML Intern"));
    }

    #[test]
    fn terms_degrees_and_places_are_told() {
        let title = Title::of("Fall 2027 Co-op, Bachelor's, Berlin", "northlight");
        assert_eq!(title.seasons, ["fall"]);
        assert_eq!(title.years, [2027]);
        assert_eq!(title.kinds, ["coop"]);
        assert_eq!(title.degrees, ["bachelor"]);
        assert_eq!(title.places, ["berlin"]);
        assert!(title.core.is_empty(), "{:?}", title.core);
    }

    #[test]
    fn a_title_of_the_employers_name_alone_keeps_it() {
        assert_eq!(Title::of("Northlight", "northlight").core, ["northlight"]);
        assert_eq!(Title::of("", "northlight"), Title::default());
    }
}
