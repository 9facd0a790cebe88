//! The handle that a program's parts share: the database, the clock, and the bell that wakes this process's workers.

use std::fmt;
use std::sync::Arc;

use sea_orm::DatabaseConnection;
use tokio::sync::watch;

use crate::clock::Clock;

/// The queue of one database, as this process sees it. Clones share the bell.
#[derive(Clone)]
pub struct Queue {
    db: DatabaseConnection,
    clock: Arc<dyn Clock>,
    bell: Arc<watch::Sender<()>>,
}

impl Queue {
    /// A handle on the queue whose tables are in this database.
    pub fn new(db: DatabaseConnection, clock: Arc<dyn Clock>) -> Self {
        Self {
            db,
            clock,
            bell: Arc::new(watch::Sender::new(())),
        }
    }

    /// Tells the workers of this process to look at once, rather than at their next poll. Call it after the commit of what was
    /// enqueued. Without it a job starts up to a poll interval later; workers of other processes always poll.
    pub fn wake(&self) {
        self.bell.send_replace(());
    }

    pub(crate) fn listen(&self) -> watch::Receiver<()> {
        self.bell.subscribe()
    }

    pub(crate) fn db(&self) -> &DatabaseConnection {
        &self.db
    }

    pub(crate) fn clock(&self) -> &Arc<dyn Clock> {
        &self.clock
    }

    pub(crate) fn now_ms(&self) -> i64 {
        self.clock.now_ms()
    }
}

impl fmt::Debug for Queue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Queue").finish_non_exhaustive()
    }
}
