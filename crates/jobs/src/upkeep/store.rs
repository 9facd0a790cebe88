//! The operator's queries.

use sea_orm::sea_query::{Alias, Condition, Expr, ExprTrait, Order, Query, SelectStatement};
use sea_orm::{ConnectionTrait, DbErr, QueryResult};

use crate::error::{Error, while_doing};
use crate::migrations::Job as Col;
use crate::model::{Count, Job, JobId, Payload, Priority, State};

/// Rows of one `DELETE`, so that no other writer waits long.
const ROWS_PER_DELETE: u64 = 1_000;

/// How many jobs of each kind are in each state. Reads the whole table, so ask every few seconds at the most.
///
/// # Errors
/// What the database says.
pub async fn counts<C: ConnectionTrait>(conn: &C) -> Result<Vec<Count>, Error> {
    let select = Query::select()
        .columns([Col::Kind, Col::State])
        .expr(Expr::col(Col::Id).count())
        .from(Col::Table)
        .group_by_columns([Col::Kind, Col::State])
        .order_by(Col::Kind, Order::Asc)
        .order_by(Col::State, Order::Asc)
        .take();
    let fail = || while_doing("counting jobs");
    let rows = conn.query_all(&select).await.map_err(fail())?;
    let counts: Result<_, _> = rows.iter().map(read_count).collect();
    counts.map_err(fail())
}

fn read_count(row: &QueryResult) -> Result<Count, DbErr> {
    Ok(Count {
        kind: row.try_get_by_index(0)?,
        state: state_of(row.try_get_by_index(1)?)?,
        jobs: row.try_get_by_index(2)?,
    })
}

/// One job.
///
/// # Errors
/// What the database says.
pub async fn job<C: ConnectionTrait>(conn: &C, id: JobId) -> Result<Option<Job>, Error> {
    let mut select = select_jobs();
    select.and_where(Expr::col(Col::Id).eq(id.0));
    Ok(read_jobs(conn, &select).await?.pop())
}

/// The dead jobs, the highest id first; `before` continues a list after its last id.
///
/// # Errors
/// What the database says.
pub async fn dead_jobs<C: ConnectionTrait>(
    conn: &C,
    before: Option<JobId>,
    limit: u64,
) -> Result<Vec<Job>, Error> {
    let mut select = select_jobs();
    select
        .cond_where(is_in(State::Dead))
        .and_where_option(before.map(|id| Expr::col(Col::Id).lt(id.0)))
        .order_by(Col::Id, Order::Desc)
        .limit(limit);
    read_jobs(conn, &select).await
}

fn select_jobs() -> SelectStatement {
    Query::select()
        .columns([
            Col::Id,
            Col::Kind,
            Col::Payload,
            Col::State,
            Col::UniqueKey,
            Col::Priority,
            Col::RunAt,
            Col::ClaimAt,
            Col::ClaimedBy,
            Col::Attempts,
            Col::MaxAttempts,
            Col::LastError,
            Col::CreatedAt,
            Col::FinishedAt,
        ])
        .from(Col::Table)
        .take()
}

async fn read_jobs<C: ConnectionTrait>(
    conn: &C,
    select: &SelectStatement,
) -> Result<Vec<Job>, Error> {
    let fail = || while_doing("reading jobs");
    let rows = conn.query_all(select).await.map_err(fail())?;
    let jobs: Result<_, _> = rows.iter().map(read_job).collect();
    jobs.map_err(fail())
}

fn read_job(row: &QueryResult) -> Result<Job, DbErr> {
    Ok(Job {
        id: JobId(row.try_get_by_index(0)?),
        kind: row.try_get_by_index(1)?,
        payload: Payload(row.try_get_by_index(2)?),
        state: state_of(row.try_get_by_index(3)?)?,
        unique_key: row.try_get_by_index(4)?,
        priority: Priority::from_db(row.try_get_by_index(5)?),
        run_at: row.try_get_by_index(6)?,
        claim_at: row.try_get_by_index(7)?,
        claimed_by: row.try_get_by_index(8)?,
        attempts: row.try_get_by_index(9)?,
        max_attempts: row.try_get_by_index(10)?,
        last_error: row.try_get_by_index(11)?,
        created_at: row.try_get_by_index(12)?,
        finished_at: row.try_get_by_index(13)?,
    })
}

fn state_of(name: String) -> Result<State, DbErr> {
    State::from_db(&name).ok_or_else(|| DbErr::Type(format!("{name:?} is no state of a job")))
}

fn is_in(state: State) -> Condition {
    Condition::all()
        .add(Expr::col(Col::FinishedAt).is_not_null())
        .add(Expr::col(Col::State).eq(state.to_db()))
}

/// Gives a dead job all its attempts again, due at once. `false` if it is not dead (any more), or if an unfinished job of its
/// kind has its unique key by now.
///
/// # Errors
/// What the database says.
pub async fn retry_dead<C: ConnectionTrait>(
    conn: &C,
    now_ms: i64,
    id: JobId,
) -> Result<bool, Error> {
    let live = Alias::new("live");
    let successor = Query::select()
        .column((live.clone(), Col::Id))
        .from_as(Col::Table, live.clone())
        .and_where(Expr::col((live.clone(), Col::FinishedAt)).is_null())
        .and_where(Expr::col((live.clone(), Col::Kind)).equals((Col::Table, Col::Kind)))
        .and_where(Expr::col((live, Col::UniqueKey)).equals((Col::Table, Col::UniqueKey)))
        .take();
    let update = Query::update()
        .table(Col::Table)
        .value(Col::State, State::Queued.to_db())
        .value(Col::FinishedAt, None::<i64>)
        .value(Col::Attempts, 0)
        .value(Col::RunAt, now_ms)
        .value(Col::ClaimAt, now_ms)
        .and_where(Expr::col(Col::Id).eq(id.0))
        .cond_where(is_in(State::Dead))
        .and_where(Expr::exists(successor).not())
        .take();
    let done = conn.execute(&update).await;
    let done = done.map_err(while_doing("retrying a dead job"))?;
    Ok(done.rows_affected() == 1)
}

/// Deletes a dead job; `false` if it is not dead (any more).
///
/// # Errors
/// What the database says.
pub async fn delete_dead<C: ConnectionTrait>(conn: &C, id: JobId) -> Result<bool, Error> {
    let delete = Query::delete()
        .from_table(Col::Table)
        .and_where(Expr::col(Col::Id).eq(id.0))
        .cond_where(is_in(State::Dead))
        .take();
    let done = conn.execute(&delete).await;
    let done = done.map_err(while_doing("deleting a dead job"))?;
    Ok(done.rows_affected() == 1)
}

/// Deletes the jobs of a finished state ([`State::Succeeded`] or [`State::Dead`]) that finished before the time, and returns how
/// many. Other states have none. It works in small steps; to keep them apart, pass a connection and no transaction.
///
/// # Errors
/// What the database says.
pub async fn purge<C: ConnectionTrait>(
    conn: &C,
    state: State,
    finished_before_ms: i64,
) -> Result<u64, Error> {
    let mut purged = 0;
    loop {
        let old = Query::select()
            .column(Col::Id)
            .from(Col::Table)
            .cond_where(is_in(state))
            .and_where(Expr::col(Col::FinishedAt).lt(finished_before_ms))
            .limit(ROWS_PER_DELETE)
            .take();
        let delete = Query::delete()
            .from_table(Col::Table)
            .and_where(Expr::col(Col::Id).in_subquery(old))
            .take();
        let done = conn.execute(&delete).await;
        let deleted = done.map_err(while_doing("purging jobs"))?.rows_affected();
        purged += deleted;
        if deleted < ROWS_PER_DELETE {
            return Ok(purged);
        }
    }
}
