//! Markdown, read and written; plain text is read as Markdown without signs.

mod read;
mod write;

pub use read::read;
pub use write::{write, write_in};
