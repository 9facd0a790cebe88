//! What one can do with one's profile. Each acts on the caller's own.

use super::differences::{Difference, differences};
use super::model::{Profile, RevisionId};
use super::revision::{Change, Origin, Revision, Saved};
use super::store::{self, Place, Whole};
use crate::accounts::model::AccountId;
use crate::db::Transaction;
use crate::error::{Error, Result};
use crate::events::{self, Event};
use crate::state::Ctx;

/// The caller's profile; an empty one before anything was written.
///
/// # Errors
/// From the database.
pub async fn profile_current(ctx: &Ctx) -> Result<Profile> {
    Ok(profile_now(ctx).await?.1)
}

/// The caller's profile with the revision that it is; none before anything was written.
///
/// # Errors
/// From the database.
pub async fn profile_now(ctx: &Ctx) -> Result<(Option<Revision>, Profile)> {
    let current = store::current(ctx.db.pool(), ctx.owner()?).await?;
    Ok(
        current.map_or_else(Default::default, |(revision, profile)| {
            (Some(revision), profile)
        }),
    )
}

/// Makes `profile` the caller's profile, whatever it is now; what it was stays in the history. Entries and bullets
/// without an id get one.
///
/// # Errors
/// From the database.
pub async fn profile_save(ctx: &Ctx, profile: Profile, note: &str) -> Result<Revision> {
    match profile_revise(ctx, profile, Change::new(Origin::Command, note)).await? {
        Saved::Stored(revision) | Saved::Unchanged(Some(revision)) => Ok(revision),
        Saved::Unchanged(None) => Err(Error::invalid("There is nothing in this profile yet.")),
        Saved::Aside { kept, .. } => Err(Error::internal(format!(
            "revision {kept:?} clashed without a base"
        ))),
    }
}

/// Makes `profile` the caller's profile, unless it became another one since the change was begun: then the change is
/// kept beside it, as a revision that can be compared and brought back. Entries and bullets without an id get one.
///
/// # Errors
/// From the database.
pub async fn profile_revise(ctx: &Ctx, mut profile: Profile, change: Change) -> Result<Saved> {
    let owner = ctx.owner()?;
    let transaction = ctx.db.begin().await?;
    let current = store::current_locked(&transaction, owner).await?;
    settle(&mut profile, current.as_ref());
    let empty = Profile::default();
    let before = current.as_ref().map_or(&empty, |(_, profile)| profile);
    if *before == profile {
        return Ok(Saved::Unchanged(current.map(|(revision, _)| revision)));
    }
    let current = current.map(|(revision, _)| revision);
    if change.clashes(current.as_ref()) {
        let place = Place {
            parent: change.base.filter(|base| *base != RevisionId::EMPTY),
            aside: true,
            ..after(ctx, None)
        };
        let now = ctx.now();
        let kept = store::insert(&transaction, owner, now, (&profile, &change), place).await?;
        transaction.commit().await?;
        let current = current.map(|revision| revision.id);
        return Ok(Saved::Aside { kept, current });
    }
    let place = place(ctx, &transaction, owner, &change, current).await?;
    let revision = write(ctx, transaction, owner, (&profile, &change), place).await?;
    Ok(Saved::Stored(revision))
}

/// The place of a revision that follows `parent`.
fn after(ctx: &Ctx, parent: Option<&Revision>) -> Place {
    Place {
        parent: parent.map(|revision| revision.id),
        shows: None,
        redo: None,
        begun_at: ctx.now(),
        aside: false,
    }
}

/// The place of the revision that a change makes: after the current one, or in its stead when both are of one sitting.
pub(super) async fn place(
    ctx: &Ctx,
    transaction: &Transaction,
    owner: AccountId,
    change: &Change,
    current: Option<Revision>,
) -> Result<Place> {
    let mut place = after(ctx, current.as_ref());
    if let Some(folded) = current.filter(|current| change.continues(current, ctx.now())) {
        store::pass(transaction, owner, ctx.now(), folded.id).await?;
        place.parent = folded.parent;
        place.begun_at = folded.begun_at;
    }
    Ok(place)
}

/// Numbers what has no id, so that no id of an earlier revision is given again.
pub(super) fn settle(profile: &mut Profile, before: Option<&Whole>) {
    let given = before.map_or(0, |(_, profile)| profile.resume.last_number);
    profile.resume.last_number = profile.resume.last_number.max(given);
    profile.resume.number();
}

/// Writes the profile's next revision with its event, and ends the transaction.
pub(super) async fn write(
    ctx: &Ctx,
    transaction: Transaction,
    owner: AccountId,
    content: (&Profile, &Change),
    place: Place,
) -> Result<Revision> {
    let revision = store::insert(&transaction, owner, ctx.now(), content, place).await?;
    let event = Event::ProfileSaved {
        account: owner,
        revision: revision.id,
    };
    events::append(&transaction, ctx.now(), &event).await?;
    transaction.commit().await?;
    ctx.queue.wake();
    Ok(revision)
}

/// One revision with its content.
///
/// # Errors
/// [`Error::NotFound`]; from the database.
pub async fn revision_get(ctx: &Ctx, id: RevisionId) -> Result<(Revision, Profile)> {
    store::get(ctx.db.pool(), ctx.owner()?, id).await
}

/// Revisions before number `before`, the newest first; saves of one sitting are one.
///
/// # Errors
/// From the database.
pub async fn revision_list(
    ctx: &Ctx,
    before: RevisionId,
    limit: u64,
) -> Result<Vec<(Revision, Profile)>> {
    store::list(&ctx.db, ctx.owner()?, before, limit).await
}

/// Revisions before number `before`, the newest first, each with what it changed.
///
/// # Errors
/// From the database.
pub async fn revision_changes(
    ctx: &Ctx,
    before: RevisionId,
    limit: u64,
) -> Result<Vec<(Revision, Vec<Difference>)>> {
    let found = revision_list(ctx, before, limit).await?;
    let mut told = Vec::new();
    for (revision, profile) in &found {
        // Most often the revision that it was made from is of the same page.
        let here = found
            .iter()
            .find(|(one, _)| Some(one.id) == revision.parent);
        let changes = match here {
            Some((_, parent)) => differences(parent, profile)?,
            None => differences(&revision_parent(ctx, revision).await?, profile)?,
        };
        told.push((revision.clone(), changes));
    }
    Ok(told)
}

/// The profile that a revision was made from; an empty one for the first, and for one whose beginning was within a sitting
/// that is over for long.
///
/// # Errors
/// From the database.
pub async fn revision_parent(ctx: &Ctx, revision: &Revision) -> Result<Profile> {
    let Some(parent) = revision.parent else {
        return Ok(Profile::default());
    };
    match revision_get(ctx, parent).await {
        Ok((_, profile)) => Ok(profile),
        Err(Error::NotFound { .. }) => Ok(Profile::default()),
        Err(other) => Err(other),
    }
}

/// Makes an earlier revision, or one that was kept aside, the profile again; as a new revision.
///
/// # Errors
/// [`Error::NotFound`]; from the database.
pub async fn revision_restore(ctx: &Ctx, id: RevisionId) -> Result<Saved> {
    let (revision, profile) = revision_get(ctx, id).await?;
    let note = format!("Revision {}", revision.id);
    profile_revise(ctx, profile, Change::new(Origin::Restore, note)).await
}

/// Whether there is something to undo and something to redo, when this is the current revision.
#[must_use]
pub fn revision_nearby(current: Option<&Revision>) -> (bool, bool) {
    current.map_or((false, false), |current| {
        (current.shown() != RevisionId::EMPTY, current.redo.is_some())
    })
}

/// Takes the last change of the profile back; as a new revision, so that nothing is lost.
///
/// # Errors
/// [`Error::Conflict`] when there is nothing left to undo; from the database.
pub async fn profile_undo(ctx: &Ctx) -> Result<Revision> {
    let owner = ctx.owner()?;
    let transaction = ctx.db.begin().await?;
    let nothing = || Error::Conflict("There is nothing to undo.".into());
    let (current, _) = store::current_locked(&transaction, owner)
        .await?
        .ok_or_else(nothing)?;
    let shown = current.shown();
    if shown == RevisionId::EMPTY {
        return Err(nothing());
    }
    let target = before(&transaction, owner, shown).await?;
    let redo = current.redo.or(Some(shown));
    go(ctx, transaction, Origin::Undo, (target, redo)).await
}

/// Takes the last undoing back; as a new revision.
///
/// # Errors
/// [`Error::Conflict`] when nothing was undone since the last change; from the database.
pub async fn profile_redo(ctx: &Ctx) -> Result<Revision> {
    let owner = ctx.owner()?;
    let transaction = ctx.db.begin().await?;
    let nothing = || Error::Conflict("There is nothing to redo.".into());
    let (current, _) = store::current_locked(&transaction, owner)
        .await?
        .ok_or_else(nothing)?;
    let last = current.redo.ok_or_else(nothing)?;
    let mut target = last;
    loop {
        let earlier = before(&transaction, owner, target).await?;
        if earlier == current.shown() {
            break;
        }
        if earlier == RevisionId::EMPTY {
            return Err(nothing());
        }
        target = earlier;
    }
    let redo = Some(last).filter(|last| *last != target);
    go(ctx, transaction, Origin::Redo, (target, redo)).await
}

/// The revision whose content the profile had before revision `id`.
async fn before(transaction: &Transaction, owner: AccountId, id: RevisionId) -> Result<RevisionId> {
    let (revision, _) = store::get(transaction, owner, id).await?;
    let Some(parent) = revision.parent else {
        return Ok(RevisionId::EMPTY);
    };
    Ok(store::get(transaction, owner, parent).await?.0.shown())
}

/// Writes a revision with the content of `target`.
async fn go(
    ctx: &Ctx,
    transaction: Transaction,
    origin: Origin,
    (target, redo): (RevisionId, Option<RevisionId>),
) -> Result<Revision> {
    let owner = ctx.owner()?;
    let current = store::current(&transaction, owner).await?;
    let mut profile = match target {
        RevisionId::EMPTY => Profile::default(),
        target => store::get(&transaction, owner, target).await?.1,
    };
    settle(&mut profile, current.as_ref());
    let parent = current.as_ref().map(|(revision, _)| revision);
    let place = Place {
        shows: Some(target),
        redo,
        ..after(ctx, parent)
    };
    let note = match target {
        RevisionId::EMPTY => "Empty again".to_owned(),
        target => format!("As in revision {target}"),
    };
    write(
        ctx,
        transaction,
        owner,
        (&profile, &Change::new(origin, note)),
        place,
    )
    .await
}
