//! The tree of a query, which the caller may show or change.

/// A parsed query. Without a root it matches everything.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Query {
    /// What must hold, if anything.
    pub root: Option<Node>,
}

/// A part of a query.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// One condition.
    Clause(Clause),
    /// All of these must hold.
    All(Vec<Node>),
    /// At least one of these must hold.
    Any(Vec<Node>),
    /// This must not hold.
    Not(Box<Node>),
}

/// One condition on one field, or on all text fields.
#[derive(Clone, Debug, PartialEq)]
pub struct Clause {
    /// The declared field; `None` means any text field.
    pub field: Option<String>,
    /// What is asked of it.
    pub test: Test,
}

/// What a clause asks of its field.
#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    /// A word, in any inflection, with spelling corrected; for a keyword the value whatever its case and accents.
    Word(String),
    /// These words, as they are written and in this order; for a keyword the same as a word.
    Phrase(String),
    /// A word, or a keyword, that begins like this.
    Prefix(String),
    /// An integer within these bounds, both included.
    Range {
        /// What the user wrote.
        text: String,
        /// The least value.
        min: Option<i64>,
        /// The greatest value.
        max: Option<i64>,
    },
    /// Yes or no.
    Bool(bool),
}

impl Clause {
    /// A condition on any text field.
    pub fn anywhere(test: Test) -> Self {
        Self { field: None, test }
    }

    /// A condition on one field.
    pub fn on(field: &str, test: Test) -> Self {
        Self {
            field: Some(field.to_owned()),
            test,
        }
    }
}

impl Node {
    /// All of the nodes, without needless nesting; nothing if there are none.
    pub fn all(nodes: Vec<Self>) -> Option<Self> {
        let flat = nodes.into_iter().flat_map(|node| match node {
            Self::All(inner) => inner,
            other => vec![other],
        });
        Self::only_or(flat.collect(), Self::All)
    }

    /// Any of the nodes, without needless nesting; nothing if there are none.
    pub fn any(nodes: Vec<Self>) -> Option<Self> {
        let flat = nodes.into_iter().flat_map(|node| match node {
            Self::Any(inner) => inner,
            other => vec![other],
        });
        Self::only_or(flat.collect(), Self::Any)
    }

    fn only_or(mut nodes: Vec<Self>, wrap: impl FnOnce(Vec<Self>) -> Self) -> Option<Self> {
        match nodes.len() {
            0 => None,
            1 => nodes.pop(),
            _ => Some(wrap(nodes)),
        }
    }

    /// The opposite; twice gives the node itself.
    #[must_use]
    pub fn negated(self) -> Self {
        match self {
            Self::Not(inner) => *inner,
            node => Self::Not(Box::new(node)),
        }
    }

    /// How many groups lie within each other.
    pub(crate) fn depth(&self) -> usize {
        match self {
            Self::Clause(_) => 0,
            Self::All(nodes) | Self::Any(nodes) => {
                1 + nodes.iter().map(Self::depth).max().unwrap_or(0)
            }
            Self::Not(inner) => inner.depth(),
        }
    }

    /// Calls `visit` with each clause that a match is to satisfy, so not with those under a `Not`.
    pub(crate) fn visit_wanted<'n>(&'n self, visit: &mut impl FnMut(&'n Clause)) {
        match self {
            Self::Clause(clause) => visit(clause),
            Self::All(nodes) | Self::Any(nodes) => {
                nodes.iter().for_each(|node| node.visit_wanted(visit))
            }
            Self::Not(_) => {}
        }
    }

    fn corrected(&self, corrections: &[(String, String)]) -> Self {
        match self {
            Self::Clause(Clause {
                field,
                test: Test::Word(word),
            }) => {
                let nodes: Vec<Self> = corrections
                    .iter()
                    .filter(|(wrong, _)| wrong == word)
                    .map(|(_, right)| {
                        Self::Clause(Clause {
                            field: field.clone(),
                            test: Test::Word(right.clone()),
                        })
                    })
                    .collect();
                Self::any(nodes).unwrap_or_else(|| self.clone())
            }
            Self::Clause(_) => self.clone(),
            Self::All(nodes) => Self::All(
                nodes
                    .iter()
                    .map(|node| node.corrected(corrections))
                    .collect(),
            ),
            Self::Any(nodes) => Self::Any(
                nodes
                    .iter()
                    .map(|node| node.corrected(corrections))
                    .collect(),
            ),
            Self::Not(inner) => Self::Not(Box::new(inner.corrected(corrections))),
        }
    }
}

impl Query {
    /// The query that matches everything.
    pub fn everything() -> Self {
        Self::default()
    }

    /// This query and one more condition.
    #[must_use]
    pub fn and(self, node: Node) -> Self {
        Self {
            root: Node::all(self.root.into_iter().chain([node]).collect()),
        }
    }

    /// The same query with any of its words instead of all, for when nothing has all of them. Phrases, fields and what
    /// must not hold stay as they are. `None` where there are not several words to choose from.
    #[must_use]
    pub fn relaxed(&self) -> Option<Self> {
        let Some(Node::All(nodes)) = &self.root else {
            return None;
        };
        let (words, others): (Vec<Node>, Vec<Node>) = nodes.iter().cloned().partition(|node| {
            matches!(
                node,
                Node::Clause(Clause {
                    field: None,
                    test: Test::Word(_) | Test::Prefix(_)
                })
            )
        });
        if words.len() < 2 {
            return None;
        }
        let root = Node::all(others.into_iter().chain(Node::any(words)).collect());
        Some(Self { root })
    }

    /// The query with each misspelt word replaced by its corrections, as [`crate::Page::corrections`] gives them.
    #[must_use]
    pub fn corrected(&self, corrections: &[(String, String)]) -> Self {
        Self {
            root: self.root.as_ref().map(|root| root.corrected(corrections)),
        }
    }

    /// The clauses that a match is to satisfy.
    pub(crate) fn wanted(&self) -> Vec<&Clause> {
        let mut wanted = Vec::new();
        if let Some(root) = &self.root {
            root.visit_wanted(&mut |clause| wanted.push(clause));
        }
        wanted
    }
}
