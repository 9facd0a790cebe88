//! Evidence: an append-only ledger of facts that support skills.
//!
//! - Input: repositories on this machine, the profile's entries, public data that the person hands over, statements, and what
//!   later features judge.
//! - Output: [`Evidence`], each with its strength, its date, how to check it again, and a link.
//! - Invariants: a row is never changed and never deleted on its own; what is no longer true is superseded by a newer row, a
//!   withdrawal if nothing takes its place; a row is superseded at most once.

pub mod actions;
pub mod api;
pub mod check;
pub mod commands;
pub mod commits;
pub mod entity;
pub mod jobs;
pub mod model;
pub mod pages;
pub mod public;
pub mod scans;
pub mod store;

use crate::web::Routes;

pub use actions::{evidence_add, evidence_of};
pub use model::{Evidence, EvidenceId, EvidenceKind, NewEvidence, Proof, Recorded};

/// All routes of this feature.
#[must_use]
pub fn routes() -> Routes {
    pages::routes().merge(api::routes())
}
