//! What a failed attempt leads to.

use std::time::Duration;

use jobs::{Backoff, Failure, Jitter, NewJob, Registry, Running, State, Tally, Worker};
use jobs::{JobId, WorkerOptions};

use crate::support::{START, TestDb, effect, job, on_both};

on_both!(
    a_failed_job_runs_again_after_its_backoff,
    a_handler_chooses_when_to_run_again,
    a_job_out_of_attempts_is_dead_with_its_reason,
    a_discarded_job_is_dead_at_once,
    a_panic_is_a_failure_with_its_message,
    a_payload_of_another_shape_is_dead_and_not_quoted,
    a_completion_that_was_not_committed_is_a_failure,
    an_error_after_the_commit_does_not_undo_it,
);

fn failing(failure: Failure) -> Registry {
    Registry::new().on("a", move |_| {
        let failure = failure.clone();
        async move { Err(failure) }
    })
}

async fn dead_reason(t: &TestDb, id: JobId) -> String {
    let job = t.job(id).await;
    assert_eq!(job.state, State::Dead);
    job.last_error.unwrap()
}

async fn a_failed_job_runs_again_after_its_backoff(t: TestDb) {
    let id = t.enqueue(job("a")).await;
    let options = WorkerOptions {
        backoff: Backoff {
            first: Duration::from_secs(10),
            cap: Duration::from_secs(15),
        },
        jitter: Jitter::new(|| 0.5),
        ..t.options()
    };
    let worker = Worker::new(t.queue(), failing(Failure::retry("busy")), options);
    for expected in [5_000, 7_500, 7_500] {
        let now = t.job(id).await.run_at;
        t.clock.set(now);
        assert_eq!(worker.drain().await.unwrap().retrying, 1);
        let job = t.job(id).await;
        assert_eq!((job.state, job.run_at), (State::Queued, now + expected));
        assert_eq!(job.last_error.as_deref(), Some("busy"));
    }
    t.clock.set(t.job(id).await.run_at);
    let healed = Registry::new().on("a", |_| async { Ok(()) });
    assert_eq!(t.drain(healed).await.succeeded, 1);
    assert_eq!(t.job(id).await.attempts, 4);
}

async fn a_handler_chooses_when_to_run_again(t: TestDb) {
    let id = t.enqueue(job("a")).await;
    let wait = Duration::from_secs(90);
    t.drain(failing(Failure::retry_after(wait, "asked to wait")))
        .await;
    assert_eq!(t.job(id).await.run_at, START + 90_000);
}

async fn a_job_out_of_attempts_is_dead_with_its_reason(t: TestDb) {
    let id = t.enqueue(job("a").max_attempts(3)).await;
    let again = Failure::retry_after(Duration::ZERO, "still\0broken");
    let tally = t.drain(failing(again)).await;
    assert_eq!((tally.retrying, tally.dead), (2, 1));
    assert_eq!(dead_reason(&t, id).await, "still\u{fffd}broken");
    assert_eq!(t.job(id).await.attempts, 3);
}

async fn a_discarded_job_is_dead_at_once(t: TestDb) {
    let id = t.enqueue(job("a")).await;
    let tally = t.drain(failing(Failure::discard("gone"))).await;
    assert_eq!(tally.dead, 1);
    assert_eq!(dead_reason(&t, id).await, "gone");
}

async fn a_panic_is_a_failure_with_its_message(t: TestDb) {
    let before = t.enqueue(job("before").max_attempts(1)).await;
    let within = t.enqueue(job("within").max_attempts(1)).await;
    let registry = Registry::new()
        .on("before", |_| -> std::future::Ready<Result<(), Failure>> {
            panic!("before the first await")
        })
        .on("within", |job: Running| async move {
            tokio::task::yield_now().await;
            assert!(job.attempt() > 1, "attempt {}", job.attempt());
            Ok(())
        });
    assert_eq!(t.drain(registry).await.dead, 2);
    let reason = dead_reason(&t, before).await;
    assert_eq!(reason, "the handler panicked: before the first await");
    let reason = dead_reason(&t, within).await;
    assert_eq!(reason, "the handler panicked: attempt 1");
}

async fn a_payload_of_another_shape_is_dead_and_not_quoted(t: TestDb) {
    let id = t.enqueue(NewJob::new("a", &"secret").unwrap()).await;
    let registry = Registry::new().on("a", |job: Running| async move {
        job.payload::<u32>()?;
        Ok(())
    });
    assert_eq!(t.drain(registry).await.dead, 1);
    let reason = dead_reason(&t, id).await;
    assert!(reason.contains("line 1, column 8"), "{reason}");
    assert!(!reason.contains("secret"), "{reason}");
}

async fn a_completion_that_was_not_committed_is_a_failure(t: TestDb) {
    let id = t.enqueue(job("a").max_attempts(1)).await;
    let db = t.clone();
    let registry = Registry::new().on("a", move |job: Running| {
        let t = db.clone();
        async move {
            let txn = t.begin().await;
            effect(&txn, job.id()).await?;
            job.complete_in(&txn).await?;
            txn.rollback().await?;
            Ok(())
        }
    });
    let tally = t.drain(registry).await;
    assert_eq!((tally.succeeded, tally.dead), (0, 1));
    assert!(dead_reason(&t, id).await.contains("not committed"));
}

async fn an_error_after_the_commit_does_not_undo_it(t: TestDb) {
    let id = t.enqueue(job("a")).await;
    let db = t.clone();
    let registry = Registry::new().on("a", move |job: Running| {
        let t = db.clone();
        async move {
            let txn = t.begin().await;
            effect(&txn, job.id()).await?;
            job.complete_in(&txn).await?;
            txn.commit().await?;
            Err(Failure::retry("too late"))
        }
    });
    let expected = Tally {
        succeeded: 1,
        ..Tally::default()
    };
    assert_eq!(t.drain(registry).await, expected);
    assert_eq!(t.state(id).await, State::Succeeded);
    assert_eq!(t.effects().await, [id.0]);
}
