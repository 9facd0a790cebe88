//! The saved searches of this process's memory, and asking them of what appeared.
//!
//! Every process keeps a percolator of all active saved searches and refreshes it before each use by what changed since:
//! a saved search carries the version of its last change. It may be behind the database by the time that something is
//! written; `matching.rs` asks the few that changed in between once more, so that it never decides alone. A saved search
//! whose row was deleted with its account stays until the process ends, finds what it finds, and is passed over there.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard};

use search::Percolator;
use tokio::sync::Mutex;

use super::model::{AlertId, SavedSearch};
use super::store::asking::{self, Change};
use super::store::matches::NewMatch;
use super::store::position;
use crate::clock::Timestamp;
use crate::error::{Error, Result};
use crate::postings::fresh::{Appeared, Fresh, alert_reading, postings_sample};
use crate::postings::index::schema;
use crate::postings::model::PostingId;
use crate::postings::query::PostingQuery;
use crate::postings::reasons::Explaining;
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
            let asked = |id: u64| {
                let (query, seen_event) = kept.asked.get(&id)?;
                let query = PostingQuery::parse_str(query).ok()?;
                Some((Cow::Owned(query), *seen_event))
            };
            Ok(Looked {
                found: percolate(&kept.percolator, &fresh.postings, ctx.now(), &asked)?,
                version: kept.version.unwrap_or(-1),
            })
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
            let changes = asking::changed_after(ctx.db.pool(), place, CHANGES_AT_ONCE).await?;
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
        let by_key: HashMap<u64, &SavedSearch> = alone
            .iter()
            .map(|search| (key(search.id), search))
            .collect();
        let asked = |id: u64| {
            let search = by_key.get(&id)?;
            Some((Cow::Borrowed(&search.query), search.seen_event))
        };
        percolate(&percolator, &fresh.postings, ctx.now(), &asked)
    };
    tokio::task::spawn_blocking(work)
        .await
        .map_err(Error::internal)?
}

/// What a kept search asks, and the last event that it need not look at.
type Asked<'a> = dyn Fn(u64) -> Option<(Cow<'a, PostingQuery>, i64)> + Sync + 'a;

/// What searches find, on as many threads as are worth it.
fn percolate(
    percolator: &Percolator,
    postings: &[Appeared],
    now: Timestamp,
    asked: &Asked<'_>,
) -> Result<Found> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let threads = cores.min(postings.len() / POSTINGS_OF_A_THREAD).max(1);
    let part = postings.len().div_ceil(threads).max(1);
    let ask = |part: &[Appeared]| {
        let found = part.iter().map(|one| hits(percolator, one, now, asked));
        found.collect::<Result<Vec<_>>>()
    };
    let parts = std::thread::scope(|scope| {
        let running: Vec<_> = postings
            .chunks(part)
            .map(|part| scope.spawn(move || ask(part)))
            .collect();
        let joined = running.into_iter().map(|thread| {
            let stopped = |_| Error::internal("a thread that asked saved searches stopped");
            thread.join().map_err(stopped)?
        });
        joined.collect::<Result<Vec<_>>>()
    })?;
    let mut found = Found::new();
    for (id, hit) in parts.into_iter().flatten().flatten() {
        found.entry(id).or_default().push(hit);
    }
    Ok(found)
}

/// The searches that find a posting, each with why.
fn hits(
    percolator: &Percolator,
    one: &Appeared,
    now: Timestamp,
    asked: &Asked<'_>,
) -> Result<Vec<(AlertId, Hit)>> {
    let ids = percolator.matches(&one.document, now.0);
    let ids = ids.map_err(Error::internal)?;
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let explaining = Explaining::new(percolator.schema(), &one.stored.posting);
    let hit = |id: u64| {
        let (query, seen_event) = asked(id)?;
        if one.event <= seen_event {
            return None;
        }
        let hit = Hit {
            event: one.event,
            posting: one.stored.id,
            reasons: explaining.reasons(&query, now),
        };
        Some((AlertId(i64::try_from(id).ok()?), hit))
    };
    Ok(ids.into_iter().filter_map(hit).collect())
}
