//! What is believed of records and postings: which records are missing, how they stand, and what follows for postings.

use std::collections::{HashMap, HashSet};

use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait as _, EntityTrait as _, FromQueryResult,
    QueryFilter as _, QuerySelect as _, Statement,
};

use super::BIND_LIMIT;
use super::write::insert_events;
use crate::clock::Timestamp;
use crate::db::{Db, Transaction};
use crate::error::Result;
use crate::postings::entity::{posting, sighting};
use crate::postings::lifecycle::model::{Life, Standing};
use crate::postings::model::PostingId;
use crate::postings::sources::model::SourceId;

/// A record that a look judged without bringing it.
#[derive(Clone, Copy, Debug)]
pub struct Judged {
    /// Its row.
    pub id: i64,
    /// The posting that it belongs to.
    pub posting: PostingId,
    /// Whether its source said last that it is open.
    pub listed: bool,
    /// Its life so far.
    pub life: Life,
}

#[derive(FromQueryResult)]
struct JudgedRow {
    id: i64,
    posting_id: i64,
    listing: String,
    standing: String,
    first_seen_at: i64,
    doubted_since: Option<i64>,
    reopened_at: Option<i64>,
    reopened_before_at: Option<i64>,
}

impl From<JudgedRow> for Judged {
    fn from(row: JudgedRow) -> Self {
        Self {
            id: row.id,
            posting: PostingId(row.posting_id),
            listed: row.listing == "open",
            life: Life {
                standing: Standing::parse(&row.standing),
                first_seen_at: Timestamp(row.first_seen_at),
                doubted_since: row.doubted_since.map(Timestamp),
                reopened_at: row.reopened_at.map(Timestamp),
                reopened_before_at: row.reopened_before_at.map(Timestamp),
            },
        }
    }
}

/// The records of a source that were not seen since `since` and are not known to be gone.
///
/// # Errors
/// From the database.
pub async fn missing(
    transaction: &Transaction,
    source: SourceId,
    since: Timestamp,
) -> Result<Vec<Judged>> {
    let condition = Condition::all().add(sighting::Column::LastSeenAt.lt(since.0));
    judged(transaction, source, condition).await
}

/// The records of a source that are neither surely open nor surely closed.
///
/// # Errors
/// From the database.
pub async fn suspects(transaction: &Transaction, source: SourceId) -> Result<Vec<Judged>> {
    let suspect = sighting::Column::Standing.eq(Standing::Suspect.name());
    judged(transaction, source, Condition::all().add(suspect)).await
}

/// Whether some record of a source is neither surely open nor surely closed.
///
/// # Errors
/// From the database.
pub async fn has_suspects(db: &Db, source: SourceId) -> Result<bool> {
    let one = sighting::Entity::find()
        .filter(sighting::Column::SourceId.eq(source.0))
        .filter(sighting::Column::Standing.eq(Standing::Suspect.name()))
        .select_only()
        .column(sighting::Column::Id)
        .into_tuple::<i64>()
        .one(db.pool())
        .await?;
    Ok(one.is_some())
}

/// The records of a source whose page or id is one of `addresses`.
///
/// # Errors
/// From the database.
pub async fn at_addresses(
    transaction: &Transaction,
    source: SourceId,
    addresses: &[String],
) -> Result<Vec<Judged>> {
    let mut found = Vec::new();
    for part in addresses.chunks(BIND_LIMIT / 2) {
        let condition = Condition::any()
            .add(sighting::Column::Url.is_in(part))
            .add(sighting::Column::ExternalId.is_in(part));
        found.extend(judged(transaction, source, condition).await?);
    }
    Ok(found)
}

async fn judged(
    transaction: &Transaction,
    source: SourceId,
    condition: Condition,
) -> Result<Vec<Judged>> {
    let rows = sighting::Entity::find()
        .filter(sighting::Column::SourceId.eq(source.0))
        .filter(sighting::Column::GoneAt.is_null())
        .filter(condition)
        .select_only()
        .columns([
            sighting::Column::Id,
            sighting::Column::PostingId,
            sighting::Column::Listing,
            sighting::Column::Standing,
            sighting::Column::FirstSeenAt,
            sighting::Column::DoubtedSince,
            sighting::Column::ReopenedAt,
            sighting::Column::ReopenedBeforeAt,
        ])
        .into_model::<JudgedRow>()
        .all(transaction)
        .await?;
    Ok(rows.into_iter().map(Judged::from).collect())
}

/// Stores lives of records. `gone_at` is when they went from their source, if they did.
///
/// # Errors
/// From the database.
pub async fn set_lives(
    transaction: &Transaction,
    lives: &[(i64, Life)],
    gone_at: Option<Timestamp>,
) -> Result<()> {
    // Records that went or returned together share all that is set, so that few statements do.
    let mut alike: HashMap<_, Vec<i64>> = HashMap::new();
    for (id, life) in lives {
        let shared = (
            life.standing,
            life.doubted_since,
            life.reopened_at,
            life.reopened_before_at,
        );
        alike.entry(shared).or_default().push(*id);
    }
    for ((standing, doubted, reopened, before), ids) in alike {
        let millis = |at: Option<Timestamp>| Expr::value(at.map(|at| at.0));
        for part in ids.chunks(BIND_LIMIT) {
            sighting::Entity::update_many()
                .col_expr(sighting::Column::Standing, Expr::value(standing.name()))
                .col_expr(sighting::Column::DoubtedSince, millis(doubted))
                .col_expr(sighting::Column::ReopenedAt, millis(reopened))
                .col_expr(sighting::Column::ReopenedBeforeAt, millis(before))
                .col_expr(sighting::Column::GoneAt, millis(gone_at))
                .filter(sighting::Column::Id.is_in(part.iter().copied()))
                .exec(transaction)
                .await?;
        }
    }
    Ok(())
}

/// Closes every record of a source that is no longer read; gives the postings of those that were not gone before.
///
/// # Errors
/// From the database.
pub async fn forget_source(
    transaction: &Transaction,
    now: Timestamp,
    source: SourceId,
) -> Result<Vec<PostingId>> {
    let there = Condition::all()
        .add(sighting::Column::SourceId.eq(source.0))
        .add(sighting::Column::GoneAt.is_null());
    let postings = sighting::Entity::find()
        .filter(there.clone())
        .select_only()
        .column(sighting::Column::PostingId)
        .distinct()
        .into_tuple::<i64>()
        .all(transaction)
        .await?;
    let closed = Standing::Closed.name();
    // That the source was taken away says nothing of how reliable its records are.
    let never = || Expr::value(Option::<i64>::None);
    sighting::Entity::update_many()
        .col_expr(sighting::Column::GoneAt, Expr::value(now.0))
        .col_expr(sighting::Column::Standing, Expr::value(closed))
        .col_expr(sighting::Column::ReopenedAt, never())
        .col_expr(sighting::Column::ReopenedBeforeAt, never())
        .filter(there)
        .exec(transaction)
        .await?;
    Ok(postings.into_iter().map(PostingId).collect())
}

/// How many records of a source are there, and how many of them were seen since `since`. Those that an earlier poll
/// missed already are not counted as there.
///
/// # Errors
/// From the database.
pub async fn presence(
    transaction: &Transaction,
    source: SourceId,
    since: Timestamp,
) -> Result<(u64, u64)> {
    let sql = "SELECT COUNT(*) AS present, COALESCE(SUM(CASE WHEN last_seen_at >= $1 THEN 1 ELSE 0 END), 0) AS seen FROM sighting WHERE source_id = $2 AND gone_at IS NULL AND (doubted_since IS NULL OR last_seen_at >= $1)";
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

/// Of these postings, those that some record lists which is not believed to be closed. The instant is since when no
/// record surely lists it; `None` where one does.
///
/// # Errors
/// From the database.
pub async fn listed(
    transaction: &Transaction,
    ids: &[PostingId],
) -> Result<HashMap<PostingId, Option<Timestamp>>> {
    let mut listed: HashMap<PostingId, Option<Timestamp>> = HashMap::new();
    for part in ids.chunks(BIND_LIMIT) {
        let rows = sighting::Entity::find()
            .filter(sighting::Column::PostingId.is_in(part.iter().map(|id| id.0)))
            .filter(sighting::Column::Standing.ne(Standing::Closed.name()))
            .select_only()
            .columns([
                sighting::Column::PostingId,
                sighting::Column::Standing,
                sighting::Column::DoubtedSince,
            ])
            .into_tuple::<(i64, String, Option<i64>)>()
            .all(transaction)
            .await?;
        for (id, standing, since) in rows {
            let doubted = match Standing::parse(&standing) {
                Standing::Suspect => since.map(Timestamp),
                Standing::Open | Standing::Closed => None,
            };
            listed
                .entry(PostingId(id))
                .and_modify(|known| {
                    *known = known
                        .zip(doubted)
                        .map(|(one, other)| std::cmp::max(one, other));
                })
                .or_insert(doubted);
        }
    }
    Ok(listed)
}

/// How a posting stands.
#[derive(Clone, Copy, Debug)]
pub struct PostingState {
    /// Which one.
    pub id: PostingId,
    /// Closed since.
    pub closed_at: Option<Timestamp>,
    /// Open, but surely listed nowhere since.
    pub suspect_since: Option<Timestamp>,
}

/// How these postings stand.
///
/// # Errors
/// From the database.
pub async fn posting_states(
    transaction: &Transaction,
    ids: &[PostingId],
) -> Result<Vec<PostingState>> {
    let mut all = Vec::with_capacity(ids.len());
    let distinct: HashSet<i64> = ids.iter().map(|id| id.0).collect();
    let distinct: Vec<i64> = distinct.into_iter().collect();
    for part in distinct.chunks(BIND_LIMIT) {
        let rows = posting::Entity::find()
            .filter(posting::Column::Id.is_in(part.iter().copied()))
            .select_only()
            .columns([
                posting::Column::Id,
                posting::Column::ClosedAt,
                posting::Column::SuspectSince,
            ])
            .into_tuple::<(i64, Option<i64>, Option<i64>)>()
            .all(transaction)
            .await?;
        all.extend(rows.into_iter().map(|(id, closed, suspect)| PostingState {
            id: PostingId(id),
            closed_at: closed.map(Timestamp),
            suspect_since: suspect.map(Timestamp),
        }));
    }
    all.sort_by_key(|state| state.id);
    Ok(all)
}

/// Marks postings as listed nowhere surely since `since`, or takes that back, and notes why.
///
/// # Errors
/// From the database.
pub async fn set_suspect(
    transaction: &Transaction,
    now: Timestamp,
    ids: &[PostingId],
    since: Option<Timestamp>,
    reason: &str,
) -> Result<()> {
    let kind = if since.is_some() {
        "suspected"
    } else {
        "listed-again"
    };
    let detail = serde_json::json!({ "reason": reason }).to_string();
    for part in ids.chunks(BIND_LIMIT) {
        posting::Entity::update_many()
            .col_expr(
                posting::Column::SuspectSince,
                Expr::value(since.map(|at| at.0)),
            )
            .filter(posting::Column::Id.is_in(part.iter().map(|id| id.0)))
            .exec(transaction)
            .await?;
    }
    insert_events(transaction, now, ids, kind, &detail).await
}
