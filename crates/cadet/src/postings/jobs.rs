//! Background work on postings: which sources are due, polling one, closing what is overdue.

use std::sync::Arc;

use jobs::{NewJob, Registry, Running};

use super::lifecycle::postings_close_overdue;
use super::openings::matching::openings_match;
use super::sources::health::NoticeKind;
use super::sources::model::{Health, SourceId};
use super::sources::store as sources;
use super::sync::source_poll;
use crate::error::{Error, Result};
use crate::flow::kind;
use crate::state::{App, Ctx};
use crate::work::on;

/// Registers the handlers.
#[must_use]
pub fn register(registry: Registry, app: &Arc<App>) -> Registry {
    let registry = on(registry, app, kind::SOURCES_DUE, enqueue_due);
    let registry = on(registry, app, kind::SOURCE_POLL, poll);
    let registry = on(registry, app, kind::OPENINGS_MATCH, match_openings);
    on(registry, app, kind::POSTINGS_OVERDUE, close_overdue)
}

/// Enqueues a poll for every source whose time has come; one that is still waiting or running is not enqueued again.
async fn enqueue_due(ctx: Ctx, _job: Running) -> Result<()> {
    let due = sources::due(&ctx.db, ctx.now()).await?;
    let polls: Vec<NewJob> = due
        .iter()
        .map(|source| {
            NewJob::new(kind::SOURCE_POLL, &source.id)?
                .max_attempts(1)
                .unique(source.id.to_string())
        })
        .collect::<Result<_, jobs::Error>>()?;
    jobs::enqueue_many(ctx.db.pool(), ctx.now().0, &polls).await?;
    ctx.queue.wake();
    measure(&ctx).await
}

/// Sets the gauges of how many sources are in which health, and how many notices of each kind are open.
async fn measure(ctx: &Ctx) -> Result<()> {
    let all = sources::list(&ctx.db).await?;
    for health in Health::ALL {
        let count = all.iter().filter(|one| one.health == health).count();
        metrics::gauge!("cadet_sources", "health" => health.name()).set(count as f64);
    }
    let open = sources::health::open_notices(&ctx.db).await?;
    for kind in NoticeKind::ALL {
        let count = open.iter().filter(|one| one.notice.kind == kind).count();
        metrics::gauge!("cadet_source_notices", "kind" => kind.name()).set(count as f64);
    }
    Ok(())
}

/// Polls one source. A failed poll is stored with the source, which says when to try again; the job itself is done.
async fn poll(ctx: Ctx, job: Running) -> Result<()> {
    let id: SourceId = job
        .payload()
        .map_err(|failure| Error::internal(failure.reason().to_owned()))?;
    let source = sources::get(&ctx.db, id).await?;
    source_poll(&ctx, &source, &|_| ()).await?;
    Ok(())
}

async fn close_overdue(ctx: Ctx, _job: Running) -> Result<()> {
    postings_close_overdue(&ctx).await?;
    Ok(())
}

/// Compares what is new. The progress stands in the database, so that the job itself carries nothing.
async fn match_openings(ctx: Ctx, _job: Running) -> Result<()> {
    openings_match(&ctx).await?;
    Ok(())
}
