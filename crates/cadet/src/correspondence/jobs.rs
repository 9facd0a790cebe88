//! Background work of correspondence: sending what the person said shall go, and reading folders for answers.

use std::sync::Arc;

use jobs::{Registry, Running};

use super::actions::{mailboxes_due, send_run};
use super::model::DraftId;
use super::store::replies;
use crate::error::{Error, Result};
use crate::flow::kind;
use crate::state::{App, Ctx};
use crate::work::{every, on};

/// Days after which a decided answer is forgotten; the application keeps what it said.
const DECIDED_DAYS: i64 = 365;

/// Registers the handlers and the schedule.
///
/// # Errors
/// [`Error::Internal`] when the schedule cannot be read.
pub fn register(registry: Registry, app: &Arc<App>) -> Result<Registry> {
    let registry = registry.schedule(every("replies", "*/5 * * * *", kind::REPLIES_DUE)?);
    let registry = on(registry, app, kind::REPLIES_DUE, read);
    Ok(on(registry, app, kind::MAIL_SEND, send))
}

async fn read(ctx: Ctx, _job: Running) -> Result<()> {
    mailboxes_due(&ctx).await
}

async fn send(ctx: Ctx, job: Running) -> Result<()> {
    let id: DraftId = job
        .payload()
        .map_err(|failure| Error::internal(failure.reason().to_owned()))?;
    send_run(&ctx, id, &job).await
}

/// Forgets answers that were decided long ago.
///
/// # Errors
/// From the database.
pub async fn clean_up(ctx: &Ctx) -> Result<()> {
    replies::forget_before(&ctx.db, ctx.now().plus_days(-DECIDED_DAYS)).await
}
