//! The whole pipeline on one page: which jobs follow which event.

use crate::clock::Timestamp;
use crate::db::Transaction;
use crate::error::Result;
use crate::events::Event;

/// Enqueues the jobs that follow `event`, in the transaction that stores it.
///
/// # Errors
/// [`crate::error::Error::Unavailable`] from the database.
pub async fn enqueue_jobs(
    _transaction: &Transaction,
    _now: Timestamp,
    event: &Event,
) -> Result<()> {
    match event {
        Event::PostingsStored { .. } | Event::PostingsRemoved { .. } => Ok(()),
    }
}
