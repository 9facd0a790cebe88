//! Imports: files that are read, shown beside their original, corrected, and only then taken over into the profile.
//!
//! Input: a file of any kind that the crate `resume` reads. Output: a revision of the profile. Invariants: an import waits in
//! the database until it is taken over or discarded, and either can be taken back for some days; a file that cannot be
//! read ends in a stated reason, in bounded time.

pub mod actions;
pub mod model;
pub mod pages;
pub mod store;
