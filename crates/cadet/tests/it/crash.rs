//! `kill -9` in the middle of a sync loses nothing and does nothing twice.
//!
//! The points of the kills are seeded and follow observed progress: the number of requests that the site has got, or of
//! events that the database holds. They do not follow the clock.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::Router;
use axum::extract::{Path, State};
use axum::routing::get;
use cadet::events::{self, Event};
use cadet::operations::store::damage;
use cadet::postings::actions::posting_export;
use cadet::postings::model::PostingId;
use cadet::postings::record::Status;
use cadet::postings::sources::actions::source_add_candidate;
use cadet::postings::sources::detect::Candidate;
use cadet::postings::sources::model::{SourceAddress, SourceKind};
use sea_orm::ConnectionTrait as _;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::support::TestApp;

const KILLS: usize = 20;
const LISTS: usize = 4;
/// Openings of one list; two neighbours share half of theirs.
const WIDTH: usize = 40;
/// Longest that a sync may take here before the test is given up; it never decides anything else.
const PATIENCE: Duration = Duration::from_secs(120);

/// A site with lists that move on by one opening from sync to sync.
#[derive(Clone)]
struct Site {
    round: Arc<AtomicUsize>,
    requests: watch::Sender<usize>,
    address: String,
}

impl Site {
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let site = Self {
            round: Arc::default(),
            requests: watch::Sender::new(0),
            address: listener.local_addr().expect("a bound port").to_string(),
        };
        let router = Router::new()
            .route("/lists/{number}", get(list))
            .with_state(site.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        site
    }

    fn numbers(&self, list: usize) -> std::ops::Range<usize> {
        let begin = list * WIDTH / 2 + self.round.load(Ordering::SeqCst);
        begin..begin + WIDTH
    }
}

async fn list(State(site): State<Site>, Path(number): Path<String>) -> axum::Json<Value> {
    site.requests.send_modify(|count| *count += 1);
    let number: usize = number.trim_end_matches(".json").parse().expect("a number");
    let records = site.numbers(number).map(|opening| {
        json!({
            "id": format!("{number}-{opening}"),
            "title": "Backend Engineering Intern",
            "company_name": format!("Employer {opening}"),
            "url": url(opening),
            "locations": ["Berlin, Germany"],
            "terms": ["Summer 2027"],
            "active": true,
            "is_visible": true,
            "date_posted": 1_795_000_000,
        })
    });
    axum::Json(records.collect())
}

fn url(opening: usize) -> String {
    format!("https://employer-{opening}.example/positions/backend-{opening}")
}

/// Numbers that look random and are the same in every run.
struct Seeded(u64);

impl Seeded {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % end as u64).expect("it is below a usize")
    }
}

/// Starts `cadet sync`, ends it with SIGKILL at the chosen point, and tells whether it was still running then.
async fn killed_sync(app: &TestApp, site: &Site, by_requests: bool, marks: usize) -> bool {
    let mut requests = site.requests.subscribe();
    let before = *requests.borrow_and_update();
    let events_before = event_count(app).await;
    let mut child = sync(app, site).spawn().expect("the binary runs");
    let reached = async {
        if by_requests {
            let reached = requests.wait_for(|count| *count >= before + marks).await;
            reached.expect("the site runs");
        } else {
            while event_count(app).await < events_before + marks {
                tokio::task::yield_now().await;
            }
        }
    };
    let running = tokio::select! {
        () = reached => true,
        done = child.wait() => {
            assert!(done.expect("it ends").success(), "a sync that is left alone succeeds");
            false
        }
        () = tokio::time::sleep(PATIENCE) => panic!("the sync made no progress"),
    };
    child.kill().await.expect("it is dead now");
    // What the dead one had claimed is free again after a while; the test does not wait for that.
    let claims = "UPDATE source SET polling_until = NULL";
    let freed = app.app.db.pool().execute_unprepared(claims).await;
    freed.expect("the claims are freed");
    running
}

fn sync(app: &TestApp, site: &Site) -> tokio::process::Command {
    let mut command = app.prepared(&["sync", "--quiet"]);
    command
        .env(
            "CADET_FETCH__ALLOW_PRIVATE",
            format!("[\"{}\"]", site.address),
        )
        .env("CADET_FETCH__PER_HOST_PER_SECOND", "0")
        .env("CADET_FETCH__RETRIES", "0")
        .stdout(Stdio::null())
        .stderr(Stdio::inherit());
    command
}

async fn event_count(app: &TestApp) -> usize {
    let last = events::last_id(&app.app.db).await.expect("the event log");
    usize::try_from(last).expect("it counts from one")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sync_killed_twenty_times_loses_nothing_and_doubles_nothing() {
    let app = TestApp::start().await;
    let site = Site::start().await;
    for number in 0..LISTS {
        let candidate = Candidate {
            address: SourceAddress {
                kind: SourceKind::Simplify,
                address: format!("http://{}/lists/{number}.json", site.address),
            },
            name: Some(format!("List {number}")),
            why: "a test".into(),
        };
        let added = source_add_candidate(&app.system(), candidate, None, Vec::new()).await;
        added.expect("a source");
    }
    let mut seeded = Seeded(0x05ca_1ab1_e0dd_ba11);
    let mut killed = 0;
    for kill in 0..KILLS {
        site.round.store(kill, Ordering::SeqCst);
        let marks = 1 + seeded.below(LISTS);
        killed += usize::from(killed_sync(&app, &site, kill % 2 == 0, marks).await);
    }
    assert!(
        killed >= KILLS / 2,
        "only {killed} of {KILLS} were killed while they ran"
    );

    site.round.store(KILLS, Ordering::SeqCst);
    let undisturbed = sync(&app, &site).status().await.expect("it runs");
    assert!(undisturbed.success());
    check_postings(&app, &site).await;
    check_events(&app).await;
    let damage = damage(&app.app.db).await.expect("the check runs");
    assert!(damage.is_empty(), "{damage:?}");
}

/// Each opening is one posting; it is surely open exactly when it is listed, and seen exactly where it is.
async fn check_postings(app: &TestApp, site: &Site) {
    let postings = posting_export(&app.system(), PostingId(0), 10_000).await;
    let postings = postings.expect("the postings");
    let mut listed: BTreeMap<String, usize> = BTreeMap::new();
    for opening in (0..LISTS).flat_map(|list| site.numbers(list)) {
        *listed.entry(url(opening)).or_default() += 1;
    }
    let addresses: BTreeSet<&str> = postings.iter().map(|one| one.url.as_str()).collect();
    assert_eq!(addresses.len(), postings.len(), "an opening is there twice");
    for address in listed.keys() {
        assert!(addresses.contains(address.as_str()), "{address} is lost");
    }
    for posting in &postings {
        let sure = posting.sightings.iter();
        let there = sure.filter(|one| one.standing == "open");
        let expected = listed.get(&posting.url).copied().unwrap_or(0);
        assert_eq!(there.count(), expected, "{}", posting.url);
        // What no list has any more is in doubt until a later look agrees.
        let doubted = posting.suspect_since.is_some();
        assert_eq!(
            posting.status == Status::Open && !doubted,
            expected > 0,
            "{}",
            posting.url
        );
    }
    let found = app.command(&["search", "--json", "--limit", "1"], "").await;
    let found: Value = serde_json::from_str(&found.text).expect("JSON");
    assert_eq!(
        found["total"],
        json!(postings.len()),
        "the index holds what the database holds"
    );
}

/// Every posting was new exactly once, and each event that calls for a job has one.
async fn check_events(app: &TestApp) {
    let logged = events::read_after(&app.app.db, 0, 10_000).await;
    let mut appeared: BTreeMap<PostingId, usize> = BTreeMap::new();
    let mut calling = 0;
    for logged in logged.expect("the log") {
        if let Event::PostingsStored { new, reopened, .. } = &logged.event {
            calling += i64::from(!new.is_empty() || !reopened.is_empty());
            for id in new {
                *appeared.entry(*id).or_default() += 1;
            }
        }
    }
    let postings = posting_export(&app.system(), PostingId(0), 10_000).await;
    let ids: Vec<PostingId> = postings
        .expect("the postings")
        .iter()
        .map(|one| one.id)
        .collect();
    assert_eq!(appeared.keys().copied().collect::<Vec<_>>(), ids);
    assert!(appeared.values().all(|times| *times == 1), "{appeared:?}");
    let counts = jobs::counts(app.app.db.pool()).await.expect("the queue");
    let matching = counts
        .iter()
        .filter(|count| count.kind == cadet::flow::kind::ALERTS_MATCH);
    assert_eq!(matching.map(|count| count.jobs).sum::<i64>(), calling);
}
