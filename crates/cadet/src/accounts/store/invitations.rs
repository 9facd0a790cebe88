//! Queries of invitations.

use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};

use super::super::entity::invitation::{ActiveModel, Column, Entity, Model};
use super::super::model::{AccountId, Email, Invitation, InvitationId, Role};
use crate::clock::Timestamp;
use crate::db::{Db, Transaction};
use crate::error::Result;

/// What a new invitation is stored as.
#[derive(Debug)]
pub struct NewInvitation {
    /// The secret's hash.
    pub hash: String,
    /// The only address that may be used with it.
    pub email: Option<Email>,
    /// The role of the new account.
    pub role: Role,
    /// Who invites.
    pub by: AccountId,
    /// Until when it works.
    pub expires_at: Timestamp,
}

fn invitation_from(row: Model) -> Result<Invitation> {
    Ok(Invitation {
        id: InvitationId(row.id),
        role: row.role.parse()?,
        email: row.email,
        created_at: Timestamp(row.created_at),
        expires_at: Timestamp(row.expires_at),
        accepted_at: row.accepted_at.map(Timestamp),
    })
}

/// Writes a new invitation.
///
/// # Errors
/// [`crate::error::Error::Unavailable`] from the database.
pub async fn insert(db: &Db, now: Timestamp, new: NewInvitation) -> Result<Invitation> {
    let row = ActiveModel {
        token_hash: Set(new.hash),
        email: Set(new.email.map(|email| email.as_str().to_owned())),
        role: Set(new.role.name().into()),
        account_id: Set(new.by.0),
        created_at: Set(now.0),
        expires_at: Set(new.expires_at.0),
        accepted_at: Set(None),
        accepted_by: Set(None),
        ..Default::default()
    };
    invitation_from(Entity::insert(row).exec_with_returning(db.pool()).await?)
}

/// All invitations with numbers after `after`, at most `limit`, in order.
///
/// # Errors
/// [`crate::error::Error::Unavailable`] from the database.
pub async fn list(db: &Db, after: i64, limit: u64) -> Result<Vec<Invitation>> {
    let rows = Entity::find()
        .filter(Column::Id.gt(after))
        .order_by_asc(Column::Id)
        .limit(limit)
        .all(db.pool())
        .await?;
    rows.into_iter().map(invitation_from).collect()
}

fn usable(hash: &str, now: Timestamp) -> Select<Entity> {
    Entity::find()
        .filter(Column::TokenHash.eq(hash))
        .filter(Column::ExpiresAt.gt(now.0))
        .filter(Column::AcceptedAt.is_null())
}

/// The invitation that this hash belongs to, if it can still be used.
///
/// # Errors
/// [`crate::error::Error::Unavailable`] from the database.
pub async fn find(db: &Db, hash: &str, now: Timestamp) -> Result<Option<Invitation>> {
    let row = usable(hash, now).one(db.pool()).await?;
    row.map(invitation_from).transpose()
}

/// Uses an invitation up; says whether it could be.
///
/// # Errors
/// [`crate::error::Error::Unavailable`] from the database.
pub async fn take(transaction: &Transaction, id: InvitationId, now: Timestamp) -> Result<bool> {
    let taken = Entity::update_many()
        .col_expr(Column::AcceptedAt, Expr::value(now.0))
        .filter(Column::Id.eq(id.0))
        .filter(Column::AcceptedAt.is_null())
        .exec(transaction)
        .await?;
    Ok(taken.rows_affected > 0)
}

/// Notes which account came of an invitation.
///
/// # Errors
/// [`crate::error::Error::Unavailable`] from the database.
pub async fn set_accepted_by(
    transaction: &Transaction,
    id: InvitationId,
    account: AccountId,
) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::AcceptedBy, Expr::value(account.0))
        .filter(Column::Id.eq(id.0))
        .exec(transaction)
        .await?;
    Ok(())
}

/// Takes an invitation back that nobody has used; says whether there was one.
///
/// # Errors
/// [`crate::error::Error::Unavailable`] from the database.
pub async fn delete(db: &Db, id: InvitationId) -> Result<bool> {
    let deleted = Entity::delete_many()
        .filter(Column::Id.eq(id.0))
        .filter(Column::AcceptedAt.is_null())
        .exec(db.pool())
        .await?;
    Ok(deleted.rows_affected > 0)
}
