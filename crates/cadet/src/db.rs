//! The database: opening it, transactions, migrations. SQLite inside by default, PostgreSQL when it serves many.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbBackend,
    DbErr, RuntimeErr, SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait,
};
use sea_orm_migration::MigratorTrait as _;

use self::wal::WriteAheadLog;
use crate::config::Config;
use crate::error::{Error, Result};

pub mod sqlite;
pub mod statements;
mod wal;

#[path = "../migrations/mod.rs"]
mod migrations;

/// Readers beside the one writer on SQLite.
const SQLITE_CONNECTIONS: u32 = 6;
/// Connections of one process on PostgreSQL.
const POSTGRES_CONNECTIONS: u32 = 12;
/// The key of the PostgreSQL advisory lock that is held while migrating; any constant number does.
const MIGRATION_LOCK: i64 = 0x0ca_de70_0001;
/// The key of the PostgreSQL advisory lock that orders the event log; any other constant number does.
const EVENT_LOCK: i64 = 0x0ca_de70_0002;

/// An open database with its pool of connections. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Db {
    connection: DatabaseConnection,
    /// SQLite's write-ahead log.
    wal: Option<Arc<WriteAheadLog>>,
    /// Held open, and thereby locked, for as long as this process uses the SQLite file of its data folder.
    in_use: Option<Arc<File>>,
}

/// The versions of the schema, as names of migrations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchemaState {
    /// Those that the database has been through.
    pub applied: Vec<String>,
    /// Those that this program knows.
    pub known: Vec<String>,
}

impl SchemaState {
    /// Whether the database was written by a newer program: it has been through migrations that this one does not know.
    #[must_use]
    pub fn is_newer(&self) -> bool {
        self.applied
            .iter()
            .any(|version| !self.known.contains(version))
    }
}

/// A write transaction; rolled back when dropped without [`DatabaseTransaction::commit`].
pub type Transaction = DatabaseTransaction;

impl Db {
    /// Opens the configured database, creating the SQLite file if needed, and brings it to the newest schema.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when it cannot be opened or migrated; the message says what to do.
    pub async fn open(config: &Config) -> Result<Self> {
        let db = match &config.database_url {
            Some(url) => Self::open_url(&url.0).await?,
            None => {
                std::fs::create_dir_all(&config.data_dir).map_err(|cause| {
                    let folder = config.data_dir.display();
                    Error::unavailable(format!("The data folder {folder} cannot be created. Choose another with --data-dir or CADET_DATA_DIR."), cause)
                })?;
                let in_use = lock_in_use(config)?;
                let db = Self::open_file(&config.sqlite_path()).await?;
                Self {
                    in_use: Some(Arc::new(in_use)),
                    ..db
                }
            }
        };
        db.migrate(config).await?;
        Ok(db)
    }

    /// Opens a database by URL, without migrating it.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a URL of another database, [`Error::Unavailable`] when it does not answer.
    pub async fn open_url(url: &str) -> Result<Self> {
        if let Some(path) = url.strip_prefix("sqlite:") {
            return Self::open_file(Path::new(path.trim_start_matches("//"))).await;
        }
        if !(url.starts_with("postgres://") || url.starts_with("postgresql://")) {
            return Err(Error::invalid(
                "CADET_DATABASE_URL must begin with postgres:// or sqlite:. Unset it to use the SQLite file in the data folder.",
            ));
        }
        let mut options = ConnectOptions::new(url);
        options
            .max_connections(POSTGRES_CONNECTIONS)
            .acquire_timeout(Duration::from_secs(15))
            .sqlx_logging(false);
        let connection = Database::connect(options).await.map_err(|cause| {
            Error::unavailable("The PostgreSQL server does not answer. Check CADET_DATABASE_URL and that the server runs.", cause)
        })?;
        Ok(Self {
            connection,
            wal: None,
            in_use: None,
        })
    }

    /// Opens the SQLite file at a path, creating it if needed, without migrating it.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when it cannot be opened.
    pub async fn open_file(path: &Path) -> Result<Self> {
        let mut options = sqlite::connect_options(path, SQLITE_CONNECTIONS, |options| {
            options
                .create_if_missing(true)
                .pragma("journal_mode", "WAL")
                .pragma("synchronous", "NORMAL")
                .pragma("foreign_keys", "ON")
                .pragma("busy_timeout", "20000")
                .pragma("cache_size", "-8000")
                .pragma("temp_store", "MEMORY")
                .pragma("wal_autocheckpoint", wal::OVERLONG_PAGES.to_string())
                // What is longer than this has not been copied yet.
                .pragma("journal_size_limit", wal::LONG_BYTES.to_string())
        });
        options.acquire_timeout(Duration::from_secs(30));
        let connection = Database::connect(options).await.map_err(|cause| {
            Error::unavailable(
                format!("The database {} cannot be opened. Check that the folder is writable and the file is a Cadet database.", path.display()),
                cause,
            )
        })?;
        Ok(Self {
            connection,
            wal: Some(Arc::new(WriteAheadLog::of(path))),
            in_use: None,
        })
    }

    /// Brings the schema to the newest version. Two nodes that start at once wait for each other.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when a migration fails; nothing is then half done on PostgreSQL.
    pub async fn migrate(&self, config: &Config) -> Result<()> {
        let failed = |cause: DbErr| {
            Error::unavailable(
                "The database cannot be brought to this version's schema. Restore a backup, or run the version that wrote it.",
                cause,
            )
        };
        match self.backend() {
            DbBackend::Postgres => {
                // The lock belongs to one connection, so that the transaction holds it and its end releases it.
                let lock = self.connection.begin().await.map_err(failed)?;
                let statement = format!("SELECT pg_advisory_xact_lock({MIGRATION_LOCK})");
                lock.execute_unprepared(&statement).await.map_err(failed)?;
                migrations::Migrator::up(&self.connection, None)
                    .await
                    .map_err(failed)?;
                lock.commit().await.map_err(failed)
            }
            _ => {
                let path = config.data_dir.join("migrate.lock");
                let locked = std::fs::create_dir_all(&config.data_dir)
                    .and_then(|()| File::create(&path))
                    .and_then(|file| file.lock().map(|()| file));
                let file = locked.map_err(|cause| {
                    Error::unavailable(
                        format!("The lock file {} cannot be used.", path.display()),
                        cause,
                    )
                })?;
                migrations::Migrator::up(&self.connection, None)
                    .await
                    .map_err(failed)?;
                drop(file);
                Ok(())
            }
        }
    }

    /// Which versions of the schema the database has been through, and which this program knows.
    ///
    /// # Errors
    /// [`Error::Invalid`] when it is no database of Cadet; from the database.
    pub async fn schema(&self) -> Result<SchemaState> {
        let statement = Statement::from_string(
            self.backend(),
            "SELECT version FROM seaql_migrations ORDER BY version",
        );
        let rows = self.connection.query_all_raw(statement).await;
        let rows = rows.map_err(|_| Error::invalid("That is no database of Cadet."))?;
        let applied: Result<Vec<String>, DbErr> =
            rows.iter().map(|row| row.try_get_by_index(0)).collect();
        let known = migrations::Migrator::migrations();
        Ok(SchemaState {
            applied: applied?,
            known: known.iter().map(|one| one.name().to_owned()).collect(),
        })
    }

    /// The pool, for reading and for single statements.
    #[must_use]
    pub fn pool(&self) -> &DatabaseConnection {
        &self.connection
    }

    /// Begins a write transaction. On SQLite it takes the write lock at once, so that it never fails half way for
    /// having read before another wrote.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the database does not answer in time.
    pub async fn begin(&self) -> Result<Transaction> {
        if let Some(wal) = &self.wal {
            wal.before_writing(self.in_use.as_ref()).await;
        }
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        Ok(self.connection.begin_with_options(options).await?)
    }

    /// Which database this is.
    #[must_use]
    pub fn backend(&self) -> DbBackend {
        self.connection.get_database_backend()
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when it does not.
    pub async fn ping(&self) -> Result<()> {
        Ok(self.connection.ping().await?)
    }

    /// Closes the pool; SQLite's write-ahead log is folded into its file.
    pub async fn close(self) {
        // There is nobody left to tell of a failure to close, and closing loses no data.
        let _ = self.connection.close().await;
    }
}

/// The file that every process locks while it uses the SQLite file of the data folder. The operating system frees the
/// lock of a process that is killed.
fn in_use_path(config: &Config) -> PathBuf {
    config.data_dir.join("in-use.lock")
}

fn open_lock(config: &Config) -> Result<File> {
    let path = in_use_path(config);
    let opened = std::fs::create_dir_all(&config.data_dir).and_then(|()| {
        File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
    });
    opened.map_err(|cause| {
        let text = format!("The lock file {} cannot be used.", path.display());
        Error::unavailable(text, cause)
    })
}

/// Says that this process uses the SQLite file, beside others that do.
fn lock_in_use(config: &Config) -> Result<File> {
    let file = open_lock(config)?;
    match file.try_lock_shared() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Error::Conflict(
            "A backup is just being restored. Try again when that is done.".into(),
        )),
        Err(TryLockError::Error(cause)) => Err(Error::unavailable(
            format!(
                "The lock file {} cannot be used.",
                in_use_path(config).display()
            ),
            cause,
        )),
    }
}

/// Takes the SQLite file of the data folder for this process alone, until the answer is dropped.
///
/// # Errors
/// [`Error::Conflict`] while any process uses it; [`Error::Unavailable`] when the folder cannot be used.
pub fn lock_alone(config: &Config) -> Result<File> {
    let file = open_lock(config)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Error::Conflict(format!(
            "A running Cadet uses the database in {}. Stop it first.",
            config.data_dir.display()
        ))),
        Err(TryLockError::Error(cause)) => Err(Error::unavailable(
            format!(
                "The lock file {} cannot be used.",
                in_use_path(config).display()
            ),
            cause,
        )),
    }
}

/// Orders the event log on PostgreSQL: whoever appends holds this lock until its transaction ends, so that entries
/// become visible in the order of their ids. SQLite has one writer at a time anyway.
///
/// A transaction that changes postings takes it before it reads them: two that bring the same opening at once would
/// else each find it unknown, and two that lock rows in different orders would wait for each other.
///
/// # Errors
/// [`Error::Unavailable`] when the database does not answer.
pub async fn lock_event_log(transaction: &Transaction) -> Result<()> {
    if transaction.get_database_backend() == DbBackend::Postgres {
        transaction
            .execute_unprepared(&format!("SELECT pg_advisory_xact_lock({EVENT_LOCK})"))
            .await?;
    }
    Ok(())
}

/// Copies the SQLite database into `target`, consistent even while others write.
///
/// # Errors
/// [`Error::Unavailable`] when the copy cannot be written; [`Error::Invalid`] on PostgreSQL, which has its own tools.
pub async fn copy_sqlite(db: &Db, target: &Path) -> Result<()> {
    if db.backend() != DbBackend::Sqlite {
        return Err(Error::invalid(
            "This Cadet uses PostgreSQL, which has its own tools: pg_dump --format=custom --file=cadet.dump \"$CADET_DATABASE_URL\"",
        ));
    }
    let statement = Statement::from_sql_and_values(
        DbBackend::Sqlite,
        "VACUUM INTO ?",
        [target.display().to_string().into()],
    );
    db.connection.execute_raw(statement).await?;
    Ok(())
}

impl From<DbErr> for Error {
    fn from(error: DbErr) -> Self {
        match &error {
            DbErr::ConnectionAcquire(_) | DbErr::Conn(_) => Self::unavailable(
                "The database does not answer. Check that it runs and that its disk is not full.",
                error,
            ),
            DbErr::Exec(RuntimeErr::SqlxError(cause))
            | DbErr::Query(RuntimeErr::SqlxError(cause))
                if is_outage(&cause.to_string()) =>
            {
                Self::unavailable(
                    "The database cannot be used now: it is locked, full or gone. Try again, and run `cadet doctor` if it lasts.",
                    error,
                )
            }
            _ => Self::internal(error),
        }
    }
}

/// Whether the database's message is about its state rather than about the statement.
fn is_outage(message: &str) -> bool {
    [
        "database is locked",
        "disk is full",
        "disk I/O error",
        "readonly database",
        "connection",
        "terminating",
    ]
    .iter()
    .any(|part| message.contains(part))
}
