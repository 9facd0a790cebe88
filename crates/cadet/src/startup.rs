//! Startup: from a configuration to the running program's parts.

use std::sync::Arc;

use crate::accounts;
use crate::clock::{Clock, SystemClock};
use crate::config::Config;
use crate::db::Db;
use crate::entropy::{Entropy, SystemEntropy};
use crate::error::Result;
use crate::postings::index::PostingIndex;
use crate::state::App;

/// Parts that a test chooses instead of the operating system's.
#[derive(Clone)]
pub struct World {
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Gives random bytes.
    pub entropy: Arc<dyn Entropy>,
}

impl std::fmt::Debug for World {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("World").finish_non_exhaustive()
    }
}

impl Default for World {
    fn default() -> Self {
        Self {
            clock: Arc::new(SystemClock),
            entropy: Arc::new(SystemEntropy::default()),
        }
    }
}

/// The job queue's view of the program's clock.
struct QueueClock(Arc<dyn Clock>);

impl jobs::Clock for QueueClock {
    fn now_ms(&self) -> i64 {
        self.0.now().0
    }
}

/// Opens the database (migrating it) and the search index, and puts the program together.
///
/// # Errors
/// [`crate::error::Error::Unavailable`] when the database, the data folder or the index cannot be used.
pub async fn open(config: Config, world: World) -> Result<Arc<App>> {
    let db = Db::open(&config).await?;
    let index = PostingIndex::open(&config)?;
    assemble(config, world, db, index).await
}

/// Puts the program together from an open database and index.
///
/// # Errors
/// From the database.
pub async fn assemble(
    config: Config,
    world: World,
    db: Db,
    index: PostingIndex,
) -> Result<Arc<App>> {
    let queue = jobs::Queue::new(
        db.pool().clone(),
        Arc::new(QueueClock(Arc::clone(&world.clock))),
    );
    let app = Arc::new(App {
        config,
        db,
        clock: world.clock,
        entropy: world.entropy,
        index,
        queue,
    });
    let _ = &accounts::model::Role::Admin;
    Ok(app)
}
