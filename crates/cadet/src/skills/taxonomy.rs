//! The skills, their names and what the names mean in which context: read once, checked, and then only looked up.

use std::{
    collections::{BTreeSet, HashMap},
    sync::LazyLock,
};

use super::{
    asking::Asking,
    context::Phrases,
    entries::{Entry, check_clashes, check_cycles, parent_indices},
    model::{Skill, SkillId},
    pattern::{Names, NamesBuilder},
    source::{CONTEXTS_FILE, File, RawContexts, TaxonomyError, bundled_files, read},
};

/// All skills, with their hierarchy and their names.
pub struct Taxonomy {
    skills: Vec<Skill>,
    index: HashMap<SkillId, usize>,
    children: Vec<Vec<usize>>,
    meanings: Vec<Meaning>,
    evidence: Phrases,
    asking: Asking,
    names: Names,
}

/// What decides whether an unsure name means the skill.
#[derive(Debug, Default)]
pub(super) struct Meaning {
    pub not_when: Phrases,
    pub only_when: Phrases,
}

static BUNDLED: LazyLock<Taxonomy> = LazyLock::new(|| {
    Taxonomy::from_files(&bundled_files())
        .expect("the bundled taxonomy is part of the program, and a test reads it")
});

impl Taxonomy {
    /// The taxonomy that the program carries, read at the first call.
    #[must_use]
    pub fn bundled() -> &'static Self {
        &BUNDLED
    }

    /// Every skill, in order of its id.
    #[must_use]
    pub fn skills(&self) -> &[Skill] {
        &self.skills
    }

    /// The skill of that id.
    #[must_use]
    pub fn get(&self, id: &SkillId) -> Option<&Skill> {
        self.index.get(id).map(|&i| &self.skills[i])
    }

    /// How to show the skill of that id.
    #[must_use]
    pub fn name_of(&self, id: &str) -> Option<&str> {
        self.index.get(id).map(|&i| self.skills[i].name.as_str())
    }

    /// The skills that go by `alias`, in any case and with or without accents; several only for ambiguous names.
    #[must_use]
    pub fn by_alias(&self, alias: &str) -> Vec<&Skill> {
        let skills: BTreeSet<usize> = self.names.lookup(alias).iter().map(|s| s.skill).collect();
        skills.into_iter().map(|i| &self.skills[i]).collect()
    }

    /// The skills directly below `id`, in order of their ids.
    #[must_use]
    pub fn children(&self, id: &SkillId) -> Vec<&Skill> {
        let children = self.index.get(id).map(|&i| self.children[i].as_slice());
        children
            .unwrap_or_default()
            .iter()
            .map(|&i| &self.skills[i])
            .collect()
    }

    /// Every skill above `id`, nearest first, each once.
    #[must_use]
    pub fn ancestors(&self, id: &SkillId) -> Vec<&Skill> {
        let mut found: Vec<&Skill> = Vec::new();
        let mut next: Vec<&SkillId> = self
            .get(id)
            .map(|s| s.parents.iter().collect())
            .unwrap_or_default();
        while !next.is_empty() {
            let level: Vec<&Skill> = next.into_iter().filter_map(|id| self.get(id)).collect();
            next = level.iter().flat_map(|s| &s.parents).collect();
            for skill in level {
                if !found.iter().any(|f| f.id == skill.id) {
                    found.push(skill);
                }
            }
        }
        found
    }

    pub(super) fn names(&self) -> &Names {
        &self.names
    }

    pub(super) fn skill_at(&self, index: usize) -> &Skill {
        &self.skills[index]
    }

    pub(super) fn meaning_at(&self, index: usize) -> &Meaning {
        &self.meanings[index]
    }

    pub(super) fn evidence(&self) -> &Phrases {
        &self.evidence
    }

    pub(super) fn asking(&self) -> &Asking {
        &self.asking
    }

    /// Reads and checks the files.
    pub(super) fn from_files(files: &[File]) -> Result<Self, TaxonomyError> {
        let contexts = match files.iter().find(|(name, _)| name == CONTEXTS_FILE) {
            Some(file) => read(file)?,
            None => RawContexts::default(),
        };
        let entries = Entry::read_all(files)?;
        let index: HashMap<SkillId, usize> = entries
            .iter()
            .enumerate()
            .map(|(i, e)| (e.id.clone(), i))
            .collect();
        let parents = parent_indices(&entries, &index)?;
        check_cycles(&entries, &parents)?;
        let meanings = entries
            .iter()
            .map(|e| e.meaning(&contexts))
            .collect::<Result<Vec<_>, _>>()?;
        let mut names = NamesBuilder::default();
        let aliases = entries
            .iter()
            .enumerate()
            .map(|(i, e)| e.add_names(i, &mut names));
        let aliases = aliases.collect::<Result<Vec<_>, _>>()?;
        check_clashes(&entries, &meanings, &names)?;
        let mut children = vec![Vec::new(); entries.len()];
        for (child, parents) in parents.iter().enumerate() {
            parents.iter().for_each(|&p| children[p].push(child));
        }
        let names = names.build();
        let skills = entries.iter().zip(&parents).zip(aliases);
        let skills = skills
            .map(|((entry, parents), aliases)| Skill {
                id: entry.id.clone(),
                name: entry.raw.name.clone(),
                kind: entry.raw.kind.unwrap_or(entry.file_kind),
                parents: parents.iter().map(|&p| entries[p].id.clone()).collect(),
                aliases,
            })
            .collect();
        Ok(Self {
            skills,
            index,
            children,
            meanings,
            evidence: contexts.evidence.to_phrases(),
            asking: Asking::new(&contexts.asking),
            names,
        })
    }
}
