//! What can go wrong in the queue itself, as opposed to in a handler (see [`crate::Failure`]).

use sea_orm::DbErr;

use crate::model::JobId;

/// An error of the queue.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The database refused or could not be reached.
    #[error("the job queue's database failed while {doing}: {source}")]
    Database {
        /// What the queue was about to do.
        doing: &'static str,
        /// The database's own words.
        source: DbErr,
    },
    /// A payload has no JSON form, for example a map whose keys are not strings.
    #[error("the payload of a {kind:?} job cannot be written as JSON: {source}")]
    Payload {
        /// The job's kind.
        kind: String,
        /// Why it cannot be written.
        source: serde_json::Error,
    },
    /// A kind, unique key or schedule name that no database would keep.
    #[error("the {what} {value:?} must hold 1 to 200 characters and no NUL")]
    Name {
        /// Which of the names it is.
        what: &'static str,
        /// The refused value.
        value: String,
    },
    /// The job belongs to another worker by now; the caller's transaction must be rolled back.
    #[error("the lease on job {0} was lost to another worker; roll this transaction back")]
    LeaseLost(JobId),
    /// A schedule that never comes due or cannot be read.
    #[error("schedule {name:?}: {cron:?} names no next time: {reason}")]
    Cron {
        /// The schedule's name.
        name: String,
        /// Its pattern.
        cron: String,
        /// What is wrong with the pattern.
        reason: String,
    },
}

/// Adds what was being done to a database error.
pub(crate) fn while_doing(doing: &'static str) -> impl FnOnce(DbErr) -> Error {
    move |source| Error::Database { doing, source }
}
