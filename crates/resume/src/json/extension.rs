//! The keys beyond the schema that our own files carry.

use serde_json::{Map, Value, json};

use crate::{EntryId, Extra, Highlight};

/// Marks a document as our own, at the top: `{"version": 1, "lastNumber": 7}`.
pub const MARK: &str = "x-resume";
/// The id of an entry.
pub const ID: &str = "x-id";
/// What the bullets of an entry are beyond their text: `[{"id": "...", "text": "...", "variants": [...], "tags": [...]}]`.
pub const BULLETS: &str = "x-bullets";
/// Values that may not stand in their own place, since the schema or a reader gives their key another meaning.
pub const KEPT: &str = "x-kept";

/// The number in the mark of an own document; none for any other document.
pub fn last_number(root: &Map<String, Value>) -> Option<u32> {
    let mark = root.get(MARK)?.as_object()?;
    let known = mark.len() == 2 && mark.get("version") == Some(&json!(1));
    let number = mark.get("lastNumber")?.as_u64()?;
    known.then(|| u32::try_from(number).ok()).flatten()
}

/// The mark of an own document.
pub fn mark(last_number: u32) -> Value {
    json!({"version": 1, "lastNumber": last_number})
}

/// Whether a key is one of ours.
pub fn is_own(key: &str) -> bool {
    [MARK, ID, BULLETS, KEPT].contains(&key)
}

/// What the bullets are beyond their text; none when all of them are nothing more.
pub fn bullets(highlights: &[Highlight]) -> Option<Value> {
    let plain = Highlight::default();
    let more =
        |h: &Highlight| (&h.id, &h.variants, &h.tags) != (&plain.id, &plain.variants, &plain.tags);
    highlights.iter().any(more).then(|| {
        let each = highlights.iter().map(|h| {
            let mut map = Map::new();
            map.insert("id".into(), json!(h.id));
            map.insert("text".into(), json!(h.text));
            if !h.variants.is_empty() {
                map.insert("variants".into(), json!(h.variants));
            }
            if !h.tags.is_empty() {
                map.insert("tags".into(), json!(h.tags));
            }
            Value::Object(map)
        });
        Value::Array(each.collect())
    })
}

/// Gives the bullets of `texts` back what they were beyond their text. A bullet whose text was changed elsewhere is a new one.
pub fn highlights(texts: Vec<String>, more: Option<Value>) -> Vec<Highlight> {
    let mut known: Vec<Option<Highlight>> = more
        .and_then(|value| serde_json::from_value::<Vec<Highlight>>(value).ok())
        .unwrap_or_default()
        .into_iter()
        .map(Some)
        .collect();
    let mut by_text: std::collections::HashMap<String, Vec<usize>> =
        std::collections::HashMap::new();
    for (index, highlight) in known.iter().enumerate().rev() {
        let text = highlight
            .as_ref()
            .map(|h| h.text.clone())
            .unwrap_or_default();
        by_text.entry(text).or_default().push(index);
    }
    let known = &mut known;
    let each = texts.into_iter().map(|text| {
        let index = by_text.get_mut(&text).and_then(Vec::pop);
        let found = index.and_then(|index| known.get_mut(index)?.take());
        found.unwrap_or(Highlight {
            id: EntryId::default(),
            text,
            ..Highlight::default()
        })
    });
    each.collect()
}

/// Splits what no field holds into what may stand in its own place and what may not.
pub fn split(extra: &Extra, means: impl Fn(&str) -> bool) -> (Extra, Extra) {
    let mut own_place = Extra::new();
    let mut kept = Extra::new();
    for (key, value) in extra {
        let to = if means(key) || is_own(key) {
            &mut kept
        } else {
            &mut own_place
        };
        to.insert(key.clone(), value.clone());
    }
    (own_place, kept)
}
