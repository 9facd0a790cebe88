//! Queries on the health of sources: their usual profiles and the notices of what is wrong.

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};

use crate::clock::Timestamp;
use crate::db::{Db, Transaction};
use crate::error::{Error, Result};
use crate::postings::sources::entity::{source, source_notice};
use crate::postings::sources::examination::Examined;
use crate::postings::sources::health::{Notice, NoticeKind};
use crate::postings::sources::model::SourceId;
use crate::postings::sources::profile::Profile;

/// A notice as stored.
#[derive(Clone, Debug)]
pub struct StoredNotice {
    /// Its row.
    pub id: i64,
    /// Of which source.
    pub source: SourceId,
    /// What it says.
    pub notice: Notice,
}

/// Which fields the records of a source usually fill. One that cannot be read is begun anew.
///
/// # Errors
/// From the database.
pub async fn usual_profile(db: &Db, id: SourceId) -> Result<Option<Profile>> {
    let stored = source::Entity::find_by_id(id.0)
        .select_only()
        .column(source::Column::Profile)
        .into_tuple::<Option<String>>()
        .one(db.pool())
        .await?
        .flatten();
    Ok(stored.and_then(|json| serde_json::from_str(&json).ok()))
}

/// Stores what an examination found: new notices begin, known ones go on, and those that no longer hold end.
///
/// # Errors
/// From the database.
pub async fn record_examination(
    transaction: &Transaction,
    now: Timestamp,
    id: SourceId,
    examined: &Examined,
) -> Result<()> {
    let profile = examined
        .profile
        .as_ref()
        .map(serde_json::to_string)
        .transpose()
        .map_err(Error::internal)?;
    let interval = i32::try_from(examined.rhythm.minutes).unwrap_or(i32::MAX);
    source::Entity::update_many()
        .col_expr(source::Column::Profile, Expr::value(profile))
        .col_expr(source::Column::IntervalMinutes, Expr::value(Some(interval)))
        .filter(source::Column::Id.eq(id.0))
        .exec(transaction)
        .await?;
    let open = source_notice::Entity::find()
        .filter(source_notice::Column::SourceId.eq(id.0))
        .filter(source_notice::Column::EndedAt.is_null())
        .all(transaction)
        .await?;
    for row in &open {
        let kind = NoticeKind::parse(&row.kind);
        let found = examined
            .findings
            .iter()
            .find(|finding| Some(finding.kind) == kind);
        let judged = kind.is_none_or(|kind| kind.is_judged_by(examined.outcome));
        let mut columns = source_notice::ActiveModel {
            id: Set(row.id),
            ..Default::default()
        };
        match found {
            Some(finding) => {
                columns.detail = Set(finding.seen.clone());
                columns.seen_at = Set(now.0);
            }
            None if judged => columns.ended_at = Set(Some(now.0)),
            None => continue,
        }
        source_notice::Entity::update(columns)
            .exec(transaction)
            .await?;
    }
    for finding in &examined.findings {
        if open.iter().any(|row| row.kind == finding.kind.name()) {
            continue;
        }
        let row = source_notice::ActiveModel {
            source_id: Set(id.0),
            kind: Set(finding.kind.name().to_owned()),
            detail: Set(finding.seen.clone()),
            since: Set(now.0),
            seen_at: Set(now.0),
            ..Default::default()
        };
        source_notice::Entity::insert(row)
            .exec_without_returning(transaction)
            .await?;
    }
    Ok(())
}

/// What is wrong now with sources that are polled, by source.
///
/// # Errors
/// From the database.
pub async fn open_notices(db: &Db) -> Result<Vec<StoredNotice>> {
    let rows = source_notice::Entity::find()
        .filter(source_notice::Column::EndedAt.is_null())
        .filter(source_notice::Column::SourceId.in_subquery(active()))
        .order_by_asc(source_notice::Column::SourceId)
        .order_by_asc(source_notice::Column::Id)
        .all(db.pool())
        .await?;
    Ok(rows.into_iter().filter_map(to_notice).collect())
}

/// What is wrong with polled sources since before `before` and was not told to anybody yet.
///
/// # Errors
/// From the database.
pub async fn untold_notices(db: &Db, before: Timestamp) -> Result<Vec<StoredNotice>> {
    let rows = source_notice::Entity::find()
        .filter(source_notice::Column::EndedAt.is_null())
        .filter(source_notice::Column::ToldAt.is_null())
        .filter(source_notice::Column::Since.lte(before.0))
        .filter(source_notice::Column::SourceId.in_subquery(active()))
        .order_by_asc(source_notice::Column::Id)
        .all(db.pool())
        .await?;
    Ok(rows.into_iter().filter_map(to_notice).collect())
}

/// Notes that these were told.
///
/// # Errors
/// From the database.
pub async fn mark_told(transaction: &Transaction, now: Timestamp, ids: &[i64]) -> Result<()> {
    source_notice::Entity::update_many()
        .col_expr(source_notice::Column::ToldAt, Expr::value(Some(now.0)))
        .filter(source_notice::Column::Id.is_in(ids.iter().copied()))
        .exec(transaction)
        .await?;
    Ok(())
}

/// What is and was wrong with one source: what is still so first, each newest first.
///
/// # Errors
/// From the database.
pub async fn notices(db: &Db, id: SourceId, limit: u64) -> Result<Vec<Notice>> {
    let rows = source_notice::Entity::find()
        .filter(source_notice::Column::SourceId.eq(id.0))
        .order_by_desc(source_notice::Column::Id)
        .limit(limit)
        .all(db.pool())
        .await?;
    let mut all: Vec<Notice> = rows
        .into_iter()
        .filter_map(to_notice)
        .map(|stored| stored.notice)
        .collect();
    all.sort_by_key(|notice| notice.ended_at.is_some());
    Ok(all)
}

/// Forgets notices that were over before `time`. Gives how many.
///
/// # Errors
/// From the database.
pub async fn forget_ended_before(db: &Db, time: Timestamp) -> Result<u64> {
    let forgotten = source_notice::Entity::delete_many()
        .filter(source_notice::Column::EndedAt.lt(time.0))
        .exec(db.pool())
        .await?;
    Ok(forgotten.rows_affected)
}

fn active() -> sea_orm::sea_query::SelectStatement {
    sea_orm::sea_query::Query::select()
        .column(source::Column::Id)
        .from(source::Entity)
        .and_where(source::Column::State.eq("active"))
        .take()
}

/// Notices of a kind that this version does not know were written by a newer one; they are left alone.
fn to_notice(row: source_notice::Model) -> Option<StoredNotice> {
    Some(StoredNotice {
        id: row.id,
        source: SourceId(row.source_id),
        notice: Notice {
            kind: NoticeKind::parse(&row.kind)?,
            seen: row.detail,
            since: Timestamp(row.since),
            seen_at: Timestamp(row.seen_at),
            ended_at: row.ended_at.map(Timestamp),
        },
    })
}
