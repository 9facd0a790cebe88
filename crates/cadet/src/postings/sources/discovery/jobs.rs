//! Background work of discovery: following events, and looking through what was there before.

use std::sync::Arc;

use jobs::{Registry, Running};

use super::note::{boards_note, boards_scan};
use crate::error::{Error, Result};
use crate::flow::kind;
use crate::postings::model::PostingId;
use crate::state::{App, Ctx};
use crate::work::{every, on};

/// Registers the handlers and the schedule.
///
/// # Errors
/// [`Error::Internal`] when the schedule cannot be read.
pub fn register(registry: Registry, app: &Arc<App>) -> Result<Registry> {
    let registry = registry.schedule(every("discovery", "*/5 * * * *", kind::BOARDS_SCAN)?);
    let registry = on(registry, app, kind::BOARDS_NOTE, note);
    Ok(on(registry, app, kind::BOARDS_SCAN, scan))
}

async fn note(ctx: Ctx, job: Running) -> Result<()> {
    let ids: Vec<PostingId> = job
        .payload()
        .map_err(|failure| Error::internal(failure.reason().to_owned()))?;
    boards_note(&ctx, &ids).await
}

async fn scan(ctx: Ctx, _job: Running) -> Result<()> {
    boards_scan(&ctx).await
}
