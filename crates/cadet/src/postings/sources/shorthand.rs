//! A source's address in one word, for people and for comparison. Pure.

use super::model::SourceAddress;

impl SourceAddress {
    /// What a person gives to `source add`: `greenhouse:northlight`.
    #[must_use]
    pub fn shorthand(&self) -> String {
        format!("{}:{}", self.kind.name(), self.address)
    }

    /// The same for comparison. Links to boards spell their names in any case, and the systems do not tell cases apart.
    #[must_use]
    pub fn key(&self) -> String {
        self.shorthand().to_lowercase()
    }
}
