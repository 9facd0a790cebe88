//! Queries on saved searches of those who ask them: what changed, which are locked, which lag or rest.

use std::collections::{HashMap, HashSet};

use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
};

use super::super::entity::saved_search::{Column, Entity};
use super::super::model::{AlertId, SavedSearch};
use super::BIND_LIMIT;
use super::searches::{active, disabled, present, set, to_search};
use crate::clock::Timestamp;
use crate::db::{Db, Transaction};
use crate::error::Result;

/// A saved search as the percolator follows it.
#[derive(Debug)]
pub struct Change {
    /// The search, with the last event that it need not look at.
    pub search: SavedSearch,
    /// Its last change.
    pub version: i64,
    /// Whether it was neither removed nor paused.
    pub active: bool,
}

/// Saved searches that changed after a place in the order of changes (version, then number), removed ones included.
///
/// # Errors
/// From the database.
pub async fn changed_after<C: ConnectionTrait>(
    connection: &C,
    (version, id): (i64, AlertId),
    limit: u64,
) -> Result<Vec<Change>> {
    let later = Column::Version
        .gt(version)
        .or(Column::Version.eq(version).and(Column::Id.gt(id.0)));
    let rows = Entity::find()
        .filter(later)
        .order_by_asc(Column::Version)
        .order_by_asc(Column::Id)
        .limit(limit)
        .all(connection)
        .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Change {
                version: row.version,
                active: row.removed_at.is_none() && row.paused_at.is_none(),
                search: to_search(row)?,
            })
        })
        .collect()
}

/// Active saved searches that have yet to be asked alone, each with the event after which.
///
/// # Errors
/// From the database.
pub async fn lagging(db: &Db, limit: u64) -> Result<Vec<(SavedSearch, i64)>> {
    let rows = active()
        .filter(Column::LagEventId.is_not_null())
        .order_by_asc(Column::LagEventId)
        .limit(limit)
        .all(db.pool())
        .await?;
    rows.into_iter()
        .filter_map(|row| {
            let after = row.lag_event_id?;
            Some(to_search(row).map(|search| (search, after)))
        })
        .collect()
}

/// After which events those of the saved searches that lag have yet to be asked alone.
///
/// # Errors
/// From the database.
pub async fn lags(transaction: &Transaction, ids: &[AlertId]) -> Result<HashMap<AlertId, i64>> {
    let rows: Vec<(i64, i64)> = Entity::find()
        .filter(Column::Id.is_in(ids.iter().map(|id| id.0)))
        .filter(Column::LagEventId.is_not_null())
        .select_only()
        .column(Column::Id)
        .column(Column::LagEventId)
        .into_tuple()
        .all(transaction)
        .await?;
    Ok(rows
        .into_iter()
        .map(|(id, after)| (AlertId(id), after))
        .collect())
}

/// Notes after which event a saved search has yet to be asked alone; with none, that it has caught up.
///
/// # Errors
/// From the database.
pub async fn set_lag(transaction: &Transaction, id: AlertId, after: Option<i64>) -> Result<()> {
    set(transaction, id, &[(Column::LagEventId, Expr::value(after))]).await
}

/// Notes with saved searches of accounts that cannot be used that they have yet to be asked of what came after event
/// `after`, unless they lag already; gives which they are.
///
/// # Errors
/// From the database.
pub async fn rest(
    transaction: &Transaction,
    ids: &[AlertId],
    after: i64,
) -> Result<HashSet<AlertId>> {
    let mut resting = HashSet::new();
    for part in ids.chunks(BIND_LIMIT) {
        let found: Vec<i64> = Entity::find()
            .filter(Column::Id.is_in(part.iter().map(|id| id.0)))
            .filter(Column::AccountId.in_subquery(disabled()))
            .select_only()
            .column(Column::Id)
            .into_tuple()
            .all(transaction)
            .await?;
        Entity::update_many()
            .col_expr(Column::LagEventId, Expr::value(after))
            .filter(Column::Id.is_in(found.iter().copied()))
            .filter(Column::LagEventId.is_null())
            .exec(transaction)
            .await?;
        resting.extend(found.into_iter().map(AlertId));
    }
    Ok(resting)
}

/// Locks those of the saved searches that are still active, and gives them as they are now: nobody else changes them until
/// the transaction ends.
///
/// # Errors
/// From the database.
pub async fn lock(
    transaction: &Transaction,
    ids: &[AlertId],
) -> Result<HashMap<AlertId, SavedSearch>> {
    let mut found = HashMap::with_capacity(ids.len());
    for part in ids.chunks(BIND_LIMIT) {
        // Always in the same order, so that two who lock never wait for each other.
        let rows = present()
            .filter(Column::PausedAt.is_null())
            .filter(Column::Id.is_in(part.iter().map(|id| id.0)))
            .order_by_asc(Column::Id)
            .lock_exclusive()
            .all(transaction)
            .await?;
        for row in rows {
            let search = to_search(row)?;
            found.insert(search.id, search);
        }
    }
    Ok(found)
}

/// Notes when something was found.
///
/// # Errors
/// From the database.
pub async fn found_something(
    transaction: &Transaction,
    now: Timestamp,
    ids: &[AlertId],
) -> Result<()> {
    for part in ids.chunks(BIND_LIMIT) {
        Entity::update_many()
            .col_expr(Column::LastRunAt, Expr::value(now.0))
            .filter(Column::Id.is_in(part.iter().map(|id| id.0)))
            .exec(transaction)
            .await?;
    }
    Ok(())
}
