//! The values of the documents of one segment, decoded into plain arrays.
//!
//! Counting facets reads ten values of each document that matches; from arrays that costs a nanosecond each. A segment
//! never changes, so its arrays are made once, when a reader first sees it: about 4 bytes a document for a keyword or
//! each of its values, 8 for an integer, 1 for a bool, and 2 for each group of [`crate::profiles`].

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use tantivy::SegmentReader;
use tantivy::columnar::Column;

use crate::inverted::Inverted;
use crate::profiles::{self, Profiles};
use crate::schema::ID;
use crate::tokenize::folded_keyword;
use crate::{Error, Field, Schema};

/// The ordinal of no value.
pub(crate) const MISSING: u32 = u32::MAX;
/// The integer of no value; documents cannot hold it.
pub(crate) const MISSING_INTEGER: i64 = i64::MIN;

/// The values of one keyword field as ordinals of its [`Dictionary`].
pub(crate) enum Ordinals {
    One(Vec<u32>),
    /// The values of document `d` are `values[starts[d]..starts[d + 1]]`.
    Many {
        starts: Vec<u32>,
        values: Vec<u32>,
    },
}

impl Ordinals {
    pub(crate) fn of(&self, doc: u32) -> &[u32] {
        let doc = doc as usize;
        match self {
            Self::One(values) => {
                let value = &values[doc..=doc];
                if value[0] == MISSING { &[] } else { value }
            }
            Self::Many { starts, values } => {
                &values[starts[doc] as usize..starts[doc + 1] as usize]
            }
        }
    }

    /// Adds the values of these documents to counts by ordinal.
    pub(crate) fn count(&self, docs: &[u32], counts: &mut [u32]) {
        match self {
            Self::One(values) => {
                for &doc in docs {
                    // A missing value has no place among the counts.
                    if let Some(count) = counts.get_mut(values[doc as usize] as usize) {
                        *count += 1;
                    }
                }
            }
            Self::Many { .. } => self.each(docs, |_, values| {
                for &value in values {
                    counts[value as usize] += 1;
                }
            }),
        }
    }

    /// Shows the values of each of these documents, with its place among them.
    pub(crate) fn each(&self, docs: &[u32], mut show: impl FnMut(usize, &[u32])) {
        match self {
            Self::One(_) => {
                let values = docs.iter().map(|doc| self.of(*doc)).enumerate();
                values.for_each(|(at, values)| show(at, values));
            }
            Self::Many { starts, values } => each_of_many(starts, values, docs, show),
        }
    }
}

/// Documents whose values are asked for together.
const TOGETHER: usize = 64;

/// The values of most documents are in no near cache, and waiting for those of one after the other would take most of
/// the time. So the first value of each of some documents is touched before any is used: a core waits for all at once.
fn each_of_many(starts: &[u32], values: &[u32], docs: &[u32], mut show: impl FnMut(usize, &[u32])) {
    let mut ranges = [(0, 0); TOGETHER];
    for (part, docs) in docs.chunks(TOGETHER).enumerate() {
        for (range, &doc) in ranges.iter_mut().zip(docs) {
            let doc = doc as usize;
            *range = (starts[doc] as usize, starts[doc + 1] as usize);
        }
        let ranges = &ranges[..docs.len()];
        let touched = ranges.iter().map(|(from, _)| values.get(*from));
        std::hint::black_box(touched.fold(0, |all, value| all ^ value.copied().unwrap_or(0)));
        for (at, (from, to)) in ranges.iter().enumerate() {
            show(part * TOGETHER + at, &values[*from..*to]);
        }
    }
}

/// One field of one segment.
pub(crate) enum Values {
    /// The field has no column.
    None,
    Keyword(Ordinals),
    Integer(Vec<i64>),
    /// 0 is false, 1 is true, anything else is no value.
    Bool(Vec<u8>),
}

/// All fields of one segment, at the positions of the schema.
pub(crate) struct Columns {
    pub(crate) ids: Vec<u64>,
    /// The greatest of the ids.
    pub(crate) greatest: Option<u64>,
    pub(crate) fields: Vec<Values>,
    /// The facet fields with few combinations of values, joined.
    pub(crate) profiles: Vec<Profiles>,
    /// At the positions of the schema: fields that are not joined, by their values.
    pub(crate) inverted: Vec<Option<Inverted>>,
}

impl Columns {
    pub(crate) fn read(
        segment: &SegmentReader,
        schema: &Schema,
        dictionaries: &[Dictionary],
    ) -> Result<Self, Error> {
        let fast = segment.fast_fields();
        let ids = first_values(&fast.u64(ID)?, segment.max_doc(), 0);
        let mut fields = Vec::with_capacity(schema.fields().len());
        for (field, dictionary) in schema.fields().iter().zip(dictionaries) {
            let max_doc = segment.max_doc();
            fields.push(match field {
                Field::Keyword {
                    name, facet: true, ..
                } => Values::Keyword(ordinals(segment, name, dictionary)?),
                Field::Integer { name } => {
                    let column = fast.column_opt::<i64>(name)?;
                    let missing = || vec![MISSING_INTEGER; max_doc as usize];
                    Values::Integer(
                        column.map_or_else(missing, |c| first_values(&c, max_doc, MISSING_INTEGER)),
                    )
                }
                Field::Bool { name, .. } => {
                    let column = fast.column_opt::<bool>(name)?;
                    let byte = |doc| {
                        column
                            .as_ref()
                            .and_then(|column| column.first(doc))
                            .map_or(2, u8::from)
                    };
                    Values::Bool((0..max_doc).map(byte).collect())
                }
                Field::Text { .. } | Field::Keyword { .. } => Values::None,
            });
        }
        let documents = segment.max_doc() as usize;
        let profiles = profiles::join(&fields, documents);
        let is_joined = |position| profiles.iter().any(|group: &Profiles| group.has(position));
        let inverted = |(position, values)| match is_joined(position) {
            true => None,
            false => Inverted::of(values, documents),
        };
        Ok(Self {
            greatest: ids.iter().copied().max(),
            ids,
            inverted: fields.iter().enumerate().map(inverted).collect(),
            profiles,
            fields,
        })
    }
}

fn first_values<T>(column: &Column<T>, max_doc: u32, missing: T) -> Vec<T>
where
    T: PartialOrd + Copy + std::fmt::Debug + Send + Sync + 'static,
{
    (0..max_doc)
        .map(|doc| column.first(doc).unwrap_or(missing))
        .collect()
}

fn ordinals(
    segment: &SegmentReader,
    name: &str,
    dictionary: &Dictionary,
) -> Result<Ordinals, Error> {
    let max_doc = segment.max_doc();
    let Some(column) = segment.fast_fields().str(name)? else {
        return Ok(Ordinals::One(vec![MISSING; max_doc as usize]));
    };
    let mut terms = column.dictionary().stream()?;
    let mut shared = Vec::with_capacity(column.dictionary().num_terms());
    while terms.advance() {
        shared.push(dictionary.intern(&String::from_utf8_lossy(terms.key())));
    }
    let shared = |local: u64| {
        shared
            .get(usize::try_from(local).unwrap_or(usize::MAX))
            .copied()
            .unwrap_or(MISSING)
    };
    let ords = column.ords();
    if ords.get_cardinality().is_multivalue() {
        let mut starts = Vec::with_capacity(max_doc as usize + 1);
        let mut values = Vec::new();
        for doc in 0..max_doc {
            starts.push(values.len() as u32);
            values.extend(
                ords.values_for_doc(doc)
                    .map(&shared)
                    .filter(|value| *value != MISSING),
            );
        }
        starts.push(values.len() as u32);
        values.shrink_to_fit();
        return Ok(Ordinals::Many { starts, values });
    }
    Ok(Ordinals::One(
        (0..max_doc)
            .map(|doc| ords.first(doc).map_or(MISSING, &shared))
            .collect(),
    ))
}

/// The distinct values of one keyword field over all segments. It only grows: a value keeps its ordinal while the
/// index is open, so segments need no translation between each other.
#[derive(Default)]
pub(crate) struct Dictionary {
    inner: RwLock<Names>,
}

#[derive(Default)]
struct Names {
    by_ordinal: Vec<Arc<str>>,
    by_name: HashMap<Arc<str>, u32>,
}

impl Dictionary {
    fn intern(&self, name: &str) -> u32 {
        let mut names = self.inner.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(ordinal) = names.by_name.get(name) {
            return *ordinal;
        }
        let ordinal = names.by_ordinal.len() as u32;
        let name: Arc<str> = name.into();
        names.by_ordinal.push(Arc::clone(&name));
        names.by_name.insert(name, ordinal);
        ordinal
    }

    pub(crate) fn len(&self) -> usize {
        self.inner
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .by_ordinal
            .len()
    }

    pub(crate) fn ordinal(&self, name: &str) -> Option<u32> {
        self.inner
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .by_name
            .get(name)
            .copied()
    }

    pub(crate) fn names(&self, ordinals: &[u32]) -> Vec<Arc<str>> {
        let names = self.inner.read().unwrap_or_else(PoisonError::into_inner);
        ordinals
            .iter()
            .map(|ordinal| Arc::clone(&names.by_ordinal[*ordinal as usize]))
            .collect()
    }

    /// The `limit` most frequent of these ordinals, ties in the order of their names.
    pub(crate) fn most_frequent(&self, counts: &[u32], limit: usize) -> Vec<u32> {
        let mut present: Vec<u32> = (0..counts.len() as u32)
            .filter(|at| counts[*at as usize] > 0)
            .collect();
        let names = self.inner.read().unwrap_or_else(PoisonError::into_inner);
        let key = |at: &u32| {
            (
                std::cmp::Reverse(counts[*at as usize]),
                &names.by_ordinal[*at as usize],
            )
        };
        if limit > 0 && present.len() > limit {
            present.select_nth_unstable_by(limit - 1, |a, b| key(a).cmp(&key(b)));
        }
        present.truncate(limit);
        present.sort_unstable_by(|a, b| key(a).cmp(&key(b)));
        present
    }
}

/// Whether two keyword values are the same to a query.
pub(crate) fn same_keyword(one: &str, other: &str) -> bool {
    folded_keyword(one) == folded_keyword(other)
}
