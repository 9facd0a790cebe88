//! schema.org `JobPosting` as microdata (`itemprop` on elements), brought into the shape that it has as JSON-LD.

use serde_json::{Map, Value, json};

use super::markup;
use crate::fetch::html::{self, Property};

/// Parts of the text in the order in which a reader wants them, after the description proper.
const TEXTS: [&str; 4] = [
    "description",
    "responsibilities",
    "qualifications",
    "incentives",
];

/// The page's posting as a `JobPosting` object; `None` if it has none. A page with several is a list and no posting's page.
pub(super) fn job_posting(page: &str) -> Option<Value> {
    // Reading a page costs far more than looking for the word that every such page holds.
    if !page.contains("itemprop") || !page.contains("JobPosting") {
        return None;
    }
    let properties = html::properties(page);
    let title = first(&properties, "title").or_else(|| first(&properties, "name"))?;
    let mut record = Map::new();
    record.insert("@type".to_owned(), json!("JobPosting"));
    record.insert("title".to_owned(), json!(title));
    for name in [
        "datePosted",
        "validThrough",
        "employmentType",
        "jobLocationType",
        "url",
        "inLanguage",
    ] {
        if let Some(value) = first(&properties, name) {
            record.insert(name.to_owned(), json!(value));
        }
    }
    if let Some(name) = organization(&properties) {
        record.insert("hiringOrganization".to_owned(), json!({ "name": name }));
    }
    let places = places(&properties);
    if !places.is_empty() {
        record.insert("jobLocation".to_owned(), json!(places));
    }
    if let Some(text) = text(&properties) {
        record.insert("description".to_owned(), json!(text));
    }
    Some(record.into())
}

fn value(property: &Property) -> Option<String> {
    let value = match &property.content {
        Some(content) => content.trim().to_owned(),
        None => markup::plain(&property.inner),
    };
    (!value.is_empty()).then_some(value)
}

fn first(properties: &[Property], name: &str) -> Option<String> {
    properties
        .iter()
        .filter(|property| property.name == name)
        .find_map(value)
}

/// The first `name` behind the organization's begin, or the organization's own text.
fn organization(properties: &[Property]) -> Option<String> {
    let at = properties
        .iter()
        .position(|property| property.name == "hiringOrganization")?;
    properties[at + 1..]
        .iter()
        .take(4)
        .find(|property| property.name == "name")
        .and_then(value)
        .or_else(|| value(&properties[at]).filter(|_| properties[at].item_type.is_none()))
}

/// A place begins with each `jobLocation`; parts of addresses before any place are the organization's.
fn places(properties: &[Property]) -> Vec<Value> {
    let mut places: Vec<Map<String, Value>> = Vec::new();
    for property in properties {
        match (property.name.as_str(), places.last_mut()) {
            ("jobLocation", _) => places.push(Map::new()),
            (part @ ("addressLocality" | "addressRegion" | "addressCountry"), Some(place)) => {
                if let Some(value) = value(property) {
                    place.entry(part).or_insert(json!(value));
                }
            }
            ("address", Some(place)) => {
                if let Some(value) = value(property).filter(|_| property.item_type.is_none()) {
                    place.entry("streetAddress").or_insert(json!(value));
                }
            }
            _ => {}
        }
    }
    places.retain(|place| !place.is_empty());
    places
        .into_iter()
        .map(|address| json!({ "@type": "Place", "address": address }))
        .collect()
}

/// The text, which may be in several parts; a part that stands within another is told once.
fn text(properties: &[Property]) -> Option<String> {
    let mut parts: Vec<&str> = Vec::new();
    for name in TEXTS {
        for property in properties.iter().filter(|property| property.name == name) {
            let inner = property.inner.trim();
            if !inner.is_empty() && !parts.iter().any(|part| part.contains(inner)) {
                parts.push(inner);
            }
        }
    }
    (!parts.is_empty()).then(|| parts.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_without_microdata_of_a_posting_has_none() {
        for page in [
            "",
            "<p>JobPosting</p>",
            "<p itemprop='x'>JobPosting</p>",
            "<div itemtype='JobPosting'><p itemprop='description'>t</p></div>",
        ] {
            assert_eq!(job_posting(page), None, "{page}");
        }
    }

    #[test]
    fn parts_of_the_text_are_joined_and_nested_ones_told_once() {
        let page = "<main itemtype='http://schema.org/JobPosting'><h1 itemprop='title'>T</h1>\
            <div itemprop='description'><p>one</p><div itemprop='responsibilities'><p>two</p></div></div>\
            <div itemprop='qualifications'><p>three</p></div></main>";
        let record = job_posting(page).unwrap();
        let text = record["description"].as_str().unwrap();
        assert_eq!(text.matches("two").count(), 1);
        assert!(text.contains("one") && text.contains("three"));
    }
}
