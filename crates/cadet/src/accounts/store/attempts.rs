//! Queries of attempts to sign in.

use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
};

use super::super::entity::login_attempt::{ActiveModel, Column, Entity};
use crate::clock::Timestamp;
use crate::db::Db;
use crate::error::Result;

/// Failures since the last success.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Failures {
    /// How many.
    pub count: u64,
    /// The latest.
    pub latest: Option<Timestamp>,
}

/// Writes an attempt down as failed, before its password is looked at, and returns its number.
///
/// # Errors
/// [`crate::error::Error::Unavailable`] from the database.
pub async fn insert(db: &Db, subject: &str, now: Timestamp) -> Result<i64> {
    let row = ActiveModel {
        subject: Set(subject.to_owned()),
        at: Set(now.0),
        succeeded: Set(false),
        ..Default::default()
    };
    Ok(Entity::insert(row).exec(db.pool()).await?.last_insert_id)
}

/// The failures of `subject` after `since`, before the attempt `before` and after its last success.
///
/// # Errors
/// [`crate::error::Error::Unavailable`] from the database.
pub async fn failures(db: &Db, subject: &str, since: Timestamp, before: i64) -> Result<Failures> {
    let earlier = Entity::find()
        .filter(Column::Subject.eq(subject))
        .filter(Column::At.gt(since.0))
        .filter(Column::Id.lt(before))
        .order_by_desc(Column::Id);
    let success = earlier
        .clone()
        .filter(Column::Succeeded.eq(true))
        .one(db.pool())
        .await?;
    let failed = earlier
        .filter(Column::Succeeded.eq(false))
        .filter(Column::Id.gt(success.map_or(0, |row| row.id)));
    let latest = failed.clone().one(db.pool()).await?;
    Ok(Failures {
        count: failed.count(db.pool()).await?,
        latest: latest.map(|row| Timestamp(row.at)),
    })
}

/// Notes that these attempts were right.
///
/// # Errors
/// [`crate::error::Error::Unavailable`] from the database.
pub async fn succeed(db: &Db, ids: &[i64]) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::Succeeded, Expr::value(true))
        .filter(Column::Id.is_in(ids.iter().copied()))
        .exec(db.pool())
        .await?;
    Ok(())
}

/// Forgets these attempts, since they were turned away unread.
///
/// # Errors
/// [`crate::error::Error::Unavailable`] from the database.
pub async fn forget(db: &Db, ids: &[i64]) -> Result<()> {
    Entity::delete_many()
        .filter(Column::Id.is_in(ids.iter().copied()))
        .exec(db.pool())
        .await?;
    Ok(())
}

/// Forgets everything before `time`.
///
/// # Errors
/// [`crate::error::Error::Unavailable`] from the database.
pub async fn forget_before(db: &Db, time: Timestamp) -> Result<()> {
    Entity::delete_many()
        .filter(Column::At.lt(time.0))
        .exec(db.pool())
        .await?;
    Ok(())
}
