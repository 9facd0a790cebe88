//! What a job is: its identity, its states, and the builder for a new one. No IO.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::error::Error;

const LONGEST_NAME: usize = 200;
const DEFAULT_ATTEMPTS: i32 = 10;

/// A job's number. It never changes and is never used again, not even after a purge, so it serves as the idempotency key of
/// effects outside of the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct JobId(pub i64);

impl fmt::Display for JobId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Which due jobs a worker takes first. Within a priority the one that has been due the longest goes first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Priority {
    /// Work nobody waits for.
    Low,
    /// The usual.
    #[default]
    Normal,
    /// Somebody is looking at a spinner.
    High,
}

impl Priority {
    /// Every priority, the most urgent first.
    pub(crate) const ALL: [Self; 3] = [Self::High, Self::Normal, Self::Low];

    pub(crate) fn to_db(self) -> i16 {
        match self {
            Self::Low => -1,
            Self::Normal => 0,
            Self::High => 1,
        }
    }

    pub(crate) fn from_db(value: i16) -> Self {
        match value {
            ..0 => Self::Low,
            0 => Self::Normal,
            1.. => Self::High,
        }
    }
}

/// Where a job stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Waits for its time, for a worker, or for another attempt.
    Queued,
    /// A worker holds a lease on it.
    Running,
    /// Done; kept until it is purged.
    Succeeded,
    /// Given up on; kept with its reason until somebody retries, deletes or purges it.
    Dead,
}

impl State {
    pub(crate) fn to_db(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Running => "running",
            Self::Succeeded => "succeeded",
            Self::Dead => "dead",
        }
    }

    pub(crate) fn from_db(value: &str) -> Option<Self> {
        [Self::Queued, Self::Running, Self::Succeeded, Self::Dead]
            .into_iter()
            .find(|state| state.to_db() == value)
    }
}

/// A payload's JSON text, whose `Debug` tells only its length, so that it cannot slip into a log.
#[derive(Clone, PartialEq, Eq)]
pub struct Payload(pub(crate) String);

impl Payload {
    /// The JSON text.
    pub fn as_json(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Payload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Payload({} bytes)", self.0.len())
    }
}

/// A job to be enqueued.
#[derive(Clone, Debug)]
pub struct NewJob {
    pub(crate) kind: String,
    pub(crate) payload: Payload,
    pub(crate) unique_key: Option<String>,
    pub(crate) run_at: Option<i64>,
    pub(crate) max_attempts: i32,
    pub(crate) priority: Priority,
}

impl NewJob {
    /// A job of the kind with the payload as JSON, due at once, of normal priority, with ten attempts.
    ///
    /// # Errors
    /// If the kind is empty, longer than 200 characters or holds a NUL, or if the payload has no JSON form.
    pub fn new(kind: impl Into<String>, payload: &impl Serialize) -> Result<Self, Error> {
        let kind = checked_name("job kind", kind.into())?;
        match serde_json::to_string(payload) {
            Ok(json) => Ok(Self {
                kind,
                payload: Payload(json),
                unique_key: None,
                run_at: None,
                max_attempts: DEFAULT_ATTEMPTS,
                priority: Priority::default(),
            }),
            Err(source) => Err(Error::Payload { kind, source }),
        }
    }

    /// Of this kind there is at most one unfinished job with this key: enqueueing another one does nothing and says so.
    ///
    /// A *running* job counts as unfinished. If the job must see what was written since it began, leave the key out or put a
    /// version into it.
    ///
    /// # Errors
    /// If the key is empty, longer than 200 characters or holds a NUL.
    pub fn unique(mut self, key: impl Into<String>) -> Result<Self, Error> {
        self.unique_key = Some(checked_name("unique key", key.into())?);
        Ok(self)
    }

    /// Not before this time, in milliseconds since the Unix epoch, UTC.
    #[must_use]
    pub fn run_at(mut self, at_ms: i64) -> Self {
        self.run_at = Some(at_ms);
        self
    }

    /// How many attempts may fail before the job is dead; at least one.
    #[must_use]
    pub fn max_attempts(mut self, attempts: u16) -> Self {
        self.max_attempts = i32::from(attempts.max(1));
        self
    }

    /// Which due jobs go first.
    #[must_use]
    pub fn priority(mut self, priority: Priority) -> Self {
        self.priority = priority;
        self
    }
}

pub(crate) fn checked_name(what: &'static str, value: String) -> Result<String, Error> {
    if value.is_empty() || value.contains('\0') || value.chars().count() > LONGEST_NAME {
        let value = value.chars().take(LONGEST_NAME).collect();
        return Err(Error::Name { what, value });
    }
    Ok(value)
}

/// What became of an enqueue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Enqueued {
    /// The job is in the queue once the caller's transaction commits.
    New(JobId),
    /// An unfinished job of the same kind and unique key is there already.
    Duplicate,
}

/// What became of many enqueues.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EnqueuedMany {
    /// Jobs that are new in the queue.
    pub new: u64,
    /// Jobs left out since an unfinished one of the same kind and unique key is there already.
    pub duplicate: u64,
}

/// A job as the database has it. Times are milliseconds since the Unix epoch, UTC.
#[derive(Clone, Debug)]
pub struct Job {
    /// Its number.
    pub id: JobId,
    /// Its kind.
    pub kind: String,
    /// Its JSON payload.
    pub payload: Payload,
    /// Where it stands.
    pub state: State,
    /// Its unique key, if any.
    pub unique_key: Option<String>,
    /// Its priority.
    pub priority: Priority,
    /// When it was or is to run next.
    pub run_at: i64,
    /// From when a worker may take it: `run_at`, or the end of the lease while it runs.
    pub claim_at: i64,
    /// The node that claimed it last.
    pub claimed_by: Option<String>,
    /// Attempts begun.
    pub attempts: i32,
    /// Attempts allowed.
    pub max_attempts: i32,
    /// Why the last attempt failed.
    pub last_error: Option<String>,
    /// When it was enqueued.
    pub created_at: i64,
    /// When it succeeded or died.
    pub finished_at: Option<i64>,
}

/// How many jobs of a kind are in a state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Count {
    /// The kind.
    pub kind: String,
    /// The state.
    pub state: State,
    /// How many.
    pub jobs: i64,
}

/// The right to finish a job, as long as no other worker has claimed it since: every claim raises the job's fence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Lease {
    pub(crate) id: JobId,
    pub(crate) fence: i64,
}

/// A job that this worker has just claimed.
#[derive(Clone, Debug)]
pub(crate) struct Claimed {
    pub(crate) lease: Lease,
    pub(crate) kind: String,
    pub(crate) payload: Payload,
    pub(crate) attempt: i32,
    pub(crate) max_attempts: i32,
    pub(crate) run_at: i64,
}

/// When the first job of a kind and priority can be claimed.
#[derive(Clone, Debug)]
pub(crate) struct Due {
    pub(crate) kind: String,
    pub(crate) priority: Priority,
    pub(crate) claim_at: i64,
}
