//! Which files differ between two trees.

use std::cmp::Ordering;

use gix::bstr::{BString, ByteSlice};
use gix::objs::tree::EntryKind;
use gix::{ObjectId, Repository};

use crate::limits::Budget;

/// Folders in folders beyond this depth are passed over.
const DEEPEST: usize = 60;

/// A file that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Change {
    /// Its path, with `/`.
    pub(crate) path: BString,
    /// What it was.
    pub(crate) old: Option<ObjectId>,
    /// What it is.
    pub(crate) new: Option<ObjectId>,
}

/// What was met on the way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Met {
    /// Objects that cannot be read.
    pub(crate) damaged: u64,
    /// Submodules.
    pub(crate) submodules: u64,
}

/// One entry of a tree.
struct Entry {
    name: BString,
    kind: EntryKind,
    id: ObjectId,
}

/// The files that differ between two trees, of which either may be missing; as many as the budget allows. Links and submodules
/// are no files.
pub(crate) fn changes(
    repository: &Repository,
    old: Option<ObjectId>,
    new: Option<ObjectId>,
    budget: &mut Budget,
    met: &mut Met,
) -> Vec<Change> {
    let mut found = Vec::new();
    let mut open = vec![(BString::default(), old, new, 0_usize)];
    while let Some((path, old, new, depth)) = open.pop() {
        if depth > DEEPEST || budget.is_spent() {
            continue;
        }
        let before = entries(repository, old, budget, met);
        let after = entries(repository, new, budget, met);
        for (name, old, new) in paired(before, after) {
            let mut path = path.clone();
            if !path.is_empty() {
                path.push(b'/');
            }
            path.extend_from_slice(&name);
            let folder = |entry: &Option<Entry>| only(entry, |kind| kind == EntryKind::Tree);
            let file = |entry: &Option<Entry>| {
                only(entry, |kind| {
                    matches!(kind, EntryKind::Blob | EntryKind::BlobExecutable)
                })
            };
            if [&old, &new]
                .into_iter()
                .flatten()
                .any(|entry| entry.kind == EntryKind::Commit)
            {
                met.submodules += 1;
            }
            let (before, after) = (folder(&old), folder(&new));
            if before.is_some() || after.is_some() {
                open.push((path.clone(), before, after, depth + 1));
            }
            let (before, after) = (file(&old), file(&new));
            if before.is_some() || after.is_some() {
                found.push(Change {
                    path,
                    old: before,
                    new: after,
                });
            }
        }
    }
    found
}

fn only(entry: &Option<Entry>, kind: impl Fn(EntryKind) -> bool) -> Option<ObjectId> {
    let entry = entry.as_ref()?;
    kind(entry.kind).then_some(entry.id)
}

/// The entries of a tree in the order of their names; none for a tree that is missing or cannot be read.
fn entries(
    repository: &Repository,
    tree: Option<ObjectId>,
    budget: &mut Budget,
    met: &mut Met,
) -> Vec<Entry> {
    let Some(id) = tree.filter(|_| budget.take_object()) else {
        return Vec::new();
    };
    let Ok(tree) = repository.find_tree(id) else {
        met.damaged += 1;
        return Vec::new();
    };
    let Ok(decoded) = tree.decode() else {
        met.damaged += 1;
        return Vec::new();
    };
    let mut entries: Vec<Entry> = decoded
        .entries
        .iter()
        .map(|entry| Entry {
            name: entry.filename.to_owned(),
            kind: entry.mode.kind(),
            id: entry.oid.to_owned(),
        })
        .collect();
    // Git orders folders as if their names ended in `/`; here both sides are merged by the bare names.
    entries.sort_by(|one, two| one.name.cmp(&two.name));
    entries
}

/// Entries that differ, by name.
fn paired(before: Vec<Entry>, after: Vec<Entry>) -> Vec<(BString, Option<Entry>, Option<Entry>)> {
    let mut pairs = Vec::new();
    let (mut before, mut after) = (before.into_iter().peekable(), after.into_iter().peekable());
    loop {
        let order = match (before.peek(), after.peek()) {
            (None, None) => return pairs,
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some(old), Some(new)) => old.name.cmp(&new.name),
        };
        let old = if order.is_le() { before.next() } else { None };
        let new = if order.is_ge() { after.next() } else { None };
        let same = match (&old, &new) {
            (Some(old), Some(new)) => old.id == new.id && old.kind == new.kind,
            _ => false,
        };
        let name = old
            .as_ref()
            .or(new.as_ref())
            .map(|entry| entry.name.clone());
        if let Some(name) = name.filter(|name| !same && name.find_byte(b'/').is_none()) {
            pairs.push((name, old, new));
        }
    }
}
