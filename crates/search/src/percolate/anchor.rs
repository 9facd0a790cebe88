//! Choosing by which atoms a search is found.

use super::condition::Condition;

/// By which atoms a search is found.
#[derive(Debug, PartialEq)]
pub(super) struct Anchor {
    /// A document that the search finds has at least one of these; none if that can be said of no atoms. An empty list
    /// is that of a search that finds nothing.
    pub(super) atoms: Option<Box<[u32]>>,
    /// A further atom that it then has.
    pub(super) guard: Option<u32>,
}

/// Atoms of which one is needed, and the share of documents that has one.
type Alternatives = (Vec<u32>, f64);

impl Anchor {
    /// The cheapest anchor of a condition; `share` is the share of documents that has an atom.
    pub(super) fn of(condition: &Condition<u32>, share: &impl Fn(u32) -> f64) -> Self {
        let best = alternatives(condition, share);
        let anchors = best.as_ref().map_or(&[][..], |(atoms, _)| atoms);
        let mut needed = Vec::new();
        singles(condition, &mut needed);
        let guard = needed
            .into_iter()
            .filter(|atom| anchors != [*atom])
            .min_by(|a, b| share(*a).total_cmp(&share(*b)));
        Self {
            atoms: best.map(|(mut atoms, _)| {
                // In a list twice, it would be a candidate twice.
                atoms.sort_unstable();
                atoms.dedup();
                atoms.into()
            }),
            guard,
        }
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

    /// Atoms with smaller numbers are rarer.
    fn anchor(condition: &Condition<u32>) -> (Option<Vec<u32>>, Option<u32>) {
        let anchor = Anchor::of(condition, &|atom| f64::from(atom) / 100.0);
        (anchor.atoms.map(Vec::from), anchor.guard)
    }

    fn all<const N: usize>(inner: [Condition<u32>; N]) -> Condition<u32> {
        Condition::all(inner)
    }

    #[test]
    fn of_what_is_needed_the_rarest_is_the_anchor_and_the_next_the_guard() {
        use Condition::{Atom, Sequence};
        let condition = all([Atom(9), Sequence([5, 7].into()), Atom(8)]);
        assert_eq!(anchor(&condition), (Some(vec![5]), Some(7)));
    }

    #[test]
    fn every_alternative_has_an_anchor_or_none_has() {
        use Condition::Atom;
        let either = Condition::any([all([Atom(3), Atom(4)]), Atom(2)]);
        assert_eq!(anchor(&either), (Some(vec![2, 3]), None));
        let open = Condition::any([Atom(3), Atom(4).negated()]);
        assert_eq!(anchor(&open), (None, None));
        assert_eq!(
            anchor(&all([open, Atom(50)])),
            (Some(vec![50]), None),
            "what else is needed still anchors it"
        );
    }

    #[test]
    fn a_rare_single_beats_frequent_alternatives() {
        use Condition::Atom;
        let condition = all([Condition::any([Atom(30), Atom(40)]), Atom(60)]);
        assert_eq!(anchor(&condition), (Some(vec![60]), None));
        let condition = all([Condition::any([Atom(10), Atom(20)]), Atom(60)]);
        assert_eq!(anchor(&condition), (Some(vec![10, 20]), Some(60)));
    }
}
