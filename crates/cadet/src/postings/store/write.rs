//! Writing what a poll brought: sightings, the postings they belong to, and what changed.

use std::collections::HashMap;

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait as _, EntityTrait as _, FromQueryResult, QueryFilter as _,
    QuerySelect as _, Statement,
};

use super::{BIND_LIMIT, reserve_ids, to_normal};
use crate::clock::Timestamp;
use crate::db::{Db, Transaction};
use crate::error::{Error, Result};
use crate::postings::entity::{posting, posting_event, posting_key, sighting};
use crate::postings::merge::Changes;
use crate::postings::model::{NormalPosting, PostingId};
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
        for row in rows {
            let standing = Standing {
                posting: to_normal(&row.data, row.description_html, row.description_text)?,
                rank: row.source_rank,
                closed_at: row.closed_at.map(Timestamp),
            };
            found.insert(PostingId(row.id), standing);
        }
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
    for part in rows.chunks(BIND_LIMIT / 14) {
        let models = part
            .iter()
            .map(|row| {
                Ok(posting::ActiveModel {
                    first_seen_at: Set(now.0),
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
            insert_event(
                transaction,
                now,
                row.id,
                "changed",
                &serde_json::to_string(changes).map_err(Error::internal)?,
            )
            .await?;
        }
        posting::Entity::update(columns).exec(transaction).await?;
        keys.extend(row.posting.keys.iter().map(|key| posting_key::ActiveModel {
            key: Set(key.clone()),
            posting_id: Set(row.id.0),
        }));
    }
    insert_keys(transaction, keys).await
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
pub async fn alive(
    transaction: &Transaction,
    ids: &[PostingId],
) -> Result<std::collections::HashSet<PostingId>> {
    let mut alive = std::collections::HashSet::new();
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

/// Of these postings, when each was closed (`None`: open).
///
/// # Errors
/// From the database.
pub async fn closed_state(
    transaction: &Transaction,
    ids: &[PostingId],
) -> Result<Vec<(PostingId, Option<Timestamp>)>> {
    let mut all = Vec::with_capacity(ids.len());
    for part in ids.chunks(BIND_LIMIT) {
        let rows = posting::Entity::find()
            .filter(posting::Column::Id.is_in(part.iter().map(|id| id.0)))
            .select_only()
            .columns([posting::Column::Id, posting::Column::ClosedAt])
            .into_tuple::<(i64, Option<i64>)>()
            .all(transaction)
            .await?;
        all.extend(
            rows.into_iter()
                .map(|(id, at)| (PostingId(id), at.map(Timestamp))),
        );
    }
    Ok(all)
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
    for part in ids.chunks(BIND_LIMIT / 4) {
        posting::Entity::update_many()
            .col_expr(
                posting::Column::ClosedAt,
                Expr::value(closed_at.map(|at| at.0)),
            )
            .col_expr(posting::Column::ChangedAt, Expr::value(now.0))
            .filter(posting::Column::Id.is_in(part.iter().map(|id| id.0)))
            .exec(transaction)
            .await?;
        let kind = if closed_at.is_some() {
            "closed"
        } else {
            "reopened"
        };
        let events = part.iter().map(|id| posting_event::ActiveModel {
            posting_id: Set(id.0),
            at: Set(now.0),
            kind: Set(kind.to_owned()),
            detail: Set(detail.clone()),
            ..Default::default()
        });
        posting_event::Entity::insert_many(events)
            .exec_without_returning(transaction)
            .await?;
    }
    Ok(())
}

async fn insert_event(
    transaction: &Transaction,
    now: Timestamp,
    id: PostingId,
    kind: &str,
    detail: &str,
) -> Result<()> {
    let row = posting_event::ActiveModel {
        posting_id: Set(id.0),
        at: Set(now.0),
        kind: Set(kind.to_owned()),
        detail: Set(detail.to_owned()),
        ..Default::default()
    };
    posting_event::Entity::insert(row)
        .exec_without_returning(transaction)
        .await?;
    Ok(())
}

async fn insert_keys(transaction: &Transaction, keys: Vec<posting_key::ActiveModel>) -> Result<()> {
    let mut keys = keys.into_iter().peekable();
    while keys.peek().is_some() {
        let part: Vec<_> = keys.by_ref().take(BIND_LIMIT / 2).collect();
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
        description_html: Set(posting.description_html.clone()),
        description_text: Set(posting.description_text.clone()),
        source_rank: Set(row.rank),
        posted_at: Set(posting.posted.map(|date| date.at.0)),
        deadline_at: Set(posting.deadline.map(|date| date.at.0)),
        first_seen_at: sea_orm::ActiveValue::NotSet,
        last_seen_at: Set(now.0),
        changed_at: Set(now.0),
        closed_at: Set(row.closed_at.map(|at| at.0)),
    })
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

/// Of these postings, those whose last day to apply has passed.
///
/// # Errors
/// From the database.
pub async fn overdue_among(
    transaction: &Transaction,
    now: Timestamp,
    ids: &[PostingId],
) -> Result<std::collections::HashSet<PostingId>> {
    let mut overdue = std::collections::HashSet::new();
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
