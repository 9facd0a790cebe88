//! All queries on postings. Writing what a poll brought is in
//! [`mod@write`] and [`sightings`], what is believed of it in [`lives`], earlier texts in [`texts`], reading for pages in
//! [`read`].

pub mod lives;
pub mod read;
pub mod sightings;
pub mod texts;
pub mod write;

use rayon::prelude::*;
use sea_orm::{ConnectionTrait, DbBackend, Statement};

use super::entity::posting;
use super::model::NormalPosting;
use super::packing::markup;
use crate::db::Transaction;
use crate::error::{Error, Result};

/// Values of one statement that are bound at most; SQLite's limit is 32,766.
const BIND_LIMIT: usize = 20_000;
/// From so many rows on their JSON is read on all cores.
const MANY_ROWS: usize = 64;

/// Takes `count` numbers for new postings. The numbers grow and are never given twice.
async fn reserve_ids(transaction: &Transaction, count: usize) -> Result<Vec<i64>> {
    if count == 0 {
        return Ok(Vec::new());
    }
    let backend = transaction.get_database_backend();
    if backend == DbBackend::Postgres {
        let sql = "SELECT nextval(pg_get_serial_sequence('posting', 'id')) AS id FROM generate_series(1, $1)";
        let wanted = i64::try_from(count).map_err(Error::internal)?;
        let rows = transaction
            .query_all_raw(Statement::from_sql_and_values(
                backend,
                sql,
                [wanted.into()],
            ))
            .await?;
        return rows
            .into_iter()
            .map(|row| Ok(row.try_get::<i64>("", "id")?))
            .collect();
    }
    // The transaction holds SQLite's write lock, so nobody else takes the same numbers before it ends.
    let sql = "SELECT MAX(COALESCE((SELECT MAX(id) FROM posting), 0), COALESCE((SELECT seq FROM sqlite_sequence WHERE name = 'posting'), 0)) AS id";
    let row = transaction
        .query_one_raw(Statement::from_string(backend, sql))
        .await?;
    let last = row.map_or(Ok(0), |row| row.try_get::<i64>("", "id"))?;
    Ok((1..).map(|step| last + step).take(count).collect())
}

/// What rows hold. Reading their JSON takes longer than fetching them, so that of many is read on all cores.
///
/// # Errors
/// From `convert`; [`Error::Internal`] when it panics.
pub(in crate::postings) async fn converted<R: Send + 'static, T: Send + 'static>(
    rows: Vec<R>,
    convert: fn(R) -> Result<T>,
) -> Result<Vec<T>> {
    if rows.len() < MANY_ROWS {
        return rows.into_iter().map(convert).collect();
    }
    tokio::task::spawn_blocking(move || rows.into_par_iter().map(convert).collect())
        .await
        .map_err(Error::internal)?
}

/// A posting as its row holds it; the texts are taken out of the row.
fn to_whole(row: &mut posting::Model) -> Result<NormalPosting> {
    let text = std::mem::take(&mut row.description_text);
    let html = std::mem::take(&mut row.description_html);
    let html = html_of(html, row.description_markup.as_deref(), &text)?;
    to_normal(&row.data, html, text)
}

/// A posting's HTML: packed against its plain text, or, in rows of before, in a column of its own.
fn html_of(unpacked: String, packed: Option<&[u8]>, text: &str) -> Result<String> {
    packed.map_or(Ok(unpacked), |packed| markup(packed, text))
}

/// A posting as its columns hold it.
fn to_normal(data: &str, html: String, text: String) -> Result<NormalPosting> {
    let mut posting: NormalPosting = serde_json::from_str(data).map_err(Error::internal)?;
    posting.description_html = html;
    posting.description_text = text;
    Ok(posting)
}
