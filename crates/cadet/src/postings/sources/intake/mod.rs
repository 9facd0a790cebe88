//! Intake: adding many boards at once, each read once in the background before it counts as a source.
//!
//! Input: boards that somebody chose, from the directory or from discovery. Output: sources with their first poll, and
//! for each board that could not be read the reason. Invariants: the request that adds them reads nothing itself; a board
//! that cannot be read leaves no source behind; being killed half way loses and doubles nothing.

pub mod actions;
pub mod api;
pub mod commands;
pub mod entity;
pub mod jobs;
pub mod model;
pub mod pages;
pub mod store;
#[cfg(test)]
mod tests;

use crate::web::Routes;

/// All routes of intakes.
#[must_use]
pub fn routes() -> Routes {
    Routes::new().merge(pages::routes()).merge(api::routes())
}
