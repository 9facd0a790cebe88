//! What is compared of a posting, and the keys under which candidates are found. Pure; derived from the posting alone,
//! and therefore made anew whenever the rules change.

use serde::{Deserialize, Serialize};

use super::employer;
use super::places::Places;
use super::sketch::{Sketch, mixed};
use super::title::Title;
use crate::clock::Timestamp;
use crate::postings::dedup::is_board_key;
use crate::postings::model::NormalPosting;

/// What a title may say or leave out: `Software Engineer`, `Engineer`.
const OPTIONAL: &str = "software";
/// Places of a posting that make keys.
const MAX_SPOTS: usize = 2;
/// Numbers that are kept of one posting.
const MAX_NUMBERS: usize = 4;

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
    /// Numbers that boards gave it: `greenhouse:northlight:4012`. Not those of job sites that carry what others post.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub numbers: Vec<String>,
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
            numbers: numbers(&posting.keys),
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

/// Job sites that carry one opening under several numbers of their own.
const CARRIERS: &[&str] = &[
    "linkedin",
    "indeed",
    "glassdoor",
    "handshake",
    "simplify",
    "builtin",
    "wellfound",
    "ripplematch",
];

fn numbers(keys: &[String]) -> Vec<String> {
    let system = |key: &str| key.split(':').next().unwrap_or_default().to_owned();
    let numbers = keys.iter().filter(|key| {
        is_board_key(key) && !key.starts_with("text:") && !CARRIERS.contains(&system(key).as_str())
    });
    numbers.take(MAX_NUMBERS).cloned().collect()
}

/// Keys of employer and title, and of these with each of the first places: of an employer with hundreds of openings of one
/// title, those in the same city are compared.
fn title_bands(features: &Features) -> Vec<i64> {
    let head = employer::head(&features.company_key);
    if head.is_empty() {
        return Vec::new();
    }
    let core = features.title.core.iter();
    let words = core.filter(|word| *word != OPTIONAL && !features.places.name(word));
    let words: Vec<&str> = words.map(String::as_str).collect();
    let spots = features.places.spots.iter().take(MAX_SPOTS);
    let in_a_place = spots.map(|spot| {
        let words: Vec<&str> = words.iter().copied().chain([spot.as_str()]).collect();
        band(&head, &words)
    });
    std::iter::once(band(&head, &words))
        .chain(in_a_place)
        .collect()
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
