//! Queries on imports. Whoever acts for a person gives the owner.

use sea_orm::ActiveValue::Set;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, EntityTrait as _,
    PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, Select,
};

use super::model::{Import, ImportId, KEPT_DAYS, Stage, Understood};
use crate::accounts::model::AccountId;
use crate::clock::Timestamp;
use crate::db::Db;
use crate::error::{Error, Result};
use crate::profile::entity::profile_import::{ActiveModel, Column, Entity, Model};
use crate::profile::model::Profile;

/// An import in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its number.
    pub id: ImportId,
    /// The file's name.
    pub file_name: String,
    /// How far it is.
    pub stage: Stage,
    /// When it was brought.
    pub created_at: Timestamp,
}

fn owned(owner: AccountId) -> Select<Entity> {
    Entity::find().filter(Column::AccountId.eq(owner.0))
}

fn waiting() -> Vec<&'static str> {
    let stages = [Stage::Reading, Stage::Read, Stage::Failed];
    stages.map(Stage::name).to_vec()
}

fn to_import(row: Model) -> Result<Import> {
    let understood = row
        .understood
        .as_deref()
        .map(serde_json::from_str::<Profile>);
    Ok(Import {
        id: ImportId(row.id),
        file_name: row.file_name,
        stage: row.stage.parse()?,
        kind: row.kind.unwrap_or_default(),
        original: row.original,
        understood: understood
            .transpose()
            .map_err(Error::internal)?
            .unwrap_or_default(),
        report: serde_json::from_str(&row.report).map_err(Error::internal)?,
        error: row.error,
        created_at: Timestamp(row.created_at),
    })
}

/// How many imports of an account wait.
///
/// # Errors
/// From the database.
pub async fn count_waiting(db: &Db, owner: AccountId) -> Result<u64> {
    let found = owned(owner).filter(Column::Stage.is_in(waiting()));
    Ok(found.count(db.pool()).await?)
}

/// Writes a new import that has yet to be read, and deletes those of the account that are over for long.
///
/// # Errors
/// From the database.
pub async fn insert(
    db: &Db,
    owner: AccountId,
    now: Timestamp,
    (file_name, file): (&str, &[u8]),
) -> Result<ImportId> {
    Entity::delete_many()
        .filter(Column::AccountId.eq(owner.0))
        .filter(Column::Stage.is_not_in(waiting()))
        .filter(Column::ChangedAt.lt(now.plus_days(-KEPT_DAYS).0))
        .exec(db.pool())
        .await?;
    let row = ActiveModel {
        account_id: Set(owner.0),
        file_name: Set(file_name.to_owned()),
        file: Set(file.to_vec()),
        stage: Set(Stage::Reading.name().to_owned()),
        kind: Set(None),
        original: Set(String::new()),
        understood: Set(None),
        report: Set("{}".to_owned()),
        error: Set(None),
        version: Set(0),
        created_at: Set(now.0),
        changed_at: Set(now.0),
        ..Default::default()
    };
    let id = Entity::insert(row).exec(db.pool()).await?.last_insert_id;
    Ok(ImportId(id))
}

async fn row<C: ConnectionTrait>(connection: &C, owner: AccountId, id: ImportId) -> Result<Model> {
    let row = owned(owner)
        .filter(Column::Id.eq(id.0))
        .one(connection)
        .await?;
    row.ok_or_else(|| Error::not_found("import", id))
}

/// One import of an account.
///
/// # Errors
/// [`Error::NotFound`]; from the database.
pub async fn get(db: &Db, owner: AccountId, id: ImportId) -> Result<Import> {
    to_import(row(db.pool(), owner, id).await?)
}

/// The file of an import, with its name.
///
/// # Errors
/// [`Error::NotFound`]; from the database.
pub async fn file(db: &Db, owner: AccountId, id: ImportId) -> Result<(String, Vec<u8>)> {
    let row = row(db.pool(), owner, id).await?;
    Ok((row.file_name, row.file))
}

/// Imports of an account, the newest first, at most `limit`.
///
/// # Errors
/// From the database.
pub async fn list(db: &Db, owner: AccountId, limit: u64) -> Result<Vec<Listed>> {
    let rows: Vec<(i64, String, String, i64)> = owned(owner)
        .select_only()
        .columns([
            Column::Id,
            Column::FileName,
            Column::Stage,
            Column::CreatedAt,
        ])
        .order_by_desc(Column::Id)
        .limit(limit)
        .into_tuple()
        .all(db.pool())
        .await?;
    let rows = rows.into_iter().map(|(id, file_name, stage, created_at)| {
        Ok(Listed {
            id: ImportId(id),
            file_name,
            stage: stage.parse()?,
            created_at: Timestamp(created_at),
        })
    });
    rows.collect()
}

/// Writes what reading gave: what was understood, or why nothing was.
///
/// # Errors
/// [`Error::NotFound`]; from the database.
pub async fn set_read(
    db: &Db,
    owner: AccountId,
    (id, now): (ImportId, Timestamp),
    read: Result<Understood, String>,
) -> Result<()> {
    let mut row: ActiveModel = row(db.pool(), owner, id).await?.into();
    match read {
        Ok(understood) => {
            row.stage = Set(Stage::Read.name().to_owned());
            row.kind = Set(Some(understood.kind));
            row.original = Set(understood.original);
            row.understood = Set(Some(
                serde_json::to_string(&understood.profile).map_err(Error::internal)?,
            ));
            row.report = Set(serde_json::to_string(&understood.report).map_err(Error::internal)?);
            row.error = Set(None);
        }
        Err(error) => {
            row.stage = Set(Stage::Failed.name().to_owned());
            row.error = Set(Some(error));
        }
    }
    row.changed_at = Set(now.0);
    row.update(db.pool()).await?;
    Ok(())
}

/// Writes a corrected import.
///
/// # Errors
/// [`Error::NotFound`]; from the database.
pub async fn set_corrected(
    db: &Db,
    owner: AccountId,
    now: Timestamp,
    import: &Import,
) -> Result<()> {
    let before = row(db.pool(), owner, import.id).await?;
    let version = before.version.saturating_add(1);
    let mut row: ActiveModel = before.into();
    row.understood = Set(Some(
        serde_json::to_string(&import.understood).map_err(Error::internal)?,
    ));
    row.report = Set(serde_json::to_string(&import.report).map_err(Error::internal)?);
    row.version = Set(version);
    row.changed_at = Set(now.0);
    row.update(db.pool()).await?;
    Ok(())
}

/// Moves an import to another stage.
///
/// # Errors
/// [`Error::NotFound`]; from the database.
pub async fn set_stage(
    db: &Db,
    owner: AccountId,
    (id, now): (ImportId, Timestamp),
    stage: Stage,
) -> Result<()> {
    let mut row: ActiveModel = row(db.pool(), owner, id).await?.into();
    row.stage = Set(stage.name().to_owned());
    row.changed_at = Set(now.0);
    row.update(db.pool()).await?;
    Ok(())
}
