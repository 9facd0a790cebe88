//! Which postings are one opening, and the links that say why.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait as _, OnConflict, Query, TableRef, ValueTuple};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _,
};

use super::BIND_LIMIT;
use crate::clock::Timestamp;
use crate::db::Transaction;
use crate::db::statements::parts;
use crate::error::{Error, Result};
use crate::postings::entity::posting;
use crate::postings::model::PostingId;
use crate::postings::openings::entity::link;
use crate::postings::openings::model::{Link, Member};
use crate::postings::openings::partition::Pair;

/// The openings of these postings. Postings that are not there are left out.
///
/// # Errors
/// From the database.
pub async fn openings_of<C: ConnectionTrait>(
    connection: &C,
    ids: &[PostingId],
) -> Result<HashMap<PostingId, PostingId>> {
    let mut found = HashMap::with_capacity(ids.len());
    for part in ids.chunks(BIND_LIMIT) {
        let rows = posting::Entity::find()
            .filter(posting::Column::Id.is_in(part.iter().map(|id| id.0)))
            .select_only()
            .columns([posting::Column::Id, posting::Column::OpeningId])
            .into_tuple::<(i64, i64)>()
            .all(connection)
            .await?;
        found.extend(
            rows.into_iter()
                .map(|(id, opening)| (PostingId(id), PostingId(opening))),
        );
    }
    Ok(found)
}

/// The opening of one posting.
///
/// # Errors
/// [`Error::NotFound`]; from the database.
pub async fn opening_of<C: ConnectionTrait>(connection: &C, id: PostingId) -> Result<PostingId> {
    let openings = openings_of(connection, &[id]).await?;
    let opening = openings.get(&id).copied();
    opening.ok_or_else(|| Error::not_found("posting", id))
}

/// All postings of these openings, in order of opening and id.
///
/// # Errors
/// From the database.
pub async fn members<C: ConnectionTrait>(
    connection: &C,
    openings: &BTreeSet<PostingId>,
) -> Result<Vec<Member>> {
    let openings: Vec<i64> = openings.iter().map(|id| id.0).collect();
    let mut found = Vec::with_capacity(openings.len());
    for part in openings.chunks(BIND_LIMIT) {
        let rows = posting::Entity::find()
            .filter(posting::Column::OpeningId.is_in(part.iter().copied()))
            .select_only()
            .columns([
                posting::Column::Id,
                posting::Column::OpeningId,
                posting::Column::SourceRank,
                posting::Column::ClosedAt,
                posting::Column::FirstSeenAt,
            ])
            .order_by_asc(posting::Column::OpeningId)
            .order_by_asc(posting::Column::Id)
            .into_tuple::<(i64, i64, i32, Option<i64>, i64)>()
            .all(connection)
            .await?;
        found.extend(
            rows.into_iter()
                .map(|(id, opening, rank, closed, seen)| Member {
                    id: PostingId(id),
                    opening: PostingId(opening),
                    rank,
                    open: closed.is_none(),
                    first_seen_at: Timestamp(seen),
                }),
        );
    }
    Ok(found)
}

/// Says of postings which opening they are of.
///
/// # Errors
/// From the database.
pub async fn set_openings(
    transaction: &Transaction,
    moves: &BTreeMap<PostingId, PostingId>,
) -> Result<()> {
    let moves: Vec<(i64, i64)> = moves
        .iter()
        .map(|(id, opening)| (id.0, opening.0))
        .collect();
    for part in moves.chunks(BIND_LIMIT / 2) {
        // Both databases name the columns of values so.
        let (id, opening) = (("moved", "column1"), ("moved", "column2"));
        let values = part
            .iter()
            .map(|(id, opening)| ValueTuple::from((*id, *opening)));
        let update = Query::update()
            .table(posting::Entity)
            .value(posting::Column::OpeningId, Expr::col(opening))
            .from(TableRef::ValuesList(values.collect(), "moved".into()))
            .and_where(Expr::col((posting::Entity, posting::Column::Id)).equals(id))
            .to_owned();
        transaction.execute(&update).await?;
    }
    Ok(())
}

/// The links of which both postings are among these, the surest first.
///
/// # Errors
/// From the database; [`Error::Internal`] for a row that this version cannot read.
pub async fn links_among<C: ConnectionTrait>(
    connection: &C,
    ids: &[PostingId],
) -> Result<Vec<Link>> {
    let wanted: HashSet<i64> = ids.iter().map(|id| id.0).collect();
    let mut found = Vec::new();
    for part in ids.chunks(BIND_LIMIT) {
        let rows = link::Entity::find()
            .filter(link::Column::FirstId.is_in(part.iter().map(|id| id.0)))
            .all(connection)
            .await?;
        for row in rows
            .into_iter()
            .filter(|row| wanted.contains(&row.second_id))
        {
            found.push(Link {
                pair: Pair::of(PostingId(row.first_id), PostingId(row.second_id)),
                score: row.score,
                reasons: serde_json::from_str(&row.reasons).map_err(Error::internal)?,
            });
        }
    }
    found.sort_by(|one, two| {
        two.score
            .total_cmp(&one.score)
            .then(one.pair.cmp(&two.pair))
    });
    Ok(found)
}

/// Forgets the links of these postings; gives the postings at their other ends.
///
/// # Errors
/// From the database.
pub async fn forget_links(
    transaction: &Transaction,
    ids: &[PostingId],
) -> Result<BTreeSet<PostingId>> {
    let mut others = BTreeSet::new();
    for part in ids.chunks(BIND_LIMIT / 2) {
        let of = || {
            let ids = || part.iter().map(|id| id.0);
            Condition::any()
                .add(link::Column::FirstId.is_in(ids()))
                .add(link::Column::SecondId.is_in(ids()))
        };
        let rows = link::Entity::find().filter(of()).all(transaction).await?;
        if rows.is_empty() {
            continue;
        }
        link::Entity::delete_many()
            .filter(of())
            .exec(transaction)
            .await?;
        others.extend(
            rows.into_iter()
                .flat_map(|row| [PostingId(row.first_id), PostingId(row.second_id)]),
        );
    }
    Ok(others)
}

/// Writes links that were found; one that is there stays.
///
/// # Errors
/// From the database.
pub async fn insert_links(transaction: &Transaction, now: Timestamp, links: &[Link]) -> Result<()> {
    for part in parts(links, 5) {
        let models = part
            .iter()
            .map(|link| {
                Ok(link::ActiveModel {
                    first_id: Set(link.pair.first.0),
                    second_id: Set(link.pair.second.0),
                    score: Set(link.score),
                    reasons: Set(serde_json::to_string(&link.reasons).map_err(Error::internal)?),
                    at: Set(now.0),
                    ..Default::default()
                })
            })
            .collect::<Result<Vec<_>>>()?;
        let once = OnConflict::columns([link::Column::FirstId, link::Column::SecondId])
            .do_nothing()
            .to_owned();
        link::Entity::insert_many(models)
            .on_conflict(once)
            .exec_without_returning(transaction)
            .await?;
    }
    Ok(())
}
