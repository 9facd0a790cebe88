//! Market: what open backend internships ask for, what they pay, and when they open and close in the year.
//!
//! Input: the search index, of which it only asks for counts and numbers, so that it is as fresh as the search and holds nothing
//! of its own. Output: [`model::Market`], as a page with charts, as JSON, on the command line. Invariants: every figure says of
//! how many postings it speaks; currencies are never converted; the charts' numbers stand beside them in tables.

pub mod actions;
pub mod api;
pub mod chart;
pub mod commands;
pub mod model;
pub mod pages;
pub mod params;

use crate::web::Routes;

/// The page and the interface for programs.
#[must_use]
pub fn routes() -> Routes {
    pages::routes().merge(api::routes())
}
