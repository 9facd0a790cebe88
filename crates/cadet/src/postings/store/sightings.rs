//! Writing and asking for sightings: the records of postings in their sources.

use std::collections::{HashMap, HashSet};

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait as _, EntityTrait as _, FromQueryResult, QueryFilter as _,
    QuerySelect as _, Statement,
};

use super::BIND_LIMIT;
use crate::clock::Timestamp;
use crate::db::{Db, Transaction};
use crate::error::Result;
use crate::postings::entity::{posting, sighting};
use crate::postings::model::PostingId;
use crate::postings::sources::model::{Listing, SourceId};

/// What is known of a record that was seen before.
#[derive(Clone, Copy, Debug, FromQueryResult)]
struct KnownRow {
    id: i64,
    posting_id: i64,
    content_hash: i64,
    gone_at: Option<i64>,
}

/// What is known of a record that was seen before.
#[derive(Clone, Copy, Debug)]
pub struct KnownSighting {
    /// Its row.
    pub id: i64,
    /// The posting that it belongs to.
    pub posting: PostingId,
    /// Hash of the record when it was last seen.
    pub content_hash: i64,
    /// Whether it had gone from its source.
    pub gone: bool,
}

/// A record to be written.
#[derive(Clone, Debug)]
pub struct SightingRow {
    /// Its row, if it was seen before.
    pub known: Option<i64>,
    /// The posting that it belongs to.
    pub posting: PostingId,
    /// The source's id for it.
    pub external_id: String,
    /// Its page.
    pub url: String,
    /// Title there.
    pub title: String,
    /// Employer there.
    pub company: String,
    /// Places there, JSON.
    pub locations: String,
    /// Hash of the record.
    pub content_hash: i64,
    /// What the source says.
    pub listing: Listing,
    /// The record, compressed.
    pub raw: Vec<u8>,
}

/// The records of a source that are known among these ids.
///
/// # Errors
/// From the database.
pub async fn known_sightings(
    db: &Db,
    source: SourceId,
    external_ids: &[String],
) -> Result<HashMap<String, KnownSighting>> {
    let mut known = HashMap::with_capacity(external_ids.len());
    for ids in external_ids.chunks(BIND_LIMIT) {
        let rows = sighting::Entity::find()
            .filter(sighting::Column::SourceId.eq(source.0))
            .filter(sighting::Column::ExternalId.is_in(ids))
            .select_only()
            .columns([
                sighting::Column::ExternalId,
                sighting::Column::Id,
                sighting::Column::PostingId,
                sighting::Column::ContentHash,
                sighting::Column::GoneAt,
            ])
            .into_tuple::<(String, i64, i64, i64, Option<i64>)>()
            .all(db.pool())
            .await?;
        for (external_id, id, posting_id, content_hash, gone_at) in rows {
            let row = KnownRow {
                id,
                posting_id,
                content_hash,
                gone_at,
            };
            known.insert(external_id, row.into());
        }
    }
    Ok(known)
}

impl From<KnownRow> for KnownSighting {
    fn from(row: KnownRow) -> Self {
        Self {
            id: row.id,
            posting: PostingId(row.posting_id),
            content_hash: row.content_hash,
            gone: row.gone_at.is_some(),
        }
    }
}

/// Writes records, new and changed.
///
/// # Errors
/// From the database.
pub async fn upsert_sightings(
    transaction: &Transaction,
    now: Timestamp,
    source: SourceId,
    rows: Vec<SightingRow>,
) -> Result<()> {
    let (changed, new): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row.known.is_some());
    for row in changed {
        let Some(id) = row.known else { continue };
        let columns = sighting::ActiveModel {
            id: Set(id),
            ..sighting_columns(now, source, row)
        };
        sighting::Entity::update(columns).exec(transaction).await?;
    }
    let mut new = new
        .into_iter()
        .map(|row| sighting::ActiveModel {
            first_seen_at: Set(now.0),
            ..sighting_columns(now, source, row)
        })
        .peekable();
    while new.peek().is_some() {
        let part: Vec<_> = new.by_ref().take(BIND_LIMIT / 14).collect();
        sighting::Entity::insert_many(part)
            .exec_without_returning(transaction)
            .await?;
    }
    Ok(())
}

/// Notes that records were seen again just as they were.
///
/// # Errors
/// From the database.
pub async fn touch_sightings(
    transaction: &Transaction,
    now: Timestamp,
    known: &[KnownSighting],
) -> Result<()> {
    for part in known.chunks(BIND_LIMIT) {
        sighting::Entity::update_many()
            .col_expr(sighting::Column::LastSeenAt, Expr::value(now.0))
            .col_expr(sighting::Column::GoneAt, Expr::value(Option::<i64>::None))
            .filter(sighting::Column::Id.is_in(part.iter().map(|row| row.id)))
            .exec(transaction)
            .await?;
        posting::Entity::update_many()
            .col_expr(posting::Column::LastSeenAt, Expr::value(now.0))
            .filter(posting::Column::Id.is_in(part.iter().map(|row| row.posting.0)))
            .exec(transaction)
            .await?;
    }
    Ok(())
}

/// Marks the records of a source that were not seen since `since` as gone; gives their postings.
///
/// # Errors
/// From the database.
pub async fn mark_gone(
    transaction: &Transaction,
    now: Timestamp,
    source: SourceId,
    since: Timestamp,
) -> Result<Vec<PostingId>> {
    let missing = || {
        sea_orm::Condition::all()
            .add(sighting::Column::SourceId.eq(source.0))
            .add(sighting::Column::GoneAt.is_null())
            .add(sighting::Column::LastSeenAt.lt(since.0))
    };
    let postings = sighting::Entity::find()
        .filter(missing())
        .select_only()
        .column(sighting::Column::PostingId)
        .distinct()
        .into_tuple::<i64>()
        .all(transaction)
        .await?;
    sighting::Entity::update_many()
        .col_expr(sighting::Column::GoneAt, Expr::value(now.0))
        .filter(missing())
        .exec(transaction)
        .await?;
    Ok(postings.into_iter().map(PostingId).collect())
}

/// How many records of a source are there, and how many of them were seen since `since`.
///
/// # Errors
/// From the database.
pub async fn presence(
    transaction: &Transaction,
    source: SourceId,
    since: Timestamp,
) -> Result<(u64, u64)> {
    let sql = "SELECT COUNT(*) AS present, COALESCE(SUM(CASE WHEN last_seen_at >= $1 THEN 1 ELSE 0 END), 0) AS seen FROM sighting WHERE source_id = $2 AND gone_at IS NULL";
    let statement = Statement::from_sql_and_values(
        transaction.get_database_backend(),
        sql,
        [since.0.into(), source.0.into()],
    );
    let Some(row) = transaction.query_one_raw(statement).await? else {
        return Ok((0, 0));
    };
    let count = |name: &str| -> Result<u64> {
        Ok(u64::try_from(row.try_get::<i64>("", name)?).unwrap_or(0))
    };
    Ok((count("present")?, count("seen")?))
}

/// Of these postings, those that have a record somewhere which is there and open.
///
/// # Errors
/// From the database.
pub async fn alive(transaction: &Transaction, ids: &[PostingId]) -> Result<HashSet<PostingId>> {
    let mut alive = HashSet::new();
    for part in ids.chunks(BIND_LIMIT) {
        let rows = sighting::Entity::find()
            .filter(sighting::Column::PostingId.is_in(part.iter().map(|id| id.0)))
            .filter(sighting::Column::GoneAt.is_null())
            .filter(sighting::Column::Listing.eq("open"))
            .select_only()
            .column(sighting::Column::PostingId)
            .distinct()
            .into_tuple::<i64>()
            .all(transaction)
            .await?;
        alive.extend(rows.into_iter().map(PostingId));
    }
    Ok(alive)
}

fn sighting_columns(now: Timestamp, source: SourceId, row: SightingRow) -> sighting::ActiveModel {
    let listing = match row.listing {
        Listing::Open => "open",
        Listing::Closed => "closed",
        Listing::Hidden => "hidden",
    };
    sighting::ActiveModel {
        id: sea_orm::ActiveValue::NotSet,
        source_id: Set(source.0),
        external_id: Set(row.external_id),
        posting_id: Set(row.posting.0),
        url: Set(row.url),
        title: Set(row.title),
        company: Set(row.company),
        locations: Set(row.locations),
        content_hash: Set(row.content_hash),
        listing: Set(listing.to_owned()),
        raw: Set(row.raw),
        first_seen_at: sea_orm::ActiveValue::NotSet,
        last_seen_at: Set(now.0),
        gone_at: Set(None),
    }
}
