//! Reading postings: for lists, for a page, for the search index and for export.

use std::collections::{HashMap, HashSet};

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, FromQueryResult, PaginatorTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _,
};

use serde::Deserialize;

use super::texts::earlier_texts;
use super::{BIND_LIMIT, converted, to_normal, to_whole};
use crate::accounts::model::AccountId;
use crate::clock::Timestamp;
use crate::db::{Db, Transaction};
use crate::error::{Error, Result};
use crate::postings::entity::{posting, posting_event, saved_posting, sighting};
use crate::postings::mentions;
use crate::postings::model::{
    BackendGrade, Dated, Duration, Employment, Hours, Location, Pay, PostingId, SkillMention, Term,
    Workplace,
};
use crate::postings::rates::rates;
use crate::postings::record::{
    EarlierText, HistoryEntry, PostingSummary, SightingRecord, Status, Stored,
};
use crate::postings::sources::entity::source;
use crate::postings::sources::model::{SourceId, SourceKind};

/// A posting without its texts, for lists.
#[derive(FromQueryResult)]
struct LeanRow {
    id: i64,
    opening_id: i64,
    data: String,
    first_seen_at: i64,
    last_seen_at: i64,
    changed_at: i64,
    closed_at: Option<i64>,
    suspect_since: Option<i64>,
}

/// These postings without their texts, in the order asked for. Unknown ids are left out.
///
/// # Errors
/// From the database.
pub async fn lean(db: &Db, ids: &[PostingId]) -> Result<Vec<Stored>> {
    let mut found = HashMap::with_capacity(ids.len());
    for row in lean_rows(db, ids).await? {
        let stored = Stored {
            id: PostingId(row.id),
            opening: PostingId(row.opening_id),
            posting: to_normal(&row.data, String::new(), String::new())?,
            first_seen_at: Timestamp(row.first_seen_at),
            last_seen_at: Timestamp(row.last_seen_at),
            changed_at: Timestamp(row.changed_at),
            closed_at: row.closed_at.map(Timestamp),
            suspect_since: row.suspect_since.map(Timestamp),
        };
        found.insert(stored.id, stored);
    }
    Ok(ids.iter().filter_map(|id| found.remove(id)).collect())
}

/// What a row of a list needs of `NormalPosting`; all else in the JSON is passed over.
#[derive(Deserialize)]
struct RowData {
    title: String,
    company: String,
    locations: Vec<Location>,
    workplace: Option<Workplace>,
    employment: Option<Employment>,
    posted: Option<Dated>,
    deadline: Option<Dated>,
    pay: Option<Pay>,
    facts: RowFacts,
    #[serde(deserialize_with = "mentions::deserialize")]
    skills: Vec<SkillMention>,
}

#[derive(Deserialize)]
struct RowFacts {
    internship: Option<RowFact<bool>>,
    backend: Option<RowFact<BackendGrade>>,
    #[serde(default)]
    terms: Vec<RowFact<Term>>,
    hours: Option<RowFact<Hours>>,
    duration: Option<RowFact<Duration>>,
}

#[derive(Deserialize)]
struct RowFact<T> {
    value: T,
}

/// Rows of a list, in the order asked for, as if the reader kept none. Unknown ids are left out.
///
/// # Errors
/// From the database.
pub async fn summaries(db: &Db, ids: &[PostingId]) -> Result<Vec<PostingSummary>> {
    let mut found = HashMap::with_capacity(ids.len());
    for row in lean_rows(db, ids).await? {
        found.insert(PostingId(row.id), to_summary(&row)?);
    }
    Ok(ids.iter().filter_map(|id| found.remove(id)).collect())
}

fn to_summary(row: &LeanRow) -> Result<PostingSummary> {
    let data: RowData = serde_json::from_str(&row.data).map_err(Error::internal)?;
    Ok(PostingSummary {
        id: PostingId(row.id),
        title: data.title,
        company: data.company,
        locations: data.locations,
        workplace: data.workplace,
        employment: data.employment,
        internship: data.facts.internship.is_some_and(|fact| fact.value),
        backend: data
            .facts
            .backend
            .map_or(BackendGrade::No, |fact| fact.value),
        terms: data.facts.terms.iter().map(|fact| fact.value).collect(),
        pay_rates: data.pay.as_ref().and_then(|pay| {
            let hours = data.facts.hours.map(|fact| fact.value);
            rates(pay, hours, data.facts.duration.map(|fact| fact.value))
        }),
        pay: data.pay,
        skills: mentions::distinct_skills(&data.skills),
        status: match row.closed_at {
            Some(_) => Status::Closed,
            None => Status::Open,
        },
        posted: data.posted,
        deadline: data.deadline,
        first_seen_at: Timestamp(row.first_seen_at),
        suspect_since: row.suspect_since.map(Timestamp),
        saved: false,
        opening_id: PostingId(row.opening_id),
        opening_postings: 1,
        fit: None,
    })
}

async fn lean_rows(db: &Db, ids: &[PostingId]) -> Result<Vec<LeanRow>> {
    let mut all = Vec::with_capacity(ids.len());
    for part in ids.chunks(BIND_LIMIT) {
        let rows = posting::Entity::find()
            .filter(posting::Column::Id.is_in(part.iter().map(|id| id.0)))
            .select_only()
            .columns([
                posting::Column::Id,
                posting::Column::OpeningId,
                posting::Column::Data,
                posting::Column::FirstSeenAt,
                posting::Column::LastSeenAt,
                posting::Column::ChangedAt,
                posting::Column::ClosedAt,
                posting::Column::SuspectSince,
            ])
            .into_model::<LeanRow>()
            .all(db.pool())
            .await?;
        all.extend(rows);
    }
    Ok(all)
}

/// These postings, whole, in order of id. Unknown ids are left out.
///
/// # Errors
/// From the database.
pub async fn whole(db: &Db, ids: &[PostingId]) -> Result<Vec<Stored>> {
    let mut rows = Vec::with_capacity(ids.len());
    for part in ids.chunks(BIND_LIMIT) {
        let found = posting::Entity::find()
            .filter(posting::Column::Id.is_in(part.iter().map(|id| id.0)))
            .order_by_asc(posting::Column::Id)
            .all(db.pool())
            .await?;
        rows.extend(found);
    }
    converted(rows, to_stored).await
}

/// One posting, whole.
///
/// # Errors
/// [`Error::NotFound`]; from the database.
pub async fn one(db: &Db, id: PostingId) -> Result<Stored> {
    whole(db, &[id])
        .await?
        .into_iter()
        .next()
        .ok_or_else(|| Error::not_found("posting", id))
}

/// The next postings after `after`, in order of id.
///
/// # Errors
/// From the database.
pub async fn page_after(db: &Db, after: PostingId, limit: u64) -> Result<Vec<Stored>> {
    let rows = posting::Entity::find()
        .filter(posting::Column::Id.gt(after.0))
        .order_by_asc(posting::Column::Id)
        .limit(limit)
        .all(db.pool())
        .await?;
    converted(rows, to_stored).await
}

/// The text of these postings, plain, for snippets.
///
/// # Errors
/// From the database.
pub async fn texts(db: &Db, ids: &[PostingId]) -> Result<HashMap<PostingId, String>> {
    let rows = posting::Entity::find()
        .filter(posting::Column::Id.is_in(ids.iter().map(|id| id.0)))
        .select_only()
        .columns([posting::Column::Id, posting::Column::DescriptionText])
        .into_tuple::<(i64, String)>()
        .all(db.pool())
        .await?;
    Ok(rows
        .into_iter()
        .map(|(id, text)| (PostingId(id), text))
        .collect())
}

/// How many postings there are.
///
/// # Errors
/// From the database.
pub async fn count(db: &Db) -> Result<u64> {
    Ok(posting::Entity::find().count(db.pool()).await?)
}

/// The records of these postings, by posting, oldest first.
///
/// # Errors
/// From the database.
pub async fn sightings(
    db: &Db,
    ids: &[PostingId],
) -> Result<HashMap<PostingId, Vec<SightingRecord>>> {
    let sources: HashMap<i64, source::Model> = source::Entity::find()
        .all(db.pool())
        .await?
        .into_iter()
        .map(|row| (row.id, row))
        .collect();
    let mut found: HashMap<PostingId, Vec<SightingRecord>> = HashMap::new();
    for part in ids.chunks(BIND_LIMIT) {
        let rows = sighting::Entity::find()
            .filter(sighting::Column::PostingId.is_in(part.iter().map(|id| id.0)))
            .order_by_asc(sighting::Column::Id)
            .all(db.pool())
            .await?;
        for row in rows {
            if let Some(source) = sources.get(&row.source_id) {
                found
                    .entry(PostingId(row.posting_id))
                    .or_default()
                    .push(to_sighting(row, source)?);
            }
        }
    }
    Ok(found)
}

/// Names of the sources where these postings are listed now.
///
/// # Errors
/// From the database.
pub async fn listed_in(db: &Db, ids: &[PostingId]) -> Result<HashMap<PostingId, Vec<i64>>> {
    let mut found: HashMap<PostingId, Vec<i64>> = HashMap::new();
    for part in ids.chunks(BIND_LIMIT) {
        let rows = sighting::Entity::find()
            .filter(sighting::Column::PostingId.is_in(part.iter().map(|id| id.0)))
            .filter(sighting::Column::GoneAt.is_null())
            .select_only()
            .columns([sighting::Column::PostingId, sighting::Column::SourceId])
            .into_tuple::<(i64, i64)>()
            .all(db.pool())
            .await?;
        for (posting, source) in rows {
            found.entry(PostingId(posting)).or_default().push(source);
        }
    }
    Ok(found)
}

/// What happened to a posting, newest first.
///
/// # Errors
/// From the database.
pub async fn history(db: &Db, id: PostingId, limit: u64) -> Result<Vec<HistoryEntry>> {
    let rows = posting_event::Entity::find()
        .filter(posting_event::Column::PostingId.eq(id.0))
        .order_by_desc(posting_event::Column::Id)
        .limit(limit)
        .all(db.pool())
        .await?;
    let mut earlier: HashMap<Timestamp, EarlierText> =
        earlier_texts(db, id).await?.into_iter().collect();
    Ok(rows
        .into_iter()
        .filter_map(|row| to_history(row, &mut earlier))
        .collect())
}

/// Of these postings, those that the account keeps.
///
/// # Errors
/// From the database.
pub async fn saved_among(
    db: &Db,
    owner: AccountId,
    ids: &[PostingId],
) -> Result<HashSet<PostingId>> {
    let rows = saved_posting::Entity::find()
        .filter(saved_posting::Column::AccountId.eq(owner.0))
        .filter(saved_posting::Column::PostingId.is_in(ids.iter().map(|id| id.0)))
        .all(db.pool())
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| PostingId(row.posting_id))
        .collect())
}

/// The postings that the account keeps, the newest kept first.
///
/// # Errors
/// From the database.
pub async fn saved(db: &Db, owner: AccountId, limit: u64) -> Result<Vec<PostingId>> {
    let rows = saved_posting::Entity::find()
        .filter(saved_posting::Column::AccountId.eq(owner.0))
        .order_by_desc(saved_posting::Column::Id)
        .limit(limit)
        .all(db.pool())
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| PostingId(row.posting_id))
        .collect())
}

/// Keeps a posting for an account, or lets it go. Doing it twice changes nothing.
///
/// # Errors
/// From the database.
pub async fn set_saved(
    transaction: &Transaction,
    now: Timestamp,
    owner: AccountId,
    id: PostingId,
    saved: bool,
) -> Result<()> {
    if saved {
        let row = saved_posting::ActiveModel {
            account_id: Set(owner.0),
            posting_id: Set(id.0),
            saved_at: Set(now.0),
            ..Default::default()
        };
        let twice = OnConflict::columns([
            saved_posting::Column::AccountId,
            saved_posting::Column::PostingId,
        ])
        .do_nothing()
        .to_owned();
        saved_posting::Entity::insert(row)
            .on_conflict(twice)
            .exec_without_returning(transaction)
            .await?;
    } else {
        saved_posting::Entity::delete_many()
            .filter(saved_posting::Column::AccountId.eq(owner.0))
            .filter(saved_posting::Column::PostingId.eq(id.0))
            .exec(transaction)
            .await?;
    }
    Ok(())
}

/// Whether there is such a posting.
///
/// # Errors
/// [`Error::NotFound`]; from the database.
pub async fn require<C: ConnectionTrait>(connection: &C, id: PostingId) -> Result<()> {
    let count = posting::Entity::find_by_id(id.0).count(connection).await?;
    if count == 0 {
        Err(Error::not_found("posting", id))
    } else {
        Ok(())
    }
}

fn to_stored(mut row: posting::Model) -> Result<Stored> {
    Ok(Stored {
        id: PostingId(row.id),
        opening: PostingId(row.opening_id),
        posting: to_whole(&mut row)?,
        first_seen_at: Timestamp(row.first_seen_at),
        last_seen_at: Timestamp(row.last_seen_at),
        changed_at: Timestamp(row.changed_at),
        closed_at: row.closed_at.map(Timestamp),
        suspect_since: row.suspect_since.map(Timestamp),
    })
}

fn to_sighting(row: sighting::Model, source: &source::Model) -> Result<SightingRecord> {
    Ok(SightingRecord {
        source_id: SourceId(row.source_id),
        source: source.name.clone(),
        source_kind: SourceKind::parse(&source.kind)
            .ok_or_else(|| Error::internal(format!("unknown kind of source {}", source.kind)))?,
        external_id: row.external_id,
        url: row.url,
        title: row.title,
        company: row.company,
        locations: serde_json::from_str(&row.locations).map_err(Error::internal)?,
        listing: row.listing,
        first_seen_at: Timestamp(row.first_seen_at),
        last_seen_at: Timestamp(row.last_seen_at),
        gone_at: row.gone_at.map(Timestamp),
        standing: row.standing,
        doubted_since: row.doubted_since.map(Timestamp),
    })
}

/// Entries that this version cannot read are left out rather than hiding the rest.
fn to_history(
    row: posting_event::Model,
    earlier: &mut HashMap<Timestamp, EarlierText>,
) -> Option<HistoryEntry> {
    let at = Timestamp(row.at);
    let reason = || {
        let detail: serde_json::Value = serde_json::from_str(&row.detail).ok()?;
        Some(detail["reason"].as_str()?.to_owned())
    };
    match row.kind.as_str() {
        "changed" => Some(HistoryEntry::Changed {
            at,
            changes: serde_json::from_str(&row.detail).ok()?,
            earlier: earlier.remove(&at),
        }),
        "suspected" => Some(HistoryEntry::Suspected {
            at,
            reason: reason()?,
        }),
        "listed-again" => Some(HistoryEntry::ListedAgain {
            at,
            reason: reason()?,
        }),
        "closed" => Some(HistoryEntry::Closed {
            at,
            reason: reason()?,
        }),
        "reopened" => Some(HistoryEntry::Reopened {
            at,
            reason: reason()?,
        }),
        _ => None,
    }
}
