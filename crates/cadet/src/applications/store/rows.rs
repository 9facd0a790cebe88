//! Queries on the rows that the logs are folded into.

use std::collections::HashMap;

use sea_orm::ActiveValue::Set;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, Select,
};

use super::super::entity::application::{ActiveModel, Column, Entity, Model};
use super::super::entity::application_state;
use super::super::model::ApplicationId;
use super::super::path;
use super::super::record::ApplicationSummary;
use super::super::state::State;
use super::{BIND_LIMIT, due};
use crate::accounts::model::AccountId;
use crate::clock::Timestamp;
use crate::db::{Db, Transaction};
use crate::error::{Error, Result};
use crate::postings::model::PostingId;

/// An application as stored: its row and its state.
#[derive(Clone, Debug, PartialEq)]
pub struct Stored {
    /// The row.
    pub summary: ApplicationSummary,
    /// The state.
    pub state: State,
}

fn owned(owner: AccountId, id: ApplicationId) -> Select<Entity> {
    Entity::find_by_id(id.0).filter(Column::AccountId.eq(owner.0))
}

/// Makes a row for a log that is still empty.
///
/// # Errors
/// From the database.
pub async fn insert(
    transaction: &Transaction,
    owner: AccountId,
    now: Timestamp,
) -> Result<ApplicationId> {
    let state = State::default();
    let mut row = to_row(&state);
    row.account_id = Set(owner.0);
    row.created_at = Set(now.0);
    let id = Entity::insert(row).exec(transaction).await?.last_insert_id;
    let whole = application_state::ActiveModel {
        application_id: Set(id),
        state: Set(serde_json::to_string(&state).map_err(Error::internal)?),
    };
    application_state::Entity::insert(whole)
        .exec_without_returning(transaction)
        .await?;
    Ok(ApplicationId(id))
}

/// Writes what the log says now, and what is due of it.
///
/// # Errors
/// From the database.
pub async fn project(
    transaction: &Transaction,
    owner: AccountId,
    id: ApplicationId,
    state: &State,
) -> Result<()> {
    let mut row = to_row(state);
    row.id = Set(id.0);
    row.account_id = Set(owner.0);
    Entity::update(row).exec(transaction).await?;
    let whole = application_state::ActiveModel {
        application_id: Set(id.0),
        state: Set(serde_json::to_string(state).map_err(Error::internal)?),
    };
    application_state::Entity::update(whole)
        .exec(transaction)
        .await?;
    due::replace(transaction, owner, id, state).await
}

/// One application of an account.
///
/// # Errors
/// [`Error::NotFound`]; from the database.
pub async fn get<C: ConnectionTrait>(
    connection: &C,
    owner: AccountId,
    id: ApplicationId,
) -> Result<Stored> {
    let row = owned(owner, id).one(connection).await?;
    one(connection, id, row).await
}

/// The same, locked: nobody else changes it until the transaction ends.
///
/// # Errors
/// [`Error::NotFound`]; from the database.
pub async fn get_locked(
    transaction: &Transaction,
    owner: AccountId,
    id: ApplicationId,
) -> Result<Stored> {
    let row = owned(owner, id).lock_exclusive().one(transaction).await?;
    one(transaction, id, row).await
}

async fn one<C: ConnectionTrait>(
    connection: &C,
    id: ApplicationId,
    row: Option<Model>,
) -> Result<Stored> {
    let found = whole(connection, row.into_iter().collect()).await?.pop();
    found.ok_or_else(|| Error::not_found("application", id))
}

/// These rows with their states, in their order.
async fn whole<C: ConnectionTrait>(connection: &C, rows: Vec<Model>) -> Result<Vec<Stored>> {
    let mut states: HashMap<i64, String> = HashMap::with_capacity(rows.len());
    for part in rows.chunks(BIND_LIMIT) {
        let column = application_state::Column::ApplicationId;
        let found = application_state::Entity::find()
            .filter(column.is_in(part.iter().map(|row| row.id)))
            .all(connection)
            .await?;
        states.extend(found.into_iter().map(|one| (one.application_id, one.state)));
    }
    rows.into_iter()
        .map(|row| {
            let state = states.remove(&row.id).unwrap_or_default();
            to_stored(row, &state)
        })
        .collect()
}

/// An account's applications for a posting, the newest first.
///
/// # Errors
/// From the database.
pub async fn of_posting<C: ConnectionTrait>(
    connection: &C,
    owner: AccountId,
    posting: PostingId,
) -> Result<Vec<Stored>> {
    let rows = Entity::find()
        .filter(Column::AccountId.eq(owner.0))
        .filter(Column::PostingId.eq(posting.0))
        .order_by_desc(Column::Id)
        .all(connection)
        .await?;
    whole(connection, rows).await
}

/// These applications of an account, in no order.
///
/// # Errors
/// From the database.
pub async fn of_ids(db: &Db, owner: AccountId, ids: &[ApplicationId]) -> Result<Vec<Stored>> {
    let rows = Entity::find()
        .filter(Column::AccountId.eq(owner.0))
        .filter(Column::Id.is_in(ids.iter().map(|id| id.0)))
        .all(db.pool())
        .await?;
    whole(db.pool(), rows).await
}

/// An account's applications after a number, by number, put away or not.
///
/// # Errors
/// From the database.
pub async fn after(
    db: &Db,
    owner: AccountId,
    after: ApplicationId,
    limit: u64,
) -> Result<Vec<Stored>> {
    let rows = Entity::find()
        .filter(Column::AccountId.eq(owner.0))
        .filter(Column::Id.gt(after.0))
        .order_by_asc(Column::Id)
        .limit(limit)
        .all(db.pool())
        .await?;
    whole(db.pool(), rows).await
}

/// An account's applications that are not put away and stand at an offer, or had one.
///
/// # Errors
/// From the database.
pub async fn in_stage(db: &Db, owner: AccountId, stage: &str, limit: u64) -> Result<Vec<Stored>> {
    let rows = Entity::find()
        .filter(Column::AccountId.eq(owner.0))
        .filter(Column::Archived.eq(false))
        .filter(Column::Stage.eq(stage))
        .order_by_desc(Column::ChangedAt)
        .limit(limit)
        .all(db.pool())
        .await?;
    whole(db.pool(), rows).await
}

/// An account's applications with a date at or after an instant, by number.
///
/// # Errors
/// From the database.
pub async fn with_dates_after(
    db: &Db,
    owner: AccountId,
    after: Timestamp,
    limit: u64,
) -> Result<Vec<Stored>> {
    let rows = Entity::find()
        .filter(Column::AccountId.eq(owner.0))
        .filter(Column::LastDateAt.gte(after.0))
        .order_by_desc(Column::LastDateAt)
        .limit(limit)
        .all(db.pool())
        .await?;
    whole(db.pool(), rows).await
}

fn to_row(state: &State) -> ActiveModel {
    let details = &state.details;
    let at = |at: Option<Timestamp>| Set(at.map(|at| at.0));
    let search = [
        &details.company,
        &details.title,
        &details.place,
        &details.source,
    ];
    let search: Vec<String> = search.iter().map(|text| text.to_lowercase()).collect();
    let sent = state.sent.clone().unwrap_or_default();
    ActiveModel {
        posting_id: Set(details.posting.map(|posting| posting.0)),
        company: Set(details.company.clone()),
        title: Set(details.title.clone()),
        place: Set(details.place.clone()),
        source: Set(details.source.clone()),
        search: Set(search.join("\n")),
        stage: Set(state.stage().name().to_owned()),
        stage_since: Set(state.stage_since().0),
        applied_at: at(state.applied_at),
        answered_at: at(state.answered_at),
        created_at: Set(state.created_at.0),
        changed_at: Set(state.changed_at.0),
        archived: Set(state.archived_at.is_some()),
        snoozed_until: at(state.snoozed_until),
        deadline_at: at(details.deadline),
        last_date_at: at(state.last_date()),
        score: Set(sent.score),
        document: Set(Some(sent.document).filter(|document| !document.is_empty())),
        events: Set(i32::try_from(state.entries).unwrap_or(i32::MAX)),
        path: Set(path::write(&state.moves)),
        ..Default::default()
    }
}

fn to_stored(row: Model, state: &str) -> Result<Stored> {
    let state = serde_json::from_str(state).map_err(Error::internal)?;
    let at = |at: Option<i64>| at.map(Timestamp);
    let summary = ApplicationSummary {
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
    };
    Ok(Stored { summary, state })
}
