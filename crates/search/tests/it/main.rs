//! What the index promises, seen from outside.

#[cfg(test)]
mod durability;
#[cfg(test)]
mod facets;
#[cfg(test)]
mod paging;
#[cfg(test)]
mod percolate;
#[cfg(test)]
mod query;
#[cfg(test)]
mod snippets;
#[cfg(test)]
mod support;
#[cfg(test)]
mod text;
