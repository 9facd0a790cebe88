//! What one can do with proposals: list them, add some or all, dismiss one and take that back.

use std::collections::HashSet;

use super::model::{Place, Proposal, ProposalId, Which, why};
use super::store::proposals::{self as store, no_such};
use crate::error::{Error, Result};
use crate::postings::sources::directory::actions::directory_name;
use crate::postings::sources::intake::actions::intake_start;
use crate::postings::sources::intake::model::{Intake, Origin, Wanted};
use crate::postings::sources::store as sources;
use crate::state::Ctx;

/// Boards read from the ranking at once, in search of those that are no sources.
const AT_ONCE: u64 = 200;
/// Boards that are added at once at most.
const MOST: usize = 5_000;

/// The next proposals after `after`, at most `limit`, the most open backend internships first.
///
/// # Errors
/// From the database.
pub async fn proposal_list(
    ctx: &Ctx,
    wanted: Which,
    after: Option<Place>,
    limit: usize,
) -> Result<Vec<Proposal>> {
    let mut found = unsourced(ctx, wanted, after, limit).await?;
    let ids: Vec<ProposalId> = found.iter().map(|proposal| proposal.id).collect();
    let mut seen_in = store::seen_in(&ctx.db, &ids).await?;
    for proposal in &mut found {
        proposal.seen_in = seen_in.remove(&proposal.id).unwrap_or_default();
        proposal.why = why(&proposal.seen_in);
        if let Some(name) = directory_name(&proposal.address.key()) {
            name.clone_into(&mut proposal.name);
        }
    }
    Ok(found)
}

/// How many proposals there are.
///
/// # Errors
/// From the database.
pub async fn proposal_count(ctx: &Ctx, wanted: Which) -> Result<u64> {
    let keys: Vec<String> = source_keys(ctx).await?.into_iter().collect();
    store::count_without(&ctx.db, wanted, &keys).await
}

/// Adds these proposals as sources. They are read in the background.
///
/// # Errors
/// [`Error::Invalid`] for none; [`Error::NotFound`] for one that is not there; [`Error::Forbidden`] for whoever may not;
/// from the database.
pub async fn proposal_add(ctx: &Ctx, ids: &[ProposalId]) -> Result<Intake> {
    if ids.is_empty() {
        return Err(Error::invalid_field(
            "proposals",
            "Tick at least one board first.",
        ));
    }
    let found = store::by_ids(&ctx.db, ids).await?;
    let known: HashSet<ProposalId> = found.iter().map(|proposal| proposal.id).collect();
    if let Some(missing) = ids.iter().find(|id| !known.contains(id)) {
        return Err(no_such(*missing));
    }
    start(ctx, found).await
}

/// Adds all proposals as sources.
///
/// # Errors
/// [`Error::Invalid`] when there are none; [`Error::Forbidden`] for whoever may not; from the database.
pub async fn proposal_add_all(ctx: &Ctx) -> Result<Intake> {
    let found = unsourced(ctx, Which::Open, None, MOST).await?;
    if found.is_empty() {
        return Err(Error::invalid("There are no proposals to add."));
    }
    start(ctx, found).await
}

async fn start(ctx: &Ctx, proposals: Vec<Proposal>) -> Result<Intake> {
    let wanted = proposals.into_iter().map(|proposal| Wanted {
        name: directory_name(&proposal.address.key()).map_or(proposal.name, str::to_owned),
        address: proposal.address,
    });
    intake_start(ctx, Origin::Discovery, wanted.collect()).await
}

/// Does not propose a board any more, until that is taken back.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Forbidden`] for whoever may not; from the database.
pub async fn proposal_dismiss(ctx: &Ctx, id: ProposalId) -> Result<Proposal> {
    dismissed(ctx, id, true).await
}

/// Takes back that a board was dismissed.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Forbidden`] for whoever may not; from the database.
pub async fn proposal_restore(ctx: &Ctx, id: ProposalId) -> Result<Proposal> {
    dismissed(ctx, id, false).await
}

async fn dismissed(ctx: &Ctx, id: ProposalId, dismissed: bool) -> Result<Proposal> {
    ctx.require_admin()?;
    let transaction = ctx.db.begin().await?;
    let at = dismissed.then(|| ctx.now());
    if !store::set_dismissed(&transaction, id, at).await? {
        return Err(no_such(id));
    }
    transaction.commit().await?;
    proposal_get(ctx, id).await
}

/// One proposal, dismissed or not.
///
/// # Errors
/// [`Error::NotFound`]; from the database.
pub async fn proposal_get(ctx: &Ctx, id: ProposalId) -> Result<Proposal> {
    let found = store::by_ids(&ctx.db, &[id]).await?.into_iter().next();
    let mut proposal = found.ok_or_else(|| no_such(id))?;
    let mut seen_in = store::seen_in(&ctx.db, &[id]).await?;
    proposal.seen_in = seen_in.remove(&id).unwrap_or_default();
    proposal.why = why(&proposal.seen_in);
    Ok(proposal)
}

/// Boards of the ranking that are no sources.
async fn unsourced(
    ctx: &Ctx,
    wanted: Which,
    after: Option<Place>,
    limit: usize,
) -> Result<Vec<Proposal>> {
    let sources = source_keys(ctx).await?;
    let mut found = Vec::new();
    let mut place = after;
    while found.len() < limit {
        let batch = store::ranked(&ctx.db, wanted, place, AT_ONCE).await?;
        let Some(last) = batch.last() else { break };
        place = Some(Place::of(last));
        found.extend(
            batch
                .into_iter()
                .filter(|board| !sources.contains(&board.address.key())),
        );
    }
    found.truncate(limit);
    Ok(found)
}

async fn source_keys(ctx: &Ctx) -> Result<HashSet<String>> {
    let sources = sources::list(&ctx.db).await?;
    Ok(sources
        .into_iter()
        .map(|source| source.address.key())
        .collect())
}
