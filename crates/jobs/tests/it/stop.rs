//! How a worker stops.

use std::time::Duration;

use jobs::{Registry, Running, State, Tally, Worker, WorkerOptions};
use tokio_util::sync::CancellationToken;

use crate::support::{TestDb, job, on_both};

on_both!(
    a_stopping_worker_waits_for_its_handlers_and_claims_no_more,
    a_handler_beyond_the_grace_period_is_dropped_and_its_job_put_back,
    a_handler_hears_of_the_stop,
);

/// A job runs and waits for `gate`; meanwhile the worker is told to stop, and then `on_stop` happens.
async fn stop_while_running(
    t: &TestDb,
    grace: Duration,
    gate: CancellationToken,
    open_on_stop: bool,
) -> Tally {
    let begun = CancellationToken::new();
    let has_begun = begun.clone();
    let opens = gate.clone();
    let registry = Registry::new().on_limited("a", 1, move |job: Running| {
        let (begun, gate) = (has_begun.clone(), gate.clone());
        async move {
            begun.cancel();
            if open_on_stop {
                job.stopping().cancelled().await;
            }
            gate.cancelled().await;
            Ok(())
        }
    });
    let options = WorkerOptions {
        grace,
        ..t.options()
    };
    let worker = Worker::new(t.queue(), registry, options);
    let stop = CancellationToken::new();
    let working = tokio::spawn({
        let stop = stop.clone();
        async move { worker.run(stop).await.unwrap() }
    });
    begun.cancelled().await;
    stop.cancel();
    if !grace.is_zero() {
        opens.cancel();
    }
    working.await.unwrap()
}

async fn a_stopping_worker_waits_for_its_handlers_and_claims_no_more(t: TestDb) {
    let first = t.enqueue(job("a")).await;
    let second = t.enqueue(job("a")).await;
    let minute = Duration::from_secs(60);
    let tally = stop_while_running(&t, minute, CancellationToken::new(), false).await;
    assert_eq!((tally.succeeded, tally.released), (1, 0));
    assert_eq!(t.state(first).await, State::Succeeded);
    assert_eq!(t.state(second).await, State::Queued);
}

async fn a_handler_beyond_the_grace_period_is_dropped_and_its_job_put_back(t: TestDb) {
    let id = t.enqueue(job("a").max_attempts(1)).await;
    let never = CancellationToken::new();
    let tally = stop_while_running(&t, Duration::ZERO, never, false).await;
    assert_eq!((tally.succeeded, tally.released), (0, 1));
    let job = t.job(id).await;
    assert_eq!((job.state, job.attempts), (State::Queued, 0));
    let again = Registry::new().on("a", |_| async { Ok(()) });
    assert_eq!(t.drain(again).await.succeeded, 1);
}

async fn a_handler_hears_of_the_stop(t: TestDb) {
    t.enqueue(job("a")).await;
    let minute = Duration::from_secs(60);
    let tally = stop_while_running(&t, minute, CancellationToken::new(), true).await;
    assert_eq!(tally.succeeded, 1);
}
