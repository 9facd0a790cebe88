//! Joining two contacts that are one person, and undoing it.

use super::super::input::ContactParts;
use super::super::merging::{Before, joined, joined_lines, parted};
use super::super::model::{Contact, ContactId, EventId, MergeId};
use super::super::store::people::Beside;
use super::super::store::{events, log, merges, people, promises};
use super::log::renew_last_touch;
use crate::db::Transaction;
use crate::error::{Error, Result};
use crate::state::Ctx;

/// Joins `gone` into `kept`: fields, conversations, promises and events. It can be undone.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Invalid`] for one with itself; from the database.
pub async fn contact_merge(ctx: &Ctx, kept: ContactId, gone: ContactId) -> Result<MergeId> {
    let owner = ctx.owner()?;
    let transaction = ctx.db.begin().await?;
    let one = people::get(&transaction, owner, kept).await?;
    let other = match people::get(&transaction, owner, gone).await {
        Ok(other) if kept != gone => other,
        Ok(_) | Err(Error::NotFound { .. }) => {
            let message = "Give the number of another contact of yours.";
            return Err(Error::invalid_field("other", message));
        }
        Err(error) => return Err(error),
    };
    let mut undo = join_fields(
        ctx,
        &transaction,
        &one,
        &ContactParts::of(&other),
        &other.other,
    )
    .await?;
    undo.entries = log::hand_over(&transaction, gone, kept).await?;
    undo.promises = promises::hand_over(&transaction, gone, kept).await?;
    let there = events::ids_of(&transaction, kept).await?;
    for event in events::ids_of(&transaction, gone).await? {
        if !there.contains(&event) {
            events::add_person(&transaction, EventId(event), kept).await?;
            undo.events.push(event);
        }
    }
    if one.next_touch.is_none() {
        people::set_touch(&transaction, kept, other.next_touch.as_ref()).await?;
    }
    people::set_removed(&transaction, owner, gone, Some((ctx.now(), Some(kept)))).await?;
    renew_last_touch(ctx, &transaction, kept).await?;
    let id = merges::insert(&transaction, owner, ctx.now(), kept, Some(gone), &undo).await?;
    transaction.commit().await?;
    Ok(id)
}

/// Writes the fields of both into the kept one. Gives what undoing that needs.
pub(super) async fn join_fields(
    ctx: &Ctx,
    transaction: &Transaction,
    kept: &Contact,
    other: &ContactParts,
    lines: &[String],
) -> Result<Before> {
    let before = ContactParts::of(kept);
    let after = joined(&before, other);
    let all_lines = joined_lines(&kept.other, lines);
    people::update(transaction, kept.id, ctx.now(), &after, &all_lines).await?;
    Ok(Before {
        name: other.name.clone(),
        before,
        after,
        other: kept.other.clone(),
        entries: Vec::new(),
        promises: Vec::new(),
        events: Vec::new(),
        card: None,
    })
}

/// Undoes a joining: who went in is there again with what was theirs. What was changed since stays changed. Gives the
/// contact that had stayed.
///
/// # Errors
/// [`Error::NotFound`]; from the database.
pub async fn merge_undo(ctx: &Ctx, id: MergeId) -> Result<ContactId> {
    let owner = ctx.owner()?;
    let merge = merges::get(&ctx.db, owner, id).await?;
    let (kept, undo) = (merge.kept, &merge.before);
    let transaction = ctx.db.begin().await?;
    let now = people::get(&transaction, owner, kept).await?;
    let parts = parted(&ContactParts::of(&now), undo);
    people::update(&transaction, kept, ctx.now(), &parts, &undo.other).await?;
    if let Some(gone) = merge.gone {
        log::give(&transaction, &undo.entries, gone).await?;
        promises::give(&transaction, &undo.promises, gone).await?;
        for event in &undo.events {
            events::remove_person(&transaction, EventId(*event), kept).await?;
        }
        people::set_removed(&transaction, owner, gone, None).await?;
        renew_last_touch(ctx, &transaction, gone).await?;
    } else {
        // The card came from a file; without the joining it is a contact of its own.
        let uid = super::people::new_uid(ctx);
        let beside = Beside {
            uid,
            other: Vec::new(),
        };
        people::insert(&transaction, owner, ctx.now(), &undo.came(), &beside).await?;
    }
    renew_last_touch(ctx, &transaction, kept).await?;
    merges::set_undone(&transaction, id, ctx.now()).await?;
    transaction.commit().await?;
    Ok(kept)
}
