//! Scanning: one walk over the history, newest first, and one look at the newest tree.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use gix::bstr::ByteSlice;
use gix::mailmap::Snapshot;
use gix::revision::walk::Sorting;
use gix::traverse::commit::simple::CommitTimeOrder;
use gix::{Commit, ObjectId, Repository};

use crate::author::Identity;
use crate::change::{Change, Met, changes};
use crate::limits::{Budget, Watch, tell};
use crate::lines::{Content, compare, is_text, read};
use crate::model::{AuthorCount, Dependency, Note};
use crate::open::{absolute, damaged, open};
use crate::origin::page_of;
use crate::{Author, Error, Limits, Progress, RepositoryFacts, exclude, language, manifest};

/// Commits between two words of progress.
const TOLD_EVERY: u64 = 200;
/// Authors that are told.
const AUTHORS_TOLD: usize = 10;
/// Authors that are counted; a history may name any number.
const AUTHORS_COUNTED: usize = 50_000;
/// Manifests that are read.
const MANIFESTS: usize = 300;
/// The times that count as one: 1970 to 2100. Git takes any number.
const TIMES: std::ops::RangeInclusive<i64> = 0..=4_102_444_800;

/// Reads what the repository at `path` tells of the author's work. With what an earlier scan told, only what is newer is read,
/// if the history still holds what was read then. `watch` is told of progress and may stop the scan.
///
/// # Errors
/// [`Error`] when there is no repository, nothing in it, or it cannot be read at all. Parts that cannot be read are noted in the
/// facts.
pub fn scan(
    path: &Path,
    author: &Author,
    limits: &Limits,
    earlier: Option<&RepositoryFacts>,
    watch: Watch<'_>,
) -> Result<RepositoryFacts, Error> {
    let path = absolute(path);
    // A repository is data from elsewhere: should the reader fall over it, the scan ends and nothing else.
    let work = AssertUnwindSafe(|| {
        let repository = open(&path)?;
        Scan::new(&repository, &path, author, *limits, earlier)?.run(watch)
    });
    catch_unwind(work).unwrap_or_else(|_| Err(damaged(&path, &"its data is not as Git writes it")))
}

/// A scan under way.
struct Scan<'r> {
    repository: &'r Repository,
    path: &'r Path,
    identity: Identity<'r>,
    budget: Budget,
    head: ObjectId,
    facts: RepositoryFacts,
    /// The head of the earlier scan, from which this one goes on.
    from: Option<ObjectId>,
    met: Met,
    large: u64,
    authors: HashMap<String, u64>,
    touched: BTreeSet<String>,
}

impl<'r> Scan<'r> {
    fn new(
        repository: &'r Repository,
        path: &'r Path,
        author: &'r Author,
        limits: Limits,
        earlier: Option<&RepositoryFacts>,
    ) -> Result<Self, Error> {
        let head = head_of(repository, path)?;
        let emails: Vec<String> = author.emails().map(str::to_owned).collect();
        let earlier = earlier.filter(|facts| facts.emails == emails && facts.is_whole());
        let from = earlier.and_then(|facts| ancestor(repository, &facts.head, head));
        let mut facts = earlier
            .filter(|_| from.is_some())
            .cloned()
            .unwrap_or_default();
        let shallow = repository.is_shallow().unwrap_or(false);
        let touched = facts.dependencies.drain(..).filter(|one| one.touched);
        let touched = touched.map(|one| one.manifest).collect();
        let authors = facts.authors.drain(..).map(|one| (one.email, one.commits));
        let authors = authors.collect();
        facts.notes.clear();
        let remote = remote_of(repository);
        Ok(Self {
            identity: Identity::new(author, mailmap(repository, head)),
            facts: RepositoryFacts {
                name: name_of(path, remote.as_deref()),
                path: path.display().to_string(),
                emails,
                head: head.to_string(),
                branch: branch_of(repository),
                remote,
                bare: repository.is_bare(),
                shallow,
                ..facts
            },
            repository,
            path,
            budget: Budget::new(limits),
            head,
            from,
            met: Met::default(),
            large: 0,
            authors,
            touched,
        })
    }

    fn run(mut self, watch: Watch<'_>) -> Result<RepositoryFacts, Error> {
        let cut = self.walk(watch)?;
        self.manifests();
        self.finish(cut)
    }

    /// Walks the history; gives whether it was cut.
    fn walk(&mut self, watch: Watch<'_>) -> Result<bool, Error> {
        let newest_first = Sorting::ByCommitTime(CommitTimeOrder::NewestFirst);
        let walk = self.repository.rev_walk([self.head]).sorting(newest_first);
        let walk = walk.with_hidden(self.from).all();
        let walk = walk.map_err(|error| damaged(self.path, &error))?;
        let mut progress = Progress::default();
        for step in walk {
            if progress.looked_at >= self.budget.limits.commits {
                return Ok(true);
            }
            progress.looked_at += 1;
            match step
                .ok()
                .and_then(|info| self.repository.find_commit(info.id).ok())
            {
                Some(commit) => self.look(&commit),
                None => self.met.damaged += 1,
            }
            if progress.looked_at.is_multiple_of(TOLD_EVERY) {
                progress.own = self.facts.commits.own;
                tell(watch, progress)?;
            }
        }
        progress.own = self.facts.commits.own;
        tell(watch, progress)?;
        Ok(false)
    }

    /// Takes one commit into account.
    fn look(&mut self, commit: &Commit<'_>) {
        let Ok(signature) = commit.author() else {
            self.met.damaged += 1;
            return;
        };
        self.facts.commits.all += 1;
        let by_author = self.identity.is_own(signature.name, signature.email);
        let address = self.identity.resolve(signature.name, signature.email);
        if self.authors.len() < AUTHORS_COUNTED || self.authors.contains_key(&address) {
            *self.authors.entry(address).or_default() += 1;
        }
        let parents: Vec<ObjectId> = commit.parent_ids().map(gix::Id::detach).collect();
        if parents.is_empty() {
            // The last one that the walk meets is the oldest.
            self.facts.root = Some(commit.id.to_string());
        }
        if parents.len() > 1 {
            if by_author {
                self.facts.commits.merges += 1;
                self.facts.commits.merges_of_others += u64::from(self.is_of_others(&parents[1..]));
            }
            return;
        }
        let trailers = self.identity.trailers(commit.message_raw_sloppy());
        if !by_author && trailers.reviewer {
            self.facts.commits.reviewed += 1;
        }
        if by_author || trailers.co_author {
            self.facts.commits.co_authored += u64::from(!by_author);
            let at = signature.seconds();
            self.own(commit, at, parents.first().copied());
        }
    }

    /// Whether the tips that a merge brought in are by somebody else.
    fn is_of_others(&self, tips: &[ObjectId]) -> bool {
        tips.iter().any(|tip| {
            let commit = self.repository.find_commit(*tip).ok();
            let own = commit.as_ref().and_then(|commit| {
                let signature = commit.author().ok()?;
                Some(self.identity.is_own(signature.name, signature.email))
            });
            own == Some(false)
        })
    }

    /// Takes a commit of the author into account.
    fn own(&mut self, commit: &Commit<'_>, at: i64, parent: Option<ObjectId>) {
        let facts = &mut self.facts;
        facts.commits.own += 1;
        let at = at.clamp(*TIMES.start(), *TIMES.end());
        facts.first = Some(facts.first.map_or(at, |first| first.min(at)));
        if facts.last.is_none_or(|last| at >= last) {
            facts.last = Some(at);
            facts.newest_own = Some(commit.id.to_string());
        }
        let compared = self.facts.commits.compared < self.budget.limits.compared;
        if compared && !self.budget.is_spent() {
            self.compare(commit, at, parent);
        }
    }

    /// Counts the lines that a commit changed. In a shallow clone the parent of its oldest commits is missing; these would look
    /// as if they had written everything, so they are passed over.
    fn compare(&mut self, commit: &Commit<'_>, at: i64, parent: Option<ObjectId>) {
        let Ok(new) = commit.tree_id() else {
            self.met.damaged += 1;
            return;
        };
        let old = match parent {
            None => None,
            Some(parent) => {
                let parent = self.repository.find_commit(parent).ok();
                match parent.and_then(|parent| Some(parent.tree_id().ok()?.detach())) {
                    Some(tree) => Some(tree),
                    None => return,
                }
            }
        };
        let changed = changes(
            self.repository,
            old,
            Some(new.detach()),
            &mut self.budget,
            &mut self.met,
        );
        self.facts.commits.compared += 1;
        let mut seen = Seen::default();
        for change in changed {
            self.count(&change, at, &mut seen);
        }
        if seen.tests {
            self.facts.tests.commits += 1;
            self.facts.tests.last = self.facts.tests.last.max(at);
        }
    }

    /// Counts the lines of one file.
    fn count(&mut self, change: &Change, at: i64, seen: &mut Seen) {
        let path = change.path.to_str_lossy();
        if exclude::is_excluded(&path) {
            return;
        }
        if manifest::is_manifest(&path) {
            self.touched.insert(path.clone().into_owned());
        }
        let name = path.rsplit('/').next().unwrap_or(&path);
        if language::by_name(name).is_none() && !language::needs_content(name) {
            return;
        }
        let (Some(old), Some(new)) = (self.content(change.old), self.content(change.new)) else {
            return;
        };
        let told = if new.is_empty() { &old } else { &new };
        let Some(language) = language::language_of(&path, told) else {
            return;
        };
        if !is_text(&old) || !is_text(&new) || exclude::is_generated(told) {
            return;
        }
        let lines = compare(&old, &new);
        let work = self
            .facts
            .languages
            .entry(language.name.to_owned())
            .or_default();
        work.added += lines.added;
        work.removed += lines.removed;
        work.last = work.last.max(at);
        if seen.languages.insert(language.name) {
            work.commits += 1;
        }
        if crate::convention::is_test(&path) {
            self.facts.tests.added += lines.added;
            seen.tests = true;
        }
    }

    /// The bytes of a version of a file; of one that is not there none. Nothing for one that cannot be compared.
    fn content(&mut self, id: Option<ObjectId>) -> Option<Vec<u8>> {
        let Some(id) = id else {
            return Some(Vec::new());
        };
        match read(self.repository, id, &mut self.budget) {
            Content::Read(bytes) => Some(bytes),
            Content::TooLarge => {
                self.large += 1;
                None
            }
            Content::Damaged => {
                self.met.damaged += 1;
                None
            }
        }
    }

    /// Reads the manifests of the newest tree. They have objects of their own to spend, since they say the most.
    fn manifests(&mut self) {
        let limits = self.budget.limits;
        let mut budget = Budget::new(Limits {
            objects: limits.objects.min(300_000),
            ..limits
        });
        let Some(tree) = self.repository.find_commit(self.head).ok() else {
            return;
        };
        let Ok(tree) = tree.tree_id() else {
            self.met.damaged += 1;
            return;
        };
        let mut met = Met::default();
        let files = changes(
            self.repository,
            None,
            Some(tree.detach()),
            &mut budget,
            &mut met,
        );
        self.met.damaged += met.damaged;
        let mut found: BTreeMap<String, ObjectId> = BTreeMap::new();
        for file in files {
            let path = file.path.to_str_lossy();
            if let Some(id) = file.new
                && manifest::is_manifest(&path)
                && !exclude::is_excluded(&path)
            {
                found.insert(path.into_owned(), id);
            }
        }
        // Of other repositories inside of it only those of the newest tree are told.
        self.met.submodules = met.submodules;
        for (path, id) in found.into_iter().take(MANIFESTS) {
            let Content::Read(content) = read(self.repository, id, &mut budget) else {
                continue;
            };
            let touched = self.touched.contains(&path);
            let named = manifest::dependencies_of(&path, &content).into_iter();
            self.facts.dependencies.extend(named.map(|one| Dependency {
                ecosystem: one.ecosystem,
                name: one.name,
                manifest: path.clone(),
                touched,
                development: one.development,
            }));
        }
    }

    fn finish(mut self, cut: bool) -> Result<RepositoryFacts, Error> {
        let mut authors: Vec<AuthorCount> = std::mem::take(&mut self.authors)
            .into_iter()
            .map(|(email, commits)| AuthorCount { email, commits })
            .collect();
        authors.sort_by(|one, two| {
            two.commits
                .cmp(&one.commits)
                .then(one.email.cmp(&two.email))
        });
        authors.truncate(AUTHORS_TOLD);
        let commits = self.facts.commits;
        if cut || self.facts.shallow {
            self.facts.root = None;
        }
        let notes = [
            (cut, Note::HistoryCut),
            (
                commits.compared < commits.own && !self.facts.shallow,
                Note::ComparingCut,
            ),
            (self.facts.shallow, Note::Shallow),
            (
                self.met.damaged > 0,
                Note::Damaged {
                    objects: self.met.damaged,
                },
            ),
            (self.large > 0, Note::LargeFiles { files: self.large }),
            (
                self.met.submodules > 0,
                Note::Submodules {
                    count: self.met.submodules,
                },
            ),
        ];
        let notes = notes
            .into_iter()
            .filter(|(is, _)| *is)
            .map(|(_, note)| note);
        Ok(RepositoryFacts {
            authors,
            notes: notes.collect(),
            ..self.facts
        })
    }
}

/// What one commit touched.
#[derive(Default)]
struct Seen {
    languages: BTreeSet<&'static str>,
    tests: bool,
}

/// The newest commit.
fn head_of(repository: &Repository, path: &Path) -> Result<ObjectId, Error> {
    let head = repository.head().map_err(|error| damaged(path, &error))?;
    if head.is_unborn() {
        return Err(Error::Empty(path.to_owned()));
    }
    let commit = repository
        .head_commit()
        .map_err(|error| damaged(path, &error))?;
    Ok(commit.id)
}

/// The commit of that name, if it is there and `head` comes after it or is it.
fn ancestor(repository: &Repository, name: &str, head: ObjectId) -> Option<ObjectId> {
    let id = ObjectId::from_hex(name.as_bytes()).ok()?;
    repository.find_commit(id).ok()?;
    let base = repository.merge_base(id, head).ok()??;
    (base.detach() == id).then_some(id)
}

/// The mailmap of the newest tree. Files of a checkout are not read.
fn mailmap(repository: &Repository, head: ObjectId) -> Snapshot {
    let read = || {
        let tree = repository.find_commit(head).ok()?.tree().ok()?;
        let entry = tree.find_entry(".mailmap")?;
        let is_file = entry.mode().is_blob();
        let id = entry.object_id();
        let mut budget = Budget::new(Limits::default());
        match read(repository, id, &mut budget) {
            Content::Read(bytes) if is_file => Some(Snapshot::from_bytes(&bytes)),
            _ => None,
        }
    };
    read().unwrap_or_default()
}

fn branch_of(repository: &Repository) -> Option<String> {
    let name = repository.head_name().ok()??;
    Some(name.shorten().to_string())
}

/// The page of the remote that is fetched from, `origin` unless the configuration says otherwise.
fn remote_of(repository: &Repository) -> Option<String> {
    let names = repository.remote_names();
    let origin = names.iter().find(|name| **name == "origin");
    let name = origin.or(names.iter().next())?;
    let key = format!("remote.{name}.url");
    let address = repository.config_snapshot().string(key.as_str())?;
    page_of(&address.to_str_lossy())
}

fn name_of(path: &Path, remote: Option<&str>) -> String {
    let of_remote = remote
        .and_then(|page| page.rsplit('/').next())
        .map(str::to_owned);
    let folder = || {
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned());
        let name = name.unwrap_or_else(|| path.display().to_string());
        name.strip_suffix(".git")
            .map_or(name.clone(), str::to_owned)
    };
    of_remote.unwrap_or_else(folder)
}
