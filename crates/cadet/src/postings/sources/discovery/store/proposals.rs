//! Reading proposals, and dismissing them.

use std::collections::HashMap;

use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, PaginatorTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _,
};

use super::{BIND_LIMIT, distinct_backend, distinct_postings};
use crate::clock::Timestamp;
use crate::db::{Db, Transaction};
use crate::error::{Error, Result};
use crate::postings::sources::discovery::entity::{discovered_board, discovered_link};
use crate::postings::sources::discovery::model::{Place, Proposal, ProposalId, SeenIn, Which};
use crate::postings::sources::entity::source;
use crate::postings::sources::model::{SourceAddress, SourceId, SourceKind};

fn which(which: Which) -> Condition {
    let seen = Condition::all().add(discovered_board::Column::Postings.gt(0));
    match which {
        Which::Open => seen.add(discovered_board::Column::DismissedAt.is_null()),
        Which::Dismissed => seen.add(discovered_board::Column::DismissedAt.is_not_null()),
    }
}

/// The next boards in the ranking after `after`, sources among them.
///
/// # Errors
/// From the database.
pub async fn ranked(
    db: &Db,
    wanted: Which,
    after: Option<Place>,
    limit: u64,
) -> Result<Vec<Proposal>> {
    use discovered_board::Column;
    let mut query = discovered_board::Entity::find().filter(which(wanted));
    if let Some(place) = after {
        let later = Condition::any()
            .add(Column::OpenBackend.lt(place.open_backend_internships))
            .add(
                Condition::all()
                    .add(Column::OpenBackend.eq(place.open_backend_internships))
                    .add(Column::OpenPostings.lt(place.open)),
            )
            .add(
                Condition::all()
                    .add(Column::OpenBackend.eq(place.open_backend_internships))
                    .add(Column::OpenPostings.eq(place.open))
                    .add(Column::Id.lt(place.id.0)),
            );
        query = query.filter(later);
    }
    let rows = query
        .order_by_desc(Column::OpenBackend)
        .order_by_desc(Column::OpenPostings)
        .order_by_desc(Column::Id)
        .limit(limit)
        .all(db.pool())
        .await?;
    Ok(rows.into_iter().filter_map(to_proposal).collect())
}

/// How many boards are wanted, those with these keys left out.
///
/// # Errors
/// From the database.
pub async fn count_without(db: &Db, wanted: Which, keys: &[String]) -> Result<u64> {
    let all = discovered_board::Entity::find()
        .filter(which(wanted))
        .count(db.pool())
        .await?;
    let mut left_out = 0;
    for part in keys.chunks(BIND_LIMIT) {
        left_out += discovered_board::Entity::find()
            .filter(which(wanted))
            .filter(discovered_board::Column::BoardKey.is_in(part))
            .count(db.pool())
            .await?;
    }
    Ok(all.saturating_sub(left_out))
}

/// These boards. Unknown ids are left out.
///
/// # Errors
/// From the database.
pub async fn by_ids(db: &Db, ids: &[ProposalId]) -> Result<Vec<Proposal>> {
    let mut found = Vec::with_capacity(ids.len());
    for part in ids.chunks(BIND_LIMIT) {
        let rows = discovered_board::Entity::find()
            .filter(discovered_board::Column::Id.is_in(part.iter().map(|id| id.0)))
            .order_by_asc(discovered_board::Column::Id)
            .all(db.pool())
            .await?;
        found.extend(rows.into_iter().filter_map(to_proposal));
    }
    Ok(found)
}

/// What the sources told of each of these boards: the source with the most backend internships first.
///
/// # Errors
/// From the database.
pub async fn seen_in(db: &Db, ids: &[ProposalId]) -> Result<HashMap<ProposalId, Vec<SeenIn>>> {
    let rows = discovered_link::Entity::find()
        .filter(discovered_link::Column::BoardId.is_in(ids.iter().map(|id| id.0)))
        .select_only()
        .columns([
            discovered_link::Column::BoardId,
            discovered_link::Column::SourceId,
        ])
        .expr_as(distinct_postings(), "postings")
        .expr_as(distinct_backend(), "open_backend")
        .group_by(discovered_link::Column::BoardId)
        .group_by(discovered_link::Column::SourceId)
        .into_tuple::<(i64, i64, i64, i64)>()
        .all(db.pool())
        .await?;
    let names = source_names(db, rows.iter().map(|row| row.1)).await?;
    let mut found: HashMap<ProposalId, Vec<SeenIn>> = HashMap::new();
    for (board, source, postings, backend) in rows {
        let name = names.get(&source).cloned();
        found.entry(ProposalId(board)).or_default().push(SeenIn {
            source_id: SourceId(source),
            source: name.unwrap_or_else(|| "a source that is gone".to_owned()),
            postings: whole(postings),
            open_backend_internships: whole(backend),
        });
    }
    for seen in found.values_mut() {
        seen.sort_by_key(|one| std::cmp::Reverse((one.open_backend_internships, one.postings)));
    }
    Ok(found)
}

async fn source_names(db: &Db, ids: impl Iterator<Item = i64>) -> Result<HashMap<i64, String>> {
    let ids: std::collections::HashSet<i64> = ids.collect();
    let rows = source::Entity::find()
        .filter(source::Column::Id.is_in(ids))
        .select_only()
        .columns([source::Column::Id, source::Column::Name])
        .into_tuple::<(i64, String)>()
        .all(db.pool())
        .await?;
    Ok(rows.into_iter().collect())
}

/// Dismisses a board, or takes that back. Gives whether there is such a board.
///
/// # Errors
/// From the database.
pub async fn set_dismissed(
    transaction: &Transaction,
    id: ProposalId,
    at: Option<Timestamp>,
) -> Result<bool> {
    let changed = discovered_board::Entity::update_many()
        .col_expr(
            discovered_board::Column::DismissedAt,
            Expr::value(at.map(|at| at.0)),
        )
        .filter(discovered_board::Column::Id.eq(id.0))
        .exec(transaction)
        .await?;
    Ok(changed.rows_affected == 1)
}

fn whole(count: i64) -> u64 {
    u64::try_from(count).unwrap_or(0)
}

/// A row of a kind that this version does not know was written by a newer one; it is left alone.
fn to_proposal(row: discovered_board::Model) -> Option<Proposal> {
    Some(Proposal {
        id: ProposalId(row.id),
        address: SourceAddress {
            kind: SourceKind::parse(&row.kind)?,
            address: row.address,
        },
        name: row.name,
        postings: whole(row.postings),
        open: whole(row.open_postings),
        open_backend_internships: whole(row.open_backend),
        seen_in: Vec::new(),
        why: String::new(),
        first_seen_at: Timestamp(row.first_seen_at),
        dismissed_at: row.dismissed_at.map(Timestamp),
    })
}

/// That a proposal is not there.
#[must_use]
pub fn no_such(id: ProposalId) -> Error {
    Error::not_found("proposed board", id)
}
