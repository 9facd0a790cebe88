//! The profile: what is kept of it, how it is edited, and what is read from files.

mod cli;
mod editor;
mod history;
mod imports;
mod rest;
