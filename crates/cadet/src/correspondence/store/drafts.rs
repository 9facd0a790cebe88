//! Queries on drafts and what goes with them.

use std::collections::HashMap;

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, FromQueryResult, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, Select,
};

use super::super::draft::DraftParts;
use super::super::entity::mail_attachment as attachment;
use super::super::entity::mail_draft::{ActiveModel, Column, Entity, Model};
use super::super::model::{Attachment, AttachmentInfo, Draft, DraftId, DraftState};
use super::{from_json, to_json};
use crate::accounts::model::AccountId;
use crate::clock::Timestamp;
use crate::contacts::model::ContactId;
use crate::db::{Db, Transaction};
use crate::error::{Error, Result};

fn mine(owner: AccountId) -> Select<Entity> {
    Entity::find()
        .filter(Column::AccountId.eq(owner.0))
        .filter(Column::RemovedAt.is_null())
}

/// An attachment without its bytes.
#[derive(FromQueryResult)]
struct InfoRow {
    id: i64,
    draft_id: i64,
    name: String,
    media_type: String,
    size: i64,
    origin: String,
}

/// What a draft is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// The contact that it is to.
    pub contact: Option<ContactId>,
    /// The application.
    pub application: Option<i64>,
    /// The posting.
    pub posting: Option<i64>,
}

/// The drafts, those changed last first.
///
/// # Errors
/// From the database.
pub async fn list(db: &Db, owner: AccountId, skip: u64, limit: u64) -> Result<Vec<Draft>> {
    let rows = mine(owner)
        .order_by_desc(Column::UpdatedAt)
        .order_by_desc(Column::Id)
        .offset(skip)
        .limit(limit)
        .all(db.pool())
        .await?;
    with_attachments(db.pool(), rows).await
}

/// Drafts about an application, those changed last first.
///
/// # Errors
/// From the database.
pub async fn of_application(db: &Db, owner: AccountId, application: i64) -> Result<Vec<Draft>> {
    let rows = mine(owner)
        .filter(Column::ApplicationId.eq(application))
        .order_by_desc(Column::UpdatedAt)
        .limit(50)
        .all(db.pool())
        .await?;
    with_attachments(db.pool(), rows).await
}

/// One draft.
///
/// # Errors
/// [`Error::NotFound`]; from the database.
pub async fn get<C: ConnectionTrait>(
    connection: &C,
    owner: AccountId,
    id: DraftId,
) -> Result<Draft> {
    let row = mine(owner)
        .filter(Column::Id.eq(id.0))
        .one(connection)
        .await?;
    let row = row.ok_or_else(|| Error::not_found("mail", id))?;
    one(connection, row).await
}

/// One draft with its owner, for the program itself; none when it was removed.
///
/// # Errors
/// From the database.
pub async fn find(db: &Db, id: DraftId) -> Result<Option<(AccountId, Draft)>> {
    let row = Entity::find_by_id(id.0)
        .filter(Column::RemovedAt.is_null())
        .one(db.pool())
        .await?;
    match row {
        Some(row) => {
            let owner = AccountId(row.account_id);
            Ok(Some((owner, one(db.pool(), row).await?)))
        }
        None => Ok(None),
    }
}

async fn one<C: ConnectionTrait>(connection: &C, row: Model) -> Result<Draft> {
    let mut all = with_attachments(connection, vec![row]).await?;
    all.pop().ok_or_else(|| Error::internal("a draft was lost"))
}

/// Which applications these mails were about, by their identifiers.
///
/// # Errors
/// From the database.
pub async fn threads(
    db: &Db,
    owner: AccountId,
    message_ids: &[String],
) -> Result<HashMap<String, i64>> {
    let rows = Entity::find()
        .filter(Column::AccountId.eq(owner.0))
        .filter(Column::MessageId.is_in(message_ids.iter().cloned()))
        .filter(Column::ApplicationId.is_not_null())
        .all(db.pool())
        .await?;
    let pair = |row: Model| Some((row.message_id, row.application_id?));
    Ok(rows.into_iter().filter_map(pair).collect())
}

/// Writes a new draft.
///
/// # Errors
/// From the database.
pub async fn insert(
    transaction: &Transaction,
    owner: AccountId,
    now: Timestamp,
    parts: &DraftParts,
    about: About,
    (message_id, in_reply_to): (String, Option<String>),
) -> Result<DraftId> {
    let row = ActiveModel {
        account_id: Set(owner.0),
        contact_id: Set(about.contact.map(|id| id.0)),
        application_id: Set(about.application),
        posting_id: Set(about.posting),
        message_id: Set(message_id),
        in_reply_to: Set(in_reply_to),
        state: Set(DraftState::Draft.name().to_owned()),
        created_at: Set(now.0),
        ..fields(parts, now)?
    };
    let id = Entity::insert(row).exec(transaction).await?.last_insert_id;
    Ok(DraftId(id))
}

/// Writes a draft's fields anew.
///
/// # Errors
/// From the database.
pub async fn update(
    transaction: &Transaction,
    id: DraftId,
    now: Timestamp,
    parts: &DraftParts,
) -> Result<()> {
    let row = ActiveModel {
        id: Set(id.0),
        state: Set(DraftState::Draft.name().to_owned()),
        error: Set(None),
        ..fields(parts, now)?
    };
    Entity::update(row).exec(transaction).await?;
    Ok(())
}

fn fields(parts: &DraftParts, now: Timestamp) -> Result<ActiveModel> {
    Ok(ActiveModel {
        to_list: Set(to_json(&parts.to)?),
        cc_list: Set(to_json(&parts.cc)?),
        subject: Set(parts.subject.clone()),
        body: Set(parts.body.clone()),
        updated_at: Set(now.0),
        ..Default::default()
    })
}

/// Moves a draft from one state to another, if it is still there. Gives whether it was.
///
/// # Errors
/// From the database.
pub async fn set_state(
    transaction: &Transaction,
    id: DraftId,
    from: &[DraftState],
    to: DraftState,
    now: Timestamp,
    error: Option<&str>,
) -> Result<bool> {
    let mut update = Entity::update_many()
        .col_expr(Column::State, Expr::value(to.name()))
        .col_expr(Column::Error, Expr::value(error.map(str::to_owned)));
    if to == DraftState::Queued {
        update = update.col_expr(Column::ApprovedAt, Expr::value(now.0));
    }
    if to == DraftState::Sent {
        update = update.col_expr(Column::SentAt, Expr::value(now.0));
    }
    let done = update
        .filter(Column::Id.eq(id.0))
        .filter(Column::State.is_in(from.iter().map(|state| state.name())))
        .exec(transaction)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Removes a draft, or brings it back. Gives whether there was anything to do.
///
/// # Errors
/// From the database.
pub async fn set_removed(
    transaction: &Transaction,
    owner: AccountId,
    id: DraftId,
    removed_at: Option<Timestamp>,
) -> Result<bool> {
    let done = Entity::update_many()
        .col_expr(Column::RemovedAt, Expr::value(removed_at.map(|at| at.0)))
        .filter(Column::Id.eq(id.0))
        .filter(Column::AccountId.eq(owner.0))
        .filter(Column::State.ne(DraftState::Queued.name()))
        .exec(transaction)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Adds a file to a draft.
///
/// # Errors
/// From the database.
pub async fn attach(transaction: &Transaction, id: DraftId, file: Attachment) -> Result<i64> {
    let row = attachment::ActiveModel {
        draft_id: Set(id.0),
        name: Set(file.name),
        media_type: Set(file.media_type),
        size: Set(i64::try_from(file.bytes.len()).unwrap_or(i64::MAX)),
        origin: Set(file.origin),
        bytes: Set(file.bytes),
        ..Default::default()
    };
    let done = attachment::Entity::insert(row).exec(transaction).await?;
    Ok(done.last_insert_id)
}

/// Takes a file off a draft. Gives whether there was one.
///
/// # Errors
/// From the database.
pub async fn detach(transaction: &Transaction, id: DraftId, file: i64) -> Result<bool> {
    let done = attachment::Entity::delete_many()
        .filter(attachment::Column::Id.eq(file))
        .filter(attachment::Column::DraftId.eq(id.0))
        .exec(transaction)
        .await?;
    Ok(done.rows_affected == 1)
}

/// The files of a draft with their bytes, in the order in which they were added.
///
/// # Errors
/// From the database.
pub async fn files<C: ConnectionTrait>(connection: &C, id: DraftId) -> Result<Vec<Attachment>> {
    let rows = attachment::Entity::find()
        .filter(attachment::Column::DraftId.eq(id.0))
        .order_by_asc(attachment::Column::Id)
        .all(connection)
        .await?;
    let file = |row: attachment::Model| Attachment {
        name: row.name,
        media_type: row.media_type,
        origin: row.origin,
        bytes: row.bytes,
    };
    Ok(rows.into_iter().map(file).collect())
}

async fn with_attachments<C: ConnectionTrait>(
    connection: &C,
    rows: Vec<Model>,
) -> Result<Vec<Draft>> {
    let infos = attachment::Entity::find()
        .select_only()
        .columns([
            attachment::Column::Id,
            attachment::Column::DraftId,
            attachment::Column::Name,
            attachment::Column::MediaType,
            attachment::Column::Size,
            attachment::Column::Origin,
        ])
        .filter(attachment::Column::DraftId.is_in(rows.iter().map(|row| row.id)))
        .order_by_asc(attachment::Column::Id)
        .into_model::<InfoRow>()
        .all(connection)
        .await?;
    let mut by_draft: HashMap<i64, Vec<AttachmentInfo>> = HashMap::new();
    for row in infos {
        by_draft
            .entry(row.draft_id)
            .or_default()
            .push(AttachmentInfo {
                id: row.id,
                name: row.name,
                media_type: row.media_type,
                size: u64::try_from(row.size).unwrap_or(0),
                origin: row.origin,
            });
    }
    rows.into_iter()
        .map(|row| {
            let attachments = by_draft.remove(&row.id).unwrap_or_default();
            to_draft(row, attachments)
        })
        .collect()
}

fn to_draft(row: Model, attachments: Vec<AttachmentInfo>) -> Result<Draft> {
    Ok(Draft {
        id: DraftId(row.id),
        contact: row.contact_id.map(ContactId),
        application: row.application_id,
        posting: row.posting_id,
        to: from_json(&row.to_list)?,
        cc: from_json(&row.cc_list)?,
        subject: row.subject,
        body: row.body,
        message_id: row.message_id,
        in_reply_to: row.in_reply_to,
        state: row.state.parse()?,
        error: row.error,
        attachments,
        created_at: Timestamp(row.created_at),
        updated_at: Timestamp(row.updated_at),
        approved_at: row.approved_at.map(Timestamp),
        sent_at: row.sent_at.map(Timestamp),
    })
}
