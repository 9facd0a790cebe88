//! The schedules' queries.

use sea_orm::sea_query::{Expr, ExprTrait, OnConflict, Query};
use sea_orm::{
    ConnectionTrait, DatabaseConnection, SqliteTransactionMode, TransactionOptions,
    TransactionTrait,
};

use super::Schedule;
use crate::error::{Error, while_doing};
use crate::migrations::JobSchedule;
use crate::model::Enqueued;

/// Makes sure that the schedule is known, and returns its next tick: `next`, or what the database has for the same pattern.
pub(crate) async fn register<C: ConnectionTrait>(
    conn: &C,
    schedule: &Schedule,
    next: i64,
) -> Result<i64, Error> {
    let stored = Expr::col((JobSchedule::Table, JobSchedule::Cron));
    let changed = OnConflict::column(JobSchedule::Name)
        .update_columns([JobSchedule::Cron, JobSchedule::NextAt])
        .action_and_where(stored.ne(Expr::col(("excluded", JobSchedule::Cron))))
        .to_owned();
    let insert = Query::insert()
        .into_table(JobSchedule::Table)
        .columns([JobSchedule::Name, JobSchedule::Cron, JobSchedule::NextAt])
        .values_panic([
            schedule.name.as_str().into(),
            schedule.pattern().into(),
            next.into(),
        ])
        .on_conflict(changed)
        .take();
    let fail = || while_doing("registering a schedule");
    conn.execute(&insert).await.map_err(fail())?;
    let select = Query::select()
        .column(JobSchedule::NextAt)
        .from(JobSchedule::Table)
        .and_where(Expr::col(JobSchedule::Name).eq(schedule.name.as_str()))
        .take();
    match conn.query_one(&select).await.map_err(fail())? {
        Some(row) => row.try_get_by_index(0).map_err(fail()),
        None => Ok(next),
    }
}

/// Enqueues the job of a tick that is due, or returns `None` if another node has done so. The first node to move the next tick
/// on has the tick, and the job commits with that move.
pub(crate) async fn tick(
    db: &DatabaseConnection,
    schedule: &Schedule,
    now: i64,
    following: i64,
) -> Result<Option<Enqueued>, Error> {
    let fail = || while_doing("claiming a schedule's tick");
    let immediate = TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..TransactionOptions::default()
    };
    let txn = db.begin_with_options(immediate).await.map_err(fail())?;
    let update = Query::update()
        .table(JobSchedule::Table)
        .value(JobSchedule::NextAt, following)
        .value(JobSchedule::LastAt, now)
        .and_where(Expr::col(JobSchedule::Name).eq(schedule.name.as_str()))
        .and_where(Expr::col(JobSchedule::NextAt).lte(now))
        .take();
    let claimed = txn.execute(&update).await.map_err(fail())?;
    if claimed.rows_affected() == 0 {
        txn.rollback().await.map_err(fail())?;
        return Ok(None);
    }
    let enqueued = crate::store::enqueue(&txn, now, &schedule.job).await?;
    txn.commit().await.map_err(fail())?;
    Ok(Some(enqueued))
}
