//! What postings ask for, and how far the event log was read for it.
//!
//! Whoever writes requirements holds the row of the position locked, so that versions commit in their order.

use sea_orm::ActiveValue::{Set, Unchanged};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _,
};

use super::super::entity::{position, requirement};
use crate::db::statements::parts;
use crate::db::{Db, Transaction};
use crate::error::{Error, Result};
use crate::postings::model::PostingId;

/// The number of the only row.
const ROW: i64 = 1;

/// How far requirements are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Position {
    /// Under which rules they were read.
    pub rules: String,
    /// The last event that was looked at.
    pub event: i64,
    /// While everything is read anew: the last posting that was.
    pub filled_after: Option<i64>,
    /// The last change.
    pub version: i64,
}

fn to_position(row: Option<position::Model>) -> Result<Position> {
    let row = row.ok_or_else(|| {
        Error::internal("the row of match_position is missing; restore a backup".to_owned())
    })?;
    Ok(Position {
        rules: row.rules,
        event: row.event_id,
        filled_after: row.filled_after,
        version: row.version,
    })
}

/// How far requirements are now.
///
/// # Errors
/// From the database.
pub async fn position<C: ConnectionTrait>(connection: &C) -> Result<Position> {
    to_position(position::Entity::find_by_id(ROW).one(connection).await?)
}

/// The same, locked until the transaction ends.
///
/// # Errors
/// From the database.
pub async fn lock(transaction: &Transaction) -> Result<Position> {
    let row = position::Entity::find_by_id(ROW).lock_exclusive();
    to_position(row.one(transaction).await?)
}

/// Writes the position, which must be locked.
///
/// # Errors
/// From the database.
pub async fn advance(transaction: &Transaction, to: Position) -> Result<()> {
    let row = position::ActiveModel {
        id: Unchanged(ROW),
        rules: Set(to.rules),
        event_id: Set(to.event),
        filled_after: Set(to.filled_after),
        version: Set(to.version),
    };
    position::Entity::update(row).exec(transaction).await?;
    Ok(())
}

/// Forgets all requirements.
///
/// # Errors
/// From the database.
pub async fn clear(transaction: &Transaction) -> Result<()> {
    requirement::Entity::delete_many().exec(transaction).await?;
    Ok(())
}

/// Writes requirements under a version; empty ones are those of postings that are not open.
///
/// # Errors
/// From the database.
pub async fn write(
    transaction: &Transaction,
    version: i64,
    rows: Vec<(PostingId, Vec<u8>)>,
) -> Result<()> {
    let models: Vec<_> = rows
        .into_iter()
        .map(|(id, needs)| requirement::ActiveModel {
            posting_id: Set(id.0),
            version: Set(version),
            needs: Set(needs),
        })
        .collect();
    for part in parts(&models, 3) {
        let anew = OnConflict::column(requirement::Column::PostingId)
            .update_columns([requirement::Column::Version, requirement::Column::Needs])
            .to_owned();
        requirement::Entity::insert_many(part.to_vec())
            .on_conflict(anew)
            .exec_without_returning(transaction)
            .await?;
    }
    Ok(())
}

/// A requirement's row: the posting, the version, the compact form.
pub type Row = (i64, i64, Vec<u8>);

/// The next rows after a place, in order of version and posting.
///
/// # Errors
/// From the database.
pub async fn changed_after(db: &Db, place: (i64, i64), limit: u64) -> Result<Vec<Row>> {
    let (version, posting) = place;
    let later = Condition::any()
        .add(requirement::Column::Version.gt(version))
        .add(
            Condition::all()
                .add(requirement::Column::Version.eq(version))
                .add(requirement::Column::PostingId.gt(posting)),
        );
    let rows = requirement::Entity::find()
        .filter(later)
        .order_by_asc(requirement::Column::Version)
        .order_by_asc(requirement::Column::PostingId)
        .limit(limit)
        .all(db.pool())
        .await?;
    let row = |row: requirement::Model| (row.posting_id, row.version, row.needs);
    Ok(rows.into_iter().map(row).collect())
}
