//! Background work of intakes: reading one board.

use std::sync::Arc;

use jobs::{Registry, Running};

use super::actions::intake_read;
use super::model::ItemId;
use super::store;
use crate::error::{Error, Result};
use crate::flow::kind;
use crate::state::{App, Ctx};
use crate::work::on;

/// Days after which an intake is forgotten; its sources stay.
const KEPT_DAYS: i64 = 30;

/// Registers the handler.
#[must_use]
pub fn register(registry: Registry, app: &Arc<App>) -> Registry {
    on(registry, app, kind::SOURCE_INTAKE, read)
}

async fn read(ctx: Ctx, job: Running) -> Result<()> {
    let id: ItemId = job
        .payload()
        .map_err(|failure| Error::internal(failure.reason().to_owned()))?;
    intake_read(&ctx, id).await
}

/// Forgets old intakes.
///
/// # Errors
/// From the database.
pub async fn clean_up(ctx: &Ctx) -> Result<()> {
    store::forget_before(&ctx.db, ctx.now().plus_days(-KEPT_DAYS)).await
}
