//! Work: the background jobs of the whole program, their schedules, and the follower of the event log.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use jobs::{Failure, Observer, Registry, Running, Schedule, State, What, Worker, WorkerOptions};
use tokio_util::sync::CancellationToken;

use crate::accounts;
use crate::error::{Error, Result};
use crate::flow::kind;
use crate::postings::sources;
use crate::state::{App, Ctx};

/// Polls are kept so long, for the history of a source.
const POLLS_KEPT_DAYS: i64 = 90;
/// How often the follower looks at the event log when nobody nudges it: other processes write to it too.
const FOLLOW_EVERY: Duration = Duration::from_millis(500);

/// The program's worker: every kind of job and every schedule.
///
/// # Errors
/// [`Error::Internal`] when a schedule cannot be read.
pub fn worker(app: &Arc<App>) -> Result<Worker> {
    let mut registry = Registry::new()
        .schedule(every("sources", "* * * * *", kind::SOURCES_DUE)?)
        .schedule(every("overdue", "7 * * * *", kind::POSTINGS_OVERDUE)?)
        .schedule(every("clean-up", "23 3 * * *", kind::CLEAN_UP)?);
    registry = crate::postings::jobs::register(registry, app);
    registry = sources::intake::jobs::register(registry, app);
    registry = sources::discovery::jobs::register(registry, app)?;
    registry = crate::alerts::jobs::register(registry, app)?;
    registry = crate::skills::evidence::jobs::register(registry, app);
    registry = crate::matching::jobs::register(registry, app)?;
    registry = crate::correspondence::jobs::register(registry, app)?;
    registry = on(registry, app, kind::CLEAN_UP, clean_up);
    let options = WorkerOptions {
        node: format!("cadet-{}", std::process::id()),
        concurrency: app.config.work.concurrency,
        observer: Observer::new(count),
        ..WorkerOptions::default()
    };
    Ok(Worker::new(app.queue.clone(), registry, options))
}

/// A schedule in UTC for a job without payload.
///
/// # Errors
/// [`Error::Internal`] when the pattern cannot be read.
pub fn every(name: &str, cron: &str, kind: &str) -> Result<Schedule> {
    Schedule::new(name, cron, kind, &()).map_err(Error::internal)
}

/// Registers an action of the program itself as the handler of a kind of job.
#[must_use]
pub fn on<F, R>(registry: Registry, app: &Arc<App>, kind: &str, handler: F) -> Registry
where
    F: Fn(Ctx, Running) -> R + Send + Sync + 'static,
    R: Future<Output = Result<()>> + Send + 'static,
{
    let app = Arc::clone(app);
    registry.on(kind, move |job| {
        let run = handler(Ctx::system(Arc::clone(&app)), job);
        async move { run.await.map_err(|error| failure(&error)) }
    })
}

/// Follows the event log with the search index until told to stop. A failure is logged and tried again.
pub async fn follow(app: Arc<App>, stop: CancellationToken) {
    loop {
        let wait = match app.index.keep_up(&app.db).await {
            Ok(wait) => wait.unwrap_or(FOLLOW_EVERY).min(FOLLOW_EVERY),
            Err(error) => {
                tracing::error!(error = %error, cause = ?error, "the search index cannot follow");
                FOLLOW_EVERY
            }
        };
        tokio::select! {
            () = stop.cancelled() => return,
            () = app.index.nudged() => {}
            () = tokio::time::sleep(wait) => {}
        }
    }
}

/// What becomes of a job whose action failed: input that cannot be used does not get better by trying again.
fn failure(error: &Error) -> Failure {
    match error {
        Error::NotFound { .. } | Error::Invalid { .. } | Error::Forbidden(_) => {
            Failure::discard(error)
        }
        Error::TooMany {
            retry_after_seconds,
        } => Failure::retry_after(Duration::from_secs(*retry_after_seconds), error),
        Error::Internal(cause) => Failure::retry(format!("{error} ({cause})")),
        _ => Failure::retry(error),
    }
}

/// Deletes what only piles up: finished jobs after a week, polls after 90 days, ended sessions, stored answers, and
/// attempts to sign in after a day.
async fn clean_up(ctx: Ctx, _job: Running) -> Result<()> {
    let days_ago = |days: i64| ctx.now().plus_days(-days);
    jobs::purge(ctx.db.pool(), State::Succeeded, days_ago(7).0).await?;
    sources::store::forget_polls_before(&ctx.db, days_ago(POLLS_KEPT_DAYS)).await?;
    let kept_since = days_ago(POLLS_KEPT_DAYS);
    sources::store::health::forget_ended_before(&ctx.db, kept_since).await?;
    sources::intake::jobs::clean_up(&ctx).await?;
    accounts::store::sessions::forget_ended(&ctx.db, ctx.now()).await?;
    accounts::store::attempts::forget_before(&ctx.db, days_ago(1)).await?;
    crate::web::idempotency::forget_old(ctx.app()).await?;
    crate::correspondence::jobs::clean_up(&ctx).await?;
    crate::alerts::jobs::clean_up(&ctx).await
}

fn count(event: jobs::Event<'_>) {
    let outcome = match event.what {
        What::Started { .. } => return,
        What::Succeeded { .. } => "succeeded",
        What::Retrying { .. } => "retrying",
        What::Dead { .. } => "dead",
        What::LeaseLost { .. } => "lease-lost",
        What::Released => "released",
    };
    metrics::counter!("cadet_jobs_total", "kind" => event.kind.to_owned(), "outcome" => outcome)
        .increment(1);
}
