//! Which column of a table is what: guessed by its name in several languages. Pure.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization as _;
use utoipa::ToSchema;

use super::headings::WORDS;
use crate::error::{Error, Result};

/// What a column holds.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "kebab-case")]
#[schema(as = ImportField)]
pub enum Field {
    /// The employer.
    Company,
    /// The position.
    Title,
    /// Where it stands.
    Stage,
    /// Its page.
    Url,
    /// Where.
    Place,
    /// How it was found.
    Source,
    /// When it was sent.
    Applied,
    /// When it was noted.
    Created,
    /// When it went to where it stands.
    Changed,
    /// The last day to apply.
    Deadline,
    /// A note.
    Note,
    /// Somebody there.
    Person,
    /// Their address.
    Email,
    /// The pay, as written.
    Pay,
}

impl Field {
    /// All, each with its name.
    pub fn all() -> impl Iterator<Item = (Self, &'static str)> {
        WORDS.into_iter().map(|(field, name, _)| (field, name))
    }

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        let found = WORDS.into_iter().find(|(field, ..)| *field == self);
        found.map_or("note", |(_, name, _)| name)
    }

    /// The field of this name.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a name that none has.
    pub fn parse(name: &str) -> Result<Self> {
        let found = WORDS.into_iter().find(|(_, known, _)| *known == name);
        found.map(|(field, ..)| field).ok_or_else(|| {
            let names: Vec<&str> = WORDS.into_iter().map(|(_, name, _)| name).collect();
            Error::invalid_field("map", format!("There is no field \"{name}\". Choose one of {}, or leave it empty: the column then goes into the note.", names.join(", ")))
        })
    }
}

/// For each column of a table what it holds; `None`: it goes into the note with its name.
pub type Mapping = Vec<Option<Field>>;

/// A name in small letters, without accents and signs.
#[must_use]
pub fn plain(name: &str) -> String {
    let bare: String = name
        .nfd()
        .filter(|c| !unicode_normalization::char::is_combining_mark(*c))
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .flat_map(char::to_lowercase)
        .collect();
    bare.replace('ß', "ss")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// Guesses what the columns hold. Each field but the note is given once, to the column whose name fits best.
#[must_use]
pub fn guess(header: &[String]) -> Mapping {
    let names: Vec<String> = header.iter().map(|name| plain(name)).collect();
    let mut mapping: Mapping = vec![None; header.len()];
    let mut fits: Vec<(usize, usize, Field)> = Vec::new();
    for (column, name) in names.iter().enumerate() {
        for (field, _, words) in WORDS {
            fits.extend(fit(name, words).map(|fit| (fit, column, field)));
        }
    }
    fits.sort_unstable();
    for (_, column, field) in fits {
        let is_given = field != Field::Note && mapping.contains(&Some(field));
        if mapping[column].is_none() && !is_given {
            mapping[column] = Some(field);
        }
    }
    mapping
}

/// How well a name fits: the lower the better; nothing when it does not.
fn fit(name: &str, words: &[&str]) -> Option<usize> {
    if let Some(at) = words.iter().position(|word| *word == name) {
        return Some(at);
    }
    // "Company (legal)" and "My status" hold a word as a whole.
    let padded = format!(" {name} ");
    let at = words
        .iter()
        .position(|word| word.len() > 3 && padded.contains(&format!(" {word} ")));
    at.map(|at| 100 + at)
}

/// Changes a mapping by what somebody said: names or numbers (from 1) of columns with fields; an empty field lets a column go
/// into the note.
///
/// # Errors
/// [`Error::Invalid`] for a column or field that there is not.
pub fn corrected(
    mut mapping: Mapping,
    header: &[String],
    said: &BTreeMap<String, String>,
) -> Result<Mapping> {
    for (column, field) in said {
        let by_name = header.iter().position(|name| plain(name) == plain(column));
        let by_number = column
            .parse::<usize>()
            .ok()
            .filter(|number| (1..=header.len()).contains(number));
        let at = by_name
            .or(by_number.map(|number| number - 1))
            .ok_or_else(|| {
                Error::invalid_field(
                    "map",
                    format!(
                        "The table has no column \"{column}\". It has: {}.",
                        header.join(", ")
                    ),
                )
            })?;
        mapping[at] = match field.trim() {
            "" => None,
            name => Some(Field::parse(name)?),
        };
    }
    Ok(mapping)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(header: &str) -> Vec<Option<&'static str>> {
        let header: Vec<String> = header.split(',').map(str::to_owned).collect();
        guess(&header)
            .into_iter()
            .map(|field| field.map(Field::name))
            .collect()
    }

    #[test]
    fn columns_of_several_tools_and_languages_are_guessed() {
        assert_eq!(
            of("Job Title,Company,List,Location,Date Applied,Color"),
            [
                Some("title"),
                Some("company"),
                Some("stage"),
                Some("place"),
                Some("applied"),
                None
            ]
        );
        assert_eq!(
            of("Firma,Stelle,Stand,Beworben am,Bewerbungsfrist,Ansprechpartner,Gehalt"),
            [
                Some("company"),
                Some("title"),
                Some("stage"),
                Some("applied"),
                Some("deadline"),
                Some("person"),
                Some("pay")
            ]
        );
        assert_eq!(
            of("Entreprise,Intitulé du poste,Statut,Date de candidature,Commentaires"),
            [
                Some("company"),
                Some("title"),
                Some("stage"),
                Some("applied"),
                Some("note")
            ]
        );
        assert_eq!(
            of("Empresa,Puesto,Estado,Ubicación"),
            [Some("company"), Some("title"), Some("stage"), Some("place")]
        );
    }

    #[test]
    fn the_better_name_wins_and_no_field_is_given_twice() {
        assert_eq!(of("Company website,Company"), [None, Some("company")]);
        assert_eq!(of("Date,Applied"), [Some("created"), Some("applied")]);
    }

    #[test]
    fn what_was_guessed_can_be_corrected_by_name_or_number() {
        let header = ["Wo".to_owned(), "Was".to_owned()];
        let said = BTreeMap::from([
            ("wo".to_owned(), "place".to_owned()),
            ("2".to_owned(), "title".to_owned()),
        ]);
        let mapping = corrected(guess(&header), &header, &said).unwrap();
        assert_eq!(mapping, [Some(Field::Place), Some(Field::Title)]);
        let unknown = BTreeMap::from([("Wer".to_owned(), "person".to_owned())]);
        let told = corrected(mapping, &header, &unknown)
            .unwrap_err()
            .to_string();
        assert!(told.contains("Wer") && told.contains("Wo, Was"), "{told}");
    }
}
