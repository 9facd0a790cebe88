//! Background work of alerts: finding what is new, handing over what is due, delivering.

use std::sync::Arc;

use jobs::{Registry, Running};

use super::delivery::delivery_run;
use super::health::health_tell;
use super::matching::{alerts_due, alerts_match};
use super::model::DeliveryId;
use super::store::{deliveries, searches};
use crate::error::{Error, Result};
use crate::flow::kind;
use crate::state::{App, Ctx};
use crate::work::{every, on};

/// Days for which a removed alert can be brought back.
pub const UNDO_DAYS: i64 = 7;
/// Days after which a delivery that is still on its way is given up.
const DELIVERY_DAYS: i64 = 3;

/// Registers the handlers and the schedule.
///
/// # Errors
/// [`Error::Internal`] when the schedule cannot be read.
pub fn register(registry: Registry, app: &Arc<App>) -> Result<Registry> {
    let registry = registry
        .schedule(every("alerts", "* * * * *", kind::ALERTS_DUE)?)
        .schedule(every("source-health", "11,41 * * * *", kind::HEALTH_TELL)?);
    let registry = on(registry, app, kind::HEALTH_TELL, tell_health);
    let registry = on(registry, app, kind::ALERTS_MATCH, find);
    let registry = on(registry, app, kind::ALERTS_DUE, hand_over_due);
    Ok(on(registry, app, kind::ALERT_DELIVER, deliver))
}

async fn find(ctx: Ctx, job: Running) -> Result<()> {
    alerts_match(&ctx, Some(&job)).await?;
    Ok(())
}

async fn hand_over_due(ctx: Ctx, _job: Running) -> Result<()> {
    alerts_due(&ctx).await?;
    Ok(())
}

async fn tell_health(ctx: Ctx, _job: Running) -> Result<()> {
    health_tell(&ctx).await?;
    Ok(())
}

async fn deliver(ctx: Ctx, job: Running) -> Result<()> {
    let id: DeliveryId = job
        .payload()
        .map_err(|failure| Error::internal(failure.reason().to_owned()))?;
    delivery_run(&ctx, id, &job).await
}

/// Deletes removed alerts for good, and gives up deliveries whose job is gone.
///
/// # Errors
/// From the database.
pub async fn clean_up(ctx: &Ctx) -> Result<()> {
    searches::purge(&ctx.db, ctx.now().plus_days(-UNDO_DAYS)).await?;
    deliveries::give_up_before(&ctx.db, ctx.now(), ctx.now().plus_days(-DELIVERY_DAYS)).await?;
    Ok(())
}
