//! Boards that postings lead to, adding many boards at once, and the directory; on whichever database the suite runs.

use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use cadet::accounts::model::{AccountId, Scope};
use cadet::postings::ingest::{Completeness, postings_ingest};
use cadet::postings::sources::actions::source_list;
use cadet::postings::sources::discovery::actions::{
    proposal_add, proposal_add_all, proposal_count, proposal_dismiss, proposal_list,
    proposal_restore,
};
use cadet::postings::sources::discovery::model::{Place, Proposal, ProposalId, Which};
use cadet::postings::sources::discovery::note::{boards_note, boards_scan};
use cadet::postings::sources::intake::actions::{intake_retry, intake_show};
use cadet::postings::sources::intake::model::Stage;
use cadet::postings::sources::model::{
    Listing, RawPosting, Source, SourceAddress, SourceErrorKind, SourceKind,
};
use cadet::postings::sources::store;
use serde_json::json;
use tokio::net::TcpListener;

use crate::support::{TestApp, sample};

/// Serves Greenhouse boards: `northlight` and `brookline` have jobs, everything else is missing.
async fn boards() -> String {
    async fn jobs(Path(token): Path<String>) -> Response {
        if !["northlight", "brookline"].contains(&token.as_str()) {
            return StatusCode::NOT_FOUND.into_response();
        }
        let job = json!({
            "id": 4_100_001, "internal_job_id": 1, "title": "Backend Engineering Intern", "company_name": "Northlight",
            "location": { "name": "Berlin, Germany" }, "content": "You build services in Java.",
            "absolute_url": format!("https://boards.greenhouse.io/{token}/jobs/4100001"), "updated_at": "2026-11-20T09:00:00Z",
        });
        axum::Json(json!({ "jobs": [job], "meta": { "total": 1 } })).into_response()
    }
    let router = Router::new().route("/v1/boards/{token}/jobs", get(jobs));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    base
}

async fn start() -> TestApp {
    let base = boards().await;
    TestApp::start_with(|config| {
        config.fetch.allow_private = vec!["127.0.0.1".into()];
        config.fetch.per_host_per_second = 1_000;
        config.endpoints.greenhouse = base;
    })
    .await
}

/// A community list that nobody polls.
async fn list(app: &TestApp) -> Source {
    let address = SourceAddress {
        kind: SourceKind::Simplify,
        address: "https://lists.example/listings.json".into(),
    };
    let transaction = app.app.db.begin().await.unwrap();
    let (id, _) = store::insert(
        &transaction,
        app.app.now(),
        &address,
        "Spring List",
        None,
        60,
    )
    .await
    .unwrap();
    transaction.commit().await.unwrap();
    store::get(&app.app.db, id).await.unwrap()
}

fn row(number: u32, board: &str, title: &str) -> RawPosting {
    RawPosting {
        external_id: format!("{board}-{number}"),
        url: format!("https://boards.greenhouse.io/{board}/jobs/{number}"),
        title: title.into(),
        company: Some(board.to_uppercase()),
        ..RawPosting::default()
    }
}

/// Stores what the list tells, and does the work that follows.
async fn tell(app: &TestApp, list: &Source, rows: Vec<RawPosting>) {
    app.clock.advance_millis(3_600_000);
    let whole = Completeness {
        complete: true,
        doubted_before: None,
    };
    let told = postings_ingest(&app.system(), list, rows.into_iter(), whole, &|_| ()).await;
    told.unwrap();
    work(app).await;
}

async fn work(app: &TestApp) {
    cadet::work::worker(&app.app)
        .unwrap()
        .drain()
        .await
        .unwrap();
}

fn four() -> Vec<RawPosting> {
    vec![
        row(4_000_001, "northlight", "Backend Developer Intern"),
        row(4_000_002, "northlight", "Backend Engineer Intern, Payments"),
        row(4_000_003, "northlight", "Sales Manager"),
        row(4_000_004, "brookline", "Backend Intern (Java)"),
    ]
}

async fn proposals(app: &TestApp) -> Vec<Proposal> {
    proposal_list(&app.system(), Which::Open, None, 50)
        .await
        .unwrap()
}

fn names(proposals: &[Proposal]) -> Vec<&str> {
    proposals
        .iter()
        .map(|one| one.address.address.as_str())
        .collect()
}

#[tokio::test]
async fn boards_behind_a_list_are_proposed_the_most_backend_internships_first() {
    let app = start().await;
    let list = list(&app).await;
    tell(&app, &list, four()).await;
    let found = proposals(&app).await;
    assert_eq!(names(&found), ["northlight", "brookline"]);
    let first = &found[0];
    assert_eq!(
        (first.postings, first.open, first.open_backend_internships),
        (3, 3, 2)
    );
    assert_eq!(
        first.why,
        "Seen in 3 postings of Spring List, 2 of them open backend internships."
    );
    assert_eq!(proposal_count(&app.system(), Which::Open).await.unwrap(), 2);
}

#[tokio::test]
async fn what_closes_no_longer_counts_as_open() {
    let app = start().await;
    let list = list(&app).await;
    tell(&app, &list, four()).await;
    let mut rows = four();
    rows[0].listing = Listing::Closed;
    tell(&app, &list, rows).await;
    let first = proposals(&app).await.remove(0);
    assert_eq!(
        (first.postings, first.open, first.open_backend_internships),
        (3, 2, 1)
    );
}

#[tokio::test]
async fn noting_the_same_postings_again_changes_nothing() {
    let app = start().await;
    let list = list(&app).await;
    tell(&app, &list, four()).await;
    let before = proposals(&app).await;
    let ctx = app.system();
    let all: Vec<_> = (1..=4).map(cadet::postings::model::PostingId).collect();
    boards_note(&ctx, &all).await.unwrap();
    boards_scan(&ctx).await.unwrap();
    boards_scan(&ctx).await.unwrap();
    assert_eq!(proposals(&app).await, before);
}

#[tokio::test]
async fn postings_from_before_are_looked_through_once() {
    let app = start().await;
    let list = list(&app).await;
    let whole = Completeness {
        complete: true,
        doubted_before: None,
    };
    let ctx = app.system();
    postings_ingest(&ctx, &list, four().into_iter(), whole, &|_| ())
        .await
        .unwrap();
    assert!(proposals(&app).await.is_empty(), "no job has run yet");
    boards_scan(&ctx).await.unwrap();
    assert_eq!(proposals(&app).await.len(), 2);
}

#[tokio::test]
async fn a_board_that_is_a_source_is_not_proposed() {
    let app = start().await;
    sample::board(&app).await;
    let list = list(&app).await;
    tell(&app, &list, four()).await;
    assert_eq!(names(&proposals(&app).await), ["brookline"]);
    assert_eq!(proposal_count(&app.system(), Which::Open).await.unwrap(), 1);
}

#[tokio::test]
async fn a_dismissed_board_stays_away_until_that_is_taken_back() {
    let app = start().await;
    let list = list(&app).await;
    tell(&app, &list, four()).await;
    let ctx = app.system();
    let id = proposals(&app).await[0].id;
    proposal_dismiss(&ctx, id).await.unwrap();
    tell(
        &app,
        &list,
        vec![row(4_000_009, "northlight", "Backend Intern, Search")],
    )
    .await;
    assert_eq!(names(&proposals(&app).await), ["brookline"]);
    let dismissed = proposal_list(&ctx, Which::Dismissed, None, 9)
        .await
        .unwrap();
    assert_eq!(names(&dismissed), ["northlight"]);
    proposal_restore(&ctx, id).await.unwrap();
    assert_eq!(proposals(&app).await.len(), 2);
    let missing = proposal_dismiss(&ctx, ProposalId(99)).await.unwrap_err();
    assert_eq!(missing.exit_code(), 3);
}

#[tokio::test]
async fn the_ranking_goes_on_where_a_page_ended() {
    let app = start().await;
    let list = list(&app).await;
    let rows = (0..9).map(|n| row(4_000_100 + n, &format!("board{n}"), "Backend Intern"));
    tell(&app, &list, rows.collect()).await;
    let ctx = app.system();
    let (mut all, mut after) = (Vec::new(), None);
    loop {
        let page = proposal_list(&ctx, Which::Open, after, 4).await.unwrap();
        let Some(last) = page.last() else { break };
        after = Some(Place::of(last));
        all.extend(page.iter().map(|one| one.id));
    }
    all.sort();
    all.dedup();
    assert_eq!(all.len(), 9);
}

#[tokio::test]
async fn adding_reads_each_board_once_in_the_background_and_tells_what_failed() {
    let app = start().await;
    let list = list(&app).await;
    let mut rows = four();
    rows.push(row(4_000_005, "vanished", "Backend Intern"));
    tell(&app, &list, rows).await;
    let ctx = app.system();
    let intake = proposal_add_all(&ctx).await.unwrap();
    assert_eq!(
        (intake.total, intake.waiting),
        (3, 3),
        "the request itself reads nothing"
    );
    assert_eq!(source_list(&ctx).await.unwrap().len(), 1);
    work(&app).await;
    let detail = intake_show(&ctx, intake.id).await.unwrap();
    assert_eq!(
        (
            detail.intake.added,
            detail.intake.failed,
            detail.intake.found
        ),
        (2, 1, 2)
    );
    let failed = detail
        .boards
        .iter()
        .find(|board| board.item.stage == Stage::Failed)
        .unwrap();
    assert_eq!(failed.item.address.address, "vanished");
    assert_eq!(
        failed.item.error.as_ref().unwrap().kind,
        SourceErrorKind::NotFound
    );
    assert!(failed.advice.is_some());
    let sources = source_list(&ctx).await.unwrap();
    assert_eq!(sources.len(), 3, "what cannot be read is no source");
    assert!(
        sources
            .iter()
            .any(|source| source.address.address == "northlight" && source.open_count == 1)
    );
    assert_eq!(names(&proposals(&app).await), ["vanished"]);
}

#[tokio::test]
async fn what_failed_can_be_tried_again_and_what_is_there_is_only_told() {
    let app = start().await;
    let list = list(&app).await;
    tell(
        &app,
        &list,
        vec![
            row(4_000_005, "vanished", "Backend Intern"),
            row(4_000_001, "northlight", "Backend Intern"),
        ],
    )
    .await;
    let ctx = app.system();
    let ids: Vec<ProposalId> = proposals(&app).await.iter().map(|one| one.id).collect();
    let intake = proposal_add(&ctx, &ids).await.unwrap();
    work(&app).await;
    let again = intake_retry(&ctx, intake.id).await.unwrap();
    assert_eq!((again.added, again.waiting, again.failed), (1, 1, 0));
    work(&app).await;
    let detail = intake_show(&ctx, intake.id).await.unwrap();
    assert_eq!((detail.intake.added, detail.intake.failed), (1, 1));
    let second = proposal_add(&ctx, &ids).await.unwrap();
    assert_eq!((second.known, second.waiting), (1, 1));
}

#[tokio::test]
async fn the_pages_lead_from_the_choice_to_the_progress() {
    let app = start().await;
    let list = list(&app).await;
    tell(&app, &list, four()).await;
    let owner = app.owner().await;
    let page = owner.get("/sources/discover").await;
    assert!(page.text.contains("NORTHLIGHT") && page.text.contains("2 boards"));
    let id = proposals(&app).await[0].id.to_string();
    let nothing = owner.post_form("/sources/discover", &[]).await;
    assert_eq!(nothing.header("location"), "/sources/discover");
    assert!(
        owner
            .get("/sources/discover")
            .await
            .text
            .contains("Tick at least one board first.")
    );
    let added = owner
        .post_form("/sources/discover", &[("board", &id), ("board", "junk")])
        .await;
    let progress = added.header("location").to_owned();
    assert!(owner.get(&progress).await.text.contains("0 of 1 read"));
    work(&app).await;
    assert!(
        owner
            .get(&progress)
            .await
            .text
            .contains("1 of 1 is a source now")
    );
    let other = proposals(&app).await[0].id;
    let gone = owner
        .post_form(&format!("/sources/discover/{other}/dismiss"), &[])
        .await;
    let undo = owner.get(gone.header("location")).await;
    assert!(undo.text.contains("Undo") && undo.text.contains("No board to propose"));
}

#[tokio::test]
async fn the_directory_is_chosen_from_by_filters_and_its_employers_are_added() {
    let app = start().await;
    let owner = app.owner().await;
    let welcome = owner.get("/welcome").await;
    assert!(welcome.text.contains("Choose employers") && welcome.text.contains("Germany ("));
    let all = owner.get("/sources/directory").await;
    assert!(all.text.contains("Add these") && all.text.contains("rel=\"next\""));
    let some = owner
        .get("/sources/directory?country=DE&field=fintech&size=M")
        .await;
    assert!(some.text.len() < all.text.len());
    assert_eq!(
        owner.get("/sources/directory?country=Mars").await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let none = owner
        .get("/sources/directory?name=wordthatoccursnowhere")
        .await;
    assert!(none.text.contains("No employer fits all of this"));
    let unknown = owner
        .post_form(
            "/sources/directory",
            &[("employer", "greenhouse:nobody-at-all")],
        )
        .await;
    assert_eq!(unknown.header("location"), "/sources/directory");
    let added = owner
        .post_form(
            "/sources/directory/all",
            &[("country", "DE"), ("field", "games")],
        )
        .await;
    assert!(
        added.header("location").starts_with("/sources/intake/"),
        "{}",
        added.text
    );
}

#[tokio::test]
async fn programs_list_add_and_dismiss_over_the_interface() {
    let app = start().await;
    let list = list(&app).await;
    tell(&app, &list, four()).await;
    let program = app.with_token(AccountId::LOCAL, &Scope::ALL).await;
    let page = program.get("/api/v1/sources/proposals?limit=1").await;
    let body = page.json();
    assert_eq!(body["items"][0]["address"], "northlight");
    assert_eq!(body["items"][0]["seen_in"][0]["postings"], 3);
    let next = body["next"].as_str().unwrap();
    let rest = program
        .get(&format!("/api/v1/sources/proposals?cursor={next}"))
        .await
        .json();
    assert_eq!(rest["items"][0]["address"], "brookline");
    let id = rest["items"][0]["id"].to_string();
    let dismissed = format!("/api/v1/sources/proposals/{id}/dismissed");
    let put = program
        .send_json(reqwest::Method::PUT, &dismissed, &json!({}))
        .await;
    assert_eq!(put.status, StatusCode::OK);
    let kept = program
        .get("/api/v1/sources/proposals?dismissed=true")
        .await
        .json();
    assert_eq!(kept["items"].as_array().unwrap().len(), 1);
    assert_eq!(program.delete(&dismissed).await.status, StatusCode::OK);
    let added = program
        .post_json(
            "/api/v1/sources/proposals",
            &json!({ "proposals": [body["items"][0]["id"]] }),
        )
        .await;
    assert_eq!(added.status, StatusCode::ACCEPTED);
    let intake = format!("/api/v1/sources/intakes/{}", added.json()["id"]);
    assert_eq!(program.get(&intake).await.json()["waiting"], 1);
    let directory = program
        .get("/api/v1/sources/directory?country=DE&field=fintech")
        .await
        .json();
    assert!(directory["total"].as_u64().unwrap() > 0);
    let key = directory["items"][0]["key"].as_str().unwrap().to_owned();
    let chosen = program
        .post_json("/api/v1/sources/directory", &json!({ "employers": [key] }))
        .await;
    assert_eq!(chosen.status, StatusCode::ACCEPTED);
    let empty = program
        .post_json("/api/v1/sources/directory", &json!({ "employers": [] }))
        .await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn the_commands_list_add_and_take_back() {
    let app = start().await;
    let list = list(&app).await;
    tell(&app, &list, four()).await;
    let listed = app.command(&["source", "discover", "--json"], "").await;
    let found: serde_json::Value = serde_json::from_str(&listed.text).unwrap();
    assert_eq!(found[0]["address"], "northlight", "{}", listed.errors);
    let id = found[0]["id"].to_string();
    let gone = app
        .command(&["source", "discover", "--dismiss", &id], "")
        .await;
    assert!(gone.text.contains("--restore"), "{}", gone.errors);
    let back = app
        .command(&["source", "discover", "--restore", &id], "")
        .await;
    assert_eq!(back.code, Some(0));
    let directory = app
        .command(
            &[
                "source",
                "directory",
                "--country",
                "DE",
                "--field",
                "fintech",
                "--json",
            ],
            "",
        )
        .await;
    let employers: serde_json::Value = serde_json::from_str(&directory.text).unwrap();
    assert!(!employers.as_array().unwrap().is_empty());
    let wrong = app
        .command(&["source", "directory", "--field", "knitting"], "")
        .await;
    assert_eq!(wrong.code, Some(2));
}
