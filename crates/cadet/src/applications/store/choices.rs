//! Queries on what somebody chose for their applications.

use sea_orm::ActiveValue::Set;
use sea_orm::EntityTrait as _;
use sea_orm::sea_query::OnConflict;

use super::super::choices::Choices;
use super::super::entity::application_choice::{ActiveModel, Column, Entity};
use crate::accounts::model::AccountId;
use crate::db::Db;
use crate::error::{Error, Result};

/// What an account chose; nothing if it never did.
///
/// # Errors
/// From the database.
pub async fn get(db: &Db, owner: AccountId) -> Result<Choices> {
    let Some(row) = Entity::find_by_id(owner.0).one(db.pool()).await? else {
        return Ok(Choices::default());
    };
    Ok(Choices {
        labels: serde_json::from_str(&row.labels).map_err(Error::internal)?,
        weights: serde_json::from_str(&row.weights).map_err(Error::internal)?,
        weekly_goal: u32::try_from(row.weekly_goal).unwrap_or(0),
    })
}

/// Writes what an account chose.
///
/// # Errors
/// From the database.
pub async fn set(db: &Db, owner: AccountId, choices: &Choices) -> Result<()> {
    let row = ActiveModel {
        account_id: Set(owner.0),
        labels: Set(serde_json::to_string(&choices.labels).map_err(Error::internal)?),
        weights: Set(serde_json::to_string(&choices.weights).map_err(Error::internal)?),
        weekly_goal: Set(i32::try_from(choices.weekly_goal).unwrap_or(i32::MAX)),
    };
    let columns = [Column::Labels, Column::Weights, Column::WeeklyGoal];
    let update = OnConflict::column(Column::AccountId)
        .update_columns(columns)
        .to_owned();
    Entity::insert(row)
        .on_conflict(update)
        .exec_without_returning(db.pool())
        .await?;
    Ok(())
}
