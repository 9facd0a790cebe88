//! How far the event log was read for all saved searches, and the order of their changes.
//!
//! Invariant: whoever changes which saved searches there are or what they ask, and whoever writes what they found, holds
//! this one row locked until the transaction ends. So changes commit in the order of their versions, and a change either
//! stands before what is written for some events, and is taken into account, or begins after it, and sees those events
//! as read.

use sea_orm::{ActiveValue::Set, ActiveValue::Unchanged};
use sea_orm::{ConnectionTrait, EntityTrait as _, QuerySelect as _};

use super::super::entity::alert_position::{ActiveModel, Entity, Model};
use crate::db::Transaction;
use crate::error::{Error, Result};

/// The number of the only row.
const ROW: i64 = 1;

/// Where matching is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// The last event of which all saved searches were asked.
    pub event: i64,
    /// The last change of a saved search.
    pub version: i64,
}

fn to_position(row: Option<Model>) -> Result<Position> {
    let row = row.ok_or_else(|| {
        Error::internal("the row of alert_position is missing; restore a backup".to_owned())
    })?;
    Ok(Position {
        event: row.event_id,
        version: row.version,
    })
}

/// Where matching is now.
///
/// # Errors
/// From the database.
pub async fn get<C: ConnectionTrait>(connection: &C) -> Result<Position> {
    to_position(Entity::find_by_id(ROW).one(connection).await?)
}

/// The same, locked until the transaction ends. To be taken before any saved search is locked.
///
/// # Errors
/// From the database.
pub async fn lock(transaction: &Transaction) -> Result<Position> {
    let row = Entity::find_by_id(ROW).lock_exclusive();
    to_position(row.one(transaction).await?)
}

/// Begins a change of saved searches: locks the position, and gives it with the change's version.
///
/// # Errors
/// From the database.
pub async fn change(transaction: &Transaction) -> Result<Position> {
    let before = lock(transaction).await?;
    let changed = Position {
        version: before.version + 1,
        ..before
    };
    write(transaction, changed).await?;
    Ok(changed)
}

/// Notes that all saved searches were asked of the events up to `event`. The position must be locked.
///
/// # Errors
/// From the database.
pub async fn advance(transaction: &Transaction, position: Position, event: i64) -> Result<()> {
    write(transaction, Position { event, ..position }).await
}

async fn write(transaction: &Transaction, position: Position) -> Result<()> {
    let row = ActiveModel {
        id: Unchanged(ROW),
        event_id: Set(position.event),
        version: Set(position.version),
    };
    Entity::update(row).exec(transaction).await?;
    Ok(())
}
