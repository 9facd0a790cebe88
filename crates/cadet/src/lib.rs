//! Cadet: one self-hosted program from the first backend skill to a signed backend internship.
//!
//! ARCHITECTURE.md at the root of the repository is the map; each feature folder says its purpose in its `mod.rs`.

pub mod clock;
pub mod fetch;
pub mod postings;
pub mod skills;
