//! Places: from what sources write to city, region and country, without wild guesses.

use std::cell::RefCell;
use std::num::NonZeroUsize;
use std::sync::LazyLock;

use lru::LruCache;
use regex::{Captures, Regex};

use super::gazetteer::{City, Gazetteer, gazetteer};
use super::text::{clean_line, fold_words};
use crate::postings::model::Location;
use crate::postings::sources::model::RawLocation;

/// Longest place text that is kept, in characters.
const MAX_PLACE_CHARS: usize = 120;
/// No opening has more places than this; a source that lists more is cut.
const MAX_PLACES: usize = 100;
/// Texts whose places a thread holds.
const TEXTS_HELD: NonZeroUsize = NonZeroUsize::new(256).expect("256 is not zero");

/// Words of a place's text that say how the work is done and not where.
static WORKPLACE_WORDS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?ix) \( \s* (?: hybrid | remote | on-?\s?site | onsite | preferred | in[\s-]office | m/w/d ) [^)]* \) | [,\s–-]* (?-u:\b) (?:
            (?:100\s?%\s*|fully\s+|partially\s+)? remote (?:[\s-]+(?:first|friendly|eligible|ok|position|option(?:al)?|possible|work|only|based))?
            | hybrid (?:[\s-]+(?:remote|work|role))? | on-?\s?site | in[\s-]office | work\s+from\s+home | wfh | home\s?-?office | telecommute | virtual
            | anywhere | flexible | teletrabajo | t[ée]l[ée]travail | h[íi]brido | remoto | home\s+based
        ) (?-u:\b) (?: \s+ (?:in|within|from|-|–) (?-u:\b) )? [\s,:–/-]*",
    )
    .expect("the pattern is constant")
});

/// Texts that name no place.
static NO_PLACE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^(?:multiple|various|several|many|all|different)?\s*(?:us|u\.s\.|global)?\s*(?:locations?|cities|offices|sites|places|standorte)$|^(?:\d+ )?locations?$|^multiple$|^various$|^n/?a$|^tbd$|^any(?:where)?$|^global(?:ly)?$|^worldwide$|^\W*$")
        .expect("the pattern is constant")
});

/// A place of the form `CA` of `Chicago, IL Atlanta, GA`, behind which another one begins.
static STATE_THEN_CITY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(,\s?[A-Z]{2})\s+(\p{Lu}[\p{L}'.]+)").expect("the pattern is constant")
});

/// All places that a source states, told apart and without repetition, in its order.
#[must_use]
pub fn places(raw: &[RawLocation]) -> Vec<Location> {
    let mut found: Vec<Location> = Vec::new();
    for place in raw.iter().take(MAX_PLACES).flat_map(places_of) {
        let known = found.iter().any(|other| {
            other.text.eq_ignore_ascii_case(&place.text)
                || place.city.is_some()
                    && (&other.city, &other.region, &other.country)
                        == (&place.city, &place.region, &place.country)
        });
        if !known && found.len() < MAX_PLACES {
            found.push(place);
        }
    }
    found
}

fn places_of(raw: &RawLocation) -> Vec<Location> {
    let text = raw.text.as_deref().map(line).unwrap_or_default();
    let [city, region, country] = [&raw.city, &raw.region, &raw.country]
        .map(|part| part.as_deref().map(line).filter(|part| !part.is_empty()));
    if city.is_none() && region.is_none() && country.is_none() {
        return places_of_text(&text);
    }
    let mut place = structured(city.as_deref(), region.as_deref(), country.as_deref());
    place.text = if text.is_empty() {
        [city, region, country]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(", ")
    } else {
        text
    };
    vec![place]
}

/// The places of a text. A source names the same ones again and again, so each thread holds some.
fn places_of_text(text: &str) -> Vec<Location> {
    thread_local! {
        static READ: RefCell<LruCache<String, Vec<Location>>> = RefCell::new(LruCache::new(TEXTS_HELD));
    }
    let known = READ.with_borrow_mut(|read| read.get(text).cloned());
    known.unwrap_or_else(|| {
        let parts = split(text);
        let places: Vec<Location> = parts.iter().map(|part| place_of_text(part)).collect();
        READ.with_borrow_mut(|read| read.put(text.to_owned(), places.clone()));
        places
    })
}

fn line(text: &str) -> String {
    clean_line(text, MAX_PLACE_CHARS * 10)
}

/// The parts of a text that lists several places.
fn split(text: &str) -> Vec<String> {
    let table = gazetteer();
    let mut parts = Vec::new();
    let spaced = STATE_THEN_CITY.replace_all(text, |found: &Captures<'_>| {
        let joint = if WORKPLACE_WORDS.is_match(&found[2]) {
            ' '
        } else {
            ';'
        };
        format!("{}{joint}{}", &found[1], &found[2])
    });
    for part in spaced.split([';', '|', '•', '·', '\n']) {
        let part = part.trim();
        // Whatever is a name of its own is not split: `Trinidad and Tobago`.
        if part.is_empty()
            || table.country(&fold_words(part)).is_some()
            || !table.regions(&fold_words(part)).is_empty()
        {
            if !part.is_empty() {
                parts.push(part.to_owned());
            }
            continue;
        }
        parts.extend(split_alternatives(part));
    }
    if parts.is_empty() && !text.is_empty() {
        parts.push(text.to_owned());
    }
    parts.truncate(MAX_PLACES);
    parts
        .into_iter()
        .map(|part| clean_line(&part, MAX_PLACE_CHARS))
        .collect()
}

/// Splits at `/`, `or`, `and`, `&`, where what stands on the left is a known place.
fn split_alternatives(part: &str) -> Vec<String> {
    static JOINT: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)\s*/\s*|\s+(?:or|and|oder|und|et|ou|y|o)\s+|\s+&\s+")
            .expect("the pattern is constant")
    });
    let pieces: Vec<&str> = JOINT
        .split(part)
        .map(str::trim)
        .filter(|piece| !piece.is_empty())
        .collect();
    let known = |piece: &&str| {
        let place = place_of_text(piece);
        place.city.is_some() && place.country.is_some()
            || place.country.is_some()
            || place.region.is_some()
            || WORKPLACE_WORDS.is_match(piece)
    };
    let all_known =
        pieces.len() > 1 && pieces.iter().filter(|piece| known(piece)).count() * 2 > pieces.len();
    if all_known {
        pieces.into_iter().map(str::to_owned).collect()
    } else {
        vec![part.to_owned()]
    }
}

fn place_of_text(text: &str) -> Location {
    let mut place = read_text(text);
    text.clone_into(&mut place.text);
    place
}

fn read_text(text: &str) -> Location {
    let where_only = WORKPLACE_WORDS.replace_all(text, " , ");
    let where_only = where_only.trim_matches(|c: char| c.is_whitespace() || ",-–:".contains(c));
    if NO_PLACE.is_match(where_only) {
        return Location::default();
    }
    let table = gazetteer();
    // `Washington, DC` and the like are names of their own, comma and all.
    if let Some(city) = table.city_alone(&fold_words(where_only)) {
        return of_city(city);
    }
    let parts = parts(where_only);
    match parts.as_slice() {
        [] => Location::default(),
        [one] => lone(table, one),
        [country, rest @ ..] if is_country_first(table, country, rest) => {
            let is_city = |part: &&str| {
                rest.len() > 1
                    || table.regions(&fold_words(part)).is_empty()
                    || !table.cities(&fold_words(part)).is_empty()
            };
            structured(
                rest.last().copied().filter(is_city),
                rest.first().copied(),
                Some(country),
            )
        }
        [city, .., country]
            if table.country(&fold_words(country)).is_some()
                && is_country_last(table, city, country) =>
        {
            let region = parts
                .len()
                .checked_sub(2)
                .filter(|&at| at > 0)
                .and_then(|at| parts.get(at))
                .copied();
            let city_is_region = region.is_none()
                && table.cities(&fold_words(city)).is_empty()
                && !table.regions(&fold_words(city)).is_empty();
            if city_is_region {
                structured(None, Some(city), Some(country))
            } else {
                structured(Some(city), region, Some(country))
            }
        }
        [city, .., region] if !table.regions(&fold_words(region)).is_empty() => {
            structured(Some(city), Some(region), None)
        }
        // `Iselin, Somewhere`: the first part that is known by itself.
        several => several
            .iter()
            .map(|part| lone(table, part))
            .find(|place| place.country.is_some())
            .unwrap_or_default(),
    }
}

/// Parts of a place's text: at commas and brackets, at spaced dashes, and at the dashes of `US-IL-Niles`.
fn parts(text: &str) -> Vec<&str> {
    static CODED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^[A-Z]{2,3}-(?:[A-Z]{2}-)?\p{L}").expect("the pattern is constant")
    });
    let coded = CODED.is_match(text);
    let mut parts: Vec<&str> = Vec::new();
    for part in text.split([',', '(', ')', '[', ']']) {
        if coded {
            parts.extend(part.splitn(3, '-'));
        } else {
            parts.extend(part.split(" - ").flat_map(|part| part.split(" – ")));
        }
    }
    parts.retain_mut(|part| {
        *part = part.trim_matches(|c: char| c.is_whitespace() || "-–:./".contains(c) && c != '.');
        !part.is_empty()
    });
    parts
}

/// One name without anything around it.
fn lone(table: &Gazetteer, text: &str) -> Location {
    let folded = fold_words(text);
    if let Some(city) = table.city_alone(&folded) {
        return of_city(city);
    }
    let country = table.country(&folded);
    let regions = table.regions(&folded);
    match (country, regions) {
        // `Georgia` and, in lower case, `ca`: two answers are none. A country's code in capitals is meant as such, unless
        // it is also a state's.
        (Some(_), [_, ..]) => Location::default(),
        (Some(country), []) => Location {
            country: Some(country.to_owned()),
            ..Location::default()
        },
        (None, [region]) => Location {
            region: Some(region.code.to_owned()),
            country: Some(region.country.to_owned()),
            ..Location::default()
        },
        (None, _) => without_comma(table, text)
            .or_else(|| without_filler(&folded).map(|shorter| lone(table, &shorter)))
            .unwrap_or_default(),
    }
}

/// `Sunnyvale CA`, `San Jose US`: a code in capitals behind a city, where the comma was forgotten.
fn without_comma(table: &Gazetteer, text: &str) -> Option<Location> {
    let (city, code) = text.trim_end_matches('.').rsplit_once(' ')?;
    let is_code = (2..=3).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_uppercase());
    let folded = fold_words(code);
    if !is_code || table.cities(&fold_words(city)).is_empty() {
        return None;
    }
    if !table.regions(&folded).is_empty() && !is_country_last(table, city, code) {
        return Some(structured(Some(city), Some(code), None));
    }
    table
        .country(&folded)
        .map(|_| structured(Some(city), None, Some(code)))
}

/// `greater boston area`, `us based`, `metro dallas`: the name within, if there is filler at all.
fn without_filler(folded: &str) -> Option<String> {
    const FILLER: &[&str] = &[
        "greater",
        "area",
        "metro",
        "metropolitan",
        "city",
        "based",
        "in",
        "within",
        "from",
        "the",
        "region",
        "office",
        "hq",
        "headquarters",
        "downtown",
        "preferred",
        "only",
        "state",
        "of",
        "campus",
        "raum",
    ];
    let words: Vec<&str> = folded.split(' ').collect();
    let kept: Vec<&str> = words
        .iter()
        .copied()
        .filter(|word| !FILLER.contains(word) && !word.chars().all(|c| c.is_ascii_digit()))
        .collect();
    (kept.len() < words.len() && !kept.is_empty()).then(|| kept.join(" "))
}

fn is_country_first(table: &Gazetteer, first: &str, rest: &[&str]) -> bool {
    let folded = fold_words(first);
    let Some(country) = table.country(&folded) else {
        return false;
    };
    // A name that is also a city's or a state's comes first as such: `Luxembourg, Luxembourg`, `Georgia, US`.
    let last_is_country = rest.last().is_some_and(|last| {
        table.country(&fold_words(last)).is_some() && !is_region_of(table, last, country)
    });
    table.cities(&folded).is_empty() && !last_is_country
}

fn is_region_of(table: &Gazetteer, name: &str, country: &str) -> bool {
    table
        .regions(&fold_words(name))
        .iter()
        .any(|region| region.country == country)
}

/// Whether the last part means a country where it could also mean a state: `Berlin, DE`, `Austin, CA`, `Tbilisi, Georgia`.
fn is_country_last(table: &Gazetteer, city: &str, last: &str) -> bool {
    let folded = fold_words(last);
    let regions = table.regions(&folded);
    if regions.is_empty() {
        return true;
    }
    table.country(&folded).is_some_and(|country| {
        table
            .cities(&fold_words(city))
            .iter()
            .any(|known| known.country == country)
    }) && !table.cities(&fold_words(city)).iter().any(|known| {
        regions
            .iter()
            .any(|region| region.code == known.region && region.country == known.country)
    })
}

/// A place of which the parts are told apart.
fn structured(city: Option<&str>, region: Option<&str>, country: Option<&str>) -> Location {
    let table = gazetteer();
    let mut code = country.and_then(|country| table.country(&fold_words(country)));
    let mut regions: Vec<_> = region
        .map(|region| table.regions(&fold_words(region)).to_vec())
        .unwrap_or_default();
    if let Some(code) = code {
        regions.retain(|region| region.country == code);
    }
    let cities = city
        .map(|city| table.cities(&fold_words(city)))
        .unwrap_or_default();
    let fits = |known: &&City| {
        code.is_none_or(|code| code == known.country)
            && (regions.is_empty() || regions.iter().any(|region| region.country == known.country))
    };
    let exact = cities
        .iter()
        .find(|known| fits(known) && regions.iter().any(|region| region.code == known.region));
    let known = exact.or_else(|| {
        cities
            .iter()
            .filter(fits)
            .find(|known| code.is_some() || !regions.is_empty() || known.alone)
    });
    // `Springfield, IL` names no city of the table; a two-letter state then decides, if it is one country's only.
    let single = match regions.as_slice() {
        [one] => Some(*one),
        many => known
            .and_then(|known| many.iter().find(|region| region.country == known.country))
            .or_else(|| {
                many.iter()
                    .find(|region| region.country == "US" && region.code.len() == 2)
            })
            .copied(),
    };
    let ambiguous_country = country.is_none()
        && region
            .is_some_and(|region| region.len() > 2 && table.country(&fold_words(region)).is_some());
    let region_country = single
        .map(|region| region.country)
        .filter(|_| !ambiguous_country || known.is_some());
    code = code
        .or(region_country)
        .or_else(|| known.map(|known| known.country));
    let agreed = known.filter(|known| {
        single.is_none_or(|single| {
            known.region.is_empty() || known.region == single.code || known.country != "US"
        })
    });
    Location {
        text: String::new(),
        city: agreed
            .map(|known| known.name.to_owned())
            .or_else(|| city.map(str::to_owned)),
        region: single
            .filter(|_| region_country.is_some() || code.is_some())
            .map(|region| region.code.to_owned())
            .or_else(|| {
                agreed
                    .map(|known| known.region.to_owned())
                    .filter(|region| !region.is_empty())
            })
            .or_else(|| {
                region
                    .filter(|region| {
                        table.country(&fold_words(region)).is_none() && city != Some(region)
                    })
                    .map(str::to_owned)
            }),
        country: code.map(str::to_owned),
    }
}

fn of_city(city: City) -> Location {
    Location {
        text: String::new(),
        city: Some(city.name.to_owned()),
        region: Some(city.region.to_owned()).filter(|region| !region.is_empty()),
        country: Some(city.country.to_owned()),
    }
}

#[cfg(test)]
#[path = "place_tests.rs"]
mod tests;
