//! Choosing by which atoms a search is found.

use super::condition::Condition;

/// Guards of a search at most.
pub(super) const GUARDS: usize = 4;

/// By which atoms a search is found.
#[derive(Debug, PartialEq)]
pub(super) struct Anchor {
    /// A document that the search finds has at least one of these; none if that can be said of no atoms. An empty list
    /// is that of a search that finds nothing.
    pub(super) atoms: Option<Box<[u32]>>,
    /// Further atoms that it then has, the rarest first.
    pub(super) guards: Vec<u32>,
    /// What of the search these do not decide.
    pub(super) rest: Condition<u32>,
}

/// Atoms of which one is needed, and the share of documents that has one.
type Alternatives = (Vec<u32>, f64);

impl Anchor {
    /// The cheapest anchor of a condition; `share` is the share of documents that has an atom.
    pub(super) fn of(condition: &Condition<u32>, share: &impl Fn(u32) -> f64) -> Self {
        let parts = match condition {
            Condition::All(parts) => &parts[..],
            other => std::slice::from_ref(other),
        };
        let best = parts
            .iter()
            .enumerate()
            .filter_map(|(at, part)| Some((at, alternatives(part, share)?)))
            .min_by(|(_, a), (_, b)| a.1.total_cmp(&b.1));
        let mut needed = Vec::new();
        parts.iter().for_each(|part| singles(part, &mut needed));
        let Some((at, (mut atoms, _))) = best else {
            return Self {
                atoms: None,
                guards: rarest(needed, share),
                rest: condition.clone(),
            };
        };
        // In a list twice, it would be a candidate twice.
        atoms.sort_unstable();
        atoms.dedup();
        needed.retain(|atom| atoms != [*atom]);
        let guards = rarest(needed, share);
        let is_decided = |(part_at, part): &(usize, &Condition<u32>)| match part {
            Condition::Atom(atom) => guards.contains(atom) || atoms == [*atom],
            part => *part_at == at && is_one_of(part),
        };
        let rest = parts.iter().enumerate().filter(|part| !is_decided(part));
        Self {
            rest: Condition::all(rest.map(|(_, part)| part.clone())),
            atoms: Some(atoms.into()),
            guards,
        }
    }
}

/// The rarest of some atoms, each once, as many as there are guards.
fn rarest(mut atoms: Vec<u32>, share: &impl Fn(u32) -> f64) -> Vec<u32> {
    atoms.sort_by(|a, b| share(*a).total_cmp(&share(*b)).then(a.cmp(b)));
    atoms.dedup();
    atoms.truncate(GUARDS);
    atoms
}

/// Whether a condition is that a document has one of some atoms, and nothing more.
fn is_one_of(condition: &Condition<u32>) -> bool {
    match condition {
        Condition::Atom(_) => true,
        Condition::Any(inner) => inner.iter().all(|one| matches!(one, Condition::Atom(_))),
        _ => false,
    }
}

/// Atoms each of which is needed.
fn singles(condition: &Condition<u32>, needed: &mut Vec<u32>) {
    match condition {
        Condition::Atom(atom) => needed.push(*atom),
        Condition::Sequence(atoms) => needed.extend(atoms),
        Condition::All(inner) => inner.iter().for_each(|one| singles(one, needed)),
        Condition::Always
        | Condition::Never
        | Condition::Range(_)
        | Condition::Any(_)
        | Condition::Not(_) => {}
    }
}

/// The rarest alternatives of which a document needs one, if there are any.
fn alternatives(condition: &Condition<u32>, share: &impl Fn(u32) -> f64) -> Option<Alternatives> {
    let rarest =
        |choices: Vec<Alternatives>| choices.into_iter().min_by(|a, b| a.1.total_cmp(&b.1));
    match condition {
        Condition::Never => Some((Vec::new(), 0.0)),
        Condition::Atom(atom) => Some((vec![*atom], share(*atom))),
        Condition::Sequence(atoms) => rarest(
            atoms
                .iter()
                .map(|atom| (vec![*atom], share(*atom)))
                .collect(),
        ),
        Condition::All(inner) => rarest(
            inner
                .iter()
                .filter_map(|one| alternatives(one, share))
                .collect(),
        ),
        Condition::Any(inner) => {
            let mut all = (Vec::new(), 0.0);
            for one in inner {
                let (atoms, cost) = alternatives(one, share)?;
                all.0.extend(atoms);
                all.1 += cost;
            }
            Some(all)
        }
        Condition::Always | Condition::Range(_) | Condition::Not(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Atoms with smaller numbers are rarer. Gives the anchor, the guards and whether they decide.
    fn anchor(condition: &Condition<u32>) -> (Option<Vec<u32>>, Vec<u32>, bool) {
        let anchor = Anchor::of(condition, &|atom| f64::from(atom) / 100.0);
        let decides = anchor.rest == Condition::Always;
        (anchor.atoms.map(Vec::from), anchor.guards, decides)
    }

    fn all<const N: usize>(inner: [Condition<u32>; N]) -> Condition<u32> {
        Condition::all(inner)
    }

    #[test]
    fn of_what_is_needed_the_rarest_is_the_anchor_and_the_next_the_guards() {
        use Condition::{Atom, Sequence};
        let words = all([Atom(9), Atom(5), Atom(8), Atom(7)]);
        assert_eq!(anchor(&words), (Some(vec![5]), vec![7, 8, 9], true));
        let phrase = all([Atom(9), Sequence([5, 7].into())]);
        assert_eq!(anchor(&phrase), (Some(vec![5]), vec![7, 9], false));
        let many = all([Atom(1), Atom(2), Atom(3), Atom(4), Atom(5), Atom(6)]);
        assert_eq!(anchor(&many), (Some(vec![1]), vec![2, 3, 4, 5], false));
    }

    #[test]
    fn every_alternative_has_an_anchor_or_none_has() {
        use Condition::Atom;
        let either = Condition::any([all([Atom(3), Atom(4)]), Atom(2)]);
        assert_eq!(anchor(&either), (Some(vec![2, 3]), vec![], false));
        let open = Condition::any([Atom(3), Atom(4).negated()]);
        assert_eq!(anchor(&open), (None, vec![], false));
        assert_eq!(
            anchor(&all([open, Atom(50)])),
            (Some(vec![50]), vec![], false),
            "what else is needed still anchors it"
        );
    }

    #[test]
    fn a_rare_single_beats_frequent_alternatives() {
        use Condition::Atom;
        let condition = all([Condition::any([Atom(30), Atom(40)]), Atom(60)]);
        assert_eq!(anchor(&condition), (Some(vec![60]), vec![], false));
        let condition = all([Condition::any([Atom(10), Atom(20)]), Atom(60)]);
        assert_eq!(anchor(&condition), (Some(vec![10, 20]), vec![60], true));
    }

    #[test]
    fn the_same_word_twice_is_wanted_once() {
        use Condition::Atom;
        assert_eq!(
            anchor(&all([Atom(3), Atom(3)])),
            (Some(vec![3]), vec![], true)
        );
    }

    #[test]
    fn exclusions_and_ranges_are_never_decided_by_atoms() {
        use Condition::Atom;
        let condition = all([Atom(3), Atom(4).negated()]);
        assert_eq!(anchor(&condition), (Some(vec![3]), vec![], false));
        assert_eq!(anchor(&Condition::Always), (None, vec![], true));
        assert_eq!(anchor(&Condition::Never), (Some(vec![]), vec![], false));
        let guarded = all([Atom(3), Atom(5), Atom(4).negated()]);
        let rest = Anchor::of(&guarded, &|atom| f64::from(atom)).rest;
        assert_eq!(rest, Atom(4).negated(), "only what is open is left");
    }
}
