//! The documents of one term in one segment, or those that a scorer of the engine finds.

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::BlockSegmentPostings;
use tantivy::query::{Bm25Weight, Scorer};
use tantivy::schema::IndexRecordOption;
use tantivy::{SegmentReader, TERMINATED, Term};

use super::plan::PreparedPlace;
use super::window::Bits;
use crate::Error;

/// See the module.
#[expect(
    clippy::large_enum_variant,
    reason = "a query has a few lists, and the large kind is by far the more frequent"
)]
pub(crate) enum List {
    Term(TermList),
    Engine(EngineList),
}

/// The documents of one term.
pub(crate) struct TermList {
    postings: BlockSegmentPostings,
    /// The place in the current block; it is beyond the block only at the end of the list.
    at: usize,
    ranking: Option<(Bm25Weight, FieldNormReader)>,
}

/// The documents that a scorer finds.
pub(crate) struct EngineList {
    scorer: Box<dyn Scorer>,
    scored: bool,
}

impl List {
    /// The list of a place in a segment; none where it holds nothing.
    pub(super) fn open(
        place: &PreparedPlace,
        segment: &SegmentReader,
        scored: bool,
    ) -> Result<Option<Self>, Error> {
        match place {
            PreparedPlace::Term(term, weight) => {
                Ok(TermList::open(term, weight.as_ref(), segment)?.map(Self::Term))
            }
            PreparedPlace::Engine(weight) => {
                let scorer = weight.scorer(segment, 1.0)?;
                Ok(Some(Self::Engine(EngineList::new(scorer, scored))))
            }
        }
    }

    /// The next document from `from` on; [`TERMINATED`] if there is none.
    pub(super) fn next(&mut self, from: u32) -> u32 {
        match self {
            Self::Term(list) => list.next(from),
            Self::Engine(list) => list.next(from),
        }
    }

    /// About how many documents there are to be read.
    pub(super) fn cost(&self) -> u64 {
        match self {
            Self::Term(list) => u64::from(list.postings.doc_freq()),
            Self::Engine(list) => list.cost(),
        }
    }

    /// Calls `found` for each document from `from` to before `to` that is among `wanted`, with its place after `from`
    /// and its score.
    pub(super) fn read(
        &mut self,
        from: u32,
        to: u32,
        wanted: Option<&Bits>,
        found: impl FnMut(usize, f32),
    ) {
        match self {
            Self::Term(list) => list.read(from, to, wanted, found),
            Self::Engine(list) => list.read(from, to, wanted, found),
        }
    }
}

impl TermList {
    fn open(
        term: &Term,
        weight: Option<&Bm25Weight>,
        segment: &SegmentReader,
    ) -> Result<Option<Self>, Error> {
        let inverted = segment.inverted_index(term.field())?;
        let (option, ranking) = match weight {
            Some(weight) => {
                let norms = segment.get_fieldnorms_reader(term.field())?;
                (IndexRecordOption::WithFreqs, Some((weight.clone(), norms)))
            }
            None => (IndexRecordOption::Basic, None),
        };
        let postings = inverted
            .read_block_postings(term, option)
            .map_err(tantivy::TantivyError::from)?;
        Ok(postings.map(|postings| Self {
            postings,
            at: 0,
            ranking,
        }))
    }

    fn next(&mut self, from: u32) -> u32 {
        let here = self.postings.docs().get(self.at).copied();
        match here {
            None => TERMINATED,
            Some(doc) if doc >= from => doc,
            Some(_) => {
                self.at = self.postings.seek(from);
                let docs = self.postings.docs();
                docs.get(self.at).copied().unwrap_or(TERMINATED)
            }
        }
    }

    fn read(
        &mut self,
        from: u32,
        to: u32,
        wanted: Option<&Bits>,
        mut found: impl FnMut(usize, f32),
    ) {
        self.next(from);
        loop {
            let docs = self.postings.docs();
            let rest = &docs[self.at.min(docs.len())..];
            let within = match rest.last() {
                None => return,
                Some(last) if *last < to => rest.len(),
                Some(_) => rest.partition_point(|doc| *doc < to),
            };
            let places = rest[..within].iter().map(|doc| (doc - from) as usize);
            let is_wanted = |at: usize| wanted.is_none_or(|wanted| wanted.has(at));
            match &self.ranking {
                None => places
                    .filter(|at| is_wanted(*at))
                    .for_each(|at| found(at, 0.0)),
                Some((weight, norms)) => {
                    let frequencies = &self.postings.freqs()[self.at..];
                    for (at, frequency) in places.zip(frequencies) {
                        if is_wanted(at) {
                            let norm = norms.fieldnorm_id(from + at as u32);
                            found(at, weight.score(norm, *frequency));
                        }
                    }
                }
            }
            if within < rest.len() {
                self.at += within;
                return;
            }
            self.postings.advance();
            self.at = 0;
        }
    }
}

impl EngineList {
    pub(super) fn new(scorer: Box<dyn Scorer>, scored: bool) -> Self {
        Self { scorer, scored }
    }

    pub(super) fn next(&mut self, from: u32) -> u32 {
        match self.scorer.doc() {
            doc if doc >= from => doc,
            _ => self.scorer.seek(from),
        }
    }

    pub(super) fn cost(&self) -> u64 {
        // It is dearer than a plain list, so that it is asked only where the others match.
        self.scorer.cost().saturating_mul(4)
    }

    pub(super) fn read(
        &mut self,
        from: u32,
        to: u32,
        wanted: Option<&Bits>,
        mut found: impl FnMut(usize, f32),
    ) {
        let mut take = |list: &mut Self, doc: u32| {
            let score = if list.scored {
                list.scorer.score()
            } else {
                0.0
            };
            found((doc - from) as usize, score);
        };
        match wanted {
            Some(wanted) => {
                for doc in wanted.ones().map(|at| from + at as u32) {
                    let next = self.next(doc);
                    if next == doc {
                        take(self, doc);
                    } else if next >= to {
                        return;
                    }
                }
            }
            None => {
                let mut doc = self.next(from);
                while doc < to {
                    take(self, doc);
                    doc = self.scorer.advance();
                }
            }
        }
    }
}
