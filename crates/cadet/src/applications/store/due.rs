//! Queries on what is to be done.

use sea_orm::ActiveValue::Set;
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, Select,
};

use super::super::entity::application_due::{ActiveModel, Column, Entity};
use super::super::model::ApplicationId;
use super::super::next::plan;
use super::super::state::State;
use crate::accounts::model::AccountId;
use crate::clock::Timestamp;
use crate::db::{Db, Transaction};
use crate::error::Result;

/// An instant that never comes.
const NEVER: i64 = i64::MAX;

/// Writes what is to be done for an application in the place of what was.
///
/// # Errors
/// From the database.
pub async fn replace(
    transaction: &Transaction,
    owner: AccountId,
    id: ApplicationId,
    state: &State,
) -> Result<()> {
    Entity::delete_many()
        .filter(Column::ApplicationId.eq(id.0))
        .exec(transaction)
        .await?;
    let rows: Vec<ActiveModel> = plan(state)
        .into_iter()
        .map(|planned| ActiveModel {
            account_id: Set(owner.0),
            application_id: Set(id.0),
            from_at: Set(planned.from.0),
            due_at: Set(planned.due.map_or(NEVER, |due| due.0)),
            until_at: Set(planned.until.map_or(NEVER, |until| until.0)),
            key: Set(planned.key),
            ..Default::default()
        })
        .collect();
    if !rows.is_empty() {
        Entity::insert_many(rows)
            .exec_without_returning(transaction)
            .await?;
    }
    Ok(())
}

fn told(owner: AccountId, now: Timestamp) -> Select<Entity> {
    Entity::find()
        .filter(Column::AccountId.eq(owner.0))
        .filter(Column::FromAt.lte(now.0))
        .filter(Column::UntilAt.gt(now.0))
}

/// What is told at `now`: those with an instant first, in its order, then the rest, what came last first.
///
/// # Errors
/// From the database.
pub async fn told_at(
    db: &Db,
    owner: AccountId,
    now: Timestamp,
    limit: u64,
) -> Result<Vec<(ApplicationId, String)>> {
    let rows: Vec<(i64, String)> = told(owner, now)
        .order_by_asc(Column::DueAt)
        .order_by_desc(Column::FromAt)
        .order_by_asc(Column::Id)
        .limit(limit)
        .select_only()
        .column(Column::ApplicationId)
        .column(Column::Key)
        .into_tuple()
        .all(db.pool())
        .await?;
    Ok(rows
        .into_iter()
        .map(|(application, key)| (ApplicationId(application), key))
        .collect())
}

/// How much is told at `now`.
///
/// # Errors
/// From the database.
pub async fn count_at(db: &Db, owner: AccountId, now: Timestamp) -> Result<u64> {
    Ok(told(owner, now).count(db.pool()).await?)
}
