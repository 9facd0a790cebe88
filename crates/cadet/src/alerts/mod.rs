//! Alerts: saved searches that tell their owner what is new, by mail, webhook and feed.
//!
//! Input: the event log of postings, and saved searches with a schedule. Output: matches, and deliveries of them.
//! Invariants: a posting alerts once for each saved search, however many sources carry it and however often it is closed
//! and opened again; what is found, how far the log was read, and the deliveries that follow commit together, so that a
//! crash loses and doubles nothing; every process asks its own percolator, and what is written is as if it had just loaded
//! all saved searches (see `store/position.rs`); a delivery that is tried again is the same one (`Message-ID`, `webhook-id`).

pub mod actions;
pub mod api;
pub mod commands;
pub mod delivery;
pub mod demo;
pub mod digest;
pub mod entity;
pub mod feed;
pub mod health;
pub mod jobs;
pub mod mail;
pub mod matching;
pub mod model;
pub mod pages;
pub mod percolate;
pub mod record;
pub mod schedule;
pub mod secrets;
pub mod store;
pub mod webhook;
pub mod words;

use crate::web::Routes;

/// All routes of this feature.
#[must_use]
pub fn routes() -> Routes {
    Routes::new().merge(pages::routes()).merge(api::routes())
}
