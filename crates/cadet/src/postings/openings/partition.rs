//! From links and decisions to openings. Pure and deterministic: what the rules found and what people said decides, not
//! the order in which it came.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::postings::model::PostingId;

/// Postings of a group that are asked whether another may come to it; an opening in hundreds of cities has one title.
const WITNESSES: usize = 12;

/// A pair of postings, the smaller number first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pair {
    /// The smaller number.
    pub first: PostingId,
    /// The greater.
    pub second: PostingId,
}

impl Pair {
    /// The pair of two postings, in whichever order.
    #[must_use]
    pub fn of(one: PostingId, two: PostingId) -> Self {
        Self {
            first: one.min(two),
            second: one.max(two),
        }
    }

    /// The other one.
    #[must_use]
    pub fn other(self, than: PostingId) -> PostingId {
        if self.first == than {
            self.second
        } else {
            self.first
        }
    }
}

/// Parts `members` into openings; gives for each posting the number of its opening, which is that of its first posting.
///
/// What people joined goes together; then what the rules linked, the surest first, as long as no two postings come
/// together that people told apart, or of which `conflict` says that they cannot be one opening.
pub fn partition(
    members: &BTreeSet<PostingId>,
    decisions: &BTreeMap<Pair, bool>,
    links: &[(Pair, f64)],
    conflict: impl Fn(PostingId, PostingId) -> bool,
) -> BTreeMap<PostingId, PostingId> {
    let mut groups = Groups::of(members);
    let told_apart =
        |one: PostingId, two: PostingId| decisions.get(&Pair::of(one, two)) == Some(&false);
    for (pair, _) in decisions.iter().filter(|(_, same)| **same) {
        groups.join(*pair, told_apart, |_, _| false);
    }
    let by_hand: BTreeSet<PostingId> = decisions
        .iter()
        .filter(|(_, same)| **same)
        .flat_map(|(pair, _)| [pair.first, pair.second])
        .collect();
    let mut ordered: Vec<&(Pair, f64)> = links.iter().collect();
    ordered.sort_by(|(one, sure), (two, other)| other.total_cmp(sure).then(one.cmp(two)));
    for (pair, _) in ordered {
        // Who joined two by hand knows better than the rule, and what they joined is no witness against others.
        let conflict =
            |one, two| !by_hand.contains(&one) && !by_hand.contains(&two) && conflict(one, two);
        groups.join(*pair, told_apart, conflict);
    }
    groups.names()
}

/// Postings in groups, which only grow together.
struct Groups {
    of: HashMap<PostingId, usize>,
    members: Vec<Vec<PostingId>>,
}

impl Groups {
    fn of(members: &BTreeSet<PostingId>) -> Self {
        Self {
            of: members.iter().copied().zip(0..).collect(),
            members: members.iter().map(|id| vec![*id]).collect(),
        }
    }

    /// Joins the groups of a pair, unless `apart` holds for any two that would come together, or `conflict` for any two of
    /// the witnesses.
    fn join(
        &mut self,
        pair: Pair,
        apart: impl Fn(PostingId, PostingId) -> bool,
        conflict: impl Fn(PostingId, PostingId) -> bool,
    ) {
        let (Some(&into), Some(&from)) = (self.of.get(&pair.first), self.of.get(&pair.second))
        else {
            return;
        };
        if into == from {
            return;
        }
        let (one, two) = (&self.members[into], &self.members[from]);
        let witnesses = || one.iter().take(WITNESSES);
        if one.iter().any(|a| two.iter().any(|b| apart(*a, *b)))
            || witnesses().any(|a| two.iter().take(WITNESSES).any(|b| conflict(*a, *b)))
        {
            return;
        }
        let moved = std::mem::take(&mut self.members[from]);
        for id in &moved {
            self.of.insert(*id, into);
        }
        self.members[into].extend(moved);
    }

    fn names(self) -> BTreeMap<PostingId, PostingId> {
        let groups = self.members.iter();
        let named = groups.filter_map(|group| Some((group.iter().min().copied()?, group)));
        named
            .flat_map(|(name, group)| group.iter().map(move |id| (*id, name)))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn pair(one: i64, two: i64) -> Pair {
        Pair::of(PostingId(one), PostingId(two))
    }

    fn parted(links: &[(Pair, f64)], decisions: &[(Pair, bool)]) -> Vec<i64> {
        let members = (1..=6).map(PostingId).collect();
        let decisions = decisions.iter().copied().collect();
        let names = partition(&members, &decisions, links, |_, _| false);
        names.values().map(|name| name.0).collect()
    }

    #[test]
    fn links_join_and_the_first_posting_names_the_opening() {
        let links = [(pair(2, 3), 0.9), (pair(5, 3), 0.8)];
        assert_eq!(parted(&links, &[]), [1, 2, 2, 4, 2, 6]);
    }

    #[test]
    fn what_was_split_stays_apart_even_by_way_of_a_third() {
        let links = [(pair(1, 2), 0.9), (pair(2, 3), 0.8)];
        assert_eq!(parted(&links, &[(pair(1, 3), false)]), [1, 1, 3, 4, 5, 6]);
    }

    #[test]
    fn what_was_joined_goes_before_what_the_rules_found() {
        let links = [(pair(1, 2), 0.9)];
        let decisions = [(pair(2, 3), true), (pair(1, 3), false)];
        assert_eq!(parted(&links, &decisions), [1, 2, 2, 4, 5, 6]);
    }

    #[test]
    fn a_vague_posting_does_not_bring_two_terms_together() {
        let members = (1..=3).map(PostingId).collect();
        let links = [(pair(1, 2), 0.9), (pair(2, 3), 0.8)];
        let names = partition(&members, &BTreeMap::new(), &links, |one, two| {
            Pair::of(one, two) == pair(1, 3)
        });
        let names: Vec<i64> = names.values().map(|name| name.0).collect();
        assert_eq!(names, [1, 1, 3]);
    }

    proptest! {
        #[test]
        fn the_order_of_links_makes_no_difference(
            pairs in proptest::collection::vec((1_i64..7, 1_i64..7, 0_u8..4), 0..12),
            apart in proptest::collection::vec((1_i64..7, 1_i64..7), 0..4),
        ) {
            let links: Vec<(Pair, f64)> = pairs
                .iter()
                .map(|(one, two, sure)| (pair(*one, *two), f64::from(*sure) / 4.0))
                .collect();
            let decisions: Vec<(Pair, bool)> = apart
                .iter()
                .filter(|(one, two)| one != two)
                .map(|(one, two)| (pair(*one, *two), false))
                .collect();
            let mut turned = links.clone();
            turned.reverse();
            let names = parted(&links, &decisions);
            prop_assert_eq!(&names, &parted(&turned, &decisions));
            for (apart, _) in decisions {
                let name = |id: PostingId| names[usize::try_from(id.0).expect("small") - 1];
                prop_assert_ne!(name(apart.first), name(apart.second));
            }
        }
    }
}
