//! The one integration binary: each feature has a file, each test its own database and its own server.
#![expect(
    clippy::unwrap_used,
    reason = "in a test, what is not there ends the test"
)]

mod access;
mod accounts;
mod alerts;
mod api;
mod applications;
mod cli;
mod clips;
mod contacts;
mod correspondence;
mod crash;
mod discovery;
mod doctor;
mod documents;
mod evidence;
mod health;
mod ingest;
mod layout;
mod lifecycle;
mod mailbox;
mod market;
mod matching;
mod openings;
mod operations;
mod pages;
mod postings;
mod profile;
mod records;
mod support;
mod today;
mod web;
