//! One attempt at a job: runs the handler, catches its panic, and stores what came of it.

use std::any::Any;
use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::{Duration, Instant};

use futures::FutureExt;
use tokio_util::sync::CancellationToken;
use tracing::{debug, error, warn};

use crate::error::Error;
use crate::model::Claimed;
use crate::observer::{Event, What};
use crate::registry::Handler;
use crate::retry::Failure;
use crate::running::Running;
use crate::store;
use crate::worker::Core;

/// Pauses before each new try to store an outcome; then the lease is left to run out.
const PATIENCE: [Duration; 4] = [
    Duration::from_millis(50),
    Duration::from_millis(200),
    Duration::from_millis(800),
    Duration::from_secs(3),
];

/// What came of an attempt, as far as the database knows.
enum Outcome {
    Succeeded,
    Retrying(i64),
    Dead,
    LeaseLost,
}

/// Runs one attempt to its end, unless `lost` says that the lease is gone, which drops the handler where it stands.
pub(crate) async fn run(
    core: Arc<Core>,
    claimed: Claimed,
    handler: Handler,
    stopping: CancellationToken,
    lost: CancellationToken,
) -> What {
    let tell = |what| {
        core.options.observer.tell(Event {
            id: claimed.lease.id,
            kind: &claimed.kind,
            attempt: claimed.attempt,
            what,
        });
        what
    };
    let began = Instant::now();
    let outcome = if claimed.attempt > claimed.max_attempts {
        bury_abandoned(&core, &claimed).await
    } else {
        let waited = core.queue.now_ms().saturating_sub(claimed.run_at);
        let waited = Duration::from_millis(u64::try_from(waited).unwrap_or(0));
        tell(What::Started { waited });
        let running = Running::new(claimed.clone(), Arc::clone(core.queue.clock()), stopping);
        tokio::select! {
            biased;
            () = lost.cancelled() => {
                warn!("stopped: another worker has the lease");
                Outcome::LeaseLost
            }
            result = guarded(handler, running.clone()) => settle(&core, &running, result).await,
        }
    };
    let took = began.elapsed();
    tell(match outcome {
        Outcome::Succeeded => What::Succeeded { took },
        Outcome::Retrying(run_at) => What::Retrying { took, run_at },
        Outcome::Dead => What::Dead { took },
        Outcome::LeaseLost => What::LeaseLost { took },
    })
}

/// The handler's result; a panic is a failure like any other.
async fn guarded(handler: Handler, running: Running) -> Result<(), Failure> {
    let attempt = AssertUnwindSafe(async move { handler(running).await });
    let caught = attempt.catch_unwind().await;
    caught.unwrap_or_else(|panic| Err(Failure::retry(panic_text(panic.as_ref()))))
}

fn panic_text(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied();
    let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    format!("the handler panicked: {}", text.unwrap_or("no message"))
}

async fn settle(core: &Core, running: &Running, result: Result<(), Failure>) -> Outcome {
    let failure = match result {
        Ok(()) if !running.was_completing() => return settle_success(core, running).await,
        Ok(()) => {
            let held = persist(|| store::is_held(core.queue.db(), running.lease())).await;
            if held == Some(false) {
                return Outcome::Succeeded;
            }
            Failure::retry("the transaction of complete_in was not committed")
        }
        Err(failure) => failure,
    };
    settle_failure(core, running, &failure).await
}

async fn settle_success(core: &Core, running: &Running) -> Outcome {
    let now = core.queue.now_ms();
    let done = persist(|| store::complete(core.queue.db(), running.lease(), now)).await;
    if done == Some(true) {
        debug!("succeeded");
        return Outcome::Succeeded;
    }
    warn!("the handler succeeded, but its lease was lost or its completion could not be stored");
    Outcome::LeaseLost
}

async fn settle_failure(core: &Core, running: &Running, failure: &Failure) -> Outcome {
    let (db, lease, now) = (core.queue.db(), running.lease(), core.queue.now_ms());
    let (attempt, most) = (running.attempt(), running.max_attempts());
    let Core { options, .. } = core;
    let next = failure.next_run(now, attempt, most, &options.backoff, &options.jitter);
    let reason = failure.reason();
    let stored = match next {
        Some(run_at) => persist(|| store::retry(db, lease, run_at, reason)).await,
        None => persist(|| store::bury(db, lease, now, attempt, reason)).await,
    };
    match (stored, next) {
        (Some(true), Some(run_at)) => {
            warn!(reason, run_at, "failed, to be retried");
            Outcome::Retrying(run_at)
        }
        (Some(true), None) => {
            error!(reason, "failed for good");
            Outcome::Dead
        }
        (Some(false), _) if running.was_completing() && is_done(core, running).await => {
            warn!(reason, "failed after its transaction had completed the job");
            Outcome::Succeeded
        }
        _ => {
            warn!(reason, "failed, and the lease was lost");
            Outcome::LeaseLost
        }
    }
}

/// Whether the job succeeded under this very lease. A commit whose answer was lost may have done that.
async fn is_done(core: &Core, running: &Running) -> bool {
    persist(|| store::succeeded_under(core.queue.db(), running.lease())).await == Some(true)
}

/// The job's last attempt never came to an end: its worker was killed, or cut off from the database.
async fn bury_abandoned(core: &Core, claimed: &Claimed) -> Outcome {
    let now = core.queue.now_ms();
    let reason = "the worker of the last attempt stopped or lost its lease before the end";
    let most = claimed.max_attempts;
    let bury = || store::bury(core.queue.db(), claimed.lease, now, most, reason);
    if persist(bury).await == Some(true) {
        error!(reason, "failed for good");
        return Outcome::Dead;
    }
    Outcome::LeaseLost
}

/// Tries a query again while the database fails; `None` if it never answers.
async fn persist<W, F>(query: W) -> Option<bool>
where
    W: Fn() -> F,
    F: Future<Output = Result<bool, Error>>,
{
    for pause in PATIENCE {
        match query().await {
            Ok(answer) => return Some(answer),
            Err(error) => warn!(%error, "the outcome is not stored yet"),
        }
        tokio::time::sleep(pause).await;
    }
    query()
        .await
        .inspect_err(
            |error| error!(%error, "the outcome could not be stored; the lease will run out"),
        )
        .ok()
}
