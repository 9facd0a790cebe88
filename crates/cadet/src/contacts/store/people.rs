//! Queries on contacts.

use std::collections::HashMap;

use jiff::civil::Date;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait as _, LikeExpr};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, Order, PaginatorTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _, Select,
};

use super::super::entity::contact::{ActiveModel, Column, Entity, Model};
use super::super::input::ContactParts;
use super::super::model::{Contact, ContactId, Touch};
use super::{from_json, to_json};
use crate::accounts::model::AccountId;
use crate::clock::Timestamp;
use crate::db::{Db, Transaction};
use crate::error::{Error, Result};
use crate::postings::normalise::company::company_key;
use crate::postings::normalise::text::{fold, fold_words};

/// Contacts read at once for an export or an import.
const CHUNK: u64 = 1_000;

/// In which order a list is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// By name.
    #[default]
    Name,
    /// By company, then by name.
    Company,
    /// Who is to be contacted first; those without a day last.
    NextTouch,
    /// With whom one spoke last.
    LastTouch,
    /// Added last.
    Added,
}

/// Which contacts a list shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Words that all stand in name, company, role, addresses or notes.
    pub words: String,
    /// A way of meeting, by name.
    pub met: Option<String>,
    /// A company, by its key.
    pub company_key: Option<String>,
    /// The order.
    pub sort: Sort,
}

fn mine(owner: AccountId) -> Select<Entity> {
    Entity::find()
        .filter(Column::AccountId.eq(owner.0))
        .filter(Column::RemovedAt.is_null())
}

fn filtered(owner: AccountId, filter: &Filter) -> Select<Entity> {
    let mut select = mine(owner);
    for word in fold_words(&filter.words)
        .split(' ')
        .filter(|word| !word.is_empty())
    {
        // The words are letters and digits only, so nothing in them is special to LIKE.
        let like = LikeExpr::new(format!("%{word}%"));
        select = select.filter(Expr::col(Column::Search).like(like));
    }
    if let Some(met) = &filter.met {
        select = select.filter(Column::Met.eq(met.clone()));
    }
    if let Some(key) = &filter.company_key {
        select = select.filter(Column::CompanyKey.eq(key.clone()));
    }
    select
}

fn ordered(select: Select<Entity>, sort: Sort) -> Select<Entity> {
    let absent_last = |select: Select<Entity>, column: Column, order: Order| {
        select
            .order_by(Expr::col(column).is_null(), Order::Asc)
            .order_by(column, order)
    };
    let select = match sort {
        Sort::Name => select,
        Sort::Company => select
            .order_by(Expr::col(Column::CompanyKey).eq(""), Order::Asc)
            .order_by_asc(Column::CompanyKey),
        Sort::NextTouch => absent_last(select, Column::NextTouchOn, Order::Asc),
        Sort::LastTouch => absent_last(select, Column::LastTouchAt, Order::Desc),
        Sort::Added => select.order_by_desc(Column::CreatedAt),
    };
    select
        .order_by_asc(Column::SortName)
        .order_by_asc(Column::Id)
}

/// A part of the list.
///
/// # Errors
/// From the database.
pub async fn list(
    db: &Db,
    owner: AccountId,
    filter: &Filter,
    skip: u64,
    limit: u64,
) -> Result<Vec<Contact>> {
    let rows = ordered(filtered(owner, filter), filter.sort)
        .offset(skip)
        .limit(limit)
        .all(db.pool())
        .await?;
    rows.into_iter().map(to_contact).collect()
}

/// How many the whole list has.
///
/// # Errors
/// From the database.
pub async fn count(db: &Db, owner: AccountId, filter: &Filter) -> Result<u64> {
    Ok(filtered(owner, filter).count(db.pool()).await?)
}

/// Contacts with a number above `after`, by number.
///
/// # Errors
/// From the database.
pub async fn after(db: &Db, owner: AccountId, after: i64, limit: u64) -> Result<Vec<Contact>> {
    let rows = mine(owner)
        .filter(Column::Id.gt(after))
        .order_by_asc(Column::Id)
        .limit(limit)
        .all(db.pool())
        .await?;
    rows.into_iter().map(to_contact).collect()
}

/// Every contact, by number.
///
/// # Errors
/// From the database.
pub async fn all(db: &Db, owner: AccountId) -> Result<Vec<Contact>> {
    let mut found: Vec<Contact> = Vec::new();
    loop {
        let last = found.last().map_or(0, |contact| contact.id.0);
        let some = after(db, owner, last, CHUNK).await?;
        if some.is_empty() {
            return Ok(found);
        }
        found.extend(some);
    }
}

/// Those at a company, those with whom one spoke last first.
///
/// # Errors
/// From the database.
pub async fn at_company(db: &Db, owner: AccountId, key: &str, limit: u64) -> Result<Vec<Contact>> {
    let filter = Filter {
        company_key: Some(key.to_owned()),
        sort: Sort::LastTouch,
        ..Filter::default()
    };
    list(db, owner, &filter, 0, limit).await
}

/// Those in whose fields a mail address stands; the caller looks whether it is theirs.
///
/// # Errors
/// From the database.
pub async fn with_mail(db: &Db, owner: AccountId, address: &str) -> Result<Vec<Contact>> {
    let like = LikeExpr::new(format!("%{}%", fold_words(address)));
    let rows = mine(owner)
        .filter(Expr::col(Column::Search).like(like))
        .order_by_asc(Column::Id)
        .limit(CHUNK)
        .all(db.pool())
        .await?;
    rows.into_iter().map(to_contact).collect()
}

/// Those whose next touch is on `until` or before, the longest due first.
///
/// # Errors
/// From the database.
pub async fn due(db: &Db, owner: AccountId, until: Date, limit: u64) -> Result<Vec<Contact>> {
    let rows = mine(owner)
        .filter(Column::NextTouchOn.lte(until.to_string()))
        .order_by_asc(Column::NextTouchOn)
        .order_by_asc(Column::Id)
        .limit(limit)
        .all(db.pool())
        .await?;
    rows.into_iter().map(to_contact).collect()
}

/// One contact.
///
/// # Errors
/// [`Error::NotFound`]; from the database.
pub async fn get<C: ConnectionTrait>(
    connection: &C,
    owner: AccountId,
    id: ContactId,
) -> Result<Contact> {
    let row = mine(owner)
        .filter(Column::Id.eq(id.0))
        .one(connection)
        .await?;
    let row = row.ok_or_else(|| Error::not_found("contact", id))?;
    to_contact(row)
}

/// Names of these contacts, those that were removed included.
///
/// # Errors
/// From the database.
pub async fn names(
    db: &Db,
    owner: AccountId,
    ids: &[ContactId],
) -> Result<HashMap<ContactId, String>> {
    let ids = ids.iter().map(|id| id.0);
    let rows = Entity::find()
        .filter(Column::AccountId.eq(owner.0))
        .filter(Column::Id.is_in(ids))
        .all(db.pool())
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| (ContactId(row.id), row.name))
        .collect())
}

/// A contact to be written beside its fields.
#[derive(Clone, Debug, Default)]
pub struct Beside {
    /// What stays the same in every vCard of it.
    pub uid: String,
    /// Lines of a vCard that no field holds.
    pub other: Vec<String>,
}

/// Writes a contact.
///
/// # Errors
/// From the database.
pub async fn insert(
    transaction: &Transaction,
    owner: AccountId,
    now: Timestamp,
    parts: &ContactParts,
    beside: &Beside,
) -> Result<ContactId> {
    let row = ActiveModel {
        account_id: Set(owner.0),
        uid: Set(beside.uid.clone()),
        other: Set(to_json(&beside.other)?),
        next_touch_reason: Set(String::new()),
        created_at: Set(now.0),
        ..fields(parts, now)?
    };
    let id = Entity::insert(row).exec(transaction).await?.last_insert_id;
    Ok(ContactId(id))
}

/// Writes a contact's fields anew, and what it keeps of vCards.
///
/// # Errors
/// From the database.
pub async fn update(
    transaction: &Transaction,
    id: ContactId,
    now: Timestamp,
    parts: &ContactParts,
    other: &[String],
) -> Result<()> {
    let row = ActiveModel {
        id: Set(id.0),
        other: Set(to_json(&other)?),
        ..fields(parts, now)?
    };
    Entity::update(row).exec(transaction).await?;
    Ok(())
}

fn fields(parts: &ContactParts, now: Timestamp) -> Result<ActiveModel> {
    let searched = [
        &parts.name,
        &parts.company,
        &parts.role,
        &parts.met_note,
        &parts.notes,
    ]
    .into_iter()
    .chain(&parts.mails)
    .chain(&parts.links)
    .map(|text| fold_words(text))
    .collect::<Vec<_>>()
    .join(" ");
    let key = match parts.company.as_str() {
        "" => String::new(),
        company => company_key(company),
    };
    Ok(ActiveModel {
        name: Set(parts.name.clone()),
        sort_name: Set(fold(&parts.name)),
        company: Set(parts.company.clone()),
        company_key: Set(key),
        role: Set(parts.role.clone()),
        met: Set(parts.met.map(|met| met.name().to_owned())),
        met_note: Set(parts.met_note.clone()),
        notes: Set(parts.notes.clone()),
        mails: Set(to_json(&parts.mails)?),
        phones: Set(to_json(&parts.phones)?),
        links: Set(to_json(&parts.links)?),
        search: Set(searched),
        updated_at: Set(now.0),
        ..Default::default()
    })
}

/// Writes the next touch, or that there is none.
///
/// # Errors
/// From the database.
pub async fn set_touch(
    transaction: &Transaction,
    id: ContactId,
    touch: Option<&Touch>,
) -> Result<()> {
    let row = ActiveModel {
        id: Set(id.0),
        next_touch_on: Set(touch.map(|touch| touch.on.to_string())),
        next_touch_reason: Set(touch.map_or_else(String::new, |touch| touch.reason.clone())),
        ..Default::default()
    };
    Entity::update(row).exec(transaction).await?;
    Ok(())
}

/// Writes when the last conversation was.
///
/// # Errors
/// From the database.
pub async fn set_last_touch(
    transaction: &Transaction,
    id: ContactId,
    at: Option<Timestamp>,
) -> Result<()> {
    let row = ActiveModel {
        id: Set(id.0),
        last_touch_at: Set(at.map(|at| at.0)),
        ..Default::default()
    };
    Entity::update(row).exec(transaction).await?;
    Ok(())
}

/// Removes a contact, perhaps because it went into another, or brings it back. Gives whether there was anything to do.
///
/// # Errors
/// From the database.
pub async fn set_removed(
    transaction: &Transaction,
    owner: AccountId,
    id: ContactId,
    removed: Option<(Timestamp, Option<ContactId>)>,
) -> Result<bool> {
    let state = match removed {
        Some(_) => Column::RemovedAt.is_null(),
        None => Column::RemovedAt.is_not_null(),
    };
    let into = removed.and_then(|(_, into)| into).map(|into| into.0);
    let done = Entity::update_many()
        .col_expr(Column::RemovedAt, Expr::value(removed.map(|(at, _)| at.0)))
        .col_expr(Column::MergedInto, Expr::value(into))
        .filter(Column::Id.eq(id.0))
        .filter(Column::AccountId.eq(owner.0))
        .filter(state)
        .exec(transaction)
        .await?;
    Ok(done.rows_affected == 1)
}

fn to_contact(row: Model) -> Result<Contact> {
    let on = row.next_touch_on.map(|on| on.parse::<Date>());
    let on = on.transpose().map_err(Error::internal)?;
    let reason = row.next_touch_reason;
    Ok(Contact {
        id: ContactId(row.id),
        uid: row.uid,
        name: row.name,
        mails: from_json(&row.mails)?,
        phones: from_json(&row.phones)?,
        links: from_json(&row.links)?,
        role: row.role,
        company: row.company,
        company_key: row.company_key,
        met: row.met.and_then(|met| met.parse().ok()),
        met_note: row.met_note,
        notes: row.notes,
        next_touch: on.map(|on| Touch { on, reason }),
        last_touch_at: row.last_touch_at.map(Timestamp),
        created_at: Timestamp(row.created_at),
        updated_at: Timestamp(row.updated_at),
        other: from_json(&row.other)?,
    })
}
