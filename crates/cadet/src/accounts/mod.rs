//! Accounts: who uses this Cadet, how they sign in, and what they or their programs may do.

pub mod model;
