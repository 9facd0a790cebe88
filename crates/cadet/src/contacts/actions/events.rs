//! Events: fairs, conferences, meetups, attended and to come.

use serde::Serialize;
use utoipa::ToSchema;

use super::super::input::EventInput;
use super::super::model::{CareerEvent, ContactId, EventId};
use super::super::store::people::Filter;
use super::super::store::{events, people};
use super::time_zone;
use crate::clock::Timestamp;
use crate::error::{Error, Result};
use crate::state::Ctx;

/// Events of each list.
const SHOWN: u64 = 200;
/// An event is still to come for so long after it began.
const RUNNING_MS: i64 = 6 * 3_600_000;

/// Events to come and those that were.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct EventLists {
    /// The next first.
    pub coming: Vec<CareerEvent>,
    /// The last first.
    pub past: Vec<CareerEvent>,
}

/// The caller's events.
///
/// # Errors
/// From the database.
pub async fn event_list(ctx: &Ctx) -> Result<EventLists> {
    let owner = ctx.owner()?;
    let border = ctx.now().plus_millis(-RUNNING_MS);
    Ok(EventLists {
        coming: events::coming(&ctx.db, owner, border, SHOWN).await?,
        past: events::past(&ctx.db, owner, border, SHOWN).await?,
    })
}

/// Events that begin in a span of time.
///
/// # Errors
/// From the database.
pub async fn events_between(
    ctx: &Ctx,
    from: Timestamp,
    until: Timestamp,
) -> Result<Vec<CareerEvent>> {
    let mut found = events::coming(&ctx.db, ctx.owner()?, from, SHOWN).await?;
    found.retain(|event| event.starts_at < until);
    Ok(found)
}

/// One event.
///
/// # Errors
/// [`Error::NotFound`]; from the database.
pub async fn event_get(ctx: &Ctx, id: EventId) -> Result<CareerEvent> {
    events::get(&ctx.db, ctx.owner()?, id).await
}

/// Writes an event, a new one or one that is there.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Invalid`] for what cannot be used; from the database.
pub async fn event_save(ctx: &Ctx, id: Option<EventId>, input: &EventInput) -> Result<CareerEvent> {
    let owner = ctx.owner()?;
    if let Some(id) = id {
        events::get(&ctx.db, owner, id).await?;
    }
    let parts = input.parse(&time_zone(ctx).await?)?;
    let transaction = ctx.db.begin().await?;
    let id = events::save(&transaction, owner, ctx.now(), id, parts).await?;
    transaction.commit().await?;
    events::get(&ctx.db, owner, id).await
}

/// Removes an event; it can be brought back.
///
/// # Errors
/// [`Error::NotFound`]; from the database.
pub async fn event_remove(ctx: &Ctx, id: EventId) -> Result<()> {
    set_removed(ctx, id, Some(ctx.now())).await
}

/// Brings a removed event back.
///
/// # Errors
/// [`Error::NotFound`]; from the database.
pub async fn event_restore(ctx: &Ctx, id: EventId) -> Result<()> {
    set_removed(ctx, id, None).await
}

async fn set_removed(ctx: &Ctx, id: EventId, at: Option<Timestamp>) -> Result<()> {
    let transaction = ctx.db.begin().await?;
    if !events::set_removed(&transaction, ctx.owner()?, id, at).await? {
        return Err(Error::not_found("event", id));
    }
    transaction.commit().await?;
    Ok(())
}

/// Notes that a contact is at an event.
///
/// # Errors
/// [`Error::NotFound`]; from the database.
pub async fn event_person_add(ctx: &Ctx, event: EventId, contact: ContactId) -> Result<()> {
    let owner = ctx.owner()?;
    events::get(&ctx.db, owner, event).await?;
    let transaction = ctx.db.begin().await?;
    people::get(&transaction, owner, contact).await?;
    events::add_person(&transaction, event, contact).await?;
    transaction.commit().await?;
    Ok(())
}

/// Notes that a contact is at an event, by number, address of the page, mail address or the one name that fits.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Invalid`] when nobody fits, or several do; from the database.
pub async fn event_person_named(ctx: &Ctx, event: EventId, person: &str) -> Result<()> {
    let owner = ctx.owner()?;
    events::get(&ctx.db, owner, event).await?;
    let typed = person.trim();
    let number = typed.rsplit('/').next().unwrap_or("").parse::<i64>();
    if let Ok(number) = number {
        return event_person_add(ctx, event, ContactId(number)).await;
    }
    let filter = Filter {
        words: typed.to_owned(),
        ..Filter::default()
    };
    let found = match typed {
        "" => Vec::new(),
        _ => people::list(&ctx.db, owner, &filter, 0, 3).await?,
    };
    match &found[..] {
        [one] => event_person_add(ctx, event, one.id).await,
        [] => Err(Error::invalid_field(
            "person",
            "No contact fits. Write them down first, then add them here.",
        )),
        several => {
            let names: Vec<String> = several
                .iter()
                .map(|one| format!("{} ({})", one.name, one.id))
                .collect();
            let message = format!("Several fit: {}. Give the number.", names.join(", "));
            Err(Error::invalid_field("person", message))
        }
    }
}

/// Takes a contact off an event.
///
/// # Errors
/// [`Error::NotFound`]; from the database.
pub async fn event_person_remove(ctx: &Ctx, event: EventId, contact: ContactId) -> Result<()> {
    events::get(&ctx.db, ctx.owner()?, event).await?;
    let transaction = ctx.db.begin().await?;
    events::remove_person(&transaction, event, contact).await?;
    transaction.commit().await?;
    Ok(())
}
