//! How workers take jobs.

use std::collections::HashSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use jobs::{Observer, Priority, Registry, Running, State, Tally, What, Worker, WorkerOptions};
use tokio_util::sync::CancellationToken;

use crate::support::{START, TestDb, effect, eventually, job, on_both};

on_both!(
    two_workers_do_each_job_once_and_never_one_job_at_the_same_time,
    urgent_jobs_go_first_then_those_due_the_longest,
    a_job_waits_for_its_time,
    a_kind_at_its_limit_does_not_hold_up_the_others,
    a_job_of_an_unknown_kind_waits_for_a_worker_that_knows_it,
    a_wake_up_spares_the_wait_for_the_next_poll,
    an_effect_and_its_completion_commit_together,
    the_observer_hears_of_each_attempt,
);

async fn two_workers_do_each_job_once_and_never_one_job_at_the_same_time(t: TestDb) {
    let many: Vec<_> = (0..300).map(|_| job("a")).collect();
    jobs::enqueue_many(&t.db, START, &many).await.unwrap();
    let running = Arc::new(Mutex::new(HashSet::new()));
    let runs = Arc::new(AtomicUsize::new(0));
    let (now_running, count) = (running.clone(), runs.clone());
    let registry = Registry::new().on("a", move |job: Running| {
        let (now_running, count) = (now_running.clone(), count.clone());
        async move {
            assert!(now_running.lock().unwrap().insert(job.id()));
            tokio::task::yield_now().await;
            assert!(now_running.lock().unwrap().remove(&job.id()));
            count.fetch_add(1, Ordering::SeqCst);
            Ok(())
        }
    });
    let (one, two) = (t.worker(registry.clone()), t.worker(registry));
    let (one, two) = tokio::join!(one.drain(), two.drain());
    assert_eq!(one.unwrap().succeeded + two.unwrap().succeeded, 300);
    assert_eq!(runs.load(Ordering::SeqCst), 300);
    assert_eq!(t.jobs_in(State::Succeeded).await, 300);
}

async fn urgent_jobs_go_first_then_those_due_the_longest(t: TestDb) {
    let plan = [
        ("late", Priority::Normal, START),
        ("early", Priority::Normal, START - 1_000),
        ("low", Priority::Low, START - 9_000),
        ("high", Priority::High, START),
    ];
    let order = Arc::new(Mutex::new(Vec::new()));
    let mut registry = Registry::new();
    for (kind, priority, at) in plan {
        t.enqueue(job(kind).priority(priority).run_at(at)).await;
        let order = order.clone();
        registry = registry.on(kind, move |job: Running| {
            order.lock().unwrap().push(job.kind().to_owned());
            async { Ok(()) }
        });
    }
    let options = WorkerOptions {
        concurrency: 1,
        ..t.options()
    };
    let worker = Worker::new(t.queue(), registry, options);
    worker.drain().await.unwrap();
    assert_eq!(*order.lock().unwrap(), ["high", "early", "late", "low"]);
}

async fn a_job_waits_for_its_time(t: TestDb) {
    let id = t.enqueue(job("a").run_at(START + 1_000)).await;
    let registry = Registry::new().on("a", |_| async { Ok(()) });
    t.clock.set(START + 999);
    assert_eq!(t.drain(registry.clone()).await, Tally::default());
    t.clock.set(START + 1_000);
    assert_eq!(t.drain(registry).await.succeeded, 1);
    assert_eq!(t.state(id).await, State::Succeeded);
}

async fn a_kind_at_its_limit_does_not_hold_up_the_others(t: TestDb) {
    for _ in 0..5 {
        t.enqueue(job("slow").run_at(START - 1)).await;
    }
    for _ in 0..5 {
        t.enqueue(job("quick")).await;
    }
    let gate = CancellationToken::new();
    let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let quick = Arc::new(AtomicUsize::new(0));
    let (quick_done, opener) = (quick.clone(), gate.clone());
    let (now_slow, most_slow) = (now.clone(), most.clone());
    let registry = Registry::new()
        .on("quick", move |_| {
            // The slow ones may go on only once all the quick ones are through.
            if quick_done.fetch_add(1, Ordering::SeqCst) == 4 {
                opener.cancel();
            }
            async { Ok(()) }
        })
        .on_limited("slow", 2, move |_| {
            let (gate, now, most) = (gate.clone(), now_slow.clone(), most_slow.clone());
            async move {
                most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                gate.cancelled().await;
                now.fetch_sub(1, Ordering::SeqCst);
                Ok(())
            }
        });
    assert_eq!(t.drain(registry).await.succeeded, 10);
    assert_eq!(most.load(Ordering::SeqCst), 2);
}

async fn a_job_of_an_unknown_kind_waits_for_a_worker_that_knows_it(t: TestDb) {
    let id = t.enqueue(job("new")).await;
    let old = Registry::new().on("old", |_| async { Ok(()) });
    assert_eq!(t.drain(old).await, Tally::default());
    assert_eq!(t.job(id).await.attempts, 0);
    let new = Registry::new().on("new", |_| async { Ok(()) });
    assert_eq!(t.drain(new).await.succeeded, 1);
}

async fn a_wake_up_spares_the_wait_for_the_next_poll(t: TestDb) {
    let options = WorkerOptions {
        poll: Duration::from_secs(86_400),
        lease: Duration::from_secs(3 * 86_400),
        ..t.options()
    };
    let queue = t.queue();
    let ready = CancellationToken::new();
    let is_ready = ready.clone();
    let registry = Registry::new()
        .on("a", |_| async { Ok(()) })
        .on("first", move |_| {
            is_ready.cancel();
            async { Ok(()) }
        });
    t.enqueue(job("first")).await;
    let worker = Worker::new(queue.clone(), registry, options);
    let stop = CancellationToken::new();
    let working = tokio::spawn({
        let stop = stop.clone();
        async move { worker.run(stop).await }
    });
    ready.cancelled().await;
    let id = t.enqueue(job("a")).await;
    queue.wake();
    eventually("the job is done", || async {
        t.state(id).await == State::Succeeded
    })
    .await;
    stop.cancel();
    assert_eq!(working.await.unwrap().unwrap().succeeded, 2);
}

async fn an_effect_and_its_completion_commit_together(t: TestDb) {
    let id = t.enqueue(job("a")).await;
    let db = t.clone();
    let registry = Registry::new().on("a", move |job: Running| {
        let t = db.clone();
        async move {
            let txn = t.begin().await;
            effect(&txn, job.id()).await?;
            job.complete_in(&txn).await?;
            if job.attempt() == 1 {
                txn.rollback().await?;
                return Err(jobs::Failure::retry_after(Duration::ZERO, "rolled back"));
            }
            txn.commit().await?;
            Ok(())
        }
    });
    let tally = t.drain(registry).await;
    assert_eq!((tally.retrying, tally.succeeded), (1, 1));
    assert_eq!(t.effects().await, [id.0]);
}

async fn the_observer_hears_of_each_attempt(t: TestDb) {
    t.enqueue(job("a").max_attempts(2).run_at(START - 500))
        .await;
    let heard = Arc::new(Mutex::new(Vec::new()));
    let ear = heard.clone();
    let observer = Observer::new(move |event| {
        let word = match event.what {
            What::Started { waited } => format!("started after {} ms", waited.as_millis()),
            What::Retrying { run_at, .. } => format!("retrying at +{}", run_at - START),
            What::Dead { .. } => "dead".to_owned(),
            other => format!("{other:?}"),
        };
        ear.lock()
            .unwrap()
            .push(format!("{} {word}", event.attempt));
    });
    let options = WorkerOptions {
        observer,
        ..t.options()
    };
    let fail = |_| async { Err(jobs::Failure::retry_after(Duration::from_secs(7), "no")) };
    let worker = Worker::new(t.queue(), Registry::new().on("a", fail), options);
    worker.drain().await.unwrap();
    t.clock.set(START + 7_000);
    worker.drain().await.unwrap();
    let expected = [
        "1 started after 500 ms",
        "1 retrying at +7000",
        "2 started after 0 ms",
        "2 dead",
    ];
    assert_eq!(*heard.lock().unwrap(), expected);
}
