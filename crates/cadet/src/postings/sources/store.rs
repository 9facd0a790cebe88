//! All queries on sources and polls.

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
};

use super::entity::{poll, source};
use super::model::{
    Health, Poll, PollCounts, PollOutcome, Source, SourceAddress, SourceId, SourceKind, SourceState,
};
use crate::clock::Timestamp;
use crate::db::{Db, Transaction};
use crate::error::{Error, Result};

/// Records that could not be read which are kept for each poll.
const PROBLEMS_KEPT: usize = 50;

/// Adds a source, or wakes one that was removed. Gives its id and whether it is new.
///
/// # Errors
/// From the database.
pub async fn insert(
    transaction: &Transaction,
    now: Timestamp,
    address: &SourceAddress,
    name: &str,
    added_by: Option<i64>,
    poll_minutes: u32,
) -> Result<(SourceId, bool)> {
    let known = source::Entity::find()
        .filter(source::Column::Kind.eq(address.kind.name()))
        .filter(source::Column::Address.eq(&address.address))
        .one(transaction)
        .await?;
    if let Some(row) = known {
        let removed = row.state == SourceState::Removed.name();
        if removed {
            let wake = source::ActiveModel {
                id: Set(row.id),
                state: Set(SourceState::Active.name().to_owned()),
                next_poll_at: Set(now.0),
                validators: Set(None),
                failures: Set(0),
                last_error: Set(None),
                ..Default::default()
            };
            source::Entity::update(wake).exec(transaction).await?;
        }
        return Ok((SourceId(row.id), removed));
    }
    let row = source::ActiveModel {
        kind: Set(address.kind.name().to_owned()),
        address: Set(address.address.clone()),
        name: Set(name.to_owned()),
        state: Set(SourceState::Active.name().to_owned()),
        added_by: Set(added_by),
        added_at: Set(now.0),
        poll_minutes: Set(i32::try_from(poll_minutes).unwrap_or(i32::MAX)),
        next_poll_at: Set(now.0),
        failures: Set(0),
        open_count: Set(0),
        ..Default::default()
    };
    Ok((
        SourceId(
            source::Entity::insert(row)
                .exec(transaction)
                .await?
                .last_insert_id,
        ),
        true,
    ))
}

/// Every source that is not removed, by name.
///
/// # Errors
/// From the database.
pub async fn list(db: &Db) -> Result<Vec<Source>> {
    let rows = source::Entity::find()
        .filter(source::Column::State.ne(SourceState::Removed.name()))
        .order_by_asc(source::Column::Name)
        .order_by_asc(source::Column::Id)
        .all(db.pool())
        .await?;
    Ok(rows.into_iter().filter_map(to_source).collect())
}

/// The name of every source that is not removed, in order of id.
///
/// # Errors
/// From the database.
pub async fn names(db: &Db) -> Result<Vec<(SourceId, String)>> {
    let rows = source::Entity::find()
        .filter(source::Column::State.ne(SourceState::Removed.name()))
        .select_only()
        .columns([source::Column::Id, source::Column::Name])
        .order_by_asc(source::Column::Id)
        .into_tuple::<(i64, String)>()
        .all(db.pool())
        .await?;
    Ok(rows
        .into_iter()
        .map(|(id, name)| (SourceId(id), name))
        .collect())
}

/// One source, removed or not.
///
/// # Errors
/// [`Error::NotFound`]; from the database.
pub async fn get(db: &Db, id: SourceId) -> Result<Source> {
    source::Entity::find_by_id(id.0)
        .one(db.pool())
        .await?
        .and_then(to_source)
        .ok_or_else(|| Error::not_found("source", id))
}

/// Active sources whose time has come, the longest due first.
///
/// # Errors
/// From the database.
pub async fn due(db: &Db, now: Timestamp) -> Result<Vec<Source>> {
    let rows = source::Entity::find()
        .filter(source::Column::State.eq(SourceState::Active.name()))
        .filter(source::Column::NextPollAt.lte(now.0))
        .order_by_asc(source::Column::NextPollAt)
        .all(db.pool())
        .await?;
    Ok(rows.into_iter().filter_map(to_source).collect())
}

/// Sets whether a source is polled.
///
/// # Errors
/// From the database.
pub async fn set_state(
    transaction: &Transaction,
    now: Timestamp,
    id: SourceId,
    state: SourceState,
) -> Result<()> {
    source::Entity::update_many()
        .col_expr(source::Column::State, Expr::value(state.name()))
        .col_expr(source::Column::NextPollAt, Expr::value(now.0))
        .filter(source::Column::Id.eq(id.0))
        .exec(transaction)
        .await?;
    Ok(())
}

/// Takes a source for polling, so that two processes never poll it at once. A process that is killed loses it when
/// `until` has passed. Gives whether it was free.
///
/// # Errors
/// From the database.
pub async fn claim(db: &Db, now: Timestamp, id: SourceId, until: Timestamp) -> Result<bool> {
    let free = Condition::any()
        .add(source::Column::PollingUntil.is_null())
        .add(source::Column::PollingUntil.lt(now.0));
    let taken = source::Entity::update_many()
        .col_expr(source::Column::PollingUntil, Expr::value(until.0))
        .filter(source::Column::Id.eq(id.0))
        .filter(free)
        .exec(db.pool())
        .await?;
    Ok(taken.rows_affected == 1)
}

/// Keeps a source that is being polled for longer.
///
/// # Errors
/// From the database.
pub async fn renew_claim(db: &Db, id: SourceId, until: Timestamp) -> Result<()> {
    source::Entity::update_many()
        .col_expr(source::Column::PollingUntil, Expr::value(until.0))
        .filter(source::Column::Id.eq(id.0))
        .exec(db.pool())
        .await?;
    Ok(())
}

/// What a poll leaves with its source.
#[derive(Clone, Debug)]
pub struct PollResult {
    /// The poll.
    pub poll: Poll,
    /// Next poll not before.
    pub next_poll_at: Timestamp,
    /// The source's own name for itself, where it is not known yet.
    pub name: Option<String>,
    /// For the next conditional request; `None` leaves what was kept.
    pub validators: Option<serde_json::Value>,
    /// Records open there, when the poll was complete.
    pub open_count: Option<u64>,
    /// Where it says that it has moved.
    pub moved_to: Option<SourceAddress>,
}

/// Stores a poll and what it says of its source.
///
/// # Errors
/// From the database.
pub async fn record_poll(
    transaction: &Transaction,
    before: &Source,
    result: &PollResult,
) -> Result<()> {
    let poll = &result.poll;
    let failed = poll.outcome == PollOutcome::Failed;
    let mut row = source::ActiveModel {
        id: Set(before.id.0),
        next_poll_at: Set(result.next_poll_at.0),
        last_polled_at: Set(Some(poll.finished_at.0)),
        polling_until: Set(None),
        failures: Set(if failed {
            i32::try_from(before.failures)
                .unwrap_or(i32::MAX)
                .saturating_add(1)
        } else {
            0
        }),
        last_error: Set(poll
            .error
            .as_ref()
            .map(serde_json::to_string)
            .transpose()
            .map_err(Error::internal)?),
        moved_to: Set(result
            .moved_to
            .as_ref()
            .map(serde_json::to_string)
            .transpose()
            .map_err(Error::internal)?),
        ..Default::default()
    };
    if !failed {
        row.last_ok_at = Set(Some(poll.finished_at.0));
    }
    if let Some(name) = &result.name {
        row.name = Set(name.clone());
    }
    if let Some(validators) = &result.validators {
        row.validators = Set(Some(validators.to_string()));
    }
    if let Some(count) = result.open_count {
        row.open_count = Set(i64::try_from(count).unwrap_or(i64::MAX));
    }
    source::Entity::update(row).exec(transaction).await?;
    poll::Entity::insert(poll_row(poll)?)
        .exec(transaction)
        .await?;
    Ok(())
}

/// The newest polls of a source, newest first.
///
/// # Errors
/// From the database.
pub async fn polls(db: &Db, id: SourceId, limit: u64) -> Result<Vec<Poll>> {
    let rows = poll::Entity::find()
        .filter(poll::Column::SourceId.eq(id.0))
        .order_by_desc(poll::Column::Id)
        .limit(limit)
        .all(db.pool())
        .await?;
    Ok(rows.into_iter().map(to_poll).collect())
}

/// Forgets polls that began before `time`. Gives how many.
///
/// # Errors
/// From the database.
pub async fn forget_polls_before(db: &Db, time: Timestamp) -> Result<u64> {
    let forgotten = poll::Entity::delete_many()
        .filter(poll::Column::StartedAt.lt(time.0))
        .exec(db.pool())
        .await?;
    Ok(forgotten.rows_affected)
}

fn poll_row(poll: &Poll) -> Result<poll::ActiveModel> {
    let count = |value: u64| Set(i32::try_from(value).unwrap_or(i32::MAX));
    let kept = &poll.problems[..poll.problems.len().min(PROBLEMS_KEPT)];
    Ok(poll::ActiveModel {
        source_id: Set(poll.source.0),
        started_at: Set(poll.started_at.0),
        finished_at: Set(poll.finished_at.0),
        outcome: Set(poll.outcome.name().to_owned()),
        found: count(poll.counts.found),
        added: count(poll.counts.added),
        changed: count(poll.counts.changed),
        closed: count(poll.counts.closed),
        reopened: count(poll.counts.reopened),
        bytes: Set(i64::try_from(poll.bytes).unwrap_or(i64::MAX)),
        error: Set(poll
            .error
            .as_ref()
            .map(serde_json::to_string)
            .transpose()
            .map_err(Error::internal)?),
        problems: Set(serde_json::to_string(kept).map_err(Error::internal)?),
        ..Default::default()
    })
}

fn to_source(row: source::Model) -> Option<Source> {
    let state = SourceState::parse(&row.state);
    let failures = u32::try_from(row.failures).unwrap_or(0);
    let last_error = row
        .last_error
        .as_deref()
        .and_then(|json| serde_json::from_str(json).ok());
    Some(Source {
        id: SourceId(row.id),
        // A row of a kind that this version does not know was written by a newer one; it is left alone.
        address: SourceAddress {
            kind: SourceKind::parse(&row.kind)?,
            address: row.address,
        },
        name: row.name,
        state,
        health: Health::judge(
            state,
            row.last_polled_at.is_some(),
            failures,
            last_error.as_ref(),
        ),
        added_at: Timestamp(row.added_at),
        poll_minutes: u32::try_from(row.poll_minutes).unwrap_or(60),
        next_poll_at: Timestamp(row.next_poll_at),
        last_polled_at: row.last_polled_at.map(Timestamp),
        last_ok_at: row.last_ok_at.map(Timestamp),
        failures,
        last_error,
        open_count: u64::try_from(row.open_count).unwrap_or(0),
        moved_to: row
            .moved_to
            .as_deref()
            .and_then(|json| serde_json::from_str(json).ok()),
        validators: row
            .validators
            .as_deref()
            .and_then(|json| serde_json::from_str(json).ok()),
    })
}

fn to_poll(row: poll::Model) -> Poll {
    let count = |value: i32| u64::try_from(value).unwrap_or(0);
    Poll {
        source: SourceId(row.source_id),
        started_at: Timestamp(row.started_at),
        finished_at: Timestamp(row.finished_at),
        outcome: PollOutcome::parse(&row.outcome),
        counts: PollCounts {
            found: count(row.found),
            added: count(row.added),
            joined: 0,
            changed: count(row.changed),
            closed: count(row.closed),
            reopened: count(row.reopened),
        },
        bytes: u64::try_from(row.bytes).unwrap_or(0),
        error: row
            .error
            .as_deref()
            .and_then(|json| serde_json::from_str(json).ok()),
        problems: serde_json::from_str(&row.problems).unwrap_or_default(),
    }
}
