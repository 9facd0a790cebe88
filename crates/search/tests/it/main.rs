//! What the index promises, seen from outside.

mod durability;
mod facets;
mod paging;
mod query;
mod snippets;
mod support;
mod text;
