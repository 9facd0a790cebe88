//! Checking again that a commit is there and whose it is.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use gix::ObjectId;
use gix::mailmap::Snapshot;
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

/// Whether the repository at `path` still holds a commit of the author. An author without addresses is anybody.
///
/// # Errors
/// [`Error`] when there is no repository or it cannot be read.
pub fn holds(path: &Path, commit: &str, author: &Author) -> Result<Held, Error> {
    let path = absolute(path);
    let work = AssertUnwindSafe(|| look(&path, commit, author));
    catch_unwind(work).unwrap_or_else(|_| Err(damaged(&path, &"its data is not as Git writes it")))
}

fn look(path: &Path, commit: &str, author: &Author) -> Result<Held, Error> {
    let repository = open(path)?;
    let id = ObjectId::from_hex(commit.as_bytes()).ok();
    let Some(found) = id.and_then(|id| repository.find_commit(id).ok()) else {
        return Ok(Held::Missing);
    };
    let identity = Identity::new(author, Snapshot::default());
    let own = found.author().is_ok_and(|signature| {
        author.is_empty()
            || identity.is_own(signature.name, signature.email)
            || identity.trailers(found.message_raw_sloppy()).co_author
    });
    if !own {
        return Ok(Held::OtherAuthor);
    }
    let head = repository
        .head_commit()
        .map_err(|error| damaged(path, &error))?;
    let base = repository.merge_base(found.id, head.id).ok().flatten();
    if base.is_some_and(|base| base.detach() == found.id) {
        Ok(Held::Yes)
    } else {
        Ok(Held::Unreachable)
    }
}
