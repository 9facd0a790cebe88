//! Several sightings, one posting: which fields win, and what a change is. Pure.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::model::{Location, NormalPosting};

/// Fields whose change is told to the reader. Dates of the source's own changes and derived keys are not among them.
const TOLD: [&str; 9] = [
    "title",
    "company",
    "locations",
    "workplace",
    "employment",
    "department",
    "pay",
    "deadline",
    "apply_url",
];
/// Lines of text kept for each side of a changed description.
const DIFF_LINES: usize = 60;

/// A posting joined from sightings.
#[derive(Clone, Debug)]
pub struct Merged {
    /// The fields after joining.
    pub posting: NormalPosting,
    /// How much the source is trusted that the fields come from.
    pub rank: i32,
    /// What changed; empty when nothing that is shown did.
    pub changes: Changes,
}

/// What changed in a posting: field -> before and after. For the description, lines taken out and put in.
pub type Changes = BTreeMap<String, Change>;

/// One changed field.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// A value became another.
    Value {
        /// What it was.
        before: Value,
        /// What it is.
        after: Value,
    },
    /// A text became another.
    Text {
        /// Lines that are no longer there.
        removed: Vec<String>,
        /// Lines that are new.
        added: Vec<String>,
    },
}

/// Joins `new`, from a source of `new_rank`, into what is `known` from a source of `known_rank`.
///
/// The more trusted source gives the fields (equal trust: the newer sighting, unless only the older one has a text); places and keys are those of all.
#[must_use]
pub fn merge(known: &NormalPosting, known_rank: i32, new: &NormalPosting, new_rank: i32) -> Merged {
    // A board's list may be told before the posting's own page, and then has no text to put in place of a sighting's that has.
    let tells_less = new_rank == known_rank
        && new.description_text.is_empty()
        && !known.description_text.is_empty();
    let takes_over = new_rank >= known_rank && !tells_less;
    let (lead, other) = if takes_over {
        (new, known)
    } else {
        (known, new)
    };
    let mut posting = lead.clone();
    if lead.has_excerpt() && !other.has_excerpt() && !other.description_text.is_empty() {
        keep_text(&mut posting, other);
    }
    posting.locations = union(&lead.locations, &other.locations);
    for key in &other.keys {
        if !posting.keys.contains(key) {
            posting.keys.push(key.clone());
        }
    }
    posting.posted = lead.posted.or(other.posted);
    posting.deadline = lead.deadline.or(other.deadline);
    let changes = differences(known, &posting);
    Merged {
        posting,
        rank: known_rank.max(new_rank),
        changes,
    }
}

/// The text of `other` and all that was read from it: an excerpt never takes the place of a text.
fn keep_text(posting: &mut NormalPosting, other: &NormalPosting) {
    posting.description_html.clone_from(&other.description_html);
    posting.description_text.clone_from(&other.description_text);
    posting.language.clone_from(&other.language);
    posting.facts.clone_from(&other.facts);
    posting.skills.clone_from(&other.skills);
    posting.pay = posting.pay.take().or_else(|| other.pay.clone());
    for field in ["description", "language"] {
        match other.origins.get(field) {
            Some(origin) => posting.origins.insert(field.to_owned(), *origin),
            None => posting.origins.remove(field),
        };
    }
}

/// The places of both, those of `first` in front. A place that says no more than one already there is left out.
pub(super) fn union(first: &[Location], second: &[Location]) -> Vec<Location> {
    let mut all = first.to_vec();
    for place in second {
        let known = all.iter().any(|have| {
            have == place
                || (have.city.is_some()
                    && have.city == place.city
                    && (place.country.is_none() || have.country == place.country))
                || (place.city.is_none()
                    && place.country == have.country
                    && place.country.is_some())
                || have.text.eq_ignore_ascii_case(&place.text)
        });
        if !known {
            all.push(place.clone());
        }
    }
    all
}

/// What differs between two states of a posting, in fields that are shown.
#[must_use]
pub fn differences(before: &NormalPosting, after: &NormalPosting) -> Changes {
    let mut changes = Changes::new();
    if before == after {
        return changes;
    }
    let (old, new) = (serde_json::to_value(before), serde_json::to_value(after));
    if let (Ok(old), Ok(new)) = (old, new) {
        for field in TOLD {
            if old[field] != new[field] {
                let change = Change::Value {
                    before: old[field].clone(),
                    after: new[field].clone(),
                };
                changes.insert(field.to_owned(), change);
            }
        }
    }
    if before.description_text != after.description_text {
        changes.insert(
            "description".to_owned(),
            text_change(&before.description_text, &after.description_text),
        );
    }
    changes
}

fn text_change(before: &str, after: &str) -> Change {
    let only_in = |text: &str, other: &str| -> Vec<String> {
        let have: std::collections::HashSet<&str> = other.lines().map(str::trim).collect();
        text.lines()
            .map(str::trim)
            .filter(|line| !line.is_empty() && !have.contains(line))
            .take(DIFF_LINES)
            .map(str::to_owned)
            .collect()
    };
    Change::Text {
        removed: only_in(before, after),
        added: only_in(after, before),
    }
}
