//! The whole pipeline on one page: which jobs follow which event.
//!
//! ```text
//! poll (schedule or `cadet sync`) -> ingest --(PostingsStored)--> every node's search index follows the log
//!                                                  |--> job openings.match --(OpeningsChanged)--> the index again
//!                                                  |--> job alerts.match -> matches -> job alerts.deliver
//!                                                  \--> job boards.note -> proposals of sources
//! profile_save --(ProfileSaved)--> what is computed from a profile is computed anew
//!
//! profile saved --(ProfileSaved)--> job evidence.derive --(EvidenceAdded)--> job match.account -> scores
//! postings stored ----------------> job match.postings -> what they ask for -> everybody's scores
//! ```

use jobs::{NewJob, Priority};

use crate::clock::Timestamp;
use crate::db::Transaction;
use crate::error::{Error, Result};
use crate::events::Event;
use crate::postings::model::PostingId;

/// The kinds of jobs, as stored.
pub mod kind {
    /// Enqueues a poll for each source whose time has come.
    pub const SOURCES_DUE: &str = "sources.due";
    /// Polls one source.
    pub const SOURCE_POLL: &str = "sources.poll";
    /// Closes postings whose last day to apply has passed.
    pub const POSTINGS_OVERDUE: &str = "postings.overdue";
    /// Finds which postings are one opening.
    pub const OPENINGS_MATCH: &str = "openings.match";
    /// Finds what is new for every saved search.
    pub const ALERTS_MATCH: &str = "alerts.match";
    /// Enqueues deliveries whose time of day or week has come.
    pub const ALERTS_DUE: &str = "alerts.due";
    /// Delivers one alert over one channel.
    pub const ALERT_DELIVER: &str = "alerts.deliver";
    /// Sends a mail that a person looked at and said shall go.
    pub const MAIL_SEND: &str = "mail.send";
    /// Reads the folders that people named for answers of employers.
    pub const REPLIES_DUE: &str = "replies.due";
    /// Mails those who look after this Cadet which sources need a look.
    pub const HEALTH_TELL: &str = "health.tell";
    /// Notes the job boards that postings lead to.
    pub const BOARDS_NOTE: &str = "boards.note";
    /// Looks through the postings that were there before this version for job boards.
    pub const BOARDS_SCAN: &str = "boards.scan";
    /// Reads one of the boards that are added together.
    pub const SOURCE_INTAKE: &str = "sources.intake";
    /// Reads what postings ask for, and compares everybody with it.
    pub const MATCH_POSTINGS: &str = "match.postings";
    /// Compares one person with all postings.
    pub const MATCH_ACCOUNT: &str = "match.account";
    /// Brings a person's evidence to what their profile tells.
    pub const EVIDENCE_DERIVE: &str = "evidence.derive";
    /// Scans a repository for evidence.
    pub const EVIDENCE_SCAN: &str = "evidence.scan";
    /// Deletes what is no longer needed: finished jobs, old sessions, stored answers.
    pub const CLEAN_UP: &str = "clean-up";
}

/// The jobs that follow an event.
///
/// # Errors
/// [`Error::Internal`] when a payload cannot be written.
pub fn jobs_after(event: &Event) -> Result<Vec<NewJob>> {
    let job = |kind: &str| NewJob::new(kind, &()).map_err(Error::internal);
    let mut jobs = Vec::new();
    // No unique keys: a job that runs already may have looked before this event. A needless one ends at once.
    if let Event::PostingsStored {
        new,
        changed,
        reopened,
        ..
    } = event
    {
        if !new.is_empty() || !changed.is_empty() || !reopened.is_empty() {
            jobs.push(job(kind::OPENINGS_MATCH)?);
        }
        if !new.is_empty() || !reopened.is_empty() {
            jobs.push(job(kind::ALERTS_MATCH)?);
        }
    }
    let told = postings_of(event);
    if !told.is_empty() {
        let note = NewJob::new(kind::BOARDS_NOTE, &told).map_err(Error::internal)?;
        jobs.push(note.priority(Priority::Low));
        jobs.push(job(kind::MATCH_POSTINGS)?.priority(Priority::Low));
    }
    let of = |kind: &str, account| NewJob::new(kind, account).map_err(Error::internal);
    match event {
        Event::ProfileSaved { account, .. } => jobs.push(of(kind::EVIDENCE_DERIVE, account)?),
        Event::EvidenceAdded { account } => jobs.push(of(kind::MATCH_ACCOUNT, account)?),
        _ => {}
    }
    Ok(jobs)
}

/// The postings whose records an event tells of.
fn postings_of(event: &Event) -> Vec<PostingId> {
    match event {
        Event::PostingsStored {
            new,
            changed,
            closed,
            reopened,
        } => [new, changed, closed, reopened]
            .into_iter()
            .flatten()
            .copied()
            .collect(),
        Event::PostingsRemoved { ids } => ids.clone(),
        Event::OpeningsChanged { .. }
        | Event::ProfileSaved { .. }
        | Event::EvidenceAdded { .. } => Vec::new(),
    }
}

/// Enqueues the jobs that follow `event`, in the transaction that stores it.
///
/// # Errors
/// [`Error::Unavailable`] from the database.
pub async fn enqueue_jobs(transaction: &Transaction, now: Timestamp, event: &Event) -> Result<()> {
    for job in jobs_after(event)? {
        jobs::enqueue(transaction, now.0, &job)
            .await
            .map_err(Error::from)?;
    }
    Ok(())
}

impl From<jobs::Error> for Error {
    fn from(error: jobs::Error) -> Self {
        match error {
            jobs::Error::Database { source, .. } => source.into(),
            other => Self::internal(other),
        }
    }
}
