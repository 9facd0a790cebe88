//! Noting what postings lead to, and counting it.

use std::collections::{BTreeMap, HashMap};

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, FromQueryResult, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
};

use super::{BIND_LIMIT, distinct_backend, distinct_open, distinct_postings};
use crate::clock::Timestamp;
use crate::db::Transaction;
use crate::db::statements::parts;
use crate::error::{Error, Result};
use crate::postings::entity::{posting, sighting};
use crate::postings::model::{BackendGrade, NormalPosting, PostingId};
use crate::postings::sources::discovery::entity::{
    discovered_board, discovered_link, discovery_scan,
};
use crate::postings::sources::discovery::links::{Link, Noted, Seen};
use crate::postings::sources::entity::source;
use crate::postings::sources::model::{SourceAddress, SourceId, SourceKind};

/// How far the older postings were looked through for these kinds of boards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scan {
    /// The last posting that was looked at.
    pub after: PostingId,
    /// Whether that was the last one there was.
    pub is_done: bool,
}

impl Scan {
    /// Nothing was looked at.
    const BEGIN: Self = Self {
        after: PostingId(0),
        is_done: false,
    };
}

/// Stores how far the scan for these kinds is.
///
/// # Errors
/// From the database.
pub async fn set_scan(
    transaction: &Transaction,
    now: Timestamp,
    kinds: &str,
    scan: Scan,
) -> Result<()> {
    let row = discovery_scan::ActiveModel {
        kinds: Set(kinds.to_owned()),
        after_posting: Set(scan.after.0),
        done_at: Set(scan.is_done.then_some(now.0)),
    };
    discovery_scan::Entity::update(row)
        .exec(transaction)
        .await?;
    Ok(())
}

/// Lets one transaction at a time note boards, so that each one sees what the one before has written and none writes what
/// it read before another's change. SQLite has one writer at a time anyway.
///
/// # Errors
/// From the database.
pub async fn take_turn(transaction: &Transaction, kinds: &str) -> Result<Scan> {
    let begin = discovery_scan::ActiveModel {
        kinds: Set(kinds.to_owned()),
        after_posting: Set(0),
        done_at: Set(None),
    };
    let known = OnConflict::column(discovery_scan::Column::Kinds)
        .do_nothing()
        .to_owned();
    discovery_scan::Entity::insert(begin)
        .on_conflict(known)
        .exec_without_returning(transaction)
        .await?;
    let row = discovery_scan::Entity::find_by_id(kinds)
        .lock_exclusive()
        .one(transaction)
        .await?;
    Ok(row.map_or(Scan::BEGIN, |row| Scan {
        after: PostingId(row.after_posting),
        is_done: row.done_at.is_some(),
    }))
}

/// These postings as they are now. Unknown ids are left out.
///
/// # Errors
/// From the database.
pub async fn noted(transaction: &Transaction, ids: &[PostingId]) -> Result<Vec<Noted>> {
    let mut found = Vec::with_capacity(ids.len());
    for part in ids.chunks(BIND_LIMIT) {
        let rows = posting::Entity::find()
            .filter(posting::Column::Id.is_in(part.iter().map(|id| id.0)))
            .select_only()
            .columns([
                posting::Column::Id,
                posting::Column::Data,
                posting::Column::ClosedAt,
            ])
            .into_tuple::<(i64, String, Option<i64>)>()
            .all(transaction)
            .await?;
        for (id, data, closed_at) in rows {
            let posting: NormalPosting = serde_json::from_str(&data).map_err(Error::internal)?;
            found.push(Noted {
                id: PostingId(id),
                open: closed_at.is_none(),
                backend_internship: posting.is_internship()
                    && posting.backend_grade() != BackendGrade::No,
                company: posting.company,
                url: posting.url,
                apply_url: posting.apply_url,
            });
        }
    }
    Ok(found)
}

/// The records of these postings in all sources, by posting.
///
/// # Errors
/// From the database.
pub async fn seen(
    transaction: &Transaction,
    ids: &[PostingId],
) -> Result<HashMap<PostingId, Vec<Seen>>> {
    let mut found: HashMap<PostingId, Vec<Seen>> = HashMap::new();
    for part in ids.chunks(BIND_LIMIT) {
        let rows = sighting::Entity::find()
            .filter(sighting::Column::PostingId.is_in(part.iter().map(|id| id.0)))
            .select_only()
            .columns([
                sighting::Column::PostingId,
                sighting::Column::SourceId,
                sighting::Column::Url,
            ])
            .into_tuple::<(i64, i64, String)>()
            .all(transaction)
            .await?;
        for (posting, source, url) in rows {
            found.entry(PostingId(posting)).or_default().push(Seen {
                source: SourceId(source),
                url,
            });
        }
    }
    Ok(found)
}

/// What these sources read, removed ones among them.
///
/// # Errors
/// From the database.
pub async fn addresses(
    transaction: &Transaction,
    ids: &[SourceId],
) -> Result<HashMap<SourceId, SourceAddress>> {
    let rows = source::Entity::find()
        .filter(source::Column::Id.is_in(ids.iter().map(|id| id.0)))
        .select_only()
        .columns([
            source::Column::Id,
            source::Column::Kind,
            source::Column::Address,
        ])
        .into_tuple::<(i64, String, String)>()
        .all(transaction)
        .await?;
    let known = rows.into_iter().filter_map(|(id, kind, address)| {
        let kind = SourceKind::parse(&kind)?;
        Some((SourceId(id), SourceAddress { kind, address }))
    });
    Ok(known.collect())
}

/// The next numbers of postings after `after`.
///
/// # Errors
/// From the database.
pub async fn postings_after(
    transaction: &Transaction,
    after: PostingId,
    limit: u64,
) -> Result<Vec<PostingId>> {
    let ids = posting::Entity::find()
        .filter(posting::Column::Id.gt(after.0))
        .order_by_asc(posting::Column::Id)
        .limit(limit)
        .select_only()
        .column(posting::Column::Id)
        .into_tuple::<i64>()
        .all(transaction)
        .await?;
    Ok(ids.into_iter().map(PostingId).collect())
}

/// Puts the links of these postings in the place of those that were known, and counts the boards anew that either leads
/// to.
///
/// # Errors
/// From the database.
pub async fn replace_links(
    transaction: &Transaction,
    now: Timestamp,
    postings: &[PostingId],
    links: &[Link],
) -> Result<()> {
    let mut touched = boards_of(transaction, postings).await?;
    let boards = ensure_boards(transaction, now, links).await?;
    touched.extend(boards.values());
    touched.sort_unstable();
    touched.dedup();
    for part in postings.chunks(BIND_LIMIT) {
        discovered_link::Entity::delete_many()
            .filter(discovered_link::Column::PostingId.is_in(part.iter().map(|id| id.0)))
            .exec(transaction)
            .await?;
    }
    let rows: Vec<discovered_link::ActiveModel> = links
        .iter()
        .filter_map(|link| link_row(link, &boards))
        .collect();
    for part in parts(&rows, 6) {
        discovered_link::Entity::insert_many(part.to_vec())
            .exec_without_returning(transaction)
            .await?;
    }
    count(transaction, now, &touched).await
}

fn link_row(link: &Link, boards: &HashMap<String, i64>) -> Option<discovered_link::ActiveModel> {
    Some(discovered_link::ActiveModel {
        board_id: Set(*boards.get(&link.board.key())?),
        posting_id: Set(link.posting.0),
        source_id: Set(link.source.0),
        is_open: Set(link.open),
        is_backend: Set(link.backend_internship),
        ..Default::default()
    })
}

async fn boards_of(transaction: &Transaction, postings: &[PostingId]) -> Result<Vec<i64>> {
    let mut boards = Vec::new();
    for part in postings.chunks(BIND_LIMIT) {
        let ids = discovered_link::Entity::find()
            .filter(discovered_link::Column::PostingId.is_in(part.iter().map(|id| id.0)))
            .select_only()
            .column(discovered_link::Column::BoardId)
            .distinct()
            .into_tuple::<i64>()
            .all(transaction)
            .await?;
        boards.extend(ids);
    }
    Ok(boards)
}

/// The rows of the boards that the links lead to, by key; those that are new are written.
async fn ensure_boards(
    transaction: &Transaction,
    now: Timestamp,
    links: &[Link],
) -> Result<HashMap<String, i64>> {
    // One row for each board, whichever of its postings tells the employer's name.
    let wanted: BTreeMap<String, &Link> =
        links.iter().map(|link| (link.board.key(), link)).collect();
    let rows: Vec<discovered_board::ActiveModel> = wanted
        .iter()
        .map(|(key, link)| board_row(now, key, link))
        .collect();
    for part in parts(&rows, 10) {
        let known = OnConflict::column(discovered_board::Column::BoardKey)
            .do_nothing()
            .to_owned();
        discovered_board::Entity::insert_many(part.to_vec())
            .on_conflict(known)
            .exec_without_returning(transaction)
            .await?;
    }
    let keys: Vec<&String> = wanted.keys().collect();
    let mut found = HashMap::with_capacity(keys.len());
    for part in keys.chunks(BIND_LIMIT) {
        let rows = discovered_board::Entity::find()
            .filter(discovered_board::Column::BoardKey.is_in(part.iter().copied()))
            .select_only()
            .columns([
                discovered_board::Column::BoardKey,
                discovered_board::Column::Id,
            ])
            .into_tuple::<(String, i64)>()
            .all(transaction)
            .await?;
        found.extend(rows);
    }
    Ok(found)
}

fn board_row(now: Timestamp, key: &str, link: &Link) -> discovered_board::ActiveModel {
    discovered_board::ActiveModel {
        board_key: Set(key.to_owned()),
        kind: Set(link.board.kind.name().to_owned()),
        address: Set(link.board.address.clone()),
        name: Set(link.company.clone()),
        postings: Set(0),
        open_postings: Set(0),
        open_backend: Set(0),
        first_seen_at: Set(now.0),
        counted_at: Set(now.0),
        dismissed_at: Set(None),
        ..Default::default()
    }
}

/// Counts of a board.
#[derive(Debug, FromQueryResult)]
struct CountRow {
    board_id: i64,
    postings: i64,
    open_postings: i64,
    open_backend: i64,
}

async fn count(transaction: &Transaction, now: Timestamp, boards: &[i64]) -> Result<()> {
    let mut counts: HashMap<i64, CountRow> = HashMap::new();
    for part in boards.chunks(BIND_LIMIT) {
        let rows = discovered_link::Entity::find()
            .filter(discovered_link::Column::BoardId.is_in(part.iter().copied()))
            .select_only()
            .column(discovered_link::Column::BoardId)
            .expr_as(distinct_postings(), "postings")
            .expr_as(distinct_open(), "open_postings")
            .expr_as(distinct_backend(), "open_backend")
            .group_by(discovered_link::Column::BoardId)
            .into_model::<CountRow>()
            .all(transaction)
            .await?;
        counts.extend(rows.into_iter().map(|row| (row.board_id, row)));
    }
    for id in boards {
        let row = counts.get(id);
        let columns = discovered_board::ActiveModel {
            id: Set(*id),
            postings: Set(row.map_or(0, |row| row.postings)),
            open_postings: Set(row.map_or(0, |row| row.open_postings)),
            open_backend: Set(row.map_or(0, |row| row.open_backend)),
            counted_at: Set(now.0),
            ..Default::default()
        };
        discovered_board::Entity::update(columns)
            .exec(transaction)
            .await?;
    }
    Ok(())
}
