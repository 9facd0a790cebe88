//! Writing what a poll brought: sightings, the postings they belong to, and what changed.

use std::collections::{HashMap, HashSet};

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QuerySelect as _};

use super::{BIND_LIMIT, converted, reserve_ids, to_whole};
use crate::clock::Timestamp;
use crate::db::Transaction;
use crate::db::statements::{parts, sizes};
use crate::error::{Error, Result};
use crate::postings::entity::{posting, posting_event, posting_key};
use crate::postings::merge::Changes;
use crate::postings::model::{NormalPosting, PostingId};
use crate::postings::packing::pack;
use crate::postings::record::Stored;

/// A posting to be written.
#[derive(Clone, Debug)]
pub struct PostingRow {
    /// Its number.
    pub id: PostingId,
    /// Its fields.
    pub posting: NormalPosting,
    /// How much the source is trusted that they come from.
    pub rank: i32,
    /// Closed since.
    pub closed_at: Option<Timestamp>,
}

impl PostingRow {
    /// As it stands once it was inserted at `now`.
    #[must_use]
    pub fn into_stored(self, now: Timestamp) -> Stored {
        Stored {
            id: self.id,
            opening: self.id,
            posting: self.posting,
            first_seen_at: now,
            last_seen_at: now,
            changed_at: now,
            closed_at: self.closed_at,
            suspect_since: None,
        }
    }
}

/// A posting as it stands before a change.
#[derive(Clone, Debug)]
pub struct Standing {
    /// Its fields.
    pub posting: NormalPosting,
    /// How much the source is trusted that they come from.
    pub rank: i32,
    /// Closed since.
    pub closed_at: Option<Timestamp>,
}

/// Which postings these keys belong to.
///
/// # Errors
/// From the database.
pub async fn postings_by_key(
    transaction: &Transaction,
    keys: &[String],
) -> Result<HashMap<String, PostingId>> {
    let mut found = HashMap::new();
    for part in keys.chunks(BIND_LIMIT) {
        let rows = posting_key::Entity::find()
            .filter(posting_key::Column::Key.is_in(part))
            .all(transaction)
            .await?;
        found.extend(
            rows.into_iter()
                .map(|row| (row.key, PostingId(row.posting_id))),
        );
    }
    Ok(found)
}

/// These postings as they stand.
///
/// # Errors
/// From the database.
pub async fn standing(
    transaction: &Transaction,
    ids: &[PostingId],
) -> Result<HashMap<PostingId, Standing>> {
    let mut found = HashMap::with_capacity(ids.len());
    for part in ids.chunks(BIND_LIMIT) {
        let rows = posting::Entity::find()
            .filter(posting::Column::Id.is_in(part.iter().map(|id| id.0)))
            .all(transaction)
            .await?;
        let convert = |mut row: posting::Model| {
            let standing = Standing {
                posting: to_whole(&mut row)?,
                rank: row.source_rank,
                closed_at: row.closed_at.map(Timestamp),
            };
            Ok((PostingId(row.id), standing))
        };
        found.extend(converted(rows, convert).await?);
    }
    Ok(found)
}

/// Takes numbers for new postings.
///
/// # Errors
/// From the database.
pub async fn new_ids(transaction: &Transaction, count: usize) -> Result<Vec<PostingId>> {
    Ok(reserve_ids(transaction, count)
        .await?
        .into_iter()
        .map(PostingId)
        .collect())
}

/// Writes postings that are new.
///
/// # Errors
/// From the database.
pub async fn insert_postings(
    transaction: &Transaction,
    now: Timestamp,
    rows: &[PostingRow],
) -> Result<()> {
    for part in parts(rows, 17) {
        let models = part
            .iter()
            .map(|row| {
                Ok(posting::ActiveModel {
                    first_seen_at: Set(now.0),
                    opening_id: Set(row.id.0),
                    ..posting_columns(now, row)?
                })
            })
            .collect::<Result<Vec<_>>>()?;
        posting::Entity::insert_many(models)
            .exec_without_returning(transaction)
            .await?;
    }
    let keys: Vec<_> = rows
        .iter()
        .flat_map(|row| {
            row.posting.keys.iter().map(|key| posting_key::ActiveModel {
                key: Set(key.clone()),
                posting_id: Set(row.id.0),
            })
        })
        .collect();
    insert_keys(transaction, keys).await
}

/// Writes postings that were there before, with what changed.
///
/// # Errors
/// From the database.
pub async fn update_postings(
    transaction: &Transaction,
    now: Timestamp,
    rows: &[(PostingRow, Changes)],
) -> Result<()> {
    let mut keys = Vec::new();
    for (row, changes) in rows {
        let mut columns = posting_columns(now, row)?;
        if changes.is_empty() {
            columns.changed_at = sea_orm::ActiveValue::NotSet;
        } else {
            let detail = serde_json::to_string(changes).map_err(Error::internal)?;
            insert_events(transaction, now, &[row.id], "changed", &detail).await?;
        }
        posting::Entity::update(columns).exec(transaction).await?;
        keys.extend(row.posting.keys.iter().map(|key| posting_key::ActiveModel {
            key: Set(key.clone()),
            posting_id: Set(row.id.0),
        }));
    }
    insert_keys(transaction, keys).await
}

/// Open postings whose last day to apply has passed.
///
/// # Errors
/// From the database.
pub async fn overdue(
    transaction: &Transaction,
    now: Timestamp,
    limit: u64,
) -> Result<Vec<PostingId>> {
    let rows = posting::Entity::find()
        .filter(posting::Column::ClosedAt.is_null())
        .filter(posting::Column::DeadlineAt.lt(now.0))
        .select_only()
        .column(posting::Column::Id)
        .limit(limit)
        .into_tuple::<i64>()
        .all(transaction)
        .await?;
    Ok(rows.into_iter().map(PostingId).collect())
}

/// Closes or reopens postings and notes why.
///
/// # Errors
/// From the database.
pub async fn set_closed(
    transaction: &Transaction,
    now: Timestamp,
    ids: &[PostingId],
    closed_at: Option<Timestamp>,
    reason: &str,
) -> Result<()> {
    let detail = serde_json::json!({ "reason": reason }).to_string();
    for part in ids.chunks(BIND_LIMIT) {
        posting::Entity::update_many()
            .col_expr(
                posting::Column::ClosedAt,
                Expr::value(closed_at.map(|at| at.0)),
            )
            .col_expr(
                posting::Column::SuspectSince,
                Expr::value(Option::<i64>::None),
            )
            .col_expr(posting::Column::ChangedAt, Expr::value(now.0))
            .filter(posting::Column::Id.is_in(part.iter().map(|id| id.0)))
            .exec(transaction)
            .await?;
    }
    let kind = if closed_at.is_some() {
        "closed"
    } else {
        "reopened"
    };
    insert_events(transaction, now, ids, kind, &detail).await
}

/// Notes that the same happened to some postings.
///
/// # Errors
/// From the database.
pub(super) async fn insert_events(
    transaction: &Transaction,
    now: Timestamp,
    ids: &[PostingId],
    kind: &str,
    detail: &str,
) -> Result<()> {
    for part in parts(ids, 4) {
        let events = part.iter().map(|id| posting_event::ActiveModel {
            posting_id: Set(id.0),
            at: Set(now.0),
            kind: Set(kind.to_owned()),
            detail: Set(detail.to_owned()),
            ..Default::default()
        });
        posting_event::Entity::insert_many(events)
            .exec_without_returning(transaction)
            .await?;
    }
    Ok(())
}

async fn insert_keys(transaction: &Transaction, keys: Vec<posting_key::ActiveModel>) -> Result<()> {
    let mut keys = keys.into_iter();
    for size in sizes(keys.len(), 2) {
        let part: Vec<_> = keys.by_ref().take(size).collect();
        // A key that is taken belongs to the posting that had it first.
        let ignore = OnConflict::column(posting_key::Column::Key)
            .do_nothing()
            .to_owned();
        posting_key::Entity::insert_many(part)
            .on_conflict(ignore)
            .exec_without_returning(transaction)
            .await?;
    }
    Ok(())
}

fn posting_columns(now: Timestamp, row: &PostingRow) -> Result<posting::ActiveModel> {
    let posting = &row.posting;
    Ok(posting::ActiveModel {
        id: Set(row.id.0),
        title: Set(posting.title.clone()),
        company: Set(posting.company.clone()),
        company_key: Set(posting.company_key.clone()),
        data: Set(serde_json::to_string(posting).map_err(Error::internal)?),
        description_html: Set(String::new()),
        description_markup: Set(Some(pack(
            posting.description_html.as_bytes(),
            &posting.description_text,
        )?)),
        description_text: Set(posting.description_text.clone()),
        source_rank: Set(row.rank),
        posted_at: Set(posting.posted.map(|date| date.at.0)),
        deadline_at: Set(posting.closes_at().map(|at| at.0)),
        first_seen_at: sea_orm::ActiveValue::NotSet,
        last_seen_at: Set(now.0),
        changed_at: Set(now.0),
        closed_at: Set(row.closed_at.map(|at| at.0)),
        suspect_since: sea_orm::ActiveValue::NotSet,
        opening_id: sea_orm::ActiveValue::NotSet,
    })
}

/// Of these postings, those whose last day to apply has passed.
///
/// # Errors
/// From the database.
pub async fn overdue_among(
    transaction: &Transaction,
    now: Timestamp,
    ids: &[PostingId],
) -> Result<HashSet<PostingId>> {
    let mut overdue = HashSet::new();
    for part in ids.chunks(BIND_LIMIT) {
        let rows = posting::Entity::find()
            .filter(posting::Column::Id.is_in(part.iter().map(|id| id.0)))
            .filter(posting::Column::DeadlineAt.lt(now.0))
            .select_only()
            .column(posting::Column::Id)
            .into_tuple::<i64>()
            .all(transaction)
            .await?;
        overdue.extend(rows.into_iter().map(PostingId));
    }
    Ok(overdue)
}
