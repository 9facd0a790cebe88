//! Settings of the life of postings.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// When postings are held to be closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lifecycle {
    /// Least minutes between two complete polls that confirm that a posting is no longer listed. 0 believes the first.
    pub confirm_minutes: u32,
    /// The same for single kinds of sources, by the kind's name.
    pub confirm_minutes_for: BTreeMap<String, u32>,
}

impl Default for Lifecycle {
    /// Half an hour: less than the shortest usual interval, so that the next planned poll confirms, and more than two runs
    /// of `cadet sync` by hand are apart.
    fn default() -> Self {
        Self {
            confirm_minutes: 30,
            confirm_minutes_for: BTreeMap::new(),
        }
    }
}
