//! Queries on saved searches. Whoever acts for a person gives the owner.

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait as _, Query, SelectStatement};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, PaginatorTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, Select,
};

use super::super::entity::saved_search::{ActiveModel, Column, Entity, Model};
use super::super::model::{AlertId, AlertParts, Channel, SavedSearch};
use super::super::schedule::{Day, Schedule};
use super::position::Position;
use crate::accounts::entity::account;
use crate::accounts::model::AccountId;
use crate::clock::Timestamp;
use crate::db::{Db, Transaction};
use crate::error::{Error, Result};
use crate::postings::query::PostingQuery;

/// A saved search to be written.
#[derive(Debug)]
pub struct NewSearch {
    /// What its owner chose.
    pub parts: AlertParts,
    /// How to deliver.
    pub channels: Vec<Channel>,
    /// The secret part of the feeds' addresses.
    pub feed_token: String,
    /// The secret part of the address that turns mail off.
    pub unsubscribe_token: String,
    /// The last event that it need not look at.
    pub seen_event: i64,
    /// Where matching is, whose version is this change.
    pub position: Position,
}

pub(super) fn present() -> Select<Entity> {
    Entity::find().filter(Column::RemovedAt.is_null())
}

fn owned(owner: AccountId, id: AlertId) -> Select<Entity> {
    Entity::find_by_id(id.0).filter(Column::AccountId.eq(owner.0))
}

/// Accounts that cannot be used: what they saved rests.
pub(super) fn disabled() -> SelectStatement {
    Query::select()
        .column(account::Column::Id)
        .from(account::Entity)
        .and_where(account::Column::DisabledAt.is_not_null())
        .to_owned()
}

pub(super) fn active() -> Select<Entity> {
    present()
        .filter(Column::PausedAt.is_null())
        .filter(Column::AccountId.not_in_subquery(disabled()))
}

/// Writes a saved search.
///
/// # Errors
/// From the database.
pub async fn insert(
    transaction: &Transaction,
    owner: AccountId,
    now: Timestamp,
    new: NewSearch,
) -> Result<SavedSearch> {
    let parts = new.parts;
    let row = ActiveModel {
        account_id: Set(owner.0),
        name: Set(parts.name),
        query: Set(parts.query.to_query_string()),
        schedule: Set(parts.schedule.name().to_owned()),
        hour: Set(parts.schedule.hour().into()),
        weekday: Set(parts.schedule.weekday().number().into()),
        next_due_at: Set(parts
            .schedule
            .next_due(now, &parts.time_zone)
            .map(|at| at.0)),
        time_zone: Set(parts.time_zone),
        channels: Set(serde_json::to_string(&new.channels).map_err(Error::internal)?),
        feed_token: Set(new.feed_token),
        unsubscribe_token: Set(new.unsubscribe_token),
        created_at: Set(now.0),
        seen_event_id: Set(new.seen_event),
        version: Set(new.position.version),
        lag_event_id: Set((new.seen_event < new.position.event).then_some(new.seen_event)),
        ..Default::default()
    };
    to_search(Entity::insert(row).exec_with_returning(transaction).await?)
}

/// One saved search of an account.
///
/// # Errors
/// [`Error::NotFound`]; from the database.
pub async fn get<C: ConnectionTrait>(
    connection: &C,
    owner: AccountId,
    id: AlertId,
) -> Result<SavedSearch> {
    let found = owned(owner, id).filter(Column::RemovedAt.is_null());
    one(connection, found)
        .await?
        .ok_or_else(|| Error::not_found("alert", id))
}

/// One saved search, for the program itself; none when it was removed.
///
/// # Errors
/// From the database.
pub async fn find<C: ConnectionTrait>(connection: &C, id: AlertId) -> Result<Option<SavedSearch>> {
    one(connection, present().filter(Column::Id.eq(id.0))).await
}

/// The same, locked: nobody else changes it until the transaction ends.
///
/// # Errors
/// From the database.
pub async fn find_locked(transaction: &Transaction, id: AlertId) -> Result<Option<SavedSearch>> {
    one(
        transaction,
        present().filter(Column::Id.eq(id.0)).lock_exclusive(),
    )
    .await
}

/// The saved search whose feeds have this secret.
///
/// # Errors
/// From the database.
pub async fn by_feed_token(db: &Db, token: &str) -> Result<Option<SavedSearch>> {
    one(db.pool(), present().filter(Column::FeedToken.eq(token))).await
}

/// The saved search whose mail this secret turns off.
///
/// # Errors
/// From the database.
pub async fn by_unsubscribe_token<C: ConnectionTrait>(
    connection: &C,
    token: &str,
) -> Result<Option<SavedSearch>> {
    one(
        connection,
        present().filter(Column::UnsubscribeToken.eq(token)),
    )
    .await
}

async fn one<C: ConnectionTrait>(
    connection: &C,
    select: Select<Entity>,
) -> Result<Option<SavedSearch>> {
    select.one(connection).await?.map(to_search).transpose()
}

/// An account's saved searches after number `after`, by number.
///
/// # Errors
/// From the database.
pub async fn list(db: &Db, owner: AccountId, after: i64, limit: u64) -> Result<Vec<SavedSearch>> {
    let rows = present()
        .filter(Column::AccountId.eq(owner.0))
        .filter(Column::Id.gt(after))
        .order_by_asc(Column::Id)
        .limit(limit)
        .all(db.pool())
        .await?;
    rows.into_iter().map(to_search).collect()
}

/// How many saved searches an account has.
///
/// # Errors
/// From the database.
pub async fn count<C: ConnectionTrait>(connection: &C, owner: AccountId) -> Result<u64> {
    let mine = present().filter(Column::AccountId.eq(owner.0));
    Ok(mine.count(connection).await?)
}

/// Writes what the owner chose anew.
///
/// # Errors
/// From the database.
pub async fn update(
    transaction: &Transaction,
    search: &SavedSearch,
    now: Timestamp,
    version: i64,
    parts: AlertParts,
    channels: &[Channel],
) -> Result<()> {
    let due = match search.paused_at {
        Some(_) => None,
        None => parts.schedule.next_due(now, &parts.time_zone),
    };
    let row = ActiveModel {
        id: Set(search.id.0),
        name: Set(parts.name),
        query: Set(parts.query.to_query_string()),
        schedule: Set(parts.schedule.name().to_owned()),
        hour: Set(parts.schedule.hour().into()),
        weekday: Set(parts.schedule.weekday().number().into()),
        time_zone: Set(parts.time_zone),
        channels: Set(serde_json::to_string(channels).map_err(Error::internal)?),
        next_due_at: Set(due.map(|at| at.0)),
        version: Set(version),
        ..Default::default()
    };
    Entity::update(row).exec(transaction).await?;
    Ok(())
}

/// Writes the channels.
///
/// # Errors
/// From the database.
pub async fn set_channels(
    transaction: &Transaction,
    id: AlertId,
    channels: &[Channel],
) -> Result<()> {
    let json = serde_json::to_string(channels).map_err(Error::internal)?;
    set(transaction, id, &[(Column::Channels, Expr::value(json))]).await
}

/// Pauses a saved search, or goes on with it from event `seen_event`.
///
/// # Errors
/// From the database.
pub async fn set_paused(
    transaction: &Transaction,
    search: &SavedSearch,
    now: Timestamp,
    version: i64,
    resume_after: Option<i64>,
) -> Result<()> {
    let paused: Option<i64> = resume_after.is_none().then_some(now.0);
    let due = resume_after.and_then(|_| search.schedule.next_due(now, &search.time_zone));
    let mut values = vec![
        (Column::PausedAt, Expr::value(paused)),
        (Column::NextDueAt, Expr::value(due.map(|at| at.0))),
        (Column::Version, Expr::value(version)),
    ];
    if let Some(event) = resume_after {
        values.push((Column::SeenEventId, Expr::value(event)));
        values.push((Column::LagEventId, Expr::value(Option::<i64>::None)));
    }
    set(transaction, search.id, &values).await
}

/// Gives the feeds another secret.
///
/// # Errors
/// From the database.
pub async fn set_feed_token(transaction: &Transaction, id: AlertId, token: &str) -> Result<()> {
    set(transaction, id, &[(Column::FeedToken, Expr::value(token))]).await
}

/// Removes a saved search, or brings it back. Gives whether there was anything to do. Where matching is by now is noted
/// with one that is removed, so that it can be asked of what it misses when it comes back.
///
/// # Errors
/// From the database.
pub async fn set_removed(
    transaction: &Transaction,
    owner: AccountId,
    id: AlertId,
    position: Position,
    removed_at: Option<Timestamp>,
) -> Result<bool> {
    let state = match removed_at {
        Some(_) => Column::RemovedAt.is_null(),
        None => Column::RemovedAt.is_not_null(),
    };
    let done = Entity::update_many()
        .col_expr(Column::RemovedAt, Expr::value(removed_at.map(|at| at.0)))
        .col_expr(Column::Version, Expr::value(position.version))
        .filter(Column::Id.eq(id.0))
        .filter(Column::AccountId.eq(owner.0))
        .filter(state)
        .exec(transaction)
        .await?;
    if done.rows_affected != 1 {
        return Ok(false);
    }
    let noted = match removed_at {
        Some(_) => (Column::SeenEventId, Expr::value(position.event)),
        None => (Column::LagEventId, Expr::col(Column::SeenEventId)),
    };
    // One that lags goes on from where it was.
    Entity::update_many()
        .col_expr(noted.0, noted.1)
        .filter(Column::Id.eq(id.0))
        .filter(Column::SeenEventId.lt(position.event))
        .filter(Column::LagEventId.is_null())
        .exec(transaction)
        .await?;
    Ok(true)
}

pub(super) async fn set(
    transaction: &Transaction,
    id: AlertId,
    values: &[(Column, Expr)],
) -> Result<()> {
    let mut update = Entity::update_many();
    for (column, value) in values {
        update = update.col_expr(*column, value.clone());
    }
    update.filter(Column::Id.eq(id.0)).exec(transaction).await?;
    Ok(())
}

/// Active saved searches whose time of day or week has come.
///
/// # Errors
/// From the database.
pub async fn due(db: &Db, now: Timestamp) -> Result<Vec<SavedSearch>> {
    let rows = active()
        .filter(Column::NextDueAt.lte(now.0))
        .order_by_asc(Column::NextDueAt)
        .all(db.pool())
        .await?;
    rows.into_iter().map(to_search).collect()
}

/// Moves the next time of a saved search on, if it is still the one given. Gives whether it was.
///
/// # Errors
/// From the database.
pub async fn take_due(
    transaction: &Transaction,
    id: AlertId,
    due: Option<Timestamp>,
    next: Option<Timestamp>,
) -> Result<bool> {
    let done = Entity::update_many()
        .col_expr(Column::NextDueAt, Expr::value(next.map(|at| at.0)))
        .filter(Column::Id.eq(id.0))
        .filter(Column::PausedAt.is_null())
        .filter(Expr::col(Column::NextDueAt).eq(due.map(|at| at.0)))
        .exec(transaction)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Deletes saved searches that were removed before `before`, for good.
///
/// # Errors
/// From the database.
pub async fn purge(db: &Db, before: Timestamp) -> Result<u64> {
    let gone = Entity::delete_many()
        .filter(Column::RemovedAt.lt(before.0))
        .exec(db.pool())
        .await?;
    Ok(gone.rows_affected)
}

pub(super) fn to_search(row: Model) -> Result<SavedSearch> {
    let hour = i64::from(row.hour);
    Ok(SavedSearch {
        id: AlertId(row.id),
        account: AccountId(row.account_id),
        name: row.name,
        query: PostingQuery::parse_str(&row.query).map_err(Error::internal)?,
        schedule: Schedule::parse(&row.schedule, Day::from_number(row.weekday), hour)
            .map_err(Error::internal)?,
        time_zone: row.time_zone,
        channels: serde_json::from_str(&row.channels).map_err(Error::internal)?,
        feed_token: row.feed_token,
        unsubscribe_token: row.unsubscribe_token,
        created_at: Timestamp(row.created_at),
        seen_event: row.seen_event_id,
        last_run_at: row.last_run_at.map(Timestamp),
        next_due_at: row.next_due_at.map(Timestamp),
        paused_at: row.paused_at.map(Timestamp),
    })
}
