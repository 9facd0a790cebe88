//! Leases: kept while a handler runs, claimed anew when their worker is gone, and fenced.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use jobs::{Clock, Queue, Registry, Running, State, Tally, Worker};
use tokio_util::sync::CancellationToken;

use crate::support::{LEASE, ManualClock, START, TestDb, effect, eventually, job, on_both};

on_both!(
    a_job_that_runs_long_stays_with_its_worker,
    a_job_whose_worker_is_gone_is_claimed_again_and_the_attempt_counts,
    a_job_whose_worker_dies_at_the_last_attempt_is_dead,
    a_handler_that_lost_its_lease_cannot_complete,
    an_overtaken_handler_can_neither_complete_nor_fail_its_successors_attempt,
    a_handler_that_lost_its_lease_is_dropped_at_the_next_renewal,
);

/// A handler that tells when it has begun and waits for its gate.
#[derive(Clone, Default)]
struct Gated {
    begun: CancellationToken,
    gate: CancellationToken,
    dropped: CancellationToken,
}

impl Gated {
    fn registry(&self, t: &TestDb) -> Registry {
        let (gated, t) = (self.clone(), t.clone());
        Registry::new().on("a", move |job: Running| {
            let (gated, t) = (gated.clone(), t.clone());
            async move {
                let _dropped = gated.dropped.clone().drop_guard();
                gated.begun.cancel();
                gated.gate.cancelled().await;
                finish_with_effect(&t, &job).await
            }
        })
    }
}

async fn finish_with_effect(t: &TestDb, job: &Running) -> Result<(), jobs::Failure> {
    let txn = t.begin().await;
    effect(&txn, job.id()).await?;
    job.complete_in(&txn).await?;
    txn.commit().await?;
    Ok(())
}

fn quick(t: &TestDb) -> Registry {
    let t = t.clone();
    Registry::new().on("a", move |job: Running| {
        let t = t.clone();
        async move { finish_with_effect(&t, &job).await }
    })
}

/// A worker whose clock is its own: it does not notice that time passes elsewhere.
fn worker_at(t: &TestDb, clock: &Arc<ManualClock>, registry: Registry) -> Worker {
    let queue = Queue::new(t.db.clone(), clock.clone());
    Worker::new(queue, registry, t.options())
}

async fn a_job_that_runs_long_stays_with_its_worker(t: TestDb) {
    let id = t.enqueue(job("a")).await;
    let gated = Gated::default();
    let holder = t.worker(gated.registry(&t));
    let holding = tokio::spawn(async move { holder.drain().await });
    gated.begun.cancelled().await;
    for _ in 0..5 {
        t.clock.advance(LEASE / 2);
        let until = t.clock.now_ms() + i64::try_from(LEASE.as_millis()).unwrap();
        eventually("the lease is renewed", || async {
            t.job(id).await.claim_at == until
        })
        .await;
        assert_eq!(t.drain(quick(&t)).await, Tally::default());
    }
    gated.gate.cancel();
    assert_eq!(holding.await.unwrap().unwrap().succeeded, 1);
    assert_eq!(
        (t.job(id).await.attempts, t.effects().await),
        (1, vec![id.0])
    );
}

/// A worker claims the job and vanishes without a trace.
async fn claim_and_vanish(t: &TestDb) {
    let gated = Gated::default();
    let doomed = t.worker(gated.registry(t));
    let working = tokio::spawn(async move { doomed.drain().await });
    gated.begun.cancelled().await;
    working.abort();
    assert!(working.await.unwrap_err().is_cancelled());
}

async fn a_job_whose_worker_is_gone_is_claimed_again_and_the_attempt_counts(t: TestDb) {
    let id = t.enqueue(job("a")).await;
    claim_and_vanish(&t).await;
    t.clock.advance(LEASE - Duration::from_millis(1));
    assert_eq!(t.drain(quick(&t)).await, Tally::default());
    t.clock.advance(Duration::from_millis(1));
    assert_eq!(t.drain(quick(&t)).await.succeeded, 1);
    let job = t.job(id).await;
    assert_eq!((job.state, job.attempts), (State::Succeeded, 2));
}

async fn a_job_whose_worker_dies_at_the_last_attempt_is_dead(t: TestDb) {
    let id = t.enqueue(job("a").max_attempts(1)).await;
    claim_and_vanish(&t).await;
    t.clock.advance(LEASE);
    assert_eq!(t.drain(quick(&t)).await.dead, 1);
    let job = t.job(id).await;
    assert_eq!((job.state, job.attempts), (State::Dead, 1));
    assert!(job.last_error.unwrap().contains("lost its lease"));
    assert_eq!(t.effects().await, [0_i64; 0]);
}

async fn a_handler_that_lost_its_lease_cannot_complete(t: TestDb) {
    let id = t.enqueue(job("a")).await;
    let gated = Gated::default();
    let asleep = ManualClock::at(START);
    let slow = worker_at(&t, &asleep, gated.registry(&t));
    let working = tokio::spawn(async move { slow.drain().await });
    gated.begun.cancelled().await;

    t.clock.advance(LEASE);
    assert_eq!(t.drain(quick(&t)).await.succeeded, 1);
    gated.gate.cancel();
    assert_eq!(working.await.unwrap().unwrap().lease_lost, 1);
    assert_eq!(t.effects().await, [id.0]);
    let job = t.job(id).await;
    assert_eq!((job.state, job.last_error), (State::Succeeded, None));
}

async fn an_overtaken_handler_can_neither_complete_nor_fail_its_successors_attempt(t: TestDb) {
    let id = t.enqueue(job("a")).await;
    let asleep = ManualClock::at(START);
    let [completing, failing, last] = [(); 3].map(|()| Gated::default());
    let fails = Registry::new().on("a", {
        let failing = failing.clone();
        move |_| {
            let failing = failing.clone();
            async move {
                failing.begun.cancel();
                failing.gate.cancelled().await;
                Err(jobs::Failure::discard("too late"))
            }
        }
    });
    let registries = [completing.registry(&t), fails, last.registry(&t)];
    let mut working = Vec::new();
    for (gated, registry) in [&completing, &failing, &last].into_iter().zip(registries) {
        let clock = ManualClock::at(asleep.now_ms());
        let worker = worker_at(&t, &clock, registry);
        working.push(tokio::spawn(async move { worker.drain().await.unwrap() }));
        gated.begun.cancelled().await;
        asleep.advance(LEASE);
    }
    for (gated, lost) in [(completing, 1), (failing, 1), (last, 0)] {
        assert_eq!(t.state(id).await, State::Running);
        gated.gate.cancel();
        assert_eq!(working.remove(0).await.unwrap().lease_lost, lost);
    }
    assert_eq!(t.job(id).await.attempts, 3);
    assert_eq!(
        (t.state(id).await, t.effects().await),
        (State::Succeeded, vec![id.0])
    );
}

/// SQLite has nothing of the kind: there, one open transaction that writes holds up every other write.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_handler_about_to_commit_holds_up_no_renewal_and_counts_as_alive() {
    if let Some(db) = TestDb::postgresql().await {
        db.run(about_to_commit).await;
    }
}

async fn about_to_commit(t: TestDb) {
    let long = t.enqueue(job("a")).await;
    let short = t.enqueue(job("about to commit")).await;
    let (gated, completing) = (Gated::default(), Gated::default());
    let (db, inside) = (t.clone(), completing.clone());
    let registry = gated.registry(&t).on("about to commit", move |job| {
        let (t, inside) = (db.clone(), inside.clone());
        async move {
            let txn = t.begin().await;
            effect(&txn, job.id()).await?;
            job.complete_in(&txn).await?;
            inside.begun.cancel();
            inside.gate.cancelled().await;
            txn.commit().await?;
            Ok(())
        }
    });
    let worker = t.worker(registry);
    let working = tokio::spawn(async move { worker.drain().await.unwrap() });
    gated.begun.cancelled().await;
    completing.begun.cancelled().await;
    let before = t.job(long).await.claim_at;
    t.clock.advance(LEASE / 2);
    eventually("the other lease is renewed", || async {
        t.job(long).await.claim_at > before
    })
    .await;
    completing.gate.cancel();
    gated.gate.cancel();
    let expected = Tally {
        succeeded: 2,
        ..Tally::default()
    };
    assert_eq!(working.await.unwrap(), expected);
    assert_eq!(t.effects().await, [long.0, short.0]);
}

async fn a_handler_that_lost_its_lease_is_dropped_at_the_next_renewal(t: TestDb) {
    let id = t.enqueue(job("a")).await;
    let gated = Gated::default();
    let asleep = ManualClock::at(START);
    let slow = worker_at(&t, &asleep, gated.registry(&t));
    let working = tokio::spawn(async move { slow.drain().await });
    gated.begun.cancelled().await;

    t.clock.advance(LEASE);
    let runs = Arc::new(AtomicUsize::new(0));
    let counted = runs.clone();
    let other = Registry::new().on("a", move |_| {
        counted.fetch_add(1, Ordering::SeqCst);
        async { Err(jobs::Failure::discard("no use")) }
    });
    assert_eq!(t.drain(other).await.dead, 1);
    asleep.advance(LEASE);
    gated.dropped.cancelled().await;
    assert_eq!(working.await.unwrap().unwrap().lease_lost, 1);
    assert_eq!(runs.load(Ordering::SeqCst), 1);
    assert_eq!(
        (t.state(id).await, t.effects().await),
        (State::Dead, vec![])
    );
}
