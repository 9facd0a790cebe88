//! Contacts: the people whom a person knows in the field, and what there is between them.
//!
//! Input: what the person writes, vCard files and LinkedIn's list of connections. Output: people with their conversations,
//! promises and next touch, companies with everybody known there, events, and a section on each posting's page that says
//! who is known at its employer.
//! Invariants: what was said is never overwritten, only corrected by a later entry; an import joins a person to one who is
//! there already instead of doubling them, and each joining can be undone; a property of a vCard that Cadet has no field for
//! is kept and written again on export.

pub mod actions;
pub mod api;
pub mod commands;
pub mod connections;
pub mod entity;
pub mod input;
pub mod merging;
pub mod model;
pub mod pages;
pub mod store;
pub mod timeline;
pub mod touch;
pub mod vcard;

use crate::web::Routes;

/// All routes of this feature.
#[must_use]
pub fn routes() -> Routes {
    Routes::new().merge(pages::routes()).merge(api::routes())
}
