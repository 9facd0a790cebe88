//! A database and a clock of its own for each test.

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU32, Ordering};
use std::time::Duration;

use jobs::{
    Clock, Enqueued, Job, JobId, NewJob, Queue, Registry, State, Tally, Worker, WorkerOptions,
};
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction,
    SqliteTransactionMode, TransactionOptions, TransactionTrait,
};

/// 2026-01-01T00:00:00Z.
pub const START: i64 = 1_767_225_600_000;
/// The lease of the workers of [`TestDb::worker`].
pub const LEASE: Duration = Duration::from_secs(60);

/// Declares each of the async functions as a test on SQLite and one on PostgreSQL.
macro_rules! on_both {
    ($($name:ident),+ $(,)?) => { $(
        mod $name {
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_sqlite() {
                $crate::support::TestDb::sqlite().await.run(super::$name).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_postgresql() {
                if let Some(db) = $crate::support::TestDb::postgresql().await {
                    db.run(super::$name).await;
                }
            }
        }
    )+ };
}
pub(crate) use on_both;

/// A clock that stands still until it is told otherwise.
#[derive(Default)]
pub struct ManualClock(AtomicI64);

impl ManualClock {
    pub fn at(ms: i64) -> Arc<Self> {
        Arc::new(Self(AtomicI64::new(ms)))
    }

    pub fn advance(&self, by: Duration) {
        let by = i64::try_from(by.as_millis()).unwrap();
        self.0.fetch_add(by, Ordering::SeqCst);
    }

    pub fn set(&self, ms: i64) {
        self.0.store(ms, Ordering::SeqCst);
    }
}

impl Clock for ManualClock {
    fn now_ms(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }
}

/// A database with the queue's tables and a table `effect` for what handlers do.
#[derive(Clone)]
pub struct TestDb {
    pub db: DatabaseConnection,
    pub url: String,
    pub clock: Arc<ManualClock>,
    home: Arc<Home>,
}

enum Home {
    Folder(tempfile::TempDir),
    Server { url: String, name: String },
}

pub async fn connect(url: &str) -> DatabaseConnection {
    let mut options = ConnectOptions::new(url);
    options.max_connections(10).sqlx_logging(false);
    options.map_sqlx_sqlite_opts(|sqlite| {
        sqlite
            .pragma("journal_mode", "WAL")
            .pragma("synchronous", "NORMAL")
            .busy_timeout(Duration::from_secs(30))
    });
    Database::connect(options).await.unwrap()
}

/// Begins a transaction that is going to write.
pub async fn begin(db: &DatabaseConnection) -> DatabaseTransaction {
    let options = TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..TransactionOptions::default()
    };
    db.begin_with_options(options).await.unwrap()
}

impl TestDb {
    pub async fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("jobs.db");
        let url = format!("sqlite://{}?mode=rwc", path.display());
        Self::prepared(url, Home::Folder(folder)).await
    }

    /// `None`, with a word about it, if no server is named.
    #[expect(
        clippy::disallowed_methods,
        clippy::print_stdout,
        reason = "tests have no configuration, and whoever runs them wants to know what was skipped"
    )]
    pub async fn postgresql() -> Option<Self> {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let Ok(server) = std::env::var("CADET_TEST_POSTGRES") else {
            println!("skipped: CADET_TEST_POSTGRES names no PostgreSQL server");
            return None;
        };
        let number = NUMBER.fetch_add(1, Ordering::SeqCst);
        let name = format!("jobs_test_{}_{number}", std::process::id());
        let admin = connect(&server).await;
        let create = format!("CREATE DATABASE {name}");
        admin.execute_unprepared(&create).await.unwrap();
        admin.close().await.unwrap();
        let (address, query) = server.split_once('?').unwrap_or((&server, ""));
        let (address, _) = address.rsplit_once('/').unwrap();
        let url = format!("{address}/{name}?{query}");
        Some(Self::prepared(url, Home::Server { url: server, name }).await)
    }

    async fn prepared(url: String, home: Home) -> Self {
        let db = connect(&url).await;
        jobs::migrations::up(&db).await.unwrap();
        let effect = "CREATE TABLE effect (job BIGINT NOT NULL)";
        db.execute_unprepared(effect).await.unwrap();
        Self {
            db,
            url,
            clock: ManualClock::at(START),
            home: Arc::new(home),
        }
    }

    /// Runs the test and removes the database even if it fails.
    pub async fn run<F: Future<Output = ()> + Send + 'static>(self, test: fn(Self) -> F) {
        let outcome = tokio::spawn(test(self.clone())).await;
        self.db.close().await.unwrap();
        match &*self.home {
            Home::Folder(folder) => assert!(folder.path().exists()),
            Home::Server { url, name } => {
                let admin = connect(url).await;
                let drop = format!("DROP DATABASE {name} WITH (FORCE)");
                admin.execute_unprepared(&drop).await.unwrap();
            }
        }
        if let Err(panic) = outcome {
            std::panic::resume_unwind(panic.into_panic());
        }
    }

    pub async fn begin(&self) -> DatabaseTransaction {
        begin(&self.db).await
    }

    pub fn queue(&self) -> Queue {
        Queue::new(self.db.clone(), self.clock.clone())
    }

    pub fn worker(&self, registry: Registry) -> Worker {
        Worker::new(self.queue(), registry, self.options())
    }

    /// Options under which only the test's clock matters.
    pub fn options(&self) -> WorkerOptions {
        WorkerOptions {
            lease: LEASE,
            poll: Duration::from_millis(10),
            ..WorkerOptions::default()
        }
    }

    pub async fn drain(&self, registry: Registry) -> Tally {
        self.worker(registry).drain().await.unwrap()
    }

    pub async fn enqueue(&self, job: NewJob) -> JobId {
        let now = self.clock.now_ms();
        match jobs::enqueue(&self.db, now, &job).await.unwrap() {
            Enqueued::New(id) => id,
            Enqueued::Duplicate => panic!("the job is there already"),
        }
    }

    pub async fn job(&self, id: JobId) -> Job {
        jobs::job(&self.db, id).await.unwrap().unwrap()
    }

    pub async fn state(&self, id: JobId) -> State {
        self.job(id).await.state
    }

    pub async fn jobs_in(&self, state: State) -> i64 {
        let counts = jobs::counts(&self.db).await.unwrap();
        let of_state = counts.iter().filter(|count| count.state == state);
        of_state.map(|count| count.jobs).sum()
    }

    /// The jobs whose effect is there, in the order of their numbers.
    pub async fn effects(&self) -> Vec<i64> {
        effects(&self.db).await
    }
}

pub async fn effects(db: &DatabaseConnection) -> Vec<i64> {
    let sql = "SELECT job FROM effect ORDER BY job";
    let statement = sea_orm::Statement::from_string(db.get_database_backend(), sql);
    let rows = db.query_all_raw(statement).await.unwrap();
    let jobs = rows.iter().map(|row| row.try_get_by_index(0).unwrap());
    jobs.collect()
}

/// Writes the effect of a job.
pub async fn effect<C: ConnectionTrait>(conn: &C, id: JobId) -> Result<(), sea_orm::DbErr> {
    let sql = format!("INSERT INTO effect (job) VALUES ({id})");
    conn.execute_unprepared(&sql).await.map(|_| ())
}

pub fn job(kind: &str) -> NewJob {
    NewJob::new(kind, &()).unwrap()
}

/// Waits until the condition holds; a minute without it fails the test.
pub async fn eventually<F: Future<Output = bool>>(what: &str, condition: impl Fn() -> F) {
    let wait = async {
        while !condition().await {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    let done = tokio::time::timeout(Duration::from_secs(60), wait).await;
    assert!(done.is_ok(), "never came true: {what}");
}
