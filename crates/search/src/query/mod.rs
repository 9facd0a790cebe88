//! The query language: text to a tree, the tree back to text, and the tree to the engine.

mod ast;
mod compile;
mod display;
mod inflections;
mod lex;
mod options;
mod parse;

pub use ast::{Clause, Node, Query, Test};
pub(crate) use compile::{Compiled, Compiler, MOST_COMPOUNDS, phrase_words};
pub(crate) use inflections::Inflections;
pub use options::{IntegerParser, QueryOptions, Warning};
pub use parse::parse;
