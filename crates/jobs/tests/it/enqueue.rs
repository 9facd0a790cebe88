//! Adding jobs: with the caller's transaction, under a unique key, and in bulk.

use std::sync::{Arc, Mutex};

use jobs::{Enqueued, EnqueuedMany, Error, NewJob, Registry, Running, State};

use crate::support::{START, TestDb, job, on_both};

on_both!(
    a_rolled_back_transaction_leaves_no_job,
    a_committed_transaction_leaves_its_job,
    a_second_job_with_the_key_is_refused_until_the_first_has_finished,
    a_duplicate_leaves_the_transaction_usable,
    only_one_of_many_enqueues_at_once_gets_the_key,
    many_jobs_are_enqueued_at_once_and_duplicates_are_counted,
    payloads_arrive_as_they_were_sent,
);

async fn a_rolled_back_transaction_leaves_no_job(t: TestDb) {
    let txn = t.begin().await;
    jobs::enqueue(&txn, START, &job("a")).await.unwrap();
    txn.rollback().await.unwrap();
    assert_eq!(jobs::counts(&t.db).await.unwrap(), []);
}

async fn a_committed_transaction_leaves_its_job(t: TestDb) {
    let txn = t.begin().await;
    let enqueued = jobs::enqueue(&txn, START, &job("a")).await.unwrap();
    txn.commit().await.unwrap();
    let Enqueued::New(id) = enqueued else {
        panic!("{enqueued:?}");
    };
    assert_eq!(t.state(id).await, State::Queued);
}

async fn a_second_job_with_the_key_is_refused_until_the_first_has_finished(t: TestDb) {
    let keyed = |kind| job(kind).unique("k").unwrap();
    let first = t.enqueue(keyed("a")).await;
    let same = keyed("a");
    let again = || jobs::enqueue(&t.db, START, &same);
    assert_eq!(again().await.unwrap(), Enqueued::Duplicate);
    t.enqueue(keyed("another kind")).await;

    t.drain(Registry::new().on("a", |_| async { Ok(()) })).await;
    assert_eq!(t.state(first).await, State::Succeeded);
    assert!(matches!(again().await.unwrap(), Enqueued::New(_)));
}

async fn a_duplicate_leaves_the_transaction_usable(t: TestDb) {
    t.enqueue(job("a").unique("k").unwrap()).await;
    let txn = t.begin().await;
    let duplicate = job("a").unique("k").unwrap();
    let refused = jobs::enqueue(&txn, START, &duplicate).await.unwrap();
    assert_eq!(refused, Enqueued::Duplicate);
    jobs::enqueue(&txn, START, &job("b")).await.unwrap();
    txn.commit().await.unwrap();
    assert_eq!(t.jobs_in(State::Queued).await, 2);
}

async fn only_one_of_many_enqueues_at_once_gets_the_key(t: TestDb) {
    let enqueues = (0..16).map(|_| {
        let db = t.db.clone();
        tokio::spawn(async move {
            let job = job("a").unique("k").unwrap();
            jobs::enqueue(&db, START, &job).await.unwrap()
        })
    });
    let mut new = 0;
    for enqueue in enqueues.collect::<Vec<_>>() {
        new += u32::from(matches!(enqueue.await.unwrap(), Enqueued::New(_)));
    }
    assert_eq!((new, t.jobs_in(State::Queued).await), (1, 1));
}

async fn many_jobs_are_enqueued_at_once_and_duplicates_are_counted(t: TestDb) {
    let keyed = |n: i32| job("a").unique((n % 1_000).to_string()).unwrap();
    let many: Vec<_> = (0..1_234).map(keyed).collect();
    let txn = t.begin().await;
    let done = jobs::enqueue_many(&txn, START, &many).await.unwrap();
    txn.commit().await.unwrap();
    let expected = EnqueuedMany {
        new: 1_000,
        duplicate: 234,
    };
    assert_eq!((done, t.jobs_in(State::Queued).await), (expected, 1_000));
}

async fn payloads_arrive_as_they_were_sent(t: TestDb) {
    let sent = ["", "\0", "naïve \u{202e}\u{1f980}", "'; DROP TABLE job; --"].map(str::to_owned);
    for text in &sent {
        t.enqueue(NewJob::new("a", text).unwrap()).await;
    }
    let arrived = Arc::new(Mutex::new(Vec::new()));
    let seen = arrived.clone();
    let registry = Registry::new().on_limited("a", 1, move |job: Running| {
        let text = job.payload::<String>();
        let seen = seen.clone();
        async move {
            seen.lock().unwrap().push(text?);
            Ok(())
        }
    });
    t.drain(registry).await;
    assert_eq!(*arrived.lock().unwrap(), sent);
}

#[test]
fn names_that_no_database_keeps_are_refused() {
    for name in ["", "a\0b", &"x".repeat(201)] {
        assert!(matches!(NewJob::new(name, &()), Err(Error::Name { .. })));
        assert!(matches!(job("a").unique(name), Err(Error::Name { .. })));
    }
}

#[test]
fn a_payload_does_not_show_in_debug_output() {
    let job = NewJob::new("a", &"secret").unwrap();
    assert!(!format!("{job:?}").contains("secret"));
}
