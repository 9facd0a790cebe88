//! Reading and writing the event log.

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::entity::{ActiveModel, Column, Entity};
use super::model::{Event, Logged};
use crate::clock::Timestamp;
use crate::db::{Db, Transaction, lock_event_log};
use crate::error::{Error, Result};
use crate::flow;

/// Appends an event and enqueues its jobs, within the caller's transaction. Call it last: on PostgreSQL appenders
/// wait for each other until the transaction ends.
///
/// # Errors
/// [`Error::Unavailable`] or [`Error::Internal`] from the database.
pub async fn append(transaction: &Transaction, now: Timestamp, event: &Event) -> Result<i64> {
    lock_event_log(transaction).await?;
    let payload = serde_json::to_string(event).map_err(Error::internal)?;
    let row = ActiveModel {
        kind: Set(event.kind().to_owned()),
        payload: Set(payload),
        at: Set(now.0),
        ..Default::default()
    };
    let id = Entity::insert(row).exec(transaction).await?.last_insert_id;
    flow::enqueue_jobs(transaction, now, event).await?;
    Ok(id)
}

/// The next events after number `after`, at most `limit`, in order.
///
/// # Errors
/// [`Error::Unavailable`] from the database; [`Error::Internal`] for a row that this version cannot read.
pub async fn read_after(db: &Db, after: i64, limit: u64) -> Result<Vec<Logged>> {
    let rows = Entity::find()
        .filter(Column::Id.gt(after))
        .order_by_asc(Column::Id)
        .limit(limit)
        .all(db.pool())
        .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Logged {
                id: row.id,
                event: serde_json::from_str(&row.payload).map_err(Error::internal)?,
            })
        })
        .collect()
}

/// The number of the newest event; 0 when there is none.
///
/// # Errors
/// [`Error::Unavailable`] from the database.
pub async fn last_id(db: &Db) -> Result<i64> {
    let newest = Entity::find()
        .order_by_desc(Column::Id)
        .limit(1)
        .one(db.pool())
        .await?;
    Ok(newest.map_or(0, |row| row.id))
}
