//! Offers: what they are, and comparing them side by side.

pub mod compare;
pub mod model;
