//! Queries on promises.

use jiff::civil::Date;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, Select,
};

use super::super::entity::contact_promise::{ActiveModel, Column, Entity, Model};
use super::super::model::{ContactId, PromiseId};
use super::super::timeline::{OwedBy, Promise};
use super::people;
use crate::accounts::model::AccountId;
use crate::clock::Timestamp;
use crate::db::{Db, Transaction};
use crate::error::{Error, Result};

/// Promises of one contact that are shown at most.
const SHOWN: u64 = 200;

fn mine(owner: AccountId) -> Select<Entity> {
    Entity::find()
        .filter(Column::AccountId.eq(owner.0))
        .filter(Column::RemovedAt.is_null())
}

/// Promises made with a contact, the newest first.
///
/// # Errors
/// From the database.
pub async fn of_contact(db: &Db, owner: AccountId, contact: ContactId) -> Result<Vec<Promise>> {
    let rows = mine(owner)
        .filter(Column::ContactId.eq(contact.0))
        .order_by_desc(Column::Id)
        .limit(SHOWN)
        .all(db.pool())
        .await?;
    with_names(db, owner, rows).await
}

/// Promises that are not kept and due on `until` or before, the longest due first.
///
/// # Errors
/// From the database.
pub async fn due(db: &Db, owner: AccountId, until: Date, limit: u64) -> Result<Vec<Promise>> {
    let rows = mine(owner)
        .filter(Column::DoneAt.is_null())
        .filter(Column::DueOn.lte(until.to_string()))
        .order_by_asc(Column::DueOn)
        .order_by_asc(Column::Id)
        .limit(limit)
        .all(db.pool())
        .await?;
    with_names(db, owner, rows).await
}

/// One promise.
///
/// # Errors
/// [`Error::NotFound`]; from the database.
pub async fn get(db: &Db, owner: AccountId, id: PromiseId) -> Result<Promise> {
    let row = mine(owner)
        .filter(Column::Id.eq(id.0))
        .one(db.pool())
        .await?;
    let row = row.ok_or_else(|| Error::not_found("promise", id))?;
    let mut all = with_names(db, owner, vec![row]).await?;
    all.pop().ok_or_else(|| Error::not_found("promise", id))
}

async fn with_names(db: &Db, owner: AccountId, rows: Vec<Model>) -> Result<Vec<Promise>> {
    let ids: Vec<ContactId> = rows.iter().map(|row| ContactId(row.contact_id)).collect();
    let names = people::names(db, owner, &ids).await?;
    let name = |row: &Model| names.get(&ContactId(row.contact_id)).cloned();
    rows.into_iter()
        .map(|row| {
            let name = name(&row).unwrap_or_default();
            to_promise(row, name)
        })
        .collect()
}

fn to_promise(row: Model, contact_name: String) -> Result<Promise> {
    let due = row.due_on.map(|on| on.parse::<Date>());
    Ok(Promise {
        id: PromiseId(row.id),
        contact: ContactId(row.contact_id),
        contact_name,
        owed_by: row.owed_by.parse().map_err(Error::internal)?,
        text: row.text,
        due_on: due.transpose().map_err(Error::internal)?,
        done_at: row.done_at.map(Timestamp),
        created_at: Timestamp(row.created_at),
    })
}

/// Writes a promise.
///
/// # Errors
/// From the database.
pub async fn insert(
    transaction: &Transaction,
    owner: AccountId,
    contact: ContactId,
    now: Timestamp,
    (owed_by, text, due_on): (OwedBy, String, Option<Date>),
) -> Result<PromiseId> {
    let row = ActiveModel {
        account_id: Set(owner.0),
        contact_id: Set(contact.0),
        owed_by: Set(owed_by.name().to_owned()),
        text: Set(text),
        due_on: Set(due_on.map(|on| on.to_string())),
        created_at: Set(now.0),
        ..Default::default()
    };
    let id = Entity::insert(row).exec(transaction).await?.last_insert_id;
    Ok(PromiseId(id))
}

/// Writes when a promise was kept, or that it was not.
///
/// # Errors
/// From the database.
pub async fn set_done(
    transaction: &Transaction,
    id: PromiseId,
    done_at: Option<Timestamp>,
) -> Result<()> {
    let row = ActiveModel {
        id: Set(id.0),
        done_at: Set(done_at.map(|at| at.0)),
        ..Default::default()
    };
    Entity::update(row).exec(transaction).await?;
    Ok(())
}

/// Removes a promise, or brings it back. Gives whether there was anything to do.
///
/// # Errors
/// From the database.
pub async fn set_removed(
    transaction: &Transaction,
    owner: AccountId,
    id: PromiseId,
    removed_at: Option<Timestamp>,
) -> Result<bool> {
    let done = Entity::update_many()
        .col_expr(Column::RemovedAt, Expr::value(removed_at.map(|at| at.0)))
        .filter(Column::Id.eq(id.0))
        .filter(Column::AccountId.eq(owner.0))
        .exec(transaction)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Hands all promises of one contact to another; gives their numbers.
///
/// # Errors
/// From the database.
pub async fn hand_over(
    transaction: &Transaction,
    from: ContactId,
    to: ContactId,
) -> Result<Vec<i64>> {
    let rows = Entity::find()
        .filter(Column::ContactId.eq(from.0))
        .all(transaction)
        .await?;
    let ids: Vec<i64> = rows.into_iter().map(|row| row.id).collect();
    give(transaction, &ids, to).await?;
    Ok(ids)
}

/// Gives these promises to a contact.
///
/// # Errors
/// From the database.
pub async fn give(transaction: &Transaction, ids: &[i64], to: ContactId) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::ContactId, Expr::value(to.0))
        .filter(Column::Id.is_in(ids.iter().copied()))
        .exec(transaction)
        .await?;
    Ok(())
}
