//! Queries on paragraphs of letters.

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _, Select,
};

use super::super::entity::paragraph::{ActiveModel, Column, Entity, Model};
use super::super::letters::{Paragraph, ParagraphId, conditions_of, conditions_text};
use super::super::model::DocumentKind;
use crate::accounts::model::AccountId;
use crate::clock::Timestamp;
use crate::db::Db;
use crate::error::{Error, Result};

fn present(owner: AccountId) -> Select<Entity> {
    Entity::find()
        .filter(Column::AccountId.eq(owner.0))
        .filter(Column::RemovedAt.is_null())
}

/// Paragraphs of a kind in a language, in order.
///
/// # Errors
/// From the database.
pub async fn list<C: ConnectionTrait>(
    connection: &C,
    owner: AccountId,
    kind: DocumentKind,
    language: &str,
) -> Result<Vec<Paragraph>> {
    let rows = present(owner)
        .filter(Column::Kind.eq(kind.name()))
        .filter(Column::Language.eq(language))
        .order_by_asc(Column::Position)
        .order_by_asc(Column::Id)
        .all(connection)
        .await?;
    rows.into_iter().map(to_paragraph).collect()
}

/// One paragraph.
///
/// # Errors
/// [`Error::NotFound`]; from the database.
pub async fn get(db: &Db, owner: AccountId, id: ParagraphId) -> Result<Paragraph> {
    let row = present(owner)
        .filter(Column::Id.eq(id.0))
        .one(db.pool())
        .await?;
    row.map_or_else(|| Err(Error::not_found("paragraph", id)), to_paragraph)
}

/// Writes a new paragraph.
///
/// # Errors
/// From the database.
pub async fn insert<C: ConnectionTrait>(
    connection: &C,
    owner: AccountId,
    now: Timestamp,
    paragraph: &Paragraph,
) -> Result<Paragraph> {
    let row = ActiveModel {
        account_id: Set(owner.0),
        removed_at: Set(None),
        ..row_of(paragraph, now)?
    };
    to_paragraph(Entity::insert(row).exec_with_returning(connection).await?)
}

/// Writes what a paragraph has become.
///
/// # Errors
/// [`Error::NotFound`]; from the database.
pub async fn update(
    db: &Db,
    owner: AccountId,
    id: ParagraphId,
    now: Timestamp,
    paragraph: &Paragraph,
) -> Result<()> {
    get(db, owner, id).await?;
    let row = ActiveModel {
        id: Set(id.0),
        ..row_of(paragraph, now)?
    };
    Entity::update(row).exec(db.pool()).await?;
    Ok(())
}

/// Removes a paragraph, or brings it back.
///
/// # Errors
/// From the database.
pub async fn set_removed(
    db: &Db,
    owner: AccountId,
    id: ParagraphId,
    at: Option<Timestamp>,
) -> Result<bool> {
    let done = Entity::update_many()
        .col_expr(Column::RemovedAt, Expr::value(at.map(|at| at.0)))
        .filter(Column::AccountId.eq(owner.0))
        .filter(Column::Id.eq(id.0))
        .exec(db.pool())
        .await?;
    Ok(done.rows_affected > 0)
}

fn row_of(paragraph: &Paragraph, now: Timestamp) -> Result<ActiveModel> {
    Ok(ActiveModel {
        kind: Set(paragraph.kind.name().to_owned()),
        language: Set(paragraph.language.clone()),
        part: Set(paragraph.part.name().to_owned()),
        position: Set(paragraph.position),
        conditions: Set(conditions_text(&paragraph.conditions)),
        text: Set(paragraph.text.clone()),
        sources: Set(serde_json::to_string(&paragraph.sources).map_err(Error::internal)?),
        is_starter: Set(paragraph.starter),
        changed_at: Set(now.0),
        ..Default::default()
    })
}

fn to_paragraph(row: Model) -> Result<Paragraph> {
    Ok(Paragraph {
        id: Some(ParagraphId(row.id)),
        key: row.id.to_string(),
        kind: row.kind.parse()?,
        language: row.language,
        part: row.part.parse()?,
        position: row.position,
        conditions: conditions_of(&row.conditions)?,
        text: row.text,
        sources: serde_json::from_str(&row.sources).map_err(Error::internal)?,
        starter: row.is_starter,
    })
}
