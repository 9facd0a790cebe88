//! The fewest skills that would open the most postings. Pure.
//!
//! A posting is open to somebody when every skill that it must have is proven or claimed. To learn the one skill that is missing
//! opens it; of two that are missing, either alone only brings it nearer. So each step takes the skill that opens the most
//! postings at once, and among equals the one that brings the most nearer, where a posting with fewer missing skills counts more.
//! That is the greedy cover: within a constant factor of the best choice for the sum that it follows, and explainable step by step.

use std::collections::BTreeMap;

use super::basis::Basis;
use super::memory::All;
use super::model::{Need, Standing};
use super::needs::{Country, Item, decode};
use super::score::judge;
use crate::postings::model::{BackendGrade, PostingId};

/// Postings that lack more skills than this are out of reach, and decide nothing.
const MOST_MISSING: usize = 6;
/// Steps that are told.
pub const STEPS: usize = 10;
/// Postings that are named with a step.
pub const EXAMPLES: usize = 5;

/// Which postings are looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Within {
    /// Only this country.
    pub country: Option<Country>,
    /// Only postings held to be internships, and those that may be backend work.
    pub everything: bool,
}

/// A skill to learn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Its place in the taxonomy.
    pub skill: u16,
    /// How many postings it opens, with the skills before it.
    pub opens: usize,
    /// How many it brings nearer.
    pub nearer: usize,
    /// Some that it opens.
    pub examples: Vec<PostingId>,
}

/// What stands between somebody and the postings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gap {
    /// How many postings were looked at.
    pub postings: usize,
    /// How many are open already.
    pub open: usize,
    /// How many something else rules out.
    pub ruled_out: usize,
    /// Which skills to learn, in this order.
    pub steps: Vec<Step>,
}

/// A posting that is not open yet: for each missing requirement the skills of which one would do.
struct Closed {
    posting: PostingId,
    missing: Vec<Vec<u16>>,
}

/// The fewest skills that would open the most postings.
#[must_use]
pub fn gap(all: &All, basis: &Basis, within: Within) -> Gap {
    let mut gap = Gap::default();
    let mut closed = Vec::new();
    for (id, known) in &all.postings {
        let Some(looked) = look(&known.needs, basis, within) else {
            continue;
        };
        gap.postings += 1;
        match looked {
            Looked::RuledOut => gap.ruled_out += 1,
            Looked::Missing(missing) if missing.is_empty() => gap.open += 1,
            Looked::Missing(missing) if missing.len() <= MOST_MISSING => closed.push(Closed {
                posting: PostingId(*id),
                missing,
            }),
            Looked::Missing(_) => {}
        }
    }
    while gap.steps.len() < STEPS {
        let Some(skill) = best(&closed) else { break };
        gap.steps.push(learn(&mut closed, skill));
    }
    gap
}

enum Looked {
    RuledOut,
    Missing(Vec<Vec<u16>>),
}

/// What a posting lacks; nothing for one that is not looked at.
fn look(needs: &[u8], basis: &Basis, within: Within) -> Option<Looked> {
    let (head, items) = decode(needs)?;
    if !within.everything && (!head.internship || head.backend == BackendGrade::No) {
        return None;
    }
    let mut missing: Vec<Vec<u16>> = Vec::new();
    let (mut there, mut ruled_out) = (within.country.is_none(), false);
    for item in items {
        if let Item::Authorisation(_, countries) | Item::Place(_, countries) = item {
            there |= within
                .country
                .is_some_and(|wanted| countries.iter().any(|one| one == wanted));
        }
        let met = judge(item, basis);
        ruled_out |= met.standing == Standing::Knockout;
        if let (Item::Skills(Need::Must, places), Standing::Gap) = (item, met.standing) {
            let skills: Vec<u16> = places.iter().collect();
            if !skills.is_empty() && !missing.contains(&skills) {
                missing.push(skills);
            }
        }
    }
    there.then_some(if ruled_out {
        Looked::RuledOut
    } else {
        Looked::Missing(missing)
    })
}

/// The skill that opens the most, then brings the most nearer; the first in the taxonomy among equals.
fn best(closed: &[Closed]) -> Option<u16> {
    let mut worth: BTreeMap<u16, (u32, u64)> = BTreeMap::new();
    for one in closed {
        let count = one.missing.len() as u64;
        for skill in distinct(&one.missing) {
            let (opens, nearer) = worth.entry(skill).or_default();
            let met = one
                .missing
                .iter()
                .filter(|any_of| any_of.contains(&skill))
                .count();
            *opens += u32::from(met == one.missing.len());
            // In whole numbers, so that equals are equal.
            *nearer += 3_600 / (count * count);
        }
    }
    worth
        .into_iter()
        .max_by(|(one, a), (other, b)| a.cmp(b).then(other.cmp(one)))
        .map(|(skill, _)| skill)
}

fn distinct(missing: &[Vec<u16>]) -> Vec<u16> {
    let mut all: Vec<u16> = missing.iter().flatten().copied().collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Takes a skill as learnt.
fn learn(closed: &mut Vec<Closed>, skill: u16) -> Step {
    let mut step = Step {
        skill,
        opens: 0,
        nearer: 0,
        examples: Vec::new(),
    };
    closed.retain_mut(|one| {
        let before = one.missing.len();
        one.missing.retain(|any_of| !any_of.contains(&skill));
        if one.missing.is_empty() {
            step.opens += 1;
            if step.examples.len() < EXAMPLES {
                step.examples.push(one.posting);
            }
        } else if one.missing.len() < before {
            step.nearer += 1;
        }
        !one.missing.is_empty()
    });
    step
}

#[cfg(test)]
#[path = "gap_tests.rs"]
mod tests;
