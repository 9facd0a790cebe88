//! Queries on matches.

use std::collections::{BTreeSet, HashMap, HashSet};

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
};

use super::super::entity::alert_match::{ActiveModel, Column, Entity, Model};
use super::super::model::{AlertId, DeliveryId, Match, SavedSearch};
use super::BIND_LIMIT;
use crate::clock::Timestamp;
use crate::db::{Db, Transaction};
use crate::error::{Error, Result};
use crate::postings::model::PostingId;
use crate::postings::openings::store::groups;

/// Writes what a saved search found, with the reasons; what it has found before is passed over. Gives how many are new.
/// The saved search must be locked.
///
/// # Errors
/// From the database.
pub async fn insert(
    transaction: &Transaction,
    search: &SavedSearch,
    now: Timestamp,
    found: &[(PostingId, Vec<String>)],
) -> Result<u64> {
    let found = new_openings(transaction, search, found).await?;
    let mut new = 0;
    for part in found.chunks(BIND_LIMIT / 6) {
        let known: HashSet<i64> = Entity::find()
            .filter(Column::SavedSearchId.eq(search.id.0))
            .filter(Column::PostingId.is_in(part.iter().map(|(posting, _)| posting.0)))
            .select_only()
            .column(Column::PostingId)
            .into_tuple::<i64>()
            .all(transaction)
            .await?
            .into_iter()
            .collect();
        let rows: Vec<ActiveModel> = part
            .iter()
            .filter(|(posting, _)| !known.contains(&posting.0))
            .map(|(posting, reasons)| {
                Ok(ActiveModel {
                    account_id: Set(search.account.0),
                    saved_search_id: Set(search.id.0),
                    posting_id: Set(posting.0),
                    matched_at: Set(now.0),
                    reasons: Set(serde_json::to_string(reasons).map_err(Error::internal)?),
                    ..Default::default()
                })
            })
            .collect::<Result<_>>()?;
        if rows.is_empty() {
            continue;
        }
        let once = OnConflict::columns([Column::SavedSearchId, Column::PostingId])
            .do_nothing()
            .to_owned();
        new += Entity::insert_many(rows)
            .on_conflict(once)
            .exec_without_returning(transaction)
            .await?;
    }
    Ok(new)
}

/// Of what was found, one posting of each opening of which the saved search has found none before.
async fn new_openings(
    transaction: &Transaction,
    search: &SavedSearch,
    found: &[(PostingId, Vec<String>)],
) -> Result<Vec<(PostingId, Vec<String>)>> {
    let ids: Vec<PostingId> = found.iter().map(|(posting, _)| *posting).collect();
    let openings = groups::openings_of(transaction, &ids).await?;
    let wanted: BTreeSet<PostingId> = openings.values().copied().collect();
    let members = groups::members(transaction, &wanted).await?;
    let mut known = HashSet::new();
    for part in members.chunks(BIND_LIMIT) {
        let matched: HashSet<i64> = Entity::find()
            .filter(Column::SavedSearchId.eq(search.id.0))
            .filter(Column::PostingId.is_in(part.iter().map(|member| member.id.0)))
            .select_only()
            .column(Column::PostingId)
            .into_tuple::<i64>()
            .all(transaction)
            .await?
            .into_iter()
            .collect();
        let matched = part.iter().filter(|member| matched.contains(&member.id.0));
        known.extend(matched.map(|member| member.opening));
    }
    let first = |(posting, _): &&(PostingId, Vec<String>)| {
        openings
            .get(posting)
            .is_none_or(|opening| known.insert(*opening))
    };
    Ok(found.iter().filter(first).cloned().collect())
}

/// Hands all matches that wait over to a delivery. Gives how many there were.
///
/// # Errors
/// From the database.
pub async fn hand_over(
    transaction: &Transaction,
    search: AlertId,
    delivery: DeliveryId,
) -> Result<u64> {
    let done = Entity::update_many()
        .col_expr(Column::DeliveryId, Expr::value(delivery.0))
        .filter(Column::SavedSearchId.eq(search.0))
        .filter(Column::DeliveryId.is_null())
        .exec(transaction)
        .await?;
    Ok(done.rows_affected)
}

/// How many matches wait for their delivery.
///
/// # Errors
/// From the database.
pub async fn count_waiting(transaction: &Transaction, search: AlertId) -> Result<u64> {
    let waiting = Entity::find()
        .filter(Column::SavedSearchId.eq(search.0))
        .filter(Column::DeliveryId.is_null());
    Ok(waiting.count(transaction).await?)
}

/// How many matches saved searches have, and how many of these wait for their delivery.
///
/// # Errors
/// From the database.
pub async fn counts(db: &Db, searches: &[AlertId]) -> Result<HashMap<AlertId, (u64, u64)>> {
    let mut found = HashMap::new();
    for part in searches.chunks(BIND_LIMIT) {
        let rows: Vec<(i64, i64, i64)> = Entity::find()
            .filter(Column::SavedSearchId.is_in(part.iter().map(|id| id.0)))
            .select_only()
            .column(Column::SavedSearchId)
            .column_as(Column::Id.count(), "found")
            .column_as(Column::DeliveryId.count(), "handed")
            .group_by(Column::SavedSearchId)
            .into_tuple()
            .all(db.pool())
            .await?;
        found.extend(rows.into_iter().map(|(id, all, handed)| {
            let count = |value: i64| u64::try_from(value).unwrap_or(0);
            (AlertId(id), (count(all), count(all - handed)))
        }));
    }
    Ok(found)
}

/// A saved search's matches before number `before`, the newest first.
///
/// # Errors
/// From the database.
pub async fn newest(db: &Db, search: AlertId, before: i64, limit: u64) -> Result<Vec<Match>> {
    let rows = Entity::find()
        .filter(Column::SavedSearchId.eq(search.0))
        .filter(Column::Id.lt(before))
        .order_by_desc(Column::Id)
        .limit(limit)
        .all(db.pool())
        .await?;
    Ok(rows.into_iter().map(to_match).collect())
}

/// The matches of a delivery, the first found first.
///
/// # Errors
/// From the database.
pub async fn of_delivery(db: &Db, delivery: DeliveryId, limit: u64) -> Result<Vec<Match>> {
    let rows = Entity::find()
        .filter(Column::DeliveryId.eq(delivery.0))
        .order_by_asc(Column::Id)
        .limit(limit)
        .all(db.pool())
        .await?;
    Ok(rows.into_iter().map(to_match).collect())
}

fn to_match(row: Model) -> Match {
    Match {
        id: row.id,
        posting: PostingId(row.posting_id),
        matched_at: Timestamp(row.matched_at),
        reasons: serde_json::from_str(&row.reasons).unwrap_or_default(),
        handed_over: row.delivery_id.is_some(),
    }
}
