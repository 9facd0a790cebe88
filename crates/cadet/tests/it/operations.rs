//! Backups that can be restored, exports that can be imported, a clean-up that deletes no posting.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use cadet::accounts::store::sessions as accounts;
use cadet::clock::Timestamp;
use cadet::config::Config;
use cadet::error::Error;
use cadet::flow::kind;
use cadet::operations::backup::{backup_create, backup_restore};
use cadet::operations::import::postings_import;
use cadet::postings::actions::posting_export;
use cadet::postings::model::PostingId;
use cadet::postings::sources::actions::{source_add, source_list};
use cadet::postings::sources::model::SourceState;
use cadet::postings::sources::store as sources;
use cadet::startup::{self, World};
use cadet::state::Ctx;
use jobs::NewJob;
use sea_orm::{ConnectionTrait as _, DbBackend};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::TestApp;

const DAY_MS: i64 = Timestamp::DAY_MS;

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures")
        .join(name)
}

fn folder() -> TempDir {
    TempDir::with_prefix("cadet-test-").expect("a temporary folder")
}

fn config_in(folder: &Path) -> Config {
    Config {
        data_dir: folder.to_owned(),
        ..Config::default()
    }
}

/// A Cadet with postings of several kinds in it.
async fn filled() -> TestApp {
    let app = TestApp::start().await;
    for name in [
        "simplify/listings.json",
        "feed/jobs.rss",
        "feed/jobs.json",
        "jsonld/graph.html",
    ] {
        let imported = postings_import(&app.system(), &fixture(name), &|_| ()).await;
        let counts = imported.expect("the fixture is read").counts;
        assert!(counts.found > 0, "{name} holds postings");
    }
    app
}

/// The postings as `cadet export postings --json` writes them.
async fn exported(ctx: &Ctx) -> Vec<Value> {
    let records = posting_export(ctx, PostingId(0), 10_000).await;
    let records = records.expect("the postings");
    let lines = records.iter().map(serde_json::to_value);
    lines.collect::<Result<_, _>>().expect("JSON")
}

fn is_sqlite(app: &TestApp) -> bool {
    app.app.db.backend() == DbBackend::Sqlite
}

#[tokio::test]
async fn a_backup_made_while_cadet_runs_restores_every_posting() {
    let app = filled().await;
    let ctx = app.system();
    let safe = folder();
    let file = safe.path().join("backup.db");
    let made = backup_create(&ctx, &file).await;
    if !is_sqlite(&app) {
        let refused = made.expect_err("PostgreSQL has its own tools");
        assert!(refused.to_string().contains("pg_dump"), "{refused}");
        return;
    }
    assert!(made.expect("a backup") > 0);
    let before = exported(&ctx).await;
    let elsewhere = folder();
    let config = config_in(elsewhere.path());
    let restored = backup_restore(&config, &file, false)
        .await
        .expect("it is restored");
    assert_eq!(restored.postings as usize, before.len());
    assert_eq!(restored.before, None);
    let reopened = startup::open(config, World::default())
        .await
        .expect("it opens");
    assert_eq!(exported(&Ctx::system(reopened)).await, before);
    let left: Vec<_> = fs::read_dir(safe.path()).expect("the folder").collect();
    assert_eq!(left.len(), 1, "nothing but the backup is left: {left:?}");
}

#[tokio::test]
async fn a_backup_replaces_nothing() {
    let app = TestApp::start().await;
    if !is_sqlite(&app) {
        return assert_eq!(app.app.db.backend(), DbBackend::Postgres);
    }
    let safe = folder();
    let file = safe.path().join("precious");
    fs::write(&file, "precious").expect("a file");
    let refused = backup_create(&app.system(), &file).await;
    assert!(matches!(refused, Err(Error::Conflict(_))), "{refused:?}");
    assert_eq!(fs::read_to_string(&file).expect("it is there"), "precious");
}

/// A folder with a database in use, and a backup of it beside.
async fn used(safe: &Path) -> (TempDir, Config, PathBuf) {
    let data = folder();
    let config = config_in(data.path());
    let app = startup::open(config.clone(), World::default())
        .await
        .expect("a Cadet");
    let ctx = Ctx::system(app);
    postings_import(&ctx, &fixture("feed/jobs.rss"), &|_| ())
        .await
        .expect("an import");
    let file = safe.join("backup.db");
    backup_create(&ctx, &file).await.expect("a backup");
    postings_import(&ctx, &fixture("feed/jobs.json"), &|_| ())
        .await
        .expect("an import");
    let refused = backup_restore(&config, &file, true).await;
    assert!(
        matches!(refused, Err(Error::Conflict(_))),
        "beside a running Cadet: {refused:?}"
    );
    let app = ctx.app().clone();
    drop(ctx);
    cadet::run::close(app).await;
    (data, config, file)
}

#[tokio::test]
async fn restoring_is_refused_beside_a_running_cadet_and_keeps_what_it_replaces() {
    let safe = folder();
    let (_data, config, file) = used(safe.path()).await;
    let refused = backup_restore(&config, &file, false).await;
    assert!(
        matches!(refused, Err(Error::Conflict(_))),
        "without --replace: {refused:?}"
    );
    for kept in ["cadet.db.before-restore", "cadet.db.before-restore-2"] {
        let restored = backup_restore(&config, &file, true)
            .await
            .expect("it is restored");
        let before = restored.before.expect("what was there is kept");
        assert!(
            before.ends_with(kept) && before.exists(),
            "{}",
            before.display()
        );
        assert!(
            !config.index_dir().exists(),
            "the index is rebuilt from the database"
        );
    }
    let app = startup::open(config.clone(), World::default())
        .await
        .expect("it opens");
    let ctx = Ctx::system(app);
    let restored = exported(&ctx).await;
    ctx.index
        .catch_up(&ctx.db, &|_| ())
        .await
        .expect("the index is filled");
    assert_eq!(ctx.index.document_count() as usize, restored.len());
    let before = cadet::db::Db::open_url(&format!(
        "sqlite:{}.before-restore",
        config.sqlite_path().display()
    ))
    .await;
    let before = before.expect("what was replaced opens");
    let count = cadet::postings::store::read::count(&before)
        .await
        .expect("it can be read");
    assert!(
        count as usize > restored.len(),
        "it holds what the backup does not"
    );
}

#[tokio::test]
async fn what_is_no_usable_backup_changes_nothing() {
    let safe = folder();
    let (_data, config, file) = used(safe.path()).await;
    let whole = fs::read(config.sqlite_path()).expect("the database");
    let backup = fs::read(&file).expect("the backup");
    let noise = safe.path().join("noise.db");
    fs::write(&noise, "this is no database at all, only some text").expect("a file");
    let cut = safe.path().join("cut.db");
    fs::write(&cut, &backup[..backup.len() / 2]).expect("a file");
    let newer = safe.path().join("newer.db");
    fs::write(&newer, &backup).expect("a file");
    let db = cadet::db::Db::open_url(&format!("sqlite:{}", newer.display()))
        .await
        .expect("it opens");
    let statement =
        "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m29991231_000001_future', 0)";
    db.pool()
        .execute_unprepared(statement)
        .await
        .expect("a newer schema");
    db.close().await;
    for file in [&noise, &cut, &newer] {
        let refused = backup_restore(&config, file, true).await;
        assert!(
            matches!(refused, Err(Error::Invalid { .. })),
            "{}: {refused:?}",
            file.display()
        );
    }
    let missing = backup_restore(&config, &safe.path().join("missing.db"), true).await;
    assert!(
        matches!(missing, Err(Error::NotFound { .. })),
        "{missing:?}"
    );
    assert_eq!(fs::read(config.sqlite_path()).expect("the database"), whole);
    let left = fs::read_dir(&config.data_dir)
        .expect("the folder")
        .filter_map(Result::ok);
    let left: Vec<_> = left.map(|entry| entry.file_name()).collect();
    assert!(
        !left
            .iter()
            .any(|name| name.to_string_lossy().contains("restore")),
        "{left:?}"
    );
}

/// What two Cadets should agree on, by address.
fn comparable(postings: Vec<Value>) -> BTreeMap<String, Value> {
    let mut by_address = BTreeMap::new();
    for mut posting in postings {
        let fields = posting.as_object_mut().expect("an object");
        for own in [
            "id",
            "sightings",
            "origins",
            "first_seen_at",
            "last_seen_at",
            "changed_at",
            "closed_at",
        ] {
            assert!(fields.remove(own).is_some(), "{own} is exported");
        }
        let keys = fields["keys"].as_array_mut().expect("keys");
        keys.retain(|key| key.as_str().is_some_and(|key| !key.starts_with("text:")));
        keys.sort_by_key(ToString::to_string);
        let facts = fields["facts"].as_object_mut().expect("facts");
        for fact in facts.values_mut() {
            values_only(fact);
        }
        let address = posting["url"].as_str().expect("an address").to_owned();
        by_address.insert(format!("{address} {}", posting["title"]), posting);
    }
    by_address
}

/// Of a fact only what is held to be true: the words may stand in another field of an export.
fn values_only(fact: &mut Value) {
    match fact {
        Value::Array(facts) => facts.iter_mut().for_each(values_only),
        // What is judged of a fact stands beside it as a word.
        fact if fact.is_string() => {}
        fact => *fact = fact["value"].take(),
    }
}

#[tokio::test]
async fn an_export_imported_elsewhere_and_exported_again_tells_the_same_postings() {
    let app = filled().await;
    let first = exported(&app.system()).await;
    assert!(first.len() > 5, "there is something to compare");
    let lines: Vec<String> = first.iter().map(Value::to_string).collect();
    let file = app.app.config.data_dir.join("export.jsonl");
    fs::write(&file, lines.join("\n")).expect("the folder is writable");

    let other = TestApp::start().await;
    let imported = postings_import(&other.system(), &file, &|_| ())
        .await
        .expect("an import");
    assert_eq!(imported.problems, []);
    assert_eq!(imported.counts.found as usize, first.len());
    let (first, second) = (
        comparable(first),
        comparable(exported(&other.system()).await),
    );
    assert_eq!(
        first.keys().collect::<Vec<_>>(),
        second.keys().collect::<Vec<_>>()
    );
    for (address, posting) in &first {
        let fields = posting.as_object().expect("an object");
        for (name, value) in fields {
            assert_eq!(value, &second[address][name], "{name} of {address}");
        }
    }
}

#[tokio::test]
async fn importing_twice_adds_nothing_and_is_never_polled() {
    let app = TestApp::start().await;
    let ctx = app.system();
    let list = fixture("simplify/listings.json");
    let first = postings_import(&ctx, &list, &|_| ())
        .await
        .expect("an import");
    assert_eq!(first.source.state, SourceState::Paused);
    app.clock.advance_millis(3_600_000);
    let again = postings_import(&ctx, &list, &|_| ())
        .await
        .expect("an import");
    assert_eq!(again.source.id, first.source.id);
    assert_eq!((again.counts.added, again.counts.closed), (0, 0));
    let due = cadet::postings::sources::store::due(&app.app.db, ctx.now()).await;
    assert_eq!(due.expect("the sources"), []);
}

#[tokio::test]
async fn a_bad_line_of_an_export_is_told_with_its_number_and_loses_nothing_else() {
    let app = filled().await;
    let lines: Vec<String> = exported(&app.system())
        .await
        .iter()
        .map(Value::to_string)
        .collect();
    let file = app.app.config.data_dir.join("export.jsonl");
    let text = format!(
        "{}\n{{\"title\": \"cut off\n\n{}\n{{\"title\": 7, \"url\": \"\"}}\n",
        lines[0], lines[1]
    );
    fs::write(&file, text).expect("the folder is writable");
    let other = TestApp::start().await;
    let imported = postings_import(&other.system(), &file, &|_| ())
        .await
        .expect("an import");
    assert_eq!(imported.counts.added, 2);
    let at: Vec<&str> = imported
        .problems
        .iter()
        .map(|one| one.at.as_str())
        .collect();
    assert_eq!(at, ["line 2", "line 5"]);
}

#[tokio::test]
async fn the_operator_of_a_server_for_many_imports_files_that_its_users_may_not_read() {
    let app = TestApp::start_multi_user().await;
    let ctx = app.system();
    let list = fixture("simplify/listings.json");
    let refused = source_add(&ctx, &list.display().to_string(), None).await;
    assert!(refused.is_err(), "{refused:?}");
    let imported = postings_import(&ctx, &list, &|_| ()).await;
    assert!(imported.expect("an import").counts.added > 0);
}

#[tokio::test]
async fn a_file_that_is_missing_or_holds_no_postings_is_refused() {
    let app = TestApp::start().await;
    let ctx = app.system();
    let missing = postings_import(&ctx, Path::new("/nowhere/postings.jsonl"), &|_| ()).await;
    assert!(
        matches!(missing, Err(Error::NotFound { .. })),
        "{missing:?}"
    );
    let poem = app.app.config.data_dir.join("poem.txt");
    fs::write(&poem, "The sea is calm to-night.").expect("a file");
    let refused = postings_import(&ctx, &poem, &|_| ()).await;
    assert!(matches!(refused, Err(Error::Source(_))), "{refused:?}");
    assert_eq!(exported(&ctx).await.len(), 0);
}

#[tokio::test]
async fn the_configuration_is_shown_with_its_origins_and_without_secrets() {
    let app = TestApp::start().await;
    let shown = app
        .prepared(&["config", "--json"])
        .env("CADET_MAIL__SMTP_URL", "smtp://ada:geheim@mail.example.org")
        .env(
            "CADET_FETCH__PROXY",
            "http://ada:geheim@proxy.example.org:3128",
        )
        .output()
        .await
        .expect("it runs");
    let text = String::from_utf8(shown.stdout).expect("text");
    assert!(!text.contains("geheim"), "{text}");
    let settings: Vec<Value> = serde_json::from_str(&text).expect("JSON");
    let of = |name: &str| {
        let found = settings.iter().find(|setting| setting["name"] == name);
        found.unwrap_or_else(|| panic!("{name} is not shown"))
    };
    assert_eq!(of("server.bind")["from"], "environment");
    assert_eq!(of("work.concurrency")["value"], json!(4));
    assert_eq!(of("work.concurrency")["from"], "default");
    assert_eq!(of("mail.smtp_url")["environment"], "CADET_MAIL__SMTP_URL");
}

#[tokio::test]
async fn the_nightly_clean_up_deletes_what_only_piles_up_and_no_posting() {
    let app = filled().await;
    let browser = app.owner().await;
    assert_eq!(browser.get("/settings").await.status, 200);
    let sources = source_list(&app.system()).await.expect("the sources");
    let polls = async || {
        let polls = sources::polls(&app.app.db, sources[0].id, 10).await;
        polls.expect("the polls").len()
    };
    let postings = exported(&app.system()).await.len();
    assert_eq!(polls().await, 1);
    app.clock.advance_millis(89 * DAY_MS);
    clean_up(&app).await;
    assert_eq!(polls().await, 1);
    app.clock.advance_millis(2 * DAY_MS);
    clean_up(&app).await;
    assert_eq!(polls().await, 0);
    assert_eq!(exported(&app.system()).await.len(), postings);
    let ended = accounts::forget_ended(&app.app.db, app.app.now()).await;
    assert_eq!(ended.expect("the sessions"), 0, "they are deleted already");
}

/// Runs what is scheduled for the night.
async fn clean_up(app: &TestApp) {
    let job = NewJob::new(kind::CLEAN_UP, &()).expect("a job");
    let now = app.app.now().0;
    jobs::enqueue(app.app.db.pool(), now, &job)
        .await
        .expect("it is enqueued");
    let worker = cadet::work::worker(&app.app).expect("a worker");
    let done = worker.drain().await.expect("it works");
    assert!(done.succeeded >= 1 && done.dead == 0, "{done:?}");
}
