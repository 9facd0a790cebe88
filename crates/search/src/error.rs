//! What can go wrong, in words that say what to do about it.

use std::path::PathBuf;

/// A failure of the index or a request that it cannot answer.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The declared schema contradicts itself.
    #[error("the schema is wrong: {0}")]
    Schema(String),
    /// A document does not fit the schema; nothing of its batch was applied.
    #[error("document {id}, field \"{field}\": {reason}; nothing of this batch was applied")]
    Document {
        /// The caller's id of the document.
        id: u64,
        /// The field that does not fit.
        field: String,
        /// Why it does not fit.
        reason: String,
    },
    /// A request names a field that is not there or is of another kind.
    #[error("the request cannot be answered: {0}")]
    Request(String),
    /// A cursor was not made by this version, or for another sort order.
    #[error("the page cursor is not valid for this search: start again from the first page")]
    Cursor,
    /// Another process (or another open index of this one) writes to the directory.
    #[error(
        "the index in {} is being written by another process: open it read-only, or stop that process",
        .0.display()
    )]
    Locked(PathBuf),
    /// A change was asked of an index that was opened read-only.
    #[error(
        "the index is open read-only: only the process that opened it for writing can change it"
    )]
    ReadOnly,
    /// The directory could not be read or written.
    #[error("the index directory {}: {cause}", .path.display())]
    Directory {
        /// The directory.
        path: PathBuf,
        /// The operating system's answer.
        cause: std::io::Error,
    },
    /// The engine failed; the index may be damaged or the disk full.
    #[error("the index failed: {0}; if it happens again, rebuild the index")]
    Engine(String),
}

impl From<tantivy::TantivyError> for Error {
    fn from(error: tantivy::TantivyError) -> Self {
        Self::Engine(error.to_string())
    }
}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Self {
        Self::Engine(error.to_string())
    }
}

/// Runs `work`, turning a panic of the engine (which a damaged file can cause) into an error.
pub(crate) fn shielded<T>(work: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
    // The engine's readers are immutable and the writer is dropped after a failure, so no broken state is seen later.
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(work)).unwrap_or_else(|panic| {
        let text = panic
            .downcast_ref::<String>()
            .map(String::as_str)
            .or_else(|| panic.downcast_ref::<&str>().copied())
            .unwrap_or("no message");
        Err(Error::Engine(format!(
            "a file of the index is damaged ({text})"
        )))
    })
}
