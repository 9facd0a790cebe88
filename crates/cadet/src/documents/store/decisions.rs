//! Queries on what people decided about their entries and bullets.

use resume::EntryId;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _};

use super::super::entity::decision::{ActiveModel, Column, Entity, Model};
use super::super::tailor::{Decision, Decisions, Show};
use crate::accounts::model::AccountId;
use crate::clock::Timestamp;
use crate::db::Db;
use crate::error::Result;
use crate::postings::model::PostingId;

/// What holds for a posting: what was decided for it, else what was decided for all.
///
/// # Errors
/// From the database.
pub async fn decided(db: &Db, owner: AccountId, posting: Option<PostingId>) -> Result<Decisions> {
    let numbers = [0, posting.map_or(0, |posting| posting.0)];
    let rows = Entity::find()
        .filter(Column::AccountId.eq(owner.0))
        .filter(Column::PostingId.is_in(numbers))
        .order_by_asc(Column::PostingId)
        .all(db.pool())
        .await?;
    let mut decisions = Decisions::new();
    for row in rows {
        let decision = decisions.entry(EntryId(row.entry_id.clone())).or_default();
        let own = of_row(row);
        decision.show = own.show.or(decision.show);
        decision.order = own.order.or(decision.order);
        decision.wording = own.wording.or(decision.wording.take());
    }
    Ok(decisions)
}

/// Writes a decision; an empty one takes back what was decided.
///
/// # Errors
/// From the database.
pub async fn decide(
    db: &Db,
    owner: AccountId,
    posting: Option<PostingId>,
    entry: &EntryId,
    decision: &Decision,
    now: Timestamp,
) -> Result<()> {
    let posting = posting.map_or(0, |posting| posting.0);
    if *decision == Decision::default() {
        Entity::delete_many()
            .filter(Column::AccountId.eq(owner.0))
            .filter(Column::PostingId.eq(posting))
            .filter(Column::EntryId.eq(entry.0.as_str()))
            .exec(db.pool())
            .await?;
        return Ok(());
    }
    let show = decision.show.map(|show| match show {
        Show::Always => "always".to_owned(),
        Show::Never => "never".to_owned(),
    });
    let row = ActiveModel {
        account_id: Set(owner.0),
        posting_id: Set(posting),
        entry_id: Set(entry.0.clone()),
        show: Set(show),
        place: Set(decision.order),
        wording: Set(decision.wording.clone()),
        decided_at: Set(now.0),
        ..Default::default()
    };
    let again = OnConflict::columns([Column::AccountId, Column::PostingId, Column::EntryId])
        .update_columns([
            Column::Show,
            Column::Place,
            Column::Wording,
            Column::DecidedAt,
        ])
        .to_owned();
    Entity::insert(row)
        .on_conflict(again)
        .exec(db.pool())
        .await?;
    Ok(())
}

fn of_row(row: Model) -> Decision {
    Decision {
        show: match row.show.as_deref() {
            Some("always") => Some(Show::Always),
            Some("never") => Some(Show::Never),
            _ => None,
        },
        order: row.place,
        wording: row.wording,
    }
}
