//! Conditions of a paragraph: `skill:java`, `country:DE`, `contact`, `!internship`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::LetterAsk;
use crate::error::{Error, Result};
use crate::skills::Taxonomy;

/// What must hold, or must not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Condition {
    /// Whether it must not hold.
    pub not: bool,
    /// What.
    pub test: Test,
}

/// What can be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Test {
    /// The posting asks for this skill.
    Skill(String),
    /// The posting is in this country, two letters.
    Country(String),
    /// The company is known.
    Company,
    /// The name of whom it is written to is known.
    Contact,
    /// A day was given.
    Day,
    /// A topic was given.
    Topic,
    /// The posting is an internship.
    Internship,
}

impl Condition {
    /// Whether it holds.
    #[must_use]
    pub fn holds(&self, ask: &LetterAsk) -> bool {
        let posting = ask.posting;
        let found = match &self.test {
            Test::Skill(id) => ask.wanted.skills.iter().any(|one| one.skill.as_str() == id),
            Test::Country(code) => posting.is_some_and(|one| one.countries.contains(code)),
            Test::Company => posting.is_some_and(|one| !one.company.trim().is_empty()),
            Test::Contact => !ask.given.contact.trim().is_empty(),
            Test::Day => !ask.given.day.trim().is_empty(),
            Test::Topic => !ask.given.topic.trim().is_empty(),
            Test::Internship => posting.is_some_and(|one| one.internship),
        };
        found != self.not
    }

    /// The condition in words.
    #[must_use]
    pub fn words(&self) -> String {
        let not = |is: &str, is_not: &str| {
            if self.not {
                is_not.to_owned()
            } else {
                is.to_owned()
            }
        };
        match &self.test {
            Test::Skill(id) => {
                let name = Taxonomy::bundled().name_of(id).unwrap_or(id);
                format!(
                    "{} {name}",
                    not("the posting asks for", "the posting does not ask for")
                )
            }
            Test::Country(code) => format!(
                "{} {code}",
                not("the posting is in", "the posting is not in")
            ),
            Test::Company => not("the company is known", "the company is not known"),
            Test::Contact => not("a name is given", "no name is given"),
            Test::Day => not("a day is given", "no day is given"),
            Test::Topic => not("a topic is given", "no topic is given"),
            Test::Internship => not("it is an internship", "it is no internship"),
        }
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.not { "!" } else { "" })?;
        match &self.test {
            Test::Skill(id) => write!(f, "skill:{id}"),
            Test::Country(code) => write!(f, "country:{code}"),
            Test::Company => f.write_str("company"),
            Test::Contact => f.write_str("contact"),
            Test::Day => f.write_str("day"),
            Test::Topic => f.write_str("topic"),
            Test::Internship => f.write_str("internship"),
        }
    }
}

impl FromStr for Condition {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let text = text.trim();
        let (not, bare) = match text.strip_prefix('!') {
            Some(rest) => (true, rest.trim()),
            None => (false, text),
        };
        let test = match bare.split_once(':') {
            Some(("skill", name)) => Test::Skill(skill_of(name.trim())?),
            Some(("country", code)) if code.trim().len() == 2 => {
                Test::Country(code.trim().to_uppercase())
            }
            None if bare == "company" => Test::Company,
            None if bare == "contact" => Test::Contact,
            None if bare == "day" => Test::Day,
            None if bare == "topic" => Test::Topic,
            None if bare == "internship" => Test::Internship,
            _ => {
                return Err(Error::invalid_field(
                    "conditions",
                    format!(
                        "`{text}` is no condition. There are: skill:NAME, country:CODE, company, contact, day, topic, internship; with ! before it, it must not hold."
                    ),
                ));
            }
        };
        Ok(Self { not, test })
    }
}

/// The id of a skill by its id or its name.
fn skill_of(name: &str) -> Result<String> {
    let taxonomy = Taxonomy::bundled();
    if taxonomy.name_of(name).is_some() {
        return Ok(name.to_owned());
    }
    let named = taxonomy.by_alias(name);
    let [skill] = named.as_slice() else {
        return Err(Error::invalid_field(
            "conditions",
            format!("`{name}` is no skill that Cadet knows. Look it up under Skills."),
        ));
    };
    Ok(skill.id.to_string())
}

impl TryFrom<String> for Condition {
    type Error = Error;

    fn try_from(text: String) -> Result<Self> {
        text.parse()
    }
}

impl From<Condition> for String {
    fn from(condition: Condition) -> Self {
        condition.to_string()
    }
}

/// Conditions as one writes them: with commas between.
///
/// # Errors
/// [`Error::Invalid`] names the one that cannot be read.
pub fn conditions_of(text: &str) -> Result<Vec<Condition>> {
    let parts = text.split([',', '\n']).map(str::trim);
    parts
        .filter(|part| !part.is_empty())
        .map(str::parse)
        .collect()
}

/// The same as text.
#[must_use]
pub fn conditions_text(conditions: &[Condition]) -> String {
    let all: Vec<String> = conditions.iter().map(ToString::to_string).collect();
    all.join(", ")
}
