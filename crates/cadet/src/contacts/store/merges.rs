//! Queries on joinings of contacts, which can be undone.

use sea_orm::ActiveValue::Set;
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, Select,
};

use super::super::entity::contact_merge::{ActiveModel, Column, Entity, Model};
use super::super::merging::{Before, Merge};
use super::super::model::{ContactId, MergeId};
use super::{from_json, to_json};
use crate::accounts::model::AccountId;
use crate::clock::Timestamp;
use crate::db::{Db, Transaction};
use crate::error::{Error, Result};

fn open(owner: AccountId) -> Select<Entity> {
    Entity::find()
        .filter(Column::AccountId.eq(owner.0))
        .filter(Column::UndoneAt.is_null())
}

/// Writes a joining.
///
/// # Errors
/// From the database.
pub async fn insert(
    transaction: &Transaction,
    owner: AccountId,
    now: Timestamp,
    kept: ContactId,
    gone: Option<ContactId>,
    before: &Before,
) -> Result<MergeId> {
    let row = ActiveModel {
        account_id: Set(owner.0),
        kept_id: Set(kept.0),
        gone_id: Set(gone.map(|gone| gone.0)),
        before: Set(to_json(before)?),
        created_at: Set(now.0),
        ..Default::default()
    };
    let id = Entity::insert(row).exec(transaction).await?.last_insert_id;
    Ok(MergeId(id))
}

/// The joinings into a contact that stand, the newest first.
///
/// # Errors
/// From the database.
pub async fn of_contact(db: &Db, owner: AccountId, kept: ContactId) -> Result<Vec<Merge>> {
    let rows = open(owner)
        .filter(Column::KeptId.eq(kept.0))
        .order_by_desc(Column::Id)
        .limit(20)
        .all(db.pool())
        .await?;
    rows.into_iter().map(to_merge).collect()
}

/// One joining that stands.
///
/// # Errors
/// [`Error::NotFound`]; from the database.
pub async fn get(db: &Db, owner: AccountId, id: MergeId) -> Result<Merge> {
    let row = open(owner)
        .filter(Column::Id.eq(id.0))
        .one(db.pool())
        .await?;
    to_merge(row.ok_or_else(|| Error::not_found("joining", id))?)
}

/// Notes that a joining was undone.
///
/// # Errors
/// From the database.
pub async fn set_undone(transaction: &Transaction, id: MergeId, now: Timestamp) -> Result<()> {
    let row = ActiveModel {
        id: Set(id.0),
        undone_at: Set(Some(now.0)),
        ..Default::default()
    };
    Entity::update(row).exec(transaction).await?;
    Ok(())
}

fn to_merge(row: Model) -> Result<Merge> {
    Ok(Merge {
        id: MergeId(row.id),
        kept: ContactId(row.kept_id),
        gone: row.gone_id.map(ContactId),
        before: from_json::<Before>(&row.before)?,
        created_at: Timestamp(row.created_at),
    })
}
