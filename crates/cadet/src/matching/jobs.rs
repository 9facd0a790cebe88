//! Background work of matching: requirements and scores after new postings, a person's evidence and scores after their profile.

use std::sync::Arc;

use jobs::{Registry, Running};

use super::compute::{account_match, acting_for, postings_match, requirements_follow};
use super::derive::evidence_derive;
use crate::accounts::model::AccountId;
use crate::error::{Error, Result};
use crate::flow::kind;
use crate::state::{App, Ctx};
use crate::work::on;

/// Registers the handlers.
#[must_use]
pub fn register(registry: Registry, app: &Arc<App>) -> Registry {
    let registry = on(registry, app, kind::MATCH_POSTINGS, postings);
    let registry = on(registry, app, kind::MATCH_ACCOUNT, account);
    on(registry, app, kind::EVIDENCE_DERIVE, derive)
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
    account_match(&ctx, account).await
}

fn account_of(job: &Running) -> Result<AccountId> {
    job.payload()
        .map_err(|failure| Error::internal(failure.reason().to_owned()))
}
