//! Normalising: from a posting as a source told it to one that can be compared, searched and quoted.
//!
//! Input: a [`RawPosting`] and what is known of its source. Output: a [`NormalPosting`], with where each field came from.
//! Pure, deterministic, without panics; a posting is only refused when it has neither a title nor an address.

pub mod address;
pub mod company;
pub mod date;
pub mod gazetteer;
pub mod html;
pub mod language;
mod markup;
mod origins;
pub mod pay;
pub mod place;
pub mod text;
pub mod workplace;

use self::date::Purpose;
use self::html::Description;
use self::origins::Origins;
use super::classify::sentences::{Sentences, Topic};
use super::classify::{self, Evidence};
use super::dedup;
use super::model::{
    BackendGrade, Dated, Employment, Fact, Facts, Location, NormalPosting, Origin, Pay,
    SkillMention, Workplace,
};
use super::sources::model::{RawDate, RawPosting, RawText, SourceAddress, SourceKind};
use crate::clock::Timestamp;
use crate::skills::SkillId;

/// Longest title, in characters.
pub const MAX_TITLE_CHARS: usize = 300;
/// Longest name of a company or department, in characters.
const MAX_NAME_CHARS: usize = 150;

/// What is known of the source that a posting came from.
#[derive(Clone, Copy, Debug)]
pub struct SourceInfo<'a> {
    /// Connector and address.
    pub address: &'a SourceAddress,
    /// The employer's or list's name; empty when unknown.
    pub name: &'a str,
}

/// Finds the skills in a text: each with the byte offsets where its words begin and end.
pub type SkillFinder<'a> = dyn Fn(&str) -> Vec<(SkillId, usize, usize)> + 'a;

/// Why a posting was refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NormaliseProblem {
    /// Neither a title nor an address.
    #[error(
        "the record has neither a title nor an address, so there is nothing to show; look at it in the source ({source_address}, id {external_id:?})"
    )]
    Empty {
        /// The source.
        source_address: String,
        /// The source's own id for the record.
        external_id: String,
    },
}

/// Normalises and classifies one posting.
///
/// # Errors
///
/// When the posting has neither a title nor an address.
pub fn normalise(
    raw: &RawPosting,
    source: SourceInfo<'_>,
    now: Timestamp,
    skills: &SkillFinder<'_>,
) -> Result<NormalPosting, NormaliseProblem> {
    let mut origins = Origins::default();
    let url = address::clean_address(&raw.url);
    let apply_url = raw
        .apply_url
        .as_deref()
        .map(address::clean_address)
        .filter(|url| !url.is_empty());
    let title = title(
        raw,
        source,
        if url.is_empty() {
            apply_url.as_deref().unwrap_or_default()
        } else {
            &url
        },
        &mut origins,
    )?;
    let company = company(raw, source, &url, &mut origins);
    let Description { html, text } = raw
        .description
        .as_ref()
        .map(html::describe)
        .unwrap_or_default();
    let is_excerpt = matches!(raw.description, Some(RawText::Excerpt(_)));
    origins.set_if("description", origin_of_text(is_excerpt), !text.is_empty());
    let sentences = Sentences::of(&text);
    let locations = place::places(&raw.locations);
    origins.set_if("locations", Origin::Source, !locations.is_empty());
    let country = locations.iter().find_map(|place| place.country.as_deref());
    let (mut facts, stated_employment) = facts(raw, source, &title, &sentences, country, now);
    if is_excerpt {
        forget_absences(&mut facts, &title);
    }
    let workplace = workplace(raw, &locations, &title, &sentences, &mut origins);
    if workplace == Some(Workplace::Remote) {
        facts.remote_in = classify::remote::area(&title, &locations, &sentences);
    }
    let pay = pay(raw, country, &facts, &mut origins);
    let employment = employment(&title, stated_employment, &facts, &mut origins);
    let keys = dedup::keys(
        &url,
        apply_url.as_deref().unwrap_or_default(),
        source.address,
        &raw.external_id,
    );
    let [posted, updated, deadline] = dates(raw, now, &facts, &mut origins);
    let department = department(raw, &mut origins);
    let language = language(raw, &text, &mut origins);
    let skills = mentions(&title, &text, skills);
    origins.set_if("url", Origin::Source, !url.is_empty());
    let stated = apply_url
        .as_ref()
        .map_or(Origin::Derived, |_| Origin::Source);
    origins.set("apply_url", stated);
    Ok(NormalPosting {
        company_key: company::company_key(&company),
        title_key: company::title_key(&title),
        title,
        company,
        locations,
        workplace,
        description_html: html,
        apply_url: apply_url.unwrap_or_else(|| url.clone()),
        url,
        keys,
        employment,
        department,
        language,
        posted,
        updated,
        deadline,
        pay,
        facts,
        skills,
        description_text: text,
        origins: origins.into_map(),
    })
}

const fn origin_of_text(is_excerpt: bool) -> Origin {
    if is_excerpt {
        Origin::Excerpt
    } else {
        Origin::Source
    }
}

fn title(
    raw: &RawPosting,
    source: SourceInfo<'_>,
    url: &str,
    origins: &mut Origins,
) -> Result<String, NormaliseProblem> {
    let title = text::clean_line(&raw.title, MAX_TITLE_CHARS);
    if !title.is_empty() {
        origins.set("title", Origin::Source);
        return Ok(title);
    }
    if url.is_empty() {
        return Err(NormaliseProblem::Empty {
            source_address: source.address.address.clone(),
            external_id: raw.external_id.clone(),
        });
    }
    origins.set("title", Origin::Url);
    Ok(title_of_address(url))
}

/// What an address calls its posting: the words of its last part that has any.
fn title_of_address(url: &str) -> String {
    let path = address::parse(url)
        .map(|url| url.path().to_owned())
        .unwrap_or_default();
    let words = path.rsplit('/').find(|part| {
        part.chars().filter(|c| c.is_alphabetic()).count() >= 5 && part.contains(['-', '_'])
    });
    let words = words
        .map(|part| text::clean_line(&part.replace(['-', '_'], " "), MAX_TITLE_CHARS))
        .unwrap_or_default();
    if words.is_empty() {
        "Untitled posting".to_owned()
    } else {
        words
    }
}

fn company(raw: &RawPosting, source: SourceInfo<'_>, url: &str, origins: &mut Origins) -> String {
    let named = raw
        .company
        .as_deref()
        .map(|name| text::clean_line(name, MAX_NAME_CHARS))
        .filter(|name| !name.is_empty());
    if let Some(name) = named {
        origins.set("company", Origin::Source);
        return name;
    }
    let name = text::clean_line(source.name, MAX_NAME_CHARS);
    if !name.is_empty() {
        origins.set("company", Origin::SourceName);
        return name;
    }
    origins.set("company", Origin::Url);
    let host = address::parse(url).and_then(|url| {
        url.host_str()
            .map(|host| host.trim_start_matches("www.").to_owned())
    });
    host.unwrap_or_else(|| source.address.address.clone())
}

fn workplace(
    raw: &RawPosting,
    locations: &[Location],
    title: &str,
    sentences: &Sentences<'_>,
    origins: &mut Origins,
) -> Option<Workplace> {
    let candidates = [
        (
            Origin::Source,
            raw.workplace.as_deref().and_then(workplace::of_field),
        ),
        (Origin::Location, of_places(locations)),
        (Origin::Title, workplace::of_line(title)),
    ];
    let found = candidates
        .into_iter()
        .find_map(|(origin, found)| Some((origin, found?)))
        .or_else(|| {
            let said = sentences
                .about(Topic::Workplace)
                .find_map(workplace::of_sentence);
            Some((Origin::Description, said?))
        });
    let (origin, workplace) = found?;
    origins.set("workplace", origin);
    Some(workplace)
}

/// What the places say together: `Berlin; Remote` may be done from either, which is hybrid for the one who chooses.
fn of_places(locations: &[Location]) -> Option<Workplace> {
    let said: Vec<Option<Workplace>> = locations
        .iter()
        .map(|place| workplace::of_line(&place.text))
        .collect();
    if said.contains(&Some(Workplace::Hybrid)) {
        return Some(Workplace::Hybrid);
    }
    if said.contains(&Some(Workplace::Remote)) {
        return Some(Workplace::Remote);
    }
    said.into_iter().flatten().next()
}

fn pay(
    raw: &RawPosting,
    country: Option<&str>,
    facts: &Facts,
    origins: &mut Origins,
) -> Option<Pay> {
    if let Some(pay) = raw
        .pay
        .as_ref()
        .and_then(|pay| pay::pay_of_data(pay, country))
    {
        origins.set("pay", Origin::Source);
        return Some(pay);
    }
    let said = facts.pay.as_ref()?;
    origins.set("pay", said.origin);
    Some(said.value.clone())
}

/// Employment as sources name it, in their words and codes.
fn employment_of_words(words: &str) -> Option<Employment> {
    let folded = text::fold_words(words).replace("full time intern", "intern");
    let has = |parts: &[&str]| parts.iter().any(|part| folded.contains(part));
    if has(&[
        "apprentic",
        "ausbildung",
        "alternance",
        "dual stud",
        "duales stud",
        "apprentissage",
    ]) {
        Some(Employment::Apprenticeship)
    } else if has(&[
        "internship",
        "praktik",
        "co op",
        "coop",
        "trainee",
        "working student",
        "werkstudent",
        "stage",
        "estagi",
        "practicas",
        "placement",
    ]) || folded.split(' ').any(|word| {
        matches!(
            word,
            "intern" | "interns" | "student" | "internfulltime" | "internparttime"
        )
    }) {
        Some(Employment::Internship)
    } else if has(&["contract", "freelance"]) {
        Some(Employment::Contract)
    } else if has(&["temporary", "seasonal", "fixed term", "temp", "befristet"]) {
        Some(Employment::Temporary)
    } else if has(&["part time", "parttime", "teilzeit", "temps partiel"]) {
        Some(Employment::PartTime)
    } else if has(&[
        "full time",
        "fulltime",
        "permanent",
        "regular",
        "vollzeit",
        "festanstellung",
        "cdi",
        "temps plein",
    ]) {
        Some(Employment::FullTime)
    } else {
        None
    }
}

/// An internship is one, whether it is full time or not; which kind of one, the title says.
fn employment(
    title: &str,
    stated: Option<Employment>,
    facts: &Facts,
    origins: &mut Origins,
) -> Option<Employment> {
    let internship = facts.internship.as_ref().filter(|fact| fact.value);
    let (employment, origin) = match (internship, stated) {
        (Some(_), Some(stated @ (Employment::Internship | Employment::Apprenticeship))) => {
            (stated, Origin::Source)
        }
        (Some(fact), _) if classify::internship::is_apprenticeship(title) => {
            (Employment::Apprenticeship, fact.origin)
        }
        (Some(fact), _) => (Employment::Internship, fact.origin),
        (None, stated) => (stated?, Origin::Source),
    };
    origins.set("employment", origin);
    Some(employment)
}

/// Posted, updated, deadline; a deadline that only the text states counts too.
fn dates(
    raw: &RawPosting,
    now: Timestamp,
    facts: &Facts,
    origins: &mut Origins,
) -> [Option<Dated>; 3] {
    let mut read = |field: &str, value: Option<&RawDate>, purpose: Purpose| {
        let dated = date::dated(value?, purpose, now)?;
        origins.set(field, Origin::Source);
        Some(dated)
    };
    let posted = read("posted", raw.posted.as_ref(), Purpose::Past);
    let updated = read("updated", raw.updated.as_ref(), Purpose::Past);
    let mut deadline = read("deadline", raw.deadline.as_ref(), Purpose::Deadline);
    if let (None, Some(said)) = (deadline, facts.deadline.as_ref()) {
        origins.set("deadline", said.origin);
        deadline = Some(said.value);
    }
    [posted, updated, deadline]
}

fn department(raw: &RawPosting, origins: &mut Origins) -> Option<String> {
    let department = text::clean_line(raw.department.as_deref()?, MAX_NAME_CHARS);
    origins.set_if("department", Origin::Source, !department.is_empty());
    Some(department).filter(|name| !name.is_empty())
}

/// What an excerpt does not say, the whole text may say: where the grade was lowered because of that, the title's counts.
fn forget_absences(facts: &mut Facts, title: &str) {
    let by_absence = |fact: &Fact<BackendGrade>| {
        fact.value == BackendGrade::No && fact.origin == Origin::Description
    };
    if facts.backend.as_ref().is_some_and(by_absence) {
        facts.backend = Some(Fact {
            value: classify::title(title).backend,
            quote: title.to_owned(),
            origin: Origin::Title,
        });
    }
}

/// The facts, and what the source's field says of employment.
fn facts(
    raw: &RawPosting,
    source: SourceInfo<'_>,
    title: &str,
    sentences: &Sentences<'_>,
    country: Option<&str>,
    now: Timestamp,
) -> (Facts, Option<Employment>) {
    let employment_words = raw
        .employment_type
        .as_deref()
        .map(|words| text::clean_line(words, MAX_NAME_CHARS))
        .unwrap_or_default();
    let employment = employment_of_words(&employment_words);
    let names_internships = |name: &str| text::fold(name).contains("internship");
    let facts = classify::facts(&Evidence {
        title,
        sentences,
        employment,
        employment_words: &employment_words,
        terms: &raw.terms,
        sponsorship: raw.sponsorship.as_deref(),
        from_internship_list: matches!(
            source.address.kind,
            SourceKind::Simplify | SourceKind::Markdown
        ) && (names_internships(source.name)
            || names_internships(&source.address.address)),
        country,
        now,
    });
    (facts, employment)
}

fn language(raw: &RawPosting, text: &str, origins: &mut Origins) -> Option<String> {
    if let Some(language) = raw.language.as_deref().and_then(language::language_of_tag) {
        origins.set("language", Origin::Source);
        return Some(language);
    }
    let language = language::language_of_text(text)?;
    origins.set("language", Origin::Description);
    Some(language)
}

fn mentions(title: &str, text: &str, skills: &SkillFinder<'_>) -> Vec<SkillMention> {
    [(Origin::Title, title), (Origin::Description, text)]
        .into_iter()
        .filter(|(_, text)| !text.is_empty())
        .flat_map(|(origin, text)| {
            skills(text)
                .into_iter()
                .map(move |(skill, start, end)| SkillMention {
                    skill,
                    origin,
                    start,
                    end,
                })
        })
        .collect()
}

#[cfg(test)]
#[path = "normalise_tests.rs"]
mod tests;
