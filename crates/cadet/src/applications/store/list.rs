//! Queries for lists: without the states, so that ten thousand are as quick as ten.

use std::collections::HashMap;

use sea_orm::sea_query::{LikeExpr, NullOrdering};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, FromQueryResult, Order as Direction, PaginatorTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _, Select,
};

use super::super::entity::application::{Column, Entity};
use super::super::list::{ListQuery, Order};
use super::super::model::{ApplicationId, Stage};
use super::super::record::ApplicationSummary;
use crate::accounts::model::AccountId;
use crate::clock::Timestamp;
use crate::db::Db;
use crate::error::Result;
use crate::postings::model::PostingId;

/// A row without its state.
#[derive(FromQueryResult)]
struct Lean {
    id: i64,
    posting_id: Option<i64>,
    company: String,
    title: String,
    place: String,
    source: String,
    stage: String,
    stage_since: i64,
    applied_at: Option<i64>,
    answered_at: Option<i64>,
    created_at: i64,
    changed_at: i64,
    archived: bool,
    snoozed_until: Option<i64>,
    deadline_at: Option<i64>,
    score: Option<f64>,
    document: Option<String>,
}

const LEAN: [Column; 17] = [
    Column::Id,
    Column::PostingId,
    Column::Company,
    Column::Title,
    Column::Place,
    Column::Source,
    Column::Stage,
    Column::StageSince,
    Column::AppliedAt,
    Column::AnsweredAt,
    Column::CreatedAt,
    Column::ChangedAt,
    Column::Archived,
    Column::SnoozedUntil,
    Column::DeadlineAt,
    Column::Score,
    Column::Document,
];

fn mine(owner: AccountId, archived: bool) -> Select<Entity> {
    Entity::find()
        .filter(Column::AccountId.eq(owner.0))
        .filter(Column::Archived.eq(archived))
}

fn matching(owner: AccountId, query: &ListQuery) -> Select<Entity> {
    let mut select = mine(owner, query.archived);
    if !query.stages.is_empty() {
        select = select.filter(Column::Stage.is_in(query.stages.iter().map(|stage| stage.name())));
    }
    for word in query.words.to_lowercase().split_whitespace() {
        let escaped = word
            .replace('\\', "\\\\")
            .replace('%', "\\%")
            .replace('_', "\\_");
        let like = LikeExpr::new(format!("%{escaped}%")).escape('\\');
        select = select.filter(Column::Search.like(like));
    }
    select
}

fn ordered(select: Select<Entity>, order: Order) -> Select<Entity> {
    let select = match order {
        Order::Changed => select.order_by_desc(Column::ChangedAt),
        Order::Applied => {
            select.order_by_with_nulls(Column::AppliedAt, Direction::Desc, NullOrdering::Last)
        }
        Order::Company => select.order_by_asc(Column::Company),
        Order::Deadline => {
            select.order_by_with_nulls(Column::DeadlineAt, Direction::Asc, NullOrdering::Last)
        }
        Order::Waiting => select.order_by_asc(Column::StageSince),
    };
    match order {
        Order::Changed | Order::Applied => select.order_by_desc(Column::Id),
        _ => select.order_by_asc(Column::Id),
    }
}

async fn lean(db: &Db, select: Select<Entity>) -> Result<Vec<ApplicationSummary>> {
    let rows = select
        .select_only()
        .columns(LEAN)
        .into_model::<Lean>()
        .all(db.pool())
        .await?;
    rows.into_iter().map(to_summary).collect()
}

/// A page of the list.
///
/// # Errors
/// From the database.
pub async fn page(
    db: &Db,
    owner: AccountId,
    query: &ListQuery,
    (offset, limit): (u64, u64),
) -> Result<Vec<ApplicationSummary>> {
    let select = ordered(matching(owner, query), query.order);
    lean(db, select.offset(offset).limit(limit)).await
}

/// How many applications the list has.
///
/// # Errors
/// From the database.
pub async fn count(db: &Db, owner: AccountId, query: &ListQuery) -> Result<u64> {
    Ok(matching(owner, query).count(db.pool()).await?)
}

/// Numbers of the first applications of the list.
///
/// # Errors
/// From the database.
pub async fn ids(
    db: &Db,
    owner: AccountId,
    query: &ListQuery,
    limit: u64,
) -> Result<Vec<ApplicationId>> {
    let ids: Vec<i64> = ordered(matching(owner, query), query.order)
        .limit(limit)
        .select_only()
        .column(Column::Id)
        .into_tuple()
        .all(db.pool())
        .await?;
    Ok(ids.into_iter().map(ApplicationId).collect())
}

/// The first applications of a column of the board.
///
/// # Errors
/// From the database.
pub async fn column(
    db: &Db,
    owner: AccountId,
    stage: Stage,
    limit: u64,
) -> Result<Vec<ApplicationSummary>> {
    let select = mine(owner, false)
        .filter(Column::Stage.eq(stage.name()))
        .order_by_desc(Column::ChangedAt)
        .order_by_desc(Column::Id)
        .limit(limit);
    lean(db, select).await
}

/// How many applications that are not put away stand in each stage.
///
/// # Errors
/// From the database.
pub async fn counts(db: &Db, owner: AccountId) -> Result<HashMap<Stage, u64>> {
    let rows: Vec<(String, i64)> = mine(owner, false)
        .select_only()
        .column(Column::Stage)
        .column_as(Column::Id.count(), "count")
        .group_by(Column::Stage)
        .into_tuple()
        .all(db.pool())
        .await?;
    rows.into_iter()
        .map(|(stage, count)| Ok((stage.parse()?, u64::try_from(count).unwrap_or(0))))
        .collect()
}

/// Applications for which company and title are the same, whatever the case of their letters.
///
/// # Errors
/// From the database.
pub async fn known_names(
    db: &Db,
    owner: AccountId,
) -> Result<Vec<(ApplicationId, String, String)>> {
    let rows: Vec<(i64, String, String)> = Entity::find()
        .filter(Column::AccountId.eq(owner.0))
        .select_only()
        .column(Column::Id)
        .column(Column::Company)
        .column(Column::Title)
        .into_tuple()
        .all(db.pool())
        .await?;
    Ok(rows
        .into_iter()
        .map(|(id, company, title)| (ApplicationId(id), company, title))
        .collect())
}

fn to_summary(row: Lean) -> Result<ApplicationSummary> {
    let at = |at: Option<i64>| at.map(Timestamp);
    Ok(ApplicationSummary {
        id: ApplicationId(row.id),
        posting: row.posting_id.map(PostingId),
        company: row.company,
        title: row.title,
        place: row.place,
        source: row.source,
        stage: row.stage.parse()?,
        stage_since: Timestamp(row.stage_since),
        applied_at: at(row.applied_at),
        answered_at: at(row.answered_at),
        created_at: Timestamp(row.created_at),
        changed_at: Timestamp(row.changed_at),
        archived: row.archived,
        snoozed_until: at(row.snoozed_until),
        deadline: at(row.deadline_at),
        score: row.score,
        document: row.document,
    })
}
