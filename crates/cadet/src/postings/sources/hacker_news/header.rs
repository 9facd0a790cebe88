//! The first line of a comment: `Company | Role | Place | REMOTE | Full-time | $90k`, in any order after the company, and often
//! with other signs or in a sentence.

use std::sync::LazyLock;

use regex::Regex;

use super::roles::{is_role, roles_in};
use crate::postings::normalise::place::places;
use crate::postings::sources::model::RawLocation;

/// What the first line says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Header {
    /// The employer.
    pub(super) company: Option<String>,
    /// Titles, as they stand there.
    pub(super) roles: Vec<String>,
    /// Places.
    pub(super) places: Vec<String>,
    /// `REMOTE`, `ONSITE` and the like, where it stands alone.
    pub(super) workplace: Option<String>,
    /// Full time, internship...
    pub(super) employment: Option<String>,
    /// Pay.
    pub(super) pay: Option<String>,
    /// What it says of visas.
    pub(super) visa: Option<String>,
}

/// What one field of the line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    Workplace,
    PlaceAndWorkplace,
    Employment,
    Pay,
    Visa,
    Link,
    Role,
    Place,
    Other,
}

impl Header {
    /// Reads the line.
    pub(super) fn parse(line: &str) -> Self {
        let fields = fields(line);
        if fields.len() < 2 {
            return Self::of_sentence(line);
        }
        let kinds: Vec<Field> = fields.iter().map(|field| kind(field)).collect();
        // The employer comes first, unless that is plainly something else.
        let company = (0..fields.len()).find(|at| match kinds[*at] {
            Field::Other => true,
            Field::Role | Field::Place => *at == 0,
            _ => false,
        });
        let mut header = Self::default();
        for (at, (field, kind)) in fields.iter().zip(&kinds).enumerate() {
            if Some(at) == company {
                header.employer(field);
            } else {
                header.take(field, *kind);
            }
        }
        header
    }

    /// `Backend Intern at Northlight`, or the name alone.
    fn employer(&mut self, field: &str) {
        match role_at(field) {
            Some((role, company)) => {
                self.roles.extend(roles_in(role));
                self.company = company_name(company);
            }
            None => self.company = company_name(field),
        }
    }

    fn take(&mut self, field: &str, kind: Field) {
        let text = || Some(field.to_owned());
        match kind {
            Field::Workplace => self.workplace = self.workplace.take().or_else(text),
            Field::PlaceAndWorkplace | Field::Place => self.places.push(field.to_owned()),
            Field::Employment => self.employment = self.employment.take().or_else(text),
            Field::Pay => self.pay = self.pay.take().or_else(text),
            Field::Visa => self.visa = self.visa.take().or_else(text),
            Field::Role => self.roles.extend(roles_in(field)),
            Field::Link | Field::Other => {}
        }
    }

    /// A line without fields: `Northlight is hiring a Backend Intern in Oslo`, `Backend Intern at Northlight`.
    fn of_sentence(line: &str) -> Self {
        static HIRING: LazyLock<Regex> = LazyLock::new(|| {
            Regex::new(r"(?i)^(.{2,60}?)\s+(?:is|are)\s+(?:now\s+|currently\s+|also\s+)?(?:hiring|looking for|seeking|recruiting)\b:?\s*(?:for\s+)?(?:an?\s+|our\s+|some\s+)?([^.;:!]{0,120})")
                .expect("the pattern is constant")
        });
        let mut header = Self::default();
        if let Some(found) = HIRING.captures(line) {
            let we = found[1].trim().to_ascii_lowercase();
            if !matches!(we.as_str(), "we" | "i" | "who" | "anyone" | "they" | "you") {
                header.company = company_name(&found[1]);
                header.roles = roles_in(before_place(&found[2]));
            }
        } else if let Some((role, company)) = role_at(line) {
            header.roles = roles_in(role);
            header.company = company_name(before_place(company));
        }
        header
    }
}

/// The parts of a line, by the sign that parts it into the most.
fn fields(line: &str) -> Vec<String> {
    const SIGNS: [&str; 7] = ["|", " • ", " · ", " — ", " – ", " - ", ";"];
    let parted = |sign: &str| -> Vec<String> {
        line.split(sign)
            .map(|field| field.trim().trim_matches(['*', '_', '|']).trim().to_owned())
            .filter(|field| !field.is_empty())
            .collect()
    };
    // Bars are the custom there; other signs also stand within texts, and one alone parts nothing.
    let barred = parted("|");
    if barred.len() >= 2 {
        return barred;
    }
    let best = SIGNS[1..]
        .iter()
        .map(|sign| parted(sign))
        .max_by_key(Vec::len)
        .unwrap_or_default();
    if best.len() >= 3 { best } else { barred }
}

static WORKPLACE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:remote|on[- ]?site|hybrid|in[- ]person|in[- ]office|wfh|distributed)\b")
        .expect("the pattern is constant")
});

fn kind(field: &str) -> Field {
    static AROUND_WORKPLACE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)\b(?:remote|on[- ]?site|hybrid|in[- ]person|in[- ]office|wfh|distributed|fully|only|ok|okay|friendly|first|possible|optional|preferred|available|no|not|or|and|work|team|100%|global|globally|worldwide|anywhere)\b|[^\p{L}]")
            .expect("the pattern is constant")
    });
    static EMPLOYMENT: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)^(?:(?:full|part)[- ]?time|contract(?:or|ing|s)?|freelance|permanent|perm|intern(?:ship)?s?|interns? welcome|co-?ops?|temporary|ft|pt|or|and|w2|[\s,/&+()-])+$")
            .expect("the pattern is constant")
    });
    static PAY: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)[$€£₹¥]\s?\d|\b\d{2,3}\s?k\b|\b(?:usd|eur|gbp|chf|cad)\s?\d|\d\s?(?:usd|eur|gbp|chf|cad)\b|^(?:salary|equity|compensation)\b")
            .expect("the pattern is constant")
    });
    static LINK: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)^(?:https?://\S+|(?:[a-z0-9-]+\.)+[a-z]{2,}(?:/\S*)?|\S+@\S+\.\S+)$")
            .expect("the pattern is constant")
    });
    static VISA: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)\bvisas?\b|\bsponsor|\bcitizen|\bwork permit|\brelocation\b")
            .expect("the pattern is constant")
    });
    if LINK.is_match(field) {
        Field::Link
    } else if EMPLOYMENT.is_match(field) {
        Field::Employment
    } else if PAY.is_match(field) {
        Field::Pay
    } else if VISA.is_match(field) {
        Field::Visa
    } else if is_role(field) {
        Field::Role
    } else if WORKPLACE.is_match(field) {
        match AROUND_WORKPLACE.replace_all(field, "").is_empty() {
            true => Field::Workplace,
            false => Field::PlaceAndWorkplace,
        }
    } else if is_place(field) {
        Field::Place
    } else {
        Field::Other
    }
}

/// Whether a text is a place that is known.
fn is_place(text: &str) -> bool {
    if text.len() > 120 {
        return false;
    }
    let raw = RawLocation {
        text: Some(text.to_owned()),
        ..RawLocation::default()
    };
    places(&[raw])
        .iter()
        .any(|place| place.country.is_some() || place.city.is_some() || place.region.is_some())
}

/// A role and an employer with ` at ` between them.
fn role_at(text: &str) -> Option<(&str, &str)> {
    let (role, company) = text.split_once(" at ").or_else(|| text.split_once(" @ "))?;
    (is_role(role) && role.len() <= 100 && company.len() <= 100).then_some((role, company))
}

/// A text up to where it goes on with a place or a purpose.
fn before_place(text: &str) -> &str {
    [" in ", " to ", " who ", " for ", " based ", ", ", " ("]
        .iter()
        .filter_map(|word| text.find(word))
        .min()
        .map_or(text, |at| &text[..at])
}

/// A name without what stands behind it in brackets (a batch, a site) and without an address.
fn company_name(text: &str) -> Option<String> {
    static BEHIND: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"(?i)\s*[(\[][^)\]]*[)\]]?|\s*[-–—:,]*\s*https?://\S+|\s+(?:is|are)\s+hiring.*$",
        )
        .expect("the pattern is constant")
    });
    let name = BEHIND.replace_all(text, "");
    let name = name
        .trim()
        .trim_matches(['*', '_', ':', ',', '-', '–', '—', '"'])
        .trim();
    let is_name =
        (1..=80).contains(&name.chars().count()) && name.chars().any(char::is_alphanumeric);
    is_name.then(|| name.to_owned())
}
