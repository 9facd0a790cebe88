//! A document as percolation sees it: which atoms it has, where the words of sequences stand, and its integers.

use super::atoms::{ALWAYS, Atoms, Route, Scope};
use super::lower::truth_token;
use crate::tokenize::{KeywordTokens, MARK, words_and_stems};
use crate::{Field, Schema, Value};

/// Between two values of one text field, so that no sequence runs over their border.
const VALUE_GAP: u64 = 1;
/// Places of different fields are so far from each other.
const FIELD_GAP: u64 = 1 << 32;

/// See the module.
pub(super) struct Reading {
    /// One bit for each atom.
    bits: Vec<u64>,
    /// The atoms, each once.
    atoms: Vec<u32>,
    /// Atoms with the places where they stand, sorted.
    places: Vec<(u32, u64)>,
    /// By the position of the field.
    integers: Vec<Option<i64>>,
}

impl Reading {
    /// Reads the checked values of a document: positions of fields and values.
    pub(super) fn of(values: &[(usize, &Value)], schema: &Schema, atoms: &Atoms) -> Self {
        let mut reading = Self {
            bits: vec![0; atoms.len().div_ceil(64)],
            atoms: Vec::new(),
            places: Vec::new(),
            integers: vec![None; schema.fields().len()],
        };
        reading.bits[0] = 1 << ALWAYS;
        let mut ends = vec![0_u64; schema.fields().len()];
        for (at, value) in values {
            let position = u16::try_from(*at).unwrap_or(u16::MAX);
            match (&schema.fields()[*at], value) {
                (Field::Text { .. }, Value::Text(text)) => {
                    let end = &mut ends[*at];
                    *end = reading.text(position, text, *end, atoms);
                }
                (Field::Keyword { .. }, Value::Text(text)) => {
                    reading.keyword(position, text, atoms)
                }
                (_, Value::Integer(number)) => reading.integers[*at] = Some(*number),
                (_, Value::Bool(yes)) => {
                    reading.token(Scope::Field(position), truth_token(*yes), atoms)
                }
                (_, Value::Text(_)) => {}
            }
        }
        reading.places.sort_unstable();
        reading
    }

    /// Reads a text whose first word stands at `start` of its field; gives where the next value begins.
    fn text(&mut self, position: u16, text: &str, start: u64, atoms: &Atoms) -> u64 {
        let own = Scope::Field(position);
        let mut end = start;
        words_and_stems(text, |token, at| {
            let at = start + at as u64;
            end = end.max(at + 1);
            let mut found = |route: &Route| {
                if route.scope == Scope::AnyText || route.scope == own {
                    self.add(route.atom);
                    if route.placed {
                        let place = u64::from(position) * FIELD_GAP + at;
                        self.places.push((route.atom, place));
                    }
                }
            };
            atoms.routes(token, &mut found);
            // A beginning of a stem is a beginning of its word as well, or of none that anybody wrote.
            if !token.starts_with(MARK) {
                atoms.prefix_routes(token, &mut found);
            }
        });
        end + VALUE_GAP
    }

    fn keyword(&mut self, position: u16, value: &str, atoms: &Atoms) {
        self.token(Scope::Column(position), value, atoms);
        let own = Scope::Field(position);
        for token in KeywordTokens::of(value).indexed() {
            self.token(own, token, atoms);
            atoms.prefix_routes(token, |route| {
                if route.scope == own {
                    self.add(route.atom);
                }
            });
        }
    }

    fn token(&mut self, scope: Scope, token: &str, atoms: &Atoms) {
        atoms.routes(token, |route| {
            if route.scope == scope {
                self.add(route.atom);
            }
        });
    }

    fn add(&mut self, atom: u32) {
        let bit = 1 << (atom % 64);
        let word = &mut self.bits[atom as usize / 64];
        if *word & bit == 0 {
            *word |= bit;
            self.atoms.push(atom);
        }
    }

    /// The atoms that the document has, each once.
    pub(super) fn atoms(&self) -> impl Iterator<Item = u32> + '_ {
        self.atoms.iter().copied()
    }

    pub(super) fn has(&self, atom: u32) -> bool {
        self.bits[atom as usize / 64] & (1 << (atom % 64)) != 0
    }

    /// Whether these atoms stand one after the other somewhere.
    pub(super) fn has_sequence(&self, atoms: &[u32]) -> bool {
        let Some((first, rest)) = atoms.split_first() else {
            return true;
        };
        let from = self.places.partition_point(|place| place.0 < *first);
        let starts = self.places[from..]
            .iter()
            .take_while(|(atom, _)| atom == first);
        starts.into_iter().any(|(_, start)| {
            let mut following = (start + 1..).zip(rest);
            following.all(|(place, atom)| self.places.binary_search(&(*atom, place)).is_ok())
        })
    }

    pub(super) fn integer(&self, position: u16) -> Option<i64> {
        self.integers.get(usize::from(position)).copied().flatten()
    }
}
