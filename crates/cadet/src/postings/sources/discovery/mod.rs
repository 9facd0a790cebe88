//! Discovery: the job boards behind the addresses of known postings, proposed as sources.
//!
//! Input: postings with their records in all sources, as events tell of them. Output: proposals, ranked by the open
//! backend internships seen there. Invariants: what a proposal says is kept up to date posting by posting, so that no
//! page counts all of them; a board that is a source or was dismissed is not proposed.

pub mod actions;
pub mod api;
pub mod commands;
pub mod entity;
pub mod jobs;
pub mod links;
pub mod model;
pub mod note;
pub mod pages;
pub mod params;
pub mod store;
#[cfg(test)]
mod tests;

use crate::web::Routes;

/// All routes of discovery.
#[must_use]
pub fn routes() -> Routes {
    Routes::new().merge(pages::routes()).merge(api::routes())
}
