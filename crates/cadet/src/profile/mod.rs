//! The profile: one resume with the fields that an application needs beyond it, from which everything else is made.
//!
//! Input: what the person writes or imports. Output: [`model::Profile`]. Invariants: no leaf of an import is lost in silence;
//! every saved state can be had again.

pub mod model;
