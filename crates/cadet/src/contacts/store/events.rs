//! Queries on events and who is at them.

use std::collections::HashMap;

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, Select,
};

use super::super::entity::contact_event::{ActiveModel, Column, Entity, Model};
use super::super::entity::contact_event_person as person;
use super::super::input::EventParts;
use super::super::model::{CareerEvent, ContactId, EventId, EventPerson};
use super::people;
use crate::accounts::model::AccountId;
use crate::clock::Timestamp;
use crate::db::{Db, Transaction};
use crate::error::{Error, Result};

fn mine(owner: AccountId) -> Select<Entity> {
    Entity::find()
        .filter(Column::AccountId.eq(owner.0))
        .filter(Column::RemovedAt.is_null())
}

/// Events that begin at `from` or later, the next first.
///
/// # Errors
/// From the database.
pub async fn coming(
    db: &Db,
    owner: AccountId,
    from: Timestamp,
    limit: u64,
) -> Result<Vec<CareerEvent>> {
    let rows = mine(owner)
        .filter(Column::StartsAt.gte(from.0))
        .order_by_asc(Column::StartsAt)
        .limit(limit)
        .all(db.pool())
        .await?;
    with_people(db, owner, rows).await
}

/// Events that began before `until`, the last first.
///
/// # Errors
/// From the database.
pub async fn past(
    db: &Db,
    owner: AccountId,
    until: Timestamp,
    limit: u64,
) -> Result<Vec<CareerEvent>> {
    let rows = mine(owner)
        .filter(Column::StartsAt.lt(until.0))
        .order_by_desc(Column::StartsAt)
        .limit(limit)
        .all(db.pool())
        .await?;
    with_people(db, owner, rows).await
}

/// Events at which a contact is, the last first.
///
/// # Errors
/// From the database.
pub async fn of_contact(db: &Db, owner: AccountId, contact: ContactId) -> Result<Vec<CareerEvent>> {
    let links = person::Entity::find()
        .filter(person::Column::ContactId.eq(contact.0))
        .all(db.pool())
        .await?;
    let rows = mine(owner)
        .filter(Column::Id.is_in(links.iter().map(|link| link.event_id)))
        .order_by_desc(Column::StartsAt)
        .all(db.pool())
        .await?;
    with_people(db, owner, rows).await
}

/// One event.
///
/// # Errors
/// [`Error::NotFound`]; from the database.
pub async fn get(db: &Db, owner: AccountId, id: EventId) -> Result<CareerEvent> {
    let row = mine(owner)
        .filter(Column::Id.eq(id.0))
        .one(db.pool())
        .await?;
    let row = row.ok_or_else(|| Error::not_found("event", id))?;
    let mut all = with_people(db, owner, vec![row]).await?;
    all.pop().ok_or_else(|| Error::not_found("event", id))
}

async fn with_people(db: &Db, owner: AccountId, rows: Vec<Model>) -> Result<Vec<CareerEvent>> {
    let links = person::Entity::find()
        .filter(person::Column::EventId.is_in(rows.iter().map(|row| row.id)))
        .order_by_asc(person::Column::Id)
        .all(db.pool())
        .await?;
    let ids: Vec<ContactId> = links
        .iter()
        .map(|link| ContactId(link.contact_id))
        .collect();
    let names = people::names(db, owner, &ids).await?;
    let mut by_event: HashMap<i64, Vec<EventPerson>> = HashMap::new();
    for link in links {
        let id = ContactId(link.contact_id);
        if let Some(name) = names.get(&id).cloned() {
            by_event
                .entry(link.event_id)
                .or_default()
                .push(EventPerson { id, name });
        }
    }
    let event = |row: Model| CareerEvent {
        people: by_event.remove(&row.id).unwrap_or_default(),
        id: EventId(row.id),
        name: row.name,
        place: row.place,
        url: row.url,
        starts_at: Timestamp(row.starts_at),
        ends_at: row.ends_at.map(Timestamp),
        time_zone: row.time_zone,
        notes: row.notes,
    };
    Ok(rows.into_iter().map(event).collect())
}

/// Writes an event, a new one or one that is there.
///
/// # Errors
/// From the database.
pub async fn save(
    transaction: &Transaction,
    owner: AccountId,
    now: Timestamp,
    id: Option<EventId>,
    parts: EventParts,
) -> Result<EventId> {
    let row = ActiveModel {
        account_id: Set(owner.0),
        name: Set(parts.name),
        place: Set(parts.place),
        url: Set(parts.url),
        starts_at: Set(parts.starts_at.0),
        ends_at: Set(parts.ends_at.map(|at| at.0)),
        time_zone: Set(parts.time_zone),
        notes: Set(parts.notes),
        ..Default::default()
    };
    match id {
        Some(id) => {
            let row = ActiveModel {
                id: Set(id.0),
                ..row
            };
            Entity::update(row).exec(transaction).await?;
            Ok(id)
        }
        None => {
            let row = ActiveModel {
                created_at: Set(now.0),
                ..row
            };
            let id = Entity::insert(row).exec(transaction).await?.last_insert_id;
            Ok(EventId(id))
        }
    }
}

/// Removes an event, or brings it back. Gives whether there was anything to do.
///
/// # Errors
/// From the database.
pub async fn set_removed(
    transaction: &Transaction,
    owner: AccountId,
    id: EventId,
    removed_at: Option<Timestamp>,
) -> Result<bool> {
    let done = Entity::update_many()
        .col_expr(Column::RemovedAt, Expr::value(removed_at.map(|at| at.0)))
        .filter(Column::Id.eq(id.0))
        .filter(Column::AccountId.eq(owner.0))
        .exec(transaction)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Notes that somebody is at an event; twice is once.
///
/// # Errors
/// From the database.
pub async fn add_person(
    transaction: &Transaction,
    event: EventId,
    contact: ContactId,
) -> Result<()> {
    let row = person::ActiveModel {
        event_id: Set(event.0),
        contact_id: Set(contact.0),
        ..Default::default()
    };
    let conflict = OnConflict::columns([person::Column::EventId, person::Column::ContactId])
        .do_nothing()
        .to_owned();
    person::Entity::insert(row)
        .on_conflict(conflict)
        .exec_without_returning(transaction)
        .await?;
    Ok(())
}

/// Takes somebody off an event.
///
/// # Errors
/// From the database.
pub async fn remove_person(
    transaction: &Transaction,
    event: EventId,
    contact: ContactId,
) -> Result<()> {
    person::Entity::delete_many()
        .filter(person::Column::EventId.eq(event.0))
        .filter(person::Column::ContactId.eq(contact.0))
        .exec(transaction)
        .await?;
    Ok(())
}

/// The events at which a contact is, by number.
///
/// # Errors
/// From the database.
pub async fn ids_of(transaction: &Transaction, contact: ContactId) -> Result<Vec<i64>> {
    let links = person::Entity::find()
        .filter(person::Column::ContactId.eq(contact.0))
        .all(transaction)
        .await?;
    Ok(links.into_iter().map(|link| link.event_id).collect())
}
