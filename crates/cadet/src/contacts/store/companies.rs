//! Queries on companies: where somebody is known, and what the person wrote of them.

use std::collections::{BTreeMap, HashSet};

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, FromQueryResult, PaginatorTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _,
};

use super::super::entity::contact;
use super::super::entity::contact_company::{ActiveModel, Column, Entity};
use super::super::input::CompanyInput;
use super::super::model::Company;
use super::{from_json, to_json};
use crate::accounts::model::AccountId;
use crate::clock::Timestamp;
use crate::db::{Db, Transaction};
use crate::error::Result;
use crate::postings::entity::posting;
use crate::postings::model::PostingId;

/// A company of contacts with how many there are.
#[derive(FromQueryResult)]
struct Counted {
    company_key: String,
    name: String,
    people: i64,
}

/// Every company at which somebody is known or of which something was written, by name.
///
/// # Errors
/// From the database.
pub async fn list(db: &Db, owner: AccountId) -> Result<Vec<Company>> {
    let counted = contact::Entity::find()
        .select_only()
        .column(contact::Column::CompanyKey)
        .column_as(contact::Column::Company.min(), "name")
        .column_as(contact::Column::Id.count(), "people")
        .filter(contact::Column::AccountId.eq(owner.0))
        .filter(contact::Column::RemovedAt.is_null())
        .filter(contact::Column::CompanyKey.ne(""))
        .group_by(contact::Column::CompanyKey)
        .into_model::<Counted>()
        .all(db.pool())
        .await?;
    let mut all: BTreeMap<String, Company> = BTreeMap::new();
    for row in counted {
        let company = Company {
            key: row.company_key.clone(),
            name: row.name,
            people: u64::try_from(row.people).unwrap_or(0),
            notes: String::new(),
            links: Vec::new(),
        };
        all.insert(row.company_key, company);
    }
    let written = Entity::find().filter(Column::AccountId.eq(owner.0));
    for row in written.all(db.pool()).await? {
        let company = all
            .entry(row.company_key.clone())
            .or_insert_with(|| Company {
                key: row.company_key,
                name: row.name.clone(),
                people: 0,
                notes: String::new(),
                links: Vec::new(),
            });
        company.name = row.name;
        company.notes = row.notes;
        company.links = from_json(&row.links)?;
    }
    Ok(all.into_values().collect())
}

/// What was written of one company, if anything was.
///
/// # Errors
/// From the database.
pub async fn find(db: &Db, owner: AccountId, key: &str) -> Result<Option<CompanyInput>> {
    let row = Entity::find()
        .filter(Column::AccountId.eq(owner.0))
        .filter(Column::CompanyKey.eq(key))
        .one(db.pool())
        .await?;
    row.map(|row| {
        Ok(CompanyInput {
            name: row.name,
            notes: row.notes,
            links: from_json(&row.links)?,
        })
    })
    .transpose()
}

/// Writes what a person says of a company.
///
/// # Errors
/// From the database.
pub async fn save(
    transaction: &Transaction,
    owner: AccountId,
    now: Timestamp,
    key: &str,
    input: &CompanyInput,
) -> Result<()> {
    let row = ActiveModel {
        account_id: Set(owner.0),
        company_key: Set(key.to_owned()),
        name: Set(input.name.clone()),
        notes: Set(input.notes.clone()),
        links: Set(to_json(&input.links)?),
        updated_at: Set(now.0),
        ..Default::default()
    };
    let conflict = OnConflict::columns([Column::AccountId, Column::CompanyKey])
        .update_columns([
            Column::Name,
            Column::Notes,
            Column::Links,
            Column::UpdatedAt,
        ])
        .to_owned();
    Entity::insert(row)
        .on_conflict(conflict)
        .exec(transaction)
        .await?;
    Ok(())
}

/// Keys of the companies at which somebody is known.
///
/// # Errors
/// From the database.
pub async fn known_keys(db: &Db, owner: AccountId) -> Result<HashSet<String>> {
    let keys: Vec<String> = contact::Entity::find()
        .select_only()
        .column(contact::Column::CompanyKey)
        .distinct()
        .filter(contact::Column::AccountId.eq(owner.0))
        .filter(contact::Column::RemovedAt.is_null())
        .filter(contact::Column::CompanyKey.ne(""))
        .into_tuple()
        .all(db.pool())
        .await?;
    Ok(keys.into_iter().collect())
}

/// Open postings of an employer: how many, and the last first seen.
///
/// # Errors
/// From the database.
pub async fn open_postings(db: &Db, key: &str, limit: u64) -> Result<(u64, Vec<PostingId>)> {
    if key.is_empty() {
        return Ok((0, Vec::new()));
    }
    let open = posting::Entity::find()
        .filter(posting::Column::CompanyKey.eq(key))
        .filter(posting::Column::ClosedAt.is_null());
    let count = open.clone().count(db.pool()).await?;
    let ids: Vec<i64> = open
        .select_only()
        .column(posting::Column::Id)
        .order_by_desc(posting::Column::FirstSeenAt)
        .order_by_desc(posting::Column::Id)
        .limit(limit)
        .into_tuple()
        .all(db.pool())
        .await?;
    Ok((count, ids.into_iter().map(PostingId).collect()))
}
