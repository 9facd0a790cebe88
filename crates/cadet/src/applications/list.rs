//! What can be asked of the list of applications: words, stages, order, page.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::model::Stage;

/// In which order.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema, clap::ValueEnum,
)]
#[serde(rename_all = "kebab-case")]
pub enum Order {
    /// What changed last first.
    #[default]
    Changed,
    /// What was sent last first.
    Applied,
    /// By the employer's name.
    Company,
    /// What must be sent first first.
    Deadline,
    /// What has stood longest where it stands first.
    Waiting,
}

impl Order {
    /// All, with their words.
    pub const ALL: [(Self, &'static str, &'static str); 5] = [
        (Self::Changed, "changed", "Last changed"),
        (Self::Applied, "applied", "Last applied"),
        (Self::Company, "company", "Company"),
        (Self::Deadline, "deadline", "Deadline"),
        (Self::Waiting, "waiting", "Longest waiting"),
    ];

    /// The name, as in addresses.
    #[must_use]
    pub fn name(self) -> &'static str {
        let found = Self::ALL.iter().find(|(order, ..)| *order == self);
        found.map_or("changed", |(_, name, _)| name)
    }
}

/// Which applications.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListQuery {
    /// With all of these words in company, title, place or source.
    pub words: String,
    /// In one of these stages; in any if empty.
    pub stages: Vec<Stage>,
    /// Those that are put away instead of those that are not.
    pub archived: bool,
    /// In which order.
    pub order: Order,
}
