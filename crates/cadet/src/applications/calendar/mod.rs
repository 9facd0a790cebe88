//! The calendar of applications: rounds, deadlines and tasks, as a feed to subscribe and as single files.
//!
//! Input: states of applications. Output: iCalendar (RFC 5545, RFC 7986). Invariants: an item keeps its UID for ever and its
//! SEQUENCE only grows; times are in UTC, so that no zone has to be explained; what is called off stays as cancelled; the
//! same applications give the same bytes; the secret of the address is kept as a hash alone.

pub mod actions;
pub mod ics;
pub mod model;
pub mod store;
