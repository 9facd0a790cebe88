//! All queries on evidence.

pub mod ledger;
