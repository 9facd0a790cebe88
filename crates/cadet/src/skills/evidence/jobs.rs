//! Background work on evidence: scans of repositories.

use std::sync::Arc;

use jobs::{Registry, Running};

use super::scans::{ScanId, scan_run};
use super::store::scans;
use crate::accounts::model::Role;
use crate::error::{Error, Result};
use crate::flow::kind;
use crate::state::{Actor, App, Ctx};
use crate::work::on;

/// Registers the handler.
#[must_use]
pub fn register(registry: Registry, app: &Arc<App>) -> Registry {
    on(registry, app, kind::EVIDENCE_SCAN, scan)
}

/// Scans for the person who asked.
async fn scan(ctx: Ctx, job: Running) -> Result<()> {
    let id: ScanId = job
        .payload()
        .map_err(|failure| Error::internal(failure.reason().to_owned()))?;
    let scan = scans::find(&ctx.db, id).await?;
    if scan.is_over() {
        return Ok(());
    }
    let owner = Actor::Person {
        account: scan.account,
        role: Role::Candidate,
        scopes: None,
    };
    let ctx = Ctx::new(ctx.app().clone(), owner);
    scan_run(&ctx, &scan, Arc::new(|_| ())).await?;
    Ok(())
}
