//! The query mix of the search benchmark: a file of a thousand lines, each `TEXT<tab>FACET=VALUE&FACET=VALUE`.
//!
//! The text is in the product's query language; each engine gets it translated from the parsed clauses.

use anyhow::{Context, Result, bail};

use crate::generate::{Generated, Generator};
use crate::names::{PLACES, SKILLS};
use crate::random::Random;
use crate::vocabulary::Vocabulary;

/// The committed query mix.
const MIX: &str = include_str!("../data/queries.txt");
/// How many queries the mix has.
pub const COUNT: usize = 1_000;

/// A search: what must stand in the text, and which facets are chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// The text as a person types it; may be empty.
    pub text: String,
    /// The same, parsed; all must hold.
    pub clauses: Vec<Clause>,
    /// Chosen facets: all must hold.
    pub filters: Vec<(Facet, String)>,
}

/// A part of a query's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Clause {
    /// The word stands in any field.
    Word(String),
    /// The words stand beside each other.
    Phrase(String),
    /// A word begins so.
    Prefix(String),
    /// The word stands nowhere.
    Not(String),
    /// One of the words stands somewhere.
    Either(String, String),
    /// The word stands in the title.
    Title(String),
}

/// What postings are counted and filtered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Facet {
    /// Employer.
    Company,
    /// ISO 3166-1 code.
    Country,
    /// City.
    City,
    /// `remote`, `hybrid`, `on-site`.
    Workplace,
    /// `Summer 2027`.
    Term,
    /// Skill, as in [`SKILLS`].
    Skill,
}

impl Facet {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Company,
        Self::Country,
        Self::City,
        Self::Workplace,
        Self::Term,
        Self::Skill,
    ];

    /// Its name in files, tables and columns.
    pub fn name(self) -> &'static str {
        match self {
            Self::Company => "company",
            Self::Country => "country",
            Self::City => "city",
            Self::Workplace => "workplace",
            Self::Term => "term",
            Self::Skill => "skill",
        }
    }
}

impl Query {
    /// Reads a line of the mix.
    pub fn parse(line: &str) -> Result<Self> {
        let (text, filters) = line.split_once('\t').unwrap_or((line, ""));
        let filters = filters
            .split('&')
            .filter(|part| !part.is_empty())
            .map(filter)
            .collect::<Result<_>>()?;
        Ok(Self {
            text: text.to_owned(),
            clauses: clauses(text)?,
            filters,
        })
    }
}

fn filter(part: &str) -> Result<(Facet, String)> {
    let (name, value) = part
        .split_once('=')
        .with_context(|| format!("`{part}` should be FACET=VALUE"))?;
    let facet = Facet::ALL.into_iter().find(|facet| facet.name() == name);
    Ok((
        facet.with_context(|| format!("there is no facet `{name}`"))?,
        value.to_owned(),
    ))
}

fn clauses(text: &str) -> Result<Vec<Clause>> {
    let mut clauses = Vec::new();
    for (index, part) in text.split('"').enumerate() {
        if index % 2 == 1 {
            clauses.push(Clause::Phrase(part.to_owned()));
            continue;
        }
        let mut words = part.split_whitespace().peekable();
        while let Some(word) = words.next() {
            let clause = if words.next_if_eq(&"OR").is_some() {
                Clause::Either(
                    word.to_owned(),
                    words
                        .next()
                        .context("a word is missing behind OR")?
                        .to_owned(),
                )
            } else if let Some(word) = word.strip_prefix('-') {
                Clause::Not(word.to_owned())
            } else if let Some(word) = word.strip_prefix("title:") {
                Clause::Title(word.to_owned())
            } else if let Some(word) = word.strip_suffix('*') {
                Clause::Prefix(word.to_owned())
            } else if word.contains(':') {
                bail!("`{word}` names a field that the mix does not know");
            } else {
                Clause::Word(word.to_owned())
            };
            clauses.push(clause);
        }
    }
    Ok(clauses)
}

/// The committed mix.
pub fn committed() -> Result<Vec<Query>> {
    MIX.lines().map(Query::parse).collect()
}

/// Composes the mix: words by how often they are used, phrases that occur, and facets as people choose them.
pub fn compose(seed: u64) -> String {
    let mut random = Random::new(seed);
    let vocabulary = Vocabulary::committed();
    let sample: Vec<Generated> = Generator::new(seed).take(400).collect();
    let line = |_| {
        let text = text(&mut random, &vocabulary, &sample);
        let filters = filters(&mut random, text.is_empty());
        if filters.is_empty() {
            format!("{text}\n")
        } else {
            format!("{text}\t{filters}\n")
        }
    };
    (0..COUNT).map(line).collect()
}

fn text(random: &mut Random, vocabulary: &Vocabulary, sample: &[Generated]) -> String {
    let word = |random: &mut Random| vocabulary.draw_searched(random);
    match random.below(100) {
        0..24 => word(random).to_owned(),
        24..44 => format!("{} {}", word(random), word(random)),
        44..54 => format!("{} {} {}", word(random), word(random), word(random)),
        54..64 => format!("\"{}\"", phrase(random, sample)),
        64..72 => format!(
            "title:{}",
            random.pick(&[
                "backend", "intern", "software", "platform", "data", "senior"
            ])
        ),
        72..78 => format!(
            "title:{} {}",
            random.pick(&["backend", "intern", "developer"]),
            word(random)
        ),
        78..83 => format!("{} -{}", word(random), word(random)),
        83..88 => format!("{} OR {}", word(random), word(random)),
        88..93 => {
            let word = word(random);
            format!("{}*", word.chars().take(4).collect::<String>())
        }
        // Browsing by facets alone.
        _ => String::new(),
    }
}

/// Two words that stand beside each other in a posting of the sample.
fn phrase(random: &mut Random, sample: &[Generated]) -> String {
    loop {
        let words: Vec<&str> = random.pick(sample).text.split(' ').collect();
        let start = random.below(words.len() - 1);
        let pair = &words[start..start + 2];
        if pair
            .iter()
            .all(|word| word.len() > 3 && word.chars().all(|letter| letter.is_ascii_lowercase()))
        {
            return pair.join(" ");
        }
    }
}

/// Facets for two queries of five, and always for one without text.
fn filters(random: &mut Random, always: bool) -> String {
    let count = if always {
        1 + random.below(2)
    } else {
        [0, 0, 0, 1, 2][random.below(5)]
    };
    let choices = [
        format!("country={}", random.pick(&PLACES).3),
        format!("workplace={}", random.pick(&["remote", "hybrid"])),
        "term=Summer 2027".to_owned(),
        format!("skill={}", random.pick(&SKILLS)),
        format!("city={}", random.pick(&PLACES).0),
    ];
    let first = random.below(choices.len());
    (0..count)
        .map(|step| choices[(first + step) % choices.len()].as_str())
        .collect::<Vec<_>>()
        .join("&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_committed_mix_is_the_composed_one_and_parses() {
        assert_eq!(
            MIX,
            compose(crate::SEED),
            "data/queries.txt differs: run `cargo xtask compose`"
        );
        assert_eq!(committed().expect("every line parses").len(), COUNT);
    }

    #[test]
    fn every_form_of_clause_is_read() {
        let query = Query::parse(
            "java OR go title:intern -senior scal* \"web server\"\tcountry=DE&skill=C++",
        )
        .expect("it parses");
        let word = str::to_owned;
        let clauses = vec![
            Clause::Either(word("java"), word("go")),
            Clause::Title(word("intern")),
            Clause::Not(word("senior")),
            Clause::Prefix(word("scal")),
            Clause::Phrase(word("web server")),
        ];
        assert_eq!(query.clauses, clauses);
        assert_eq!(
            query.filters,
            [(Facet::Country, word("DE")), (Facet::Skill, word("C++"))]
        );
    }

    #[test]
    fn an_unknown_facet_is_named_in_the_error() {
        let error = Query::parse("java\tshoe=42").expect_err("there is no such facet");
        assert_eq!(error.to_string(), "there is no facet `shoe`");
    }
}
