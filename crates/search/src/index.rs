//! The index: opening, changing, committing, searching.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use tantivy::TantivyDocument;

use crate::directory::{self, Found};
use crate::erase::WithId;
use crate::error::shielded;
use crate::matching::Explained;
use crate::schema::Handles;
use crate::shared::{Shared, StartError, payload};
use crate::tokenize::analyzers;
use crate::{Change, Document, Error, Page, Query, Request, Schema, snippet};

/// How the index is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// What all writing threads together may hold before they write a segment; at least 15 MB each.
    pub writer_memory_bytes: usize,
    /// How many threads turn documents into segments; 1 to 8. Merging has one more of its own.
    pub threads: usize,
}

impl Default for Options {
    /// One thread and 40 MB.
    fn default() -> Self {
        Self {
            writer_memory_bytes: 40_000_000,
            threads: 1,
        }
    }
}

/// What opening a directory gave.
#[derive(Debug)]
pub enum Opened {
    /// An index that can be used; a new and empty one if there was none.
    Ready(Index),
    /// What is there cannot serve: another schema, damage, or files of another program. Nothing was changed. Use
    /// [`Index::recreate`] and fill it again.
    NeedsRebuild {
        /// Why, for a person to read.
        reason: String,
    },
}

/// A search index. Clones share it; all methods may be called from several threads at once. Changes become visible,
/// and survive a crash, at [`Index::commit`]; a process that is killed leaves the last commit.
#[derive(Clone)]
pub struct Index {
    shared: Arc<Shared>,
}

impl std::fmt::Debug for Index {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Index")
            .field("documents", &self.document_count())
            .finish_non_exhaustive()
    }
}

impl Index {
    /// Opens the index in a directory for reading and writing, or makes an empty one where there is nothing. Only one
    /// process can have it open so.
    pub fn open(directory: &Path, schema: Schema, options: Options) -> Result<Opened, Error> {
        Self::open_found(directory, schema, Some(options))
    }

    /// Opens the index in a directory for reading, beside a process that writes. It shows the last commit; later ones
    /// are seen after [`Index::reload`]. Where there is no index yet the answer is `NeedsRebuild`.
    pub fn open_reader(directory: &Path, schema: Schema) -> Result<Opened, Error> {
        Self::open_found(directory, schema, None)
    }

    fn open_found(
        directory: &Path,
        schema: Schema,
        options: Option<Options>,
    ) -> Result<Opened, Error> {
        let handles = Handles::new(&schema);
        let opened = shielded(|| {
            let engine = match (directory::find(directory, &schema)?, options) {
                (Found::Index(engine), _) => engine,
                (Found::Unusable(reason), _) => return Ok(Err(reason)),
                (Found::Empty, None) => {
                    return Ok(Err(format!("{} holds no index yet", directory.display())));
                }
                (Found::Empty, Some(_)) => directory::create(directory, &schema, &handles)?,
            };
            match Shared::start(engine, schema, handles, options) {
                Ok(inner) => Ok(Ok(Self {
                    shared: Arc::new(inner),
                })),
                Err(StartError::Engine(error)) => directory::judged(directory, error).map(Err),
                Err(StartError::Content(error)) => Ok(Err(error.to_string())),
            }
        });
        match opened {
            Ok(Ok(index)) => Ok(Opened::Ready(index)),
            Ok(Err(reason)) | Err(Error::Engine(reason)) => Ok(Opened::NeedsRebuild { reason }),
            Err(error) => Err(error),
        }
    }

    /// Removes the index in a directory, whatever state it is in, and makes an empty one. Files that are not part of an
    /// index are left alone.
    pub fn recreate(directory: &Path, schema: Schema, options: Options) -> Result<Self, Error> {
        directory::remove(directory)?;
        let handles = Handles::new(&schema);
        let engine = directory::create(directory, &schema, &handles)?;
        Ok(Self {
            shared: Arc::new(Shared::start(engine, schema, handles, Some(options))?),
        })
    }

    /// An empty index that is gone when the last clone is dropped.
    pub fn in_memory(schema: Schema) -> Result<Self, Error> {
        let handles = Handles::new(&schema);
        let mut engine = tantivy::Index::create_in_ram(handles.layout.clone());
        engine.set_tokenizers(analyzers());
        Ok(Self {
            shared: Arc::new(Shared::start(
                engine,
                schema,
                handles,
                Some(Options::default()),
            )?),
        })
    }

    /// The schema it was opened with.
    pub fn schema(&self) -> &Schema {
        &self.shared.schema
    }

    /// Makes changes, in order, to be seen after the next commit. A document that does not fit the schema refuses the
    /// whole batch. Batches of some hundreds are fastest.
    pub fn apply(&self, batch: impl IntoIterator<Item = Change>) -> Result<(), Error> {
        let shared = &*self.shared;
        // Of several changes to one id only the last one counts, so the order between ids does not matter.
        let mut last: BTreeMap<u64, Option<TantivyDocument>> = BTreeMap::new();
        for change in batch {
            match change {
                Change::Put(document) => last.insert(
                    document.id,
                    Some(document.lower(&shared.schema, &shared.handles)?),
                ),
                Change::Delete(id) => last.insert(id, None),
            };
        }
        let mut writing = shared.writing()?;
        let committed = shared.snapshot();
        for (id, document) in last {
            let field = shared.handles.id;
            let replaces = writing.pending.contains(&id) || committed.may_hold(field, id)?;
            if replaces {
                writing
                    .writer
                    .delete_query(Box::new(WithId { field, id }))?;
            }
            if let Some(document) = document {
                // One at a time: the engine's queue is bounded in messages, whatever their size.
                writing.writer.add_document(document)?;
                writing.pending.insert(id);
            }
        }
        Ok(())
    }

    /// Puts documents: [`Index::apply`] for batches without deletions.
    pub fn put(&self, documents: impl IntoIterator<Item = Document>) -> Result<(), Error> {
        self.apply(documents.into_iter().map(Change::Put))
    }

    /// Makes all changes visible and durable, together with the caller's position in the log that they come from.
    pub fn commit(&self, position: u64) -> Result<(), Error> {
        let payload = payload(position)?;
        let mut writing = self.shared.writing()?;
        let mut prepared = writing.writer.prepare_commit()?;
        prepared.set_payload(&payload);
        prepared.commit()?;
        writing.pending.clear();
        // Still under the writer's lock, so that snapshots follow each other in the order of the commits.
        self.shared.reload()
    }

    /// Forgets all changes since the last commit.
    pub fn rollback(&self) -> Result<(), Error> {
        self.shared.writing()?.rollback()
    }

    /// Removes all documents, and forgets changes since the last commit; seen after the next commit.
    pub fn clear(&self) -> Result<(), Error> {
        let mut writing = self.shared.writing()?;
        writing.rollback()?;
        writing.writer.delete_all_documents()?;
        Ok(())
    }

    /// The position given to the last commit that is seen here; none before the first one. Continue the log from here.
    pub fn position(&self) -> Option<u64> {
        self.shared.snapshot().position
    }

    /// A number that grows whenever another commit is seen here: what was found under the same number still stands.
    pub fn generation(&self) -> u64 {
        self.shared.generation()
    }

    /// How many documents the last commit that is seen here has.
    pub fn document_count(&self) -> u64 {
        self.shared.snapshot().searcher.num_docs()
    }

    /// Sees the latest commit. Only needed for readers, since a commit is seen at once where it was made, and to let go
    /// of segments that have been merged since.
    pub fn reload(&self) -> Result<(), Error> {
        shielded(|| self.shared.reload())
    }

    /// Merges all segments into one and waits for it: worth while after a rebuild, since searching is then fastest.
    pub fn compact(&self) -> Result<(), Error> {
        let mut writing = self.shared.writing()?;
        let segments = self.shared.engine.searchable_segment_ids()?;
        if segments.len() > 1 {
            writing.writer.merge(&segments).wait()?;
        }
        writing.writer.garbage_collect_files().wait()?;
        self.shared.reload()
    }

    /// Reads every file and gives the names of those that are damaged.
    pub fn damaged_files(&self) -> Result<Vec<String>, Error> {
        let damaged = shielded(|| Ok(self.shared.engine.validate_checksum()?))?;
        Ok(damaged
            .into_iter()
            .map(|path| path.display().to_string())
            .collect())
    }

    /// Answers a request from the last commit.
    pub fn search(&self, request: &Request) -> Result<Page, Error> {
        shielded(|| self.shared.search(request))
    }

    /// A passage of about 190 characters from a text of `field`, as HTML: words of the query in `<mark>`, everything
    /// else escaped. Nothing if the text has none of the words. Give it [`Page::query`], which has the corrections.
    pub fn snippet(&self, query: &Query, field: &str, text: &str) -> Option<String> {
        snippet::snippet(query, field, text)
    }

    /// Why a document matches: pairs of a field and what the user wrote that is found in it, for the text and keyword
    /// fields given by name (a field with several values repeatedly). Give it [`Page::query`].
    pub fn matched_terms(&self, query: &Query, fields: &[(&str, &str)]) -> Vec<(String, String)> {
        Explained::new(&self.shared.schema, fields).matched_terms(query)
    }
}
