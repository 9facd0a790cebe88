//! A migrated database for one test, made by copying a template.
//!
//! SQLite: the template is the bytes of a migrated file, made once for the process. PostgreSQL
//! (`CADET_TEST_DATABASE=postgres`, server in `CADET_TEST_POSTGRES`, whose user may create databases): a database
//! `cadet_template_HASH` for each state of the migrations, kept for the next run; older ones are dropped.

use std::path::Path;
use std::process;
use std::sync::atomic::{AtomicU32, Ordering};

use cadet::config::{Config, Secret};
use cadet::db::Db;
use sea_orm::{ConnectionTrait, Statement};
use sha2::{Digest, Sha256};
use tokio::sync::OnceCell;

/// The key of the lock that is held while the template is made; any constant number does.
const TEMPLATE_LOCK: i64 = 0x0ca_de70_7e57;

static SQLITE_TEMPLATE: OnceCell<Vec<u8>> = OnceCell::const_new();
static POSTGRES_TEMPLATE: OnceCell<String> = OnceCell::const_new();
static COUNT: AtomicU32 = AtomicU32::new(0);

/// Drops the database with itself.
pub struct TestDatabase {
    /// The server's URL and the database's name; none for SQLite, whose file goes with its folder.
    postgres: Option<(String, String)>,
}

#[expect(
    clippy::disallowed_methods,
    reason = "the test suite's own settings are no part of the program's configuration"
)]
fn setting(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

impl TestDatabase {
    /// A fresh database, open.
    pub async fn create(folder: &Path) -> (Self, Db) {
        if setting("CADET_TEST_DATABASE").as_deref() == Some("postgres") {
            let server = setting("CADET_TEST_POSTGRES")
                .expect("set CADET_TEST_POSTGRES to the URL of a PostgreSQL server, with a database that exists");
            return Self::create_postgres(&server).await;
        }
        let template = SQLITE_TEMPLATE.get_or_init(sqlite_template).await;
        let file = folder.join("cadet.db");
        std::fs::write(&file, template).expect("the temporary folder is writable");
        let db = Db::open_url(&format!("sqlite:{}", file.display())).await;
        (
            Self { postgres: None },
            db.expect("the copied template opens"),
        )
    }

    /// Its URL; none for the SQLite file in the data folder.
    pub fn url(&self) -> Option<String> {
        let (server, name) = self.postgres.as_ref()?;
        Some(with_database(server, name))
    }

    async fn create_postgres(server: &str) -> (Self, Db) {
        let template = POSTGRES_TEMPLATE
            .get_or_init(|| postgres_template(server))
            .await;
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("cadet_test_{}_{number}", process::id());
        execute(
            server,
            &[format!("CREATE DATABASE {name} TEMPLATE {template}")],
        )
        .await;
        let db = Db::open_url(&with_database(server, &name)).await;
        let postgres = Some((server.to_owned(), name));
        (Self { postgres }, db.expect("the copied template opens"))
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        let Some((server, name)) = self.postgres.take() else {
            return;
        };
        // The test's own runtime may be ending, so that the last words need one of their own.
        let dropping = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build();
            let statement = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
            runtime
                .expect("a runtime")
                .block_on(execute(&server, &[statement]));
        });
        let _ = dropping.join();
    }
}

async fn sqlite_template() -> Vec<u8> {
    let folder = tempfile::TempDir::with_prefix("cadet-template-").expect("a temporary folder");
    let config = Config {
        data_dir: folder.path().to_owned(),
        ..Config::default()
    };
    let db = Db::open(&config).await.expect("a migrated database");
    db.close().await;
    std::fs::read(config.sqlite_path()).expect("the database's file")
}

/// The template's name holds a hash of the migrations, so that it is made again when they change.
async fn postgres_template(server: &str) -> String {
    let name = format!("cadet_template_{}", migrations_hash());
    let admin = Db::open_url(server)
        .await
        .expect("the PostgreSQL server answers");
    let lock = admin.begin().await.expect("a transaction");
    let statement = format!("SELECT pg_advisory_xact_lock({TEMPLATE_LOCK})");
    lock.execute_unprepared(&statement).await.expect("the lock");
    let known = databases(&admin).await;
    if !known.contains(&name) {
        let old = known.iter().map(|old| format!("DROP DATABASE {old}"));
        let making = format!("{name}_making");
        let begin = [
            format!("DROP DATABASE IF EXISTS {making}"),
            format!("CREATE DATABASE {making}"),
        ];
        execute(server, &old.chain(begin).collect::<Vec<_>>()).await;
        let folder = tempfile::TempDir::with_prefix("cadet-template-").expect("a folder");
        let config = Config {
            data_dir: folder.path().to_owned(),
            database_url: Some(Secret(with_database(server, &making))),
            ..Config::default()
        };
        let db = Db::open(&config).await.expect("a migrated database");
        db.close().await;
        execute(
            server,
            &[format!("ALTER DATABASE {making} RENAME TO {name}")],
        )
        .await;
    }
    lock.commit().await.expect("the lock is released");
    admin.close().await;
    name
}

async fn databases(admin: &Db) -> Vec<String> {
    let statement = Statement::from_string(
        admin.backend(),
        "SELECT datname FROM pg_database WHERE datname LIKE 'cadet\\_template\\_%'",
    );
    let rows = admin.pool().query_all_raw(statement).await;
    rows.expect("the list of databases")
        .iter()
        .filter_map(|row| row.try_get::<String>("", "datname").ok())
        .collect()
}

async fn execute(server: &str, statements: &[String]) {
    let admin = Db::open_url(server)
        .await
        .expect("the PostgreSQL server answers");
    for statement in statements {
        let done = admin.pool().execute_unprepared(statement).await;
        done.unwrap_or_else(|error| panic!("{statement}: {error}"));
    }
    admin.close().await;
}

fn with_database(server: &str, name: &str) -> String {
    let mut url = url::Url::parse(server).expect("CADET_TEST_POSTGRES is a URL");
    url.set_path(name);
    url.to_string()
}

fn migrations_hash() -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .expect("the migrations")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    files.sort();
    let mut hash = Sha256::new();
    for file in files {
        hash.update(std::fs::read(file).expect("a migration"));
    }
    let bytes = hash.finalize();
    bytes[..6]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
