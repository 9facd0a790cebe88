//! The queue's own queries: enqueue, claim, keep a lease, finish. With the other `store.rs` files the only user of the ORM.
//!
//! The same statements run on both databases, but for `FOR UPDATE SKIP LOCKED`, which SQLite neither knows nor needs: it has one
//! writer at a time, and each write here is a single statement, so that none upgrades a read lock.

use std::time::Duration;

use sea_orm::sea_query::{
    CommonTableExpression, Condition, Expr, ExprTrait, InsertStatement, LockBehavior, LockType,
    OnConflict, Order, Query, SelectStatement, UnionType, UpdateStatement, WithClause,
};
use sea_orm::{ConnectionTrait, DbBackend, DbErr, QueryResult};

use crate::error::{Error, while_doing};
use crate::migrations::Job;
use crate::model::{
    Claimed, Due, Enqueued, EnqueuedMany, JobId, Lease, NewJob, Payload, Priority, State,
};
use crate::retry::millis;

/// Rows of one `INSERT`: ten values each stay far below SQLite's limit of 32,766.
const ROWS_PER_INSERT: usize = 500;
/// Kinds of one look at the queue: three parts each stay below SQLite's limit of 500.
const KINDS_PER_LOOK: usize = 100;

/// Adds a job. Inside a transaction the job exists if and only if the transaction commits.
///
/// # Errors
/// Only what the database says; a duplicate is no error and leaves the transaction usable.
pub async fn enqueue<C: ConnectionTrait>(
    conn: &C,
    now_ms: i64,
    job: &NewJob,
) -> Result<Enqueued, Error> {
    let mut insert = insert_of(now_ms, std::slice::from_ref(job));
    insert.returning_col(Job::Id);
    let fail = || while_doing("enqueueing a job");
    let row = conn.query_one(&insert).await.map_err(fail())?;
    let Some(row) = row else {
        return Ok(Enqueued::Duplicate);
    };
    let id = row.try_get_by_index(0).map_err(fail())?;
    Ok(Enqueued::New(JobId(id)))
}

/// Adds many jobs with few statements. To get all of them or none, pass a transaction.
///
/// # Errors
/// Only what the database says; a duplicate is no error and leaves the transaction usable.
pub async fn enqueue_many<C: ConnectionTrait>(
    conn: &C,
    now_ms: i64,
    jobs: &[NewJob],
) -> Result<EnqueuedMany, Error> {
    let mut total = EnqueuedMany::default();
    for rows in jobs.chunks(ROWS_PER_INSERT) {
        let done = conn.execute(&insert_of(now_ms, rows)).await;
        let done = done.map_err(while_doing("enqueueing jobs"))?;
        total.new += done.rows_affected();
        total.duplicate += rows.len() as u64 - done.rows_affected();
    }
    Ok(total)
}

fn insert_of(now: i64, jobs: &[NewJob]) -> InsertStatement {
    let mut insert = Query::insert();
    insert.into_table(Job::Table).columns([
        Job::Kind,
        Job::Payload,
        Job::State,
        Job::UniqueKey,
        Job::Priority,
        Job::RunAt,
        Job::ClaimAt,
        Job::Fence,
        Job::Attempts,
        Job::MaxAttempts,
        Job::CreatedAt,
    ]);
    for job in jobs {
        let run_at = job.run_at.unwrap_or(now);
        insert.values_panic([
            job.kind.as_str().into(),
            job.payload.0.as_str().into(),
            State::Queued.to_db().into(),
            job.unique_key.clone().into(),
            job.priority.to_db().into(),
            run_at.into(),
            run_at.into(),
            0_i64.into(),
            0_i32.into(),
            job.max_attempts.into(),
            now.into(),
        ]);
    }
    insert.on_conflict(OnConflict::new().do_nothing().to_owned());
    insert
}

/// When the first job of each of the kinds and each priority can be claimed; pairs without jobs are left out. Reads only.
pub(crate) async fn due<C: ConnectionTrait>(conn: &C, kinds: &[&str]) -> Result<Vec<Due>, Error> {
    let mut found = Vec::new();
    for kinds in kinds.chunks(KINDS_PER_LOOK) {
        let pairs: Vec<_> = kinds
            .iter()
            .flat_map(|kind| Priority::ALL.map(|priority| (*kind, priority)))
            .collect();
        let parts = pairs.iter().enumerate().map(first_of_pair);
        let look = parts.reduce(|mut all, part| all.union(UnionType::All, part).take());
        let Some(look) = look else { continue };
        let rows = conn.query_all(&look).await;
        for row in rows.map_err(while_doing("looking for due jobs"))? {
            let read = read_due(&row, &pairs);
            found.extend(read.map_err(while_doing("reading due jobs"))?);
        }
    }
    Ok(found)
}

fn first_of_pair((index, (kind, priority)): (usize, &(&str, Priority))) -> SelectStatement {
    let index = i32::try_from(index).unwrap_or(i32::MAX);
    Query::select()
        .expr(Expr::val(index))
        .expr(Expr::col(Job::ClaimAt).min())
        .from(Job::Table)
        .cond_where(unfinished_of(kind, *priority))
        .take()
}

fn read_due(row: &QueryResult, pairs: &[(&str, Priority)]) -> Result<Option<Due>, DbErr> {
    let index: i32 = row.try_get_by_index(0)?;
    let claim_at: Option<i64> = row.try_get_by_index(1)?;
    let pair = usize::try_from(index).ok().and_then(|i| pairs.get(i));
    Ok(pair.zip(claim_at).map(|((kind, priority), claim_at)| Due {
        kind: (*kind).to_owned(),
        priority: *priority,
        claim_at,
    }))
}

/// The condition that the claim index serves.
fn unfinished_of(kind: &str, priority: Priority) -> Condition {
    Condition::all()
        .add(Expr::col(Job::FinishedAt).is_null())
        .add(Expr::col(Job::Kind).eq(kind))
        .add(Expr::col(Job::Priority).eq(priority.to_db()))
}

/// Takes up to `limit` due jobs of the kind and priority, those due the longest first, each with a fresh fence. Jobs whose lease
/// has ended are due as well.
pub(crate) async fn claim<C: ConnectionTrait>(
    conn: &C,
    now: i64,
    lease: Duration,
    node: &str,
    (kind, priority): (&str, Priority),
    limit: usize,
) -> Result<Vec<Claimed>, Error> {
    let mut pick = Query::select();
    pick.column(Job::Id)
        .from(Job::Table)
        .cond_where(unfinished_of(kind, priority))
        .and_where(Expr::col(Job::ClaimAt).lte(now))
        .order_by(Job::ClaimAt, Order::Asc)
        .order_by(Job::Id, Order::Asc)
        .limit(limit as u64);
    skip_locked(conn, &mut pick);
    // A common table expression is evaluated once; as a plain subquery it might be repeated, and lock more than the limit.
    let picked = CommonTableExpression::new()
        .table_name("picked")
        .query(pick)
        .to_owned();
    let ids = Query::select().column(Job::Id).from("picked").take();
    let update = Query::update()
        .table(Job::Table)
        .value(Job::State, State::Running.to_db())
        .value(Job::Fence, Expr::col(Job::Fence).add(1))
        .value(Job::Attempts, Expr::col(Job::Attempts).add(1))
        .value(Job::ClaimAt, now.saturating_add(millis(lease)))
        .value(Job::ClaimedBy, node)
        .and_where(Expr::col(Job::Id).in_subquery(ids))
        .returning(Query::returning().columns([
            Job::Id,
            Job::Fence,
            Job::Kind,
            Job::Payload,
            Job::Attempts,
            Job::MaxAttempts,
            Job::RunAt,
        ]))
        .to_owned()
        .with(WithClause::new().cte(picked).to_owned());
    let rows = conn.query_all(&update).await;
    let rows = rows.map_err(while_doing("claiming jobs"))?;
    let claimed: Result<Vec<_>, _> = rows.iter().map(read_claimed).collect();
    let mut claimed = claimed.map_err(while_doing("reading claimed jobs"))?;
    claimed.sort_by_key(|job| (job.run_at, job.lease.id));
    Ok(claimed)
}

fn read_claimed(row: &QueryResult) -> Result<Claimed, DbErr> {
    Ok(Claimed {
        lease: Lease {
            id: JobId(row.try_get_by_index(0)?),
            fence: row.try_get_by_index(1)?,
        },
        kind: row.try_get_by_index(2)?,
        payload: Payload(row.try_get_by_index(3)?),
        attempt: row.try_get_by_index(4)?,
        max_attempts: row.try_get_by_index(5)?,
        run_at: row.try_get_by_index(6)?,
    })
}

fn skip_locked<C: ConnectionTrait>(conn: &C, select: &mut SelectStatement) {
    if conn.get_database_backend() == DbBackend::Postgres {
        select.lock_with_behavior(LockType::Update, LockBehavior::SkipLocked);
    }
}

/// Extends the leases to `until` and returns those that were lost.
///
/// A row that is locked is skipped: only its own handler, about to commit, keeps it locked, and to wait for one would let the
/// other leases run out.
pub(crate) async fn extend<C: ConnectionTrait>(
    conn: &C,
    leases: &[Lease],
    until: i64,
) -> Result<Vec<Lease>, Error> {
    if leases.is_empty() {
        return Ok(Vec::new());
    }
    let mut held = Query::select();
    held.column(Job::Id)
        .from(Job::Table)
        .cond_where(held_by(leases));
    skip_locked(conn, &mut held);
    let update = Query::update()
        .table(Job::Table)
        .value(Job::ClaimAt, until)
        .and_where(Expr::col(Job::Id).in_subquery(held))
        .returning_col(Job::Id)
        .take();
    let rows = conn.query_all(&update).await;
    let rows = rows.map_err(while_doing("extending leases"))?;
    if rows.len() == leases.len() {
        return Ok(Vec::new());
    }
    lost_of(conn, leases).await
}

async fn lost_of<C: ConnectionTrait>(conn: &C, leases: &[Lease]) -> Result<Vec<Lease>, Error> {
    let ids = leases.iter().map(|lease| lease.id.0);
    let select = Query::select()
        .columns([Job::Id, Job::Fence])
        .from(Job::Table)
        .and_where(Expr::col(Job::Id).is_in(ids))
        .and_where(Expr::col(Job::State).ne(State::Queued.to_db()))
        .take();
    let rows = conn.query_all(&select).await;
    let rows = rows.map_err(while_doing("looking for lost leases"))?;
    let read = |row: &QueryResult| {
        let id = JobId(row.try_get_by_index(0)?);
        let fence = row.try_get_by_index(1)?;
        Ok(Lease { id, fence })
    };
    let kept: Result<Vec<Lease>, _> = rows.iter().map(read).collect();
    let kept = kept.map_err(while_doing("reading lost leases"))?;
    let lost = leases.iter().filter(|lease| !kept.contains(lease));
    Ok(lost.copied().collect())
}

fn held_by(leases: &[Lease]) -> Condition {
    let any = leases.iter().fold(Condition::any(), |any, lease| {
        any.add(
            Condition::all()
                .add(Expr::col(Job::Id).eq(lease.id.0))
                .add(Expr::col(Job::Fence).eq(lease.fence)),
        )
    });
    Condition::all()
        .add(Expr::col(Job::State).eq(State::Running.to_db()))
        .add(any)
}

/// Whether the job still runs under this lease.
pub(crate) async fn is_held<C: ConnectionTrait>(conn: &C, lease: Lease) -> Result<bool, Error> {
    let select = Query::select()
        .column(Job::Id)
        .from(Job::Table)
        .cond_where(held_by(&[lease]))
        .take();
    let row = conn.query_one(&select).await;
    Ok(row.map_err(while_doing("checking a lease"))?.is_some())
}

/// Whether the job succeeded under this very lease.
pub(crate) async fn succeeded_under<C: ConnectionTrait>(
    conn: &C,
    lease: Lease,
) -> Result<bool, Error> {
    let select = Query::select()
        .column(Job::Id)
        .from(Job::Table)
        .and_where(Expr::col(Job::Id).eq(lease.id.0))
        .and_where(Expr::col(Job::Fence).eq(lease.fence))
        .and_where(Expr::col(Job::State).eq(State::Succeeded.to_db()))
        .take();
    let row = conn.query_one(&select).await;
    Ok(row.map_err(while_doing("checking a job"))?.is_some())
}

/// Marks the job as done; `false` if the lease is no longer held.
pub(crate) async fn complete<C: ConnectionTrait>(
    conn: &C,
    lease: Lease,
    now: i64,
) -> Result<bool, Error> {
    let mut update = Query::update();
    update
        .value(Job::State, State::Succeeded.to_db())
        .value(Job::FinishedAt, now);
    finish(conn, lease, update, "completing a job").await
}

/// Puts the job back to run at `run_at`; `false` if the lease is no longer held.
pub(crate) async fn retry<C: ConnectionTrait>(
    conn: &C,
    lease: Lease,
    run_at: i64,
    reason: &str,
) -> Result<bool, Error> {
    let mut update = Query::update();
    update
        .value(Job::State, State::Queued.to_db())
        .value(Job::RunAt, run_at)
        .value(Job::ClaimAt, run_at)
        .value(Job::LastError, reason);
    finish(conn, lease, update, "putting a failed job back").await
}

/// Marks the job as dead after `attempts` attempts; `false` if the lease is no longer held.
pub(crate) async fn bury<C: ConnectionTrait>(
    conn: &C,
    lease: Lease,
    now: i64,
    attempts: i32,
    reason: &str,
) -> Result<bool, Error> {
    let mut update = Query::update();
    update
        .value(Job::State, State::Dead.to_db())
        .value(Job::FinishedAt, now)
        .value(Job::Attempts, attempts)
        .value(Job::LastError, reason);
    finish(conn, lease, update, "burying a job").await
}

/// Puts the job back at once, as if it had not been claimed; `false` if the lease is no longer held.
pub(crate) async fn release<C: ConnectionTrait>(
    conn: &C,
    lease: Lease,
    now: i64,
) -> Result<bool, Error> {
    let mut update = Query::update();
    update
        .value(Job::State, State::Queued.to_db())
        .value(Job::ClaimAt, now)
        .value(Job::Attempts, Expr::col(Job::Attempts).sub(1));
    finish(conn, lease, update, "releasing a lease").await
}

async fn finish<C: ConnectionTrait>(
    conn: &C,
    lease: Lease,
    mut update: UpdateStatement,
    doing: &'static str,
) -> Result<bool, Error> {
    update.table(Job::Table).cond_where(held_by(&[lease]));
    let done = conn.execute(&update).await.map_err(while_doing(doing))?;
    Ok(done.rows_affected() == 1)
}
