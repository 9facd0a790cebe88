//! Edits: changes of a page that stays open while others may change the profile as well.

use super::actions::{place, settle, write};
use super::model::{Profile, RevisionId};
use super::parts::{Parts, join};
use super::revision::{Change, Revision, Saved};
use super::store;
use crate::accounts::model::AccountId;
use crate::db::Transaction;
use crate::error::{Error, Result};
use crate::state::Ctx;

/// Saves what a page of the editor shows: `make` gives the page's profile from the one that the page was opened with. What
/// others changed meanwhile stays, unless it is the same part: then the edit is kept aside.
///
/// # Errors
/// Whatever `make` says; from the database.
pub async fn profile_edit(
    ctx: &Ctx,
    base: RevisionId,
    change: Change,
    make: impl FnOnce(&Profile) -> Result<Profile> + Send,
) -> Result<Saved> {
    let owner = ctx.owner()?;
    let transaction = ctx.db.begin().await?;
    let current = store::current_locked(&transaction, owner).await?;
    let empty = Profile::default();
    let now = current.as_ref().map_or(&empty, |(_, profile)| profile);
    // The state within a sitting that a page was opened with is gone after a week; what is typed there then is kept aside.
    let before = match content(&transaction, owner, base).await {
        Err(Error::NotFound { .. }) => None,
        found => Some(found?),
    };
    let mine = make(before.as_ref().unwrap_or(now))?;
    let theirs = match before {
        Some(_) => changed_by_others(&transaction, owner, base, &change).await?,
        None => Parts::of(&mine)?.differing(&Parts::of(now)?),
    };
    let before = before.unwrap_or_else(|| now.clone());
    let joined = join(&before, &mine, now, &theirs)?;
    let mut profile = joined.profile;
    settle(&mut profile, current.as_ref());
    let unchanged = *now == profile;
    let current = current.map(|(revision, _)| revision);
    if unchanged {
        return Ok(Saved::Unchanged(current));
    }
    if joined.clashes {
        return aside(
            ctx,
            transaction,
            owner,
            (&profile, &change),
            (base, current),
        )
        .await;
    }
    let place = place(ctx, &transaction, owner, &change, current).await?;
    let revision = write(ctx, transaction, owner, (&profile, &change), place).await?;
    Ok(Saved::Stored(revision))
}

/// The profile as it was in a revision.
async fn content(transaction: &Transaction, owner: AccountId, id: RevisionId) -> Result<Profile> {
    match id {
        RevisionId::EMPTY => Ok(Profile::default()),
        id => Ok(store::get(transaction, owner, id).await?.1),
    }
}

/// The parts that other pages and programs changed since revision `base`.
async fn changed_by_others(
    transaction: &Transaction,
    owner: AccountId,
    base: RevisionId,
    change: &Change,
) -> Result<Vec<String>> {
    let later = store::since(transaction, owner, base).await?;
    let is_foreign = |session: &Option<String>| session.is_none() || *session != change.session;
    let mut before = base;
    let mut parts = Vec::new();
    for (id, session) in later {
        if is_foreign(&session) {
            let was = content(transaction, owner, before).await?;
            let is = content(transaction, owner, id).await?;
            parts.extend(Parts::of(&was)?.differing(&Parts::of(&is)?));
        }
        before = id;
    }
    Ok(parts)
}

/// Keeps an edit beside the profile. Those of one page follow each other, and only the last one is told of.
async fn aside(
    ctx: &Ctx,
    transaction: Transaction,
    owner: AccountId,
    content: (&Profile, &Change),
    (base, current): (RevisionId, Option<Revision>),
) -> Result<Saved> {
    let earlier = store::aside_of(&transaction, owner, content.1.session.as_deref()).await?;
    if let Some(earlier) = earlier {
        store::pass(&transaction, owner, ctx.now(), earlier).await?;
    }
    let place = store::Place {
        parent: Some(base).filter(|base| *base != RevisionId::EMPTY),
        shows: None,
        redo: None,
        begun_at: ctx.now(),
        aside: true,
    };
    let kept = store::insert(&transaction, owner, ctx.now(), content, place).await?;
    transaction.commit().await?;
    let current = current.map(|revision| revision.id);
    Ok(Saved::Aside { kept, current })
}
