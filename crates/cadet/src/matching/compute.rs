//! Computing: requirements follow the event log, and scores follow requirements and people.
//!
//! Any number of processes may do this at once. What a batch of events gives commits together with how far the log was read, and
//! a person's scores commit together with what they were made of; whoever finds that somebody else was faster begins anew.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::basis::Basis;
use super::memory::All;
use super::needs::{encode, rules};
use super::requirements;
use super::score::{Score, score};
use super::store::requirements::{self as stored, Position};
use super::store::scores::{self, Entries, State, place_of};
use crate::accounts::model::{AccountId, Role};
use crate::clock::Timestamp;
use crate::error::{Error, Result};
use crate::events::{self, Event};
use crate::postings::model::PostingId;
use crate::postings::record::Stored;
use crate::postings::store::read;
use crate::profile::actions::profile_current;
use crate::skills::evidence::evidence_of;
use crate::state::{Actor, Ctx};

/// Events read at once.
const EVENTS_AT_ONCE: u64 = 32;
/// Postings read at once.
const POSTINGS_AT_ONCE: usize = 1_000;

/// The context of an account, for work that the program does for its owner.
#[must_use]
pub fn acting_for(ctx: &Ctx, account: AccountId) -> Ctx {
    let actor = Actor::Person {
        account,
        role: Role::Candidate,
        scopes: None,
    };
    Ctx::new(ctx.app().clone(), actor)
}

/// What is known of whoever acts.
///
/// # Errors
/// [`Error::Unauthorised`] when nobody is signed in; from the database.
pub async fn basis_of(ctx: &Ctx) -> Result<Basis> {
    let profile = profile_current(ctx).await?;
    let evidence = evidence_of(ctx).await?;
    Ok(Basis::new(&profile, &evidence, ctx.now()))
}

/// Brings requirements to the end of the event log. Under new rules, every posting is read anew.
///
/// # Errors
/// From the database.
pub async fn requirements_follow(ctx: &Ctx) -> Result<()> {
    loop {
        let at = stored::position(ctx.db.pool()).await?;
        if at.rules != rules() {
            begin_anew(ctx).await?;
            continue;
        }
        let done = match at.filled_after {
            Some(after) => fill(ctx, &at, after).await?,
            None => follow(ctx, &at).await?,
        };
        if done {
            return Ok(());
        }
    }
}

/// Forgets what was read under other rules.
async fn begin_anew(ctx: &Ctx) -> Result<()> {
    let transaction = ctx.db.begin().await?;
    let at = stored::lock(&transaction).await?;
    if at.rules != rules() {
        stored::clear(&transaction).await?;
        let to = Position {
            rules: rules().to_owned(),
            // Events behind this one are followed when all is read; those before it are in what is read.
            event: events::last_id(&ctx.db).await?,
            filled_after: Some(0),
            version: at.version + 1,
        };
        stored::advance(&transaction, to).await?;
    }
    transaction.commit().await?;
    Ok(())
}

/// Reads the next postings after number `after`. Never the end: the event log is followed then.
async fn fill(ctx: &Ctx, at: &Position, after: i64) -> Result<bool> {
    let limit = POSTINGS_AT_ONCE as u64;
    let postings = read::page_after(&ctx.db, PostingId(after), limit).await?;
    let filled_after = postings.last().map(|one| one.id.0);
    let rows = needs_of(postings).await?;
    let to = Position {
        filled_after,
        version: at.version + 1,
        ..at.clone()
    };
    write(ctx, at, to, rows).await?;
    Ok(false)
}

/// Reads the postings that the next events are about. Gives whether there are no events.
async fn follow(ctx: &Ctx, at: &Position) -> Result<bool> {
    let events = events::read_after(&ctx.db, at.event, EVENTS_AT_ONCE).await?;
    let Some(last) = events.last().map(|logged| logged.id) else {
        return Ok(true);
    };
    let mut ids = BTreeSet::new();
    for logged in events {
        match logged.event {
            Event::PostingsStored {
                new,
                changed,
                closed,
                reopened,
            } => ids.extend([new, changed, closed, reopened].into_iter().flatten()),
            Event::PostingsRemoved { ids: gone } => ids.extend(gone),
            _ => {}
        }
    }
    let ids: Vec<PostingId> = ids.into_iter().collect();
    let mut rows = Vec::with_capacity(ids.len());
    for part in ids.chunks(POSTINGS_AT_ONCE) {
        let postings = read::whole(&ctx.db, part).await?;
        let there: BTreeSet<PostingId> = postings.iter().map(|one| one.id).collect();
        rows.extend(needs_of(postings).await?);
        let gone = part.iter().filter(|id| !there.contains(id));
        rows.extend(gone.map(|id| (*id, Vec::new())));
    }
    let changes = i64::from(!rows.is_empty());
    let to = Position {
        event: last,
        version: at.version + changes,
        ..at.clone()
    };
    write(ctx, at, to, rows).await?;
    Ok(false)
}

/// What postings ask for, computed on all cores; nothing for those that are not open.
async fn needs_of(postings: Vec<Stored>) -> Result<Vec<(PostingId, Vec<u8>)>> {
    let work = move || {
        let one = |one: &Stored| {
            let open = one.closed_at.is_none();
            let needs = open.then(|| encode(&one.posting, &requirements::read(&one.posting)));
            (one.id, needs.unwrap_or_default())
        };
        postings.par_iter().map(one).collect()
    };
    tokio::task::spawn_blocking(work)
        .await
        .map_err(Error::internal)
}

/// Writes requirements and how far they are, unless somebody else was faster.
async fn write(
    ctx: &Ctx,
    from: &Position,
    to: Position,
    rows: Vec<(PostingId, Vec<u8>)>,
) -> Result<()> {
    let transaction = ctx.db.begin().await?;
    if stored::lock(&transaction).await? == *from {
        stored::write(&transaction, to.version, rows).await?;
        stored::advance(&transaction, to).await?;
        transaction.commit().await?;
    }
    Ok(())
}

/// Brings a person's scores to what is known of them and of the postings now.
///
/// # Errors
/// From the database.
pub async fn account_match(ctx: &Ctx, account: AccountId) -> Result<()> {
    let ctx = acting_for(ctx, account);
    loop {
        ctx.matching.refresh(&ctx).await?;
        let before = scores::state(ctx.db.pool(), account).await?;
        let basis = basis_of(&ctx).await?;
        if basis.is_blank() {
            return forget(&ctx, account, before.is_some()).await;
        }
        let fingerprint = basis.fingerprint();
        let from = before.as_ref().filter(|state| state.basis == fingerprint);
        let from = from.map(|state| state.requirement_version);
        let (upto, changed) = compared(&ctx, basis, from).await?;
        if from == Some(upto) {
            return Ok(());
        }
        let to = State {
            basis: fingerprint,
            requirement_version: upto,
            version: next_version(ctx.now(), before.as_ref()),
        };
        if keep(&ctx, account, before, to, from.is_none(), changed).await? {
            return Ok(());
        }
    }
}

/// A number that no earlier state of this account had, even if that was forgotten meanwhile.
fn next_version(now: Timestamp, before: Option<&State>) -> i64 {
    before.map_or(now.0, |state| now.0.max(state.version + 1))
}

async fn forget(ctx: &Ctx, account: AccountId, known: bool) -> Result<()> {
    if known {
        let transaction = ctx.db.begin().await?;
        scores::forget(&transaction, account).await?;
        transaction.commit().await?;
    }
    Ok(())
}

/// Scores of postings; none for those that are not open.
type Scored = Vec<(i64, Option<Score>)>;

/// The scores of postings whose requirements changed after version `from`, or of all; and up to which version.
async fn compared(ctx: &Ctx, basis: Basis, from: Option<i64>) -> Result<(i64, Scored)> {
    let matching = ctx.matching.clone();
    let work = move || {
        let all = matching.read();
        (all.version, scores_of(&all, &basis, from))
    };
    tokio::task::spawn_blocking(work)
        .await
        .map_err(Error::internal)
}

/// The scores of postings whose requirements changed after version `from`; of all without one. On one core: it is quick.
#[must_use]
pub fn scores_of(all: &All, basis: &Basis, from: Option<i64>) -> Scored {
    let postings = all.postings.iter();
    postings
        .filter(|(_, known)| from.is_none_or(|from| known.version > from))
        .map(|(id, known)| (*id, score(&known.needs, basis)))
        .collect()
}

/// Writes scores, unless somebody else was faster: then gives false.
async fn keep(
    ctx: &Ctx,
    account: AccountId,
    before: Option<State>,
    to: State,
    anew: bool,
    changed: Scored,
) -> Result<bool> {
    let transaction = ctx.db.begin().await?;
    if scores::lock(&transaction, account).await? != before {
        return Ok(false);
    }
    let mut pages: BTreeMap<i64, Entries> = BTreeMap::new();
    if anew {
        scores::forget_pages(&transaction, account).await?;
    } else {
        let touched: BTreeSet<i64> = changed.iter().map(|(id, _)| place_of(*id).0).collect();
        let touched: Vec<i64> = touched.into_iter().collect();
        pages = scores::pages(&transaction, account, Some(&touched)).await?;
    }
    for (id, score) in changed {
        let (page, place) = place_of(id);
        let entries = pages.entry(page).or_default();
        match score {
            Some(score) => entries.insert(place, score),
            None => entries.remove(&place),
        };
    }
    scores::write_pages(&transaction, account, &pages).await?;
    scores::set_state(&transaction, account, ctx.now(), to).await?;
    transaction.commit().await?;
    Ok(true)
}

/// Brings requirements to the end of the event log, and then everybody's scores.
///
/// # Errors
/// From the database.
pub async fn postings_match(ctx: &Ctx) -> Result<()> {
    requirements_follow(ctx).await?;
    for account in scores::accounts(&ctx.db).await? {
        account_match(ctx, account).await?;
    }
    Ok(())
}
