//! Reading one JSON record leniently: a field of an unexpected type is an absent field, never a lost record.

use std::collections::{HashMap, HashSet};

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::model::{RawDate, RawPosting, RecordProblem};

/// The text at a JSON pointer, trimmed; numbers count as text. `None` if it is absent, empty or something else.
pub(super) fn text(value: &Value, pointer: &str) -> Option<String> {
    scalar(value.pointer(pointer)?)
}

/// The first of several pointers that holds a text.
pub(super) fn first_text(value: &Value, pointers: &[&str]) -> Option<String> {
    pointers.iter().find_map(|pointer| text(value, pointer))
}

/// A string or number as trimmed text.
pub(super) fn scalar(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

/// The items of the array at a pointer; a single object counts as an array of one.
pub(super) fn items<'a>(value: &'a Value, pointer: &str) -> &'a [Value] {
    match value.pointer(pointer) {
        Some(Value::Array(items)) => items,
        Some(one @ (Value::Object(_) | Value::String(_))) => std::slice::from_ref(one),
        _ => &[],
    }
}

/// A number, also when it is written as text with thousands separators (`"85,000"`, `"42.50"`).
pub(super) fn number(value: &Value, pointer: &str) -> Option<f64> {
    let number = match value.pointer(pointer)? {
        Value::Number(number) => number.as_f64()?,
        Value::String(text) => text.trim().replace([',', ' ', '\u{a0}'], "").parse().ok()?,
        _ => return None,
    };
    number.is_finite().then_some(number)
}

/// A date written as text. What it means is judged later; a year 9999 passes here.
pub(super) fn date(value: &Value, pointer: &str) -> Option<RawDate> {
    match value.pointer(pointer)? {
        Value::String(_) => text(value, pointer).map(RawDate::Text),
        Value::Number(number) => epoch(number.as_f64()?),
        _ => None,
    }
}

/// Seconds or milliseconds since the epoch, told apart by size: up to the year 2001 milliseconds would be fewer than
/// any seconds beyond the year 33000, and no posting is that old.
#[expect(
    clippy::cast_possible_truncation,
    reason = "a float outside of i64 is held to its ends"
)]
pub(super) fn epoch(number: f64) -> Option<RawDate> {
    match number {
        n if !n.is_finite() || n <= 0.0 => None,
        n if n < 1e12 => Some(RawDate::Seconds(n as i64)),
        n => Some(RawDate::Millis(n as i64)),
    }
}

/// The record without the fields that stand elsewhere in the posting.
pub(super) fn without(record: &Value, left_out: &[&str]) -> Value {
    match record {
        Value::Object(fields) => fields
            .iter()
            .filter(|(key, _)| !left_out.contains(&key.as_str()))
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect::<serde_json::Map<_, _>>()
            .into(),
        other => other.clone(),
    }
}

/// A web address, or nothing: sources hold `javascript:`, `n/a` and worse in their link fields.
pub(super) fn web_address(text: Option<String>) -> Option<String> {
    let text = text?;
    let parsed = url::Url::parse(&text).ok()?;
    matches!(parsed.scheme(), "http" | "https").then_some(text)
}

/// Makes external ids unique within an answer, without losing a posting.
///
/// Records that repeat an id and everything that tells openings apart are one posting; the later one of the answer stays.
/// Records that share an id but differ in address, employer or title are different openings: the first keeps the id, each
/// other one gets it with a digest of what makes it different, which stays the same from poll to poll.
pub(super) fn with_unique_ids(
    postings: Vec<RawPosting>,
    problems: &mut Vec<RecordProblem>,
) -> Vec<RawPosting> {
    let mut firsts: HashMap<String, [u8; 8]> = HashMap::new();
    let mut at: HashMap<String, usize> = HashMap::new();
    let mut reported = HashSet::new();
    let mut unique: Vec<RawPosting> = Vec::with_capacity(postings.len());
    for mut posting in postings {
        let digest = identity(&posting);
        let first = *firsts.entry(posting.external_id.clone()).or_insert(digest);
        if first != digest {
            if reported.insert(posting.external_id.clone()) {
                let message = "several openings have this id; they were told apart by address, employer and title".to_owned();
                problems.push(RecordProblem {
                    at: format!("id {}", posting.external_id),
                    message,
                });
            }
            posting.external_id = format!("{}~{}", posting.external_id, hex(&digest));
        }
        match at.get(&posting.external_id) {
            Some(index) => unique[*index] = posting,
            None => {
                at.insert(posting.external_id.clone(), unique.len());
                unique.push(posting);
            }
        }
    }
    unique
}

fn identity(posting: &RawPosting) -> [u8; 8] {
    digest(&[
        &posting.url,
        posting.company.as_deref().unwrap_or_default(),
        posting.title.trim(),
    ])
}

/// A short digest of several texts, for ids that must stay the same from poll to poll.
pub(super) fn digest(parts: &[&str]) -> [u8; 8] {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part.as_bytes());
        hasher.update([0]);
    }
    let whole: [u8; 32] = hasher.finalize().into();
    let mut short = [0; 8];
    short.copy_from_slice(&whole[..8]);
    short
}

/// Bytes in hexadecimal.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
