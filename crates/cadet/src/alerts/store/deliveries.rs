//! Queries on deliveries.

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
};

use super::super::entity::delivery::{ActiveModel, Column, Entity, Model};
use super::super::model::{AlertId, Delivery, DeliveryId, DeliveryState, SavedSearch};
use crate::clock::Timestamp;
use crate::db::{Db, Transaction};
use crate::error::Result;

/// A delivery to be written.
#[derive(Clone, Copy, Debug)]
pub struct NewDelivery<'a> {
    /// `mail`, `webhook` or `feed`.
    pub channel: &'a str,
    /// The address.
    pub target: &'a str,
    /// The delivery that has the matches, unless it is this one.
    pub batch: Option<DeliveryId>,
    /// Postings; 0 for a test.
    pub posting_count: u64,
    /// Whether there is nothing left to do.
    pub done: bool,
}

/// Writes a delivery.
///
/// # Errors
/// From the database.
pub async fn insert(
    transaction: &Transaction,
    search: &SavedSearch,
    now: Timestamp,
    new: NewDelivery<'_>,
) -> Result<DeliveryId> {
    let state = if new.done {
        DeliveryState::Delivered
    } else {
        DeliveryState::Pending
    };
    let row = ActiveModel {
        account_id: Set(search.account.0),
        saved_search_id: Set(search.id.0),
        batch_id: Set(new.batch.map(|batch| batch.0)),
        channel: Set(new.channel.to_owned()),
        target: Set(new.target.to_owned()),
        state: Set(state.name().to_owned()),
        attempts: Set(0),
        posting_count: Set(i32::try_from(new.posting_count).unwrap_or(i32::MAX)),
        created_at: Set(now.0),
        finished_at: Set(new.done.then_some(now.0)),
        ..Default::default()
    };
    let id = Entity::insert(row).exec(transaction).await?.last_insert_id;
    Ok(DeliveryId(id))
}

/// One delivery, for the program itself.
///
/// # Errors
/// From the database.
pub async fn find<C: ConnectionTrait>(connection: &C, id: DeliveryId) -> Result<Option<Delivery>> {
    let row = Entity::find_by_id(id.0).one(connection).await?;
    Ok(row.map(to_delivery))
}

/// A saved search's deliveries, the newest first.
///
/// # Errors
/// From the database.
pub async fn newest(db: &Db, search: AlertId, limit: u64) -> Result<Vec<Delivery>> {
    let rows = Entity::find()
        .filter(Column::SavedSearchId.eq(search.0))
        .order_by_desc(Column::Id)
        .limit(limit)
        .all(db.pool())
        .await?;
    Ok(rows.into_iter().map(to_delivery).collect())
}

/// Notes how a try ended. What is finished already stays as it is.
///
/// # Errors
/// From the database.
pub async fn record_try(
    transaction: &Transaction,
    now: Timestamp,
    id: DeliveryId,
    state: DeliveryState,
    error: Option<&str>,
) -> Result<()> {
    let finished = (state != DeliveryState::Pending).then_some(now.0);
    Entity::update_many()
        .col_expr(Column::State, Expr::value(state.name()))
        .col_expr(Column::Attempts, Expr::col(Column::Attempts).add(1))
        .col_expr(Column::Error, Expr::value(error.map(str::to_owned)))
        .col_expr(Column::FinishedAt, Expr::value(finished))
        .filter(Column::Id.eq(id.0))
        .filter(Column::State.eq(DeliveryState::Pending.name()))
        .exec(transaction)
        .await?;
    Ok(())
}

/// Gives up what has been on its way since before `before`: its job has died with the process that ran it.
///
/// # Errors
/// From the database.
pub async fn give_up_before(db: &Db, now: Timestamp, before: Timestamp) -> Result<u64> {
    let message =
        "Every try was cut off before it ended. See the log of Cadet, then press Send a test.";
    let done = Entity::update_many()
        .col_expr(Column::State, Expr::value(DeliveryState::Failed.name()))
        .col_expr(Column::Error, Expr::value(message))
        .col_expr(Column::FinishedAt, Expr::value(now.0))
        .filter(Column::State.eq(DeliveryState::Pending.name()))
        .filter(Column::CreatedAt.lt(before.0))
        .exec(db.pool())
        .await?;
    Ok(done.rows_affected)
}

fn to_delivery(row: Model) -> Delivery {
    let count = |value: i32| u32::try_from(value).unwrap_or(0);
    Delivery {
        id: DeliveryId(row.id),
        alert: AlertId(row.saved_search_id),
        batch: DeliveryId(row.batch_id.unwrap_or(row.id)),
        channel: row.channel,
        target: row.target,
        state: DeliveryState::parse(&row.state),
        attempts: count(row.attempts),
        posting_count: count(row.posting_count),
        error: row.error,
        created_at: Timestamp(row.created_at),
        finished_at: row.finished_at.map(Timestamp),
    }
}
