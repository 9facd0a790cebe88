//! Profile: which fields a source fills and how often, from a sample of each poll, so that a change of its format is seen.
//! Pure.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::model::RawPosting;

/// Records of a poll that are looked at.
const SAMPLE: usize = 50;
/// Levels of a record that are looked at.
const DEPTH: usize = 3;
/// Items of a list that are looked at.
const ITEMS: usize = 3;
/// Fields kept of a source.
const FIELDS: usize = 150;
/// Fewer records say nothing of a format.
const ENOUGH: u32 = 5;
/// A field that so many percent of records fill is a part of the format.
const ALWAYS: u8 = 90;
/// A field that so few percent fill is gone.
const HARDLY: u8 = 10;
/// A field that was never there and that so many percent fill is new.
const OFTEN: u8 = 50;
/// Polls after which a changed format is the usual one.
const ODD_POLLS: u32 = 20;
/// How much the newest poll counts beside all before, in percent.
const WEIGHT: u32 = 20;
/// Records after which more of them make a profile no surer.
const SAMPLES_COUNTED: u32 = 10_000;

/// How often records fill each field.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// Records that it rests on.
    pub samples: u32,
    /// Path of a field to the percent of records that fill it.
    pub fields: BTreeMap<String, u8>,
    /// Polls in a row that differed from it.
    #[serde(default)]
    pub odd_polls: u32,
}

/// How a poll's format differs from the usual one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Drift {
    /// Fields that nearly every record had and hardly any has now.
    pub missing: Vec<String>,
    /// Fields that no record had and many have now.
    pub unknown: Vec<String>,
}

impl Drift {
    /// Whether nothing differs.
    #[must_use]
    pub fn is_none(&self) -> bool {
        self.missing.is_empty() && self.unknown.is_empty()
    }
}

impl Profile {
    /// The profile of a sample of one poll's records, spread evenly over them. `None` where there is none.
    #[must_use]
    pub fn of(records: &[RawPosting]) -> Option<Self> {
        let step = records.len().div_ceil(SAMPLE).max(1);
        let mut counts: BTreeMap<String, u32> = BTreeMap::new();
        let mut samples = 0;
        for record in records.iter().step_by(step) {
            samples += 1;
            for path in filled(record) {
                *counts.entry(path).or_default() += 1;
            }
        }
        let mut fields: Vec<(String, u8)> = counts
            .into_iter()
            .map(|(path, count)| (path, percent(count, samples)))
            .collect();
        // Beyond the limit the rarest go, since they say least of the format.
        fields.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
        fields.truncate(FIELDS);
        (samples > 0).then(|| Self {
            samples,
            fields: fields.into_iter().collect(),
            odd_polls: 0,
        })
    }

    /// How `now` differs from this usual profile.
    #[must_use]
    pub fn drift(&self, now: &Self) -> Drift {
        if self.samples < ENOUGH || now.samples < ENOUGH {
            return Drift::default();
        }
        let rate = |profile: &Self, path: &str| profile.fields.get(path).copied().unwrap_or(0);
        let missing = self
            .fields
            .iter()
            .filter(|(path, usual)| **usual >= ALWAYS && rate(now, path) <= HARDLY);
        let unknown = now
            .fields
            .iter()
            .filter(|(path, often)| **often >= OFTEN && rate(self, path) == 0);
        Drift {
            missing: outermost(missing.map(|(path, _)| path)),
            unknown: outermost(unknown.map(|(path, _)| path)),
        }
    }

    /// The usual profile after a poll with the profile `now`. A format that differs becomes usual only after it has lasted.
    #[must_use]
    pub fn after(self, now: Self) -> Self {
        if !self.drift(&now).is_none() {
            return if self.odd_polls + 1 >= ODD_POLLS {
                now
            } else {
                Self {
                    odd_polls: self.odd_polls + 1,
                    ..self
                }
            };
        }
        let mut fields = BTreeMap::new();
        for path in self.fields.keys().chain(now.fields.keys()) {
            let rate = |profile: &Self| u32::from(profile.fields.get(path).copied().unwrap_or(0));
            let mixed = (rate(&self) * (100 - WEIGHT) + rate(&now) * WEIGHT).div_ceil(100);
            let mixed = u8::try_from(mixed.min(100)).unwrap_or(100);
            if fields.len() < FIELDS && mixed > 1 {
                fields.insert(path.clone(), mixed);
            }
        }
        Self {
            samples: (self.samples + now.samples).min(SAMPLES_COUNTED),
            fields,
            odd_polls: 0,
        }
    }
}

fn percent(count: u32, of: u32) -> u8 {
    u8::try_from((count * 100).div_ceil(of.max(1)).min(100)).unwrap_or(100)
}

/// Of several paths those that do not lie within another.
fn outermost<'a>(paths: impl Iterator<Item = &'a String>) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for path in paths {
        let inner = kept.iter().any(|outer| {
            path.strip_prefix(outer.as_str())
                .is_some_and(|rest| rest.starts_with(['.', '[']))
        });
        if !inner {
            kept.push(path.clone());
        }
    }
    kept
}

/// The paths that a record fills: as it came, and what the connector read of it, each once.
fn filled(record: &RawPosting) -> Vec<String> {
    let mut paths = Vec::new();
    walk(&record.raw, String::new(), DEPTH, &mut paths);
    let read = [
        ("address", !record.url.is_empty()),
        ("title", !record.title.trim().is_empty()),
        ("employer", record.company.is_some()),
        ("places", !record.locations.is_empty()),
        ("text", record.description.is_some()),
        ("pay", record.pay.is_some()),
        ("date posted", record.posted.is_some()),
        ("last day", record.deadline.is_some()),
    ];
    for (name, there) in read {
        if there {
            paths.push(format!("the {name}"));
        }
    }
    paths.sort_unstable();
    paths.dedup();
    paths
}

fn walk(value: &Value, path: String, depth: usize, paths: &mut Vec<String>) {
    if paths.len() >= FIELDS {
        return;
    }
    match value {
        Value::Null => {}
        Value::String(text) if text.trim().is_empty() => {}
        Value::Object(fields) if depth > 0 && !fields.is_empty() => {
            for (name, inner) in fields {
                let dot = if path.is_empty() { "" } else { "." };
                walk(inner, format!("{path}{dot}{name}"), depth - 1, paths);
            }
        }
        Value::Array(items) => {
            for item in items.iter().take(ITEMS) {
                walk(item, format!("{path}[]"), depth.saturating_sub(1), paths);
            }
        }
        Value::Object(fields) if fields.is_empty() => {}
        _ if path.is_empty() => {}
        _ => paths.push(path),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn records(count: usize, raw: &Value) -> Vec<RawPosting> {
        let record = RawPosting {
            title: "Backend Intern".into(),
            raw: raw.clone(),
            ..RawPosting::default()
        };
        vec![record; count]
    }

    fn profile(count: usize, raw: &Value) -> Profile {
        Profile::of(&records(count, raw)).expect("a profile")
    }

    #[test]
    fn fields_are_named_by_their_paths_and_empty_ones_are_not_filled() {
        let raw = json!({"id": 1, "location": {"name": "Berlin"}, "offices": [{"name": "HQ"}, {"name": null}], "note": " ", "tags": [], "meta": {}});
        let fields: Vec<_> = profile(7, &raw).fields.into_keys().collect();
        assert_eq!(
            fields,
            ["id", "location.name", "offices[].name", "the title"]
        );
    }

    #[test]
    fn of_a_large_poll_a_sample_is_looked_at() {
        let profile = profile(10_000, &json!({"id": 1}));
        assert_eq!(profile.samples as usize, SAMPLE);
        assert_eq!(profile.fields["id"], 100);
        assert_eq!(Profile::of(&[]), None);
    }

    #[test]
    fn a_field_that_is_gone_and_a_new_one_are_drift() {
        let usual = profile(20, &json!({"id": 1, "location": {"name": "Berlin"}}));
        let now = profile(
            20,
            &json!({"id": 1, "place": {"name": "Berlin", "code": "BER"}}),
        );
        let drift = usual.drift(&now);
        assert_eq!(drift.missing, ["location.name"]);
        assert_eq!(drift.unknown, ["place.code", "place.name"]);
        assert!(usual.drift(&usual).is_none());
    }

    #[test]
    fn a_few_records_are_no_drift() {
        let usual = profile(20, &json!({"id": 1, "team": "Data"}));
        assert!(usual.drift(&profile(3, &json!({"id": 1}))).is_none());
    }

    #[test]
    fn a_field_that_records_fill_now_and_then_is_no_drift() {
        let mut some = records(20, &json!({"id": 1}));
        for record in some.iter_mut().take(8) {
            record.raw = json!({"id": 1, "pay": 20});
        }
        let usual = Profile::of(&some).expect("a profile");
        assert!(usual.drift(&profile(20, &json!({"id": 1}))).is_none());
    }

    #[test]
    fn a_changed_format_is_told_until_it_has_lasted() {
        let mut usual = profile(20, &json!({"id": 1, "old": 1}));
        let now = profile(20, &json!({"id": 1, "new": 1}));
        let mut told = 0;
        while !usual.drift(&now).is_none() {
            usual = usual.after(now.clone());
            told += 1;
        }
        assert_eq!(told, ODD_POLLS);
    }

    #[test]
    fn a_profile_follows_slow_changes_without_a_word() {
        let mut usual = profile(50, &json!({"id": 1, "team": "Data"}));
        for share in (0..=10).rev() {
            let mut now = records(50, &json!({"id": 1}));
            for record in now.iter_mut().take(share * 5) {
                record.raw = json!({"id": 1, "team": "Data"});
            }
            let now = Profile::of(&now).expect("a profile");
            assert!(usual.drift(&now).is_none(), "at {share}");
            usual = usual.after(now.clone()).after(now);
        }
    }

    #[test]
    fn what_the_connector_could_not_read_any_more_is_drift() {
        let usual = profile(20, &json!({"id": 1}));
        let mut untitled = records(20, &json!({"id": 1}));
        for record in &mut untitled {
            record.title = String::new();
        }
        let now = Profile::of(&untitled).expect("a profile");
        assert_eq!(usual.drift(&now).missing, ["the title"]);
    }
}
