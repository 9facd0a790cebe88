//! Opening a repository without trusting it.

use std::path::{Path, PathBuf};

use gix::Repository;
use gix::open::Options;

use crate::Error;

/// Objects kept in memory, in bytes.
const CACHE: usize = 16 << 20;

/// Opens the repository at exactly this path: its folder with `.git`, a bare one, or a worktree. Of all configuration only the
/// repository's own file is read, without what that includes.
pub(crate) fn open(path: &Path) -> Result<Repository, Error> {
    if !path.is_dir() {
        return Err(Error::NotFound(path.to_owned()));
    }
    let options = Options::isolated().strict_config(false);
    let mut repository = gix::open_opts(path, options).map_err(|error| not_opened(path, &error))?;
    repository.object_cache_size(CACHE);
    Ok(repository)
}

/// A folder without anything of Git is none; one that has it and does not open is damaged.
fn not_opened(path: &Path, error: &gix::Error) -> Error {
    let has_git = path.join(".git").exists() || path.join("HEAD").is_file();
    if has_git {
        damaged(path, error)
    } else {
        Error::NotARepository(path.to_owned())
    }
}

/// A failure of the reader, in its own words.
pub(crate) fn damaged(path: &Path, error: &dyn std::fmt::Display) -> Error {
    let reason = error.to_string();
    let line = reason.lines().next().unwrap_or_default();
    Error::Damaged {
        path: path.to_owned(),
        reason: line.chars().take(200).collect(),
    }
}

/// The path without links and dots; the path as it is where the system does not say.
pub(crate) fn absolute(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}
