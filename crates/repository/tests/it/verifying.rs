//! Checking a commit again.

use repository::{Author, Error, Held, holds};
use tempfile::TempDir;

use crate::support::{ADA, BOB, Repo};

#[test]
fn a_commit_is_there_or_it_is_said_what_became_of_it() {
    let mut repo = Repo::new();
    let ada = Author::new(["ada@example.org"]);
    let first = repo.commit(ADA, "One", &[("a.py", "a = 1\n")]);
    let second = repo.commit(ADA, "Two", &[("a.py", "a = 2\n")]);
    let third = repo.commit(BOB, "Three", &[("a.py", "a = 3\n")]);
    let look = |commit: &str| holds(&repo.path, commit, &ada).unwrap().held;
    assert_eq!(look(&first), Held::Yes);
    assert_eq!(look(&third), Held::OtherAuthor);
    assert_eq!(look(&"0".repeat(40)), Held::Missing);
    assert_eq!(look("no name of a commit"), Held::Missing);
    repo.git(&["reset", "-q", "--hard", &first]);
    assert_eq!(
        holds(&repo.path, &second, &ada).unwrap().held,
        Held::Unreachable
    );
}

#[test]
fn it_is_told_whether_the_remote_was_seen_to_hold_the_commit() {
    let mut repo = Repo::new();
    let ada = Author::new(["ada@example.org"]);
    let first = repo.commit(ADA, "One", &[("a.py", "a = 1\n")]);
    assert_eq!(holds(&repo.path, &first, &ada).unwrap().published, None);
    repo.git(&["init", "-q", "--bare", "../remote.git"]);
    repo.git(&["remote", "add", "origin", "../remote.git"]);
    repo.git(&["push", "-q", "origin", "main"]);
    let second = repo.commit(ADA, "Two", &[("a.py", "a = 2\n")]);
    assert_eq!(
        holds(&repo.path, &first, &ada).unwrap().published,
        Some(true)
    );
    assert_eq!(
        holds(&repo.path, &second, &ada).unwrap().published,
        Some(false)
    );
}

#[test]
fn a_repository_that_is_gone_is_an_error() {
    let folder = TempDir::new().unwrap();
    let gone = folder.path().join("gone");
    let held = holds(&gone, &"0".repeat(40), &Author::new(["a@example.org"]));
    assert!(matches!(held, Err(Error::NotFound(_))));
}
