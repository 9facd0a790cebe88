//! The profile: one resume with the fields that an application needs beyond it, from which everything else is made.
//!
//! Input: what the person writes or imports. Output: [`model::Profile`], and the event that it was saved. Invariants: no leaf
//! of an import is lost in silence; every saved state can be had again, those within one sitting for a week; a change that
//! was begun from another state than the current one never overwrites that, and is never dropped.

pub mod actions;
pub mod entity;
pub mod model;
pub mod revision;
pub mod store;
