//! The query of statistics: the paths alone, without the states.

use sea_orm::{
    ColumnTrait as _, EntityTrait as _, FromQueryResult, QueryFilter as _, QuerySelect as _,
};

use super::super::entity::application::{Column, Entity};
use super::super::path;
use super::model::Case;
use crate::accounts::model::AccountId;
use crate::clock::Timestamp;
use crate::db::Db;
use crate::error::Result;

#[derive(FromQueryResult)]
struct Row {
    path: String,
    source: String,
    applied_at: Option<i64>,
    answered_at: Option<i64>,
    archived: bool,
    changed_at: i64,
    score: Option<f64>,
    document: Option<String>,
}

/// All applications of an account, put away or not.
///
/// # Errors
/// From the database.
pub async fn cases(db: &Db, owner: AccountId) -> Result<Vec<Case>> {
    let columns = [
        Column::Path,
        Column::Source,
        Column::AppliedAt,
        Column::AnsweredAt,
        Column::Archived,
        Column::ChangedAt,
        Column::Score,
        Column::Document,
    ];
    let rows = Entity::find()
        .filter(Column::AccountId.eq(owner.0))
        .select_only()
        .columns(columns)
        .into_model::<Row>()
        .all(db.pool())
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| Case {
            path: path::read(&row.path),
            applied_at: row.applied_at.map(Timestamp),
            answered_at: row.answered_at.map(Timestamp),
            archived_at: row.archived.then_some(Timestamp(row.changed_at)),
            source: row.source,
            document: row.document.unwrap_or_default(),
            score: row.score,
        })
        .collect())
}
