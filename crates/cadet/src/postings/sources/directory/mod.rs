//! The starter directory: employers known to take software interns, each with its board, to choose sources from.
//!
//! Input: the lines of `content/sources/`, embedded into the program. Output: employers by country, size and field, and
//! those that are chosen handed to [`super::intake`]. Invariant: nothing is read from a board before somebody adds it.

pub mod actions;
pub mod api;
pub mod commands;
mod embedded;
pub mod model;
pub mod pages;
pub mod params;
#[cfg(test)]
mod tests;

use crate::web::Routes;

/// All routes of the directory.
#[must_use]
pub fn routes() -> Routes {
    Routes::new().merge(pages::routes()).merge(api::routes())
}
