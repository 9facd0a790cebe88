//! The documents of each value of a field that has several to a document, so that counting many matches need not look at
//! each of them.
//!
//! Matches are marked in one row of bits. How many of them have a value is then how many bits that row has in common
//! with the value's: some microseconds for each value and a million documents, whatever the number of matches. Values
//! of few documents are lists, whose documents are looked up in the row.

use std::borrow::Cow;
use std::ops::Range;

use crate::columns::{Ordinals, Values};

/// Segments of fewer documents are not worth it.
const LEAST_DOCUMENTS: usize = 16_384;
/// A value of at least every so many documents has a row of bits; a shorter list is read as fast.
const DENSE: usize = 128;
/// No more rows than that, which are the largest part: 16 bytes for each document.
const MOST_ROWS: usize = 128;
/// What counting one match directly costs, in words of bits.
const DIRECT: usize = 100;
/// What looking up one document of a list costs, in words of bits.
const LOOK_UP: usize = 3;

/// See the module.
pub(crate) struct Inverted {
    /// By value, rows of bits over the segment.
    rows: Vec<(u32, Box<[u64]>)>,
    /// By value, documents in order.
    lists: Vec<(u32, Box<[u32]>)>,
    documents: usize,
}

/// Some of the documents of a part of a segment, a bit for each.
pub(crate) struct Marked<'c> {
    /// The word of the segment in which the part begins.
    first: usize,
    words: Cow<'c, [u64]>,
}

impl Inverted {
    /// Of a segment's field, if it has several values to a document and the segment is large.
    pub(crate) fn of(values: &Values, documents: usize) -> Option<Self> {
        let Values::Keyword(Ordinals::Many { starts, values }) = values else {
            return None;
        };
        if documents < LEAST_DOCUMENTS {
            return None;
        }
        let size = values.iter().max().map_or(0, |most| *most as usize + 1);
        let mut lists: Vec<Vec<u32>> = vec![Vec::new(); size];
        for (doc, ends) in starts.windows(2).enumerate() {
            for value in &values[ends[0] as usize..ends[1] as usize] {
                lists[*value as usize].push(doc as u32);
            }
        }
        let mut lists: Vec<(u32, Vec<u32>)> = (0_u32..)
            .zip(lists)
            .filter(|(_, list)| !list.is_empty())
            .collect();
        lists.sort_by_key(|(_, list)| std::cmp::Reverse(list.len()));
        let is_dense = |(_, list): &(u32, Vec<u32>)| list.len() >= documents / DENSE;
        let dense = lists.iter().take(MOST_ROWS).take_while(|one| is_dense(one));
        let sparse = lists.split_off(dense.count());
        let row = |list: Vec<u32>| {
            let mut row = vec![0; documents.div_ceil(64)];
            for doc in list {
                row[doc as usize / 64] |= 1 << (doc % 64);
            }
            row.into()
        };
        Some(Self {
            rows: lists
                .into_iter()
                .map(|(value, list)| (value, row(list)))
                .collect(),
            lists: sparse
                .into_iter()
                .map(|(value, list)| (value, list.into()))
                .collect(),
            documents,
        })
    }

    /// Whether counting so many matches of a part of the segment is cheaper here than one by one.
    pub(crate) fn is_worth(&self, matches: usize, range: &Range<u32>) -> bool {
        let listed: usize = self.lists.iter().map(|(_, list)| list.len()).sum();
        let all = self.rows.len() * self.documents / 64 + listed * LOOK_UP;
        let share = range.len() as f64 / self.documents as f64;
        (matches * DIRECT) as f64 > all as f64 * share
    }

    /// Adds to counts by value how many of the marked documents have each.
    pub(crate) fn count(&self, marked: &Marked<'_>, counts: &mut [u32]) {
        let words = marked.first..marked.first + marked.words.len();
        let mut add = |value: u32, count: u32| {
            // A value that another thread has just added is in no document of this snapshot.
            if let Some(sum) = counts.get_mut(value as usize) {
                *sum += count;
            }
        };
        for (value, row) in &self.rows {
            add(*value, common(&row[words.clone()], &marked.words));
        }
        for (value, list) in &self.lists {
            let among = marked.part_of(list).iter().filter(|doc| marked.has(**doc));
            add(*value, among.count() as u32);
        }
    }

    /// The documents of a part of the segment that have one of the wanted values.
    pub(crate) fn having(&self, wanted: impl Fn(u32) -> bool, range: &Range<u32>) -> Marked<'_> {
        let mut found = Marked::none(range);
        let words = found.first..found.first + found.words.len();
        let rows: Vec<&[u64]> = self
            .rows
            .iter()
            .filter(|(value, _)| wanted(*value))
            .map(|(_, row)| &row[words.clone()])
            .collect();
        let lists: Vec<&[u32]> = self
            .lists
            .iter()
            .filter(|(value, _)| wanted(*value))
            .map(|(_, list)| found.part_of(list))
            .collect();
        if let ([row], []) = (&rows[..], &lists[..]) {
            found.words = Cow::Borrowed(*row);
            return found;
        }
        for row in rows {
            let words = found.words.to_mut().iter_mut();
            words.zip(row).for_each(|(word, other)| *word |= other);
        }
        for list in lists {
            found.mark(list);
        }
        found
    }
}

impl Marked<'_> {
    /// None of the documents of a part.
    pub(crate) fn none(range: &Range<u32>) -> Self {
        let (first, end) = (range.start as usize / 64, range.end.div_ceil(64) as usize);
        Self {
            first,
            words: vec![0; end - first].into(),
        }
    }

    /// Marks documents of the part.
    pub(crate) fn mark(&mut self, docs: &[u32]) {
        let words = self.words.to_mut();
        for doc in docs {
            words[*doc as usize / 64 - self.first] |= 1 << (doc % 64);
        }
    }

    /// Whether a document of the part is marked.
    pub(crate) fn has(&self, doc: u32) -> bool {
        self.words[doc as usize / 64 - self.first] & (1 << (doc % 64)) != 0
    }

    /// What is marked here or in another row of the same part.
    pub(crate) fn joined(&self, other: &Self) -> Marked<'static> {
        let words = self.words.iter().zip(&*other.words);
        Marked {
            first: self.first,
            words: words.map(|(one, other)| one | other).collect(),
        }
    }

    /// How many are marked.
    pub(crate) fn len(&self) -> usize {
        common(&self.words, &self.words) as usize
    }

    /// The marked documents, in order.
    pub(crate) fn docs(&self) -> Vec<u32> {
        let mut docs = Vec::new();
        for (at, word) in (self.first..).zip(&*self.words) {
            let mut left = *word;
            while left != 0 {
                docs.push(at as u32 * 64 + left.trailing_zeros());
                left &= left - 1;
            }
        }
        docs
    }

    /// The documents of a list that lie within the words of the part.
    fn part_of<'l>(&self, list: &'l [u32]) -> &'l [u32] {
        let (first, end) = (self.first * 64, (self.first + self.words.len()) * 64);
        let place = |bound: usize| list.partition_point(|doc| (*doc as usize) < bound);
        &list[place(first)..place(end)]
    }
}

/// Words that are added up side by side, which a compiler makes one of.
const LANES: usize = 4;
type Lanes = [u64; LANES];

/// How many bits two rows of one length have in common. Eight words are added bit by bit before any bits are counted:
/// Robert Harley's and David Seal's method, in Henry S. Warren, "Hacker's Delight" (2nd edition, 5-1).
fn common(one: &[u64], two: &[u64]) -> u32 {
    const BLOCK: usize = 8 * LANES;
    let (blocks, rest) = one.as_chunks::<BLOCK>();
    let (other_blocks, other_rest) = two.as_chunks::<BLOCK>();
    let (mut ones, mut twos, mut fours) = ([0; LANES], [0; LANES], [0; LANES]);
    let mut eights = 0;
    for (block, other) in blocks.iter().zip(other_blocks) {
        let at = |part: usize| -> Lanes {
            std::array::from_fn(|lane| block[part * LANES + lane] & other[part * LANES + lane])
        };
        let first = carry(&mut ones, at(0), at(1));
        let second = carry(&mut ones, at(2), at(3));
        let lower = carry(&mut twos, first, second);
        let first = carry(&mut ones, at(4), at(5));
        let second = carry(&mut ones, at(6), at(7));
        let upper = carry(&mut twos, first, second);
        eights += bits(carry(&mut fours, lower, upper));
    }
    let rest = rest.iter().zip(other_rest);
    let rest: u32 = rest.map(|(one, two)| (one & two).count_ones()).sum();
    8 * eights + 4 * bits(fours) + 2 * bits(twos) + bits(ones) + rest
}

/// Adds two rows to a sum, bit by bit; gives what is carried.
fn carry(sum: &mut Lanes, one: Lanes, two: Lanes) -> Lanes {
    let mut carried = [0; LANES];
    for lane in 0..LANES {
        let either = sum[lane] ^ one[lane];
        carried[lane] = sum[lane] & one[lane] | either & two[lane];
        sum[lane] = either ^ two[lane];
    }
    carried
}

fn bits(lanes: Lanes) -> u32 {
    lanes.iter().map(|lane| lane.count_ones()).sum()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::snapshot::count_values;

    proptest! {
        #[test]
        fn common_bits_are_counted(rows in prop::collection::vec(any::<(u64, u64)>(), 0..100)) {
            let (one, two): (Vec<u64>, Vec<u64>) = rows.into_iter().unzip();
            let expected: u32 = one.iter().zip(&two).map(|(one, two)| (one & two).count_ones()).sum();
            prop_assert_eq!(common(&one, &two), expected);
        }
    }

    /// Documents with up to four of the values 0 to 1,936; small numbers are frequent.
    fn field(documents: u32) -> Values {
        let mut starts = vec![0];
        let mut values = Vec::new();
        for doc in 0..documents {
            let mut own: Vec<u32> = (0..doc % 5)
                .map(|at| {
                    let drawn = (doc ^ at).wrapping_mul(0x9e37_79b9) >> 8;
                    (drawn % 45) * (drawn / 45 % 45)
                })
                .collect();
            own.sort_unstable();
            own.dedup();
            values.extend(own);
            starts.push(values.len() as u32);
        }
        Values::Keyword(Ordinals::Many { starts, values })
    }

    #[test]
    fn what_is_counted_together_is_what_is_counted_one_by_one() {
        let documents = 40_000;
        let field = field(documents);
        let inverted = Inverted::of(&field, documents as usize).expect("it is large enough");
        assert!(inverted.rows.len() > 20 && inverted.lists.len() > 20);
        // Parts need not begin or end with a word of bits.
        for (range, every) in [(0..documents, 1), (0..20_011, 3), (20_011..documents, 7)] {
            let docs: Vec<u32> = range.clone().filter(|doc| doc % every == 0).collect();
            let mut marked = Marked::none(&range);
            marked.mark(&docs);
            assert_eq!((marked.len(), marked.docs()), (docs.len(), docs.clone()));
            let (mut together, mut singly) = (vec![0; 1_937], vec![0; 1_937]);
            inverted.count(&marked, &mut together);
            count_values(&field, &docs, &mut singly);
            assert_eq!(together, singly, "{range:?}");
        }
    }

    #[test]
    fn documents_with_wanted_values_are_found() {
        let documents = 40_000;
        let field = field(documents);
        let inverted = Inverted::of(&field, documents as usize).expect("it is large enough");
        let Values::Keyword(ordinals) = &field else {
            panic!("it is made of keywords");
        };
        let range = 12_345..23_456;
        for wanted in [
            vec![],
            vec![0],
            vec![0, 1, 12],
            vec![361],
            vec![0, 361, 323],
        ] {
            let found = inverted.having(|value| wanted.contains(&value), &range);
            for doc in range.clone() {
                let expected = ordinals.of(doc).iter().any(|value| wanted.contains(value));
                assert_eq!(found.has(doc), expected, "{doc} and {wanted:?}");
            }
        }
    }

    #[test]
    fn few_documents_and_few_matches_are_not_worth_it() {
        assert!(Inverted::of(&field(1_000), 1_000).is_none());
        let inverted = Inverted::of(&field(40_000), 40_000).expect("it is large enough");
        assert!(!inverted.is_worth(10, &(0..40_000)) && inverted.is_worth(20_000, &(0..40_000)));
    }
}
