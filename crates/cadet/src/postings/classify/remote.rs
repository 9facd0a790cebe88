//! From where remote work may be done: from anywhere, from these countries, from a larger area.

use std::sync::LazyLock;

use regex::Regex;

use super::sentences::{Sentences, Topic, fact};
use crate::postings::model::{Fact, Location, Origin, RemoteArea};
use crate::postings::normalise::gazetteer::gazetteer;
use crate::postings::normalise::text::fold_words;

/// Larger areas by the words that name them, folded.
const REGIONS: [(&str, &[&str]); 8] = [
    (
        "EU",
        &[
            "eu",
            "european union",
            "europaische union",
            "union europeenne",
            "union europea",
            "uniao europeia",
            "eea",
        ],
    ),
    ("Europe", &["europe", "europa", "european time zones"]),
    ("EMEA", &["emea"]),
    (
        "LATAM",
        &["latam", "latin america", "latinoamerica", "america latina"],
    ),
    (
        "North America",
        &["north america", "nordamerika", "norteamerica"],
    ),
    ("Americas", &["the americas", "americas"]),
    ("APAC", &["apac", "asia pacific"]),
    ("DACH", &["dach"]),
];

/// What stands before the names of places: `remote within`, `must be based in`, `anywhere in`, `Remote - `.
static LEADS_IN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)\b(?: remote(?:ly)?\b[^.;:]{0,40}?\b(?:in|within|from|across|throughout)\b | work(?:ing)?\s+from\s+(?:home\s+)?(?:anywhere\s+)?(?:in|within|across)\b | anywhere\s+(?:with)?in\b | remote\s*(?:[-–—:,/(]|\bonly\b)
            | (?:based|located|reside|residing|live|living|residents?|domiciled)\s+(?:in|of|within)\b | wohnsitz\s+in\b | (?:remote|home\s?-?office)\s+(?:innerhalb|aus)\b | (?:depuis|partout\s+en|résider\s+en|basée?\s+en)\b | (?:desde|residir\s+en|residencia\s+en|residir\s+n[oa]|em\s+todo\s+o)\b )",
    )
    .expect("the pattern is constant")
});
static WORLDWIDE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)\b(?: (?:from\s+)?anywhere\s+in\s+the\s+world | work(?:ing)?\s+from\s+anywhere(?:\s*[.!,;)]|$) | remote(?:ly)?\s*[-–(,:/]?\s*(?:worldwide|globally|global\b|anywhere\s*(?:[.!,;)]|$)) | worldwide\s+remote | weltweit\s+remote | desde\s+cualquier\s+(?:lugar|parte)\s+del\s+mundo | partout\s+dans\s+le\s+monde )",
    )
    .expect("the pattern is constant")
});
/// Offices and customers are somewhere too.
static NOT_OF_THE_WORK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:we|company|headquarter\w*|team|offices?|founders?|customers?|clients?|colleagues|employees) (?:is|are|were|have|who)?\s*(?:\w+\s+)?(?:based|located|live|living|remote)|not remote|remote (?:sensing|desktop|control|access)").expect("the pattern is constant")
});

/// How much of a text behind the lead is looked at for names of places, in bytes.
const REACH: usize = 90;

/// From where the work may be done: the title, the places, then the text.
#[must_use]
pub fn area(
    title: &str,
    places: &[Location],
    sentences: &Sentences<'_>,
) -> Option<Fact<RemoteArea>> {
    of_line(title, Origin::Title)
        .or_else(|| of_places(places))
        .or_else(|| {
            sentences
                .about(Topic::Area)
                .filter(|sentence| !NOT_OF_THE_WORK.is_match(sentence))
                .find_map(|sentence| of_line(sentence, Origin::Description))
        })
}

fn of_line(line: &str, origin: Origin) -> Option<Fact<RemoteArea>> {
    if let Some(found) = WORLDWIDE.find(line) {
        let area = RemoteArea {
            worldwide: true,
            ..RemoteArea::default()
        };
        return Some(fact(area, line, found.as_str(), origin));
    }
    LEADS_IN.find_iter(line).find_map(|lead| {
        let behind = &line[lead.end()..];
        let area = named(&behind[..behind.floor_char_boundary(REACH)]);
        (area != RemoteArea::default()).then(|| fact(area, line, lead.as_str(), origin))
    })
}

/// Places that are a country alone; a city is where an office is.
fn of_places(places: &[Location]) -> Option<Fact<RemoteArea>> {
    let mut area = RemoteArea::default();
    let mut quotes: Vec<&str> = Vec::new();
    for place in places.iter().filter(|place| place.city.is_none()) {
        match &place.country {
            Some(country) => push(&mut area.countries, country),
            None if WORLDWIDE.is_match(&place.text) => area.worldwide = true,
            None => {
                let found = named(&place.text);
                if found.regions.is_empty() {
                    continue;
                }
                found
                    .regions
                    .iter()
                    .for_each(|region| push(&mut area.regions, region));
            }
        }
        quotes.push(&place.text);
    }
    let quote = quotes.join("; ");
    (area != RemoteArea::default()).then(|| fact(area, &quote, &quote, Origin::Location))
}

/// The countries and larger areas that a text begins with; the first part that is neither ends it.
fn named(text: &str) -> RemoteArea {
    let mut area = RemoteArea::default();
    let end = text.find(['.', ';', '!', '\n']).filter(|end| {
        // `U.S.` is no end.
        !text[..*end].ends_with(|c: char| c.is_ascii_uppercase())
    });
    for part in parts(&text[..end.unwrap_or(text.len())]) {
        if !take(part, &mut area) && area != RemoteArea::default() {
            break;
        }
    }
    area
}

fn parts(text: &str) -> impl Iterator<Item = &str> {
    static JOINT: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)\s*[,/|()&+–—:]\s*|\s+-\s+|\s+(?:or|and|oder|und|et|ou|y|o|e)\s+")
            .expect("the pattern is constant")
    });
    JOINT
        .split(text)
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .take(12)
}

/// Takes a part that names a country or an area, perhaps with words behind: `Germany only`, `the US with flexible hours`.
fn take(part: &str, area: &mut RemoteArea) -> bool {
    const BEFORE: [&str; 12] = [
        "the", "either", "any", "our", "der", "die", "la", "el", "los", "le", "l", "a",
    ];
    let folded = fold_words(part);
    let mut words: Vec<&str> = folded.split(' ').collect();
    while words.len() > 1 && BEFORE.contains(&words[0]) {
        words.remove(0);
    }
    let shouts = |name: &str| {
        // `in`, `it` and `us` are words; `IN`, `IT` and `US` are countries.
        name.chars().count() > 3 || part.contains(&name.to_uppercase()) || part.contains('.')
    };
    for length in (1..=words.len().min(4)).rev() {
        let name = words[..length].join(" ");
        let region = REGIONS
            .iter()
            .find(|(_, names)| names.contains(&name.as_str()))
            .map(|(region, _)| *region);
        if let Some(region) = region {
            push(&mut area.regions, region);
            return true;
        }
        if shouts(&name)
            && let Some(country) = gazetteer().country(&name)
        {
            push(&mut area.countries, country);
            return true;
        }
    }
    false
}

fn push(list: &mut Vec<String>, value: &str) {
    if !list.iter().any(|known| known == value) {
        list.push(value.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(found: Option<Fact<RemoteArea>>) -> String {
        found.map_or_else(String::new, |found| {
            let area = found.value;
            let mut all = area.countries;
            all.extend(area.regions);
            if area.worldwide {
                all.push("anywhere".to_owned());
            }
            all.join(",")
        })
    }

    #[test]
    fn countries_of_remote_work_are_read_from_the_text() {
        for (text, expected) in [
            ("This role is fully remote within Canada.", "CA"),
            (
                "You can work remotely from Germany, Austria or Switzerland.",
                "DE,AT,CH",
            ),
            ("Remote (US only).", "US"),
            ("You must be based in the United Kingdom.", "GB"),
            (
                "Candidates must reside in the U.S. for the whole term.",
                "US",
            ),
            ("Work from anywhere in the EU.", "EU"),
            ("This internship is remote, anywhere in Europe.", "Europe"),
            ("You may work from anywhere in the world.", "anywhere"),
            ("Remote - worldwide", "anywhere"),
            (
                "Remote innerhalb Deutschland möglich, Wohnsitz in Deutschland nötig.",
                "DE",
            ),
            ("Trabajo remoto desde España.", "ES"),
            ("Télétravail complet depuis la France.", "FR"),
            ("Our customers are based in Japan.", ""),
            ("It is remote in spirit.", ""),
            ("Work with us on remote sensing in Norway.", ""),
        ] {
            let found = area("Backend Intern", &[], &Sentences::of(text));
            if let Some(found) = &found {
                assert_eq!(found.quote, text);
            }
            assert_eq!(told(found), expected, "{text}");
        }
    }

    #[test]
    fn a_title_or_a_place_that_is_a_country_alone_tells_it_too() {
        let none = Sentences::of("");
        assert_eq!(told(area("Backend Intern (Remote - US)", &[], &none)), "US");
        let place = |text: &str, city: Option<&str>, country: &str| Location {
            text: text.into(),
            city: city.map(str::to_owned),
            region: None,
            country: Some(country.into()),
        };
        let places = [
            place("Remote in Germany", None, "DE"),
            place("Oslo, Norway", Some("Oslo"), "NO"),
        ];
        assert_eq!(told(area("Backend Intern", &places, &none)), "DE");
    }
}
