//! The search index over postings: what it holds, and how it follows the event log.
//!
//! The index can be deleted at any time: it is rebuilt from the database. Its commit remembers how far in the event log
//! it has come, so that it is consistent with the database after a crash.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::{Duration, Instant};

use search::{Change, Index, Opened, Options};
use tokio::sync::{Mutex, Notify, Semaphore};

use super::fields::{document, key};
pub use super::fields::{query_options, schema, term_label, workplace_name};
use super::handover::Handover;
use super::model::PostingId;
use super::openings::shown::{Groups, with_siblings};
use super::recent::RecentPages;
use super::record::Stored;
use super::sources::model::SourceId;
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
/// Time between two commits of a process that follows a long sync; what is stored can be found within a second.
const COMMITS_APART: Duration = Duration::from_millis(800);

/// How far the index has come.
#[derive(Default)]
struct Followed {
    /// The last event whose postings were put, be they committed or not; none before the first one of this process.
    put: Option<i64>,
    /// When this process last committed.
    committed_at: Option<Instant>,
}

impl Followed {
    /// How long to wait until commits are `gap` apart.
    fn wait(&self, gap: Duration) -> Duration {
        self.committed_at
            .map_or(Duration::ZERO, |at| gap.saturating_sub(at.elapsed()))
    }
}

/// The search index of this process.
#[derive(Clone)]
pub struct PostingIndex {
    index: Index,
    writable: bool,
    /// Held while following, so that two never write the same events.
    following: Arc<Mutex<Followed>>,
    /// Told when there may be something to follow.
    nudge: Arc<Notify>,
    /// The index was made anew and has to be filled from the database.
    rebuild: Arc<std::sync::atomic::AtomicBool>,
    /// Documents that this process has just stored.
    handover: Handover,
    /// Pages that were just answered.
    recent: RecentPages,
    /// A place for each core: more searches at once would only make all of them slow.
    places: Arc<Semaphore>,
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
        let cores = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
        Self {
            index,
            writable,
            following: Arc::default(),
            nudge: Arc::default(),
            rebuild: Arc::new(rebuild.into()),
            handover: Handover::default(),
            recent: RecentPages::default(),
            places: Arc::new(Semaphore::new(cores)),
        }
    }

    /// The engine's index.
    #[must_use]
    pub fn engine(&self) -> &Index {
        &self.index
    }

    /// Pages that were just answered from it.
    pub(super) const fn recent(&self) -> &RecentPages {
        &self.recent
    }

    /// Where searches wait for a core.
    pub(super) fn places(&self) -> &Semaphore {
        &self.places
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

    /// Follows the event log to its end and shows it; gives the number of postings written. A reader sees the writer's
    /// last commit.
    ///
    /// # Errors
    /// From the database and the index.
    pub async fn catch_up(&self, db: &Db, progress: &(dyn Fn(u64) + Sync)) -> Result<u64> {
        let (written, _) = self.advance(db, progress, Duration::ZERO).await?;
        Ok(written)
    }

    /// Follows the event log to its end, and shows it unless it has shown something just before: then it says when to
    /// come again. Many small commits would cost a long sync more than the postings themselves.
    ///
    /// # Errors
    /// From the database and the index.
    pub async fn keep_up(&self, db: &Db) -> Result<Option<Duration>> {
        let (_, wait) = self.advance(db, &|_| (), COMMITS_APART).await?;
        Ok(wait)
    }

    async fn advance(
        &self,
        db: &Db,
        progress: &(dyn Fn(u64) + Sync),
        gap: Duration,
    ) -> Result<(u64, Option<Duration>)> {
        if !self.writable {
            self.index.reload().map_err(Error::internal)?;
            return Ok((0, None));
        }
        let mut followed = self.following.lock().await;
        if self.rebuild.load(std::sync::atomic::Ordering::Acquire) {
            return Ok((self.refill(db, &mut followed, progress).await?, None));
        }
        // Should this fail half way, the next try begins at the last commit: putting twice changes nothing.
        let mut position = followed.put.take().map_or_else(|| self.position(), Ok)?;
        let mut written = 0;
        let mut uncommitted = 0;
        loop {
            let batch = events::read_after(db, position, EVENTS_AT_ONCE).await?;
            let Some(last) = batch.last().map(|logged| logged.id) else {
                break;
            };
            let touched = touched(batch.into_iter().map(|logged| logged.event));
            for part in touched.chunks(POSTINGS_AT_ONCE) {
                let unknown = self.put_handed_over(part).await?;
                self.put(db, &unknown).await?;
            }
            written += touched.len() as u64;
            uncommitted += touched.len();
            position = last;
            progress(written);
            if uncommitted >= COMMIT_EVERY {
                self.commit(position, &mut followed).await?;
                uncommitted = 0;
            }
        }
        if position == self.position()? {
            return Ok((written, None));
        }
        let wait = followed.wait(gap);
        if !wait.is_zero() {
            followed.put = Some(position);
            return Ok((written, Some(wait)));
        }
        self.commit(position, &mut followed).await?;
        Ok((written, None))
    }

    /// Empties the index and fills it again from the database.
    ///
    /// # Errors
    /// [`Error::Conflict`] when another process writes it; from the database and the index.
    pub async fn rebuild(&self, db: &Db, progress: &(dyn Fn(u64) + Sync)) -> Result<u64> {
        if !self.writable {
            return Err(Error::Conflict("The search index is in use by a running Cadet. Stop it first, or let it rebuild the index itself by deleting the folder and restarting.".into()));
        }
        let mut followed = self.following.lock().await;
        self.refill(db, &mut followed, progress).await
    }

    async fn refill(
        &self,
        db: &Db,
        followed: &mut Followed,
        progress: &(dyn Fn(u64) + Sync),
    ) -> Result<u64> {
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
        self.commit(position, followed).await?;
        self.rebuild
            .store(false, std::sync::atomic::Ordering::Release);
        Ok(written)
    }

    /// Takes postings that were just stored as new and are listed in `source` alone, so that they need not be read back.
    pub(super) fn hand_over(&self, stored: &[Stored], source: SourceId) {
        if self.writable {
            let documents = stored
                .iter()
                .map(|one| (one.id, document(one, &[source.0])))
                .collect();
            if self.handover.leave(documents) {
                self.nudge();
            }
        }
    }

    /// Puts what was handed over of these postings; gives those that have to be read.
    async fn put_handed_over(&self, mentions: &[Mention]) -> Result<Vec<PostingId>> {
        let mut handed = Vec::new();
        let mut unknown = Vec::new();
        for mention in mentions {
            let taken = self.handover.take(mention.id);
            match taken.filter(|_| mention.only_new) {
                Some(document) => handed.push(Change::Put(document)),
                None => unknown.push(mention.id),
            }
        }
        self.apply(handed).await?;
        Ok(unknown)
    }

    async fn apply(&self, changes: Vec<Change>) -> Result<()> {
        if changes.is_empty() {
            return Ok(());
        }
        let index = self.index.clone();
        tokio::task::spawn_blocking(move || index.apply(changes))
            .await
            .map_err(Error::internal)?
            .map_err(Error::internal)
    }

    async fn put(&self, db: &Db, ids: &[PostingId]) -> Result<()> {
        if ids.is_empty() {
            return Ok(());
        }
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
        let openings = stored.iter().map(|one| one.opening).collect();
        let groups = Groups::of(db, &openings).await?;
        let documents: Vec<Change> = stored
            .into_iter()
            .map(|one| {
                let listed = sources.get(&one.id).map_or(&[][..], Vec::as_slice);
                Change::Put(groups.complete(document(&one, listed), &one))
            })
            .collect();
        self.apply(documents).await
    }

    async fn commit(&self, position: i64, followed: &mut Followed) -> Result<()> {
        let index = self.index.clone();
        let at = u64::try_from(position).unwrap_or(0);
        tokio::task::spawn_blocking(move || index.commit(at))
            .await
            .map_err(Error::internal)?
            .map_err(Error::internal)?;
        followed.put = Some(position);
        followed.committed_at = Some(Instant::now());
        Ok(())
    }
}

/// A posting that events are about.
struct Mention {
    id: PostingId,
    /// Whether they say nothing but that it is new.
    only_new: bool,
}

/// Postings that the events are about, each once, in the order of their first mention.
fn touched(events: impl Iterator<Item = Event>) -> Vec<Mention> {
    let mut mentions: Vec<Mention> = Vec::new();
    let mut places: HashMap<PostingId, usize> = HashMap::new();
    let mut mention = |id: PostingId, only_new: bool| match places.entry(id) {
        Entry::Occupied(place) => mentions[*place.get()].only_new = false,
        Entry::Vacant(place) => {
            place.insert(mentions.len());
            mentions.push(Mention { id, only_new });
        }
    };
    for event in events {
        match event {
            Event::PostingsStored {
                new,
                changed,
                closed,
                reopened,
            } => {
                new.into_iter().for_each(|id| mention(id, true));
                let others = [reopened, changed, closed].into_iter().flatten();
                others.for_each(|id| mention(id, false));
            }
            Event::PostingsRemoved { ids } | Event::OpeningsChanged { ids } => {
                ids.into_iter().for_each(|id| mention(id, false));
            }
            Event::ProfileSaved { .. } | Event::EvidenceAdded { .. } => {}
        }
    }
    mentions
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_posting_that_later_events_change_is_not_taken_as_it_was_when_new() {
        let ids = |numbers: &[i64]| numbers.iter().copied().map(PostingId).collect::<Vec<_>>();
        let stored = |new: &[i64], changed: &[i64]| Event::PostingsStored {
            new: ids(new),
            changed: ids(changed),
            closed: Vec::new(),
            reopened: Vec::new(),
        };
        let events = [stored(&[1, 2], &[7]), stored(&[3], &[2])];
        let found: Vec<(i64, bool)> = touched(events.into_iter())
            .iter()
            .map(|mention| (mention.id.0, mention.only_new))
            .collect();
        assert_eq!(found, [(1, true), (2, false), (7, false), (3, true)]);
    }
}
