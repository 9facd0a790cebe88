//! The profile: one resume with the fields that an application needs beyond it, from which everything else is made.
//!
//! Input: what the person writes or imports. Output: [`model::Profile`], and the event that it was saved. Invariants: no leaf
//! of an import is lost in silence; every saved state can be had again, those within one sitting for a week; a change that
//! was begun from another state than the current one never overwrites that, and is never dropped; what is wrong is told and
//! never keeps anything from being saved.

pub mod actions;
pub mod aims;
pub mod api;
pub mod checks;
pub mod commands;
pub mod differences;
pub mod edits;
pub mod entity;
pub mod export;
pub mod form;
pub mod imports;
pub mod merge;
pub mod model;
pub mod pages;
pub mod parts;
pub mod revision;
pub mod sample;
pub mod sections;
pub mod store;

use crate::web::Routes;

/// All routes of this feature.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .merge(pages::routes())
        .merge(imports::pages::routes())
        .merge(api::routes())
}
