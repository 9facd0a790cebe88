//! What is asked of an index and what it answers.

use std::collections::BTreeMap;

use crate::{Cursor, Given, Query};

/// A search. Everything but the query has a default: no filters or facets, by relevance, the first 20,
/// spelling corrected.
#[derive(Clone, Debug)]
pub struct Request {
    /// What a document must say.
    pub query: Query,
    /// What its values must be; all filters must hold.
    pub filters: Vec<Filter>,
    /// Which values to count. The counts of a field pass over the filters on that same field, so that they say what
    /// choosing another value as well would find.
    pub facets: Vec<FacetRequest>,
    /// The order of the hits.
    pub sort: Sort,
    /// Where the page begins; the first one if not given.
    pub cursor: Option<Cursor>,
    /// How many hits a page has at most; 0 only counts.
    pub limit: usize,
    /// Whether misspelt words are searched as the closest indexed ones. Turn it off where the index holds too few words
    /// to judge spelling by, or where nobody sees what was corrected.
    pub correct: bool,
}

impl Request {
    /// The first 20 hits by relevance.
    pub fn new(query: Query) -> Self {
        Self {
            query,
            filters: Vec::new(),
            facets: Vec::new(),
            sort: Sort::Relevance,
            cursor: None,
            limit: 20,
            correct: true,
        }
    }
}

/// A condition on values.
#[derive(Clone, Debug, PartialEq)]
pub enum Filter {
    /// A keyword field has one of these values, exactly.
    AnyOf {
        /// The keyword field.
        field: String,
        /// The values; with none, nothing matches.
        values: Vec<String>,
    },
    /// An integer field is within these bounds, both included. A document without the value does not match.
    Range {
        /// The integer field.
        field: String,
        /// The least value.
        min: Option<i64>,
        /// The greatest value.
        max: Option<i64>,
    },
    /// A bool field has this value. A document without the value does not match.
    Bool {
        /// The bool field.
        field: String,
        /// The value.
        value: bool,
    },
    /// The number that the caller gives to a document is within these bounds, both included. A document without one does
    /// not match. No facet passes over it.
    Given {
        /// The numbers.
        numbers: Given,
        /// The least number.
        min: Option<i64>,
        /// The greatest number.
        max: Option<i64>,
    },
}

impl Filter {
    /// The field that the filter looks at; empty for one that looks at given numbers.
    pub fn field(&self) -> &str {
        match self {
            Self::AnyOf { field, .. } | Self::Range { field, .. } | Self::Bool { field, .. } => {
                field
            }
            Self::Given { .. } => "",
        }
    }
}

/// What to count.
#[derive(Clone, Debug, PartialEq)]
pub enum FacetRequest {
    /// The most frequent values of a faceted keyword field, or `true` and `false` of a faceted bool field. Values that
    /// are filtered for are always among them.
    Values {
        /// The faceted field.
        field: String,
        /// How many values.
        limit: usize,
    },
    /// How many documents have an integer within each of some ranges, which may overlap.
    Ranges {
        /// The integer field.
        field: String,
        /// The ranges, counted and answered in this order.
        ranges: Vec<RangeBucket>,
    },
}

impl FacetRequest {
    /// The field whose values are counted.
    pub fn field(&self) -> &str {
        match self {
            Self::Values { field, .. } | Self::Ranges { field, .. } => field,
        }
    }
}

/// One range of integers with its name; both bounds are included.
#[derive(Clone, Debug, PartialEq)]
pub struct RangeBucket {
    /// What the range is called in the answer.
    pub label: String,
    /// The least value.
    pub min: Option<i64>,
    /// The greatest value.
    pub max: Option<i64>,
}

/// The order of the hits. Equal ones are ordered by falling id.
#[derive(Clone, Debug, PartialEq)]
pub enum Sort {
    /// The best first.
    Relevance,
    /// By an integer field; documents without the value come last either way.
    Field {
        /// The integer field.
        name: String,
        /// The greatest first.
        descending: bool,
    },
    /// By the numbers that the caller gives; documents without one come last either way.
    Given {
        /// The numbers.
        numbers: Given,
        /// The greatest first.
        descending: bool,
    },
}

/// A document that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// The caller's id.
    pub id: u64,
    /// How well it fits; 0 when sorted by a field or when nothing was asked of the text.
    pub score: f32,
    /// The value sorted by, when sorted by a field or by given numbers.
    pub sort_value: Option<i64>,
}

/// A page of an answer.
#[derive(Clone, Debug)]
pub struct Page {
    /// The hits, in order.
    pub hits: Vec<Hit>,
    /// How many documents match, on all pages together.
    pub total: u64,
    /// The counts by field, the most frequent values first.
    pub facets: BTreeMap<String, Vec<(String, u64)>>,
    /// Where the next page begins, if there is one.
    pub next: Option<Cursor>,
    /// The misspelt words of the query, each with a word that was searched instead; several may share their first half.
    pub corrections: Vec<(String, String)>,
    /// The query as it was searched, with the corrections in it; what snippets and explanations are made from.
    pub query: Query,
}
