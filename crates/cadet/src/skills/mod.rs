//! Skills: placeholder until the taxonomy is merged.

use serde::{Deserialize, Serialize};

/// A skill's id in the taxonomy: kebab-case, such as `postgresql`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SkillId(String);
