//! Queries on the calendars that can be subscribed.

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};

use super::super::entity::calendar_feed::{ActiveModel, Column, Entity, Model};
use crate::accounts::entity::account;
use crate::accounts::model::AccountId;
use crate::clock::Timestamp;
use crate::db::Db;
use crate::error::Result;

/// A calendar that can be subscribed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feed {
    /// Whose.
    pub account: AccountId,
    /// SHA-256 of the secret, in hexadecimal.
    pub secret_hash: String,
    /// Whether tasks are in it.
    pub tasks: bool,
    /// When its address was made.
    pub created_at: Timestamp,
    /// When it was last read.
    pub read_at: Option<Timestamp>,
}

/// The calendar of an account.
///
/// # Errors
/// From the database.
pub async fn get(db: &Db, owner: AccountId) -> Result<Option<Feed>> {
    let row = Entity::find_by_id(owner.0).one(db.pool()).await?;
    Ok(row.map(to_feed))
}

/// The calendar whose secret has this hash, of an account that can be used.
///
/// # Errors
/// From the database.
pub async fn by_hash(db: &Db, hash: &str) -> Result<Option<Feed>> {
    let row = Entity::find()
        .filter(Column::SecretHash.eq(hash))
        .one(db.pool())
        .await?;
    let Some(feed) = row.map(to_feed) else {
        return Ok(None);
    };
    let owner = account::Entity::find_by_id(feed.account.0)
        .filter(account::Column::DisabledAt.is_null())
        .one(db.pool())
        .await?;
    Ok(owner.map(|_| feed))
}

/// Gives an account's calendar a secret, in the place of the one before.
///
/// # Errors
/// From the database.
pub async fn set(
    db: &Db,
    owner: AccountId,
    now: Timestamp,
    hash: String,
    tasks: bool,
) -> Result<()> {
    let row = ActiveModel {
        account_id: Set(owner.0),
        secret_hash: Set(hash),
        tasks: Set(tasks),
        created_at: Set(now.0),
        read_at: Set(None),
        note: Set(None),
    };
    let columns = [
        Column::SecretHash,
        Column::Tasks,
        Column::CreatedAt,
        Column::ReadAt,
    ];
    let update = OnConflict::column(Column::AccountId)
        .update_columns(columns)
        .to_owned();
    Entity::insert(row)
        .on_conflict(update)
        .exec_without_returning(db.pool())
        .await?;
    Ok(())
}

/// Notes that a calendar was read.
///
/// # Errors
/// From the database.
pub async fn set_read(db: &Db, owner: AccountId, now: Timestamp) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::ReadAt, Expr::value(now.0))
        .filter(Column::AccountId.eq(owner.0))
        .exec(db.pool())
        .await?;
    Ok(())
}

/// Takes an account's calendar away. Says whether there was one.
///
/// # Errors
/// From the database.
pub async fn remove(db: &Db, owner: AccountId) -> Result<bool> {
    let done = Entity::delete_by_id(owner.0).exec(db.pool()).await?;
    Ok(done.rows_affected > 0)
}

fn to_feed(row: Model) -> Feed {
    Feed {
        account: AccountId(row.account_id),
        secret_hash: row.secret_hash,
        tasks: row.tasks,
        created_at: Timestamp(row.created_at),
        read_at: row.read_at.map(Timestamp),
    }
}
