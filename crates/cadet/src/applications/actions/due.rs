//! What is to be done next, over all applications.

use std::collections::HashMap;

use super::super::log::Change;
use super::super::model::ApplicationId;
use super::super::next::{ActionKind, NextAction, plan, words};
use super::super::store::{due, rows};
use super::recording::{Recording, record_now};
use super::time_zone;
use crate::clock::Timestamp;
use crate::db::Transaction;
use crate::error::{Error, Result};
use crate::state::Ctx;

/// Most actions that are told at once.
const TOLD_MOST: u64 = 100;

/// What the caller is to do next, with reasons: what has to be done by an instant first, in its order, then the rest, what
/// came up last first. At most a hundred are told; [`actions_due_count`] says how many there are.
///
/// # Errors
/// From the database.
pub async fn actions_due(ctx: &Ctx, now: Timestamp) -> Result<Vec<NextAction>> {
    let owner = ctx.owner()?;
    let told = due::told_at(&ctx.db, owner, now, TOLD_MOST).await?;
    let zone = time_zone(ctx).await?;
    let mut ids: Vec<ApplicationId> = told.iter().map(|(id, _)| *id).collect();
    ids.sort_unstable();
    ids.dedup();
    let states: HashMap<ApplicationId, _> = rows::of_ids(&ctx.db, owner, &ids)
        .await?
        .into_iter()
        .map(|stored| (stored.summary.id, stored.state))
        .collect();
    let in_words = told.into_iter().filter_map(|(id, key)| {
        let state = states.get(&id)?;
        let planned = plan(state).into_iter().find(|planned| planned.key == key)?;
        Some(words(id, state, &planned, now, &zone))
    });
    Ok(in_words.collect())
}

/// How many actions are due.
///
/// # Errors
/// From the database.
pub async fn actions_due_count(ctx: &Ctx, now: Timestamp) -> Result<u64> {
    due::count_at(&ctx.db, ctx.owner()?, now).await
}

/// Notes that an action was done, or is let go: it is told no more.
///
/// # Errors
/// [`Error::NotFound`]; from the database.
pub async fn action_done(ctx: &Ctx, id: ApplicationId, key: &str) -> Result<()> {
    record_now(ctx, id, |state| {
        if !plan(state).iter().any(|planned| planned.key == key) {
            return Err(Error::Conflict(format!(
                "Nothing called \"{key}\" is to be done here; it may be done already."
            )));
        }
        let task = key
            .strip_prefix("task-")
            .and_then(|number| number.parse::<u32>().ok())
            .and_then(|number| state.tasks.iter().find(|task| task.id == number));
        Ok(match task {
            Some(task) => Change::TaskSet {
                task: super::super::model::Task {
                    done: true,
                    ..task.clone()
                },
            },
            None => Change::ActionDone { action: key.into() },
        })
    })
    .await?;
    Ok(())
}

/// Notes that a mail about an application went out: the word of thanks or the question for which it was time is done.
///
/// # Errors
/// [`Error::NotFound`]; from the database.
pub async fn mail_sent(ctx: &Ctx, transaction: &Transaction, id: ApplicationId) -> Result<()> {
    let now = ctx.now();
    let mut recording = Recording::of(ctx, transaction, id).await?;
    let written = [ActionKind::ThankYou, ActionKind::FollowUp];
    let told: Vec<_> = plan(&recording.state)
        .into_iter()
        .filter(|planned| written.contains(&planned.kind) && planned.is_told(now))
        .collect();
    // Thanks after a round come before asking how it stands.
    let done = written
        .iter()
        .find_map(|kind| told.iter().find(|planned| planned.kind == *kind));
    let Some(done) = done else { return Ok(()) };
    let change = Change::ActionDone {
        action: done.key.clone(),
    };
    recording.add(vec![(now, change)], None).await
}
