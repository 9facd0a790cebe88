//! Queries on matches.

use std::collections::{BTreeSet, HashMap, HashSet};

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
};

use super::super::entity::alert_match::{ActiveModel, Column, Entity, Model};
use super::super::model::{AlertId, DeliveryId, Match};
use super::BIND_LIMIT;
use crate::accounts::model::AccountId;
use crate::clock::Timestamp;
use crate::db::{Db, Transaction};
use crate::error::{Error, Result};
use crate::postings::model::PostingId;
use crate::postings::openings::store::groups;

/// A posting that a saved search found, to be written.
#[derive(Clone, Debug)]
pub struct NewMatch {
    /// Whose.
    pub account: AccountId,
    /// Which saved search.
    pub search: AlertId,
    /// Which posting.
    pub posting: PostingId,
    /// Why.
    pub reasons: Vec<String>,
}

/// Writes what saved searches found; what each has found before is passed over. Gives those that found something new.
/// The saved searches must be locked.
///
/// # Errors
/// From the database.
pub async fn insert(
    transaction: &Transaction,
    now: Timestamp,
    found: &[NewMatch],
) -> Result<HashMap<AlertId, u64>> {
    let mut new: HashMap<AlertId, u64> = HashMap::new();
    let mut told = HashSet::new();
    for part in found.chunks(BIND_LIMIT / 6) {
        let fresh = first_of_openings(transaction, part, &mut told).await?;
        if fresh.is_empty() {
            continue;
        }
        let rows: Vec<ActiveModel> = fresh
            .iter()
            .map(|one| to_row(one, now))
            .collect::<Result<_>>()?;
        let once = OnConflict::columns([Column::SavedSearchId, Column::PostingId])
            .do_nothing()
            .to_owned();
        Entity::insert_many(rows)
            .on_conflict(once)
            .exec_without_returning(transaction)
            .await?;
        for one in fresh {
            *new.entry(one.search).or_default() += 1;
        }
    }
    Ok(new)
}

/// Of what was found, one posting of each opening of which the saved search has not told before; `told` holds the saved
/// searches with the openings that they have told of in this round.
async fn first_of_openings<'f>(
    transaction: &Transaction,
    part: &'f [NewMatch],
    told: &mut HashSet<(AlertId, PostingId)>,
) -> Result<Vec<&'f NewMatch>> {
    let postings: BTreeSet<PostingId> = part.iter().map(|one| one.posting).collect();
    let postings: Vec<PostingId> = postings.into_iter().collect();
    let openings = groups::openings_of(transaction, &postings).await?;
    let wanted: BTreeSet<PostingId> = openings.values().copied().collect();
    let members = groups::members(transaction, &wanted).await?;
    let opening_of: HashMap<PostingId, PostingId> = members
        .iter()
        .map(|member| (member.id, member.opening))
        .collect();
    let searches: BTreeSet<i64> = part.iter().map(|one| one.search.0).collect();
    for ids in members.chunks(BIND_LIMIT / 2) {
        let known = known(transaction, &searches, ids.iter().map(|member| member.id)).await?;
        let known = known
            .into_iter()
            .filter_map(|(search, posting)| Some((search, *opening_of.get(&posting)?)));
        told.extend(known);
    }
    let first = |one: &&NewMatch| {
        let opening = openings.get(&one.posting).copied();
        told.insert((one.search, opening.unwrap_or(one.posting)))
    };
    Ok(part.iter().filter(first).collect())
}

/// The pairs of these saved searches and postings that stand there already.
async fn known(
    transaction: &Transaction,
    searches: &BTreeSet<i64>,
    postings: impl Iterator<Item = PostingId>,
) -> Result<Vec<(AlertId, PostingId)>> {
    let rows: Vec<(i64, i64)> = Entity::find()
        .filter(Column::SavedSearchId.is_in(searches.iter().copied()))
        .filter(Column::PostingId.is_in(postings.map(|id| id.0)))
        .select_only()
        .column(Column::SavedSearchId)
        .column(Column::PostingId)
        .into_tuple()
        .all(transaction)
        .await?;
    let pair = |(search, posting)| (AlertId(search), PostingId(posting));
    Ok(rows.into_iter().map(pair).collect())
}

fn to_row(one: &NewMatch, now: Timestamp) -> Result<ActiveModel> {
    Ok(ActiveModel {
        account_id: Set(one.account.0),
        saved_search_id: Set(one.search.0),
        posting_id: Set(one.posting.0),
        matched_at: Set(now.0),
        reasons: Set(serde_json::to_string(&one.reasons).map_err(Error::internal)?),
        ..Default::default()
    })
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

/// What all saved searches of an account found since an instant, the newest first.
///
/// # Errors
/// From the database.
pub async fn newest_of(
    db: &Db,
    owner: AccountId,
    since: Timestamp,
    limit: u64,
) -> Result<Vec<Match>> {
    let rows = Entity::find()
        .filter(Column::AccountId.eq(owner.0))
        .filter(Column::MatchedAt.gte(since.0))
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
