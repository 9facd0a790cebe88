//! Skills: placeholder until the taxonomy is merged.

use serde::{Deserialize, Serialize};

/// A skill's id in the taxonomy: kebab-case, such as `postgresql`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SkillId(String);

impl std::fmt::Display for SkillId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// Placeholder.
#[derive(Debug)]
pub struct Taxonomy;

impl Taxonomy {
    /// Placeholder.
    #[must_use]
    pub fn bundled() -> &'static Self {
        &Self
    }

    /// Placeholder.
    #[must_use]
    pub fn name_of(&self, _id: &str) -> Option<&str> {
        None
    }
}
