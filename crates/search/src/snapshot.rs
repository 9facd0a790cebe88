//! One committed state of the index, with all that searching it needs.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use tantivy::index::SegmentId;
use tantivy::schema::Field as Handle;
use tantivy::{Searcher, SegmentReader, Term};

use crate::columns::{Columns, Dictionary, Values};
use crate::{Error, Schema};

/// What stays from one commit to the next: dictionaries, and the columns of segments that are still there.
pub(crate) struct Cache {
    pub(crate) dictionaries: Vec<Dictionary>,
    segments: Mutex<HashMap<SegmentId, Arc<Columns>>>,
}

impl Cache {
    pub(crate) fn new(schema: &Schema) -> Self {
        let dictionaries = schema
            .fields()
            .iter()
            .map(|_| Dictionary::default())
            .collect();
        Self {
            dictionaries,
            segments: Mutex::default(),
        }
    }
}

/// One committed state.
pub(crate) struct Snapshot {
    pub(crate) searcher: Searcher,
    /// The caller's position in its log; the documents are never behind it.
    pub(crate) position: Option<u64>,
    columns: Vec<Arc<Columns>>,
    /// The greatest id of any document, deleted ones included.
    greatest: Option<u64>,
    /// The counts of a field over all documents by ordinal, made when first asked for.
    all_counts: Vec<OnceLock<Arc<[u32]>>>,
}

impl Snapshot {
    /// `position` was read before the searcher was made.
    pub(crate) fn take(
        searcher: Searcher,
        position: Option<u64>,
        schema: &Schema,
        cache: &Cache,
    ) -> Result<Self, Error> {
        let mut known = cache
            .segments
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let mut current = HashMap::new();
        let mut columns = Vec::new();
        for segment in searcher.segment_readers() {
            let id = segment.segment_id();
            let read = match known.get(&id) {
                Some(read) => Arc::clone(read),
                None => Arc::new(Columns::read(segment, schema, &cache.dictionaries)?),
            };
            current.insert(id, Arc::clone(&read));
            columns.push(read);
        }
        *known = current;
        let greatest = columns.iter().filter_map(|one| one.greatest).max();
        let all_counts = schema.fields().iter().map(|_| OnceLock::new()).collect();
        Ok(Self {
            searcher,
            position,
            columns,
            greatest,
            all_counts,
        })
    }

    /// Whether a document may have this id: surely none has it if not. Callers mostly count their ids upwards, and a new one
    /// then need not be looked for in every segment.
    pub(crate) fn may_hold(&self, field: Handle, id: u64) -> Result<bool, Error> {
        let is_beyond = self.greatest.is_none_or(|greatest| id > greatest);
        Ok(!is_beyond && self.searcher.doc_freq(&Term::from_field_u64(field, id))? > 0)
    }

    /// The segments with their columns.
    pub(crate) fn segments(&self) -> impl Iterator<Item = (&SegmentReader, &Columns)> {
        self.searcher
            .segment_readers()
            .iter()
            .zip(self.columns.iter().map(|columns| &**columns))
    }

    /// How often each value of a keyword or bool field occurs in all documents.
    pub(crate) fn all_counts(&self, position: usize, size: usize) -> Arc<[u32]> {
        let count = || {
            let mut counts = vec![0; size];
            for (segment, columns) in self.segments() {
                let docs: Vec<u32> = segment.doc_ids_alive().collect();
                count_values(&columns.fields[position], &docs, &mut counts);
            }
            counts.into()
        };
        Arc::clone(self.all_counts[position].get_or_init(count))
    }
}

/// Adds the values of these documents to counts by ordinal; a bool counts as 0 or 1.
pub(crate) fn count_values(values: &Values, docs: &[u32], counts: &mut [u32]) {
    match values {
        Values::Keyword(ordinals) => ordinals.count(docs, counts),
        Values::Bool(bytes) => {
            for &doc in docs {
                if let Some(count) = counts.get_mut(usize::from(bytes[doc as usize])) {
                    *count += 1;
                }
            }
        }
        Values::Integer(_) | Values::None => {}
    }
}
