//! Recent: pages of searches that were just answered, for as long as the index shows the same commit.
//!
//! People look at a few pages again and again: the list as it opens, a search one comes back to from a posting. What
//! belongs to one person alone, such as what they keep, is never held here.

use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, PoisonError};

use lru::LruCache;

use super::query::PostingQuery;
use super::search::PostingPage;
use crate::clock::Timestamp;

/// Pages held at most: about 100 kB each.
const HELD: NonZeroUsize = NonZeroUsize::new(64).expect("64 is not zero");
/// How long a page holds: "posted within" and "closing soon" move on with the clock.
const HOLDS_MS: i64 = 60_000;

/// The pages, the last used first. A clone shares them.
#[derive(Clone, Debug)]
pub(super) struct RecentPages {
    held: Arc<Mutex<LruCache<PostingQuery, Held>>>,
}

#[derive(Debug)]
struct Held {
    page: Arc<PostingPage>,
    generation: u64,
    at: Timestamp,
}

impl Default for RecentPages {
    fn default() -> Self {
        Self {
            held: Arc::new(Mutex::new(LruCache::new(HELD))),
        }
    }
}

impl RecentPages {
    /// The page of a search, if it was answered from the commit of this `generation` and not long before `now`.
    pub(super) fn get(
        &self,
        query: &PostingQuery,
        generation: u64,
        now: Timestamp,
    ) -> Option<Arc<PostingPage>> {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let found = held.get(query)?;
        let fresh = (found.at..found.at.plus_millis(HOLDS_MS)).contains(&now);
        (found.generation == generation && fresh).then(|| Arc::clone(&found.page))
    }

    /// Holds the page of a search; `generation` was read before the index was asked.
    pub(super) fn hold(
        &self,
        query: PostingQuery,
        page: &Arc<PostingPage>,
        generation: u64,
        at: Timestamp,
    ) {
        let entry = Held {
            page: Arc::clone(page),
            generation,
            at,
        };
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        held.put(query, entry);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(total: u64) -> Arc<PostingPage> {
        Arc::new(PostingPage {
            total,
            ..PostingPage::default()
        })
    }

    fn words(q: &str) -> PostingQuery {
        PostingQuery {
            q: q.to_owned(),
            ..PostingQuery::default()
        }
    }

    #[test]
    fn a_page_is_given_again_for_the_same_search_of_the_same_commit() {
        let recent = RecentPages::default();
        recent.hold(words("java"), &page(3), 7, Timestamp(0));
        let again = recent.get(&words("java"), 7, Timestamp(1_000));
        assert_eq!(again.map(|page| page.total), Some(3));
        assert!(recent.get(&words("rust"), 7, Timestamp(1_000)).is_none());
    }

    #[test]
    fn a_page_of_an_earlier_commit_or_of_a_minute_ago_is_not_given() {
        let recent = RecentPages::default();
        recent.hold(words("java"), &page(3), 7, Timestamp(0));
        assert!(recent.get(&words("java"), 8, Timestamp(1_000)).is_none());
        assert!(recent.get(&words("java"), 7, Timestamp(HOLDS_MS)).is_none());
        assert!(recent.get(&words("java"), 7, Timestamp(-1)).is_none());
    }

    #[test]
    fn the_page_that_was_not_looked_at_for_longest_makes_room() {
        let recent = RecentPages::default();
        recent.hold(words("first"), &page(1), 1, Timestamp(0));
        for number in 0..HELD.get() {
            recent.hold(words(&number.to_string()), &page(2), 1, Timestamp(0));
        }
        assert!(recent.get(&words("first"), 1, Timestamp(0)).is_none());
        assert!(recent.get(&words("0"), 1, Timestamp(0)).is_some());
    }
}
