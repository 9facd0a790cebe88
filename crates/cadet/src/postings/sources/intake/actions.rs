//! What one can do with intakes: start one, read one of its boards, look how far it is, try again.

use std::collections::{HashMap, HashSet};

use jobs::{NewJob, Priority};
use serde::Serialize;
use utoipa::ToSchema;

use super::model::{
    Intake, IntakeId, Item, ItemId, Origin, Stage, Wanted, advice, first_reading_seconds, in_turns,
};
use super::store::{self, Outcome};
use crate::db::Transaction;
use crate::error::{Error, Result};
use crate::flow::kind;
use crate::postings::sources::model::{
    PollOutcome, Source, SourceError, SourceErrorKind, SourceId, SourceState,
};
use crate::postings::sources::store as sources;
use crate::postings::sync::source_poll;
use crate::state::{Actor, Ctx};

/// Boards that one intake takes at most.
const MOST: usize = 5_000;
/// How often reading a board is begun again when the program, not the board, was what failed.
const ATTEMPTS: u16 = 4;

/// An intake with its boards.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct IntakeDetail {
    /// The intake.
    #[serde(flatten)]
    pub intake: Intake,
    /// Its boards, in the order in which they are read.
    pub boards: Vec<BoardProgress>,
}

/// A board of an intake, with what to do if it failed.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct BoardProgress {
    /// The board.
    #[serde(flatten)]
    pub item: Item,
    /// What to do about its failure, if anything.
    pub advice: Option<&'static str>,
}

/// Adds these boards as sources. Each is read once in the background; those that cannot be read are told and do not
/// become sources. Boards that are sources already are only told.
///
/// # Errors
/// [`Error::Invalid`] for none or too many; [`Error::Forbidden`] for whoever may not; from the database.
pub async fn intake_start(ctx: &Ctx, origin: Origin, wanted: Vec<Wanted>) -> Result<Intake> {
    ctx.require_admin()?;
    let wanted = distinct(wanted);
    if wanted.is_empty() || wanted.len() > MOST {
        return Err(Error::invalid(format!(
            "Choose between one and {MOST} boards."
        )));
    }
    let known = known_sources(ctx).await?;
    let rows: Vec<(Wanted, Option<SourceId>)> = in_turns(wanted)
        .into_iter()
        .map(|one| {
            let source = known.get(&one.address.key()).copied();
            (one, source)
        })
        .collect();
    let added_by = match ctx.actor() {
        Actor::Person { account, .. } => Some(account.0),
        Actor::System | Actor::Nobody => None,
    };
    let transaction = ctx.db.begin().await?;
    let id = store::insert(&transaction, ctx.now(), origin, added_by, &rows).await?;
    enqueue(ctx, &transaction, id).await?;
    transaction.commit().await?;
    ctx.queue.wake();
    intake_progress(ctx, id).await
}

/// How far an intake is.
///
/// # Errors
/// [`Error::NotFound`]; from the database.
pub async fn intake_progress(ctx: &Ctx, id: IntakeId) -> Result<Intake> {
    Ok(intake_show(ctx, id).await?.intake)
}

/// An intake with its boards.
///
/// # Errors
/// [`Error::NotFound`]; from the database.
pub async fn intake_show(ctx: &Ctx, id: IntakeId) -> Result<IntakeDetail> {
    let begun = store::get(&ctx.db, id).await?;
    let items = store::items(&ctx.db, id).await?;
    let waiting = items
        .iter()
        .filter(|item| item.stage == Stage::Waiting)
        .map(|item| item.address.kind);
    let seconds = first_reading_seconds(waiting, ctx.config.work.concurrency);
    Ok(IntakeDetail {
        intake: store::counted(&begun, &items, seconds),
        boards: items
            .into_iter()
            .map(|item| BoardProgress {
                advice: item.error.as_ref().map(|error| advice(error.kind)),
                item,
            })
            .collect(),
    })
}

/// Tries the boards of an intake again that could not be read.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Forbidden`] for whoever may not; from the database.
pub async fn intake_retry(ctx: &Ctx, id: IntakeId) -> Result<Intake> {
    ctx.require_admin()?;
    store::get(&ctx.db, id).await?;
    let transaction = ctx.db.begin().await?;
    store::forgive(&transaction, id).await?;
    enqueue(ctx, &transaction, id).await?;
    transaction.commit().await?;
    ctx.queue.wake();
    intake_progress(ctx, id).await
}

/// Reads one board of an intake: it becomes a source with its first poll, or fails with a reason.
///
/// # Errors
/// [`Error::NotFound`] when the intake was forgotten; from the database.
pub async fn intake_read(ctx: &Ctx, id: ItemId) -> Result<()> {
    let (intake, item) = store::item(&ctx.db, id).await?;
    if item.stage != Stage::Waiting {
        return Ok(());
    }
    let begun = store::get(&ctx.db, intake).await?;
    let transaction = ctx.db.begin().await?;
    let (source, new) = sources::insert(
        &transaction,
        ctx.now(),
        &item.address,
        &item.name,
        begun.added_by,
        ctx.config.work.poll_minutes,
    )
    .await?;
    transaction.commit().await?;
    let source = sources::get(&ctx.db, source).await?;
    // A source that was polled before was there all along; one that was not is this intake's, even when an earlier
    // attempt of this job was killed after it had been written.
    let unread = source.last_polled_at.is_none() && source.added_at >= begun.started_at;
    let ours = new || unread;
    let outcome = if ours {
        first_reading(ctx, &source).await?
    } else {
        known(source.id)
    };
    let transaction = ctx.db.begin().await?;
    if outcome.stage == Stage::Failed {
        sources::set_state(&transaction, ctx.now(), source.id, SourceState::Removed).await?;
    }
    store::finish(&transaction, id, &outcome).await?;
    transaction.commit().await?;
    Ok(())
}

/// The first poll of a new source.
async fn first_reading(ctx: &Ctx, source: &Source) -> Result<Outcome> {
    let Some(poll) = source_poll(ctx, source, &|_| ()).await? else {
        // Another process has just begun to poll it, which is as good.
        return Ok(known(source.id));
    };
    if poll.outcome == PollOutcome::Failed {
        return Ok(Outcome {
            stage: Stage::Failed,
            source: None,
            found: 0,
            error: Some(poll.error.unwrap_or_else(unexplained)),
        });
    }
    Ok(Outcome {
        stage: Stage::Added,
        source: Some(source.id),
        found: poll.counts.found,
        error: None,
    })
}

const fn known(source: SourceId) -> Outcome {
    Outcome {
        stage: Stage::Known,
        source: Some(source),
        found: 0,
        error: None,
    }
}

fn unexplained() -> SourceError {
    SourceError {
        kind: SourceErrorKind::Malformed,
        message: "The board could not be read.".to_owned(),
        url: None,
        status: None,
        retry_at: None,
    }
}

/// Enqueues the boards that wait. Nobody's alert or poll has to wait for them, so they have low priority.
async fn enqueue(ctx: &Ctx, transaction: &Transaction, id: IntakeId) -> Result<()> {
    let waiting = store::item_ids(transaction, id, &[Stage::Waiting]).await?;
    let jobs: Vec<NewJob> = waiting
        .iter()
        .map(|item| {
            NewJob::new(kind::SOURCE_INTAKE, item)?
                .max_attempts(ATTEMPTS)
                .priority(Priority::Low)
                .unique(item.0.to_string())
        })
        .collect::<Result<_, jobs::Error>>()?;
    jobs::enqueue_many(transaction, ctx.now().0, &jobs).await?;
    Ok(())
}

fn distinct(wanted: Vec<Wanted>) -> Vec<Wanted> {
    let mut seen = HashSet::new();
    wanted
        .into_iter()
        .filter(|one| seen.insert(one.address.key()))
        .collect()
}

async fn known_sources(ctx: &Ctx) -> Result<HashMap<String, SourceId>> {
    let sources = sources::list(&ctx.db).await?;
    Ok(sources
        .into_iter()
        .map(|source| (source.address.key(), source.id))
        .collect())
}
