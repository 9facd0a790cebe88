//! Filters and facet counts over decoded columns.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::columns::{Columns, Dictionary, MISSING_INTEGER, Ordinals, Values};
use crate::inverted::{Inverted, Marked};
use crate::profiles::Profiles;
use crate::schema::Handles;
use crate::snapshot::{Snapshot, count_values};
use crate::{Error, FacetRequest, Field, Filter, Given, Schema};

/// The place of a filter that looks at no field: no facet has it.
const NO_FIELD: usize = usize::MAX;
/// The number of values that a bool can have.
const BOOLS: usize = 2;

/// A filter that is answered from a column.
pub(crate) enum ColumnTest {
    /// By ordinal: whether it is one of the wanted values.
    Ordinals(Vec<bool>),
    Range(i64, i64),
    Bool(u8),
    Given(Given, i64, i64),
}

impl ColumnTest {
    /// Whether the test holds for a document with these values of a keyword or bool field.
    fn holds_for(&self, values: &[u32]) -> bool {
        let mut values = values.iter();
        match self {
            Self::Ordinals(wanted) => values.any(|value| is_wanted(wanted, *value)),
            Self::Bool(wanted) => values.any(|value| *value == u32::from(*wanted)),
            Self::Range(..) | Self::Given(..) => false,
        }
    }

    /// Sets `bit` in the marks of those documents for which the test does not hold. One loop for each kind of column, for
    /// this is done for every document that the query finds.
    fn mark(&self, values: &Values, docs: &[u32], bit: u64, marks: &mut [u64]) {
        match (self, values) {
            (Self::Ordinals(wanted), Values::Keyword(Ordinals::One(ordinals))) => {
                for (doc, mark) in docs.iter().zip(marks) {
                    // A missing value has no place among the wanted ones.
                    let holds = is_wanted(wanted, ordinals[*doc as usize]);
                    *mark |= if holds { 0 } else { bit };
                }
            }
            (Self::Ordinals(_), Values::Keyword(many)) => {
                many.each(docs, |at, values| {
                    marks[at] |= if self.holds_for(values) { 0 } else { bit };
                });
            }
            (Self::Range(min, max), Values::Integer(numbers)) => {
                for (doc, mark) in docs.iter().zip(marks) {
                    let number = numbers[*doc as usize];
                    let holds = number != MISSING_INTEGER && *min <= number && number <= *max;
                    *mark |= if holds { 0 } else { bit };
                }
            }
            (Self::Bool(wanted), Values::Bool(bytes)) => {
                for (doc, mark) in docs.iter().zip(marks) {
                    let holds = bytes[*doc as usize] == *wanted;
                    *mark |= if holds { 0 } else { bit };
                }
            }
            _ => marks.iter_mut().for_each(|mark| *mark |= bit),
        }
    }
}

/// Whether an ordinal is one of the wanted ones; that of no value is not.
fn is_wanted(wanted: &[bool], ordinal: u32) -> bool {
    wanted.get(ordinal as usize) == Some(&true)
}

/// All filters on one field. They are kept together because the facet of the field passes over all of them.
pub(crate) struct FilterGroup {
    pub(crate) position: usize,
    tests: Vec<ColumnTest>,
}

impl FilterGroup {
    /// Opens the filters in a part of a segment.
    pub(crate) fn open<'c>(&'c self, columns: &'c Columns, range: &Range<u32>) -> OpenGroup<'c> {
        let joined = columns.profiles.iter().enumerate().find_map(|(at, group)| {
            let values = group.values(self.position)?;
            let holds = values.iter().map(|values| {
                let mut tests = self.tests.iter();
                tests.all(|test| test.holds_for(values))
            });
            Some((at, OpenTest::Profiles(group.of(), holds.collect())))
        });
        if let Some((at, test)) = joined {
            return OpenGroup {
                position: self.position,
                joined: Some(at),
                tests: vec![test],
                columns,
            };
        }
        let inverted = columns.inverted.get(self.position);
        let inverted = inverted.and_then(Option::as_ref);
        let open = |test: &'c ColumnTest| match (test, inverted) {
            (ColumnTest::Ordinals(wanted), Some(inverted)) => {
                OpenTest::Marked(inverted.having(|value| is_wanted(wanted, value), range))
            }
            (test, _) => OpenTest::Column(test),
        };
        OpenGroup {
            position: self.position,
            joined: None,
            tests: self.tests.iter().map(open).collect(),
            columns,
        }
    }
}

/// A group of filters in a part of a segment.
pub(crate) struct OpenGroup<'c> {
    pub(crate) position: usize,
    /// Among which profiles the field is joined, if it is.
    pub(crate) joined: Option<usize>,
    tests: Vec<OpenTest<'c>>,
    columns: &'c Columns,
}

enum OpenTest<'c> {
    /// The documents for which it holds.
    Marked(Marked<'c>),
    /// The profile of each document, and for which profiles it holds.
    Profiles(&'c [u16], Vec<bool>),
    Column(&'c ColumnTest),
}

impl OpenGroup<'_> {
    /// Sets `bit` in the marks of those documents for which a filter does not hold.
    pub(crate) fn mark(&self, docs: &[u32], bit: u64, marks: &mut [u64]) {
        for test in &self.tests {
            match (test, self.columns.fields.get(self.position)) {
                (OpenTest::Marked(wanted), _) => {
                    for (doc, mark) in docs.iter().zip(marks.iter_mut()) {
                        *mark |= if wanted.has(*doc) { 0 } else { bit };
                    }
                }
                (OpenTest::Profiles(of, holds), _) => {
                    for (doc, mark) in docs.iter().zip(marks.iter_mut()) {
                        let holds = holds[usize::from(of[*doc as usize])];
                        *mark |= if holds { 0 } else { bit };
                    }
                }
                (OpenTest::Column(ColumnTest::Given(given, min, max)), _) => {
                    for (doc, mark) in docs.iter().zip(marks.iter_mut()) {
                        let number = given.numbers().number(self.columns.ids[*doc as usize]);
                        let holds = number.is_some_and(|number| (*min..=*max).contains(&number));
                        *mark |= if holds { 0 } else { bit };
                    }
                }
                (OpenTest::Column(test), Some(values)) => test.mark(values, docs, bit, marks),
                (OpenTest::Column(_), None) => marks.iter_mut().for_each(|mark| *mark |= bit),
            }
        }
    }
}

/// The filters of a request by field, and those on keyword fields without a column, which the engine answers.
pub(crate) type Filters<'r> = (Vec<FilterGroup>, Vec<(usize, &'r [String])>);

/// Checks the filters against the schema and sorts them.
pub(crate) fn filters<'r>(
    filters: &'r [Filter],
    schema: &Schema,
    handles: &Handles,
    dictionaries: &[Dictionary],
) -> Result<Filters<'r>, Error> {
    let mut groups: Vec<FilterGroup> = Vec::new();
    let mut engine = Vec::new();
    for filter in filters {
        if let Filter::Given { numbers, min, max } = filter {
            let (min, max) = (min.unwrap_or(i64::MIN), max.unwrap_or(i64::MAX));
            groups.push(FilterGroup {
                position: NO_FIELD,
                tests: vec![ColumnTest::Given(numbers.clone(), min, max)],
            });
            continue;
        }
        let position = position(handles, filter.field())?;
        let test = match (filter, &schema.fields()[position]) {
            (Filter::AnyOf { values, .. }, Field::Keyword { facet: true, .. }) => {
                let dictionary = &dictionaries[position];
                let mut wanted = vec![false; dictionary.len()];
                for ordinal in values.iter().filter_map(|value| dictionary.ordinal(value)) {
                    // A value that another thread has just added is in no document of this snapshot.
                    if let Some(slot) = wanted.get_mut(ordinal as usize) {
                        *slot = true;
                    }
                }
                ColumnTest::Ordinals(wanted)
            }
            (Filter::AnyOf { values, .. }, Field::Keyword { .. }) => {
                engine.push((position, &values[..]));
                continue;
            }
            (Filter::Range { min, max, .. }, Field::Integer { .. }) => {
                ColumnTest::Range(min.unwrap_or(i64::MIN), max.unwrap_or(i64::MAX))
            }
            (Filter::Bool { value, .. }, Field::Bool { .. }) => ColumnTest::Bool(u8::from(*value)),
            (filter, field) => {
                return Err(Error::Request(format!(
                    "the filter {filter:?} does not fit {field:?}"
                )));
            }
        };
        match groups.iter_mut().find(|group| group.position == position) {
            Some(group) => group.tests.push(test),
            None => groups.push(FilterGroup {
                position,
                tests: vec![test],
            }),
        }
    }
    Ok((groups, engine))
}

pub(crate) fn position(handles: &Handles, name: &str) -> Result<usize, Error> {
    handles
        .position(name)
        .ok_or_else(|| Error::Request(format!("the schema has no field \"{name}\"")))
}

/// One facet while it is being counted.
pub(crate) struct Tally<'r> {
    pub(crate) position: usize,
    request: &'r FacetRequest,
    counts: Vec<u32>,
    /// Whether the counts are already those of all documents.
    pub(crate) complete: bool,
}

impl<'r> Tally<'r> {
    /// Begins to count; takes the counts of all documents from the snapshot if `everything` matches.
    pub(crate) fn new(
        request: &'r FacetRequest,
        everything: bool,
        snapshot: &Snapshot,
        schema: &Schema,
        handles: &Handles,
        dictionaries: &[Dictionary],
    ) -> Result<Self, Error> {
        let position = position(handles, request.field())?;
        let size = match (request, &schema.fields()[position]) {
            (FacetRequest::Values { .. }, Field::Keyword { facet: true, .. }) => {
                dictionaries[position].len()
            }
            (FacetRequest::Values { .. }, Field::Bool { facet: true, .. }) => BOOLS,
            (FacetRequest::Ranges { ranges, .. }, Field::Integer { .. }) => {
                return Ok(Self {
                    position,
                    request,
                    counts: vec![0; ranges.len()],
                    complete: false,
                });
            }
            (_, field) => return Err(Error::Request(format!("{field:?} is not counted that way"))),
        };
        let counts = if everything {
            snapshot.all_counts(position, size).to_vec()
        } else {
            vec![0; size]
        };
        Ok(Self {
            position,
            request,
            counts,
            complete: everything,
        })
    }

    /// The same facet without counts, for other documents.
    pub(crate) fn fork(&self) -> Self {
        Self {
            position: self.position,
            request: self.request,
            counts: vec![0; self.counts.len()],
            complete: self.complete,
        }
    }

    /// Adds what was counted in other documents.
    pub(crate) fn join(&mut self, other: &Self) {
        let counts = self.counts.iter_mut().zip(&other.counts);
        counts.for_each(|(count, other)| *count += other);
    }

    /// By what matches are counted together when all of the segment's are known; none where they are counted as they come.
    pub(crate) fn inverted<'c>(&self, columns: &'c Columns) -> Option<&'c Inverted> {
        let values = matches!(self.request, FacetRequest::Values { .. });
        let inverted = columns.inverted[self.position].as_ref();
        inverted.filter(|_| values && !self.complete)
    }

    /// Adds all matches of a part of a segment.
    pub(crate) fn add_marked(
        &mut self,
        columns: &Columns,
        marked: &Marked<'_>,
        range: &Range<u32>,
    ) {
        match self.inverted(columns) {
            Some(inverted) if inverted.is_worth(marked.len(), range) => {
                inverted.count(marked, &mut self.counts);
            }
            _ => self.add(columns, &marked.docs()),
        }
    }

    /// Whether hits are counted by profile in this segment.
    pub(crate) fn is_joined(&self, columns: &Columns) -> bool {
        let values = matches!(self.request, FacetRequest::Values { .. });
        let mut groups = columns.profiles.iter();
        values && groups.any(|group| group.has(self.position))
    }

    /// Adds what was counted by the profiles of a group.
    pub(crate) fn spread(&mut self, group: &Profiles, by_profile: &[u32]) {
        if !self.complete && matches!(self.request, FacetRequest::Values { .. }) {
            group.spread(self.position, by_profile, &mut self.counts);
        }
    }

    pub(crate) fn add(&mut self, columns: &Columns, docs: &[u32]) {
        if self.complete {
            return;
        }
        let values = &columns.fields[self.position];
        let (FacetRequest::Ranges { ranges, .. }, Values::Integer(numbers)) =
            (self.request, values)
        else {
            return count_values(values, docs, &mut self.counts);
        };
        // Once from memory, however many ranges there are.
        let read: Vec<i64> = docs.iter().map(|doc| numbers[*doc as usize]).collect();
        for (range, count) in ranges.iter().zip(&mut self.counts) {
            let (min, max) = (
                range.min.unwrap_or(MISSING_INTEGER + 1),
                range.max.unwrap_or(i64::MAX),
            );
            let min = min.max(MISSING_INTEGER + 1);
            let within = read.iter().filter(|number| (min..=max).contains(number));
            *count += within.count() as u32;
        }
    }

    /// The counts with their values; `chosen` values are there even if they are not among the most frequent.
    fn finish(self, dictionary: &Dictionary, chosen: &[&str]) -> Vec<(String, u64)> {
        let counted = |name: &str, count: u32| (name.to_owned(), u64::from(count));
        match self.request {
            FacetRequest::Ranges { ranges, .. } => ranges
                .iter()
                .zip(&self.counts)
                .map(|(range, count)| counted(&range.label, *count))
                .collect(),
            FacetRequest::Values { limit, .. }
                if self.counts.len() == BOOLS && dictionary.len() == 0 =>
            {
                let mut both = [
                    counted("true", self.counts[1]),
                    counted("false", self.counts[0]),
                ];
                both.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
                both.into_iter()
                    .filter(|(name, count)| *count > 0 || chosen.contains(&&**name))
                    .take(*limit)
                    .collect()
            }
            FacetRequest::Values { limit, .. } => {
                let mut ordinals = dictionary.most_frequent(&self.counts, *limit);
                for ordinal in chosen.iter().filter_map(|name| dictionary.ordinal(name)) {
                    if (ordinal as usize) < self.counts.len() && !ordinals.contains(&ordinal) {
                        ordinals.push(ordinal);
                    }
                }
                let names = dictionary.names(&ordinals);
                let counts = ordinals
                    .iter()
                    .map(|ordinal| self.counts[*ordinal as usize]);
                names
                    .iter()
                    .zip(counts)
                    .map(|(name, count)| counted(name, count))
                    .collect()
            }
        }
    }
}

/// The finished counts by field name.
pub(crate) fn finish(
    tallies: Vec<Tally<'_>>,
    filters: &[Filter],
    dictionaries: &[Dictionary],
) -> BTreeMap<String, Vec<(String, u64)>> {
    let finished = tallies.into_iter().map(|tally| {
        let field = tally.request.field();
        let own = filters.iter().filter(|filter| filter.field() == field);
        let chosen: Vec<&str> = own
            .flat_map(|filter| match filter {
                Filter::AnyOf { values, .. } => values.iter().map(String::as_str).collect(),
                Filter::Bool { value: true, .. } => vec!["true"],
                Filter::Bool { value: false, .. } => vec!["false"],
                Filter::Range { .. } | Filter::Given { .. } => Vec::new(),
            })
            .collect();
        let position = tally.position;
        (
            field.to_owned(),
            tally.finish(&dictionaries[position], &chosen),
        )
    });
    finished.collect()
}
