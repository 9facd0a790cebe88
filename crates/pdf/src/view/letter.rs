//! From data in the shape of a letter to the parts of a page.
//!
//! The shape: `sender` as JSON Resume's `basics`; `recipient` with `name`, `title`, `organization` and `address` (a text or a
//! list of lines); `place`, `date`, `subject`, `greeting`, `paragraphs` (texts), `closing`, `signature`, `enclosures` (texts).

use serde_json::Value;

use super::labels::Labels;
use super::{Document, Group, Letter, Part, dates, resume, take};

/// The parts of a letter.
pub fn document(data: &Value) -> Document {
    let labels = Labels::of(data);
    let part = |key: &str| take::text(data, key).map(|text| Part::new(key, text));
    let letter = Letter {
        recipient: recipient(data.get("recipient").unwrap_or(&Value::Null)),
        dated: dated(data, &labels),
        subject: part("subject"),
        greeting: part("greeting"),
        paragraphs: paragraphs(data),
        closing: part("closing"),
        signature: part("signature"),
        enclosures: enclosures(data, &labels),
    };
    Document {
        head: resume::head(data.get("sender").unwrap_or(&Value::Null), "sender"),
        sections: Vec::new(),
        letter: Some(letter),
    }
}

fn recipient(value: &Value) -> Vec<Part> {
    let path = "recipient";
    let lines = ["name", "title", "organization", "address"];
    let mut parts: Vec<Part> = lines
        .iter()
        .flat_map(|key| take::paragraphs(value, key, path))
        .collect();
    parts.extend(take::parts(value, "address", path));
    parts
}

/// Every text of `paragraphs`; a text of several paragraphs becomes several.
fn paragraphs(data: &Value) -> Vec<Part> {
    let texts = take::list(data, "paragraphs")
        .iter()
        .filter_map(take::plain)
        .enumerate();
    let split = |(index, text): (usize, String)| {
        let parts = text
            .split("\n\n")
            .map(|text| Part::new(format!("paragraphs[{index}]"), text.trim()));
        parts.collect::<Vec<_>>()
    };
    texts.flat_map(split).collect()
}

fn dated(data: &Value, labels: &Labels) -> Option<Part> {
    let date = take::text(data, "date").map(|date| dates::day(&date, labels));
    let text = match (take::text(data, "place"), date) {
        (Some(place), Some(date)) => labels
            .get("place_date")
            .replace("{place}", &place)
            .replace("{date}", &date),
        (place, date) => place.or(date)?,
    };
    Some(Part::new("date", text))
}

fn enclosures(data: &Value, labels: &Labels) -> Option<Group> {
    let items = take::list(data, "enclosures").iter().enumerate();
    let part = |(index, item)| {
        Some(Part::new(
            format!("enclosures[{index}]"),
            take::plain(item)?,
        ))
    };
    let items: Vec<Part> = items.filter_map(part).collect();
    (!items.is_empty()).then(|| Group {
        label: Some(Part::new("enclosures.label", labels.get("enclosures"))),
        level: None,
        items,
    })
}
