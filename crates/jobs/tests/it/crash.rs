//! Processes that are killed at any moment: nothing is lost, and nothing takes effect twice.

use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use jobs::{Clock, Queue, Registry, Running, SystemClock, Worker, WorkerOptions};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use tokio_util::sync::CancellationToken;

use crate::support::{START, TestDb, begin, connect, effect, effects, eventually, job, on_both};

on_both!(killed_workers_lose_no_job_and_double_no_effect);

const JOBS: usize = 200;
/// A child does so many jobs and then only holds on to those it claims, so that there are many generations to kill.
const JOBS_PER_CHILD: usize = 15;
/// The child learns its database from this variable.
const URL: &str = "JOBS_CRASH_CHILD_URL";
/// How far the child's clock is ahead of the machine's, in milliseconds, so that the leases of those killed have run out.
const AHEAD: &str = "JOBS_CRASH_CHILD_AHEAD";

/// A clock that is ahead of the machine's.
struct Ahead(i64);

impl Clock for Ahead {
    fn now_ms(&self) -> i64 {
        SystemClock.now_ms() + self.0
    }
}

/// Not a test of its own: the process that is killed. It does nothing unless it was started by the test below.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn child() {
    let Some(url) = std::env::var_os(URL) else {
        return;
    };
    let ahead = std::env::var_os(AHEAD).unwrap();
    let ahead = ahead.to_str().unwrap().parse().unwrap();
    let db = connect(url.to_str().unwrap()).await;
    let queue = Queue::new(db.clone(), Arc::new(Ahead(ahead)));
    let begun = AtomicUsize::new(0);
    let registry = Registry::new().on("a", move |job: Running| {
        let db = db.clone();
        let begun = begun.fetch_add(1, Ordering::SeqCst);
        async move {
            if begun >= JOBS_PER_CHILD {
                std::future::pending::<()>().await;
            }
            let txn = begin(&db).await;
            effect(&txn, job.id()).await?;
            // Widens the moments in which a kill may fall.
            tokio::time::sleep(Duration::from_millis(2)).await;
            job.complete_in(&txn).await?;
            tokio::time::sleep(Duration::from_millis(2)).await;
            txn.commit().await?;
            Ok(())
        }
    });
    let options = WorkerOptions {
        poll: Duration::from_millis(10),
        ..WorkerOptions::default()
    };
    let worker = Worker::new(queue, registry, options);
    worker.run(CancellationToken::new()).await.unwrap();
}

fn start_child(url: &str, ahead: i64) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "crash::child", "--nocapture"])
        .env(URL, url)
        .env(AHEAD, ahead.to_string())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

async fn killed_workers_lose_no_job_and_double_no_effect(t: TestDb) {
    let many: Vec<_> = (0..JOBS).map(|_| job("a").max_attempts(1_000)).collect();
    jobs::enqueue_many(&t.db, START, &many).await.unwrap();
    let mut random = StdRng::seed_from_u64(7);
    let mut kills = 0;
    let mut done = 0;
    while done < JOBS {
        // Two processes share the queue; each generation's clock is past the leases of the one before.
        let mut children = [(); 2].map(|()| start_child(&t.url, kills * 600_000));
        let target = JOBS.min(done + random.random_range(1..=JOBS_PER_CHILD));
        eventually("the children make progress", || async {
            effects(&t.db).await.len() >= target
        })
        .await;
        tokio::time::sleep(Duration::from_micros(random.random_range(0..8_000))).await;
        for child in &mut children {
            // On Unix this is SIGKILL.
            child.kill().unwrap();
            child.wait().unwrap();
        }
        kills += 1;
        done = effects(&t.db).await.len();
    }
    assert!(kills >= 7, "only {kills} generations were killed");
    let expected: Vec<_> = (1..=i64::try_from(JOBS).unwrap()).collect();
    assert_eq!(t.effects().await, expected);
    assert_eq!(t.jobs_in(jobs::State::Succeeded).await, 200);
}
