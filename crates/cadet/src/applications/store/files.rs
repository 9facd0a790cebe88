//! Queries on frozen files. They are written once and never changed.

use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QuerySelect as _};

use super::super::entity::application_file::{ActiveModel, Column, Entity};
use super::super::freeze::NewFile;
use super::super::model::{ApplicationId, FileId, FrozenFile};
use crate::accounts::model::AccountId;
use crate::clock::Timestamp;
use crate::db::{Db, Transaction};
use crate::error::{Error, Result};

/// Writes a file.
///
/// # Errors
/// From the database.
pub async fn insert(
    transaction: &Transaction,
    (owner, id): (AccountId, ApplicationId),
    now: Timestamp,
    file: NewFile,
) -> Result<FrozenFile> {
    let sha256 = file.sha256();
    let bytes = file.content.len();
    let row = ActiveModel {
        account_id: Set(owner.0),
        application_id: Set(id.0),
        role: Set(file.role.clone()),
        name: Set(file.name.clone()),
        media_type: Set(file.media_type.clone()),
        sha256: Set(sha256.clone()),
        bytes: Set(i64::try_from(bytes).unwrap_or(i64::MAX)),
        frozen_at: Set(now.0),
        content: Set(file.content),
        ..Default::default()
    };
    let number = Entity::insert(row).exec(transaction).await?.last_insert_id;
    Ok(FrozenFile {
        id: FileId(number),
        role: file.role,
        name: file.name,
        media_type: file.media_type,
        sha256,
        bytes: bytes as u64,
        frozen_at: now,
    })
}

/// The content of a file that is frozen with an application.
///
/// # Errors
/// [`Error::NotFound`]; from the database.
pub async fn content(
    db: &Db,
    owner: AccountId,
    id: ApplicationId,
    file: FileId,
) -> Result<(String, String, Vec<u8>)> {
    let found: Option<(String, String, Vec<u8>)> = Entity::find_by_id(file.0)
        .filter(Column::AccountId.eq(owner.0))
        .filter(Column::ApplicationId.eq(id.0))
        .select_only()
        .column(Column::Name)
        .column(Column::MediaType)
        .column(Column::Content)
        .into_tuple()
        .one(db.pool())
        .await?;
    found.ok_or_else(|| Error::not_found("file", file))
}
