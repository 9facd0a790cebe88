//! Applications: a person's pursuit of postings, from interest to a signed contract or a no.
//!
//! Input: what the person records, a posting, a table of another tool. Output: where each application stands, what to do next
//! with reasons, a calendar, statistics. Invariants: the log of an application is only ever added to, and the row that lists
//! read is a fold of it ([`state::fold`]) that can be rebuilt; what was sent is frozen byte by byte; a rejection keeps
//! everything that was before it; every flow of the statistics conserves its counts.

pub mod actions;
pub mod api;
pub mod calendar;
pub mod choices;
pub mod commands;
pub mod dates;
pub mod entity;
pub mod exports;
pub mod freeze;
pub mod imports;
pub mod list;
pub mod log;
pub mod model;
pub mod next;
pub mod offers;
pub mod pages;
pub mod panels;
pub mod path;
pub mod recent;
pub mod record;
pub mod round;
pub mod state;
pub mod statistics;
pub mod store;
pub mod timeline;

use crate::web::Routes;

/// All routes of this feature.
#[must_use]
pub fn routes() -> Routes {
    Routes::new().merge(api::routes()).merge(pages::routes())
}
