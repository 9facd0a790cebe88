//! Events: the log of what happened, in order, from which jobs are made and which the search indexes follow.
//!
//! Invariant: an event, what it tells of, and its jobs commit in one transaction; ids become visible in order.

pub mod entity;
pub mod model;
pub mod store;

pub use model::{Event, Logged};
pub use store::{append, last_id, read_after};
