//! One pass over the documents that match: filters, counts of all facets, and the best hits of the page.
//!
//! The filters are not part of the engine's query. Each document that the query finds is tested against the columns:
//! if all filters hold it is a hit and counts everywhere; if only the filters of one field fail, it still counts in
//! that field's own facet, which shows what choosing another value would find. So the query runs once, however many
//! facets and filters there are. In a large index the documents are divided among some threads.

use std::ops::Range;

use tantivy::{SegmentReader, TERMINATED};

use crate::columns::{Columns, MISSING_INTEGER, Values};
use crate::cursor::Place;
use crate::facets::{FilterGroup, OpenGroup, Tally};
use crate::inverted::Marked;
use crate::query::Compiled;
use crate::snapshot::Snapshot;
use crate::windows::{self, Node, Prepared, Scratch};
use crate::{Cursor, Error, Hit, Numbers};

/// Documents are handled in blocks of this size, so that one column at a time is read.
const BLOCK: u32 = windows::SIZE as u32;
/// So many documents are worth a thread of their own.
const DOCUMENTS_OF_A_THREAD: u32 = 150_000;
/// More threads would take from other searches what they give to this one.
const MOST_THREADS: usize = 4;

/// The order of the hits, resolved.
#[derive(Clone, Copy)]
pub(crate) enum Order<'p> {
    Relevance,
    Field {
        position: usize,
        descending: bool,
    },
    Given {
        numbers: &'p dyn Numbers,
        descending: bool,
    },
}

impl Order<'_> {
    /// Distinguishes the orders in cursors.
    pub(crate) fn code(self) -> u16 {
        match self {
            Self::Relevance => 0,
            Self::Field {
                position,
                descending,
            } => 1 + 2 * (position as u16 & 0x3fff) + u16::from(descending),
            // Beyond every field.
            Self::Given { descending, .. } => 0x8001 + u16::from(descending),
        }
    }

    /// Maps a sort value so that the smaller number comes first, and no value comes last. The document's id is only read
    /// where it is needed: it is in no near cache.
    fn rank(self, score: f32, values: Option<&[i64]>, doc: u32, ids: &[u64]) -> u64 {
        let (value, descending) = match (self, values) {
            // Scores are not negative, so their bits are ordered as they are.
            (Self::Relevance, _) => return !u64::from(score.max(0.0).to_bits()),
            (Self::Field { descending, .. }, Some(values)) => (values[doc as usize], descending),
            (Self::Field { descending, .. }, None) => (MISSING_INTEGER, descending),
            (
                Self::Given {
                    numbers,
                    descending,
                },
                _,
            ) => {
                let number = numbers.number(ids[doc as usize]);
                let number = number.unwrap_or(MISSING_INTEGER);
                (number, descending)
            }
        };
        match value {
            MISSING_INTEGER => u64::MAX,
            value if descending => !tantivy::i64_to_u64(value),
            value => tantivy::i64_to_u64(value),
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
            Self::Field { descending, .. } | Self::Given { descending, .. } => {
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
    pub(crate) order: Order<'p>,
    pub(crate) after: Option<Place>,
    pub(crate) limit: usize,
    pub(crate) total: u64,
    pub(crate) best: Best,
    /// For each group of the segment that is passed over: how many matches have each of its profiles.
    pub(crate) by_profile: Vec<Vec<u32>>,
}

/// What is known of the part of a segment that is passed over.
struct Passage<'s> {
    columns: &'s Columns,
    groups: Vec<OpenGroup<'s>>,
    /// The documents that satisfy everything, if some facet is counted from them in the end.
    hits: Option<Marked<'s>>,
    /// For each group the documents that fail it alone.
    near: Vec<Near<'s>>,
}

/// Documents that fail the filters of one field alone, which count in the facet of that field.
enum Near<'s> {
    /// Counted from them in the end.
    Marked(Marked<'s>),
    /// Counted by profile: of which group, and how many have each.
    Profiles(usize, Vec<u32>),
    /// Counted as they come.
    Counted,
}

/// Some of the documents of a segment.
type Part<'s> = (&'s SegmentReader, &'s Columns, Range<u32>);

impl<'p> Pass<'p> {
    /// Runs the query over all segments.
    pub(crate) fn run(&mut self, query: &Compiled, snapshot: &Snapshot) -> Result<(), Error> {
        let scored = matches!(self.order, Order::Relevance);
        let prepared = match query {
            Compiled::Nothing => return Ok(()),
            Compiled::Everything => None,
            Compiled::Some(plan) => Some(plan.prepare(&snapshot.searcher, scored)?),
        };
        let prepared = prepared.as_ref();
        let mut shares = shares(snapshot);
        let own = shares.pop().unwrap_or_default();
        let others: Vec<_> = shares
            .into_iter()
            .map(|share| (self.fork(), share))
            .collect();
        let others = std::thread::scope(|scope| {
            let running: Vec<_> = others
                .into_iter()
                .map(|(mut pass, share)| {
                    scope.spawn(move || pass.share(prepared, scored, share).map(|()| pass))
                })
                .collect();
            let mine = self.share(prepared, scored, own);
            let joined = running.into_iter().map(|thread| {
                let panicked = |_| Error::Engine("a thread that searched stopped".to_owned());
                thread.join().map_err(panicked)?
            });
            let others = joined.collect::<Result<Vec<_>, Error>>();
            mine.and(others)
        })?;
        for other in others {
            self.join(other);
        }
        Ok(())
    }

    /// A pass over other documents, whose findings are to be joined to this one's.
    fn fork(&self) -> Self {
        Self {
            groups: self.groups,
            tallies: self.tallies.iter().map(Tally::fork).collect(),
            order: self.order,
            after: self.after,
            limit: self.limit,
            total: 0,
            best: Best::new(self.limit),
            by_profile: Vec::new(),
        }
    }

    fn join(&mut self, other: Self) {
        self.total += other.total;
        for (tally, other) in self.tallies.iter_mut().zip(&other.tallies) {
            tally.join(other);
        }
        for place in other.best.places {
            self.best.offer(place);
        }
    }

    fn share(
        &mut self,
        prepared: Option<&Prepared>,
        scored: bool,
        share: Vec<Part<'_>>,
    ) -> Result<(), Error> {
        for (segment, columns, docs) in share {
            let groups = columns.profiles.iter();
            self.by_profile = groups.map(|group| vec![0; group.len()]).collect();
            let mut passage = self.passage(columns, &docs);
            match prepared {
                None => self.everything(segment, &mut passage, docs.clone()),
                Some(prepared) => {
                    let node = Node::open(prepared, segment, scored)?;
                    self.matching(node, scored, segment, &mut passage, docs.clone());
                }
            }
            self.count(passage, &docs);
        }
        Ok(())
    }

    fn passage<'s>(&self, columns: &'s Columns, range: &Range<u32>) -> Passage<'s>
    where
        'p: 's,
    {
        let filters: &'p [FilterGroup] = self.groups;
        let marked_if = |is: bool| is.then(|| Marked::none(range));
        let counted_later: Vec<usize> = self
            .tallies
            .iter()
            .filter(|tally| tally.inverted(columns).is_some())
            .map(|tally| tally.position)
            .collect();
        let groups = filters.iter().map(|group| group.open(columns, range));
        let groups: Vec<OpenGroup<'s>> = groups.collect();
        let near = |group: &OpenGroup<'s>| match group.joined {
            Some(at) => Near::Profiles(at, vec![0; columns.profiles[at].len()]),
            None => marked_if(counted_later.contains(&group.position))
                .map_or(Near::Counted, Near::Marked),
        };
        Passage {
            columns,
            near: groups.iter().map(near).collect(),
            groups,
            hits: marked_if(!counted_later.is_empty()),
        }
    }

    /// Counts for the facets what was only marked, or counted by profile.
    fn count(&mut self, passage: Passage<'_>, range: &Range<u32>) {
        let Passage {
            columns,
            groups,
            hits,
            near,
        } = passage;
        for tally in &mut self.tallies {
            for (group, counts) in columns.profiles.iter().zip(&self.by_profile) {
                tally.spread(group, counts);
            }
            let mut filtered = groups.iter().zip(&near);
            let own = filtered.find(|(group, _)| group.position == tally.position);
            match (own, &hits) {
                (Some((_, Near::Profiles(at, counts))), _) => {
                    tally.spread(&columns.profiles[*at], counts);
                }
                (_, Some(_)) if tally.inverted(columns).is_none() => {}
                (Some((_, Near::Marked(near))), Some(hits)) => {
                    tally.add_marked(columns, &hits.joined(near), range);
                }
                (_, Some(hits)) => tally.add_marked(columns, hits, range),
                (_, None) => {}
            }
        }
    }

    fn everything(
        &mut self,
        segment: &SegmentReader,
        passage: &mut Passage<'_>,
        range: Range<u32>,
    ) {
        let mut docs = Vec::with_capacity(BLOCK as usize);
        let mut from = range.start;
        while from < range.end {
            let to = range.end.min(from + BLOCK);
            docs.clear();
            match segment.alive_bitset() {
                None => docs.extend(from..to),
                Some(alive) => docs.extend((from..to).filter(|doc| alive.is_alive(*doc))),
            }
            self.block(passage, &docs, &[]);
            from = to;
        }
    }

    fn matching(
        &mut self,
        mut node: Node,
        scored: bool,
        segment: &SegmentReader,
        passage: &mut Passage<'_>,
        range: Range<u32>,
    ) {
        let mut docs = Vec::with_capacity(BLOCK as usize);
        let mut scores = Vec::with_capacity(BLOCK as usize);
        let mut scratch = Scratch::default();
        let alive = segment.alive_bitset();
        let mut from = node.next(range.start);
        while from != TERMINATED && from < range.end {
            let to = range.end.min(from.saturating_add(BLOCK));
            let mut window = scratch.take();
            node.fill((from, to), None, &mut window, &mut scratch);
            docs.clear();
            scores.clear();
            window.each(|at, score| {
                let doc = from + at as u32;
                if alive.is_none_or(|alive| alive.is_alive(doc)) {
                    docs.push(doc);
                    scores.push(score);
                }
            });
            scratch.give(window);
            self.block(passage, &docs, if scored { &scores } else { &[] });
            from = node.next(to);
        }
    }

    /// Handles documents that the query found; without scores they all have 0.
    fn block(&mut self, passage: &mut Passage<'_>, docs: &[u32], scores: &[f32]) {
        if passage.groups.is_empty() {
            self.hits(passage, docs, scores);
            return;
        }
        let mut hits = Vec::with_capacity(docs.len());
        let mut hit_scores = Vec::with_capacity(scores.len());
        let mut near: Vec<Vec<u32>> = passage.groups.iter().map(|_| Vec::new()).collect();
        let mut marks = vec![0_u64; docs.len()];
        for (at, group) in passage.groups.iter().enumerate() {
            // Beyond 63 filtered fields, a document that fails one is counted as if it failed several.
            let bit = if at < 63 { 1 << at } else { 0b11 << 62 };
            group.mark(docs, bit, &mut marks);
        }
        for (at, (&doc, mark)) in docs.iter().zip(marks).enumerate() {
            if mark == 0 {
                hits.push(doc);
                hit_scores.extend(scores.get(at));
            } else if mark.is_power_of_two() {
                near[mark.trailing_zeros() as usize].push(doc);
            }
        }
        self.hits(passage, &hits, &hit_scores);
        let groups = passage.groups.iter().zip(&mut passage.near);
        for ((group, counted), near) in groups.zip(near) {
            match counted {
                Near::Marked(marked) => marked.mark(&near),
                Near::Profiles(at, counts) => passage.columns.profiles[*at].count(&near, counts),
                Near::Counted => {
                    let tallies = self.tallies.iter_mut();
                    tallies
                        .filter(|tally| tally.position == group.position)
                        .for_each(|tally| tally.add(passage.columns, &near));
                }
            }
        }
    }

    /// Handles documents that satisfy everything.
    fn hits(&mut self, passage: &mut Passage<'_>, docs: &[u32], scores: &[f32]) {
        let columns = passage.columns;
        self.total += docs.len() as u64;
        if let Some(marked) = &mut passage.hits {
            marked.mark(docs);
        }
        for tally in &mut self.tallies {
            if !tally.is_joined(columns) && tally.inverted(columns).is_none() {
                tally.add(columns, docs);
            }
        }
        // Whether anything is counted that is joined there is not asked: almost always something is.
        if self.tallies.iter().any(|tally| !tally.complete) {
            for (group, counts) in columns.profiles.iter().zip(&mut self.by_profile) {
                group.count(docs, counts);
            }
        }
        if self.limit == 0 {
            return;
        }
        let values = match self.order {
            Order::Relevance | Order::Given { .. } => None,
            Order::Field { position, .. } => match &columns.fields[position] {
                Values::Integer(values) => Some(&values[..]),
                _ => None,
            },
        };
        for (at, &doc) in docs.iter().enumerate() {
            let score = scores.get(at).copied().unwrap_or(0.0);
            let rank = self.order.rank(score, values, doc, &columns.ids);
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

/// The documents, divided into as many shares of about one size as are worth it.
fn shares(snapshot: &Snapshot) -> Vec<Vec<Part<'_>>> {
    let all: u32 = snapshot
        .segments()
        .map(|(segment, _)| segment.max_doc())
        .sum();
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let worth = (all / DOCUMENTS_OF_A_THREAD) as usize;
    let threads = worth.min(cores).clamp(1, MOST_THREADS);
    let size = all.div_ceil(threads as u32).max(1);
    let mut shares: Vec<Vec<Part<'_>>> = vec![Vec::new()];
    let mut room = size;
    for (segment, columns) in snapshot.segments() {
        let mut from = 0;
        while from < segment.max_doc() {
            if room == 0 {
                shares.push(Vec::new());
                room = size;
            }
            let to = segment.max_doc().min(from + room);
            if let Some(share) = shares.last_mut() {
                share.push((segment, columns, from..to));
            }
            room -= to - from;
            from = to;
        }
    }
    shares
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
