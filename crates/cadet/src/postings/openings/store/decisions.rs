//! What people decided of pairs of postings. A decision is never changed but by another one, and can be undone.

use std::collections::HashSet;

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _,
};

use super::BIND_LIMIT;
use crate::accounts::model::AccountId;
use crate::clock::Timestamp;
use crate::db::Transaction;
use crate::db::statements::parts;
use crate::error::{Error, Result};
use crate::postings::model::PostingId;
use crate::postings::openings::entity::decision;
use crate::postings::openings::model::{Decision, DecisionId};
use crate::postings::openings::partition::Pair;

/// The valid decisions of which one posting is among these, oldest first.
///
/// # Errors
/// From the database.
pub async fn about<C: ConnectionTrait>(connection: &C, ids: &[PostingId]) -> Result<Vec<Decision>> {
    let mut found = Vec::new();
    let mut seen = HashSet::new();
    for part in ids.chunks(BIND_LIMIT) {
        for column in [decision::Column::FirstId, decision::Column::SecondId] {
            let rows = decision::Entity::find()
                .filter(column.is_in(part.iter().map(|id| id.0)))
                .filter(decision::Column::UndoneAt.is_null())
                .order_by_asc(decision::Column::Id)
                .all(connection)
                .await?;
            let new = rows.into_iter().filter(|row| seen.insert(row.id));
            found.extend(new.map(to_decision));
        }
    }
    found.sort_by_key(|decision| decision.id);
    Ok(found)
}

/// A decision, valid or not.
///
/// # Errors
/// [`Error::NotFound`]; from the database.
pub async fn get(transaction: &Transaction, id: DecisionId) -> Result<Decision> {
    let row = decision::Entity::find_by_id(id.0).one(transaction).await?;
    row.map(to_decision)
        .ok_or_else(|| Error::not_found("decision", id))
}

/// Writes decisions that were taken at once.
///
/// # Errors
/// From the database.
pub async fn insert(
    transaction: &Transaction,
    now: Timestamp,
    by: Option<AccountId>,
    about: PostingId,
    pairs: &[(Pair, bool)],
) -> Result<()> {
    for part in parts(pairs, 6) {
        let models = part.iter().map(|(pair, same)| decision::ActiveModel {
            first_id: Set(pair.first.0),
            second_id: Set(pair.second.0),
            about_id: Set(about.0),
            same: Set(*same),
            account_id: Set(by.map(|account| account.0)),
            at: Set(now.0),
            ..Default::default()
        });
        decision::Entity::insert_many(models)
            .exec_without_returning(transaction)
            .await?;
    }
    Ok(())
}

/// Ends decisions.
///
/// # Errors
/// From the database.
pub async fn undo(transaction: &Transaction, now: Timestamp, ids: &[DecisionId]) -> Result<()> {
    for part in ids.chunks(BIND_LIMIT) {
        decision::Entity::update_many()
            .col_expr(decision::Column::UndoneAt, Expr::value(now.0))
            .filter(decision::Column::Id.is_in(part.iter().map(|id| id.0)))
            .filter(decision::Column::UndoneAt.is_null())
            .exec(transaction)
            .await?;
    }
    Ok(())
}

fn to_decision(row: decision::Model) -> Decision {
    Decision {
        id: DecisionId(row.id),
        first: PostingId(row.first_id),
        second: PostingId(row.second_id),
        about: PostingId(row.about_id),
        same: row.same,
        by: row.account_id.map(AccountId),
        at: Timestamp(row.at),
        undone_at: row.undone_at.map(Timestamp),
    }
}
