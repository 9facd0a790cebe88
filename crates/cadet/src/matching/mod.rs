//! Matching: how postings fit a person, requirement by requirement, and what would open more of them.
//!
//! - Input: open postings, the profile, the ledger of evidence.
//! - Output: [`model::Match`] of one posting with the posting's sentence and the evidence beside each other; scores of all open
//!   postings, for lists and alerts; [`gap::Gap`], the fewest skills that would open the most postings.
//! - Invariants: a score is a function of the requirements and of what is known of the person, and never falls when evidence is
//!   added; what is stored (requirements in a compact form, scores by account) is derived and may be deleted at any time; a row
//!   that is stored is never older than what it says it was made of.

pub mod actions;
pub mod advice;
pub mod api;
pub mod basis;
pub mod commands;
pub mod compute;
pub mod derive;
pub mod entity;
pub mod fit;
pub mod gap;
pub mod jobs;
pub mod memory;
pub mod model;
pub mod needs;
pub mod pages;
pub mod requirements;
pub mod score;
pub mod store;
#[cfg(test)]
mod testing;

use crate::web::Routes;

/// All routes of this feature.
#[must_use]
pub fn routes() -> Routes {
    pages::routes().merge(api::routes())
}
