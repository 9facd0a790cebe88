//! Scanning repositories on this machine: begun by a person, done by a job, or at once by a command.

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use jobs::NewJob;
use repository::{Author, Limits, Progress, RepositoryFacts};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::actions::evidence_renew;
use super::commits::{evidence_in, origin_of};
use super::store::scans;
use crate::accounts::actions::account_get;
use crate::accounts::model::AccountId;
use crate::clock::Timestamp;
use crate::error::{Error, Result};
use crate::flow::kind;
use crate::state::Ctx;

/// Longest path, in bytes.
const PATH_LONGEST: usize = 4_000;
/// Addresses of one person at most.
const EMAILS_MOST: usize = 20;

/// A scan's row id.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(transparent)]
pub struct ScanId(pub i64);

impl std::fmt::Display for ScanId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// How a scan stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ScanStage {
    /// It has not begun.
    Waiting,
    /// It is under way.
    Running,
    /// It ended well.
    Done,
    /// It ended with an error.
    Failed,
}

impl ScanStage {
    /// The name, as stored.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Running => "running",
            Self::Done => "done",
            Self::Failed => "failed",
        }
    }

    /// From what is stored; what this version does not know counts as failed.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        match text {
            "waiting" => Self::Waiting,
            "running" => Self::Running,
            "done" => Self::Done,
            _ => Self::Failed,
        }
    }
}

/// A scan of a repository.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Scan {
    /// Its number.
    pub id: ScanId,
    /// Whose.
    #[serde(skip)]
    pub account: AccountId,
    /// The folder.
    pub path: String,
    /// The author's mail addresses.
    pub emails: Vec<String>,
    /// How it stands.
    pub stage: ScanStage,
    /// How many commits were looked at.
    pub looked_at: u64,
    /// How many of them are the author's.
    pub found: u64,
    /// What the repository tells.
    #[schema(value_type = Option<Object>)]
    pub facts: Option<RepositoryFacts>,
    /// Why it failed, and what to do.
    pub error: Option<String>,
    /// Begun.
    pub started_at: Timestamp,
    /// Ended.
    pub finished_at: Option<Timestamp>,
}

impl Scan {
    /// Whether it has ended.
    #[must_use]
    pub const fn is_over(&self) -> bool {
        matches!(self.stage, ScanStage::Done | ScanStage::Failed)
    }

    /// What was left out of it, in sentences.
    #[must_use]
    pub fn notes(&self) -> Vec<String> {
        let notes = self.facts.iter().flat_map(|facts| &facts.notes);
        notes.map(ToString::to_string).collect()
    }
}

/// What a command is told of a scan under way.
pub type Watching = Arc<dyn Fn(Progress) + Send + Sync>;

/// Begins a scan of a folder of this machine, as a job. Without addresses, the account's own is looked for.
///
/// # Errors
/// [`Error::Forbidden`] on a server for many; [`Error::Invalid`] for what cannot be used; from the database.
pub async fn scan_begin(ctx: &Ctx, path: &str, emails: &[String]) -> Result<Scan> {
    parse_path(path)?;
    if ctx.config.server.multi_user {
        return Err(Error::Forbidden(
            "On a Cadet for several people, folders of the machine are not everybody's to read. Scan with `cadet evidence scan` on your own machine.".into(),
        ));
    }
    let scan = note(ctx, path, emails).await?;
    ctx.queue.wake();
    Ok(scan)
}

/// Notes a scan with its job.
async fn note(ctx: &Ctx, path: &str, emails: &[String]) -> Result<Scan> {
    let owner = ctx.owner()?;
    let path = parse_path(path)?;
    let emails = parse_emails(ctx, emails).await?;
    let transaction = ctx.db.begin().await?;
    let scan = scans::insert(&transaction, owner, ctx.now(), &path, &emails).await?;
    let job = NewJob::new(kind::EVIDENCE_SCAN, &scan.id).map_err(Error::internal)?;
    jobs::enqueue(&transaction, ctx.now().0, &job.max_attempts(2)).await?;
    transaction.commit().await?;
    Ok(scan)
}

/// Scans a folder now, for a command; what it tells becomes evidence. Gives the scan and how many rows were written.
///
/// # Errors
/// [`Error::Invalid`] when it cannot be scanned; from the database.
pub async fn scan_now(
    ctx: &Ctx,
    path: &str,
    emails: &[String],
    watching: Watching,
) -> Result<(Scan, u64)> {
    let owner = ctx.owner()?;
    let path = parse_path(path)?;
    let emails = parse_emails(ctx, emails).await?;
    let transaction = ctx.db.begin().await?;
    let scan = scans::insert(&transaction, owner, ctx.now(), &path, &emails).await?;
    transaction.commit().await?;
    let written = scan_run(ctx, &scan, watching).await?;
    let scan = scans::get(ctx.db.pool(), owner, scan.id).await?;
    match &scan.error {
        Some(error) => Err(Error::invalid(error.clone())),
        None => Ok((scan, written)),
    }
}

/// Does a scan, and writes how it ended. A repository that cannot be read ends the scan and is no failure of the program.
/// `ctx` acts for the scan's owner. Gives how many rows of evidence were written.
///
/// # Errors
/// From the database.
pub async fn scan_run(ctx: &Ctx, scan: &Scan, watching: Watching) -> Result<u64> {
    scans::set_progress(&ctx.db, scan.id, 0, 0).await?;
    let earlier = scans::last_done(&ctx.db, scan.account, &scan.path).await?;
    let earlier = earlier.and_then(|earlier| earlier.facts);
    let found = read(ctx, scan, earlier, watching).await?;
    let facts = match found {
        Ok(facts) => facts,
        Err(error) => {
            let told = Err(capitalised(&error.to_string()));
            scans::finish(&ctx.db, scan.id, ctx.now(), told).await?;
            return Ok(0);
        }
    };
    let stored = serde_json::to_string(&facts).map_err(Error::internal)?;
    scans::set_progress(&ctx.db, scan.id, facts.commits.all, facts.commits.own).await?;
    if facts.commits.own == 0 {
        scans::finish(&ctx.db, scan.id, ctx.now(), Err(nobody(&facts))).await?;
        return Ok(0);
    }
    let written = evidence_renew(ctx, &origin_of(&facts), evidence_in(&facts)).await?;
    scans::finish(&ctx.db, scan.id, ctx.now(), Ok(stored)).await?;
    Ok(written)
}

/// Reads the repository on a thread of its own, and notes the progress meanwhile.
async fn read(
    ctx: &Ctx,
    scan: &Scan,
    earlier: Option<RepositoryFacts>,
    watching: Watching,
) -> Result<Result<RepositoryFacts, repository::Error>> {
    let (path, author) = (scan.path.clone(), Author::new(&scan.emails));
    let (sender, mut told) = tokio::sync::watch::channel(Progress::default());
    let work = move || {
        let mut watch = |progress: Progress| {
            watching(progress);
            // Nobody listening is no reason to stop.
            let _ = sender.send(progress);
            ControlFlow::Continue(())
        };
        let limits = Limits::default();
        repository::scan(
            Path::new(&path),
            &author,
            &limits,
            earlier.as_ref(),
            &mut watch,
        )
    };
    let reading = tokio::task::spawn_blocking(work);
    while told.changed().await.is_ok() {
        let progress = *told.borrow_and_update();
        scans::set_progress(&ctx.db, scan.id, progress.looked_at, progress.own).await?;
    }
    reading.await.map_err(Error::internal)
}

/// What to do when no commit is the person's.
fn nobody(facts: &RepositoryFacts) -> String {
    let others: Vec<&str> = facts
        .authors
        .iter()
        .take(5)
        .map(|one| one.email.as_str())
        .collect();
    format!(
        "None of its {} commits is by {}. Commits here are by {}: give the address that is yours.",
        facts.commits.all,
        facts.emails.join(" or "),
        others.join(", ")
    )
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars
        .next()
        .map(|first| first.to_uppercase().collect::<String>());
    format!("{}{}.", first.unwrap_or_default(), chars.as_str())
}

/// A folder as it is kept: absolute, so that a job of another process finds it.
fn parse_path(path: &str) -> Result<String> {
    let path = path.trim();
    if path.is_empty() || path.len() > PATH_LONGEST || path.contains('\0') {
        return Err(Error::invalid_field(
            "path",
            "Give the folder of a Git repository on this machine, such as /home/ada/shop.",
        ));
    }
    let absolute = std::path::absolute(path).map_err(|cause| {
        Error::invalid_field(
            "path",
            format!("The folder {path} cannot be used: {cause}."),
        )
    })?;
    let absolute = absolute.canonicalize().unwrap_or(absolute);
    Ok(absolute.display().to_string())
}

/// The addresses that were given, or the account's own.
async fn parse_emails(ctx: &Ctx, emails: &[String]) -> Result<Vec<String>> {
    let mut given: Vec<String> = emails
        .iter()
        .flat_map(|text| text.split([',', ' ', ';', '\n']))
        .map(|email| email.trim().to_lowercase())
        .filter(|email| !email.is_empty())
        .collect();
    if given.is_empty() {
        let own = account_get(ctx).await?.email;
        given.extend(own.map(|email| email.as_str().to_lowercase()));
    }
    given.sort();
    given.dedup();
    let sane = |email: &String| email.len() <= 320 && email.contains('@');
    if given.is_empty() || given.len() > EMAILS_MOST || !given.iter().all(sane) {
        return Err(Error::invalid_field(
            "email",
            "Give the mail addresses with which you commit, such as ada@example.org; `git config user.email` tells one.",
        ));
    }
    Ok(given)
}

/// One scan of the caller.
///
/// # Errors
/// [`Error::NotFound`]; from the database.
pub async fn scan_show(ctx: &Ctx, id: ScanId) -> Result<Scan> {
    scans::get(ctx.db.pool(), ctx.owner()?, id).await
}

/// The caller's newest scans.
///
/// # Errors
/// From the database.
pub async fn scan_list(ctx: &Ctx, limit: u64) -> Result<Vec<Scan>> {
    scans::newest(&ctx.db, ctx.owner()?, limit).await
}
