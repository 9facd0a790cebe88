//! Answering a request: from the parsed query and the filters to a page.

use std::collections::HashSet;

use tantivy::Term;
use tantivy::query::TermSetQuery;

use crate::collect::{Best, Order, Pass};
use crate::correct::corrections;
use crate::facets::{self, Tally};
use crate::query::{Compiled, Compiler};
use crate::shared::Shared;
use crate::windows::Plan;
use crate::{Error, Field, Page, Request, Sort};

impl Shared {
    pub(crate) fn search(&self, request: &Request) -> Result<Page, Error> {
        let snapshot = self.snapshot();
        let order = self.order(&request.sort)?;
        if request
            .cursor
            .as_ref()
            .is_some_and(|cursor| cursor.order != order.code())
        {
            return Err(Error::Cursor);
        }
        let dictionaries = &self.cache.dictionaries;
        let (groups, unfaceted) =
            facets::filters(&request.filters, &self.schema, &self.handles, dictionaries)?;
        let mut compiler = Compiler {
            schema: &self.schema,
            handles: &self.handles,
            searcher: &snapshot.searcher,
            corrected: HashSet::new(),
        };
        let corrections = if request.correct {
            corrections(&request.query, &compiler)?
        } else {
            Vec::new()
        };
        let query = request.query.corrected(&corrections);
        compiler.corrected = corrections.iter().map(|(_, right)| right.clone()).collect();
        let compiled = match &query.root {
            None => Compiled::Everything,
            Some(root) => compiler.node(root)?,
        };
        let compiled = self.restricted(compiled, &unfaceted);
        let everything = matches!(compiled, Compiled::Everything) && groups.is_empty();
        let tally = |request| {
            Tally::new(
                request,
                everything,
                &snapshot,
                &self.schema,
                &self.handles,
                dictionaries,
            )
        };
        let mut pass = Pass {
            groups: &groups,
            tallies: request.facets.iter().map(tally).collect::<Result<_, _>>()?,
            order,
            after: request.cursor.as_ref().map(|cursor| cursor.place),
            limit: request.limit,
            total: 0,
            best: Best::new(request.limit),
            by_profile: Vec::new(),
        };
        pass.run(&compiled, &snapshot)?;
        let (hits, next) = pass.page();
        let facets = facets::finish(pass.tallies, &request.filters, dictionaries);
        Ok(Page {
            hits,
            total: pass.total,
            facets,
            next,
            corrections,
            query,
        })
    }

    fn order<'r>(&self, sort: &'r Sort) -> Result<Order<'r>, Error> {
        let (name, descending) = match sort {
            Sort::Relevance => return Ok(Order::Relevance),
            Sort::Given {
                numbers,
                descending,
            } => {
                return Ok(Order::Given {
                    numbers: numbers.numbers(),
                    descending: *descending,
                });
            }
            Sort::Field { name, descending } => (name, descending),
        };
        let position = facets::position(&self.handles, name)?;
        match self.schema.fields()[position] {
            Field::Integer { .. } => Ok(Order::Field {
                position,
                descending: *descending,
            }),
            _ => Err(Error::Request(format!(
                "\"{name}\" is no integer field, so hits cannot be sorted by it"
            ))),
        }
    }

    /// Adds the filters on keyword fields that have no column to the query.
    fn restricted(&self, compiled: Compiled, filters: &[(usize, &[String])]) -> Compiled {
        let each = filters.iter().map(|(position, values)| {
            let handle = self.handles.fields[*position];
            let terms = values
                .iter()
                .map(|value| Term::from_field_text(handle, value));
            Plan::Silent(Box::new(Plan::Engine(Box::new(TermSetQuery::new(terms)))))
        });
        let mut wanted: Vec<Plan> = each.collect();
        match (compiled, wanted.is_empty()) {
            (compiled, true) | (compiled @ Compiled::Nothing, _) => return compiled,
            (Compiled::Everything, false) => {}
            (Compiled::Some(plan), false) => wanted.push(plan),
        }
        let excluded = Vec::new();
        Compiled::Some(Plan::All { wanted, excluded })
    }
}
