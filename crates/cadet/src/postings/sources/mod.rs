//! Sources: where postings come from, how each is read, and how well it does.
//!
//! Input: whatever address a person has. Output: [`model::Fetched`] for each poll. Invariant: a failed or partial poll
//! is never told as a complete one.

pub mod actions;
pub mod api;
pub mod ashby;
pub mod commands;
pub mod connector;
pub mod detect;
pub mod directory;
pub mod discovery;
mod document;
pub mod entity;
pub mod export;
pub mod feed;
pub mod greenhouse;
pub mod intake;
pub mod jsonld;
pub mod lever;
mod markup;
pub mod model;
pub mod pages;
mod record;
pub mod schedule;
mod shorthand;
pub mod simplify;
pub mod store;
#[cfg(test)]
mod testing;
