//! Queries on answers.

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, PaginatorTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, Select,
};

use super::super::entity::mail_reply::{ActiveModel, Column, Entity, Model};
use super::super::model::{Reply, ReplyId, ReplyKind, ReplyState};
use super::{from_json, to_json};
use crate::accounts::model::AccountId;
use crate::clock::Timestamp;
use crate::contacts::model::ContactId;
use crate::db::{Db, Transaction};
use crate::error::{Error, Result};

fn mine(owner: AccountId) -> Select<Entity> {
    Entity::find().filter(Column::AccountId.eq(owner.0))
}

/// Answers in a state, or in any, the last first.
///
/// # Errors
/// From the database.
pub async fn list(
    db: &Db,
    owner: AccountId,
    state: Option<ReplyState>,
    before: i64,
    limit: u64,
) -> Result<Vec<Reply>> {
    let mut select = mine(owner).filter(Column::Id.lt(before));
    if let Some(state) = state {
        select = select.filter(Column::State.eq(state.name()));
    }
    let rows = select
        .order_by_desc(Column::Id)
        .limit(limit)
        .all(db.pool())
        .await?;
    rows.into_iter().map(to_reply).collect()
}

/// Proposals for one application, the last first.
///
/// # Errors
/// From the database.
pub async fn proposed_for(db: &Db, owner: AccountId, application: i64) -> Result<Vec<Reply>> {
    let rows = mine(owner)
        .filter(Column::State.eq(ReplyState::Proposed.name()))
        .filter(Column::ApplicationId.eq(application))
        .order_by_desc(Column::Id)
        .limit(20)
        .all(db.pool())
        .await?;
    rows.into_iter().map(to_reply).collect()
}

/// One answer.
///
/// # Errors
/// [`Error::NotFound`]; from the database.
pub async fn get<C: ConnectionTrait>(
    connection: &C,
    owner: AccountId,
    id: ReplyId,
) -> Result<Reply> {
    let row = mine(owner)
        .filter(Column::Id.eq(id.0))
        .one(connection)
        .await?;
    to_reply(row.ok_or_else(|| Error::not_found("reply", id))?)
}

/// Whether a mail was read before.
///
/// # Errors
/// From the database.
pub async fn is_known(db: &Db, owner: AccountId, key: &str) -> Result<bool> {
    let found = mine(owner).filter(Column::MessageKey.eq(key));
    Ok(found.count(db.pool()).await? > 0)
}

/// An answer to be written.
#[derive(Clone, Debug)]
pub struct NewReply {
    /// What tells the mail from others.
    pub key: String,
    /// Who wrote.
    pub from_name: String,
    /// Their address.
    pub from_address: String,
    /// The subject, without codes.
    pub subject: String,
    /// When it came.
    pub received_at: Timestamp,
    /// What it says.
    pub kind: ReplyKind,
    /// The sentence that says so.
    pub quote: String,
    /// Why.
    pub why: Vec<String>,
    /// The application that it is about.
    pub application: Option<i64>,
    /// The contact who wrote.
    pub contact: Option<ContactId>,
}

/// Writes an answer, once for each mail.
///
/// # Errors
/// From the database.
pub async fn insert(
    transaction: &Transaction,
    owner: AccountId,
    now: Timestamp,
    new: NewReply,
) -> Result<()> {
    let row = ActiveModel {
        account_id: Set(owner.0),
        message_key: Set(new.key),
        from_name: Set(new.from_name),
        from_address: Set(new.from_address),
        subject: Set(new.subject),
        received_at: Set(new.received_at.0),
        kind: Set(new.kind.name().to_owned()),
        quote: Set(new.quote),
        why: Set(to_json(&new.why)?),
        application_id: Set(new.application),
        contact_id: Set(new.contact.map(|id| id.0)),
        state: Set(ReplyState::Proposed.name().to_owned()),
        created_at: Set(now.0),
        ..Default::default()
    };
    let once = OnConflict::columns([Column::AccountId, Column::MessageKey])
        .do_nothing()
        .to_owned();
    Entity::insert(row)
        .on_conflict(once)
        .exec_without_returning(transaction)
        .await?;
    Ok(())
}

/// Writes what the person did with a proposal. Gives whether it was in the state given.
///
/// # Errors
/// From the database.
pub async fn decide(
    transaction: &Transaction,
    id: ReplyId,
    from: ReplyState,
    to: ReplyState,
    now: Timestamp,
    application: Option<i64>,
) -> Result<bool> {
    let decided = (to != ReplyState::Proposed).then_some(now.0);
    let done = Entity::update_many()
        .col_expr(Column::State, Expr::value(to.name()))
        .col_expr(Column::DecidedAt, Expr::value(decided))
        .col_expr(Column::ApplicationId, Expr::value(application))
        .filter(Column::Id.eq(id.0))
        .filter(Column::State.eq(from.name()))
        .exec(transaction)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Forgets decided answers from before an instant.
///
/// # Errors
/// From the database.
pub async fn forget_before(db: &Db, before: Timestamp) -> Result<()> {
    Entity::delete_many()
        .filter(Column::DecidedAt.lt(before.0))
        .exec(db.pool())
        .await?;
    Ok(())
}

fn to_reply(row: Model) -> Result<Reply> {
    Ok(Reply {
        id: ReplyId(row.id),
        from_name: row.from_name,
        from_address: row.from_address,
        subject: row.subject,
        received_at: Timestamp(row.received_at),
        kind: row.kind.parse()?,
        quote: row.quote,
        why: from_json(&row.why)?,
        application: row.application_id,
        contact: row.contact_id.map(ContactId),
        state: row.state.parse()?,
    })
}
