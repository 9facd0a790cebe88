//! Conditions: a search as a tree over atoms and ranges, and whether it holds for a document.

use super::reading::Reading;
use crate::Error;

/// What a search asks. `A` is an atom, by what it stands for or by its number.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Condition<A> {
    Always,
    Never,
    Atom(A),
    /// These words one after the other in one field; at least two.
    Sequence(Box<[A]>),
    Range(Range),
    All(Box<[Condition<A>]>),
    Any(Box<[Condition<A>]>),
    Not(Box<Condition<A>>),
}

/// Bounds of the integer field of that position, both included.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Range {
    pub(super) position: u16,
    pub(super) min: Limit,
    pub(super) max: Limit,
}

/// A bound.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Limit {
    None,
    At(i64),
    /// So much after the instant of asking.
    Moving(i64),
}

impl Limit {
    fn at(self, now: i64, none: i64) -> i64 {
        match self {
            Self::None => none,
            Self::At(value) => value,
            Self::Moving(offset) => now.saturating_add(offset),
        }
    }

    /// The limit that reads as `self` at `now` and as `other` at `later`.
    fn in_motion(self, now: i64, other: Self, later: i64) -> Option<Self> {
        match (self, other) {
            (Self::At(one), Self::At(two)) if one == two => Some(self),
            (Self::At(one), Self::At(two)) => {
                (two.checked_sub(one) == later.checked_sub(now)).then_some(Self::Moving(one - now))
            }
            (one, two) => (one == two).then_some(one),
        }
    }
}

impl Range {
    /// Whether a value is within; no value never is.
    fn holds(&self, value: Option<i64>, now: i64) -> bool {
        value.is_some_and(|value| {
            self.min.at(now, i64::MIN) <= value && value <= self.max.at(now, i64::MAX)
        })
    }
}

impl<A> Condition<A> {
    /// All of these, with what is always or never so taken out.
    pub(super) fn all(conditions: impl IntoIterator<Item = Self>) -> Self {
        let mut kept = Vec::new();
        for condition in conditions {
            match condition {
                Self::Never => return Self::Never,
                Self::Always => {}
                Self::All(inner) => kept.extend(inner),
                other => kept.push(other),
            }
        }
        match kept.len() {
            0 => Self::Always,
            1 => kept.remove(0),
            _ => Self::All(kept.into()),
        }
    }

    /// Any of these, with what is always or never so taken out.
    pub(super) fn any(conditions: impl IntoIterator<Item = Self>) -> Self {
        let mut kept = Vec::new();
        for condition in conditions {
            match condition {
                Self::Always => return Self::Always,
                Self::Never => {}
                Self::Any(inner) => kept.extend(inner),
                other => kept.push(other),
            }
        }
        match kept.len() {
            0 => Self::Never,
            1 => kept.remove(0),
            _ => Self::Any(kept.into()),
        }
    }

    /// The opposite.
    pub(super) fn negated(self) -> Self {
        match self {
            Self::Always => Self::Never,
            Self::Never => Self::Always,
            Self::Not(inner) => *inner,
            other => Self::Not(Box::new(other)),
        }
    }

    /// The same with other atoms.
    pub(super) fn map<B>(&self, atom: &mut impl FnMut(&A) -> B) -> Condition<B> {
        match self {
            Self::Always => Condition::Always,
            Self::Never => Condition::Never,
            Self::Atom(one) => Condition::Atom(atom(one)),
            Self::Sequence(atoms) => Condition::Sequence(atoms.iter().map(atom).collect()),
            Self::Range(range) => Condition::Range(*range),
            Self::All(inner) => {
                Condition::All(inner.iter().map(|condition| condition.map(atom)).collect())
            }
            Self::Any(inner) => {
                Condition::Any(inner.iter().map(|condition| condition.map(atom)).collect())
            }
            Self::Not(inner) => Condition::Not(Box::new(inner.map(atom))),
        }
    }

    /// Calls `visit` with every atom, as often as it stands there.
    pub(super) fn visit(&self, visit: &mut impl FnMut(&A)) {
        match self {
            Self::Always | Self::Never | Self::Range(_) => {}
            Self::Atom(atom) => visit(atom),
            Self::Sequence(atoms) => atoms.iter().for_each(visit),
            Self::All(inner) | Self::Any(inner) => {
                inner.iter().for_each(|condition| condition.visit(visit));
            }
            Self::Not(inner) => inner.visit(visit),
        }
    }

    fn ranges<'c>(&'c mut self, found: &mut Vec<&'c mut Range>) {
        match self {
            Self::Always | Self::Never | Self::Atom(_) | Self::Sequence(_) => {}
            Self::Range(range) => found.push(range),
            Self::All(inner) | Self::Any(inner) => {
                inner
                    .iter_mut()
                    .for_each(|condition| condition.ranges(found));
            }
            Self::Not(inner) => inner.ranges(found),
        }
    }

    pub(super) fn has_range(&mut self) -> bool {
        let mut found = Vec::new();
        self.ranges(&mut found);
        !found.is_empty()
    }

    /// Makes this reading of a search, which is that of `now`, move with time as one of another instant shows.
    pub(super) fn set_in_motion(
        &mut self,
        now: i64,
        other: &mut Self,
        later: i64,
    ) -> Result<(), Error> {
        let unsteady =
            || Error::Request("its bounds neither stay nor move steadily with time".to_owned());
        let (mut here, mut there) = (Vec::new(), Vec::new());
        self.ranges(&mut here);
        other.ranges(&mut there);
        if here.len() != there.len() {
            return Err(unsteady());
        }
        for (here, there) in here.into_iter().zip(there) {
            let min = here.min.in_motion(now, there.min, later);
            let max = here.max.in_motion(now, there.max, later);
            here.min = min.ok_or_else(unsteady)?;
            here.max = max.ok_or_else(unsteady)?;
        }
        Ok(())
    }
}

impl Condition<u32> {
    /// Whether a document satisfies it at an instant.
    pub(super) fn holds(&self, reading: &Reading, now: i64) -> bool {
        match self {
            Self::Always => true,
            Self::Never => false,
            Self::Atom(atom) => reading.has(*atom),
            Self::Sequence(atoms) => {
                atoms.iter().all(|atom| reading.has(*atom)) && reading.has_sequence(atoms)
            }
            Self::Range(range) => range.holds(reading.integer(range.position), now),
            Self::All(inner) => inner.iter().all(|condition| condition.holds(reading, now)),
            Self::Any(inner) => inner.iter().any(|condition| condition.holds(reading, now)),
            Self::Not(inner) => !inner.holds(reading, now),
        }
    }
}
