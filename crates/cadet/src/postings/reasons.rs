//! Why a posting matches a search, in words: what was asked, and what the posting says to it. Pure.

use search::{Explained, Index, Schema};

use super::fields::{term_label, workplace_name};
use super::model::{Fact, NormalPosting};
use super::query::PostingQuery;
use super::search::query_of;
use crate::clock::Timestamp;
use crate::skills::Taxonomy;

/// Characters of a posting's words that are quoted.
const QUOTED: usize = 90;

/// Why a posting matches a search: each word with the field that it was found in, each filter with the value that fits or
/// with the posting's own words for it. That it is open says nothing.
#[must_use]
pub fn match_reasons(
    index: &Index,
    query: &PostingQuery,
    posting: &NormalPosting,
    now: Timestamp,
) -> Vec<String> {
    Explaining::new(index.schema(), posting).reasons(query, now)
}

/// A posting whose text was read once, to be explained for many searches.
#[derive(Debug)]
pub struct Explaining<'p> {
    schema: &'p Schema,
    posting: &'p NormalPosting,
    read: Explained,
}

impl<'p> Explaining<'p> {
    /// Reads the texts of a posting.
    #[must_use]
    pub fn new(schema: &'p Schema, posting: &'p NormalPosting) -> Self {
        let taxonomy = Taxonomy::bundled();
        let skills = posting.distinct_skills();
        let names: Vec<&str> = skills
            .iter()
            .filter_map(|id| taxonomy.name_of(id))
            .collect();
        let skills = names.join(", ");
        let fields = [
            ("title", posting.title.as_str()),
            ("company", posting.company.as_str()),
            ("skills", skills.as_str()),
            ("description", posting.description_text.as_str()),
        ];
        Self {
            schema,
            posting,
            read: Explained::new(schema, &fields),
        }
    }

    /// As [`match_reasons`].
    #[must_use]
    pub fn reasons(&self, query: &PostingQuery, now: Timestamp) -> Vec<String> {
        let posting = self.posting;
        let (parsed, _) = query_of(self.schema, query, now);
        let found = self.read.matched_terms(&parsed).into_iter();
        let mut reasons: Vec<String> = found
            .map(|(field, word)| format!("\"{word}\" in the {field}"))
            .collect();
        for (name, value) in query.pairs() {
            match name {
                "q" | "sort" | "status" => {}
                "internship" => reasons.push(told(
                    "internship",
                    &value,
                    posting.facts.internship.as_ref(),
                )),
                "backend" => {
                    if value == super::query::grade_name(posting.backend_grade()) {
                        let fact = posting.facts.backend.as_ref();
                        reasons.push(told("backend", &value, fact));
                    }
                }
                "paid" => reasons.push(told("paid", &value, posting.facts.paid.as_ref())),
                "within" => reasons.push(format!("posted within {value} days")),
                list => reasons.extend(fitting(list, &value, posting)),
            }
        }
        reasons
    }
}

/// A fact with the words that say so: `internship: "Stage de fin d'études"`.
fn told<T>(name: &str, value: &str, fact: Option<&Fact<T>>) -> String {
    let quote = fact.map_or("", |fact| fact.quote.trim());
    if quote.is_empty() {
        return format!("{name}: {value}");
    }
    match quote.char_indices().nth(QUOTED) {
        Some((end, _)) => format!("{name}: \"{}\u{2026}\"", quote[..end].trim_end()),
        None => format!("{name}: \"{quote}\""),
    }
}

/// A value of a list filter, if it is the one that the posting has.
fn fitting(name: &str, value: &str, posting: &NormalPosting) -> Option<String> {
    let places = || posting.locations.iter();
    let fits = match name {
        "country" => places().any(|place| place.country.as_deref() == Some(value)),
        "city" => places().any(|place| place.city.as_deref() == Some(value)),
        "term" => posting
            .facts
            .terms
            .iter()
            .any(|term| term_label(&term.value) == value),
        "workplace" => posting
            .workplace
            .is_some_and(|one| workplace_name(one) == value),
        "skill" => posting
            .skills
            .iter()
            .any(|mention| mention.skill.to_string() == value),
        "company" => posting.company == value,
        "language" => posting.language.as_deref() == Some(value),
        _ => true,
    };
    let shown = match name {
        "skill" => Taxonomy::bundled().name_of(value).unwrap_or(value),
        _ => value,
    };
    fits.then(|| format!("{name}: {shown}"))
}
