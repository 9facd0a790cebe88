//! Cadet: one self-hosted program from the first backend skill to a signed backend internship.
//!
//! ARCHITECTURE.md at the root of the repository is the map; each feature folder says its purpose in its `mod.rs`.

pub mod accounts;
pub mod alerts;
pub mod applications;
pub mod cli;
pub mod clock;
pub mod config;
pub mod contacts;
pub mod correspondence;
pub mod db;
pub mod demo;
pub mod documents;
pub mod entropy;
pub mod error;
pub mod events;
pub mod fetch;
pub mod flow;
pub mod market;
pub mod matching;
pub mod operations;
pub mod postings;
pub mod printer;
pub mod profile;
mod row_id;
pub mod run;
pub mod skills;
pub mod smtp;
pub mod startup;
pub mod state;
pub mod terminal;
pub mod today;
pub mod web;
pub mod work;
