//! What an account, a role and a scope are.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// An account's row id. The single-user account is number 1.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(transparent)]
pub struct AccountId(pub i64);

impl std::fmt::Display for AccountId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// What somebody is.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Looks for an internship.
    Candidate,
    /// Guides candidates.
    Mentor,
    /// Runs this Cadet.
    Admin,
}

/// What a personal access token allows.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// Read everything that its owner may read.
    Read,
    /// Change what its owner may change.
    Write,
    /// Do what its owner may do as an administrator.
    Admin,
}
