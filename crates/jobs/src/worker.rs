//! The worker: its settings and its two ways of working, until it is told to stop or until nothing is due.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use tokio_util::sync::CancellationToken;
use tracing::info;

use crate::error::Error;
use crate::observer::Observer;
use crate::queue::Queue;
use crate::registry::Registry;
use crate::retry::{Backoff, Jitter};
use crate::shift::Shift;

/// How a worker works.
#[derive(Clone, Debug)]
pub struct WorkerOptions {
    /// Names this process in the database, for operators; it need not be unique.
    pub node: String,
    /// How many jobs run at a time; at least one.
    pub concurrency: usize,
    /// How long a job belongs to a worker of which nothing is heard. Workers renew it three times as often. The nodes' clocks
    /// must agree to within a third of it.
    pub lease: Duration,
    /// How often to look for jobs that nobody announced with [`Queue::wake`].
    pub poll: Duration,
    /// How long a stopping worker waits for the handlers that run.
    pub grace: Duration,
    /// The waits between attempts.
    pub backoff: Backoff,
    /// The randomness in these waits.
    pub jitter: Jitter,
    /// Is told what happens, for metrics.
    pub observer: Observer,
}

impl Default for WorkerOptions {
    /// Four jobs at a time, a lease of a minute, a look every second, half a minute of grace.
    fn default() -> Self {
        Self {
            node: "worker".to_owned(),
            concurrency: 4,
            lease: Duration::from_secs(60),
            poll: Duration::from_secs(1),
            grace: Duration::from_secs(30),
            backoff: Backoff::default(),
            jitter: Jitter::default(),
            observer: Observer::default(),
        }
    }
}

/// How many attempts ended in which way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Jobs that are done.
    pub succeeded: u64,
    /// Failed attempts at jobs that run again.
    pub retrying: u64,
    /// Jobs given up on.
    pub dead: u64,
    /// Attempts whose job went to another worker.
    pub lease_lost: u64,
    /// Attempts cut off by a stop.
    pub released: u64,
}

/// Claims jobs and runs their handlers. Any number of workers, in any number of processes, may share a queue.
#[derive(Clone)]
pub struct Worker {
    core: Arc<Core>,
}

/// What all parts of a worker share.
pub(crate) struct Core {
    pub(crate) queue: Queue,
    pub(crate) registry: Registry,
    pub(crate) options: WorkerOptions,
}

impl Worker {
    /// A worker that has not begun.
    pub fn new(queue: Queue, registry: Registry, mut options: WorkerOptions) -> Self {
        options.concurrency = options.concurrency.max(1);
        let core = Arc::new(Core {
            queue,
            registry,
            options,
        });
        Self { core }
    }

    /// Works until told to stop: then it claims no more, waits up to the grace period for the handlers that run, drops those
    /// that do not end, and puts their jobs back. A database that fails on the way is logged and asked again.
    ///
    /// # Errors
    /// If the schedules cannot be registered at the start.
    pub async fn run(&self, stop: CancellationToken) -> Result<Tally, Error> {
        let mut shift = Shift::begin(Arc::clone(&self.core), stop).await?;
        info!(node = self.core.options.node, "worker started");
        shift.until_stopped().await;
        let tally = shift.end().await;
        info!(node = self.core.options.node, ?tally, "worker stopped");
        Ok(tally)
    }

    /// Works until nothing is due: for tests and one-shot commands. Jobs due later, such as retries, stay.
    ///
    /// # Errors
    /// What the database says; handlers that run are waited for before.
    pub async fn drain(&self) -> Result<Tally, Error> {
        let mut shift = Shift::begin(Arc::clone(&self.core), CancellationToken::new()).await?;
        let drained = shift.until_idle().await;
        let tally = shift.end().await;
        drained.map(|()| tally)
    }
}

impl fmt::Debug for Worker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Worker")
            .field("registry", &self.core.registry)
            .field("options", &self.core.options)
            .finish_non_exhaustive()
    }
}
