//! Full text, facets and snippets over an embedded index, behind plain structs.
//!
//! The caller declares a [`Schema`], puts [`Document`]s under ids of its own and asks with a [`Request`]. The crate
//! knows nothing of what the documents mean, keeps no text (only what is needed to find it) and can always be
//! thrown away and filled again: every commit remembers a position in the caller's own log, see [`Index::commit`].
//!
//! ```
//! use search::{Document, Field, Index, QueryOptions, Request, Schema};
//!
//! let schema = Schema::new([Field::text("title", 3.0), Field::keyword("tag").faceted().multi()]).unwrap();
//! let index = Index::in_memory(schema).unwrap();
//! index.put([Document::new(7).with("title", "Writing C++ at night").with("tag", "craft")]).unwrap();
//! index.commit(1).unwrap();
//!
//! let (query, warnings) = search::parse("c++ tag:craft", &QueryOptions::new(index.schema()));
//! assert!(warnings.is_empty());
//! let page = index.search(&Request::new(query)).unwrap();
//! assert_eq!(page.hits[0].id, 7);
//! ```

mod answer;
mod collect;
mod columns;
mod correct;
mod cursor;
mod directory;
mod document;
mod erase;
mod error;
mod facets;
mod given;
mod index;
mod inverted;
mod matching;
mod percolate;
mod profiles;
mod query;
mod request;
mod schema;
mod shared;
mod snapshot;
mod snippet;
mod stem;
mod tokenize;
mod windows;

pub use cursor::Cursor;
pub use document::{Change, Document, Value};
pub use error::Error;
pub use given::{Given, Numbers};
pub use index::{Index, Opened, Options};
pub use matching::Explained;
pub use percolate::Percolator;
pub use query::{Clause, IntegerParser, Node, Query, QueryOptions, Test, Warning, parse};
pub use request::{FacetRequest, Filter, Hit, Page, RangeBucket, Request, Sort};
pub use schema::{Field, Schema};
