//! What is remembered of a site's pages from poll to poll: a stamp for each page that was read.

use std::collections::HashSet;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use serde_json::{Value, json};

use crate::clock::Timestamp;
use crate::postings::sources::details;
use crate::postings::sources::record::digest;

/// Days after which a page without a date of change is read again.
const READ_AGAIN_DAYS: i64 = 7;

/// A page and its state, in short.
pub(super) type Stamp = [u8; 8];

/// The stamps of pages that were read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Memory {
    /// Pages that carry one posting.
    with: HashSet<Stamp>,
    /// Pages that carry none.
    without: HashSet<Stamp>,
}

/// The stamp of a page: its address and when it was changed, or the week where the sitemap does not say so. The week begins on
/// another day for each page, so that not all are due at once.
pub(super) fn stamp(page: &str, modified: Option<&str>, now: Timestamp) -> Stamp {
    match modified {
        Some(modified) => digest(&[page, modified]),
        None => {
            let phase = i64::from(digest(&[page])[0]);
            let day = now.as_millis().div_euclid(Timestamp::DAY_MS);
            let week = (day + phase).div_euclid(READ_AGAIN_DAYS);
            digest(&[page, "", &week.to_string()])
        }
    }
}

impl Memory {
    /// What the last poll kept.
    pub(super) fn of(validators: Option<&Value>) -> Self {
        let stamps = |name: &str| -> HashSet<Stamp> {
            let bytes = validators
                .and_then(|kept| kept.get(details::KEY)?.get(name)?.as_str())
                .and_then(|text| STANDARD_NO_PAD.decode(text).ok())
                .unwrap_or_default();
            bytes
                .chunks_exact(size_of::<Stamp>())
                .filter_map(|chunk| chunk.try_into().ok())
                .collect()
        };
        Self {
            with: stamps("with"),
            without: stamps("without"),
        }
    }

    /// Whether the page was read in this state.
    pub(super) fn knows(&self, stamp: Stamp) -> bool {
        self.with.contains(&stamp) || self.without.contains(&stamp)
    }

    /// Whether the page carried a posting when it was read in this state.
    pub(super) fn has_posting(&self, stamp: Stamp) -> bool {
        self.with.contains(&stamp)
    }

    /// Remembers a page that carries so many postings. One with several is read at every poll: they come and go on it.
    pub(super) fn keep(&mut self, stamp: Stamp, postings: usize) {
        match postings {
            0 => drop(self.without.insert(stamp)),
            1 => drop(self.with.insert(stamp)),
            _ => {}
        }
    }

    /// For the next poll; what the site no longer lists is forgotten.
    pub(super) fn of_pages(&self, stamps: &[Stamp]) -> Value {
        let encoded = |known: &HashSet<Stamp>| {
            let bytes: Vec<u8> = stamps
                .iter()
                .filter(|stamp| known.contains(*stamp))
                .flatten()
                .copied()
                .collect();
            STANDARD_NO_PAD.encode(bytes)
        };
        json!({ details::KEY: { "with": encoded(&self.with), "without": encoded(&self.without) } })
    }
}
