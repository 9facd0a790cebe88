//! Conversations, promises and the next touch.

use jiff::civil::Date;

use super::super::input::{instant, optional_day, touch, words};
use super::super::model::{Contact, ContactId, EntryId, PromiseId};
use super::super::store::log::NewEntry;
use super::super::store::{log, people, promises};
use super::super::timeline::{EntryKind, OwedBy, Promise, as_it_counts, last_touch};
use super::time_zone;
use crate::clock::Timestamp;
use crate::db::Transaction;
use crate::error::{Error, Result};
use crate::state::Ctx;

/// Rows of what is due that are asked for at once.
const DUE_MOST: u64 = 200;

/// A conversation as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EntryInput {
    /// A name of [`EntryKind`].
    pub kind: String,
    /// When, in the caller's time zone; empty: now.
    pub at: String,
    /// What was said.
    pub text: String,
}

/// A promise as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PromiseInput {
    /// `me` or `them`.
    pub owed_by: String,
    /// What.
    pub text: String,
    /// By when; may be empty.
    pub due_on: String,
}

async fn parse(ctx: &Ctx, input: &EntryInput) -> Result<NewEntry> {
    let happened_at = match input.at.trim() {
        "" => ctx.now(),
        text => instant("at", text, &time_zone(ctx).await?)?,
    };
    Ok(NewEntry {
        kind: input.kind.parse()?,
        happened_at,
        text: words("text", &input.text, "Write what was said.")?,
        corrects: None,
        withdrawn: false,
    })
}

/// Writes a conversation down.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Invalid`] for what cannot be used; from the database.
pub async fn entry_add(ctx: &Ctx, contact: ContactId, input: &EntryInput) -> Result<EntryId> {
    people::get(ctx.db.pool(), ctx.owner()?, contact).await?;
    let new = parse(ctx, input).await?;
    let transaction = ctx.db.begin().await?;
    let id = entry_record(ctx, &transaction, contact, new).await?;
    transaction.commit().await?;
    Ok(id)
}

/// Writes an entry in a transaction of the caller's, for what other features do with a contact.
///
/// # Errors
/// [`Error::NotFound`]; from the database.
pub async fn entry_record(
    ctx: &Ctx,
    transaction: &Transaction,
    contact: ContactId,
    new: NewEntry,
) -> Result<EntryId> {
    let owner = ctx.owner()?;
    people::get(transaction, owner, contact).await?;
    let id = log::insert(transaction, owner, contact, ctx.now(), new).await?;
    renew_last_touch(ctx, transaction, contact).await?;
    Ok(id)
}

/// The last conversation, by the log as it counts now.
pub(super) async fn renew_last_touch(
    ctx: &Ctx,
    transaction: &Transaction,
    contact: ContactId,
) -> Result<()> {
    let entries = as_it_counts(log::all(transaction, ctx.owner()?, contact).await?);
    let last: Option<Timestamp> = last_touch(&entries);
    people::set_last_touch(transaction, contact, last).await
}

/// Corrects an entry, or takes it back when there is no new one; what it said before stays in the log.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Invalid`] for what cannot be used; from the database.
pub async fn entry_correct(
    ctx: &Ctx,
    contact: ContactId,
    entry: EntryId,
    input: Option<&EntryInput>,
) -> Result<()> {
    let owner = ctx.owner()?;
    people::get(ctx.db.pool(), owner, contact).await?;
    let new = match input {
        Some(input) => Some(parse(ctx, input).await?),
        None => None,
    };
    let transaction = ctx.db.begin().await?;
    let entries = as_it_counts(log::all(&transaction, owner, contact).await?);
    let known = entries.into_iter().find(|one| one.id == entry);
    let known = known.ok_or_else(|| Error::not_found("entry", entry))?;
    let withdrawn = new.is_none();
    let new = new.unwrap_or(NewEntry {
        kind: known.kind,
        happened_at: known.happened_at,
        text: known.text,
        corrects: None,
        withdrawn,
    });
    let new = NewEntry {
        corrects: Some(entry),
        ..new
    };
    log::insert(&transaction, owner, contact, ctx.now(), new).await?;
    renew_last_touch(ctx, &transaction, contact).await?;
    transaction.commit().await?;
    Ok(())
}

/// Writes a promise down.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Invalid`] for what cannot be used; from the database.
pub async fn promise_add(ctx: &Ctx, contact: ContactId, input: &PromiseInput) -> Result<PromiseId> {
    let owner = ctx.owner()?;
    people::get(ctx.db.pool(), owner, contact).await?;
    let owed_by: OwedBy = input.owed_by.parse()?;
    let text = words("text", &input.text, "Write what was promised.")?;
    let due_on = optional_day("due_on", &input.due_on)?;
    let transaction = ctx.db.begin().await?;
    let parts = (owed_by, text, due_on);
    let id = promises::insert(&transaction, owner, contact, ctx.now(), parts).await?;
    transaction.commit().await?;
    Ok(id)
}

/// Notes that a promise was kept, or that it was not. Gives the promise as it was.
///
/// # Errors
/// [`Error::NotFound`]; from the database.
pub async fn promise_done(ctx: &Ctx, id: PromiseId, done: bool) -> Result<Promise> {
    let promise = promises::get(&ctx.db, ctx.owner()?, id).await?;
    let transaction = ctx.db.begin().await?;
    let at = done.then(|| promise.done_at.unwrap_or(ctx.now()));
    promises::set_done(&transaction, id, at).await?;
    transaction.commit().await?;
    Ok(promise)
}

/// Removes a promise that was written by mistake; it can be brought back. Gives the promise.
///
/// # Errors
/// [`Error::NotFound`]; from the database.
pub async fn promise_remove(ctx: &Ctx, id: PromiseId) -> Result<Promise> {
    let promise = promises::get(&ctx.db, ctx.owner()?, id).await?;
    set_removed(ctx, id, Some(ctx.now())).await?;
    Ok(promise)
}

/// Brings a removed promise back. Gives the promise.
///
/// # Errors
/// [`Error::NotFound`]; from the database.
pub async fn promise_restore(ctx: &Ctx, id: PromiseId) -> Result<Promise> {
    set_removed(ctx, id, None).await?;
    promises::get(&ctx.db, ctx.owner()?, id).await
}

async fn set_removed(ctx: &Ctx, id: PromiseId, at: Option<Timestamp>) -> Result<()> {
    let transaction = ctx.db.begin().await?;
    if !promises::set_removed(&transaction, ctx.owner()?, id, at).await? {
        return Err(Error::not_found("promise", id));
    }
    transaction.commit().await?;
    Ok(())
}

/// Sets when to be in touch again, or with an empty day that no day is set.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Invalid`] when the day is none; from the database.
pub async fn touch_set(ctx: &Ctx, contact: ContactId, on: &str, reason: &str) -> Result<Contact> {
    let owner = ctx.owner()?;
    people::get(ctx.db.pool(), owner, contact).await?;
    let touch = touch(on, reason)?;
    let transaction = ctx.db.begin().await?;
    people::set_touch(&transaction, contact, touch.as_ref()).await?;
    transaction.commit().await?;
    people::get(ctx.db.pool(), owner, contact).await
}

/// Promises that are not kept and due on a day or before.
///
/// # Errors
/// From the database.
pub async fn promises_due(ctx: &Ctx, until: Date) -> Result<Vec<Promise>> {
    promises::due(&ctx.db, ctx.owner()?, until, DUE_MOST).await
}

/// Contacts to be in touch with on a day or before.
///
/// # Errors
/// From the database.
pub async fn touches_due(ctx: &Ctx, until: Date) -> Result<Vec<Contact>> {
    people::due(&ctx.db, ctx.owner()?, until, DUE_MOST).await
}

/// What a mail or another act of the program writes into the log.
impl NewEntry {
    /// An entry of this moment.
    #[must_use]
    pub fn now(kind: EntryKind, at: Timestamp, text: impl Into<String>) -> Self {
        Self {
            kind,
            happened_at: at,
            text: text.into(),
            corrects: None,
            withdrawn: false,
        }
    }
}
