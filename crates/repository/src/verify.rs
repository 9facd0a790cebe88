//! Checking again that a commit is there and whose it is.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use gix::mailmap::Snapshot;
use gix::{ObjectId, Repository};
use serde::{Deserialize, Serialize};

use crate::author::Identity;
use crate::open::{absolute, damaged, open};
use crate::{Author, Error};

/// What became of a commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Held {
    /// It is in the history of the newest commit, and the author's.
    Yes,
    /// It is there, but the newest commit does not come after it.
    Unreachable,
    /// It is there, and says another author.
    OtherAuthor,
    /// It is not there.
    Missing,
}

/// What became of a commit, and whether it was pushed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// What became of it.
    pub held: Held,
    /// Whether a branch of a remote holds it, as this clone last saw that; none where it knows of no remote branch.
    pub published: Option<bool>,
}

/// Remote branches that are looked at.
const BRANCHES: usize = 20;

/// Whether the repository at `path` still holds a commit of the author. An author without addresses is anybody.
///
/// # Errors
/// [`Error`] when there is no repository or it cannot be read.
pub fn holds(path: &Path, commit: &str, author: &Author) -> Result<Verdict, Error> {
    let path = absolute(path);
    let work = AssertUnwindSafe(|| look(&path, commit, author));
    catch_unwind(work).unwrap_or_else(|_| Err(damaged(&path, &"its data is not as Git writes it")))
}

fn look(path: &Path, commit: &str, author: &Author) -> Result<Verdict, Error> {
    let repository = open(path)?;
    let id = ObjectId::from_hex(commit.as_bytes()).ok();
    let Some(found) = id.and_then(|id| repository.find_commit(id).ok()) else {
        return Ok(told(Held::Missing));
    };
    let identity = Identity::new(author, Snapshot::default());
    let own = found.author().is_ok_and(|signature| {
        author.is_empty()
            || identity.is_own(signature.name, signature.email)
            || identity.trailers(found.message_raw_sloppy()).co_author
    });
    if !own {
        return Ok(told(Held::OtherAuthor));
    }
    let head = repository
        .head_commit()
        .map_err(|error| damaged(path, &error))?;
    let held = if comes_before(&repository, found.id, head.id) {
        Held::Yes
    } else {
        Held::Unreachable
    };
    Ok(Verdict {
        held,
        published: published(&repository, found.id),
    })
}

const fn told(held: Held) -> Verdict {
    Verdict {
        held,
        published: None,
    }
}

/// Whether a commit is in the history of another, or is it.
fn comes_before(repository: &Repository, commit: ObjectId, tip: ObjectId) -> bool {
    let base = repository.merge_base(commit, tip).ok().flatten();
    base.is_some_and(|base| base.detach() == commit)
}

fn published(repository: &Repository, commit: ObjectId) -> Option<bool> {
    let references = repository.references().ok()?;
    let remote = references.remote_branches().ok()?;
    let tips = remote.flatten().filter_map(|mut branch| {
        let tip = branch.peel_to_id().ok()?;
        Some(tip.detach())
    });
    let tips: Vec<ObjectId> = tips.take(BRANCHES).collect();
    let holds = |tip: &ObjectId| comes_before(repository, commit, *tip);
    (!tips.is_empty()).then(|| tips.iter().any(holds))
}
