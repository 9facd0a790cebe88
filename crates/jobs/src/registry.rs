//! Which handler does which kind of job, and the schedules.

use std::collections::BTreeMap;
use std::fmt;
use std::future::Future;
use std::sync::Arc;

use futures::FutureExt;
use futures::future::BoxFuture;

use crate::retry::Failure;
use crate::running::Running;
use crate::schedule::Schedule;

pub(crate) type Handler =
    Arc<dyn Fn(Running) -> BoxFuture<'static, Result<(), Failure>> + Send + Sync>;

/// The handlers by kind, and the schedules. A worker claims jobs of these kinds only; others wait for a worker that knows them.
#[derive(Clone, Default)]
pub struct Registry {
    pub(crate) kinds: BTreeMap<String, Kind>,
    pub(crate) schedules: Vec<Schedule>,
}

/// How one kind is done.
#[derive(Clone)]
pub(crate) struct Kind {
    pub(crate) handler: Handler,
    pub(crate) limit: usize,
}

impl Registry {
    /// A registry without handlers.
    pub fn new() -> Self {
        Self::default()
    }

    /// Jobs of this kind are done by this handler.
    #[must_use]
    pub fn on<F, R>(self, kind: impl Into<String>, handler: F) -> Self
    where
        F: Fn(Running) -> R + Send + Sync + 'static,
        R: Future<Output = Result<(), Failure>> + Send + 'static,
    {
        self.on_limited(kind, usize::MAX, handler)
    }

    /// Jobs of this kind are done by this handler, at most `limit` (at least one) at a time in one worker.
    #[must_use]
    pub fn on_limited<F, R>(mut self, kind: impl Into<String>, limit: usize, handler: F) -> Self
    where
        F: Fn(Running) -> R + Send + Sync + 'static,
        R: Future<Output = Result<(), Failure>> + Send + 'static,
    {
        let kind_of = Kind {
            handler: Arc::new(move |running| handler(running).boxed()),
            limit: limit.max(1),
        };
        self.kinds.insert(kind.into(), kind_of);
        self
    }

    /// Enqueues the schedule's job at each of its ticks.
    #[must_use]
    pub fn schedule(mut self, schedule: Schedule) -> Self {
        self.schedules.push(schedule);
        self
    }
}

impl fmt::Debug for Registry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Registry")
            .field("kinds", &self.kinds.keys())
            .field("schedules", &self.schedules)
            .finish()
    }
}
