//! Handover: documents of postings that this process has just stored, for its own index to take.
//!
//! The index follows the event log and could read every posting back from the database; of a long sync that would be
//! each row once more. What is not here, or no longer, is read back. A posting is new in one event only, so what stands
//! here under its number is what that event tells of; whatever changes it later is another event.

use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, PoisonError};

use lru::LruCache;
use search::Document;

use super::model::PostingId;

/// Documents held at most, each of a few kB; the oldest make room.
const HELD: NonZeroUsize = NonZeroUsize::new(6_000).expect("6,000 is not zero");
/// From so many on the index should come for them.
const MANY: usize = 3_000;

/// Documents by their posting. A clone shares them.
#[derive(Clone)]
pub(super) struct Handover {
    held: Arc<Mutex<LruCache<PostingId, Document>>>,
}

impl Default for Handover {
    fn default() -> Self {
        Self {
            held: Arc::new(Mutex::new(LruCache::new(HELD))),
        }
    }
}

impl Handover {
    /// Leaves documents of new postings; says whether it is time to come for them.
    pub(super) fn leave(&self, documents: Vec<(PostingId, Document)>) -> bool {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        for (id, document) in documents {
            held.put(id, document);
        }
        held.len() >= MANY
    }

    /// Takes the document of a new posting, if it was left.
    pub(super) fn take(&self, id: PostingId) -> Option<Document> {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        held.pop(&id)
    }
}
