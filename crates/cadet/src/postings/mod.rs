//! Postings: from what sources tell to normalised openings that can be searched.
//!
//! Input: [`sources::model::RawPosting`]s. Output: [`model::NormalPosting`]s in the database, and events about them.

pub mod classify;
pub mod dedup;
pub mod model;
pub mod normalise;
pub mod sources;
