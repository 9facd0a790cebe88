//! An employer of the directory, and what one may choose employers by. Pure.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::error::{Error, Result};
use crate::postings::sources::model::{SourceAddress, SourceId};

/// Employers of one page.
pub const PAGE: usize = 60;
/// Longest text of a name to search for, in characters.
const LONGEST_NAME: usize = 200;

/// An employer with its board.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Employer {
    /// As people know it; stands once in the directory.
    pub name: String,
    /// Its board.
    #[serde(flatten)]
    pub board: SourceAddress,
    /// Where its engineers work, ISO 3166-1 alpha-2, the largest place first.
    pub countries: Vec<String>,
    /// How large it is.
    pub size: Size,
    /// Ids of its fields of work, the main one first.
    pub fields: Vec<String>,
    /// Why it is in the directory.
    pub evidence: Evidence,
}

/// How many people an employer has, about.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
pub enum Size {
    /// Fewer than 200.
    S,
    /// Fewer than 1,000.
    M,
    /// Fewer than 10,000.
    L,
    /// More.
    XL,
}

impl Size {
    /// Every size, the smallest first.
    pub const ALL: [Self; 4] = [Self::S, Self::M, Self::L, Self::XL];

    /// The name as stored and typed.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::S => "S",
            Self::M => "M",
            Self::L => "L",
            Self::XL => "XL",
        }
    }

    /// The size in words.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::S => "Up to 200 people",
            Self::M => "200 to 1,000",
            Self::L => "1,000 to 10,000",
            Self::XL => "More than 10,000",
        }
    }

    /// The size with this name, in either case.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|size| size.name().eq_ignore_ascii_case(name))
    }
}

/// Why an employer is in the directory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Evidence {
    /// Software internships of it stood in a public list.
    Posted,
    /// Collections of boards with internships have it.
    Tracked,
    /// It is known for its internships or working-student jobs.
    Programme,
}

/// A field of work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its id: `fintech`.
    pub id: &'static str,
    /// As shown.
    pub label: &'static str,
}

/// An employer as it stands in this Cadet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Listed {
    /// What to give in order to add it: `greenhouse:northlight`.
    pub key: String,
    /// The employer.
    #[serde(flatten)]
    pub employer: Employer,
    /// The source that reads its board already.
    pub source: Option<SourceId>,
}

/// What a choice of employers gives.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Chosen {
    /// Employers that fit, of all pages.
    pub total: usize,
    /// Of these, those that are no sources yet.
    pub addable: usize,
    /// About how long reading these boards for the first time takes, in seconds.
    pub seconds: u64,
    /// The employers of this page.
    pub items: Vec<Listed>,
    /// Values by which the choice can be narrowed, with how many employers each has while the other filters stay.
    pub facets: Facets,
}

/// Values of the filters with their counts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Facets {
    /// Countries by code, the most frequent first.
    pub country: Vec<Count>,
    /// Sizes by name, the smallest first.
    pub size: Vec<Count>,
    /// Fields of work by id, the most frequent first.
    pub field: Vec<Count>,
}

/// A value of a filter with how many employers have it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Count {
    /// The value.
    pub value: String,
    /// Employers.
    pub count: usize,
}

/// Which employers are wanted: those that fit every filter that is filled, by any of its values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DirectoryQuery {
    /// Part of the name.
    pub name: String,
    /// Codes of countries.
    pub countries: Vec<String>,
    /// Sizes.
    pub sizes: Vec<Size>,
    /// Ids of fields.
    pub fields: Vec<String>,
    /// Which page, from 1.
    pub page: usize,
}

impl DirectoryQuery {
    /// Reads the parameters of an address or of a form; empty values count as not given.
    ///
    /// # Errors
    /// [`Error::Invalid`] names the parameter or value that is not known, and what is.
    pub fn parse<'a>(
        pairs: impl IntoIterator<Item = (&'a str, &'a str)>,
        fields: &[Field],
        is_country: impl Fn(&str) -> bool,
    ) -> Result<Self> {
        let mut query = Self::default();
        for (name, value) in pairs {
            let value = value.trim();
            match name {
                _ if value.is_empty() => {}
                "name" => query.name = value.chars().take(LONGEST_NAME).collect(),
                "country" => add(&mut query.countries, country(value, &is_country)?),
                "size" => add(&mut query.sizes, size(value)?),
                "field" => add(&mut query.fields, field(value, fields)?),
                "page" => query.page = page(value)?,
                _ => {
                    let message = format!(
                        "The directory has no filter \"{name}\". It has name, country, size and field."
                    );
                    return Err(Error::invalid_field(name, message));
                }
            }
        }
        Ok(query)
    }

    /// Whether an employer fits. `but` is the one filter that is left out of account.
    #[must_use]
    pub fn fits(&self, employer: &Employer, but: Option<Filter>) -> bool {
        let any = |filter: Filter, empty: bool, fits: bool| but == Some(filter) || empty || fits;
        let has = |values: &[String], wanted: &[String]| {
            values.iter().any(|value| wanted.contains(value))
        };
        employer
            .name
            .to_lowercase()
            .contains(&self.name.to_lowercase())
            && any(
                Filter::Country,
                self.countries.is_empty(),
                has(&employer.countries, &self.countries),
            )
            && any(
                Filter::Size,
                self.sizes.is_empty(),
                self.sizes.contains(&employer.size),
            )
            && any(
                Filter::Field,
                self.fields.is_empty(),
                has(&employer.fields, &self.fields),
            )
    }

    /// The parameters that give this choice, without the page.
    #[must_use]
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = Vec::new();
        if !self.name.is_empty() {
            pairs.push(("name", self.name.clone()));
        }
        pairs.extend(self.countries.iter().map(|code| ("country", code.clone())));
        pairs.extend(
            self.sizes
                .iter()
                .map(|size| ("size", size.name().to_owned())),
        );
        pairs.extend(self.fields.iter().map(|id| ("field", id.clone())));
        pairs
    }

    /// Whether anything narrows the choice.
    #[must_use]
    pub fn is_narrowed(&self) -> bool {
        !self.pairs().is_empty()
    }
}

/// A filter of the directory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Filter {
    /// By country.
    Country,
    /// By size.
    Size,
    /// By field of work.
    Field,
}

impl Filter {
    /// The values that an employer has.
    #[must_use]
    pub fn values(self, employer: &Employer) -> Vec<&str> {
        match self {
            Self::Country => employer.countries.iter().map(String::as_str).collect(),
            Self::Size => vec![employer.size.name()],
            Self::Field => employer.fields.iter().map(String::as_str).collect(),
        }
    }
}

fn add<T: PartialEq>(values: &mut Vec<T>, value: T) {
    if !values.contains(&value) {
        values.push(value);
    }
}

fn country(value: &str, is_country: impl Fn(&str) -> bool) -> Result<String> {
    let code = value.to_ascii_uppercase();
    if is_country(&code) {
        return Ok(code);
    }
    let message =
        format!("\"{value}\" is no code of a country. Give two letters, such as DE or US.");
    Err(Error::invalid_field("country", message))
}

fn size(value: &str) -> Result<Size> {
    Size::parse(value).ok_or_else(|| {
        Error::invalid_field(
            "size",
            format!("\"{value}\" is no size. Give S, M, L or XL."),
        )
    })
}

fn field(value: &str, fields: &[Field]) -> Result<String> {
    let id = value.to_ascii_lowercase();
    if fields.iter().any(|field| field.id == id) {
        return Ok(id);
    }
    let known: Vec<&str> = fields.iter().map(|field| field.id).collect();
    let message = format!(
        "\"{value}\" is no field of work. Give one of: {}.",
        known.join(", ")
    );
    Err(Error::invalid_field("field", message))
}

fn page(value: &str) -> Result<usize> {
    value
        .parse()
        .ok()
        .filter(|page| (1..=10_000).contains(page))
        .ok_or_else(|| Error::invalid_field("page", "Pages are numbered from 1."))
}
