//! One change of one application: its row locked, its log read, entries added, the row written anew, all in one transaction.

use super::super::log::{Change, Entry};
use super::super::model::ApplicationId;
use super::super::state::{State, fold};
use super::super::store::rows::Stored;
use super::super::store::{log, rows};
use crate::accounts::model::AccountId;
use crate::clock::Timestamp;
use crate::db::Transaction;
use crate::error::Result;
use crate::state::Ctx;

/// Entries that are to be added, each with when it happened.
pub(super) type Changes = Vec<(Timestamp, Change)>;

/// An application that is being changed.
pub(super) struct Recording<'t> {
    transaction: &'t Transaction,
    pub(super) owner: AccountId,
    pub(super) id: ApplicationId,
    pub(super) now: Timestamp,
    /// The log so far.
    pub(super) log: Vec<Entry>,
    /// What it says.
    pub(super) state: State,
}

impl<'t> Recording<'t> {
    /// Locks an application of the caller.
    pub(super) async fn of(
        ctx: &Ctx,
        transaction: &'t Transaction,
        id: ApplicationId,
    ) -> Result<Self> {
        let owner = ctx.owner()?;
        rows::get_locked(transaction, owner, id).await?;
        let log = log::entries(transaction, id).await?;
        Ok(Self {
            transaction,
            owner,
            id,
            now: ctx.now(),
            state: fold(&log),
            log,
        })
    }

    /// Makes an application for the caller, with an empty log.
    pub(super) async fn new(ctx: &Ctx, transaction: &'t Transaction) -> Result<Self> {
        let (owner, now) = (ctx.owner()?, ctx.now());
        Ok(Self {
            transaction,
            owner,
            id: rows::insert(transaction, owner, now).await?,
            now,
            log: Vec::new(),
            state: State::default(),
        })
    }

    /// The transaction that it happens in.
    pub(super) fn transaction(&self) -> &'t Transaction {
        self.transaction
    }

    /// Adds entries and writes what the log says then.
    pub(super) async fn add(&mut self, changes: Changes, batch: Option<&str>) -> Result<()> {
        if changes.is_empty() {
            return Ok(());
        }
        let place = (self.owner, self.id);
        let added = log::append(self.transaction, place, self.now, batch, changes).await?;
        self.log.extend(added);
        self.state = fold(&self.log);
        rows::project(self.transaction, self.owner, self.id, &self.state).await
    }
}

/// Changes one application of the caller: `decide` says what to add to its log.
pub(super) async fn record(
    ctx: &Ctx,
    id: ApplicationId,
    decide: impl FnOnce(&State, &[Entry]) -> Result<Changes>,
) -> Result<Stored> {
    let transaction = ctx.db.begin().await?;
    let mut recording = Recording::of(ctx, &transaction, id).await?;
    let changes = decide(&recording.state, &recording.log)?;
    recording.add(changes, None).await?;
    let owner = recording.owner;
    let stored = rows::get(&transaction, owner, id).await?;
    transaction.commit().await?;
    Ok(stored)
}

/// The same for a change that happens now.
pub(super) async fn record_now(
    ctx: &Ctx,
    id: ApplicationId,
    decide: impl FnOnce(&State) -> Result<Change>,
) -> Result<Stored> {
    let now = ctx.now();
    record(ctx, id, |state, _| Ok(vec![(now, decide(state)?)])).await
}
