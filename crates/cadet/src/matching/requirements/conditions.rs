//! Conditions beside skills: years of work, studies, graduation, the right to work, clearance, place.

use std::sync::LazyLock;

use regex::Regex;

use super::passages::{Passage, Tone, quote};
use crate::matching::model::{Asked, Need, Requirement};
use crate::postings::model::{Degree, Fact, NormalPosting, Workplace};

/// Years beyond which a number speaks of something else.
const MOST_YEARS: u8 = 20;

static YEARS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(\d{1,2})\s*(?:\+|plus)?\s*(?:(?:-|–|to|bis|à|a|till)\s*\d{1,2}\s*\+?\s*)?(?:years?\b|yrs?\b|jahren?\b|jahre?\b|ans?\b|années?\b|años?\b|anos?\b|anni\b|anno\b|lata?\b|jaar\b|år\b)").expect("the pattern is constant")
});
static EXPERIENCE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)experience|years? working|years? as an? |erfahrung|praxis|expérience|experiencia|experiência|esperienza|doświadczen|ervaring|erfarenhet").expect("the pattern is constant")
});
static OTHER_YEARS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)years? old|for (?:over|more than|the (?:last|past))|last \d+|past \d+|founded|since|seit|depuis|desde|our team|combined|unternehmen|enrolled|of stud(?:y|ies)|semester").expect("the pattern is constant")
});
static CLEARANCE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)security clearance|\bclearance (?:is )?(?:required|needed)|(?:obtain|hold|maintain|active|secret|ts/sci)\b[^.]{0,40}\bclearance|sicherheitsüberprüfung|habilitation (?:secret|de sécurité|défense)|\bts/sci\b|habilitación de seguridad|\bdv clear").expect("the pattern is constant")
});

/// Years of work that a text asks for: the fewest of all that it names.
pub(super) fn years(text: &str, passages: &[Passage]) -> Option<Requirement> {
    let asking = passages.iter().filter(|one| one.tone != Tone::Aside);
    let named = asking.filter_map(|passage| {
        let sentence = text.get(passage.range.clone())?;
        if !EXPERIENCE.is_match(sentence) || OTHER_YEARS.is_match(sentence) {
            return None;
        }
        let years: u8 = YEARS.captures(sentence)?.get(1)?.as_str().parse().ok()?;
        (1..=MOST_YEARS)
            .contains(&years)
            .then_some((years, passage, sentence))
    });
    let (at_least, passage, sentence) = named.min_by_key(|(years, ..)| *years)?;
    let need = match passage.tone {
        Tone::Asks(need) => need,
        _ => Need::Must,
    };
    Some(Requirement {
        asked: Asked::Years { at_least },
        need,
        sentence: quote(sentence),
    })
}

/// Whether a clearance by the state is asked for.
pub(super) fn clearance(text: &str, passages: &[Passage]) -> Option<Requirement> {
    let sentences = passages
        .iter()
        .filter_map(|one| text.get(one.range.clone()));
    let mut asking = sentences.filter(|sentence| CLEARANCE.is_match(sentence));
    asking
        .next()
        .map(|sentence| must(Asked::Clearance, quote(sentence)))
}

/// What the posting's facts and fields ask for.
pub(super) fn of_facts(posting: &NormalPosting) -> Vec<Requirement> {
    let facts = &posting.facts;
    let degree = facts.degree.as_ref();
    let degree = degree.filter(|fact| fact.value != Degree::None);
    let degree = degree.map(|fact| {
        must(
            Asked::Degree {
                at_least: fact.value,
            },
            words(fact),
        )
    });
    let graduation = facts.graduation.as_ref().map(|fact| {
        let window = fact.value.clone();
        let asked = Asked::Graduation {
            from: window.from,
            to: window.to,
        };
        must(asked, words(fact))
    });
    let all = [degree, graduation, authorisation(posting), place(posting)];
    all.into_iter().flatten().collect()
}

fn must(asked: Asked, sentence: String) -> Requirement {
    Requirement {
        asked,
        need: Need::Must,
        sentence,
    }
}

fn words<T>(fact: &Fact<T>) -> String {
    quote(&fact.quote)
}

/// The right to work; nothing where neither a country is named nor anything is said.
fn authorisation(posting: &NormalPosting) -> Option<Requirement> {
    let said = posting.facts.sponsorship.as_ref();
    let countries = countries_of_work(posting);
    if countries.is_empty() && said.is_none() {
        return None;
    }
    let asked = Asked::Authorisation {
        countries,
        said: said.map(|fact| fact.value),
    };
    Some(must(asked, said.map(words).unwrap_or_default()))
}

/// Where one has to be; nothing for work that may be done from anywhere.
fn place(posting: &NormalPosting) -> Option<Requirement> {
    let remote = posting.workplace == Some(Workplace::Remote);
    let countries = countries_of_work(posting);
    if countries.is_empty() {
        return None;
    }
    let area = posting.facts.remote_in.as_ref().filter(|_| remote);
    let sentence = area.map(words).unwrap_or_else(|| {
        let places: Vec<&str> = posting
            .locations
            .iter()
            .map(|place| place.text.as_str())
            .collect();
        quote(&places.join("; "))
    });
    Some(must(Asked::Place { countries, remote }, sentence))
}

/// The countries of the places, or of remote work those from which it may be done; each once.
fn countries_of_work(posting: &NormalPosting) -> Vec<String> {
    let area = posting.facts.remote_in.as_ref();
    let area = area.filter(|_| posting.workplace == Some(Workplace::Remote));
    let mut countries: Vec<String> = match area {
        Some(area) if area.value.worldwide => return Vec::new(),
        Some(area) if !area.value.countries.is_empty() => area.value.countries.clone(),
        _ => {
            let places = posting.locations.iter();
            places.filter_map(|place| place.country.clone()).collect()
        }
    };
    let mut seen = std::collections::HashSet::new();
    countries.retain(|country| country.len() == 2 && seen.insert(country.clone()));
    countries
}
