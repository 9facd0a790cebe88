//! Openings: which postings are one opening, decided by rules that say why, and by people, who are never overridden.
//!
//! Input: postings as they are stored, and what people decide. Output: `posting.opening_id`, links with their reasons,
//! and an event that tells whose opening changed. Invariants: every posting has one opening, named by the number of its
//! first posting; two postings that somebody split are never in one opening, two that somebody joined always are, until
//! the decision is undone; what is stored of a comparison commits together with how far the event log was compared, so
//! that being killed at any moment loses nothing and does nothing twice.

pub mod actions;
pub mod api;
pub mod commands;
pub mod employer;
pub mod entity;
pub mod features;
pub mod matching;
pub mod model;
pub mod pages;
pub mod partition;
pub mod places;
pub mod score;
pub mod shown;
pub mod sketch;
pub mod store;
pub mod title;
mod vocabulary;

use crate::web::Routes;

/// All routes of openings.
#[must_use]
pub fn routes() -> Routes {
    Routes::new().merge(pages::routes()).merge(api::routes())
}
