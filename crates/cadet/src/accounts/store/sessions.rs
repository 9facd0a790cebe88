//! Queries of sessions and one-time sign-in links.

use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
};

use super::super::entity::{account, login_link, session};
use super::super::model::{Account, AccountId, Client, Session, SessionId};
use super::account_from;
use crate::clock::Timestamp;
use crate::db::Db;
use crate::error::Result;

fn session_from(row: session::Model) -> Session {
    Session {
        id: SessionId(row.id),
        user_agent: row.user_agent,
        address: row.address,
        created_at: Timestamp(row.created_at),
        last_seen_at: Timestamp(row.last_seen_at),
        expires_at: Timestamp(row.expires_at),
    }
}

/// Writes a new session and forgets those of the account that have ended.
///
/// # Errors
/// [`crate::error::Error::Unavailable`] from the database.
pub async fn insert(
    connection: &impl ConnectionTrait,
    account: AccountId,
    token_hash: String,
    client: &Client,
    (now, expires_at): (Timestamp, Timestamp),
) -> Result<SessionId> {
    session::Entity::delete_many()
        .filter(session::Column::AccountId.eq(account.0))
        .filter(session::Column::ExpiresAt.lte(now.0))
        .exec(connection)
        .await?;
    let row = session::ActiveModel {
        account_id: Set(account.0),
        token_hash: Set(token_hash),
        user_agent: Set(client.user_agent.chars().take(200).collect()),
        address: Set(client.address.clone()),
        created_at: Set(now.0),
        last_seen_at: Set(now.0),
        expires_at: Set(expires_at.0),
        ..Default::default()
    };
    let inserted = session::Entity::insert(row).exec(connection).await?;
    Ok(SessionId(inserted.last_insert_id))
}

/// The session that this hash belongs to and its account, if neither has ended.
///
/// # Errors
/// [`crate::error::Error::Unavailable`] from the database.
pub async fn find(db: &Db, token_hash: &str, now: Timestamp) -> Result<Option<(Session, Account)>> {
    let found = session::Entity::find()
        .filter(session::Column::TokenHash.eq(token_hash))
        .filter(session::Column::ExpiresAt.gt(now.0))
        .one(db.pool())
        .await?;
    let Some(row) = found else { return Ok(None) };
    let owner = account::Entity::find_by_id(row.account_id)
        .filter(account::Column::DisabledAt.is_null())
        .one(db.pool())
        .await?;
    owner
        .map(|owner| Ok((session_from(row), account_from(owner)?)))
        .transpose()
}

/// Notes that a session was used.
///
/// # Errors
/// [`crate::error::Error::Unavailable`] from the database.
pub async fn touch(db: &Db, id: SessionId, now: Timestamp, expires_at: Timestamp) -> Result<()> {
    session::Entity::update_many()
        .col_expr(session::Column::LastSeenAt, Expr::value(now.0))
        .col_expr(session::Column::ExpiresAt, Expr::value(expires_at.0))
        .filter(session::Column::Id.eq(id.0))
        .exec(db.pool())
        .await?;
    Ok(())
}

/// The owner's sessions that have not ended, the newest first.
///
/// # Errors
/// [`crate::error::Error::Unavailable`] from the database.
pub async fn list(db: &Db, owner: AccountId, now: Timestamp) -> Result<Vec<Session>> {
    let rows = session::Entity::find()
        .filter(session::Column::AccountId.eq(owner.0))
        .filter(session::Column::ExpiresAt.gt(now.0))
        .order_by_desc(session::Column::Id)
        .all(db.pool())
        .await?;
    Ok(rows.into_iter().map(session_from).collect())
}

/// Ends one session of the owner; says whether there was one.
///
/// # Errors
/// [`crate::error::Error::Unavailable`] from the database.
pub async fn delete(db: &Db, owner: AccountId, id: SessionId) -> Result<bool> {
    let deleted = session::Entity::delete_many()
        .filter(session::Column::AccountId.eq(owner.0))
        .filter(session::Column::Id.eq(id.0))
        .exec(db.pool())
        .await?;
    Ok(deleted.rows_affected > 0)
}

/// Ends the owner's sessions, all but `keep`; says how many.
///
/// # Errors
/// [`crate::error::Error::Unavailable`] from the database.
pub async fn delete_others(
    connection: &impl ConnectionTrait,
    owner: AccountId,
    keep: Option<SessionId>,
) -> Result<u64> {
    let deleted = session::Entity::delete_many()
        .filter(session::Column::AccountId.eq(owner.0))
        .filter(session::Column::Id.ne(keep.map_or(0, |id| id.0)))
        .exec(connection)
        .await?;
    Ok(deleted.rows_affected)
}

/// Writes a one-time link and forgets those that have ended.
///
/// # Errors
/// [`crate::error::Error::Unavailable`] from the database.
pub async fn insert_link(
    db: &Db,
    account: AccountId,
    token_hash: String,
    (now, expires_at): (Timestamp, Timestamp),
) -> Result<()> {
    login_link::Entity::delete_many()
        .filter(login_link::Column::ExpiresAt.lte(now.0))
        .exec(db.pool())
        .await?;
    let row = login_link::ActiveModel {
        account_id: Set(account.0),
        token_hash: Set(token_hash),
        expires_at: Set(expires_at.0),
        used_at: Set(None),
        ..Default::default()
    };
    login_link::Entity::insert(row).exec(db.pool()).await?;
    Ok(())
}

/// Whether a link could be used now.
///
/// # Errors
/// [`crate::error::Error::Unavailable`] from the database.
pub async fn link_works(db: &Db, token_hash: &str, now: Timestamp) -> Result<bool> {
    let found = login_link::Entity::find()
        .filter(login_link::Column::TokenHash.eq(token_hash))
        .filter(login_link::Column::ExpiresAt.gt(now.0))
        .filter(login_link::Column::UsedAt.is_null())
        .one(db.pool())
        .await?;
    Ok(found.is_some())
}

/// Uses a link up. Of several that try at once one gets the account, since the row is taken by a single statement.
///
/// # Errors
/// [`crate::error::Error::Unavailable`] from the database.
pub async fn take_link(
    connection: &impl ConnectionTrait,
    token_hash: &str,
    now: Timestamp,
) -> Result<Option<AccountId>> {
    let taken = login_link::Entity::update_many()
        .col_expr(login_link::Column::UsedAt, Expr::value(now.0))
        .filter(login_link::Column::TokenHash.eq(token_hash))
        .filter(login_link::Column::ExpiresAt.gt(now.0))
        .filter(login_link::Column::UsedAt.is_null())
        .exec(connection)
        .await?;
    if taken.rows_affected == 0 {
        return Ok(None);
    }
    let row = login_link::Entity::find()
        .filter(login_link::Column::TokenHash.eq(token_hash))
        .one(connection)
        .await?;
    Ok(row.map(|row| AccountId(row.account_id)))
}

/// Forgets sessions and links that have ended. Gives how many.
///
/// # Errors
/// [`crate::error::Error::Unavailable`] from the database.
pub async fn forget_ended(db: &Db, now: Timestamp) -> Result<u64> {
    let sessions = session::Entity::delete_many()
        .filter(session::Column::ExpiresAt.lte(now.0))
        .exec(db.pool())
        .await?;
    let links = login_link::Entity::delete_many()
        .filter(login_link::Column::ExpiresAt.lte(now.0))
        .exec(db.pool())
        .await?;
    Ok(sessions.rows_affected + links.rows_affected)
}
