//! What an operator does.

use jobs::{Count, Failure, NewJob, Registry, State};

use crate::support::{START, TestDb, begin, job, on_both};

on_both!(
    jobs_are_counted_by_kind_and_state,
    dead_jobs_are_listed_in_pages,
    a_dead_job_can_be_retried,
    a_dead_job_whose_key_is_taken_stays_dead,
    a_dead_job_can_be_deleted,
    old_finished_jobs_are_purged_and_no_others,
    the_tables_can_be_dropped,
);

fn discard_all() -> Registry {
    Registry::new()
        .on("bad", |_| async { Err(Failure::discard("no")) })
        .on("good", |_| async { Ok(()) })
}

async fn jobs_are_counted_by_kind_and_state(t: TestDb) {
    for kind in ["bad", "good", "good"] {
        t.enqueue(job(kind)).await;
    }
    t.drain(discard_all()).await;
    t.enqueue(job("good")).await;
    let count = |kind: &str, state, jobs| Count {
        kind: kind.to_owned(),
        state,
        jobs,
    };
    let expected = [
        count("bad", State::Dead, 1),
        count("good", State::Queued, 1),
        count("good", State::Succeeded, 2),
    ];
    assert_eq!(jobs::counts(&t.db).await.unwrap(), expected);
}

async fn dead_jobs_are_listed_in_pages(t: TestDb) {
    let mut ids = Vec::new();
    for _ in 0..5 {
        ids.push(t.enqueue(job("bad")).await);
    }
    t.drain(discard_all()).await;
    let mut seen = Vec::new();
    while let page = jobs::dead_jobs(&t.db, seen.last().copied(), 2)
        .await
        .unwrap()
        && !page.is_empty()
    {
        seen.extend(page.iter().map(|job| job.id));
    }
    ids.reverse();
    assert_eq!(seen, ids);
}

async fn a_dead_job_can_be_retried(t: TestDb) {
    let id = t.enqueue(NewJob::new("bad", &7).unwrap()).await;
    t.drain(discard_all()).await;
    assert!(jobs::retry_dead(&t.db, START, id).await.unwrap());
    assert!(!jobs::retry_dead(&t.db, START, id).await.unwrap());
    let job = t.job(id).await;
    assert_eq!((job.state, job.attempts), (State::Queued, 0));
    assert_eq!(job.payload.as_json(), "7");
    let healed = Registry::new().on("bad", |_| async { Ok(()) });
    assert_eq!(t.drain(healed).await.succeeded, 1);
}

async fn a_dead_job_whose_key_is_taken_stays_dead(t: TestDb) {
    let keyed = || job("bad").unique("k").unwrap();
    let id = t.enqueue(keyed()).await;
    t.drain(discard_all()).await;
    let successor = t.enqueue(keyed()).await;
    assert!(!jobs::retry_dead(&t.db, START, id).await.unwrap());
    assert_eq!(t.state(id).await, State::Dead);
    assert_eq!(t.state(successor).await, State::Queued);
}

async fn a_dead_job_can_be_deleted(t: TestDb) {
    let live = t.enqueue(job("good")).await;
    assert!(!jobs::delete_dead(&t.db, live).await.unwrap());
    let dead = t.enqueue(job("bad")).await;
    t.drain(discard_all()).await;
    assert!(jobs::delete_dead(&t.db, dead).await.unwrap());
    assert!(jobs::job(&t.db, dead).await.unwrap().is_none());
    let next = t.enqueue(job("bad")).await;
    assert!(next > dead, "a number is never used again");
}

async fn old_finished_jobs_are_purged_and_no_others(t: TestDb) {
    let many: Vec<_> = (0..1_500).map(|_| job("good")).collect();
    jobs::enqueue_many(&t.db, START, &many).await.unwrap();
    t.enqueue(job("bad")).await;
    t.drain(discard_all()).await;
    t.clock.set(START + 10);
    t.enqueue(job("good")).await;
    t.drain(discard_all()).await;
    t.enqueue(job("good")).await;

    let purge = |state| jobs::purge(&t.db, state, START + 10);
    assert_eq!(purge(State::Succeeded).await.unwrap(), 1_500);
    assert_eq!(purge(State::Queued).await.unwrap(), 0);
    assert_eq!(t.jobs_in(State::Succeeded).await, 1);
    assert_eq!(t.jobs_in(State::Dead).await, 1);
    assert_eq!(t.jobs_in(State::Queued).await, 1);
    assert_eq!(purge(State::Dead).await.unwrap(), 1);
}

async fn the_tables_can_be_dropped(t: TestDb) {
    t.enqueue(job("good")).await;
    // In one transaction, as a migrator runs them: another connection of the pool may still know the old indexes.
    let transaction = begin(&t.db).await;
    jobs::migrations::down(&transaction).await.unwrap();
    jobs::migrations::up(&transaction).await.unwrap();
    transaction.commit().await.unwrap();
    assert_eq!(
        jobs::counts(&t.db).await.unwrap(),
        [],
        "what was there is gone"
    );
    t.enqueue(job("good")).await;
}
