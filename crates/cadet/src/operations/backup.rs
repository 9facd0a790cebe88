//! Backups of the SQLite database: made while Cadet runs, put back while it does not.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::{TempDir, TempPath};

use super::store;
use crate::config::Config;
use crate::db::{self, Db};
use crate::error::{Error, Result};
use crate::state::Ctx;

/// Files that SQLite keeps beside the database; the database itself first.
const PARTS: [&str; 3] = ["", "-wal", "-shm"];

/// Copies the database into `file`, consistent while others write, and checks the copy. Gives its size in bytes.
///
/// The copy is made beside the target and renamed, so that the target is a complete backup or is not there.
///
/// # Errors
/// [`Error::Conflict`] when the file exists; [`Error::Invalid`] on PostgreSQL; [`Error::Unavailable`] when the copy
/// cannot be written.
pub async fn backup_create(ctx: &Ctx, file: &Path) -> Result<u64> {
    ctx.require_admin()?;
    let shown = file.display();
    if file.exists() {
        let message =
            format!("{shown} exists already. Choose another name; a backup replaces nothing.");
        return Err(Error::Conflict(message));
    }
    let failed = |cause: std::io::Error| {
        let message = format!(
            "The backup {shown} cannot be written: {cause}. Check the folder, its permissions and its room."
        );
        Error::unavailable(message, cause)
    };
    let target = std::path::absolute(file).map_err(failed)?;
    let parent = target.parent().unwrap_or(Path::new("/"));
    let making = TempDir::with_prefix_in(".cadet-backup-", parent).map_err(failed)?;
    let copy = making.path().join("cadet.db");
    db::copy_sqlite(&ctx.db, &copy).await?;
    check(&copy).await?;
    let written = fs::File::open(&copy).and_then(|copy| copy.sync_all().and(copy.metadata()));
    let bytes = written.map_err(failed)?.len();
    let copy = TempPath::try_from_path(&copy).map_err(failed)?;
    copy.persist_noclobber(&target)
        .map_err(|refused| failed(refused.error))?;
    Ok(bytes)
}

/// What restoring did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// Postings in it.
    pub postings: u64,
    /// Where the database lies that was replaced, if there was one.
    pub before: Option<PathBuf>,
}

/// Puts a backup in the place of the database of the data folder. The search index is deleted, as it is rebuilt from
/// the database.
///
/// # Errors
/// [`Error::NotFound`] without such a file; [`Error::Invalid`] when it is no usable backup, or on PostgreSQL;
/// [`Error::Conflict`] while a process uses the database, or when there is one and `replace` is not given.
pub async fn backup_restore(config: &Config, file: &Path, replace: bool) -> Result<Restored> {
    if config.database_url.is_some() {
        return Err(Error::invalid(
            "CADET_DATABASE_URL is set, so the database is not in the data folder. Unset it, or restore PostgreSQL with: pg_restore --clean --if-exists --dbname=\"$CADET_DATABASE_URL\" cadet.dump",
        ));
    }
    if !file.is_file() {
        return Err(Error::not_found("file", file.display()));
    }
    // Held to the end: nobody may open the database while its files are moved.
    let _alone = db::lock_alone(config)?;
    let target = config.sqlite_path();
    if target.exists() && !replace {
        let message = format!(
            "There is a database already: {}. Add --replace; it is then kept beside as cadet.db.before-restore.",
            target.display()
        );
        return Err(Error::Conflict(message));
    }
    let failed = |cause: std::io::Error| {
        let message = format!(
            "The backup cannot be put in place: {cause}. Check the data folder, its permissions and its room."
        );
        Error::unavailable(message, cause)
    };
    let making = TempDir::with_prefix_in(".restore-", &config.data_dir).map_err(failed)?;
    let copy = making.path().join("cadet.db");
    for part in PARTS.into_iter().take(2) {
        // Somebody may have copied the files by hand; what is only in the log then belongs to it.
        let from = with_suffix(file, part);
        if from.exists() {
            fs::copy(&from, with_suffix(&copy, part)).map_err(failed)?;
        }
    }
    let postings = check(&copy).await?;
    fs::File::open(&copy)
        .and_then(|copy| copy.sync_all())
        .map_err(failed)?;
    let before = set_aside(&target).await.map_err(failed)?;
    fs::rename(&copy, &target).map_err(failed)?;
    match fs::remove_dir_all(config.index_dir()) {
        Err(cause) if cause.kind() != std::io::ErrorKind::NotFound => Err(failed(cause)),
        _ => Ok(Restored { postings, before }),
    }
}

/// Opens a copy, checks that it is a whole database of this or an older version, and counts its postings. Closing it
/// folds its log into the file.
async fn check(copy: &Path) -> Result<u64> {
    let not_ours = |cause: Error| match cause {
        Error::Conflict(_) | Error::Invalid { .. } => cause,
        _ => Error::invalid(
            "That file is no database of Cadet, or it is damaged. Choose another backup.",
        ),
    };
    let db = Db::open_file(copy).await.map_err(not_ours)?;
    let checked = check_open(&db).await.map_err(not_ours);
    db.close().await;
    checked
}

async fn check_open(db: &Db) -> Result<u64> {
    if db.schema().await?.is_newer() {
        return Err(Error::invalid(
            "That database was written by a newer Cadet. Use that version, or newer.",
        ));
    }
    if let Some(first) = store::damage(db).await?.first() {
        return Err(Error::invalid(format!(
            "That database is damaged: {first}. Choose another backup."
        )));
    }
    crate::postings::store::read::count(db).await
}

/// Moves the database and its log aside, to the first name that is free.
async fn set_aside(target: &Path) -> std::io::Result<Option<PathBuf>> {
    if !target.exists() {
        return Ok(None);
    }
    // After a crash the log holds what the file does not; opening and closing folds it in. One that cannot be opened
    // is moved as it is, with its log.
    if let Ok(db) = Db::open_file(target).await {
        db.close().await;
    }
    let first = with_suffix(target, ".before-restore");
    let numbered = (2..).map(|number| with_suffix(&first, &format!("-{number}")));
    let aside = std::iter::once(first.clone())
        .chain(numbered)
        .find(|path| !path.exists())
        .unwrap_or(first);
    for part in PARTS {
        let from = with_suffix(target, part);
        if from.exists() {
            fs::rename(&from, with_suffix(&aside, part))?;
        }
    }
    Ok(Some(aside))
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}
