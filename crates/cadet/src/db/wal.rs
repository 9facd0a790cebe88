//! SQLite's write-ahead log, copied into the database file beside whoever writes.
//!
//! By itself SQLite has the connection that commits copy a log that has become long, and a long sync stands still
//! meanwhile. Here a connection of its own does it, in two steps: most of the log while writing goes on, then, while
//! nobody begins to write, the little that was written during the first step. The log has then been copied to its end, so
//! that the next transaction begins it anew; without the second step it would grow for as long as somebody writes.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use sea_orm::{ConnectionTrait as _, Database, DatabaseConnection, DbErr, Statement};
use tokio::sync::RwLock;

use super::sqlite::{connect_options, write_ahead_log_of};

/// A log of more bytes is copied. A long sync touches the same pages of the indexes again and again: so many are
/// gathered first.
pub(super) const LONG_BYTES: u64 = 32 << 20;
/// From so many pages on a writer copies the log itself, since nobody else got to it.
pub(super) const OVERLONG_PAGES: u32 = 24_000;
/// How often, and how far apart, the first step is tried while readers of an earlier state hold it back.
const TRIES: usize = 5;
const BETWEEN_TRIES: Duration = Duration::from_millis(10);
/// The same for the second step, until who is writing has ended; those who want to begin wait meanwhile.
const LAST_TRIES: usize = 100;
const BETWEEN_LAST_TRIES: Duration = Duration::from_millis(2);

/// The log of one database file.
#[derive(Debug)]
pub(super) struct WriteAheadLog {
    database: PathBuf,
    file: PathBuf,
    is_being_copied: AtomicBool,
    /// Closed during the second step. SQLite's lock goes to whoever asks at the right moment, so that a writer who asks
    /// for it at once again would keep the copy waiting forever.
    gate: RwLock<()>,
}

impl WriteAheadLog {
    /// The log of the database at `path`.
    pub(super) fn of(path: &Path) -> Self {
        Self {
            database: path.to_owned(),
            file: write_ahead_log_of(path),
            is_being_copied: AtomicBool::new(false),
            gate: RwLock::new(()),
        }
    }

    /// To be asked before a transaction that writes: waits while the end of the log is copied.
    ///
    /// Has a task copy the log, if it is long and none is at it. `in_use` stays open until that has ended.
    pub(super) async fn before_writing(self: &Arc<Self>, in_use: Option<&Arc<File>>) {
        self.copy_if_long(in_use);
        drop(self.gate.read().await);
    }

    fn copy_if_long(self: &Arc<Self>, in_use: Option<&Arc<File>>) {
        let is_long = std::fs::metadata(&self.file).is_ok_and(|file| file.len() > LONG_BYTES);
        if !is_long || self.is_being_copied.swap(true, Ordering::AcqRel) {
            return;
        }
        let (log, in_use) = (Arc::clone(self), in_use.cloned());
        tokio::spawn(async move {
            if let Err(error) = log.copy().await {
                // Nothing is lost: the next transaction asks again, and at last a writer does it.
                tracing::warn!(%error, "the database's write-ahead log could not be copied");
            }
            log.is_being_copied.store(false, Ordering::Release);
            drop(in_use);
        });
    }

    async fn copy(&self) -> Result<(), DbErr> {
        let options = connect_options(&self.database, 1, |options| {
            options
                .pragma("synchronous", "NORMAL")
                .pragma("busy_timeout", "0")
                .pragma("wal_autocheckpoint", "0")
        });
        let connection = Database::connect(options).await?;
        // Held back by a long reader, the second step would only keep writers waiting.
        if copied_all(&connection, "PASSIVE", TRIES, BETWEEN_TRIES).await? {
            let _closed = self.gate.write().await;
            copied_all(&connection, "FULL", LAST_TRIES, BETWEEN_LAST_TRIES).await?;
        }
        connection.close().await
    }
}

/// Copies until all is copied that stands in the log; false when that did not come about in so many tries.
async fn copied_all(
    connection: &DatabaseConnection,
    mode: &str,
    tries: usize,
    apart: Duration,
) -> Result<bool, DbErr> {
    for _ in 0..tries {
        if checkpoint(connection, mode).await? {
            return Ok(true);
        }
        tokio::time::sleep(apart).await;
    }
    Ok(false)
}

/// Whether everything was copied that stood in the log when it began, and in `FULL` that nobody wrote meanwhile.
async fn checkpoint(connection: &DatabaseConnection, mode: &str) -> Result<bool, DbErr> {
    let statement = Statement::from_string(
        connection.get_database_backend(),
        format!("PRAGMA wal_checkpoint({mode})"),
    );
    let Some(row) = connection.query_one_raw(statement).await? else {
        return Ok(false);
    };
    let number = |at| row.try_get_by_index::<i64>(at);
    let (busy, pages, copied) = (number(0)?, number(1)?, number(2)?);
    Ok(busy == 0 && pages == copied)
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
        // In an address these signs would not stand for themselves.
        let folder =
            tempfile::TempDir::with_prefix("50%20 #1 ").map_err(crate::error::Error::internal)?;
        let config = Config {
            data_dir: folder.path().to_owned(),
            ..Config::default()
        };
        let db = Db::open(&config).await?;
        assert!(config.sqlite_path().exists());
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
