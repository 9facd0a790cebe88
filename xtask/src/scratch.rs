//! Folders that live as long as this process: one for each server's data, removed when dropped and on Ctrl-C.
//! Those of runs that were killed are removed by the next run.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use anyhow::{Context, Result};

use crate::processes;

static FOLDERS: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// A folder that is removed when this is dropped.
pub struct Scratch(PathBuf);

impl Scratch {
    /// A new, empty folder in `parent`, named for what it holds and for this process.
    pub fn create(parent: &Path, name: &str) -> Result<Self> {
        for dir in abandoned(parent) {
            // One that another user owns stays; it is in nobody's way.
            let _ = std::fs::remove_dir_all(dir);
        }
        let dir = parent.join(format!("{name}-{}", std::process::id()));
        std::fs::create_dir_all(&dir)
            .with_context(|| format!("cannot create the folder {}", dir.display()))?;
        FOLDERS
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(dir.clone());
        Ok(Self(dir))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // A folder that stays is removed by the next run.
        let _ = std::fs::remove_dir_all(&self.0);
        FOLDERS
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .retain(|dir| *dir != self.0);
    }
}

/// Removes every folder at once; for the end that no destructor sees.
pub fn remove_all() {
    for dir in FOLDERS
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .iter()
    {
        let _ = std::fs::remove_dir_all(dir);
    }
}

/// Folders in `parent` whose process is gone.
pub fn abandoned(parent: &Path) -> Vec<PathBuf> {
    let owner = |dir: &Path| {
        dir.file_name()?
            .to_str()?
            .rsplit('-')
            .next()?
            .parse::<u32>()
            .ok()
    };
    let entries = std::fs::read_dir(parent)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path());
    entries
        .filter(|dir| owner(dir).is_some_and(|pid| !processes::alive(pid)))
        .collect()
}
