//! Operations: keeping a Cadet healthy: checks, backups, imports, dead jobs.
//!
//! Input: the running program's parts and files of the operator. Output: checks with advice, a copy of the database, and
//! postings read from a file. Invariants: a backup is complete or not there; restoring never runs beside a process that
//! uses the database, and never deletes the database that it replaces.

pub mod actions;
pub mod backup;
pub mod checks;
pub mod commands;
pub mod import;
pub mod model;
pub mod store;
