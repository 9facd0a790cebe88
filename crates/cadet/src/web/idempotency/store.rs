//! Queries of kept answers.

use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, ExprTrait as _, QueryFilter, sea_query::Expr,
};

use super::entity::{ActiveModel, Column, Entity};
use crate::accounts::model::AccountId;
use crate::clock::Timestamp;
use crate::db::Db;
use crate::error::{Error, Result};

/// A request that may be repeated.
#[derive(Debug)]
pub(super) struct Slot {
    pub(super) owner: AccountId,
    pub(super) key: String,
    pub(super) fingerprint: String,
    pub(super) now: Timestamp,
}

/// An answer as it is kept.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
    pub(super) withheld: bool,
}

/// What is known of a request when it arrives.
#[derive(Debug)]
pub(super) enum Begun {
    /// Nothing; it is to be carried out.
    First,
    /// Its key belongs to another request.
    Other,
    /// It is being carried out.
    UnderWay,
    /// It was, and the answer is not kept.
    Withheld,
    /// It was, with this answer.
    Done(Answer),
}

/// Takes the slot if it is free; otherwise says what is in it. The unique key lets one of several take it.
pub(super) async fn begin(db: &Db, slot: &Slot, kept_ms: i64, dead_ms: i64) -> Result<Begun> {
    forget_old(db, slot, kept_ms, dead_ms).await?;
    let row = ActiveModel {
        account_id: Set(slot.owner.0),
        key: Set(slot.key.clone()),
        fingerprint: Set(slot.fingerprint.clone()),
        status: Set(0),
        headers: Set("[]".into()),
        body: Set(Vec::new()),
        created_at: Set(slot.now.0),
        ..Default::default()
    };
    let taken = Entity::insert(row)
        .on_conflict(
            OnConflict::columns([Column::AccountId, Column::Key])
                .do_nothing()
                .to_owned(),
        )
        .exec_without_returning(db.pool())
        .await?;
    if taken > 0 {
        return Ok(Begun::First);
    }
    let found = Entity::find()
        .filter(Column::AccountId.eq(slot.owner.0))
        .filter(Column::Key.eq(&slot.key))
        .one(db.pool())
        .await?;
    // Whoever had it may have given it up in between; the caller may try again.
    let Some(row) = found else {
        return Ok(Begun::UnderWay);
    };
    if row.fingerprint != slot.fingerprint {
        return Ok(Begun::Other);
    }
    match u16::try_from(row.status) {
        Ok(0) => Ok(Begun::UnderWay),
        Ok(status) => Ok(Begun::Done(Answer {
            status,
            headers: serde_json::from_str(&row.headers).map_err(Error::internal)?,
            body: row.body,
            withheld: false,
        })),
        Err(_) => Ok(Begun::Withheld),
    }
}

async fn forget_old(db: &Db, slot: &Slot, kept_ms: i64, dead_ms: i64) -> Result<()> {
    let oldest = slot.now.plus_millis(-kept_ms);
    let dead = slot.now.plus_millis(-dead_ms);
    let unfinished = Column::Status.eq(0).and(Column::CreatedAt.lte(dead.0));
    Entity::delete_many()
        .filter(Column::AccountId.eq(slot.owner.0))
        .filter(Column::CreatedAt.lte(oldest.0).or(unfinished))
        .exec(db.pool())
        .await?;
    Ok(())
}

/// Forgets every answer from before `oldest`.
pub(super) async fn forget_before(db: &Db, oldest: Timestamp) -> Result<()> {
    Entity::delete_many()
        .filter(Column::CreatedAt.lte(oldest.0))
        .exec(db.pool())
        .await?;
    Ok(())
}

/// Keeps the answer.
pub(super) async fn finish(db: &Db, slot: &Slot, answer: Answer) -> Result<()> {
    let status = i32::from(answer.status);
    let status = if answer.withheld { -status } else { status };
    let headers = serde_json::to_string(&answer.headers).map_err(Error::internal)?;
    Entity::update_many()
        .col_expr(Column::Status, Expr::value(status))
        .col_expr(Column::Headers, Expr::value(headers))
        .col_expr(Column::Body, Expr::value(answer.body))
        .filter(Column::AccountId.eq(slot.owner.0))
        .filter(Column::Key.eq(&slot.key))
        .exec(db.pool())
        .await?;
    Ok(())
}

/// Frees the slot, so that the request can be sent again.
pub(super) async fn abandon(db: &Db, slot: &Slot) -> Result<()> {
    Entity::delete_many()
        .filter(Column::AccountId.eq(slot.owner.0))
        .filter(Column::Key.eq(&slot.key))
        .filter(Column::Status.eq(0))
        .exec(db.pool())
        .await?;
    Ok(())
}
