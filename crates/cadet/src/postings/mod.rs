//! Postings: from what sources tell to normalised openings that can be searched.
//!
//! Input: [`sources::model::RawPosting`]s. Output: [`model::NormalPosting`]s in the database, and events about them.

pub mod actions;
pub mod api;
pub mod classify;
pub mod clips;
pub mod commands;
pub mod dedup;
pub mod entity;
pub mod facts;
pub mod fields;
pub mod fit;
pub mod fresh;
mod handover;
pub mod index;
pub mod ingest;
pub mod jobs;
pub mod lifecycle;
mod mentions;
pub mod merge;
pub mod model;
pub mod normalise;
pub mod openings;
pub mod packing;
pub mod pages;
pub mod panels;
pub mod params;
pub mod plan;
pub mod prepare;
pub mod query;
pub mod rates;
pub mod reasons;
mod recent;
pub mod record;
pub mod search;
pub mod sources;
pub mod store;
pub mod sync;
