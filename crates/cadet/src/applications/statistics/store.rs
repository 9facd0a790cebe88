//! The query of statistics: the paths alone, without the states.

use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QuerySelect as _};

use super::super::entity::application::{Column, Entity};
use super::super::path;
use super::model::Case;
use crate::accounts::model::AccountId;
use crate::clock::Timestamp;
use crate::db::Db;
use crate::error::Result;

/// The columns in the order in which they are asked for. Read by their places, since ten thousand rows are not few.
type Row = (
    String,
    String,
    Option<i64>,
    Option<i64>,
    bool,
    i64,
    Option<f64>,
    Option<String>,
);

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
        .into_tuple::<Row>()
        .all(db.pool())
        .await?;
    Ok(rows
        .into_iter()
        .map(
            |(path, source, applied, answered, archived, changed, score, document)| Case {
                path: path::read(&path),
                applied_at: applied.map(Timestamp),
                answered_at: answered.map(Timestamp),
                archived_at: archived.then_some(Timestamp(changed)),
                source,
                document: document.unwrap_or_default(),
                score,
            },
        )
        .collect())
}
