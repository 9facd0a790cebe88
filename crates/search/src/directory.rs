//! The files of an index on disk: opening them, telling what is wrong with them, and removing them.

use std::fs;
use std::path::Path;

use tantivy::TantivyError;
use tantivy::directory::error::{LockError, OpenReadError};
use tantivy::directory::{Directory, INDEX_WRITER_LOCK, MmapDirectory};

use crate::schema::{Fingerprint, Handles};
use crate::tokenize::analyzers;
use crate::{Error, Schema};

/// Says what the index beside it was made for.
const FINGERPRINT: &str = "layout.json";
/// The engine's list of segments; it is there if and only if an index is.
const ENGINE_META: &str = "meta.json";

/// What was found in a directory.
pub(crate) enum Found {
    Index(tantivy::Index),
    /// An index that cannot serve the schema, or no index but other files, with the reason.
    Unusable(String),
    /// Nothing.
    Empty,
}

fn at<T>(path: &Path, result: std::io::Result<T>) -> Result<T, Error> {
    result.map_err(|cause| Error::Directory {
        path: path.to_owned(),
        cause,
    })
}

/// Looks at a directory, which need not exist.
pub(crate) fn find(path: &Path, schema: &Schema) -> Result<Found, Error> {
    if !at(path, path.try_exists())? {
        return Ok(Found::Empty);
    }
    if !path.is_dir() {
        return Ok(Found::Unusable(format!(
            "{} is a file, not a directory",
            path.display()
        )));
    }
    if !path.join(ENGINE_META).is_file() {
        let foreign = names(path)?.into_iter().find(|name| !is_ours(name));
        return Ok(match foreign {
            None => Found::Empty,
            Some(name) => Found::Unusable(format!(
                "{} holds no index but other files ({name})",
                path.display()
            )),
        });
    }
    let Ok(text) = fs::read_to_string(path.join(FINGERPRINT)) else {
        return Ok(Found::Unusable(format!(
            "{FINGERPRINT} is missing, so another program wrote the index"
        )));
    };
    let Ok(stored) = serde_json::from_str::<Fingerprint>(&text) else {
        return Ok(Found::Unusable(format!("{FINGERPRINT} cannot be read")));
    };
    if let Some(difference) = stored.difference(&schema.fingerprint()) {
        return Ok(Found::Unusable(format!(
            "the index was made for another schema: {difference}"
        )));
    }
    open(path)
}

fn open(path: &Path) -> Result<Found, Error> {
    match tantivy::Index::open_in_dir(path) {
        Ok(mut index) => {
            index.set_tokenizers(analyzers());
            Ok(Found::Index(index))
        }
        Err(error) => judged(path, error).map(Found::Unusable),
    }
}

/// Tells damage, which a rebuild mends, from trouble with the system, which it does not.
pub(crate) fn judged(path: &Path, error: TantivyError) -> Result<String, Error> {
    let trouble = match &error {
        TantivyError::LockFailure(LockError::LockBusy, _) => {
            return Err(Error::Locked(path.to_owned()));
        }
        TantivyError::IoError(cause) => Some(cause),
        TantivyError::OpenReadError(OpenReadError::IoError { io_error, .. }) => Some(io_error),
        _ => None,
    };
    if let Some(cause) =
        trouble.filter(|cause| cause.kind() == std::io::ErrorKind::PermissionDenied)
    {
        let cause = std::io::Error::new(cause.kind(), cause.to_string());
        return Err(Error::Directory {
            path: path.to_owned(),
            cause,
        });
    }
    Ok(format!("the index is damaged: {error}"))
}

/// Makes an empty index in a directory, of which [`find`] said that it is empty or whose index was removed.
pub(crate) fn create(
    path: &Path,
    schema: &Schema,
    handles: &Handles,
) -> Result<tantivy::Index, Error> {
    at(path, fs::create_dir_all(path))?;
    let text = serde_json::to_string_pretty(&schema.fingerprint())
        .map_err(|e| Error::Engine(e.to_string()))?;
    // The engine's own file comes last: without it the directory counts as empty.
    at(path, fs::write(path.join(FINGERPRINT), text))?;
    let mut index = tantivy::Index::create_in_dir(path, handles.layout.clone())?;
    index.set_tokenizers(analyzers());
    Ok(index)
}

/// Removes the files of an index and no others. Refuses while a process writes to it.
pub(crate) fn remove(path: &Path) -> Result<(), Error> {
    if !at(path, path.try_exists())? {
        return Ok(());
    }
    let directory = MmapDirectory::open(path).map_err(|error| Error::Engine(error.to_string()))?;
    let lock = directory
        .acquire_lock(&INDEX_WRITER_LOCK)
        .map_err(|_| Error::Locked(path.to_owned()))?;
    // First the file without which there is no index, so that a crash on the way leaves none rather than a broken one.
    let mut ours: Vec<String> = names(path)?
        .into_iter()
        .filter(|name| is_ours(name))
        .collect();
    ours.sort_by_key(|name| name != ENGINE_META);
    for name in ours.iter().filter(|name| !is_lock(name)) {
        at(path, fs::remove_file(path.join(name)))?;
    }
    drop(lock);
    Ok(())
}

fn names(path: &Path) -> Result<Vec<String>, Error> {
    let entries = at(path, fs::read_dir(path))?;
    entries
        .map(|entry| Ok(at(path, entry)?.file_name().to_string_lossy().into_owned()))
        .collect()
}

fn is_lock(name: &str) -> bool {
    name.starts_with(".tantivy-") && name.ends_with(".lock")
}

/// Whether the engine or this module gives files such a name.
fn is_ours(name: &str) -> bool {
    let segment = name
        .split_once('.')
        .is_some_and(|(id, _)| id.len() == 32 && id.bytes().all(|b| b.is_ascii_hexdigit()));
    let temporary = name.starts_with(".tmp");
    segment
        || temporary
        || is_lock(name)
        || [FINGERPRINT, ENGINE_META, ".managed.json"].contains(&name)
}
