//! Sources: where postings come from, how each is read, and how well it does.
//!
//! Input: whatever address a person has. Output: [`model::Fetched`] for each poll. Invariant: a failed or partial poll
//! is never told as a complete one.

pub mod entity;
pub mod model;
pub mod store;
