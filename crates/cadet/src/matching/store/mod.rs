//! All queries of matching.

pub mod requirements;
pub mod scores;
