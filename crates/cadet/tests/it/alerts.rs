//! Alerts: each posting is told of once, over every channel, whatever happens meanwhile.

mod addresses;
mod channels;
pub mod mail;
mod matching;
mod percolation;
mod schedules;

use std::sync::Arc;

use cadet::accounts::model::{AccountId, Role};
use cadet::alerts::actions::{AlertAdded, AlertDetail, alert_add, alert_show};
use cadet::alerts::model::{AlertId, AlertInput};
use cadet::postings::ingest::{Completeness, postings_ingest};
use cadet::postings::query::PostingQuery;
use cadet::postings::sources::model::{
    Listing, RawLocation, RawPosting, RawText, Source, SourceAddress, SourceKind, SourceState,
};
use cadet::postings::sources::store as sources;
use cadet::state::Ctx;

use crate::support::TestApp;

/// A Cadet that reaches webhooks on this machine.
async fn start() -> TestApp {
    TestApp::start_with(|config| {
        config.fetch.allow_private = vec!["127.0.0.1".into()];
        config.fetch.per_host_per_second = 0;
    })
    .await
}

/// Account 1.
fn me(app: &TestApp) -> Ctx {
    app.person(AccountId::LOCAL, Role::Admin)
}

/// A source that nobody polls.
async fn source(app: &TestApp, kind: SourceKind, address: &str) -> Source {
    let address = SourceAddress {
        kind,
        address: address.into(),
    };
    let transaction = app.app.db.begin().await.expect("a transaction");
    let now = app.app.now();
    let added = sources::insert(&transaction, now, &address, &address.address, None, 60).await;
    let (id, _) = added.expect("a source");
    let paused = SourceState::Paused;
    sources::set_state(&transaction, now, id, paused)
        .await
        .expect("a paused source");
    transaction.commit().await.expect("a commit");
    sources::get(&app.app.db, id).await.expect("a source")
}

/// A backend internship on the board `northlight`.
fn opening(number: u32, title: &str) -> RawPosting {
    RawPosting {
        outline: false,
        external_id: number.to_string(),
        url: format!("https://boards.greenhouse.io/northlight/jobs/{number}"),
        apply_url: None,
        title: title.into(),
        company: Some("Northlight".into()),
        locations: vec![place("Berlin, Germany")],
        workplace: None,
        description: Some(RawText::Plain(format!(
            "As a backend intern you build REST services in Java with PostgreSQL. Reference {number}."
        ))),
        pay: None,
        employment_type: Some("Intern".into()),
        department: None,
        terms: Vec::new(),
        sponsorship: None,
        requisition: None,
        posted: None,
        updated: None,
        deadline: None,
        language: None,
        listing: Listing::Open,
        raw: serde_json::Value::Null,
    }
}

fn place(text: &str) -> RawLocation {
    RawLocation {
        text: Some(text.into()),
        ..RawLocation::default()
    }
}

/// Stores a complete poll of a source.
async fn ingest(app: &TestApp, source: &Source, postings: Vec<RawPosting>) {
    let whole = Completeness {
        complete: true,
        doubted_before: None,
    };
    let done = postings_ingest(&app.system(), source, postings.into_iter(), whole, &|_| ()).await;
    let done = done.expect("an ingest");
    assert!(done.problems.is_empty(), "{:?}", done.problems);
}

/// Runs every job that is due.
async fn work(app: &TestApp) {
    let worker = cadet::work::worker(&app.app).expect("a worker");
    worker.drain().await.expect("no outage");
}

/// An alert for Java internships.
fn java() -> AlertInput {
    AlertInput {
        name: "Java".into(),
        query: PostingQuery::parse_str("q=java&internship=yes").expect("it works"),
        ..AlertInput::default()
    }
}

async fn add(app: &TestApp, input: AlertInput) -> AlertAdded {
    alert_add(&me(app), input, false).await.expect("it works")
}

async fn shown(app: &TestApp, id: AlertId) -> AlertDetail {
    alert_show(&me(app), id).await.expect("it works")
}

/// Titles of what an alert found, the first found first.
async fn titles(app: &TestApp, id: AlertId) -> Vec<String> {
    let found = shown(app, id).await.matches;
    found.into_iter().rev().map(|one| one.title).collect()
}

/// Something on this machine that takes POSTs, and what it got.
struct Receiver {
    url: String,
    got: Arc<std::sync::Mutex<Vec<(http::HeaderMap, String)>>>,
    task: tokio::task::JoinHandle<()>,
}

impl Receiver {
    /// Answers with these statuses in turn, and with the last one from then on.
    async fn answering(statuses: &[u16]) -> Self {
        let got = Arc::<std::sync::Mutex<Vec<_>>>::default();
        let (kept, statuses) = (Arc::clone(&got), statuses.to_vec());
        let take = move |headers: http::HeaderMap, body: String| {
            let (kept, statuses) = (Arc::clone(&kept), statuses.clone());
            async move {
                let mut kept = kept.lock().expect("it works");
                kept.push((headers, body));
                let status = statuses[(kept.len() - 1).min(statuses.len() - 1)];
                (
                    http::StatusCode::from_u16(status).expect("it works"),
                    "said the hook",
                )
            }
        };
        let router = axum::Router::new().route("/hook", axum::routing::post(take));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
            .await
            .expect("it works");
        let url = format!("http://{}/hook", listener.local_addr().expect("it works"));
        let task =
            tokio::spawn(async move { axum::serve(listener, router).await.expect("it works") });
        Self { url, got, task }
    }

    fn got(&self) -> Vec<(http::HeaderMap, String)> {
        self.got.lock().expect("it works").clone()
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.task.abort();
    }
}
