//! What a handler gets: the job, the way to complete it inside a transaction, and the signal to stop.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use sea_orm::DatabaseTransaction;
use serde::de::DeserializeOwned;
use tokio_util::sync::CancellationToken;

use crate::clock::Clock;
use crate::error::Error;
use crate::model::{Claimed, JobId, Lease};
use crate::retry::Failure;
use crate::store;

/// One attempt at a job. Clones are the same attempt.
#[derive(Clone)]
pub struct Running {
    inner: Arc<Inner>,
}

struct Inner {
    claimed: Claimed,
    clock: Arc<dyn Clock>,
    stopping: CancellationToken,
    completing: AtomicBool,
}

impl Running {
    pub(crate) fn new(
        claimed: Claimed,
        clock: Arc<dyn Clock>,
        stopping: CancellationToken,
    ) -> Self {
        let inner = Arc::new(Inner {
            claimed,
            clock,
            stopping,
            completing: AtomicBool::new(false),
        });
        Self { inner }
    }

    /// The job's number: the same at every attempt, hence the idempotency key for effects outside of the database.
    pub fn id(&self) -> JobId {
        self.inner.claimed.lease.id
    }

    /// The job's kind.
    pub fn kind(&self) -> &str {
        &self.inner.claimed.kind
    }

    /// Which attempt this is, counted from one. Attempts that ended with a crash count as well.
    pub fn attempt(&self) -> i32 {
        self.inner.claimed.attempt
    }

    /// How many attempts the job has.
    pub fn max_attempts(&self) -> i32 {
        self.inner.claimed.max_attempts
    }

    /// The payload.
    ///
    /// # Errors
    /// If the payload has another shape; the job is then dead, since no later attempt can do better. The reason gives the place
    /// in the JSON and never its contents.
    pub fn payload<T: DeserializeOwned>(&self) -> Result<T, Failure> {
        serde_json::from_str(self.inner.claimed.payload.as_json()).map_err(|error| {
            Failure::discard(format!(
                "the payload does not fit the kind {:?}: {:?} error at line {}, column {}",
                self.kind(),
                error.classify(),
                error.line(),
                error.column()
            ))
        })
    }

    /// Marks the job as done inside the handler's own transaction, so that its effects and its completion commit together or
    /// not at all. Commit right afterwards.
    ///
    /// # Errors
    /// [`Error::LeaseLost`] if another worker has the job by now: return the error and let the transaction roll back.
    pub async fn complete_in(&self, txn: &DatabaseTransaction) -> Result<(), Error> {
        self.inner.completing.store(true, Ordering::Relaxed);
        let now = self.inner.clock.now_ms();
        match store::complete(txn, self.lease(), now).await? {
            true => Ok(()),
            false => Err(Error::LeaseLost(self.id())),
        }
    }

    /// Fires when the worker is told to stop: a long job may then save how far it came and return a [`Failure::retry_after`].
    pub fn stopping(&self) -> &CancellationToken {
        &self.inner.stopping
    }

    pub(crate) fn lease(&self) -> Lease {
        self.inner.claimed.lease
    }

    /// Whether the handler called [`Running::complete_in`], committed or not.
    pub(crate) fn was_completing(&self) -> bool {
        self.inner.completing.load(Ordering::Relaxed)
    }
}

impl std::fmt::Debug for Running {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Running")
            .field("job", &self.inner.claimed)
            .finish_non_exhaustive()
    }
}
