//! From a tree back to text which parses to the same tree.

use std::fmt;

use super::ast::{Clause, Node, Query, Test};

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.root.as_ref().map_or(Ok(()), |root| root.fmt(f))
    }
}

impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Clause(clause) => clause.fmt(f),
            Self::All(nodes) => separated(f, nodes, " "),
            Self::Any(nodes) => separated(f, nodes, " OR "),
            Self::Not(inner) => {
                f.write_str("-")?;
                grouped(f, inner)
            }
        }
    }
}

fn separated(f: &mut fmt::Formatter<'_>, nodes: &[Node], separator: &str) -> fmt::Result {
    for (at, node) in nodes.iter().enumerate() {
        if at > 0 {
            f.write_str(separator)?;
        }
        grouped(f, node)?;
    }
    Ok(())
}

/// A node that stands within another one.
fn grouped(f: &mut fmt::Formatter<'_>, node: &Node) -> fmt::Result {
    match node {
        Node::All(_) | Node::Any(_) => write!(f, "({node})"),
        Node::Clause(_) | Node::Not(_) => write!(f, "{node}"),
    }
}

impl fmt::Display for Clause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(field) = &self.field {
            write!(f, "{field}:")?;
        }
        match &self.test {
            Test::Word(text) if is_bare(text, self.field.is_some()) => f.write_str(text),
            Test::Word(text) | Test::Phrase(text) => write!(f, "\"{}\"", text.replace('"', " ")),
            Test::Prefix(text) => write!(f, "{text}*"),
            Test::Range { text, .. } if is_bare(text, true) => f.write_str(text),
            Test::Range { text, .. } => write!(f, "\"{text}\""),
            Test::Bool(yes) => write!(f, "{yes}"),
        }
    }
}

/// Whether a text can stand without quotes.
fn is_bare(text: &str, after_field: bool) -> bool {
    let special = |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '|' | '"');
    !text.is_empty()
        && !text.contains(special)
        && (after_field || !(text.starts_with('-') || matches!(text, "OR" | "AND" | "NOT")))
}
