//! A query in one segment: the lists of its words, joined window by window.

use tantivy::{SegmentReader, TERMINATED};

use super::list::{EngineList, List};
use super::plan::Prepared;
use super::window::{Bits, Scratch, Window};
use crate::Error;

/// How much the lesser places of a word add to its best one.
const TIE_BREAKER: f32 = 0.1;

/// A part of a query in one segment.
pub(crate) enum Node {
    Best(Vec<List>),
    Engine(EngineList),
    /// What is wanted stands in the order of its cost.
    All {
        wanted: Vec<Node>,
        excluded: Vec<Node>,
    },
    Any(Vec<Node>),
}

impl Node {
    /// Opens the lists of a query in a segment; `scored` as it was prepared.
    pub(crate) fn open(
        prepared: &Prepared,
        segment: &SegmentReader,
        scored: bool,
    ) -> Result<Self, Error> {
        let each = |parts: &[Prepared], scored| -> Result<Vec<Self>, Error> {
            let opened = parts.iter().map(|part| Self::open(part, segment, scored));
            opened.collect()
        };
        Ok(match prepared {
            Prepared::Best(places) => {
                let mut lists = Vec::with_capacity(places.len());
                for place in places {
                    lists.extend(List::open(place, segment, scored)?);
                }
                Self::Best(lists)
            }
            Prepared::Engine(weight) => {
                Self::Engine(EngineList::new(weight.scorer(segment, 1.0)?, scored))
            }
            Prepared::All { wanted, excluded } => {
                let mut wanted = each(wanted, scored)?;
                wanted.sort_by_key(Self::cost);
                Self::All {
                    wanted,
                    excluded: each(excluded, false)?,
                }
            }
            Prepared::Any(parts) => Self::Any(each(parts, scored)?),
        })
    }

    fn cost(&self) -> u64 {
        match self {
            Self::Best(lists) => lists.iter().map(List::cost).sum(),
            Self::Engine(list) => list.cost(),
            Self::All { wanted, .. } => {
                let costs = wanted.iter().map(Self::cost);
                costs.min().unwrap_or(u64::MAX)
            }
            Self::Any(parts) => parts.iter().map(Self::cost).fold(0, u64::saturating_add),
        }
    }

    /// A document from `from` on before which none matches; [`TERMINATED`] if none does.
    pub(crate) fn next(&mut self, from: u32) -> u32 {
        match self {
            Self::Best(lists) => {
                let next = lists.iter_mut().map(|list| list.next(from));
                next.min().unwrap_or(TERMINATED)
            }
            Self::Engine(list) => list.next(from),
            Self::All { wanted, .. } => {
                let mut at = from;
                for part in wanted {
                    at = part.next(at).max(at);
                    if at == TERMINATED {
                        break;
                    }
                }
                at
            }
            Self::Any(parts) => {
                let next = parts.iter_mut().map(|part| part.next(from));
                next.min().unwrap_or(TERMINATED)
            }
        }
    }

    /// Puts the matches from `from` to before `to`, which is at most a window further, into an empty window; perhaps
    /// only those that are among `among`.
    pub(crate) fn fill(
        &mut self,
        (from, to): (u32, u32),
        among: Option<&Bits>,
        out: &mut Window,
        scratch: &mut Scratch,
    ) {
        match self {
            Self::Best(lists) => best(lists, (from, to), among, out),
            Self::Engine(list) => list.read(from, to, among, |at, score| {
                out.bits.set(at);
                out.scores[at] = score;
            }),
            Self::All { wanted, excluded } => {
                all(wanted, (from, to), among, out, scratch);
                for part in excluded {
                    if out.bits.is_empty() {
                        return;
                    }
                    let mut other = scratch.take();
                    part.fill((from, to), Some(&out.bits), &mut other, scratch);
                    out.bits.remove(&other.bits);
                    scratch.give(other);
                }
            }
            Self::Any(parts) => {
                for part in parts {
                    let mut other = scratch.take();
                    part.fill((from, to), among, &mut other, scratch);
                    other.each(|at, score| {
                        let before = out.bits.set(at);
                        out.scores[at] = if before {
                            out.scores[at] + score
                        } else {
                            score
                        };
                    });
                    scratch.give(other);
                }
            }
        }
    }
}

fn all(
    wanted: &mut [Node],
    (from, to): (u32, u32),
    among: Option<&Bits>,
    out: &mut Window,
    scratch: &mut Scratch,
) {
    let Some((first, rest)) = wanted.split_first_mut() else {
        out.fill((to - from) as usize);
        if let Some(among) = among {
            out.bits.keep(among);
        }
        return;
    };
    first.fill((from, to), among, out, scratch);
    for part in rest {
        if out.bits.is_empty() {
            return;
        }
        let mut other = scratch.take();
        part.fill((from, to), Some(&out.bits), &mut other, scratch);
        out.bits.keep(&other.bits);
        out.scores
            .iter_mut()
            .zip(&other.scores)
            .for_each(|(score, other)| *score += other);
        scratch.give(other);
    }
}

fn best(lists: &mut [List], (from, to): (u32, u32), among: Option<&Bits>, out: &mut Window) {
    if let [only] = lists {
        only.read(from, to, among, |at, score| {
            out.bits.set(at);
            out.scores[at] = score;
        });
        return;
    }
    for list in lists {
        list.read(from, to, among, |at, score| {
            if out.bits.set(at) {
                out.scores[at] = out.scores[at].max(score);
                out.sums[at] += score;
            } else {
                out.scores[at] = score;
                out.sums[at] = score;
            }
        });
    }
    // Of documents that do not match this makes something without meaning, but is quicker than asking.
    out.scores
        .iter_mut()
        .zip(&out.sums)
        .for_each(|(best, sum)| *best += (sum - *best) * TIE_BREAKER);
}
