//! Values as people read them: countries, languages, places, grades. Pure.

use std::collections::HashMap;

use isolang::Language;

use crate::postings::model::{BackendGrade, Location, Origin, Workplace};
use crate::postings::normalise::gazetteer::gazetteer;
use crate::postings::sources::model::SourceId;
use crate::skills::Taxonomy;

/// Names of sources by their number, as filters hold it.
#[derive(Clone, Debug, Default)]
pub(super) struct SourceNames(HashMap<String, String>);

impl SourceNames {
    pub(super) fn of(sources: Vec<(SourceId, String)>) -> Self {
        let named = |(id, name): (SourceId, String)| (id.to_string(), name);
        Self(sources.into_iter().map(named).collect())
    }
}

/// A value of the filter `name` in words.
pub(super) fn value_label(name: &str, value: &str, sources: &SourceNames) -> String {
    match name {
        "country" => country(value).to_owned(),
        "language" => language(value).to_owned(),
        "skill" => Taxonomy::bundled()
            .name_of(value)
            .unwrap_or(value)
            .to_owned(),
        "source" => sources
            .0
            .get(value)
            .cloned()
            .unwrap_or_else(|| format!("removed source {value}")),
        "backend" => match value {
            "explicit" => "Backend".to_owned(),
            "plausible" => "May be backend".to_owned(),
            _ => "Not backend".to_owned(),
        },
        "workplace" => match value {
            "remote" => "Remote".to_owned(),
            "hybrid" => "Hybrid".to_owned(),
            _ => "On site".to_owned(),
        },
        "within" => within(value),
        "fit" => fit_at_least(value),
        "status" => format!("{} only", capitalised(value)),
        "internship" if value == "yes" => "Internships".to_owned(),
        "internship" => "No internships".to_owned(),
        "paid" if value == "yes" => "Paid".to_owned(),
        "paid" => "Said to be unpaid".to_owned(),
        "rolling" if value == "yes" => "Rolling applications".to_owned(),
        "rolling" => "No rolling applications".to_owned(),
        "sponsorship" => match value {
            "offered" => "Visa sponsored".to_owned(),
            "not-offered" => "No visa sponsored".to_owned(),
            "citizens-only" => "Citizens or residents only".to_owned(),
            _ => "Right to work needed".to_owned(),
        },
        "start" => start(value),
        _ => value.to_owned(),
    }
}

/// When work begins: `2027-06` as `June 2027`.
fn start(value: &str) -> String {
    if value == "now" {
        return "At once".to_owned();
    }
    let first = format!("{value}-01").parse::<jiff::civil::Date>();
    first.map_or_else(
        |_| value.to_owned(),
        |first| first.strftime("%B %Y").to_string(),
    )
}

/// A least score in words: `Fits at least 60 %`.
fn fit_at_least(value: &str) -> String {
    let score: f32 = value.parse().unwrap_or_default();
    format!("Fits at least {:.0} %", score * 100.0)
}

/// `7` as `Last 7 days`.
pub(super) fn within(days: &str) -> String {
    match days {
        "1" => "Last 24 hours".to_owned(),
        days => format!("Last {days} days"),
    }
}

pub(super) fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}

/// A country by its code.
pub(super) fn country(code: &str) -> &str {
    gazetteer().country_name(code).unwrap_or(code)
}

/// A language by its code.
pub(super) fn language(code: &str) -> &str {
    Language::from_639_1(code).map_or(code, |language| language.to_name())
}

/// A place in a few words: `Berlin, Germany`, `Austin, TX`.
pub(super) fn place(location: &Location) -> String {
    let country_name = location.country.as_deref().map(country);
    // Where everybody writes the state, the country goes without saying.
    let by_state = matches!(location.country.as_deref(), Some("US" | "CA"));
    let wider = match (&location.region, country_name) {
        (Some(region), _) if by_state => Some(region.as_str()),
        (_, country) => country,
    };
    match (&location.city, wider) {
        (Some(city), Some(wider)) if city != wider => format!("{city}, {wider}"),
        (Some(city), _) => city.clone(),
        (None, Some(wider)) => wider.to_owned(),
        (None, None) => location.text.clone(),
    }
}

/// Where the work is done, for the end of a line.
pub(super) const fn workplace(workplace: Workplace) -> &'static str {
    match workplace {
        Workplace::Remote => "Remote",
        Workplace::Hybrid => "Hybrid",
        Workplace::OnSite => "On site",
    }
}

/// A grade in one word or two.
pub(super) const fn grade(grade: BackendGrade) -> &'static str {
    match grade {
        BackendGrade::Explicit => "Backend",
        BackendGrade::Plausible => "May be backend",
        BackendGrade::No => "Not backend",
    }
}

/// Where a value came from.
pub(super) const fn origin(origin: Origin) -> &'static str {
    match origin {
        Origin::Source => "the source's record",
        Origin::Title => "the title",
        Origin::Description => "the description",
        Origin::Location => "the place as written",
        Origin::Url => "the address",
        Origin::SourceName => "what is known of the source",
        Origin::Derived => "the other fields",
        Origin::Excerpt => "an excerpt of the text",
    }
}

/// `1 posting`, `12,345 postings`.
pub(super) fn counted(count: u64, one: &str, many: &str) -> String {
    format!("{} {}", grouped(count), if count == 1 { one } else { many })
}

/// `12345` as `12,345`.
pub(super) fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_told_by_its_city_and_what_people_say_with_it() {
        let of = |city: &str, region: &str, country: &str| {
            let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
            place(&Location {
                text: "as written".into(),
                city: some(city),
                region: some(region),
                country: some(country),
            })
        };
        assert_eq!(of("Berlin", "", "DE"), "Berlin, Germany");
        assert_eq!(of("Austin", "TX", "US"), "Austin, TX");
        assert_eq!(of("Singapore", "", "SG"), "Singapore");
        assert_eq!(of("", "", "FR"), "France");
        assert_eq!(of("", "", ""), "as written");
    }

    #[test]
    fn figures_are_grouped() {
        assert_eq!(counted(1, "posting", "postings"), "1 posting");
        assert_eq!(
            counted(1_234_567, "posting", "postings"),
            "1,234,567 postings"
        );
    }
}
