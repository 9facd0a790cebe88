//! Queries on the folders that are read for answers; one for each account.

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{OnConflict, Query};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _};
use serde::{Deserialize, Serialize};

use super::super::entity::reply_mailbox::{ActiveModel, Column, Entity, Model};
use super::super::model::ReplyMailbox;
use super::{from_json, to_json};
use crate::accounts::entity::account;
use crate::accounts::model::AccountId;
use crate::clock::Timestamp;
use crate::db::{Db, Transaction};
use crate::error::Result;

/// How far a folder was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// The server's numbering of the folder.
    pub uid_validity: u32,
    /// The last mail that was read.
    pub last_uid: u32,
}

/// The caller's folder with how far it was read.
///
/// # Errors
/// From the database.
pub async fn find(db: &Db, owner: AccountId) -> Result<Option<(ReplyMailbox, Option<Mark>)>> {
    let row = Entity::find()
        .filter(Column::AccountId.eq(owner.0))
        .one(db.pool())
        .await?;
    row.map(to_mailbox).transpose()
}

/// Accounts with a folder, those that cannot be used left out.
///
/// # Errors
/// From the database.
pub async fn owners(db: &Db) -> Result<Vec<AccountId>> {
    let disabled = Query::select()
        .column(account::Column::Id)
        .from(account::Entity)
        .and_where(account::Column::DisabledAt.is_not_null())
        .to_owned();
    let rows = Entity::find()
        .filter(Column::AccountId.not_in_subquery(disabled))
        .order_by_asc(Column::AccountId)
        .all(db.pool())
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| AccountId(row.account_id))
        .collect())
}

/// Names the folder; another one begins anew.
///
/// # Errors
/// From the database.
pub async fn set(
    transaction: &Transaction,
    owner: AccountId,
    now: Timestamp,
    address: &str,
) -> Result<()> {
    let row = ActiveModel {
        account_id: Set(owner.0),
        address: Set(address.to_owned()),
        mark: Set(None),
        created_at: Set(now.0),
        checked_at: Set(None),
        error: Set(None),
        ..Default::default()
    };
    let conflict = OnConflict::column(Column::AccountId)
        .update_columns([
            Column::Address,
            Column::Mark,
            Column::CreatedAt,
            Column::CheckedAt,
            Column::Error,
        ])
        .to_owned();
    Entity::insert(row)
        .on_conflict(conflict)
        .exec(transaction)
        .await?;
    Ok(())
}

/// Forgets the folder.
///
/// # Errors
/// From the database.
pub async fn remove(transaction: &Transaction, owner: AccountId) -> Result<()> {
    Entity::delete_many()
        .filter(Column::AccountId.eq(owner.0))
        .exec(transaction)
        .await?;
    Ok(())
}

/// Notes how a look ended.
///
/// # Errors
/// From the database.
pub async fn checked(
    transaction: &Transaction,
    owner: AccountId,
    now: Timestamp,
    outcome: std::result::Result<Mark, &str>,
) -> Result<()> {
    use sea_orm::sea_query::Expr;
    let mut update = Entity::update_many().col_expr(Column::CheckedAt, Expr::value(now.0));
    update = match outcome {
        Ok(mark) => update
            .col_expr(Column::Mark, Expr::value(to_json(&mark)?))
            .col_expr(Column::Error, Expr::value(Option::<String>::None)),
        Err(message) => update.col_expr(Column::Error, Expr::value(message)),
    };
    update
        .filter(Column::AccountId.eq(owner.0))
        .exec(transaction)
        .await?;
    Ok(())
}

fn to_mailbox(row: Model) -> Result<(ReplyMailbox, Option<Mark>)> {
    let mark = row.mark.as_deref().map(from_json::<Mark>).transpose()?;
    let mailbox = ReplyMailbox {
        address: row.address,
        checked_at: row.checked_at.map(Timestamp),
        error: row.error,
    };
    Ok((mailbox, mark))
}
