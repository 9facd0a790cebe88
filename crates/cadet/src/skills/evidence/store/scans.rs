//! Scans of repositories: how they go and what they found. These rows change, for they are work and no evidence.

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
};

use super::super::entity::scan::{ActiveModel, Column, Entity, Model};
use super::super::scans::{Scan, ScanId, ScanStage};
use crate::accounts::model::AccountId;
use crate::clock::Timestamp;
use crate::db::{Db, Transaction};
use crate::error::{Error, Result};

fn to_scan(row: Model) -> Result<Scan> {
    let facts = row.facts.as_deref().map(serde_json::from_str).transpose();
    Ok(Scan {
        id: ScanId(row.id),
        account: AccountId(row.account_id),
        path: row.path,
        emails: serde_json::from_str(&row.emails).map_err(Error::internal)?,
        stage: ScanStage::parse(&row.stage),
        looked_at: u64::try_from(row.looked_at).unwrap_or_default(),
        found: u64::try_from(row.found).unwrap_or_default(),
        facts: facts.map_err(Error::internal)?,
        error: row.error,
        started_at: Timestamp(row.started_at),
        finished_at: row.finished_at.map(Timestamp),
    })
}

/// Notes a scan that is to be done.
///
/// # Errors
/// From the database.
pub async fn insert(
    transaction: &Transaction,
    owner: AccountId,
    now: Timestamp,
    path: &str,
    emails: &[String],
) -> Result<Scan> {
    let row = ActiveModel {
        account_id: Set(owner.0),
        path: Set(path.to_owned()),
        emails: Set(serde_json::to_string(emails).map_err(Error::internal)?),
        stage: Set(ScanStage::Waiting.name().to_owned()),
        looked_at: Set(0),
        found: Set(0),
        facts: Set(None),
        error: Set(None),
        started_at: Set(now.0),
        finished_at: Set(None),
        ..Default::default()
    };
    to_scan(Entity::insert(row).exec_with_returning(transaction).await?)
}

/// One scan of an account.
///
/// # Errors
/// [`Error::NotFound`]; from the database.
pub async fn get<C: ConnectionTrait>(connection: &C, owner: AccountId, id: ScanId) -> Result<Scan> {
    let found = Entity::find_by_id(id.0).filter(Column::AccountId.eq(owner.0));
    let row = found.one(connection).await?;
    to_scan(row.ok_or_else(|| Error::not_found("scan", id))?)
}

/// One scan, for the program itself.
///
/// # Errors
/// [`Error::NotFound`]; from the database.
pub async fn find(db: &Db, id: ScanId) -> Result<Scan> {
    let row = Entity::find_by_id(id.0).one(db.pool()).await?;
    to_scan(row.ok_or_else(|| Error::not_found("scan", id))?)
}

/// The newest scans of an account.
///
/// # Errors
/// From the database.
pub async fn newest(db: &Db, owner: AccountId, limit: u64) -> Result<Vec<Scan>> {
    let rows = Entity::find()
        .filter(Column::AccountId.eq(owner.0))
        .order_by_desc(Column::Id)
        .limit(limit)
        .all(db.pool())
        .await?;
    rows.into_iter().map(to_scan).collect()
}

/// The last scan of this folder that ended well, from which the next one goes on.
///
/// # Errors
/// From the database.
pub async fn last_done(db: &Db, owner: AccountId, path: &str) -> Result<Option<Scan>> {
    let row = Entity::find()
        .filter(Column::AccountId.eq(owner.0))
        .filter(Column::Path.eq(path))
        .filter(Column::Stage.eq(ScanStage::Done.name()))
        .order_by_desc(Column::Id)
        .one(db.pool())
        .await?;
    row.map(to_scan).transpose()
}

/// Notes how far a scan has come.
///
/// # Errors
/// From the database.
pub async fn set_progress(db: &Db, id: ScanId, looked_at: u64, found: u64) -> Result<()> {
    let number = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    Entity::update_many()
        .col_expr(Column::Stage, Expr::value(ScanStage::Running.name()))
        .col_expr(Column::LookedAt, Expr::value(number(looked_at)))
        .col_expr(Column::Found, Expr::value(number(found)))
        .filter(Column::Id.eq(id.0))
        .exec(db.pool())
        .await?;
    Ok(())
}

/// Notes how a scan ended.
///
/// # Errors
/// From the database.
pub async fn finish(
    db: &Db,
    id: ScanId,
    now: Timestamp,
    ended: Result<String, String>,
) -> Result<()> {
    let (stage, facts, error) = match ended {
        Ok(facts) => (ScanStage::Done, Some(facts), None),
        Err(error) => (ScanStage::Failed, None, Some(error)),
    };
    Entity::update_many()
        .col_expr(Column::Stage, Expr::value(stage.name()))
        .col_expr(Column::Facts, Expr::value(facts))
        .col_expr(Column::Error, Expr::value(error))
        .col_expr(Column::FinishedAt, Expr::value(now.0))
        .filter(Column::Id.eq(id.0))
        .exec(db.pool())
        .await?;
    Ok(())
}
