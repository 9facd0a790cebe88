//! What all clones of an index share: the engine, the only writer, and the state that searches see.

use std::collections::HashSet;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use serde::{Deserialize, Serialize};
use tantivy::indexer::{IndexWriterOptions, LogMergePolicy};
use tantivy::{IndexReader, IndexWriter, ReloadPolicy, TantivyDocument};

use crate::schema::Handles;
use crate::snapshot::{Cache, Snapshot};
use crate::{Error, Options, Schema};

/// This many segments of about one size become one.
const MERGE_WIDTH: usize = 6;
/// Segments below this many documents count as being of one size.
const SMALL_SEGMENT: u32 = 5_000;
/// The engine refuses less for one thread.
const LEAST_MEMORY: usize = 15_000_000;

/// See the module.
pub(crate) struct Shared {
    pub(crate) schema: Schema,
    pub(crate) handles: Handles,
    pub(crate) engine: tantivy::Index,
    reader: IndexReader,
    /// None when read-only.
    writing: Option<Mutex<Writing>>,
    pub(crate) cache: Cache,
    snapshot: RwLock<Arc<Snapshot>>,
    /// How often the snapshot was replaced.
    generation: AtomicU64,
    /// Held while a snapshot is made, so that a slower one never replaces a newer one.
    reloading: Mutex<()>,
}

/// What a commit stores beside the documents.
#[derive(Serialize, Deserialize)]
struct Payload {
    position: u64,
}

/// The text to store with a commit.
pub(crate) fn payload(position: u64) -> Result<String, Error> {
    serde_json::to_string(&Payload { position }).map_err(|error| Error::Engine(error.to_string()))
}

/// The position stored with the last commit. To be read before the searcher is made: should another process commit in
/// between, the position is behind the documents, and repeating changes does no harm.
fn position(engine: &tantivy::Index) -> Result<Option<u64>, Error> {
    let Some(payload) = engine.load_metas()?.payload else {
        return Ok(None);
    };
    let payload: Payload = serde_json::from_str(&payload)
        .map_err(|error| Error::Engine(format!("its position cannot be read ({error})")))?;
    Ok(Some(payload.position))
}

/// The writer, and what it has not committed yet.
pub(crate) struct Writing {
    pub(crate) writer: IndexWriter,
    /// The ids put since the last commit, which a later change has to replace.
    pub(crate) pending: HashSet<u64>,
}

impl Writing {
    pub(crate) fn rollback(&mut self) -> Result<(), Error> {
        self.writer.rollback()?;
        self.pending.clear();
        Ok(())
    }
}

impl Shared {
    pub(crate) fn start(
        engine: tantivy::Index,
        schema: Schema,
        handles: Handles,
        options: Option<Options>,
    ) -> Result<Self, StartError> {
        let writer = options
            .map(|options| writer(&engine, options))
            .transpose()?;
        let position = position(&engine).map_err(StartError::Content)?;
        let reader = engine
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()?;
        let cache = Cache::new(&schema);
        let snapshot = Snapshot::take(reader.searcher(), position, &schema, &cache)
            .map_err(StartError::Content)?;
        let snapshot = RwLock::new(Arc::new(snapshot));
        let writing = writer.map(|writer| {
            Mutex::new(Writing {
                writer,
                pending: HashSet::new(),
            })
        });
        Ok(Self {
            schema,
            handles,
            engine,
            reader,
            writing,
            cache,
            snapshot,
            generation: AtomicU64::new(0),
            reloading: Mutex::new(()),
        })
    }

    pub(crate) fn writing(&self) -> Result<MutexGuard<'_, Writing>, Error> {
        let writing = self.writing.as_ref().ok_or(Error::ReadOnly)?;
        Ok(writing.lock().unwrap_or_else(PoisonError::into_inner))
    }

    pub(crate) fn snapshot(&self) -> Arc<Snapshot> {
        Arc::clone(&self.snapshot.read().unwrap_or_else(PoisonError::into_inner))
    }

    pub(crate) fn generation(&self) -> u64 {
        self.generation.load(Ordering::Acquire)
    }

    pub(crate) fn reload(&self) -> Result<(), Error> {
        let _reloading = self.reloading.lock();
        let position = position(&self.engine)?;
        self.reader.reload()?;
        let searcher = self.reader.searcher();
        let snapshot = Snapshot::take(searcher, position, &self.schema, &self.cache)?;
        *self
            .snapshot
            .write()
            .unwrap_or_else(PoisonError::into_inner) = Arc::new(snapshot);
        // After the snapshot, so that whoever reads the number first never takes an old answer for a new one.
        self.generation.fetch_add(1, Ordering::Release);
        Ok(())
    }
}

/// Why an index does not start: the engine itself, or what is read from it.
pub(crate) enum StartError {
    Engine(tantivy::TantivyError),
    Content(Error),
}

impl From<tantivy::TantivyError> for StartError {
    fn from(error: tantivy::TantivyError) -> Self {
        Self::Engine(error)
    }
}

impl From<StartError> for Error {
    fn from(error: StartError) -> Self {
        match error {
            StartError::Engine(error) => error.into(),
            StartError::Content(error) => error,
        }
    }
}

fn writer(
    engine: &tantivy::Index,
    options: Options,
) -> tantivy::Result<IndexWriter<TantivyDocument>> {
    let threads = options.threads.clamp(1, 8);
    let memory = (options.writer_memory_bytes / threads).clamp(LEAST_MEMORY, 2_000_000_000);
    let options = IndexWriterOptions::builder()
        .num_worker_threads(threads)
        .memory_budget_per_thread(memory)
        .num_merge_threads(1)
        .build();
    let writer = engine.writer_with_options(options)?;
    let mut policy = LogMergePolicy::default();
    policy.set_min_num_segments(MERGE_WIDTH);
    policy.set_min_layer_size(SMALL_SEGMENT);
    policy.set_del_docs_ratio_before_merge(0.3);
    writer.set_merge_policy(Box::new(policy));
    Ok(writer)
}
