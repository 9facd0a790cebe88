//! Deleting by id.
//!
//! The engine keeps every deletion until the next commit. Its own deletion by term carries ranking tables of a kilobyte
//! each; this one is a number, so that replacing all documents in one commit stays affordable.

use tantivy::query::{EnableScoring, Explanation, Query, Scorer, TermQuery, Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, Score, SegmentReader, TantivyError, Term};

/// The documents with one id.
#[derive(Clone, Copy, Debug)]
pub(crate) struct WithId {
    pub(crate) field: Field,
    pub(crate) id: u64,
}

impl Query for WithId {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(*self))
    }
}

impl Weight for WithId {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let term = Term::from_field_u64(self.field, self.id);
        TermQuery::new(term, IndexRecordOption::Basic)
            .weight(EnableScoring::disabled_from_schema(reader.schema()))?
            .scorer(reader, boost)
    }

    fn explain(&self, _: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        Err(TantivyError::InvalidArgument(format!(
            "document {doc} is only looked up to be deleted"
        )))
    }
}
