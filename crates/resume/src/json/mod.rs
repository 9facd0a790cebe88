//! JSON Resume 1.3.1: reading with a report of every change, and writing so that our own file reads back the same.
//!
//! Reading: bytes of any quality in; out comes a resume in which every leaf of the file is in a field or in the `extra` of its
//! place, or a note that says what became of it. Writing: a document that keeps to the schema. What the schema has no place for
//! (ids, variants, tags, values that no field may hold) goes into keys that begin with `x-`; see `docs/resume-formats.md`.

mod extension;
mod fields;
mod foreign;
mod nested;
mod offers;
mod parse;
mod read;
mod residue;
mod schema;
mod sections;
mod values;
mod write;

pub(crate) use offers::offer_bullets;
pub use read::read;
pub use residue::is_residue;
pub use schema::problems;
pub(crate) use values::{is_host, language_of_code, split_joined};
pub use write::write;

#[cfg(test)]
mod tests;
