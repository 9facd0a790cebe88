//! What is compared of a posting, and the keys under which candidates are found. Pure; derived from the posting alone,
//! and therefore made anew whenever the rules change.

use serde::{Deserialize, Serialize};

use super::employer;
use super::places::Places;
use super::sketch::{Sketch, mixed};
use super::title::Title;
use crate::clock::Timestamp;
use crate::postings::model::NormalPosting;

/// Words of a title without which it still says what the work is; a key leaves them out.
const GENERIC: &[&str] = &["software", "engineer", "developer"];

/// What is compared of a posting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Features {
    /// The employer for comparison.
    pub company_key: String,
    /// The employer as written, folded.
    pub company: String,
    /// The title, taken apart.
    pub title: Title,
    /// The places.
    pub places: Places,
    /// The text; `None` where there is too little.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Sketch>,
    /// When it was posted, or else first seen.
    pub at: Timestamp,
    /// Sources that list it, by number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lists: Vec<i64>,
}

/// A posting's features with its keys.
#[derive(Clone, Debug)]
pub struct Described {
    /// What is compared.
    pub features: Features,
    /// The keys; two postings are compared when they share one.
    pub bands: Vec<i64>,
}

impl Described {
    /// Describes a posting that was first seen at `seen` and that the sources `lists` list.
    #[must_use]
    pub fn of(posting: &NormalPosting, seen: Timestamp, lists: Vec<i64>) -> Self {
        let title = Title::of(&posting.title, &posting.company_key);
        let (text, keys) = Sketch::of(&posting.description_text).unzip();
        let features = Features {
            company: crate::postings::normalise::text::fold(posting.company.trim()),
            company_key: posting.company_key.clone(),
            title,
            places: Places::of(&posting.locations, posting.workplace),
            text,
            at: posting.posted.map_or(seen, |posted| posted.at),
            lists,
        };
        let mut bands = title_bands(&features);
        bands.extend(keys.into_iter().flatten().map(|key| signed(mixed(key))));
        bands.sort_unstable();
        bands.dedup();
        Self { features, bands }
    }
}

/// Keys of employer and title: all words of the title, and those without the generic ones.
fn title_bands(features: &Features) -> Vec<i64> {
    let head = employer::head(&features.company_key);
    if head.is_empty() {
        return Vec::new();
    }
    let core = &features.title.core;
    let words = core.iter().filter(|word| !features.places.name(word));
    let words: Vec<&str> = words.map(String::as_str).collect();
    let special = words.iter().copied().filter(|word| !GENERIC.contains(word));
    let special: Vec<&str> = special.collect();
    let mut bands = vec![band(&head, &words)];
    if !special.is_empty() && special.len() < words.len() {
        bands.push(band(&head, &special));
    }
    bands
}

fn band(head: &str, words: &[&str]) -> i64 {
    let parts = std::iter::once(head).chain(words.iter().copied());
    let key = parts.fold(0x0c_ade7_u64, |key, part| {
        let word = part.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        mixed(key.rotate_left(13) ^ word)
    });
    signed(key)
}

/// The same bits, as the database takes them.
const fn signed(key: u64) -> i64 {
    i64::from_ne_bytes(key.to_ne_bytes())
}
