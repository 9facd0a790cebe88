//! x

pub mod skills;
