//! What this process keeps of requirements and of scores, so that a profile is compared with all postings without reading them.
//!
//! Requirements are followed by their versions; a person's scores are held as long as their version stands.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, PoisonError, RwLock, RwLockReadGuard};

use lru::LruCache;

use super::needs::rules;
use super::store::requirements::{changed_after, position};
use crate::accounts::model::AccountId;
use crate::error::Result;
use crate::postings::fit::FitColumn;
use crate::state::Ctx;

/// Rows read at once.
const ROWS_AT_ONCE: u64 = 10_000;
/// People whose scores are held, those asked for last; about a megabyte each with 100,000 postings.
const COLUMNS: NonZeroUsize = NonZeroUsize::new(32).expect("32 is not zero");

/// The requirements of one posting.
#[derive(Clone, Debug)]
pub struct Known {
    /// Their last change.
    pub version: i64,
    /// The compact form; empty for a posting that is not open.
    pub needs: Box<[u8]>,
}

/// The requirements of all postings.
#[derive(Debug, Default)]
pub struct All {
    /// The last change that is in them.
    pub version: i64,
    /// By the number of the posting.
    pub postings: BTreeMap<i64, Known>,
}

/// What this process keeps. Clones share it.
#[derive(Clone, Default)]
pub struct Matching {
    all: Arc<RwLock<All>>,
    /// Held while refreshing, so that two never read the same changes.
    refreshing: Arc<tokio::sync::Mutex<()>>,
    columns: Arc<Columns>,
}

struct Columns(Mutex<LruCache<AccountId, (i64, FitColumn)>>);

impl Default for Columns {
    fn default() -> Self {
        Self(Mutex::new(LruCache::new(COLUMNS)))
    }
}

impl std::fmt::Debug for Matching {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Matching").finish_non_exhaustive()
    }
}

impl Matching {
    /// The requirements as they were at the last refresh.
    pub fn read(&self) -> RwLockReadGuard<'_, All> {
        self.all.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Applies what changed in the database since the last time. Requirements that were read under other rules are none.
    ///
    /// # Errors
    /// From the database.
    pub async fn refresh(&self, ctx: &Ctx) -> Result<()> {
        let _refreshing = self.refreshing.lock().await;
        let at = position(ctx.db.pool()).await?;
        if at.rules != rules() {
            *self.all.write().unwrap_or_else(PoisonError::into_inner) = All::default();
            return Ok(());
        }
        let from = self.read().version;
        if from == at.version {
            return Ok(());
        }
        let mut place = (from, i64::MAX);
        loop {
            let rows = changed_after(&ctx.db, place, ROWS_AT_ONCE).await?;
            let Some((posting, version, _)) = rows.last() else {
                break;
            };
            place = (*version, *posting);
            let mut all = self.all.write().unwrap_or_else(PoisonError::into_inner);
            for (posting, version, needs) in rows {
                let needs = needs.into_boxed_slice();
                all.postings.insert(posting, Known { version, needs });
            }
        }
        // What was written meanwhile is read again next time, which changes nothing.
        let mut all = self.all.write().unwrap_or_else(PoisonError::into_inner);
        all.version = at.version;
        Ok(())
    }

    /// A person's scores, if they are held in this version.
    #[must_use]
    pub fn column(&self, account: AccountId, version: i64) -> Option<FitColumn> {
        let mut held = self
            .columns
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let (known, column) = held.get(&account)?;
        (*known == version).then(|| column.clone())
    }

    /// Holds a person's scores.
    pub fn hold(&self, account: AccountId, version: i64, column: FitColumn) {
        let mut held = self
            .columns
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        held.put(account, (version, column));
    }
}
