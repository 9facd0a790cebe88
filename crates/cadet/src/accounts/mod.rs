//! Accounts: who uses this Cadet, how they sign in, and what they or their programs may do.
//!
//! Input: passwords, one-time links, invitations and tokens. Output: who acts ([`model::SignedIn`]).
//! Invariants: no secret is stored, only its hash; every row of a person is reached through its owner; an answer to a
//! failed sign-in says nothing about which accounts exist; there is always an administrator who can sign in.

pub mod actions;
pub mod api;
pub mod commands;
pub mod entity;
pub mod model;
pub mod pages;
mod password;
pub mod store;

use crate::web::Routes;

/// All routes of this feature.
#[must_use]
pub fn routes() -> Routes {
    Routes::new().merge(pages::routes()).merge(api::routes())
}
