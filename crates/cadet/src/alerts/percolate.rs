//! The saved searches of this process's memory, and asking them of what appeared.
//!
//! Every process keeps a percolator of all active saved searches and refreshes it before each use by what changed since:
//! a saved search carries the version of its last change. It may be behind the database by the time that something is
//! written; `matching.rs` asks the few that changed in between once more, so that it never decides alone. A saved search
//! whose row was deleted with its account stays until the process ends, finds what it finds, and is passed over there.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard};

use search::Percolator;
use tokio::sync::Mutex;

use super::model::{AlertId, SavedSearch};
use super::store::matches::NewMatch;
use super::store::position;
use super::store::searches::{self, Change};
use crate::clock::Timestamp;
use crate::error::{Error, Result};
use crate::postings::fresh::{Appeared, Fresh, alert_reading, postings_sample};
use crate::postings::index::schema;
use crate::postings::model::PostingId;
use crate::postings::query::PostingQuery;
use crate::postings::reasons::match_reasons;
use crate::state::Ctx;

/// Changes read at once.
const CHANGES_AT_ONCE: u64 = 5_000;
/// Postings from which the percolator learns what is frequent.
const LEARN_FROM: usize = 300;
/// So many postings are worth a second thread.
const POSTINGS_OF_A_THREAD: usize = 64;

/// A posting that a saved search found.
#[derive(Clone, Debug)]
pub struct Hit {
    /// The event that made it new or open again.
    pub event: i64,
    /// The posting.
    pub posting: PostingId,
    /// Why.
    pub reasons: Vec<String>,
}

impl Hit {
    /// The match to be written for a saved search.
    #[must_use]
    pub fn of(self, search: &SavedSearch) -> NewMatch {
        NewMatch {
            account: search.account,
            search: search.id,
            posting: self.posting,
            reasons: self.reasons,
        }
    }
}

/// What was found, by saved search.
pub type Found = HashMap<AlertId, Vec<Hit>>;

/// What all saved searches found in a batch.
#[derive(Debug)]
pub struct Looked {
    /// The last change of a saved search that was taken into account.
    pub version: i64,
    /// What was found.
    pub found: Found,
}

/// The saved searches that this process asks of what appears. Clones share them.
#[derive(Clone, Default)]
pub struct Percolation {
    kept: Arc<RwLock<Kept>>,
    /// Held while refreshing, so that two never read the same changes.
    refreshing: Arc<Mutex<()>>,
}

impl std::fmt::Debug for Percolation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Percolation").finish_non_exhaustive()
    }
}

struct Kept {
    percolator: Percolator,
    /// What each asks, as it is stored, and the last event that it need not look at.
    asked: HashMap<u64, (Box<str>, i64)>,
    /// The last change that was applied; none before the first refresh.
    version: Option<i64>,
}

impl Default for Kept {
    fn default() -> Self {
        Self {
            percolator: Percolator::new(schema()),
            asked: HashMap::new(),
            version: None,
        }
    }
}

impl Kept {
    fn apply(&mut self, changes: &[Change], now: Timestamp) -> Result<()> {
        for change in changes {
            let (search, key) = (&change.search, key(change.search.id));
            if change.active {
                insert(&mut self.percolator, search, now)?;
                let asked = search.query.to_query_string();
                self.asked.insert(key, (asked.into(), search.seen_event));
            } else {
                self.percolator.remove(key);
                self.asked.remove(&key);
            }
        }
        Ok(())
    }
}

/// A saved search's number in the percolator.
fn key(id: AlertId) -> u64 {
    u64::try_from(id.0).unwrap_or(0)
}

fn insert(percolator: &mut Percolator, search: &SavedSearch, now: Timestamp) -> Result<()> {
    let schema = percolator.schema().clone();
    let read = |at: i64| alert_reading(&schema, &search.query, Timestamp(at));
    percolator
        .insert(key(search.id), now.0, read)
        .map_err(Error::internal)
}

impl Percolation {
    /// Asks all saved searches, as they are now, of what appeared.
    ///
    /// # Errors
    /// From the database and the index.
    pub async fn look(&self, ctx: &Ctx, fresh: &Arc<Fresh>) -> Result<Looked> {
        self.refresh(ctx).await?;
        let (own, ctx, fresh) = (self.clone(), ctx.clone(), Arc::clone(fresh));
        let work = move || {
            let kept = own.read();
            let matching = percolate(&kept.percolator, &fresh.postings, ctx.now())?;
            let mut found = Found::new();
            for (id, hits) in matching {
                let Some((asked, seen_event)) = kept.asked.get(&id) else {
                    continue;
                };
                let query = PostingQuery::parse_str(asked).map_err(Error::internal)?;
                let new = hits.into_iter().filter(|one| one.event > *seen_event);
                let hits: Vec<Hit> = new.map(|one| hit(&ctx, &query, one)).collect();
                if let (false, Ok(id)) = (hits.is_empty(), i64::try_from(id)) {
                    found.insert(AlertId(id), hits);
                }
            }
            let version = kept.version.unwrap_or(-1);
            Ok(Looked { version, found })
        };
        tokio::task::spawn_blocking(work)
            .await
            .map_err(Error::internal)?
    }

    fn read(&self) -> RwLockReadGuard<'_, Kept> {
        self.kept.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Applies what changed since the last time.
    async fn refresh(&self, ctx: &Ctx) -> Result<()> {
        let _refreshing = self.refreshing.lock().await;
        // Read before the changes, which are then never behind it.
        let newest = position::get(ctx.db.pool()).await?.version;
        let applied = self.read().version;
        if applied == Some(newest) {
            return Ok(());
        }
        if applied.is_none() {
            let sample = postings_sample(ctx, LEARN_FROM).await?;
            self.change(move |kept| {
                let learn = |document| kept.percolator.learn(document).map_err(Error::internal);
                sample.iter().try_for_each(learn)
            })
            .await?;
        }
        let mut place = (applied.unwrap_or(-1), AlertId(i64::MAX));
        loop {
            let changes = searches::changed_after(ctx.db.pool(), place, CHANGES_AT_ONCE).await?;
            let Some(last) = changes.last() else { break };
            place = (last.version, last.search.id);
            let now = ctx.now();
            self.change(move |kept| kept.apply(&changes, now)).await?;
        }
        let version = Some(newest.max(place.0));
        self.change(move |kept| {
            kept.version = version;
            Ok(())
        })
        .await
    }

    /// Changes what is kept, on a thread for computing.
    async fn change(
        &self,
        change: impl FnOnce(&mut Kept) -> Result<()> + Send + 'static,
    ) -> Result<()> {
        let kept = Arc::clone(&self.kept);
        let work = move || change(&mut kept.write().unwrap_or_else(PoisonError::into_inner));
        tokio::task::spawn_blocking(work)
            .await
            .map_err(Error::internal)?
    }
}

/// Asks some saved searches of what appeared, without the kept ones.
///
/// # Errors
/// [`Error::Internal`] when the engine refuses.
pub async fn ask_alone(ctx: &Ctx, fresh: &Arc<Fresh>, alone: Vec<SavedSearch>) -> Result<Found> {
    let (ctx, fresh) = (ctx.clone(), Arc::clone(fresh));
    let work = move || {
        let mut percolator = Percolator::new(schema());
        for search in &alone {
            insert(&mut percolator, search, ctx.now())?;
        }
        let mut matching = percolate(&percolator, &fresh.postings, ctx.now())?;
        let found = alone.iter().filter_map(|search| {
            let hits = matching.remove(&key(search.id))?.into_iter();
            let hits = hits.map(|one| hit(&ctx, &search.query, one)).collect();
            Some((search.id, hits))
        });
        Ok(found.collect())
    };
    tokio::task::spawn_blocking(work)
        .await
        .map_err(Error::internal)?
}

fn hit(ctx: &Ctx, query: &PostingQuery, one: &Appeared) -> Hit {
    Hit {
        event: one.event,
        posting: one.stored.id,
        reasons: match_reasons(ctx.index.engine(), query, &one.stored.posting, ctx.now()),
    }
}

/// For each search that finds any, the postings that it finds, in order of id; on as many threads as are worth it.
fn percolate<'f>(
    percolator: &Percolator,
    postings: &'f [Appeared],
    now: Timestamp,
) -> Result<HashMap<u64, Vec<&'f Appeared>>> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let threads = cores.min(postings.len() / POSTINGS_OF_A_THREAD).max(1);
    let part = postings.len().div_ceil(threads).max(1);
    let ask = |part: &'f [Appeared]| -> Result<Vec<(u64, &'f Appeared)>, search::Error> {
        let mut found = Vec::new();
        for one in part {
            let ids = percolator.matches(&one.document, now.0)?;
            found.extend(ids.into_iter().map(|id| (id, one)));
        }
        Ok(found)
    };
    let parts = std::thread::scope(|scope| {
        let running: Vec<_> = postings
            .chunks(part)
            .map(|part| scope.spawn(move || ask(part)))
            .collect();
        let joined = running.into_iter().map(|thread| {
            thread
                .join()
                .map_err(|_| Error::internal("a thread that asked saved searches stopped"))?
                .map_err(Error::internal)
        });
        joined.collect::<Result<Vec<_>>>()
    })?;
    let mut found: HashMap<u64, Vec<&Appeared>> = HashMap::new();
    for (id, one) in parts.into_iter().flatten() {
        found.entry(id).or_default().push(one);
    }
    Ok(found)
}
