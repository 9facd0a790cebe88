//! All queries of matching.

pub mod requirements;
pub mod scores;

/// Values of one statement; both databases take more.
const BIND_LIMIT: usize = 20_000;
