//! All queries on applications. Whoever acts for a person gives the owner.

pub mod choices;
pub mod due;
pub mod files;
pub mod list;
pub mod log;
pub mod rows;

/// Values bound in one statement at most; SQLite allows 32,766 and PostgreSQL 65,535.
const BIND_LIMIT: usize = 10_000;
