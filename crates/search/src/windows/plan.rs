//! A query as it is evaluated, and what is prepared of it once for all segments.

use tantivy::query::{
    Bm25StatisticsProvider as _, Bm25Weight, EnableScoring, Query as Engine, Weight,
};
use tantivy::schema::Field as Handle;
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
    /// As any of these terms of one field, which are taken for equally frequent.
    Class {
        terms: Vec<Term>,
        /// How many documents have one, or more.
        documents: u64,
        /// What each weighs.
        boost: f32,
    },
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
            Self::Best(places) => {
                let mut prepared = Vec::with_capacity(places.len());
                for place in places {
                    place.prepare(searcher, scored, &mut prepared)?;
                }
                Prepared::Best(prepared)
            }
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
    /// Adds the place to those that are prepared; a class is as many as it has terms.
    fn prepare(
        &self,
        searcher: &Searcher,
        scored: bool,
        prepared: &mut Vec<PreparedPlace>,
    ) -> Result<(), Error> {
        let (terms, documents, boost) = match self {
            Self::Term(term, boost) => (std::slice::from_ref(term), None, boost),
            Self::Class {
                terms,
                documents,
                boost,
            } => (&terms[..], Some(*documents), boost),
            Self::Engine(query) => {
                prepared.push(PreparedPlace::Engine(weight(&**query, searcher, scored)?));
                return Ok(());
            }
        };
        let weight = match terms.first().filter(|_| scored) {
            Some(first) => {
                let documents = documents.map_or_else(|| searcher.doc_freq(first), Ok)?;
                let weight = term_weight(searcher, first.field(), documents)?;
                Some(weight.boost_by(*boost))
            }
            None => None,
        };
        let each = terms.iter().cloned();
        prepared.extend(each.map(|term| PreparedPlace::Term(term, weight.clone())));
        Ok(())
    }
}

/// What a term weighs that so many documents have in a field.
fn term_weight(searcher: &Searcher, field: Handle, documents: u64) -> Result<Bm25Weight, Error> {
    let all = searcher.total_num_docs()?;
    let average_length = searcher.total_num_tokens(field)? as f32 / all as f32;
    let documents = documents.min(all);
    Ok(Bm25Weight::for_one_term_without_explain(
        documents,
        all,
        average_length,
    ))
}

fn weight(query: &dyn Engine, searcher: &Searcher, scored: bool) -> Result<Box<dyn Weight>, Error> {
    let scoring = match scored {
        true => EnableScoring::enabled_from_searcher(searcher),
        false => EnableScoring::disabled_from_searcher(searcher),
    };
    Ok(query.weight(scoring)?)
}
