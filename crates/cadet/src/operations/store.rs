//! The queries of the checks and of backups: what the database says of itself.

use sea_orm::{ConnectionTrait as _, DbBackend, DbErr, QueryResult, Statement};

use crate::clock::Timestamp;
use crate::db::Db;
use crate::error::Result;

async fn one(db: &Db, sql: &str) -> Result<Option<QueryResult>> {
    let statement = Statement::from_string(db.backend(), sql);
    Ok(db.pool().query_one_raw(statement).await?)
}

async fn number(db: &Db, sql: &str) -> Result<Option<i64>> {
    let row = one(db, sql).await?;
    let value = row.map(|row| row.try_get_by_index::<Option<i64>>(0));
    Ok(value.transpose()?.flatten())
}

/// Bytes that the database takes.
///
/// # Errors
/// From the database.
pub async fn size(db: &Db) -> Result<u64> {
    let bytes = match db.backend() {
        DbBackend::Postgres => number(db, "SELECT pg_database_size(current_database())").await?,
        _ => {
            let pages = number(db, "PRAGMA page_count").await?.unwrap_or(0);
            let size = number(db, "PRAGMA page_size").await?.unwrap_or(0);
            Some(pages.saturating_mul(size))
        }
    };
    Ok(bytes
        .and_then(|bytes| u64::try_from(bytes).ok())
        .unwrap_or(0))
}

/// What is damaged in the SQLite file; nothing when it is whole, and on PostgreSQL.
///
/// # Errors
/// From the database.
pub async fn damage(db: &Db) -> Result<Vec<String>> {
    if db.backend() != DbBackend::Sqlite {
        return Ok(Vec::new());
    }
    let statement = Statement::from_string(db.backend(), "PRAGMA quick_check(10)");
    let rows = db.pool().query_all_raw(statement).await?;
    let said: std::result::Result<Vec<String>, DbErr> =
        rows.iter().map(|row| row.try_get_by_index(0)).collect();
    Ok(said?.into_iter().filter(|line| line != "ok").collect())
}

/// The database server's time; none on SQLite, which has no clock of its own.
///
/// # Errors
/// From the database.
pub async fn server_time(db: &Db) -> Result<Option<Timestamp>> {
    if db.backend() != DbBackend::Postgres {
        return Ok(None);
    }
    let now = "SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS bigint)";
    Ok(number(db, now).await?.map(Timestamp))
}

/// Since when the longest waiting job is due, if one is waiting.
///
/// # Errors
/// From the database.
pub async fn oldest_due_job(db: &Db) -> Result<Option<Timestamp>> {
    let oldest = "SELECT MIN(claim_at) FROM job WHERE finished_at IS NULL";
    Ok(number(db, oldest).await?.map(Timestamp))
}
