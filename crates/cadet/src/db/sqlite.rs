//! SQLite's files: how connections lead to one, and what it is called that stands beside it.

use std::path::{Path, PathBuf};

use sea_orm::ConnectOptions;
use sea_orm::sqlx::sqlite::SqliteConnectOptions;

/// Options for at most `connections` connections to the database at `path`, each made as `set` says.
///
/// By the path itself: in an address `%`, `?` and `#` would not stand for themselves.
pub(super) fn connect_options(
    path: &Path,
    connections: u32,
    set: impl Fn(SqliteConnectOptions) -> SqliteConnectOptions + Send + Sync + 'static,
) -> ConnectOptions {
    let path = path.to_owned();
    // The address only says which kind of database it is.
    let mut options = ConnectOptions::new("sqlite:");
    options
        .max_connections(connections)
        .sqlx_logging(false)
        .map_sqlx_sqlite_opts(move |options| set(options.filename(&path)));
    options
}

/// The write-ahead log of the database at `path`.
#[must_use]
pub fn write_ahead_log_of(path: &Path) -> PathBuf {
    let mut file = path.as_os_str().to_owned();
    file.push("-wal");
    file.into()
}
