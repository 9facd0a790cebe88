//! Settings of the health of sources.

use serde::{Deserialize, Serialize};

/// Who is told when a source needs a look.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Health {
    /// Mail addresses. With none, pages, `cadet doctor` and `/metrics` tell it all the same.
    pub mail_to: Vec<String>,
}
