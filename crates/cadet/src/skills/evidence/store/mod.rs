//! All queries on evidence.

pub mod ledger;
pub mod scans;
