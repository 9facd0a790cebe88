//! Why a repository cannot be read.

use std::path::PathBuf;

/// What ends a scan. What only leaves a part out is a [`crate::Note`] of its result.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is nothing at this path.
    #[error("there is no folder {0}")]
    NotFound(PathBuf),
    /// There is something, and it is no Git repository.
    #[error("{0} is no Git repository: give the folder that holds `.git`, or a bare repository")]
    NotARepository(PathBuf),
    /// The repository has no commit yet.
    #[error("{0} has no commit yet")]
    Empty(PathBuf),
    /// Its own data cannot be read.
    #[error("the repository {path} is damaged: {reason}; `git fsck` says more")]
    Damaged {
        /// Where.
        path: PathBuf,
        /// What the reader met.
        reason: String,
    },
    /// Whoever asked for the scan stopped it.
    #[error("the scan was stopped")]
    Stopped,
}
