//! All queries on saved searches, matches and deliveries.

pub mod asking;
pub mod deliveries;
pub mod matches;
pub mod position;
pub mod searches;

/// Values bound in one statement at most; SQLite allows 32,766 and PostgreSQL 65,535.
const BIND_LIMIT: usize = 10_000;
