//! One pass over the documents that match: filters, counts of all facets, and the best hits of the page.
//!
//! The filters are not part of the engine's query. Each document that the query finds is tested against the columns:
//! if all filters hold it is a hit and counts everywhere; if only the filters of one field fail, it still counts in
//! that field's own facet, which shows what choosing another value would find. So the query runs once, however many
//! facets and filters there are.

use tantivy::SegmentReader;
use tantivy::query::{EnableScoring, Query as Engine, Weight};

use crate::columns::{Columns, MISSING_INTEGER, Values};
use crate::cursor::Place;
use crate::facets::{FilterGroup, Tally};
use crate::query::Compiled;
use crate::snapshot::Snapshot;
use crate::{Cursor, Error, Hit};

/// Documents are handled in blocks of this size, so that one column at a time is read.
const BLOCK: usize = 4096;

/// The order of the hits, resolved.
#[derive(Clone, Copy)]
pub(crate) enum Order {
    Relevance,
    Field { position: usize, descending: bool },
}

impl Order {
    /// Distinguishes the orders in cursors.
    pub(crate) fn code(self) -> u16 {
        match self {
            Self::Relevance => 0,
            Self::Field {
                position,
                descending,
            } => 1 + 2 * (position as u16 & 0x3fff) + u16::from(descending),
        }
    }

    /// Maps a sort value so that the smaller number comes first, and no value comes last.
    fn rank(self, score: f32, values: Option<&[i64]>, doc: u32) -> u64 {
        match (self, values) {
            // Scores are not negative, so their bits are ordered as they are.
            (Self::Relevance, _) => !u64::from(score.max(0.0).to_bits()),
            (Self::Field { descending, .. }, Some(values)) => match values[doc as usize] {
                MISSING_INTEGER => u64::MAX,
                value if descending => !tantivy::i64_to_u64(value),
                value => tantivy::i64_to_u64(value),
            },
            (Self::Field { .. }, None) => u64::MAX,
        }
    }

    fn hit(self, place: Place) -> Hit {
        let id = !place.reverse_id;
        match self {
            Self::Relevance => Hit {
                id,
                score: f32::from_bits(!place.rank as u32),
                sort_value: None,
            },
            Self::Field { descending, .. } => {
                let ordered = if descending { !place.rank } else { place.rank };
                let sort_value = (place.rank != u64::MAX).then(|| tantivy::u64_to_i64(ordered));
                Hit {
                    id,
                    score: 0.0,
                    sort_value,
                }
            }
        }
    }
}

/// What one pass is to find.
pub(crate) struct Pass<'p> {
    pub(crate) groups: &'p [FilterGroup],
    pub(crate) tallies: Vec<Tally<'p>>,
    pub(crate) order: Order,
    pub(crate) after: Option<Place>,
    pub(crate) limit: usize,
    pub(crate) total: u64,
    pub(crate) best: Best,
}

impl Pass<'_> {
    /// Runs the query over all segments.
    pub(crate) fn run(&mut self, query: &Compiled, snapshot: &Snapshot) -> Result<(), Error> {
        let engine: &dyn Engine = match query {
            Compiled::Nothing => return Ok(()),
            Compiled::Everything => {
                for (segment, columns) in snapshot.segments() {
                    self.everything(segment, columns);
                }
                return Ok(());
            }
            Compiled::Some(engine) => &**engine,
        };
        let scored = matches!(self.order, Order::Relevance);
        let scoring = if scored {
            EnableScoring::enabled_from_searcher(&snapshot.searcher)
        } else {
            EnableScoring::disabled_from_searcher(&snapshot.searcher)
        };
        let weight = engine.weight(scoring)?;
        for (segment, columns) in snapshot.segments() {
            self.matching(&*weight, scored, segment, columns)?;
        }
        Ok(())
    }

    fn everything(&mut self, segment: &SegmentReader, columns: &Columns) {
        let mut docs = Vec::with_capacity(BLOCK);
        let mut from = 0;
        while from < segment.max_doc() {
            let to = segment.max_doc().min(from + BLOCK as u32);
            docs.clear();
            match segment.alive_bitset() {
                None => docs.extend(from..to),
                Some(alive) => docs.extend((from..to).filter(|doc| alive.is_alive(*doc))),
            }
            self.block(columns, &docs, &[]);
            from = to;
        }
    }

    fn matching(
        &mut self,
        weight: &dyn Weight,
        scored: bool,
        segment: &SegmentReader,
        columns: &Columns,
    ) -> Result<(), Error> {
        let mut docs = Vec::with_capacity(BLOCK);
        let mut scores = Vec::with_capacity(if scored { BLOCK } else { 0 });
        let alive = segment.alive_bitset();
        let is_alive = |doc: u32| alive.is_none_or(|alive| alive.is_alive(doc));
        if scored {
            weight.for_each(segment, &mut |doc, score| {
                if is_alive(doc) {
                    docs.push(doc);
                    scores.push(score);
                    if docs.len() == BLOCK {
                        self.block(columns, &docs, &scores);
                        docs.clear();
                        scores.clear();
                    }
                }
            })?;
        } else {
            weight.for_each_no_score(segment, &mut |found| {
                docs.extend(found.iter().filter(|doc| is_alive(**doc)));
                if docs.len() >= BLOCK {
                    self.block(columns, &docs, &[]);
                    docs.clear();
                }
            })?;
        }
        self.block(columns, &docs, &scores);
        Ok(())
    }

    /// Handles documents that the query found; without scores they all have 0.
    fn block(&mut self, columns: &Columns, docs: &[u32], scores: &[f32]) {
        if self.groups.is_empty() {
            self.hits(columns, docs, scores);
            return;
        }
        let mut hits = Vec::with_capacity(docs.len());
        let mut hit_scores = Vec::with_capacity(scores.len());
        let mut near: Vec<Vec<u32>> = self.groups.iter().map(|_| Vec::new()).collect();
        for (at, &doc) in docs.iter().enumerate() {
            let mut failing =
                (0..self.groups.len()).filter(|group| !self.groups[*group].holds(columns, doc));
            match (failing.next(), failing.next()) {
                (None, _) => {
                    hits.push(doc);
                    hit_scores.extend(scores.get(at));
                }
                (Some(only), None) => near[only].push(doc),
                (Some(_), Some(_)) => {}
            }
        }
        self.hits(columns, &hits, &hit_scores);
        for (group, near) in self.groups.iter().zip(near) {
            for tally in self
                .tallies
                .iter_mut()
                .filter(|tally| tally.position == group.position)
            {
                tally.add(columns, &near);
            }
        }
    }

    /// Handles documents that satisfy everything.
    fn hits(&mut self, columns: &Columns, docs: &[u32], scores: &[f32]) {
        self.total += docs.len() as u64;
        for tally in &mut self.tallies {
            tally.add(columns, docs);
        }
        if self.limit == 0 {
            return;
        }
        let values = match self.order {
            Order::Relevance => None,
            Order::Field { position, .. } => match &columns.fields[position] {
                Values::Integer(values) => Some(&values[..]),
                _ => None,
            },
        };
        for (at, &doc) in docs.iter().enumerate() {
            let rank = self
                .order
                .rank(scores.get(at).copied().unwrap_or(0.0), values, doc);
            if rank > self.best.worst.rank {
                continue;
            }
            let place = Place {
                rank,
                reverse_id: !columns.ids[doc as usize],
            };
            if self.after.is_none_or(|after| place > after) {
                self.best.offer(place);
            }
        }
    }

    /// The hits of the page and the cursor of the next one.
    pub(crate) fn page(&mut self) -> (Vec<Hit>, Option<Cursor>) {
        let mut places = std::mem::take(&mut self.best.places);
        places.sort_unstable();
        let more = places.len() > self.limit;
        places.truncate(self.limit);
        let order = self.order.code();
        let next = places.last().filter(|_| more).map(|place| Cursor {
            order,
            place: *place,
        });
        (
            places
                .into_iter()
                .map(|place| self.order.hit(place))
                .collect(),
            next,
        )
    }
}

/// The first places of the order seen so far.
pub(crate) struct Best {
    places: Vec<Place>,
    keep: usize,
    /// A place that is not better than this one is not among the first.
    worst: Place,
}

impl Best {
    /// Keeps one more than a page, to know whether there is a next one.
    pub(crate) fn new(limit: usize) -> Self {
        let worst = Place {
            rank: u64::MAX,
            reverse_id: u64::MAX,
        };
        Self {
            places: Vec::new(),
            keep: limit.saturating_add(1),
            worst,
        }
    }

    fn offer(&mut self, place: Place) {
        if place > self.worst {
            return;
        }
        self.places.push(place);
        if self.places.len() >= self.keep.saturating_mul(2).max(64) {
            self.places.select_nth_unstable(self.keep - 1);
            self.places.truncate(self.keep);
            self.worst = self.places[self.keep - 1];
        }
    }
}
