//! What an operator can do with jobs that were given up on.

use super::model::DeadJob;
use crate::clock::Timestamp;
use crate::error::{Error, Result};
use crate::state::Ctx;

/// Jobs that are listed at most.
const LISTED: u64 = 200;

/// The jobs that were given up on, the newest first.
///
/// # Errors
/// [`Error::Forbidden`] for whoever is no administrator; from the database.
pub async fn job_list(ctx: &Ctx) -> Result<Vec<DeadJob>> {
    ctx.require_admin()?;
    let dead = jobs::dead_jobs(ctx.db.pool(), None, LISTED).await?;
    Ok(dead
        .into_iter()
        .map(|job| DeadJob {
            id: job.id.0,
            kind: job.kind,
            attempts: job.attempts,
            reason: job.last_error,
            died_at: job.finished_at.map(Timestamp),
        })
        .collect())
}

/// Gives a job all its attempts again.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Conflict`] when it is not dead, or the same work waits already; from the database.
pub async fn job_retry(ctx: &Ctx, id: i64) -> Result<()> {
    ctx.require_admin()?;
    let id = known(ctx, id).await?;
    if jobs::retry_dead(ctx.db.pool(), ctx.now().0, id).await? {
        ctx.queue.wake();
        return Ok(());
    }
    Err(Error::Conflict(format!(
        "Job {} was not given up on, or the same work is waiting already.",
        id.0
    )))
}

/// Deletes a job that was given up on.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Conflict`] when it is not dead; from the database.
pub async fn job_delete(ctx: &Ctx, id: i64) -> Result<()> {
    ctx.require_admin()?;
    let id = known(ctx, id).await?;
    if jobs::delete_dead(ctx.db.pool(), id).await? {
        return Ok(());
    }
    let message = format!("Job {} was not given up on, so it stays.", id.0);
    Err(Error::Conflict(message))
}

async fn known(ctx: &Ctx, id: i64) -> Result<jobs::JobId> {
    let number = jobs::JobId(id);
    match jobs::job(ctx.db.pool(), number).await? {
        Some(_) => Ok(number),
        None => Err(Error::not_found("job", id)),
    }
}
