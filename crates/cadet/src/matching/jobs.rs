//! Background work of matching: requirements and scores after new postings, a person's evidence and scores after their profile.

use std::sync::Arc;

use jobs::{Registry, Running};

use super::compute::{account_match, acting_for, postings_match, requirements_follow};
use super::derive::evidence_derive;
use crate::accounts::model::AccountId;
use crate::error::{Error, Result};
use crate::flow::kind;
use crate::state::{App, Ctx};
use crate::work::{every, on};

/// Registers the handlers and the schedule.
///
/// # Errors
/// [`Error::Internal`] when the schedule cannot be read.
pub fn register(registry: Registry, app: &Arc<App>) -> Result<Registry> {
    // What was stored before this version, or under other rules, is told of by no event.
    let again = every("match", "*/10 * * * *", kind::MATCH_POSTINGS)?;
    let registry = registry.schedule(again);
    let registry = on(registry, app, kind::MATCH_POSTINGS, postings);
    let registry = on(registry, app, kind::MATCH_ACCOUNT, account);
    Ok(on(registry, app, kind::EVIDENCE_DERIVE, derive))
}

/// The progress stands in the database, so that the job itself carries nothing.
async fn postings(ctx: Ctx, _job: Running) -> Result<()> {
    postings_match(&ctx).await
}

async fn account(ctx: Ctx, job: Running) -> Result<()> {
    let account = account_of(&job)?;
    requirements_follow(&ctx).await?;
    account_match(&ctx, account).await
}

async fn derive(ctx: Ctx, job: Running) -> Result<()> {
    let account = account_of(&job)?;
    evidence_derive(&acting_for(&ctx, account)).await?;
    requirements_follow(&ctx).await?;
    account_match(&ctx, account).await
}

fn account_of(job: &Running) -> Result<AccountId> {
    job.payload()
        .map_err(|failure| Error::internal(failure.reason().to_owned()))
}
