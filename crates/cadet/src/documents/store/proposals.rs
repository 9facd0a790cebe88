//! Queries on wordings that a language model proposed.

use resume::EntryId;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};

use super::super::entity::proposal::{ActiveModel, Column, Entity, Model};
use super::super::gate::Refusal;
use super::super::wording::{Proposal, ProposalId};
use crate::accounts::model::AccountId;
use crate::clock::Timestamp;
use crate::db::Db;
use crate::error::{Error, Result};

/// Proposals shown at the most.
const SHOWN: u64 = 100;

/// Writes a proposal.
///
/// # Errors
/// From the database.
pub async fn insert(
    db: &Db,
    owner: AccountId,
    now: Timestamp,
    (entry, text, model): (&EntryId, &str, &str),
    refusals: &[Refusal],
) -> Result<Proposal> {
    let row = ActiveModel {
        account_id: Set(owner.0),
        entry_id: Set(entry.0.clone()),
        text: Set(text.to_owned()),
        model: Set(model.to_owned()),
        refusals: Set(serde_json::to_string(refusals).map_err(Error::internal)?),
        proposed_at: Set(now.0),
        decided_at: Set(None),
        is_approved: Set(false),
        ..Default::default()
    };
    to_proposal(Entity::insert(row).exec_with_returning(db.pool()).await?)
}

/// Proposals that wait, the newest first.
///
/// # Errors
/// From the database.
pub async fn waiting(db: &Db, owner: AccountId) -> Result<Vec<Proposal>> {
    let rows = Entity::find()
        .filter(Column::AccountId.eq(owner.0))
        .filter(Column::DecidedAt.is_null())
        .order_by_desc(Column::Id)
        .limit(SHOWN)
        .all(db.pool())
        .await?;
    rows.into_iter().map(to_proposal).collect()
}

/// One that waits.
///
/// # Errors
/// [`Error::NotFound`]; from the database.
pub async fn get(db: &Db, owner: AccountId, id: ProposalId) -> Result<Proposal> {
    let row = Entity::find_by_id(id.0)
        .filter(Column::AccountId.eq(owner.0))
        .filter(Column::DecidedAt.is_null())
        .one(db.pool())
        .await?;
    row.map_or_else(|| Err(Error::not_found("proposal", id)), to_proposal)
}

/// Notes what the person decided.
///
/// # Errors
/// From the database.
pub async fn decide(
    db: &Db,
    owner: AccountId,
    id: ProposalId,
    approved: bool,
    now: Timestamp,
) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::DecidedAt, Expr::value(Some(now.0)))
        .col_expr(Column::IsApproved, Expr::value(approved))
        .filter(Column::AccountId.eq(owner.0))
        .filter(Column::Id.eq(id.0))
        .exec(db.pool())
        .await?;
    Ok(())
}

fn to_proposal(row: Model) -> Result<Proposal> {
    Ok(Proposal {
        id: ProposalId(row.id),
        entry: EntryId(row.entry_id),
        text: row.text,
        model: row.model,
        refusals: serde_json::from_str(&row.refusals).map_err(Error::internal)?,
        proposed_at: Timestamp(row.proposed_at),
    })
}
