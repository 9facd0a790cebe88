//! A query as it is evaluated, and what is prepared of it once for all segments.

use tantivy::query::{Bm25Weight, EnableScoring, Query as Engine, Weight};
use tantivy::{Searcher, Term};

use crate::Error;

/// A part of a query.
#[derive(Debug)]
pub(crate) enum Plan {
    /// In any of these places; the score is the best one's, and a part of the others'.
    Best(Vec<Place>),
    /// As the engine evaluates it.
    Engine(Box<dyn Engine>),
    /// Decides, but does not rank.
    Silent(Box<Plan>),
    /// All that is wanted, which may be nothing in particular, and nothing that is excluded; scores are added.
    All {
        wanted: Vec<Plan>,
        excluded: Vec<Plan>,
    },
    /// At least one of these; scores are added.
    Any(Vec<Plan>),
}

/// Where a word may stand.
#[derive(Debug)]
pub(crate) enum Place {
    /// As this term, with what it weighs.
    Term(Term, f32),
    /// As the engine finds it.
    Engine(Box<dyn Engine>),
}

/// A plan with the weights of its terms, which are those of the whole index.
pub(crate) enum Prepared {
    Best(Vec<PreparedPlace>),
    Engine(Box<dyn Weight>),
    All {
        wanted: Vec<Prepared>,
        excluded: Vec<Prepared>,
    },
    Any(Vec<Prepared>),
}

/// A place with its weight; none where nothing is ranked.
pub(crate) enum PreparedPlace {
    Term(Term, Option<Bm25Weight>),
    Engine(Box<dyn Weight>),
}

impl Plan {
    /// Prepares the plan; without scores if nothing is to be ranked.
    pub(crate) fn prepare(&self, searcher: &Searcher, scored: bool) -> Result<Prepared, Error> {
        let each = |plans: &[Self], scored| -> Result<Vec<Prepared>, Error> {
            plans
                .iter()
                .map(|plan| plan.prepare(searcher, scored))
                .collect()
        };
        Ok(match self {
            Self::Best(places) => Prepared::Best(
                places
                    .iter()
                    .map(|place| place.prepare(searcher, scored))
                    .collect::<Result<_, _>>()?,
            ),
            Self::Engine(query) => Prepared::Engine(weight(&**query, searcher, scored)?),
            Self::Silent(inner) => inner.prepare(searcher, false)?,
            Self::All { wanted, excluded } => Prepared::All {
                wanted: each(wanted, scored)?,
                excluded: each(excluded, false)?,
            },
            Self::Any(plans) => Prepared::Any(each(plans, scored)?),
        })
    }
}

impl Place {
    fn prepare(&self, searcher: &Searcher, scored: bool) -> Result<PreparedPlace, Error> {
        Ok(match self {
            Self::Term(term, boost) => {
                let weight = match scored {
                    true => {
                        let term = std::slice::from_ref(term);
                        Some(Bm25Weight::for_terms(searcher, term)?.boost_by(*boost))
                    }
                    false => None,
                };
                PreparedPlace::Term(term.clone(), weight)
            }
            Self::Engine(query) => PreparedPlace::Engine(weight(&**query, searcher, scored)?),
        })
    }
}

fn weight(query: &dyn Engine, searcher: &Searcher, scored: bool) -> Result<Box<dyn Weight>, Error> {
    let scoring = match scored {
        true => EnableScoring::enabled_from_searcher(searcher),
        false => EnableScoring::disabled_from_searcher(searcher),
    };
    Ok(query.weight(scoring)?)
}
