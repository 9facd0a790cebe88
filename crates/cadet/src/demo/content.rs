//! The data of `content/sample`, embedded into the binary and parsed.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::model::{Board, Embed, Period};

/// All files, parsed.
pub(super) struct Content {
    pub employers: Vec<EmployerData>,
    pub countries: BTreeMap<String, CountryData>,
    pub languages: BTreeMap<String, LanguageData>,
    /// By language, then by family.
    pub roles: BTreeMap<&'static str, BTreeMap<String, RoleData>>,
}

/// One `[[employer]]`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EmployerData {
    pub id: String,
    pub name: String,
    pub spellings: Vec<String>,
    pub industry: String,
    pub board: Board,
    #[serde(default)]
    pub own_domain: bool,
    #[serde(default)]
    pub repeats_cities: bool,
    pub careers_page: Option<Embed>,
    /// `City|Region|CC`
    pub cities: Vec<String>,
    #[serde(default = "english")]
    pub languages: Vec<String>,
    pub about: BTreeMap<String, String>,
    pub projects: BTreeMap<String, Vec<String>>,
    /// `COUNT FAMILY LEVEL [LANGUAGE] [= TITLE]`
    pub hires: Vec<String>,
}

/// One country of `countries.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CountryData {
    pub name: String,
    #[serde(default)]
    pub names: BTreeMap<String, String>,
    pub currency: String,
    pub symbol: String,
    pub intern_period: Period,
    pub intern_pay: [u64; 2],
    pub salary: [u64; 2],
    /// `MONTH/MONTHS`
    pub terms: Vec<String>,
    #[serde(default)]
    pub us_dates: bool,
    #[serde(default)]
    pub southern: bool,
    #[serde(default)]
    pub authorisation: BTreeMap<String, Vec<String>>,
}

/// One file of `languages`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LanguageData {
    pub code: String,
    pub months: Vec<String>,
    pub date: String,
    pub seasons: BTreeMap<String, String>,
    pub periods: BTreeMap<String, String>,
    pub gender: String,
    pub department: String,
    pub remote_word: String,
    /// The word between the last two of several cities.
    pub or: String,
    pub benefits: Vec<String>,
    /// For interns, students and graduates only.
    pub benefits_starter: Vec<String>,
    /// For those who write or test software only.
    pub benefits_technical: Vec<String>,
    /// For those who write or test software.
    pub process: Vec<String>,
    /// For everybody else.
    pub process_other: Vec<String>,
    pub closing: Vec<String>,
    pub update: Vec<String>,
    pub headings: BTreeMap<String, Vec<String>>,
    pub titles: BTreeMap<String, Vec<String>>,
    pub opening: BTreeMap<String, Vec<String>>,
    pub facts: BTreeMap<String, Vec<String>>,
    pub experience: BTreeMap<String, Vec<String>>,
}

/// One family of `roles`; the family `common` is mixed into those that are backend work.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RoleData {
    #[serde(default)]
    pub names: Vec<String>,
    pub department: Option<String>,
    pub tasks: Vec<String>,
    #[serde(default)]
    pub must: Vec<String>,
    #[serde(default)]
    pub must_student: Vec<String>,
    #[serde(default)]
    pub must_pro: Vec<String>,
    pub nice: Vec<String>,
    #[serde(default)]
    pub stack: Vec<String>,
}

#[derive(Deserialize)]
struct EmployersFile {
    employer: Vec<EmployerData>,
}

fn english() -> Vec<String> {
    vec!["en".to_owned()]
}

macro_rules! sample {
    ($path:literal) => {
        include_str!(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../content/sample/",
            $path
        ))
    };
}

const EMPLOYERS: [&str; 7] = [
    sample!("employers/north-america.toml"),
    sample!("employers/britain-ireland.toml"),
    sample!("employers/germany-austria-switzerland.toml"),
    sample!("employers/france-belgium.toml"),
    sample!("employers/iberia-latin-america.toml"),
    sample!("employers/northern-europe.toml"),
    sample!("employers/asia-pacific-africa.toml"),
];

/// Code, phrases, backend families, other families.
const LANGUAGES: [(&str, &str, &str, &str); 7] = [
    (
        "en",
        sample!("languages/en.toml"),
        sample!("roles/backend.en.toml"),
        sample!("roles/other.en.toml"),
    ),
    (
        "de",
        sample!("languages/de.toml"),
        sample!("roles/backend.de.toml"),
        sample!("roles/other.de.toml"),
    ),
    (
        "fr",
        sample!("languages/fr.toml"),
        sample!("roles/backend.fr.toml"),
        sample!("roles/other.fr.toml"),
    ),
    (
        "es",
        sample!("languages/es.toml"),
        sample!("roles/backend.es.toml"),
        sample!("roles/other.es.toml"),
    ),
    (
        "pt",
        sample!("languages/pt.toml"),
        sample!("roles/backend.pt.toml"),
        sample!("roles/other.pt.toml"),
    ),
    (
        "nl",
        sample!("languages/nl.toml"),
        sample!("roles/backend.nl.toml"),
        sample!("roles/other.nl.toml"),
    ),
    (
        "pl",
        sample!("languages/pl.toml"),
        sample!("roles/backend.pl.toml"),
        sample!("roles/other.pl.toml"),
    ),
];

impl Content {
    /// Parses the embedded files.
    pub fn load() -> Self {
        let mut employers = Vec::new();
        for text in EMPLOYERS {
            employers.extend(parse::<EmployersFile>(text).employer);
        }
        let mut languages = BTreeMap::new();
        let mut roles = BTreeMap::new();
        for (code, phrases, backend, other) in LANGUAGES {
            languages.insert(code.to_owned(), parse::<LanguageData>(phrases));
            let mut families: BTreeMap<String, RoleData> = parse(backend);
            families.extend(parse::<BTreeMap<String, RoleData>>(other));
            roles.insert(code, families);
        }
        Self {
            employers,
            countries: parse(sample!("countries.toml")),
            languages,
            roles,
        }
    }
}

fn parse<T: serde::de::DeserializeOwned>(text: &str) -> T {
    toml::from_str(text).expect("the embedded sample is parsed by a test")
}
