//! Sources: where postings come from, how each is read, and how well it does.
//!
//! Input: whatever address a person has. Output: [`model::Fetched`] for each poll. Invariant: a failed or partial poll
//! is never told as a complete one.

pub mod actions;
pub mod api;
pub mod ashby;
pub mod bamboohr;
pub mod clip;
pub mod commands;
pub mod connector;
pub mod details;
pub mod detect;
pub mod directory;
pub mod discovery;
mod document;
pub mod entity;
pub mod examination;
pub mod export;
pub mod feed;
pub mod greenhouse;
pub mod health;
pub mod intake;
pub mod jsonld;
pub mod kind;
pub mod lever;
pub mod mail;
mod markup;
mod microdata;
pub mod model;
pub mod pages;
pub mod personio;
pub mod profile;
mod record;
pub mod recruitee;
pub mod schedule;
mod shorthand;
pub mod simplify;
pub mod smartrecruiters;
pub mod store;
pub mod teamtailor;
mod tenant;
#[cfg(test)]
mod testing;
pub mod workable;
pub mod workday;
mod xml;
pub mod watch;
