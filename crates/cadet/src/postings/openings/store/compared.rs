//! How far the event log was compared, and what is compared of each posting.

use std::collections::{HashMap, HashSet};

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, QueryFilter as _,
    QuerySelect as _,
};

use super::BIND_LIMIT;
use crate::db::statements::parts;
use crate::db::{Db, Transaction};
use crate::error::{Error, Result};
use crate::postings::model::PostingId;
use crate::postings::openings::entity::{band, feature, progress};
use crate::postings::openings::features::Features;
use crate::postings::store::converted;

/// Rows that one statement takes away: each is a condition of its own, and their number is limited.
const DELETED_AT_ONCE: usize = 200;

/// The last event that was looked at.
///
/// # Errors
/// From the database.
pub async fn position(db: &Db) -> Result<i64> {
    let row = progress::Entity::find_by_id(1).one(db.pool()).await?;
    Ok(row.map_or(0, |row| row.event_id))
}

/// Notes that the log was compared from event `from` to event `to`. `false` when somebody else was faster.
///
/// # Errors
/// From the database.
pub async fn advance(transaction: &Transaction, from: i64, to: i64) -> Result<bool> {
    let done = progress::Entity::update_many()
        .col_expr(progress::Column::EventId, Expr::value(to))
        .filter(progress::Column::EventId.eq(from))
        .exec(transaction)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Writes what is compared of these postings, and takes the keys of those that had some away. Gives those that had.
///
/// # Errors
/// From the database.
pub async fn write_features(
    transaction: &Transaction,
    rows: &[(PostingId, &Features)],
) -> Result<HashSet<PostingId>> {
    let mut known = HashSet::new();
    for part in parts(rows, 2) {
        let ids = || part.iter().map(|(id, _)| id.0);
        let there = feature::Entity::find()
            .filter(feature::Column::PostingId.is_in(ids()))
            .select_only()
            .column(feature::Column::PostingId)
            .into_tuple::<i64>()
            .all(transaction)
            .await?;
        if !there.is_empty() {
            band::Entity::delete_many()
                .filter(band::Column::PostingId.is_in(there.iter().copied()))
                .exec(transaction)
                .await?;
        }
        known.extend(there.into_iter().map(PostingId));
        let models = part
            .iter()
            .map(|(id, features)| {
                Ok(feature::ActiveModel {
                    posting_id: Set(id.0),
                    features: Set(serde_json::to_string(features).map_err(Error::internal)?),
                })
            })
            .collect::<Result<Vec<_>>>()?;
        let anew = OnConflict::column(feature::Column::PostingId)
            .update_column(feature::Column::Features)
            .to_owned();
        feature::Entity::insert_many(models)
            .on_conflict(anew)
            .exec_without_returning(transaction)
            .await?;
    }
    Ok(known)
}

/// What is compared of these postings; those that were never compared are left out.
///
/// # Errors
/// From the database; [`Error::Internal`] for a row that this version cannot read.
pub async fn features<C: ConnectionTrait>(
    connection: &C,
    ids: &[PostingId],
) -> Result<HashMap<PostingId, Features>> {
    let mut rows = Vec::with_capacity(ids.len());
    for part in ids.chunks(BIND_LIMIT) {
        let found = feature::Entity::find()
            .filter(feature::Column::PostingId.is_in(part.iter().map(|id| id.0)))
            .all(connection)
            .await?;
        rows.extend(found);
    }
    let read = |row: feature::Model| {
        let features = serde_json::from_str(&row.features).map_err(Error::internal)?;
        Ok((PostingId(row.posting_id), features))
    };
    let read = converted(rows, read).await?;
    Ok(read.into_iter().collect())
}

/// The postings under each of these keys, the oldest first.
///
/// # Errors
/// From the database.
pub async fn under(
    transaction: &Transaction,
    bands: &[i64],
) -> Result<HashMap<i64, Vec<PostingId>>> {
    let mut found: HashMap<i64, Vec<PostingId>> = HashMap::new();
    for part in bands.chunks(BIND_LIMIT) {
        let rows = band::Entity::find()
            .filter(band::Column::Band.is_in(part.iter().copied()))
            .all(transaction)
            .await?;
        for row in rows {
            let under = found.entry(row.band).or_default();
            under.push(PostingId(row.posting_id));
        }
    }
    for under in found.values_mut() {
        under.sort_unstable();
    }
    Ok(found)
}

/// Puts postings under keys, and takes those away that make room for them.
///
/// # Errors
/// From the database.
pub async fn write_bands(
    transaction: &Transaction,
    new: &[(i64, PostingId)],
    gone: &[(i64, PostingId)],
) -> Result<()> {
    for part in gone.chunks(DELETED_AT_ONCE) {
        let each = part.iter().map(|(key, posting)| {
            Condition::all()
                .add(band::Column::Band.eq(*key))
                .add(band::Column::PostingId.eq(posting.0))
        });
        let any = each.fold(Condition::any(), Condition::add);
        band::Entity::delete_many()
            .filter(any)
            .exec(transaction)
            .await?;
    }
    for part in parts(new, 2) {
        let models = part.iter().map(|(key, posting)| band::ActiveModel {
            band: Set(*key),
            posting_id: Set(posting.0),
        });
        band::Entity::insert_many(models)
            .exec_without_returning(transaction)
            .await?;
    }
    Ok(())
}
