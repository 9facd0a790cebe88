//! Queries on the log of conversations, which only grows.

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _,
};

use super::super::entity::contact_entry::{ActiveModel, Column, Entity, Model};
use super::super::model::{ContactId, EntryId};
use super::super::timeline::{EntryKind, Written};
use crate::accounts::model::AccountId;
use crate::clock::Timestamp;
use crate::db::Transaction;
use crate::error::{Error, Result};

/// Everything that was ever written of a contact, in order of writing.
///
/// # Errors
/// From the database.
pub async fn all<C: ConnectionTrait>(
    connection: &C,
    owner: AccountId,
    contact: ContactId,
) -> Result<Vec<Written>> {
    let rows = Entity::find()
        .filter(Column::AccountId.eq(owner.0))
        .filter(Column::ContactId.eq(contact.0))
        .order_by_asc(Column::Id)
        .all(connection)
        .await?;
    rows.into_iter().map(to_written).collect()
}

/// An entry to be written.
#[derive(Clone, Debug)]
pub struct NewEntry {
    /// What kind.
    pub kind: EntryKind,
    /// When it happened.
    pub happened_at: Timestamp,
    /// What was said.
    pub text: String,
    /// The first entry that this one corrects.
    pub corrects: Option<EntryId>,
    /// Whether it says that the first one never was.
    pub withdrawn: bool,
}

/// Writes an entry.
///
/// # Errors
/// From the database.
pub async fn insert(
    transaction: &Transaction,
    owner: AccountId,
    contact: ContactId,
    now: Timestamp,
    new: NewEntry,
) -> Result<EntryId> {
    let row = ActiveModel {
        account_id: Set(owner.0),
        contact_id: Set(contact.0),
        kind: Set(new.kind.name().to_owned()),
        happened_at: Set(new.happened_at.0),
        text: Set(new.text),
        corrects: Set(new.corrects.map(|id| id.0)),
        withdrawn: Set(new.withdrawn),
        created_at: Set(now.0),
        ..Default::default()
    };
    let id = Entity::insert(row).exec(transaction).await?.last_insert_id;
    Ok(EntryId(id))
}

/// Hands all entries of one contact to another; gives their numbers.
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

/// Gives these entries to a contact.
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

fn to_written(row: Model) -> Result<Written> {
    Ok(Written {
        id: EntryId(row.id),
        kind: row.kind.parse().map_err(Error::internal)?,
        happened_at: Timestamp(row.happened_at),
        text: row.text,
        corrects: row.corrects.map(EntryId),
        withdrawn: row.withdrawn,
        created_at: Timestamp(row.created_at),
    })
}
