//! A durable job queue on SQLite or PostgreSQL whose enqueue joins the caller's transaction.
//!
//! A job is a kind and a JSON payload in the table `job`. It is added in the same transaction as the data that it is about, so
//! either both are there or neither is. [`Worker`]s, in one process or on many nodes, claim due jobs and run the handler of
//! their kind. A claim is a lease of limited time, which the worker renews while the handler runs; if the worker is killed, the
//! lease runs out and another worker claims the job anew.
//!
//! # What is promised
//! - A job that was committed is run until it succeeds or is *dead*, that is, out of attempts or discarded by its handler.
//!   Dead jobs stay with their reason, to be listed, retried or deleted.
//! - **Effects in the same database happen exactly once**, if the handler makes them in one transaction and calls
//!   [`Running::complete_in`] with it before the commit. Every claim raises the job's fence; a handler that was overtaken gets
//!   [`Error::LeaseLost`] there, and its transaction rolls back.
//! - **Effects elsewhere happen at least once**: a mail may have gone out when the power fails before the completion is stored.
//!   [`Running::id`] is the same at every attempt and is never used again; hand it on as the idempotency key.
//! - A kind and [unique key](NewJob::unique) has at most one unfinished job, whoever enqueues.
//! - A [`Schedule`]'s tick enqueues once, however many nodes are up; ticks missed while all were down count as one.
//!
//! Times are milliseconds since the Unix epoch, UTC, from the caller or a [`Clock`]. On SQLite, begin transactions that write
//! with `BEGIN IMMEDIATE` and set a busy timeout; a transaction that reads first and writes later fails under contention.
//!
//! # Example
//! ```
//! use std::sync::Arc;
//! use jobs::{Enqueued, NewJob, Queue, Registry, Running, SystemClock, Clock, Worker, WorkerOptions};
//! use sea_orm::{Database, TransactionTrait};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let db = Database::connect("sqlite::memory:").await?;
//! jobs::migrations::up(&db).await?;
//!
//! // A job that exists if and only if the transaction commits.
//! let txn = db.begin().await?;
//! let job = NewJob::new("greet", &"Ada")?.unique("ada")?.max_attempts(3);
//! let enqueued = jobs::enqueue(&txn, SystemClock.now_ms(), &job).await?;
//! txn.commit().await?;
//! assert!(matches!(enqueued, Enqueued::New(_)));
//!
//! // Its handler, whose writes commit together with the job's completion.
//! let queue = Queue::new(db.clone(), Arc::new(SystemClock));
//! let registry = Registry::new().on("greet", move |job: Running| {
//!     let db = db.clone();
//!     async move {
//!         let name: String = job.payload()?;
//!         let txn = db.begin().await?;
//!         // … write the greeting for `name` with `txn` …
//! #       assert_eq!(name, "Ada");
//!         job.complete_in(&txn).await?;
//!         txn.commit().await?;
//!         Ok(())
//!     }
//! });
//! let worker = Worker::new(queue, registry, WorkerOptions::default());
//! assert_eq!(worker.drain().await?.succeeded, 1);
//! # Ok(())
//! # }
//! ```

mod attempt;
mod clock;
mod error;
pub mod migrations;
mod model;
mod observer;
mod queue;
mod registry;
mod retry;
mod running;
mod schedule;
mod shift;
mod store;
mod upkeep;
mod worker;

pub use clock::{Clock, SystemClock};
pub use error::Error;
pub use model::{Count, Enqueued, EnqueuedMany, Job, JobId, NewJob, Payload, Priority, State};
pub use observer::{Event, Observer, What};
pub use queue::Queue;
pub use registry::Registry;
pub use retry::{Backoff, Failure, Jitter};
pub use running::Running;
pub use schedule::Schedule;
pub use store::{enqueue, enqueue_many};
pub use upkeep::{counts, dead_jobs, delete_dead, job, purge, retry_dead};
pub use worker::{Tally, Worker, WorkerOptions};
