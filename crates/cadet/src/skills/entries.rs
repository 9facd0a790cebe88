//! The entries of the taxonomy's files, and the checks that need all of them.

use std::collections::{BTreeSet, HashMap};

use super::{
    model::{Kind, SkillId},
    pattern::{NamesBuilder, Proof, Sense},
    source::{CONTEXTS_FILE, File, RawContexts, RawFile, RawSkill, TaxonomyError, read},
    taxonomy::Meaning,
};

/// An entry with the file that it stands in.
pub(super) struct Entry {
    pub file: String,
    pub file_kind: Kind,
    pub id: SkillId,
    pub raw: RawSkill,
}

impl Entry {
    /// The entries of all files, in order of their ids.
    pub fn read_all(files: &[File]) -> Result<Vec<Self>, TaxonomyError> {
        let mut entries: Vec<Self> = Vec::new();
        let mut seen = BTreeSet::new();
        for file in files.iter().filter(|(name, _)| name != CONTEXTS_FILE) {
            let raw: RawFile = read(file)?;
            for (key, skill) in raw.skill {
                let file = file.0.clone();
                let id = match SkillId::parse(&key) {
                    Ok(id) => id,
                    Err(problem) => return Err(TaxonomyError::BadId { file, problem }),
                };
                if !seen.insert(id.clone()) {
                    return Err(TaxonomyError::DuplicateId { file, id: key });
                }
                entries.push(Self {
                    file,
                    file_kind: raw.kind,
                    id,
                    raw: skill,
                });
            }
        }
        entries.sort_by(|a, b| a.id.cmp(&b.id));
        Ok(entries)
    }

    pub fn meaning(&self, contexts: &RawContexts) -> Result<Meaning, TaxonomyError> {
        let mut meaning = Meaning {
            not_when: self.raw.not_when.to_phrases(),
            only_when: self.raw.only_when.to_phrases(),
        };
        for name in &self.raw.contexts {
            let Some(context) = contexts.context.get(name) else {
                let (file, id) = (self.file.clone(), self.id.to_string());
                return Err(TaxonomyError::UnknownContext {
                    file,
                    id,
                    context: name.clone(),
                });
            };
            meaning.not_when.extend(&context.not_when.to_phrases());
            meaning.only_when.extend(&context.only_when.to_phrases());
        }
        Ok(meaning)
    }

    /// Adds the entry's names; gives its spellings. The name is a plain alias unless a narrower list has it.
    pub fn add_names(
        &self,
        skill: usize,
        names: &mut NamesBuilder,
    ) -> Result<Vec<String>, TaxonomyError> {
        let raw = &self.raw;
        let narrower = raw
            .guarded
            .iter()
            .chain(&raw.case_sensitive)
            .chain(&raw.ambiguous);
        let narrower: Vec<String> = narrower.map(|a| a.to_lowercase()).collect();
        let name = Some(&raw.name).filter(|n| !narrower.contains(&n.to_lowercase()));
        let lists = [
            (
                name.into_iter().chain(&raw.aliases).collect::<Vec<_>>(),
                Proof::Plain,
            ),
            (raw.guarded.iter().collect(), Proof::Guarded),
            (raw.case_sensitive.iter().collect(), Proof::Cased),
            (raw.ambiguous.iter().collect(), Proof::Ambiguous),
        ];
        let mut spellings = Vec::new();
        for (alias, proof) in lists
            .iter()
            .flat_map(|(list, proof)| list.iter().map(move |a| (*a, *proof)))
        {
            if !(1..=80).contains(&alias.chars().count()) || !alias.contains(char::is_alphabetic) {
                let (file, id) = (self.file.clone(), self.id.to_string());
                return Err(TaxonomyError::BadAlias {
                    file,
                    id,
                    alias: alias.clone(),
                });
            }
            spellings.extend(names.add(skill, alias, proof));
        }
        spellings.dedup();
        Ok(spellings)
    }
}

/// For each entry, where its parents stand.
pub(super) fn parent_indices(
    entries: &[Entry],
    index: &HashMap<SkillId, usize>,
) -> Result<Vec<Vec<usize>>, TaxonomyError> {
    let resolve = |entry: &Entry, parent: &String| {
        let id = SkillId::parse(parent).ok();
        id.and_then(|id| index.get(&id).copied())
            .ok_or_else(|| TaxonomyError::UnknownParent {
                file: entry.file.clone(),
                id: entry.id.to_string(),
                parent: parent.clone(),
            })
    };
    entries
        .iter()
        .map(|entry| {
            entry
                .raw
                .parents
                .iter()
                .map(|p| resolve(entry, p))
                .collect()
        })
        .collect()
}

/// Removes skills without remaining parents until none is left; what cannot be removed lies on or below a circle.
pub(super) fn check_cycles(entries: &[Entry], parents: &[Vec<usize>]) -> Result<(), TaxonomyError> {
    let mut left: BTreeSet<usize> = (0..entries.len()).collect();
    loop {
        let free: Vec<usize> = left
            .iter()
            .copied()
            .filter(|&i| !parents[i].iter().any(|p| left.contains(p)))
            .collect();
        if free.is_empty() {
            break;
        }
        free.iter().for_each(|i| {
            left.remove(i);
        });
    }
    let Some(&first) = left.first() else {
        return Ok(());
    };
    let parent = parents[first]
        .iter()
        .find(|p| left.contains(p))
        .unwrap_or(&first);
    Err(TaxonomyError::Cycle {
        file: entries[first].file.clone(),
        id: entries[first].id.to_string(),
        parent: entries[*parent].id.to_string(),
    })
}

/// Refuses a name that two skills claim without anything to tell them apart.
pub(super) fn check_clashes(
    entries: &[Entry],
    meanings: &[Meaning],
    names: &NamesBuilder,
) -> Result<(), TaxonomyError> {
    let told_apart = |a: &Sense, b: &Sense| {
        let by_context =
            |s: &Sense| s.proof == Proof::Ambiguous && !meanings[s.skill].only_when.is_empty();
        let by_case =
            a.proof == Proof::Cased && b.proof == Proof::Cased && a.spelling != b.spelling;
        a.skill == b.skill || by_case || (by_context(a) && by_context(b))
    };
    for (alias, senses) in names.iter() {
        for (i, later) in senses.iter().enumerate() {
            if let Some(earlier) = senses[..i].iter().find(|s| !told_apart(s, later)) {
                return Err(TaxonomyError::Clash {
                    file: entries[later.skill].file.clone(),
                    id: entries[later.skill].id.to_string(),
                    other: entries[earlier.skill].id.to_string(),
                    alias: alias.to_owned(),
                });
            }
        }
    }
    Ok(())
}
