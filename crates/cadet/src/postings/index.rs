//! The search index over postings: what it holds, and how it follows the event log.
//!
//! The index can be deleted at any time: it is rebuilt from the database. Its commit remembers how far in the event log
//! it has come, so that it is consistent with the database after a crash.

use std::collections::HashSet;
use std::sync::Arc;

use search::{Change, Index, Opened, Options};
use tokio::sync::{Mutex, Notify};

use super::fields::{document, key};
pub use super::fields::{query_options, schema, term_label, workplace_name};
use super::model::PostingId;
use super::openings::shown::{Groups, with_siblings};
use super::record::Stored;
use super::store::read;
use crate::config::Config;
use crate::db::Db;
use crate::error::{Error, Result};
use crate::events::{self, Event};

/// Events read at once.
const EVENTS_AT_ONCE: u64 = 64;
/// Postings read from the database at once.
const POSTINGS_AT_ONCE: usize = 1_000;
/// Postings after which a long catch-up commits, so that a crash does not begin it anew.
const COMMIT_EVERY: usize = 25_000;

/// The search index of this process.
#[derive(Clone)]
pub struct PostingIndex {
    index: Index,
    writable: bool,
    /// Held while following, so that two never write the same events.
    following: Arc<Mutex<()>>,
    /// Told when there may be something to follow.
    nudge: Arc<Notify>,
    /// The index was made anew and has to be filled from the database.
    rebuild: Arc<std::sync::atomic::AtomicBool>,
}

impl std::fmt::Debug for PostingIndex {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PostingIndex")
            .field("writable", &self.writable)
            .finish_non_exhaustive()
    }
}

impl PostingIndex {
    /// Opens the index of the data folder. Beside another process that writes it, it is opened for reading. One that
    /// cannot be used is made anew; [`PostingIndex::catch_up`] then fills it.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the folder cannot be used.
    pub fn open(config: &Config) -> Result<Self> {
        let folder = config.index_dir();
        let failed = |cause: search::Error| {
            Error::unavailable(
                format!(
                    "The search index in {} cannot be opened. Delete the folder: it is rebuilt from the database.",
                    folder.display()
                ),
                cause,
            )
        };
        std::fs::create_dir_all(&folder).map_err(|cause| {
            Error::unavailable(
                format!("The folder {} cannot be created.", folder.display()),
                cause,
            )
        })?;
        match Index::open(&folder, schema(), Options::default()) {
            Ok(Opened::Ready(index)) => {
                let empty = index.position().is_none();
                Ok(Self::with(index, true, empty))
            }
            Ok(Opened::NeedsRebuild { reason }) => {
                tracing::warn!(%reason, "the search index is rebuilt from the database");
                Ok(Self::with(
                    Index::recreate(&folder, schema(), Options::default()).map_err(failed)?,
                    true,
                    true,
                ))
            }
            Err(search::Error::Locked(_)) => {
                match Index::open_reader(&folder, schema()).map_err(failed)? {
                    Opened::Ready(index) => Ok(Self::with(index, false, false)),
                    Opened::NeedsRebuild { reason } => Err(Error::unavailable(
                        "Another Cadet is just making the search index. Try again in a moment.",
                        reason,
                    )),
                }
            }
            Err(cause) => Err(failed(cause)),
        }
    }

    /// An index in memory; for tests and for evaluation.
    ///
    /// # Errors
    /// [`Error::Internal`] when the engine refuses.
    pub fn in_memory() -> Result<Self> {
        Ok(Self::with(
            Index::in_memory(schema()).map_err(Error::internal)?,
            true,
            true,
        ))
    }

    fn with(index: Index, writable: bool, rebuild: bool) -> Self {
        Self {
            index,
            writable,
            following: Arc::default(),
            nudge: Arc::default(),
            rebuild: Arc::new(rebuild.into()),
        }
    }

    /// The engine's index.
    #[must_use]
    pub fn engine(&self) -> &Index {
        &self.index
    }

    /// Whether this process writes the index.
    #[must_use]
    pub fn is_writable(&self) -> bool {
        self.writable
    }

    /// How many postings can be found.
    #[must_use]
    pub fn document_count(&self) -> u64 {
        self.index.document_count()
    }

    /// The number of the last event that the index has seen.
    ///
    /// # Errors
    /// [`Error::Internal`] when the index is damaged.
    pub fn position(&self) -> Result<i64> {
        let position = self.index.position().unwrap_or(0);
        Ok(i64::try_from(position).unwrap_or(i64::MAX))
    }

    /// Says that something may have been stored, so that the follower looks at once.
    pub fn nudge(&self) {
        self.nudge.notify_one();
    }

    /// Waits until somebody nudges.
    pub async fn nudged(&self) {
        self.nudge.notified().await;
    }

    /// Follows the event log to its end; gives the number of postings written. A reader sees the writer's last commit.
    ///
    /// # Errors
    /// From the database and the index.
    pub async fn catch_up(&self, db: &Db, progress: &(dyn Fn(u64) + Sync)) -> Result<u64> {
        if !self.writable {
            self.index.reload().map_err(Error::internal)?;
            return Ok(0);
        }
        let _following = self.following.lock().await;
        if self.rebuild.load(std::sync::atomic::Ordering::Acquire) {
            return self.refill(db, progress).await;
        }
        let mut position = self.position()?;
        let mut written = 0;
        let mut uncommitted = 0;
        loop {
            let batch = events::read_after(db, position, EVENTS_AT_ONCE).await?;
            let Some(last) = batch.last().map(|logged| logged.id) else {
                break;
            };
            let touched = touched(batch.into_iter().map(|logged| logged.event));
            for part in touched.chunks(POSTINGS_AT_ONCE) {
                self.put(db, part).await?;
            }
            written += touched.len() as u64;
            uncommitted += touched.len();
            position = last;
            progress(written);
            if uncommitted >= COMMIT_EVERY {
                self.commit(position).await?;
                uncommitted = 0;
            }
        }
        if written > 0 || position != self.position()? {
            self.commit(position).await?;
        }
        Ok(written)
    }

    /// Empties the index and fills it again from the database.
    ///
    /// # Errors
    /// [`Error::Conflict`] when another process writes it; from the database and the index.
    pub async fn rebuild(&self, db: &Db, progress: &(dyn Fn(u64) + Sync)) -> Result<u64> {
        if !self.writable {
            return Err(Error::Conflict("The search index is in use by a running Cadet. Stop it first, or let it rebuild the index itself by deleting the folder and restarting.".into()));
        }
        let _following = self.following.lock().await;
        self.refill(db, progress).await
    }

    async fn refill(&self, db: &Db, progress: &(dyn Fn(u64) + Sync)) -> Result<u64> {
        // Events after this number may be seen twice, which changes nothing; none is missed.
        let position = events::last_id(db).await?;
        self.index.clear().map_err(Error::internal)?;
        let mut after = PostingId(0);
        let mut written = 0;
        loop {
            let postings = read::page_after(db, after, POSTINGS_AT_ONCE as u64).await?;
            let Some(last) = postings.last().map(|stored| stored.id) else {
                break;
            };
            written += postings.len() as u64;
            self.put_stored(db, postings).await?;
            after = last;
            progress(written);
        }
        self.commit(position).await?;
        self.rebuild
            .store(false, std::sync::atomic::Ordering::Release);
        Ok(written)
    }

    async fn put(&self, db: &Db, ids: &[PostingId]) -> Result<()> {
        let stored = read::whole(db, ids).await?;
        let there: HashSet<PostingId> = stored.iter().map(|one| one.id).collect();
        let gone: Vec<Change> = ids
            .iter()
            .filter(|id| !there.contains(id))
            .map(|id| Change::Delete(key(*id)))
            .collect();
        self.index.apply(gone).map_err(Error::internal)?;
        self.put_stored(db, with_siblings(db, stored).await?).await
    }

    async fn put_stored(&self, db: &Db, stored: Vec<Stored>) -> Result<()> {
        let ids: Vec<PostingId> = stored.iter().map(|one| one.id).collect();
        let sources = read::listed_in(db, &ids).await?;
        let groups = Groups::of(db, &stored).await?;
        let index = self.index.clone();
        let documents: Vec<Change> = stored
            .into_iter()
            .map(|one| {
                let listed = sources.get(&one.id).map_or(&[][..], Vec::as_slice);
                Change::Put(groups.complete(document(&one, listed), &one))
            })
            .collect();
        tokio::task::spawn_blocking(move || index.apply(documents))
            .await
            .map_err(Error::internal)?
            .map_err(Error::internal)
    }

    async fn commit(&self, position: i64) -> Result<()> {
        let index = self.index.clone();
        let position = u64::try_from(position).unwrap_or(0);
        tokio::task::spawn_blocking(move || index.commit(position))
            .await
            .map_err(Error::internal)?
            .map_err(Error::internal)
    }
}

/// Postings that the events are about, each once, in the order of their first mention.
fn touched(events: impl Iterator<Item = Event>) -> Vec<PostingId> {
    let mut seen = HashSet::new();
    let mentioned = events.flat_map(|event| match event {
        Event::PostingsStored {
            new,
            changed,
            closed,
            reopened,
        } => [new, reopened, changed, closed].concat(),
        Event::PostingsRemoved { ids } | Event::OpeningsChanged { ids } => ids,
    });
    mentioned.filter(|id| seen.insert(*id)).collect()
}
