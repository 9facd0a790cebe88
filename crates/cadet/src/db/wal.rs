//! SQLite's write-ahead log, copied into the database file beside whoever writes.
//!
//! By itself SQLite has the connection that commits copy a log that has become long, and a long sync stands still
//! meanwhile. Here a connection of its own does it, in two steps: most of the log while writing goes on, then, with the
//! write lock held, the little that was written during the first step. The log has then been copied to its end, so that
//! the next transaction begins it anew; without the second step it would grow for as long as somebody writes.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use sea_orm::{
    ConnectOptions, ConnectionTrait as _, Database, DatabaseConnection, DbErr, Statement,
};

/// A log of more bytes is copied. A long sync touches the same pages of the indexes again and again: so many are
/// gathered first.
pub(super) const LONG_BYTES: u64 = 32 << 20;
/// From so many pages on a writer copies the log itself, since nobody else got to it.
pub(super) const OVERLONG_PAGES: u32 = 24_000;
/// Milliseconds to wait, with the write lock held, for those who read an earlier state.
const WAIT_FOR_READERS: u32 = 50;
/// How often, and how far apart, the first step is tried while readers of an earlier state hold it back.
const TRIES: usize = 5;
const BETWEEN_TRIES: Duration = Duration::from_millis(10);

/// The log of one database file.
#[derive(Debug)]
pub(super) struct WriteAheadLog {
    database: PathBuf,
    file: PathBuf,
    is_being_copied: AtomicBool,
}

impl WriteAheadLog {
    /// The log of the database at `path`.
    pub(super) fn of(path: &Path) -> Self {
        let mut file = path.as_os_str().to_owned();
        file.push("-wal");
        Self {
            database: path.to_owned(),
            file: file.into(),
            is_being_copied: AtomicBool::new(false),
        }
    }

    /// Has a task copy the log, if it is long and none is at it. `in_use` stays open until that has ended.
    pub(super) fn copy_if_long(self: &Arc<Self>, in_use: Option<&Arc<File>>) {
        let is_long = std::fs::metadata(&self.file).is_ok_and(|file| file.len() > LONG_BYTES);
        if !is_long || self.is_being_copied.swap(true, Ordering::AcqRel) {
            return;
        }
        let (log, in_use) = (Arc::clone(self), in_use.cloned());
        tokio::spawn(async move {
            if let Err(error) = copy(&log.database).await {
                // Nothing is lost: the next transaction asks again, and at last a writer does it.
                tracing::warn!(%error, "the database's write-ahead log could not be copied");
            }
            log.is_being_copied.store(false, Ordering::Release);
            drop(in_use);
        });
    }
}

async fn copy(database: &Path) -> Result<(), DbErr> {
    let mut options = ConnectOptions::new(format!("sqlite://{}?mode=rw", database.display()));
    options
        .max_connections(1)
        .sqlx_logging(false)
        .map_sqlx_sqlite_opts(|options| {
            options
                .pragma("synchronous", "NORMAL")
                .pragma("busy_timeout", WAIT_FOR_READERS.to_string())
                .pragma("wal_autocheckpoint", "0")
        });
    let connection = Database::connect(options).await?;
    for _ in 0..TRIES {
        if checkpoint(&connection, "PASSIVE").await? {
            // Held back too, it would only keep writers waiting.
            checkpoint(&connection, "FULL").await?;
            break;
        }
        tokio::time::sleep(BETWEEN_TRIES).await;
    }
    connection.close().await
}

/// Whether everything was copied that stood in the log when it began.
async fn checkpoint(connection: &DatabaseConnection, mode: &str) -> Result<bool, DbErr> {
    let statement = Statement::from_string(
        connection.get_database_backend(),
        format!("PRAGMA wal_checkpoint({mode})"),
    );
    let Some(row) = connection.query_one_raw(statement).await? else {
        return Ok(false);
    };
    let (pages, copied): (i64, i64) = (row.try_get_by_index(1)?, row.try_get_by_index(2)?);
    Ok(pages == copied)
}

#[cfg(test)]
mod tests {
    use sea_orm::{DbBackend, TransactionTrait as _};

    use super::super::Db;
    use super::*;
    use crate::config::Config;
    use crate::error::Result;

    /// A database with a table to write to, in a folder of its own.
    async fn opened() -> Result<(tempfile::TempDir, Db)> {
        let folder = tempfile::tempdir().map_err(crate::error::Error::internal)?;
        let config = Config {
            data_dir: folder.path().to_owned(),
            ..Config::default()
        };
        let db = Db::open(&config).await?;
        let table = "CREATE TABLE filling (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL)";
        db.pool().execute_unprepared(table).await?;
        Ok((folder, db))
    }

    /// Writes so many MiB, each in a transaction; gives the length that the log had at most, in MiB.
    async fn write(db: &Db, mebibytes: u64) -> Result<u64> {
        let file = db.wal.as_ref().map(|wal| wal.file.clone()).unwrap();
        let mut longest = 0;
        for _ in 0..mebibytes {
            let transaction = db.begin().await?;
            let row = "INSERT INTO filling (bytes) VALUES (randomblob(1048576))";
            transaction.execute_unprepared(row).await?;
            transaction.commit().await?;
            longest = longest.max(std::fs::metadata(&file).unwrap().len() >> 20);
        }
        Ok(longest)
    }

    async fn rows(connection: &impl sea_orm::ConnectionTrait) -> Result<i64> {
        let statement = Statement::from_string(DbBackend::Sqlite, "SELECT COUNT(*) FROM filling");
        let row = connection.query_one_raw(statement).await?;
        Ok(row.unwrap().try_get_by_index(0)?)
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn while_much_is_written_the_log_does_not_grow_without_end() -> Result<()> {
        let (_folder, db) = opened().await?;
        let longest = write(&db, 240).await?;
        let overlong = (u64::from(OVERLONG_PAGES) * 4_096) >> 20;
        assert!(longest > LONG_BYTES >> 20, "it became long: {longest} MiB");
        assert!(
            longest <= overlong,
            "a writer had to copy it: {longest} MiB"
        );
        assert_eq!(rows(db.pool()).await?, 240);
        Ok(())
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn who_reads_an_earlier_state_keeps_it_while_the_log_becomes_long() -> Result<()> {
        let (_folder, db) = opened().await?;
        write(&db, 3).await?;
        let reader = db.pool().begin().await?;
        assert_eq!(rows(&reader).await?, 3);
        write(&db, 60).await?;
        assert_eq!(rows(&reader).await?, 3);
        reader.rollback().await?;
        assert_eq!(rows(db.pool()).await?, 63);
        Ok(())
    }
}
