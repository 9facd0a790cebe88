//! Scores by account, packed: a row holds those of postings with neighbouring numbers, so that a changed profile rewrites some
//! dozens of rows rather than a hundred thousand.

use std::collections::BTreeMap;

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
};

use super::super::entity::{scores, state};
use super::super::score::Score;
use crate::accounts::model::AccountId;
use crate::clock::Timestamp;
use crate::db::statements::parts;
use crate::db::{Db, Transaction};
use crate::error::Result;

/// Postings whose scores stand in one row.
pub const PAGE: i64 = 4_096;
/// Bytes of one score.
const ENTRY: usize = 8;
/// The flag of a score that something rules out.
const KNOCKED_OUT: u8 = 1;

/// Of what a person's scores were made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// The fingerprint of what was known of the person.
    pub basis: String,
    /// The last change of a requirement that is in them.
    pub requirement_version: i64,
    /// Their last change.
    pub version: i64,
}

/// Scores of one row, by the posting's place in it.
pub type Entries = BTreeMap<u16, Score>;

/// The row of a posting's score and its place there.
#[must_use]
pub fn place_of(posting: i64) -> (i64, u16) {
    let place = u16::try_from(posting.rem_euclid(PAGE)).unwrap_or_default();
    (posting.div_euclid(PAGE), place)
}

fn pack(entries: &Entries) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(entries.len() * ENTRY);
    for (place, score) in entries {
        bytes.extend(place.to_le_bytes());
        bytes.extend(score.thousandths.to_le_bytes());
        let flags = if score.knocked_out { KNOCKED_OUT } else { 0 };
        bytes.extend([score.proven, score.claimed, score.gaps, flags]);
    }
    bytes
}

fn unpack(bytes: &[u8]) -> Entries {
    let entry = |entry: &[u8]| {
        let score = Score {
            thousandths: u16::from_le_bytes([entry[2], entry[3]]),
            proven: entry[4],
            claimed: entry[5],
            gaps: entry[6],
            knocked_out: entry[7] & KNOCKED_OUT != 0,
        };
        (u16::from_le_bytes([entry[0], entry[1]]), score)
    };
    bytes.chunks_exact(ENTRY).map(entry).collect()
}

fn to_state(row: state::Model) -> State {
    State {
        basis: row.basis,
        requirement_version: row.requirement_version,
        version: row.version,
    }
}

/// Of what a person's scores were made; none before there were any.
///
/// # Errors
/// From the database.
pub async fn state<C: ConnectionTrait>(
    connection: &C,
    account: AccountId,
) -> Result<Option<State>> {
    let row = state::Entity::find_by_id(account.0).one(connection).await?;
    Ok(row.map(to_state))
}

/// The same, locked until the transaction ends.
///
/// # Errors
/// From the database.
pub async fn lock(transaction: &Transaction, account: AccountId) -> Result<Option<State>> {
    let row = state::Entity::find_by_id(account.0).lock_exclusive();
    Ok(row.one(transaction).await?.map(to_state))
}

/// Writes of what a person's scores are made now.
///
/// # Errors
/// From the database.
pub async fn set_state(
    transaction: &Transaction,
    account: AccountId,
    now: Timestamp,
    to: State,
) -> Result<()> {
    let row = state::ActiveModel {
        account_id: Set(account.0),
        basis: Set(to.basis),
        requirement_version: Set(to.requirement_version),
        version: Set(to.version),
        computed_at: Set(now.0),
    };
    let anew = OnConflict::column(state::Column::AccountId)
        .update_columns([
            state::Column::Basis,
            state::Column::RequirementVersion,
            state::Column::Version,
            state::Column::ComputedAt,
        ])
        .to_owned();
    state::Entity::insert(row)
        .on_conflict(anew)
        .exec_without_returning(transaction)
        .await?;
    Ok(())
}

/// Everybody who has scores.
///
/// # Errors
/// From the database.
pub async fn accounts(db: &Db) -> Result<Vec<AccountId>> {
    let ids = state::Entity::find()
        .select_only()
        .column(state::Column::AccountId)
        .order_by_asc(state::Column::AccountId)
        .into_tuple::<i64>()
        .all(db.pool())
        .await?;
    Ok(ids.into_iter().map(AccountId).collect())
}

/// Forgets a person's scores.
///
/// # Errors
/// From the database.
pub async fn forget(transaction: &Transaction, account: AccountId) -> Result<()> {
    state::Entity::delete_by_id(account.0)
        .exec(transaction)
        .await?;
    forget_pages(transaction, account).await
}

/// Forgets the rows, and not of what they were made.
///
/// # Errors
/// From the database.
pub async fn forget_pages(transaction: &Transaction, account: AccountId) -> Result<()> {
    scores::Entity::delete_many()
        .filter(scores::Column::AccountId.eq(account.0))
        .exec(transaction)
        .await?;
    Ok(())
}

/// Rows of a person's scores: all, or those with these numbers.
///
/// # Errors
/// From the database.
pub async fn pages<C: ConnectionTrait>(
    connection: &C,
    account: AccountId,
    only: Option<&[i64]>,
) -> Result<BTreeMap<i64, Entries>> {
    let mut query = scores::Entity::find().filter(scores::Column::AccountId.eq(account.0));
    if let Some(only) = only {
        query = query.filter(scores::Column::Page.is_in(only.iter().copied()));
    }
    let rows = query.all(connection).await?;
    let page = |row: scores::Model| (row.page, unpack(&row.entries));
    Ok(rows.into_iter().map(page).collect())
}

/// Writes rows.
///
/// # Errors
/// From the database.
pub async fn write_pages(
    transaction: &Transaction,
    account: AccountId,
    pages: &BTreeMap<i64, Entries>,
) -> Result<()> {
    let models: Vec<_> = pages
        .iter()
        .map(|(page, entries)| scores::ActiveModel {
            account_id: Set(account.0),
            page: Set(*page),
            entries: Set(pack(entries)),
        })
        .collect();
    for part in parts(&models, 3) {
        let anew = OnConflict::columns([scores::Column::AccountId, scores::Column::Page])
            .update_column(scores::Column::Entries)
            .to_owned();
        scores::Entity::insert_many(part.to_vec())
            .on_conflict(anew)
            .exec_without_returning(transaction)
            .await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_are_packed_and_unpacked() {
        let score = Score {
            thousandths: 734,
            proven: 4,
            claimed: 3,
            gaps: 2,
            knocked_out: true,
        };
        let entries = Entries::from([(0, score), (4_095, Score::default())]);
        assert_eq!(unpack(&pack(&entries)), entries);
        assert_eq!(place_of(8_195), (2, 3));
    }
}
