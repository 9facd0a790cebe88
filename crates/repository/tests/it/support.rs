//! Repositories made for one test.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::Command;

use repository::{Author, Error, Limits, RepositoryFacts};
use tempfile::TempDir;

/// A day in seconds.
pub const DAY: i64 = 86_400;
/// When the first commit of every test is made: 2026-01-01.
pub const START: i64 = 1_767_225_600;

/// A repository in a temporary folder.
pub struct Repo {
    _folder: TempDir,
    /// Its checkout.
    pub path: PathBuf,
    commits: i64,
}

impl Repo {
    /// An empty one.
    pub fn new() -> Self {
        let folder = TempDir::with_prefix("repository-test-").unwrap();
        let path = folder.path().join("shop");
        std::fs::create_dir(&path).unwrap();
        let repo = Self {
            _folder: folder,
            path,
            commits: 0,
        };
        repo.git(&["init", "-q", "-b", "main"]);
        repo
    }

    /// Runs git in it; gives its output.
    pub fn git(&self, arguments: &[&str]) -> String {
        self.git_as("Bob Builder <bob@example.org>", START, arguments)
    }

    /// Runs git as somebody at a time.
    pub fn git_as(&self, who: &str, at: i64, arguments: &[&str]) -> String {
        let (name, email) = who.split_once(" <").unwrap();
        let email = email.trim_end_matches('>');
        let date = format!("{at} +0000");
        let output = Command::new("git")
            .current_dir(&self.path)
            .args([
                "-c",
                "commit.gpgsign=false",
                "-c",
                "protocol.file.allow=always",
            ])
            .args(arguments)
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .envs([("GIT_AUTHOR_NAME", name), ("GIT_COMMITTER_NAME", name)])
            .envs([("GIT_AUTHOR_EMAIL", email), ("GIT_COMMITTER_EMAIL", email)])
            .envs([("GIT_AUTHOR_DATE", &date), ("GIT_COMMITTER_DATE", &date)])
            .output()
            .unwrap();
        assert!(
            output.status.success(),
            "git {arguments:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    }

    /// Writes files.
    pub fn write(&self, files: &[(&str, &str)]) {
        for (name, content) in files {
            let path = self.path.join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, content).unwrap();
        }
    }

    /// Commits files as somebody, a day after the commit before; gives the commit's name.
    pub fn commit(&mut self, who: &str, message: &str, files: &[(&str, &str)]) -> String {
        self.write(files);
        self.git(&["add", "-A"]);
        let at = START + self.commits * DAY;
        self.commits += 1;
        self.git_as(who, at, &["commit", "-q", "--allow-empty", "-m", message]);
        self.git(&["rev-parse", "HEAD"])
    }
}

/// Ada, who most tests are about.
pub const ADA: &str = "Ada Example <ada@example.org>";
/// Somebody else.
pub const BOB: &str = "Bob Builder <bob@example.org>";

/// A scan for Ada with the usual limits.
pub fn scan(path: &Path) -> Result<RepositoryFacts, Error> {
    scan_with(path, &["ada@example.org"], &Limits::default(), None)
}

/// A scan for somebody.
pub fn scan_with(
    path: &Path,
    emails: &[&str],
    limits: &Limits,
    earlier: Option<&RepositoryFacts>,
) -> Result<RepositoryFacts, Error> {
    let author = Author::new(emails);
    repository::scan(path, &author, limits, earlier, &mut |_| {
        ControlFlow::Continue(())
    })
}
