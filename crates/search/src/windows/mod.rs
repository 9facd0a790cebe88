//! Evaluating a query window by window: some thousand documents at a time, as bits with scores beside them.
//!
//! The engine's own scorers go document by document through boxes within boxes, which costs some ten times what reading
//! the lists does; and since every match is counted for the facets, none can be left out for its score. Here the lists of
//! words are read block by block into one window, in the words' order of frequency, and groups are joined with a few
//! operations on words of bits. Windows in which the rarest of what is wanted has nothing are passed over. Phrases,
//! beginnings and ranges stay with the engine's scorers, which are asked where the rest of the query matches.

mod list;
mod node;
mod plan;
#[cfg(test)]
mod tests;
mod window;

pub(crate) use node::Node;
pub(crate) use plan::{Place, Plan, Prepared};
pub(crate) use window::{SIZE, Scratch};
