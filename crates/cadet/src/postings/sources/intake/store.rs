//! All queries on intakes.

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};

use super::entity::{source_intake, source_intake_item};
use super::model::{Intake, IntakeId, Item, ItemId, Origin, Stage, Wanted};
use crate::clock::Timestamp;
use crate::db::statements::parts;
use crate::db::{Db, Transaction};
use crate::error::{Error, Result};
use crate::postings::sources::model::{SourceAddress, SourceError, SourceId, SourceKind};

/// An intake as its row holds it.
#[derive(Clone, Copy, Debug)]
pub struct Begun {
    /// Its id.
    pub id: IntakeId,
    /// Who adds the boards.
    pub added_by: Option<i64>,
    /// Where they were chosen.
    pub origin: Origin,
    /// When.
    pub started_at: Timestamp,
}

/// Writes a new intake with its boards. A board that is a source already is told as such.
///
/// # Errors
/// From the database.
pub async fn insert(
    transaction: &Transaction,
    now: Timestamp,
    origin: Origin,
    added_by: Option<i64>,
    wanted: &[(Wanted, Option<SourceId>)],
) -> Result<IntakeId> {
    let row = source_intake::ActiveModel {
        added_by: Set(added_by),
        origin: Set(origin.name().to_owned()),
        started_at: Set(now.0),
        ..Default::default()
    };
    let id = source_intake::Entity::insert(row)
        .exec(transaction)
        .await?
        .last_insert_id;
    for part in parts(wanted, 8) {
        let rows = part.iter().map(|(one, known)| item_row(id, one, *known));
        source_intake_item::Entity::insert_many(rows)
            .exec_without_returning(transaction)
            .await?;
    }
    Ok(IntakeId(id))
}

fn item_row(
    intake: i64,
    wanted: &Wanted,
    known: Option<SourceId>,
) -> source_intake_item::ActiveModel {
    let stage = if known.is_some() {
        Stage::Known
    } else {
        Stage::Waiting
    };
    source_intake_item::ActiveModel {
        intake_id: Set(intake),
        kind: Set(wanted.address.kind.name().to_owned()),
        address: Set(wanted.address.address.clone()),
        name: Set(wanted.name.clone()),
        stage: Set(stage.name().to_owned()),
        source_id: Set(known.map(|id| id.0)),
        found: Set(0),
        error: Set(None),
        ..Default::default()
    }
}

/// One intake.
///
/// # Errors
/// [`Error::NotFound`]; from the database.
pub async fn get(db: &Db, id: IntakeId) -> Result<Begun> {
    let row = source_intake::Entity::find_by_id(id.0)
        .one(db.pool())
        .await?
        .ok_or_else(|| Error::not_found("intake of sources", id))?;
    Ok(Begun {
        id: IntakeId(row.id),
        added_by: row.added_by,
        origin: Origin::parse(&row.origin),
        started_at: Timestamp(row.started_at),
    })
}

/// The boards of an intake, in the order in which they are read.
///
/// # Errors
/// From the database.
pub async fn items(db: &Db, id: IntakeId) -> Result<Vec<Item>> {
    let rows = source_intake_item::Entity::find()
        .filter(source_intake_item::Column::IntakeId.eq(id.0))
        .order_by_asc(source_intake_item::Column::Id)
        .all(db.pool())
        .await?;
    Ok(rows.into_iter().filter_map(to_item).collect())
}

/// One board with the intake that it belongs to.
///
/// # Errors
/// [`Error::NotFound`]; from the database.
pub async fn item(db: &Db, id: ItemId) -> Result<(IntakeId, Item)> {
    let row = source_intake_item::Entity::find_by_id(id.0)
        .one(db.pool())
        .await?
        .ok_or_else(|| Error::not_found("board of an intake", id.0))?;
    let intake = IntakeId(row.intake_id);
    let item = to_item(row).ok_or_else(|| {
        Error::invalid("The board is of a kind that this version of Cadet does not read.")
    })?;
    Ok((intake, item))
}

/// The boards of an intake in these stages.
///
/// # Errors
/// From the database.
pub async fn item_ids(
    transaction: &Transaction,
    id: IntakeId,
    stages: &[Stage],
) -> Result<Vec<ItemId>> {
    let ids = source_intake_item::Entity::find()
        .filter(source_intake_item::Column::IntakeId.eq(id.0))
        .filter(source_intake_item::Column::Stage.is_in(stages.iter().map(|stage| stage.name())))
        .order_by_asc(source_intake_item::Column::Id)
        .select_only()
        .column(source_intake_item::Column::Id)
        .into_tuple::<i64>()
        .all(transaction)
        .await?;
    Ok(ids.into_iter().map(ItemId).collect())
}

/// Lets the boards of an intake that failed wait again.
///
/// # Errors
/// From the database.
pub async fn forgive(transaction: &Transaction, id: IntakeId) -> Result<()> {
    source_intake_item::Entity::update_many()
        .col_expr(
            source_intake_item::Column::Stage,
            Expr::value(Stage::Waiting.name()),
        )
        .col_expr(
            source_intake_item::Column::Error,
            Expr::value(Option::<String>::None),
        )
        .filter(source_intake_item::Column::IntakeId.eq(id.0))
        .filter(source_intake_item::Column::Stage.eq(Stage::Failed.name()))
        .exec(transaction)
        .await?;
    Ok(())
}

/// What reading a board came to.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// How far it is now.
    pub stage: Stage,
    /// The source.
    pub source: Option<SourceId>,
    /// Postings found.
    pub found: u64,
    /// Why it failed.
    pub error: Option<SourceError>,
}

/// Stores what reading a board came to.
///
/// # Errors
/// From the database.
pub async fn finish(transaction: &Transaction, id: ItemId, outcome: &Outcome) -> Result<()> {
    let error = outcome.error.as_ref().map(serde_json::to_string);
    let row = source_intake_item::ActiveModel {
        id: Set(id.0),
        stage: Set(outcome.stage.name().to_owned()),
        source_id: Set(outcome.source.map(|id| id.0)),
        found: Set(i64::try_from(outcome.found).unwrap_or(i64::MAX)),
        error: Set(error.transpose().map_err(Error::internal)?),
        ..Default::default()
    };
    source_intake_item::Entity::update(row)
        .exec(transaction)
        .await?;
    Ok(())
}

/// Forgets intakes that began before `time`.
///
/// # Errors
/// From the database.
pub async fn forget_before(db: &Db, time: Timestamp) -> Result<()> {
    source_intake::Entity::delete_many()
        .filter(source_intake::Column::StartedAt.lt(time.0))
        .exec(db.pool())
        .await?;
    Ok(())
}

/// An intake counted up from its boards.
#[must_use]
pub fn counted(begun: &Begun, items: &[Item], seconds: u64) -> Intake {
    let count = |stage: Stage| items.iter().filter(|item| item.stage == stage).count() as u64;
    Intake {
        id: begun.id,
        origin: begun.origin,
        started_at: begun.started_at,
        total: items.len() as u64,
        waiting: count(Stage::Waiting),
        added: count(Stage::Added),
        known: count(Stage::Known),
        failed: count(Stage::Failed),
        found: items.iter().map(|item| item.found).sum(),
        seconds,
    }
}

/// A row of a kind that this version does not know was written by a newer one; it is left alone.
fn to_item(row: source_intake_item::Model) -> Option<Item> {
    Some(Item {
        id: ItemId(row.id),
        address: SourceAddress {
            kind: SourceKind::parse(&row.kind)?,
            address: row.address,
        },
        name: row.name,
        stage: Stage::parse(&row.stage),
        source: row.source_id.map(SourceId),
        found: u64::try_from(row.found).unwrap_or(0),
        error: row
            .error
            .as_deref()
            .and_then(|json| serde_json::from_str(json).ok()),
    })
}
