//! DOCX, read and written.
//!
//! A document that we wrote carries the resume as data in a part of its own (`customXml`), with a hash of the visible text. The
//! reader prefers that part while the hash fits; a document that was changed in a word processor is read from its text.

mod own;
mod read;
mod visible;
mod write;

pub use read::read;
pub use write::{write, write_in};

#[cfg(test)]
mod tests;
