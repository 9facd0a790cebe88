//! Operations: keeping a Cadet healthy: checks, backups, imports, dead jobs.

pub mod commands;
