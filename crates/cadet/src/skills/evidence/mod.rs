//! Evidence: an append-only ledger of facts that support skills.
//!
//! - Input: repositories on this machine, the profile's entries, public data that the person hands over, statements, and what
//!   later features judge.
//! - Output: [`Evidence`], each with its strength, its date, how to check it again, and a link.
//! - Invariants: a row is never changed and never deleted on its own; what is no longer true is superseded by a newer row, a
//!   withdrawal if nothing takes its place; a row is superseded at most once.

pub mod actions;
pub mod entity;
pub mod model;
pub mod store;

pub use actions::{evidence_add, evidence_of};
pub use model::{Evidence, EvidenceId, EvidenceKind, NewEvidence, Proof, Recorded};
