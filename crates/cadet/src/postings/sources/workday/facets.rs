//! Facets: by which values a list can be cut into parts, when it is longer than the site tells at once. Pure.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::postings::sources::record::text;

/// A property of postings with its values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Facet {
    /// The name by which it is applied.
    pub(super) parameter: String,
    /// Values: id, and how many postings have it.
    pub(super) values: Vec<(String, usize)>,
}

/// Which values are applied.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Applied(BTreeMap<String, String>);

impl Applied {
    pub(super) fn is_none(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn with(&self, parameter: &str, value: &str) -> Self {
        let mut applied = self.0.clone();
        applied.insert(parameter.to_owned(), value.to_owned());
        Self(applied)
    }

    /// As the question has it: each facet with a list of values.
    pub(super) fn question(&self) -> Value {
        let facets: serde_json::Map<String, Value> = self
            .0
            .iter()
            .map(|(parameter, value)| (parameter.clone(), json!([value])))
            .collect();
        facets.into()
    }
}

/// The facets of an answer. Groups (`locationMainGroup`) hold facets in place of values, and each of those has its own name.
pub(super) fn of(answer: &Value) -> Vec<Facet> {
    let mut found = Vec::new();
    collect(answer.get("facets"), &mut found, 0);
    found
}

fn collect(facets: Option<&Value>, found: &mut Vec<Facet>, depth: usize) {
    for facet in facets.and_then(Value::as_array).into_iter().flatten() {
        let Some(parameter) = text(facet, "/facetParameter") else {
            continue;
        };
        let values: Vec<(String, usize)> = facet
            .get("values")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(|value| {
                let count = value.get("count").and_then(Value::as_u64)?;
                Some((text(value, "/id")?, usize::try_from(count).ok()?))
            })
            .collect();
        if !values.is_empty() {
            found.push(Facet { parameter, values });
        }
        if depth < 3 {
            collect(facet.get("values"), found, depth + 1);
        }
    }
}

/// The facet by which a list of `total` or more is best cut, so that each part is shorter than `cap`.
///
/// Its values must cover the list, so their counts must reach the total. A posting has one family but several places, so places
/// come last; few parts come before many.
pub(super) fn best<'a>(
    facets: &'a [Facet],
    applied: &Applied,
    total: usize,
    cap: usize,
) -> Option<&'a Facet> {
    let largest = |facet: &Facet| facet.values.iter().map(|(_, count)| *count).max();
    facets
        .iter()
        .filter(|facet| facet.values.len() > 1 && !applied.0.contains_key(&facet.parameter))
        .filter(|facet| {
            let sum = facet
                .values
                .iter()
                .fold(0_usize, |sum, (_, count)| sum.saturating_add(*count));
            sum >= total
        })
        .min_by_key(|facet| {
            let largest = largest(facet).unwrap_or(usize::MAX);
            let too_large = if largest < cap { 0 } else { largest };
            let of_places = facet.parameter.to_lowercase().contains("location");
            (too_large, of_places, facet.values.len())
        })
}
