//! Sources: where postings come from, how each is read, and how well it does.
//!
//! Input: whatever address a person has. Output: [`model::Fetched`] for each poll. Invariant: a failed or partial poll
//! is never told as a complete one.

pub mod actions;
pub mod adzuna;
pub mod api;
pub mod arbeitnow;
pub mod ashby;
pub mod bamboohr;
pub mod breezy;
mod budget;
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
pub mod gem;
pub mod greenhouse;
pub mod hacker_news;
pub mod health;
pub mod intake;
pub mod jsonld;
pub mod kind;
pub mod lever;
pub mod mail;
pub mod markdown;
mod markup;
mod microdata;
pub mod model;
mod one_call;
mod paged;
pub mod pages;
pub mod personio;
pub mod pinpoint;
pub mod profile;
mod record;
pub mod recruitee;
pub mod remotive;
pub mod rippling;
pub mod schedule;
mod shorthand;
pub mod simplify;
pub mod sitemap;
pub mod smartrecruiters;
pub mod store;
pub mod teamtailor;
mod tenant;
#[cfg(test)]
mod testing;
pub mod the_muse;
pub mod usajobs;
pub mod watch;
pub mod workable;
pub mod workday;
mod xml;
