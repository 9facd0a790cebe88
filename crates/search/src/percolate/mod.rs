//! Percolation: searches are kept, and a document is asked which of them find it.
//!
//! Asking every kept search of every new document costs their product. Here each search is broken into **atoms**, the
//! smallest things that a document has or has not: a word in any inflection, a word as it is, a beginning of a word, a
//! value of a field. From the atoms that a document must have for a search to find it, the rarest is the search's
//! **anchor** (one for each alternative, where it offers alternatives), and the search stands in the list of its anchor.
//! A document is read once; only the searches in the lists of its own atoms are candidates. A candidate's **guards**, the
//! next rarest atoms that it needs, stand beside it and are looked up first, which rejects most by a bit or two and
//! decides those that ask nothing else; the others are evaluated. Searches without any atom that they need (everything, or only exclusions and ranges) are always candidates.
//!
//! Invariant: [`Percolator::matches`] gives the searches that [`crate::Index::search`] would find the document with, if
//! the document stood in it and spelling were not corrected, each once. The tests hold both against each other.

mod anchor;
mod atoms;
mod condition;
mod frequency;
mod lower;
mod reading;

use std::collections::HashMap;

use anchor::{Anchor, GUARDS};
use atoms::{ALWAYS, Atoms};
use condition::Condition;
use frequency::Frequencies;
use lower::lower;
use reading::Reading;

use crate::schema::Handles;
use crate::{Document, Error, Filter, Query, Schema};

/// A kept search.
struct Entry {
    id: u64,
    /// What its anchor and guards do not decide.
    rest: Condition<u32>,
    /// All that it asks.
    condition: Box<Condition<u32>>,
    /// The atoms in whose lists it stands; none for one that is always a candidate.
    anchors: Option<Box<[u32]>>,
}

/// A search in the list of an atom.
#[derive(Clone, Copy)]
struct Candidate {
    /// Here and not only in the entry, since most candidates need nothing more.
    id: u64,
    /// Its place among the entries, with [`DECIDED`].
    slot: u32,
    /// Atoms without which it cannot match.
    guards: [u32; GUARDS],
}

/// Set in the slot of a candidate that matches if its guards are there, which needs no look at its entry.
const DECIDED: u32 = 1 << 31;

impl Candidate {
    fn new(id: u64, slot: u32, anchor: &Anchor) -> Self {
        let mut guards = [ALWAYS; GUARDS];
        for (guard, atom) in guards.iter_mut().zip(&anchor.guards) {
            *guard = *atom;
        }
        let decided = if anchor.rest == Condition::Always {
            DECIDED
        } else {
            0
        };
        Self {
            id,
            slot: slot | decided,
            guards,
        }
    }

    fn slot(&self) -> u32 {
        self.slot & !DECIDED
    }
}

/// Kept searches, each under an id of the caller's; see the module. Asking needs no exclusive access, so that several
/// threads may do it at once.
pub struct Percolator {
    schema: Schema,
    handles: Handles,
    atoms: Atoms,
    frequencies: Frequencies,
    entries: Vec<Option<Entry>>,
    free: Vec<u32>,
    by_id: HashMap<u64, u32>,
    /// By atom: the searches that are candidates when a document has it.
    anchored: Vec<Vec<Candidate>>,
    /// Searches that are always candidates.
    unanchored: Vec<Candidate>,
}

impl std::fmt::Debug for Percolator {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Percolator")
            .field("searches", &self.len())
            .finish_non_exhaustive()
    }
}

impl Percolator {
    /// Without searches, for documents of `schema`.
    #[must_use]
    pub fn new(schema: Schema) -> Self {
        Self {
            handles: Handles::new(&schema),
            schema,
            atoms: Atoms::default(),
            frequencies: Frequencies::default(),
            entries: Vec::new(),
            free: Vec::new(),
            by_id: HashMap::new(),
            anchored: Vec::new(),
            unanchored: Vec::new(),
        }
    }

    /// How many searches are kept.
    #[must_use]
    pub fn len(&self) -> usize {
        self.by_id.len()
    }

    /// Whether none is kept.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.by_id.is_empty()
    }

    /// The ids of the kept searches, in no order.
    pub fn ids(&self) -> impl Iterator<Item = u64> + '_ {
        self.by_id.keys().copied()
    }

    /// The schema of the documents.
    #[must_use]
    pub fn schema(&self) -> &Schema {
        &self.schema
    }

    /// Learns from a document which words and values are frequent, so that searches inserted later are found by their
    /// rare ones. Some hundreds of usual documents are enough. It changes how fast searches are found, never which.
    ///
    /// # Errors
    /// [`Error::Document`] for one that does not fit the schema.
    pub fn learn(&mut self, document: &Document) -> Result<(), Error> {
        let values = document.checked(&self.schema, &self.handles)?;
        self.frequencies.add(&self.schema, &values);
        Ok(())
    }

    /// Keeps a search, replacing the one of the same id. `read` gives it as it reads at an instant, in the unit of the
    /// caller's integer fields: bounds such as "in the last seven days" move with it. They must move as fast as the
    /// instant, or not at all.
    ///
    /// # Errors
    /// [`Error::Request`] for what the schema cannot answer; the search of that id, if there was one, is then still kept.
    pub fn insert(
        &mut self,
        id: u64,
        now: i64,
        read: impl Fn(i64) -> (Query, Vec<Filter>),
    ) -> Result<(), Error> {
        let (query, filters) = read(now);
        let mut wanted = lower(&query, &filters, &self.schema)?;
        if wanted.has_range() {
            let later = now.saturating_add(1);
            let (query, filters) = read(later);
            let mut moved = lower(&query, &filters, &self.schema)?;
            wanted.set_in_motion(now, &mut moved, later)?;
        }
        self.remove(id);
        let condition = wanted.map(&mut |key| self.atoms.intern(key));
        self.anchored.resize_with(self.atoms.len(), Vec::new);
        let (atoms, frequencies) = (&self.atoms, &self.frequencies);
        let anchor = Anchor::of(&condition, &|atom| frequencies.share(atoms.key(atom)));
        let slot = self.free.pop().unwrap_or_else(|| {
            self.entries.push(None);
            u32::try_from(self.entries.len() - 1).unwrap_or(u32::MAX)
        });
        let candidate = Candidate::new(id, slot, &anchor);
        match &anchor.atoms {
            Some(atoms) => {
                for atom in atoms {
                    self.anchored[*atom as usize].push(candidate);
                }
            }
            None => self.unanchored.push(candidate),
        }
        self.entries[slot as usize] = Some(Entry {
            id,
            rest: anchor.rest,
            condition: Box::new(condition),
            anchors: anchor.atoms,
        });
        self.by_id.insert(id, slot);
        Ok(())
    }

    /// Forgets a search. Gives whether it was kept.
    pub fn remove(&mut self, id: u64) -> bool {
        let Some(slot) = self.by_id.remove(&id) else {
            return false;
        };
        let Some(entry) = self.entries[slot as usize].take() else {
            return false;
        };
        let others = |candidate: &Candidate| candidate.slot() != slot;
        match &entry.anchors {
            Some(anchors) => {
                for atom in anchors {
                    self.anchored[*atom as usize].retain(others);
                }
            }
            None => self.unanchored.retain(others),
        }
        entry.condition.visit(&mut |atom| self.atoms.release(*atom));
        self.free.push(slot);
        true
    }

    /// The ids of the searches that find a document at an instant, each once, in rising order.
    ///
    /// # Errors
    /// [`Error::Document`] for one that does not fit the schema.
    pub fn matches(&self, document: &Document, now: i64) -> Result<Vec<u64>, Error> {
        let reading = self.read(document)?;
        let anchored = reading
            .atoms()
            .filter_map(|atom| self.anchored.get(atom as usize))
            .flatten();
        let mut found = Vec::new();
        for candidate in anchored.chain(&self.unanchored) {
            if !candidate.guards.iter().all(|guard| reading.has(*guard)) {
                continue;
            }
            let slot = candidate.slot() as usize;
            let holds = candidate.slot & DECIDED != 0
                || self.entries[slot]
                    .as_ref()
                    .is_some_and(|entry| entry.rest.holds(&reading, now));
            if holds {
                found.push(candidate.id);
            }
        }
        // A document may have several of a search's alternatives.
        found.sort_unstable();
        found.dedup();
        Ok(found)
    }

    /// The same by asking every search, which is what `matches` saves; to check it by.
    ///
    /// # Errors
    /// [`Error::Document`] for one that does not fit the schema.
    pub fn matches_by_scan(&self, document: &Document, now: i64) -> Result<Vec<u64>, Error> {
        let reading = self.read(document)?;
        let entries = self.entries.iter().flatten();
        let mut found: Vec<u64> = entries
            .filter(|entry| entry.condition.holds(&reading, now))
            .map(|entry| entry.id)
            .collect();
        found.sort_unstable();
        Ok(found)
    }

    fn read(&self, document: &Document) -> Result<Reading, Error> {
        let values = document.checked(&self.schema, &self.handles)?;
        Ok(Reading::of(&values, &self.schema, &self.atoms))
    }
}
