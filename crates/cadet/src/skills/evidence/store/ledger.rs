//! The ledger: rows are read and added, and there is no function here that changes or deletes one.

use std::collections::HashMap;

use sea_orm::sea_query::{Query, SelectStatement};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, Select,
};

use super::super::entity::evidence::{ActiveModel, Column, Entity, Model};
use super::super::model::{Evidence, EvidenceId, EvidenceKind, NewEvidence, Proof, Recorded};
use crate::accounts::model::AccountId;
use crate::clock::Timestamp;
use crate::db::Transaction;
use crate::error::{Error, Result};
use crate::skills::SkillId;

/// Values of one statement; both databases take more.
const BIND_LIMIT: usize = 500;

/// What a row says of an earlier one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It stands by itself.
    New,
    /// It takes the place of that row.
    InsteadOf(EvidenceId),
    /// That row no longer holds, and nothing takes its place.
    Withdraws(EvidenceId),
}

/// Adds a row.
///
/// # Errors
/// [`Error::Conflict`] when what it replaces was replaced already; from the database.
pub async fn append(
    transaction: &Transaction,
    owner: AccountId,
    now: Timestamp,
    new: &NewEvidence,
    standing: Standing,
) -> Result<EvidenceId> {
    let replaced = match standing {
        Standing::New => None,
        Standing::InsteadOf(id) | Standing::Withdraws(id) => Some(id),
    };
    if let Some(id) = replaced {
        require_current(transaction, owner, id).await?;
    }
    let row = ActiveModel {
        account_id: Set(owner.0),
        skill: Set(new.skill.to_string()),
        kind: Set(new.kind.name().to_owned()),
        strength: Set(f64::from(new.strength)),
        at: Set(new.at.0),
        recorded_at: Set(now.0),
        statement: Set(new.statement.clone()),
        check_again: Set(new.check.clone()),
        link: Set(new.link.clone()),
        entry: Set(new.entry.clone()),
        supersedes_id: Set(replaced.map(|id| id.0)),
        withdrawn: Set(matches!(standing, Standing::Withdraws(_))),
        origin: Set(new.origin.clone()),
        proof: Set(new
            .proof
            .as_ref()
            .map(serde_json::to_string)
            .transpose()
            .map_err(Error::internal)?),
        ..Default::default()
    };
    let inserted = Entity::insert(row).exec(transaction).await?;
    Ok(EvidenceId(inserted.last_insert_id))
}

async fn require_current(
    transaction: &Transaction,
    owner: AccountId,
    id: EvidenceId,
) -> Result<()> {
    let found = owned(owner).filter(Column::Id.eq(id.0));
    let row = found.one(transaction).await?;
    let row = row.ok_or_else(|| Error::not_found("evidence", id))?;
    let newer = Entity::find().filter(Column::SupersedesId.eq(id.0));
    if row.withdrawn || newer.one(transaction).await?.is_some() {
        return Err(Error::Conflict(format!(
            "Evidence {id} was replaced or withdrawn already."
        )));
    }
    Ok(())
}

fn owned(owner: AccountId) -> Select<Entity> {
    Entity::find().filter(Column::AccountId.eq(owner.0))
}

/// Numbers of the account's rows that a newer one replaces.
fn superseded(owner: AccountId) -> SelectStatement {
    Query::select()
        .column(Column::SupersedesId)
        .from(Entity)
        .and_where(Column::AccountId.eq(owner.0))
        .and_where(Column::SupersedesId.is_not_null())
        .to_owned()
}

fn current(owner: AccountId) -> Select<Entity> {
    owned(owner)
        .filter(Column::Withdrawn.eq(false))
        .filter(Column::Id.not_in_subquery(superseded(owner)))
}

/// The account's evidence that counts, in the order in which it was written down.
///
/// # Errors
/// From the database.
pub async fn current_of<C: ConnectionTrait>(
    connection: &C,
    owner: AccountId,
) -> Result<Vec<Recorded>> {
    let rows = current(owner)
        .order_by_asc(Column::Id)
        .all(connection)
        .await?;
    rows.into_iter().map(|row| to_recorded(row, None)).collect()
}

/// The account's evidence of an origin that counts.
///
/// # Errors
/// From the database.
pub async fn current_from<C: ConnectionTrait>(
    connection: &C,
    owner: AccountId,
    origin: &str,
) -> Result<Vec<Recorded>> {
    let rows = current(owner).filter(Column::Origin.eq(origin));
    let rows = rows.order_by_asc(Column::Id).all(connection).await?;
    rows.into_iter().map(|row| to_recorded(row, None)).collect()
}

/// One row, whether it counts or not.
///
/// # Errors
/// [`Error::NotFound`]; from the database.
pub async fn get<C: ConnectionTrait>(
    connection: &C,
    owner: AccountId,
    id: EvidenceId,
) -> Result<Recorded> {
    let row = owned(owner)
        .filter(Column::Id.eq(id.0))
        .one(connection)
        .await?;
    let row = row.ok_or_else(|| Error::not_found("evidence", id))?;
    let newer = newer_of(connection, owner, &[row.id]).await?;
    let superseded_by = newer.get(&row.id).copied();
    to_recorded(row, superseded_by)
}

/// The account's rows before number `before`, the newest first, whether they count or not.
///
/// # Errors
/// From the database.
pub async fn newest<C: ConnectionTrait>(
    connection: &C,
    owner: AccountId,
    before: i64,
    limit: u64,
) -> Result<Vec<Recorded>> {
    let rows = owned(owner)
        .filter(Column::Id.lt(before))
        .order_by_desc(Column::Id)
        .limit(limit)
        .all(connection)
        .await?;
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    let newer = newer_of(connection, owner, &ids).await?;
    rows.into_iter()
        .map(|row| {
            let superseded_by = newer.get(&row.id).copied();
            to_recorded(row, superseded_by)
        })
        .collect()
}

/// By which row each of these was replaced.
async fn newer_of<C: ConnectionTrait>(
    connection: &C,
    owner: AccountId,
    ids: &[i64],
) -> Result<HashMap<i64, EvidenceId>> {
    let mut found = HashMap::new();
    for part in ids.chunks(BIND_LIMIT) {
        let rows = owned(owner)
            .filter(Column::SupersedesId.is_in(part.iter().copied()))
            .select_only()
            .columns([Column::SupersedesId, Column::Id])
            .into_tuple::<(i64, i64)>()
            .all(connection)
            .await?;
        found.extend(rows.into_iter().map(|(old, new)| (old, EvidenceId(new))));
    }
    Ok(found)
}

fn to_recorded(row: Model, superseded_by: Option<EvidenceId>) -> Result<Recorded> {
    let proof: Option<Proof> = row
        .proof
        .as_deref()
        .map(serde_json::from_str)
        .transpose()
        .map_err(Error::internal)?;
    let kind = EvidenceKind::parse(&row.kind)
        .ok_or_else(|| Error::internal(format!("unknown kind of evidence {}", row.kind)))?;
    Ok(Recorded {
        evidence: Evidence {
            id: EvidenceId(row.id),
            skill: SkillId::parse(&row.skill).map_err(Error::internal)?,
            kind,
            strength: row.strength as f32,
            at: Timestamp(row.at),
            recorded_at: Timestamp(row.recorded_at),
            statement: row.statement,
            check: row.check_again,
            link: row.link,
            entry: row.entry,
            supersedes: row.supersedes_id.map(EvidenceId),
        },
        origin: row.origin,
        proof,
        withdrawn: row.withdrawn,
        superseded_by,
    })
}
