//! Atoms: what searches ask of a document, each once and under a small number, and how a document's tokens lead to them.

use std::collections::{BTreeMap, HashMap};

use crate::tokenize::inflected_tokens;

/// The atom that every document has.
pub(super) const ALWAYS: u32 = 0;

/// Where a token stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Scope {
    /// In any text field.
    AnyText,
    /// In the field of that position, as queries see it.
    Field(u16),
    /// In the column of the field of that position, as filters see it.
    Column(u16),
}

/// What is asked of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Kind {
    /// To be this one.
    Exact,
    /// To be an inflection of this word.
    Inflected,
    /// To begin so.
    Prefix,
    /// To be one of several, as [`one_of`] writes them.
    OneOf,
}

/// Several tokens as one, each after its length.
pub(super) fn one_of<'t>(tokens: impl IntoIterator<Item = &'t str>) -> String {
    let each = tokens.into_iter();
    each.map(|token| format!("{}:{token}", token.len()))
        .collect()
}

/// The tokens of [`one_of`].
pub(super) fn alternatives(mut text: &str) -> impl Iterator<Item = &str> {
    std::iter::from_fn(move || {
        let (length, rest) = text.split_once(':')?;
        let (token, rest) = rest.split_at_checked(length.parse().ok()?)?;
        text = rest;
        Some(token)
    })
}

/// What an atom stands for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Key {
    pub(super) scope: Scope,
    pub(super) kind: Kind,
    pub(super) token: Box<str>,
}

impl Key {
    pub(super) fn new(scope: Scope, kind: Kind, token: &str) -> Self {
        Self {
            scope,
            kind,
            token: token.into(),
        }
    }
}

/// From a token to an atom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Route {
    pub(super) scope: Scope,
    pub(super) atom: u32,
    /// Whether its places are wanted too, for sequences.
    pub(super) placed: bool,
}

/// Every token of every document is looked up here: a hash that is quick for short texts, seeded since strangers write them.
type Routes = HashMap<Box<str>, Vec<Route>, foldhash::fast::RandomState>;

/// The atoms in use.
pub(super) struct Atoms {
    by_key: HashMap<Key, u32>,
    /// By number: what it stands for, and how often it is used. A number that is not in use is given again.
    in_use: Vec<(Key, u32)>,
    free: Vec<u32>,
    tokens: Routes,
    prefixes: Routes,
    /// The lengths of the prefixes in bytes, with how many atoms have each.
    prefix_lengths: BTreeMap<usize, u32>,
}

impl Default for Atoms {
    fn default() -> Self {
        let always = Key::new(Scope::AnyText, Kind::Exact, "");
        Self {
            by_key: HashMap::new(),
            in_use: vec![(always, 1)],
            free: Vec::new(),
            tokens: Routes::default(),
            prefixes: Routes::default(),
            prefix_lengths: BTreeMap::new(),
        }
    }
}

impl Atoms {
    /// One more than the greatest number.
    pub(super) fn len(&self) -> usize {
        self.in_use.len()
    }

    pub(super) fn key(&self, atom: u32) -> &Key {
        &self.in_use[atom as usize].0
    }

    /// The number of an atom, which is used once more.
    pub(super) fn intern(&mut self, key: &Key) -> u32 {
        if let Some(atom) = self.by_key.get(key) {
            self.in_use[*atom as usize].1 += 1;
            return *atom;
        }
        let atom = match self.free.pop() {
            Some(atom) => {
                self.in_use[atom as usize] = (key.clone(), 1);
                atom
            }
            None => {
                self.in_use.push((key.clone(), 1));
                u32::try_from(self.in_use.len() - 1).unwrap_or(u32::MAX)
            }
        };
        self.by_key.insert(key.clone(), atom);
        let route = Route {
            scope: key.scope,
            atom,
            placed: key.kind == Kind::Exact && !matches!(key.scope, Scope::Column(_)),
        };
        if key.kind == Kind::Prefix {
            *self.prefix_lengths.entry(key.token.len()).or_default() += 1;
        }
        let routes = self.routes_mut(key.kind);
        for token in tokens(key) {
            routes.entry(token.into()).or_default().push(route);
        }
        atom
    }

    /// Uses an atom once less; one that is no longer used is forgotten.
    pub(super) fn release(&mut self, atom: u32) {
        let (key, uses) = &mut self.in_use[atom as usize];
        *uses -= 1;
        if *uses > 0 {
            return;
        }
        let key = key.clone();
        self.by_key.remove(&key);
        self.free.push(atom);
        if key.kind == Kind::Prefix
            && let Some(count) = self.prefix_lengths.get_mut(&key.token.len())
        {
            *count -= 1;
            if *count == 0 {
                self.prefix_lengths.remove(&key.token.len());
            }
        }
        let routes = self.routes_mut(key.kind);
        for token in tokens(&key) {
            if let Some(there) = routes.get_mut(token.as_str()) {
                there.retain(|route| route.atom != atom);
                if there.is_empty() {
                    routes.remove(token.as_str());
                }
            }
        }
    }

    fn routes_mut(&mut self, kind: Kind) -> &mut Routes {
        match kind {
            Kind::Prefix => &mut self.prefixes,
            Kind::Exact | Kind::Inflected | Kind::OneOf => &mut self.tokens,
        }
    }

    /// Calls `found` with each route of a token, wherever the token stands.
    pub(super) fn routes(&self, token: &str, mut found: impl FnMut(&Route)) {
        if let Some(routes) = self.tokens.get(token) {
            routes.iter().for_each(&mut found);
        }
    }

    /// Calls `found` with each route of a beginning of a token.
    pub(super) fn prefix_routes(&self, token: &str, mut found: impl FnMut(&Route)) {
        for length in self.prefix_lengths.keys() {
            // A length that ends within a character is the length of no beginning of this token.
            match token.get(..*length) {
                Some(start) => {
                    if let Some(routes) = self.prefixes.get(start) {
                        routes.iter().for_each(&mut found);
                    }
                }
                None if *length > token.len() => break,
                None => {}
            }
        }
    }
}

/// The tokens, or the beginning of tokens, by which an atom is found, each once.
fn tokens(key: &Key) -> Vec<String> {
    match key.kind {
        Kind::Exact | Kind::Prefix => vec![key.token.to_string()],
        Kind::OneOf => alternatives(&key.token).map(str::to_owned).collect(),
        Kind::Inflected => inflected_tokens(&key.token),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_tokens_are_read_as_they_were_written() {
        for tokens in [&["US", "2:CA", ""][..], &["\u{e9}:", "x"], &[]] {
            let written = one_of(tokens.iter().copied());
            assert_eq!(alternatives(&written).collect::<Vec<_>>(), tokens);
        }
    }
}
