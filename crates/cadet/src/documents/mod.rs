//! Documents: resumes, letters and notes that state only what is true.
//!
//! Input: the profile, the evidence, a posting, the person's paragraphs and decisions. Output: stored versions
//! ([`model::Document`]) whose every sentence cites what it states, and files of them. Invariants: a document only selects, orders
//! and words what the person approved; [`gate`] refuses any number, name, date, skill or degree that the sources do not hold; a
//! stored version never changes; what is told about a document (spelling, length) never blocks it.

pub mod actions;
pub mod api;
pub mod commands;
pub mod consistency;
pub mod entity;
pub mod entries;
pub mod files;
pub mod gate;
pub mod inputs;
pub mod letters;
pub mod make;
pub mod model;
pub mod overview;
pub mod pages;
pub mod paragraphs;
pub mod params;
pub mod print;
pub mod spelling;
pub mod store;
pub mod tailor;
pub mod wording;

use crate::web::Routes;

/// All routes of this feature.
#[must_use]
pub fn routes() -> Routes {
    Routes::new().merge(pages::routes()).merge(api::routes())
}
