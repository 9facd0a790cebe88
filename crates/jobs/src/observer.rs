//! What a worker tells about its attempts, for metrics.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::model::JobId;

/// Something that happened to a job.
#[derive(Clone, Copy, Debug)]
pub struct Event<'a> {
    /// The job.
    pub id: JobId,
    /// Its kind.
    pub kind: &'a str,
    /// Which attempt, counted from one.
    pub attempt: i32,
    /// What happened.
    pub what: What,
}

/// What happened to a job. `took` is how long the attempt took.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// An attempt began, so long after it was due.
    Started {
        /// From due to begun.
        waited: Duration,
    },
    /// The job is done.
    Succeeded {
        /// How long the attempt took.
        took: Duration,
    },
    /// The attempt failed; the job runs again.
    Retrying {
        /// How long the attempt took.
        took: Duration,
        /// When it runs again, in milliseconds since the Unix epoch, UTC.
        run_at: i64,
    },
    /// The job is given up on.
    Dead {
        /// How long the attempt took.
        took: Duration,
    },
    /// Another worker has the job by now, or the outcome could not be stored, so that the lease will run out.
    LeaseLost {
        /// How long the attempt took.
        took: Duration,
    },
    /// The worker stopped before the attempt ended; the job is back in the queue, and the attempt is not counted.
    Released,
}

/// Is told each [`Event`], inside of the worker: it must return at once.
#[derive(Clone)]
pub struct Observer(Arc<dyn Fn(Event<'_>) + Send + Sync>);

impl Observer {
    /// Calls the function at each event.
    pub fn new(tell: impl Fn(Event<'_>) + Send + Sync + 'static) -> Self {
        Self(Arc::new(tell))
    }

    pub(crate) fn tell(&self, event: Event<'_>) {
        (self.0)(event);
    }
}

impl Default for Observer {
    /// Ignores all events.
    fn default() -> Self {
        Self::new(|_| ())
    }
}

impl fmt::Debug for Observer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Observer")
    }
}
