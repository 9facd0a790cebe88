//! From tokens to a tree. Any input gives a query.
//!
//! | written | means |
//! |---|---|
//! | `java spring` | both words (there is no fallback to either) |
//! | `java OR kotlin backend`, `java \| kotlin backend` | `backend`, and one of its two neighbours: OR binds tighter than the blank |
//! | `"message queue"` | the words in this order, as written |
//! | `-word`, `NOT word`, `-"a b"`, `-field:value`, `-(a b)` | without |
//! | `field:word`, `field:"two words"` | in one field |
//! | `kube*` | words that begin so |
//! | `field:>=10`, `field:>10`, `field:<=10`, `field:<10`, `field:1..5`, `field:10` | numbers and dates |
//!
//! Signs without their partner (a lone parenthesis, quote or OR) are passed over.

use super::ast::{Node, Query};
use super::lex::{Lexer, Token};
use super::options::{QueryOptions, Warning};

/// Conditions beyond these are left out.
const MOST_CLAUSES: usize = 64;
/// Parentheses beyond this depth are not followed.
const DEEPEST_PARENTHESES: usize = 64;
/// A tree deeper than this becomes a plain list. Its text has at most as many parentheses, so that it parses to itself.
const DEEPEST_TREE: usize = 16;

/// Parses what a user wrote; never fails. The warnings say what was not taken as it may have been meant.
pub fn parse(input: &str, options: &QueryOptions) -> (Query, Vec<Warning>) {
    let mut parser = Parser {
        lexer: Lexer::new(input, options),
        ahead: None,
        clauses: 0,
        deep: false,
    };
    parser.step();
    let mut root = parser.all(0);
    if root
        .as_ref()
        .is_some_and(|root| root.depth() > DEEPEST_TREE)
    {
        parser.deep = true;
        root = root.and_then(|root| Node::all(flattened(root, false)));
    }
    let mut warnings = parser.lexer.warnings;
    if parser.clauses > MOST_CLAUSES {
        warnings.push(Warning::ManyClauses(MOST_CLAUSES));
    }
    if parser.deep {
        warnings.push(Warning::DeepNesting);
    }
    warnings.dedup();
    (Query { root }, warnings)
}

struct Parser<'i> {
    lexer: Lexer<'i>,
    ahead: Option<Token>,
    clauses: usize,
    deep: bool,
}

impl Parser<'_> {
    /// Moves to the next token, ending the input after the last clause that is allowed.
    fn step(&mut self) -> Option<Token> {
        let next = self.lexer.next_token();
        if matches!(next, Some(Token::Clause(_))) {
            self.clauses += 1;
        }
        let next = next.filter(|_| self.clauses <= MOST_CLAUSES);
        std::mem::replace(&mut self.ahead, next)
    }

    /// Everything up to the closing parenthesis, or to the end at depth 0.
    fn all(&mut self, depth: usize) -> Option<Node> {
        let mut nodes = Vec::new();
        loop {
            match &self.ahead {
                None => break,
                Some(Token::Close) if depth > 0 => break,
                Some(_) => nodes.extend(self.any(depth)),
            }
        }
        Node::all(nodes)
    }

    /// One item and those that follow after an OR.
    fn any(&mut self, depth: usize) -> Option<Node> {
        let mut nodes: Vec<Node> = self.item(depth).into_iter().collect();
        while self.ahead == Some(Token::Or) {
            self.step();
            nodes.extend(self.item(depth));
        }
        Node::any(nodes)
    }

    /// A clause or a group, with the signs before it. Takes at least one token unless an enclosing rule needs it.
    fn item(&mut self, depth: usize) -> Option<Node> {
        let mut negative = false;
        loop {
            match &self.ahead {
                Some(Token::Not) => {
                    negative = !negative;
                    self.step();
                }
                Some(Token::Open) if depth < DEEPEST_PARENTHESES => {
                    self.step();
                    let group = self.all(depth + 1);
                    if self.ahead == Some(Token::Close) {
                        self.step();
                    }
                    return group.map(|node| if negative { node.negated() } else { node });
                }
                Some(Token::Clause(_)) => break,
                Some(Token::Open) => {
                    self.deep = true;
                    self.step();
                }
                Some(Token::Close) if depth == 0 => {
                    self.step();
                }
                Some(Token::Or) => return None,
                Some(Token::Close) | None => return None,
            }
        }
        let Some(Token::Clause(clause)) = self.step() else {
            return None;
        };
        let node = Node::Clause(clause);
        Some(if negative { node.negated() } else { node })
    }
}

/// The clauses of a tree, each with the sign that it has.
fn flattened(node: Node, negative: bool) -> Vec<Node> {
    match node {
        Node::Clause(_) if negative => vec![node.negated()],
        Node::Clause(_) => vec![node],
        Node::All(nodes) | Node::Any(nodes) => nodes
            .into_iter()
            .flat_map(|node| flattened(node, negative))
            .collect(),
        Node::Not(inner) => flattened(*inner, !negative),
    }
}
