//! What an operator does with the queue: count, look, retry, delete, purge.

mod store;

pub use store::{counts, dead_jobs, delete_dead, job, purge, retry_dead};
