//! Queries of personal access tokens.

use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};

use super::super::entity::{
    account,
    api_token::{ActiveModel, Column, Entity, Model},
};
use super::super::model::{Account, AccountId, Scope, Token, TokenId};
use super::account_from;
use crate::clock::Timestamp;
use crate::db::Db;
use crate::error::Result;

/// What a new token is stored as.
#[derive(Debug)]
pub struct NewToken {
    /// What its owner calls it.
    pub name: String,
    /// The first characters of its secret.
    pub prefix: String,
    /// The secret's hash.
    pub hash: String,
    /// What it allows.
    pub scopes: Vec<Scope>,
    /// Until when it works.
    pub expires_at: Option<Timestamp>,
}

fn token_from(row: Model) -> Result<Token> {
    Ok(Token {
        id: TokenId(row.id),
        scopes: row
            .scopes
            .split(' ')
            .map(str::parse)
            .collect::<Result<Vec<Scope>>>()?,
        name: row.name,
        prefix: row.prefix,
        created_at: Timestamp(row.created_at),
        expires_at: row.expires_at.map(Timestamp),
        last_used_at: row.last_used_at.map(Timestamp),
    })
}

fn alive(now: Timestamp) -> Condition {
    Condition::all().add(Column::RevokedAt.is_null()).add(
        Condition::any()
            .add(Column::ExpiresAt.is_null())
            .add(Column::ExpiresAt.gt(now.0)),
    )
}

/// Writes a new token.
///
/// # Errors
/// [`crate::error::Error::Unavailable`] from the database.
pub async fn insert(db: &Db, owner: AccountId, now: Timestamp, new: NewToken) -> Result<Token> {
    let scopes: Vec<&str> = new.scopes.iter().map(|scope| scope.name()).collect();
    let row = ActiveModel {
        account_id: Set(owner.0),
        name: Set(new.name),
        prefix: Set(new.prefix),
        token_hash: Set(new.hash),
        scopes: Set(scopes.join(" ")),
        created_at: Set(now.0),
        expires_at: Set(new.expires_at.map(|at| at.0)),
        last_used_at: Set(None),
        revoked_at: Set(None),
        ..Default::default()
    };
    token_from(Entity::insert(row).exec_with_returning(db.pool()).await?)
}

/// The token that this hash belongs to and its account, if both can be used.
///
/// # Errors
/// [`crate::error::Error::Unavailable`] from the database.
pub async fn find(db: &Db, hash: &str, now: Timestamp) -> Result<Option<(Token, Account)>> {
    let found = Entity::find()
        .filter(Column::TokenHash.eq(hash))
        .filter(alive(now))
        .one(db.pool())
        .await?;
    let Some(row) = found else { return Ok(None) };
    let owner = account::Entity::find_by_id(row.account_id)
        .filter(account::Column::DisabledAt.is_null())
        .one(db.pool())
        .await?;
    owner
        .map(|owner| Ok((token_from(row)?, account_from(owner)?)))
        .transpose()
}

/// Notes that a token was used.
///
/// # Errors
/// [`crate::error::Error::Unavailable`] from the database.
pub async fn touch(db: &Db, id: TokenId, now: Timestamp) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::LastUsedAt, Expr::value(now.0))
        .filter(Column::Id.eq(id.0))
        .exec(db.pool())
        .await?;
    Ok(())
}

/// The owner's tokens that can be used, with numbers after `after`, at most `limit`, in order.
///
/// # Errors
/// [`crate::error::Error::Unavailable`] from the database.
pub async fn list(
    db: &Db,
    owner: AccountId,
    now: Timestamp,
    (after, limit): (i64, u64),
) -> Result<Vec<Token>> {
    let rows = Entity::find()
        .filter(Column::AccountId.eq(owner.0))
        .filter(Column::Id.gt(after))
        .filter(alive(now))
        .order_by_asc(Column::Id)
        .limit(limit)
        .all(db.pool())
        .await?;
    rows.into_iter().map(token_from).collect()
}

/// Revokes one token of the owner; says whether there was one that could be used.
///
/// # Errors
/// [`crate::error::Error::Unavailable`] from the database.
pub async fn revoke(db: &Db, owner: AccountId, id: TokenId, now: Timestamp) -> Result<bool> {
    let revoked = Entity::update_many()
        .col_expr(Column::RevokedAt, Expr::value(now.0))
        .filter(Column::AccountId.eq(owner.0))
        .filter(Column::Id.eq(id.0))
        .filter(Column::RevokedAt.is_null())
        .exec(db.pool())
        .await?;
    Ok(revoked.rows_affected > 0)
}
