//! From a parsed search to a condition, as [`crate::query`] and [`crate::facets`] read it for the engine.

use super::atoms::{Key, Kind, Scope, one_of};
use super::condition::{Condition, Limit, Range};
use crate::query::{MOST_COMPOUNDS, phrase_words};
use crate::tokenize::{Form, Lexeme, compounds, folded_keyword};
use crate::{Clause, Error, Field, Filter, Node, Query, Schema, Test};

type Wanted = Condition<Key>;

/// What a document must be for the query and all filters to find it.
pub(super) fn lower(query: &Query, filters: &[Filter], schema: &Schema) -> Result<Wanted, Error> {
    let mut wanted = Vec::new();
    if let Some(root) = &query.root {
        wanted.push(node(root, schema)?);
    }
    for one in filters {
        wanted.push(filter(one, schema)?);
    }
    Ok(Wanted::all(wanted))
}

fn node(node: &Node, schema: &Schema) -> Result<Wanted, Error> {
    let each = |nodes: &[Node]| -> Result<Vec<Wanted>, Error> {
        nodes.iter().map(|one| self::node(one, schema)).collect()
    };
    Ok(match node {
        Node::Clause(one) => clause(one, schema)?,
        Node::All(nodes) => Wanted::all(each(nodes)?),
        Node::Any(nodes) => Wanted::any(each(nodes)?),
        Node::Not(inner) => self::node(inner, schema)?.negated(),
    })
}

/// The position of a field and the field.
fn declared<'s>(name: &str, schema: &'s Schema) -> Result<(u16, &'s Field), Error> {
    let mut fields = (0_u16..).zip(schema.fields());
    fields
        .find(|(_, field)| field.name() == name)
        .ok_or_else(|| Error::Request(format!("the schema has no field \"{name}\"")))
}

fn clause(Clause { field, test }: &Clause, schema: &Schema) -> Result<Wanted, Error> {
    let Some(name) = field else {
        return text(Scope::AnyText, test);
    };
    let (position, field) = declared(name, schema)?;
    let scope = Scope::Field(position);
    Ok(match (field, test) {
        (Field::Text { .. }, test) => text(scope, test)?,
        (Field::Keyword { .. }, Test::Word(value) | Test::Phrase(value)) => {
            atom(scope, Kind::Exact, &folded_keyword(value))
        }
        (Field::Keyword { .. }, Test::Prefix(start)) => {
            atom(scope, Kind::Prefix, &folded_keyword(start))
        }
        (Field::Integer { .. }, Test::Range { min, max, .. }) => range(position, *min, *max),
        (Field::Bool { .. }, Test::Bool(yes)) => truth(scope, *yes),
        (field, test) => {
            return Err(Error::Request(format!(
                "{test:?} cannot be asked of {field:?}"
            )));
        }
    })
}

fn filter(filter: &Filter, schema: &Schema) -> Result<Wanted, Error> {
    if matches!(filter, Filter::Given { .. }) {
        let reason = "given numbers cannot be asked of a single document";
        return Err(Error::Request(reason.to_owned()));
    }
    let (position, field) = declared(filter.field(), schema)?;
    Ok(match (filter, field) {
        (Filter::AnyOf { values, .. }, Field::Keyword { facet, .. }) => {
            // Without a column the engine looks at what queries see.
            let scope = match facet {
                true => Scope::Column(position),
                false => Scope::Field(position),
            };
            let mut values: Vec<&str> = values.iter().map(String::as_str).collect();
            values.sort_unstable();
            values.dedup();
            match values[..] {
                [] => Wanted::Never,
                [only] => atom(scope, Kind::Exact, only),
                _ => atom(scope, Kind::OneOf, &one_of(values)),
            }
        }
        (Filter::Range { min, max, .. }, Field::Integer { .. }) => range(position, *min, *max),
        (Filter::Bool { value, .. }, Field::Bool { .. }) => truth(Scope::Field(position), *value),
        (filter, field) => {
            return Err(Error::Request(format!(
                "the filter {filter:?} does not fit {field:?}"
            )));
        }
    })
}

fn atom(scope: Scope, kind: Kind, token: &str) -> Wanted {
    Wanted::Atom(Key::new(scope, kind, token))
}

/// A yes-or-no field's value as a token.
pub(super) const fn truth_token(yes: bool) -> &'static str {
    if yes { "true" } else { "false" }
}

fn truth(scope: Scope, yes: bool) -> Wanted {
    atom(scope, Kind::Exact, truth_token(yes))
}

fn range(position: u16, min: Option<i64>, max: Option<i64>) -> Wanted {
    let limit = |bound: Option<i64>| bound.map_or(Limit::None, Limit::At);
    Wanted::Range(Range {
        position,
        min: limit(min),
        max: limit(max),
    })
}

fn text(scope: Scope, test: &Test) -> Result<Wanted, Error> {
    match test {
        Test::Word(text) => {
            let compounds = compounds(text);
            let compounds = compounds.iter().take(MOST_COMPOUNDS);
            Ok(Wanted::all(
                compounds.map(|compound| self::compound(scope, compound)),
            ))
        }
        Test::Phrase(text) => {
            let compounds = compounds(text);
            let words: Vec<&str> = compounds
                .iter()
                .flat_map(|compound| phrase_words(compound))
                .collect();
            Ok(sequence(scope, &words))
        }
        Test::Prefix(text) => {
            let compounds = compounds(text);
            let first = compounds.iter().flatten().next();
            Ok(first.map_or(Wanted::Always, |lexeme| {
                atom(scope, Kind::Prefix, &lexeme.word)
            }))
        }
        test => Err(Error::Request(format!("{test:?} cannot be asked of text"))),
    }
}

/// A compound as one word in any inflection, or as its parts in order.
fn compound(scope: Scope, compound: &[Lexeme]) -> Wanted {
    let parts: Vec<&str> = phrase_words(compound).collect();
    if let [single] = parts[..] {
        return atom(scope, Kind::Inflected, single);
    }
    let joined = compound.iter().find(|lexeme| lexeme.form == Form::Joined);
    let joined = joined.map(|lexeme| atom(scope, Kind::Inflected, &lexeme.word));
    Wanted::any(joined.into_iter().chain([sequence(scope, &parts)]))
}

fn sequence(scope: Scope, words: &[&str]) -> Wanted {
    match words {
        [] => Wanted::Always,
        [only] => atom(scope, Kind::Exact, only),
        words => Wanted::Sequence(
            words
                .iter()
                .map(|word| Key::new(scope, Kind::Exact, word))
                .collect(),
        ),
    }
}
