//! All queries on openings: what is compared in [`compared`], which postings are one opening in [`groups`], what people
//! decided in [`decisions`].

pub mod compared;
pub mod decisions;
pub mod groups;

/// Values of one statement that are bound at most; SQLite's limit is 32,766.
const BIND_LIMIT: usize = 20_000;
