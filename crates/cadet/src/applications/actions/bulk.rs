//! The same change of many applications at once, and taking it back as a whole.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::super::log::Change;
use super::super::model::{ApplicationId, Stage};
use super::super::state::{Counted, State};
use super::super::store::log;
use super::moves::{ToFreeze, freeze, what_is_sent};
use super::recording::Recording;
use crate::clock::Timestamp;
use crate::error::{Error, Result};
use crate::state::Ctx;

/// Most applications that are changed at once.
pub const BULK_MOST: usize = 1_000;

/// What is done to many applications.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum BulkChange {
    /// Move them to a stage, now.
    Move(Stage),
    /// Let them sleep until then.
    Snooze(Timestamp),
    /// Put them away.
    Archive,
    /// Take them back.
    Unarchive,
}

impl BulkChange {
    /// What it adds to a log; nothing where it changes nothing.
    fn of(self, state: &State) -> Option<Change> {
        match self {
            Self::Move(to) => (state.stage() != to).then(|| Change::Moved {
                to,
                why: String::new(),
            }),
            Self::Snooze(until) => Some(Change::Snoozed { until: Some(until) }),
            Self::Archive => state
                .archived_at
                .is_none()
                .then_some(Change::Archived { archived: true }),
            Self::Unarchive => state
                .archived_at
                .is_some()
                .then_some(Change::Archived { archived: false }),
        }
    }
}

/// What was done to many applications.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct BulkDone {
    /// How many changed.
    pub changed: usize,
    /// With which it can be undone as a whole.
    pub batch: String,
}

/// Changes many applications at once; either all of them or none.
///
/// # Errors
/// [`Error::Invalid`] for none or too many, or a day that has passed; [`Error::NotFound`] if one is not the caller's; from the database.
pub async fn application_bulk(
    ctx: &Ctx,
    ids: &[ApplicationId],
    change: BulkChange,
) -> Result<BulkDone> {
    check(ctx, ids, change)?;
    let batch = ctx.entropy.secret();
    let transaction = ctx.db.begin().await?;
    let mut changed = 0;
    for id in ids {
        let mut recording = Recording::of(ctx, &transaction, *id).await?;
        let Some(entry) = change.of(&recording.state) else {
            continue;
        };
        let sending = matches!(change, BulkChange::Move(to) if to.is_sent())
            && recording.state.applied_at.is_none();
        let what = match sending {
            true => what_is_sent(ctx, &recording.state).await?,
            false => ToFreeze::default(),
        };
        recording
            .add(vec![(ctx.now(), entry)], Some(&batch))
            .await?;
        freeze(&mut recording, what).await?;
        changed += 1;
    }
    transaction.commit().await?;
    Ok(BulkDone { changed, batch })
}

fn check(ctx: &Ctx, ids: &[ApplicationId], change: BulkChange) -> Result<()> {
    if ids.is_empty() {
        return Err(Error::invalid_field("ids", "Choose applications first."));
    }
    if ids.len() > BULK_MOST {
        return Err(Error::invalid_field(
            "ids",
            format!("At most {BULK_MOST} applications are changed at once. Choose fewer."),
        ));
    }
    if matches!(change, BulkChange::Snooze(until) if until <= ctx.now()) {
        return Err(Error::invalid_field(
            "until",
            "That has passed. Give a day to come.",
        ));
    }
    Ok(())
}

/// Undoes what was done to many at once. Gives how many entries; those that were undone one by one meanwhile stay as they are.
///
/// # Errors
/// [`Error::NotFound`] for a batch that there is not; from the database.
pub async fn application_bulk_undo(ctx: &Ctx, batch: &str) -> Result<usize> {
    let transaction = ctx.db.begin().await?;
    let entries = log::of_batch(&transaction, ctx.owner()?, batch).await?;
    if entries.is_empty() {
        return Err(Error::not_found("change", batch));
    }
    let mut undone = 0;
    for (id, event) in entries {
        let mut recording = Recording::of(ctx, &transaction, id).await?;
        if Counted::of(&recording.log).voided.contains(&event) {
            continue;
        }
        recording
            .add(vec![(ctx.now(), Change::Undone { event })], None)
            .await?;
        undone += 1;
    }
    transaction.commit().await?;
    Ok(undone)
}
