//! Queries on the log. It is only ever added to.

use std::collections::HashMap;

use sea_orm::ActiveValue::Set;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
};

use super::super::entity::application_event::{ActiveModel, Column, Entity, Model};
use super::super::log::{Change, Entry};
use super::super::model::{ApplicationId, EventId};
use super::BIND_LIMIT;
use crate::accounts::model::AccountId;
use crate::clock::Timestamp;
use crate::db::Transaction;
use crate::error::{Error, Result};

/// Adds entries to the log of an application, in order.
///
/// # Errors
/// From the database.
pub async fn append(
    transaction: &Transaction,
    (owner, id): (AccountId, ApplicationId),
    now: Timestamp,
    batch: Option<&str>,
    changes: Vec<(Timestamp, Change)>,
) -> Result<Vec<Entry>> {
    let mut entries = Vec::with_capacity(changes.len());
    for (at, change) in changes {
        let row = ActiveModel {
            account_id: Set(owner.0),
            application_id: Set(id.0),
            kind: Set(change.kind().to_owned()),
            at: Set(at.0),
            recorded_at: Set(now.0),
            batch: Set(batch.map(str::to_owned)),
            change: Set(serde_json::to_string(&change).map_err(Error::internal)?),
            ..Default::default()
        };
        let number = Entity::insert(row).exec(transaction).await?.last_insert_id;
        entries.push(Entry {
            id: EventId(number),
            at,
            recorded_at: now,
            batch: batch.map(str::to_owned),
            change,
        });
    }
    Ok(entries)
}

/// The last entry of all logs of an account; none when it has no application.
///
/// # Errors
/// From the database.
pub async fn last<C: ConnectionTrait>(connection: &C, owner: AccountId) -> Result<Option<EventId>> {
    let newest = Entity::find()
        .filter(Column::AccountId.eq(owner.0))
        .order_by_desc(Column::Id)
        .select_only()
        .column(Column::Id);
    let id = newest.into_tuple::<i64>().one(connection).await?;
    Ok(id.map(EventId))
}

/// The log of an application, in order.
///
/// # Errors
/// From the database; [`Error::Internal`] for an entry that this version cannot read.
pub async fn entries<C: ConnectionTrait>(connection: &C, id: ApplicationId) -> Result<Vec<Entry>> {
    let rows = Entity::find()
        .filter(Column::ApplicationId.eq(id.0))
        .order_by_asc(Column::Id)
        .all(connection)
        .await?;
    rows.into_iter().map(to_entry).collect()
}

/// The logs of these applications, each in order.
///
/// # Errors
/// From the database; [`Error::Internal`] for an entry that this version cannot read.
pub async fn entries_of<C: ConnectionTrait>(
    connection: &C,
    ids: &[ApplicationId],
) -> Result<HashMap<ApplicationId, Vec<Entry>>> {
    let mut logs: HashMap<ApplicationId, Vec<Entry>> = HashMap::with_capacity(ids.len());
    for part in ids.chunks(BIND_LIMIT) {
        let rows = Entity::find()
            .filter(Column::ApplicationId.is_in(part.iter().map(|id| id.0)))
            .order_by_asc(Column::Id)
            .all(connection)
            .await?;
        for row in rows {
            let id = ApplicationId(row.application_id);
            logs.entry(id).or_default().push(to_entry(row)?);
        }
    }
    Ok(logs)
}

/// Which entries of which applications were recorded together.
///
/// # Errors
/// From the database.
pub async fn of_batch<C: ConnectionTrait>(
    connection: &C,
    owner: AccountId,
    batch: &str,
) -> Result<Vec<(ApplicationId, EventId)>> {
    let rows: Vec<(i64, i64)> = Entity::find()
        .filter(Column::AccountId.eq(owner.0))
        .filter(Column::Batch.eq(batch))
        .order_by_asc(Column::Id)
        .select_only()
        .column(Column::ApplicationId)
        .column(Column::Id)
        .into_tuple()
        .all(connection)
        .await?;
    Ok(rows
        .into_iter()
        .map(|(application, event)| (ApplicationId(application), EventId(event)))
        .collect())
}

fn to_entry(row: Model) -> Result<Entry> {
    Ok(Entry {
        id: EventId(row.id),
        at: Timestamp(row.at),
        recorded_at: Timestamp(row.recorded_at),
        batch: row.batch,
        change: serde_json::from_str(&row.change).map_err(Error::internal)?,
    })
}
