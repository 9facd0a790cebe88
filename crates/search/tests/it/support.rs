//! A small schema and documents for it.

use search::{Document, Field, Index, Page, QueryOptions, Request, Schema};

pub fn schema() -> Schema {
    Schema::new([
        Field::text("title", 3.0),
        Field::text("body", 1.0),
        Field::keyword("maker").faceted(),
        Field::keyword("tag").faceted().multi(),
        Field::keyword("link"),
        Field::integer("made"),
        Field::boolean("sold").faceted(),
    ])
    .unwrap()
}

/// An index of documents that have a body only, with ids from 1.
pub fn bodies(bodies: &[&str]) -> Index {
    indexed(
        (1..)
            .zip(bodies)
            .map(|(id, body)| Document::new(id).with("body", *body)),
    )
}

pub fn indexed(documents: impl IntoIterator<Item = Document>) -> Index {
    let index = Index::in_memory(schema()).unwrap();
    index.put(documents).unwrap();
    index.commit(1).unwrap();
    index
}

pub fn request(index: &Index, input: &str) -> Request {
    let (query, warnings) = search::parse(input, &QueryOptions::new(index.schema()));
    assert_eq!(warnings, [], "{input}");
    Request::new(query)
}

pub fn search(index: &Index, input: &str) -> Page {
    index.search(&request(index, input)).unwrap()
}

/// The ids that an input finds, best first.
pub fn ranked(index: &Index, input: &str) -> Vec<u64> {
    search(index, input).hits.iter().map(|hit| hit.id).collect()
}

/// The ids that an input finds, in order of the ids.
pub fn found(index: &Index, input: &str) -> Vec<u64> {
    let mut ids = ranked(index, input);
    ids.sort_unstable();
    ids
}
