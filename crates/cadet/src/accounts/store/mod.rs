//! Queries of accounts; those of sessions, tokens and invitations are in the files beside.

pub mod attempts;
pub mod invitations;
pub mod sessions;
pub mod tokens;

use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, PaginatorTrait,
    QueryFilter, QueryOrder, SqlErr,
};

use super::entity::account::{ActiveModel, Column, Entity, Model};
use super::model::{Account, AccountId, Email, Role, Settings};
use crate::clock::Timestamp;
use crate::db::{Db, Transaction};
use crate::error::{Error, Result};

/// What a new account starts with.
#[derive(Debug)]
pub struct NewAccount {
    /// Their address.
    pub email: Email,
    /// The name shown.
    pub name: String,
    /// What they are.
    pub role: Role,
    /// A PHC string.
    pub password_hash: String,
}

pub(super) fn account_from(row: Model) -> Result<Account> {
    Ok(Account {
        id: AccountId(row.id),
        role: row.role.parse()?,
        // Settings that another version wrote are no reason to lock anybody out.
        settings: serde_json::from_str(&row.settings).unwrap_or_default(),
        email: row.email,
        name: row.name,
        created_at: Timestamp(row.created_at),
        disabled_at: row.disabled_at.map(Timestamp),
        has_password: row.password_hash.is_some(),
    })
}

/// Makes account number 1 unless it is there.
///
/// # Errors
/// [`Error::Unavailable`] from the database.
pub async fn insert_local(transaction: &Transaction, now: Timestamp) -> Result<()> {
    let row = ActiveModel {
        id: Set(AccountId::LOCAL.0),
        email: Set(None),
        name: Set("Me".into()),
        role: Set(Role::Admin.name().into()),
        password_hash: Set(None),
        settings: Set("{}".into()),
        created_at: Set(now.0),
        disabled_at: Set(None),
    };
    Entity::insert(row)
        .on_conflict(OnConflict::column(Column::Id).do_nothing().to_owned())
        .exec_without_returning(transaction)
        .await?;
    if transaction.get_database_backend() == DbBackend::Postgres {
        // A number that is given by hand does not move PostgreSQL's sequence, which would give it again.
        transaction
            .execute_unprepared(
                "SELECT setval(pg_get_serial_sequence('account', 'id'), (SELECT max(id) FROM account))",
            )
            .await?;
    }
    Ok(())
}

/// Makes an account.
///
/// # Errors
/// [`Error::Conflict`] when the address is taken.
pub async fn insert(
    transaction: &Transaction,
    now: Timestamp,
    new: NewAccount,
) -> Result<AccountId> {
    let row = ActiveModel {
        email: Set(Some(new.email.as_str().to_owned())),
        name: Set(new.name),
        role: Set(new.role.name().into()),
        password_hash: Set(Some(new.password_hash)),
        settings: Set("{}".into()),
        created_at: Set(now.0),
        disabled_at: Set(None),
        ..Default::default()
    };
    let inserted = Entity::insert(row).exec(transaction).await;
    Ok(AccountId(inserted.map_err(taken)?.last_insert_id))
}

fn taken(error: sea_orm::DbErr) -> Error {
    match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(_)) => Error::Conflict(
            "There is an account with this address already. Sign in with it, or use another address.".into(),
        ),
        _ => error.into(),
    }
}

/// The account with this number.
///
/// # Errors
/// [`Error::NotFound`] when there is none.
pub async fn get(db: &Db, id: AccountId) -> Result<Account> {
    let row = Entity::find_by_id(id.0).one(db.pool()).await?;
    account_from(row.ok_or_else(|| Error::not_found("account", id))?)
}

/// The account with this address and its password's hash.
///
/// # Errors
/// [`Error::Unavailable`] from the database.
pub async fn find_by_email(db: &Db, email: &str) -> Result<Option<(Account, Option<String>)>> {
    let row = Entity::find()
        .filter(Column::Email.eq(email))
        .one(db.pool())
        .await?;
    row.map(|row| {
        let hash = row.password_hash.clone();
        Ok((account_from(row)?, hash))
    })
    .transpose()
}

/// The hash of an account's password.
///
/// # Errors
/// [`Error::NotFound`] when there is no such account.
pub async fn password_hash(db: &Db, id: AccountId) -> Result<Option<String>> {
    let row = Entity::find_by_id(id.0).one(db.pool()).await?;
    Ok(row
        .ok_or_else(|| Error::not_found("account", id))?
        .password_hash)
}

/// Accounts with numbers after `after`, at most `limit`, in order.
///
/// # Errors
/// [`Error::Unavailable`] from the database.
pub async fn list(db: &Db, after: i64, limit: u64) -> Result<Vec<Account>> {
    let rows = sea_orm::QuerySelect::limit(
        Entity::find()
            .filter(Column::Id.gt(after))
            .order_by_asc(Column::Id),
        limit,
    )
    .all(db.pool())
    .await?;
    rows.into_iter().map(account_from).collect()
}

/// How many administrators other than `id` can be used.
///
/// # Errors
/// [`Error::Unavailable`] from the database.
pub async fn count_other_admins(transaction: &Transaction, id: AccountId) -> Result<u64> {
    Ok(Entity::find()
        .filter(Column::Role.eq(Role::Admin.name()))
        .filter(Column::DisabledAt.is_null())
        .filter(Column::Id.ne(id.0))
        .count(transaction)
        .await?)
}

/// Changes a role and whether the account can be used.
///
/// # Errors
/// [`Error::Unavailable`] from the database.
pub async fn set_standing(
    transaction: &Transaction,
    id: AccountId,
    role: Role,
    disabled_at: Option<Timestamp>,
) -> Result<()> {
    let row = ActiveModel {
        id: Set(id.0),
        role: Set(role.name().into()),
        disabled_at: Set(disabled_at.map(|at| at.0)),
        ..Default::default()
    };
    Entity::update(row).exec(transaction).await?;
    Ok(())
}

/// Changes a password's hash.
///
/// # Errors
/// [`Error::Unavailable`] from the database.
pub async fn set_password(transaction: &Transaction, id: AccountId, hash: String) -> Result<()> {
    let row = ActiveModel {
        id: Set(id.0),
        password_hash: Set(Some(hash)),
        ..Default::default()
    };
    Entity::update(row).exec(transaction).await?;
    Ok(())
}

/// Changes the name and, if given, the address.
///
/// # Errors
/// [`Error::Conflict`] when the address is taken.
pub async fn set_identity(
    transaction: &Transaction,
    id: AccountId,
    name: String,
    email: Option<Email>,
) -> Result<()> {
    let mut row = ActiveModel {
        id: Set(id.0),
        name: Set(name),
        ..Default::default()
    };
    if let Some(email) = email {
        row.email = Set(Some(email.as_str().to_owned()));
    }
    Entity::update(row).exec(transaction).await.map_err(taken)?;
    Ok(())
}

/// Changes a person's choices.
///
/// # Errors
/// [`Error::Unavailable`] from the database.
pub async fn set_settings(db: &Db, id: AccountId, settings: &Settings) -> Result<()> {
    let row = ActiveModel {
        id: Set(id.0),
        settings: Set(serde_json::to_string(settings).map_err(Error::internal)?),
        ..Default::default()
    };
    Entity::update(row).exec(db.pool()).await?;
    Ok(())
}
