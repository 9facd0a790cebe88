//! Workable: a job once for each place, one request at a time, and what the Markdown page still shows.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::routing::get;
use proptest::prelude::*;

use super::*;
use crate::postings::sources::model::RawDate;
use crate::postings::sources::testing::{
    address, by_id, damaged, fixture, shared, site, site_with,
};

fn board() -> Vec<RawPosting> {
    let parsed = parse(&fixture("workable/board.json"), "larkfield").unwrap();
    assert!(parsed.whole && parsed.problems.is_empty());
    parsed.postings
}

#[test]
fn a_shortcode_that_is_repeated_for_each_location_is_one_posting_with_all_of_them() {
    let board = board();
    assert_eq!(board.len(), 2);
    let places: Vec<_> = board[0]
        .locations
        .iter()
        .map(|place| (place.city.as_deref(), place.country.as_deref()))
        .collect();
    assert_eq!(
        places,
        [(None, Some("Spain")), (Some("Porto"), Some("Portugal"))],
        "a hidden place is not told"
    );
}

#[test]
fn the_order_of_the_repetitions_changes_nothing_but_the_order_of_places() {
    let mut answer: Value = serde_json::from_str(&fixture("workable/board.json")).unwrap();
    answer["jobs"].as_array_mut().unwrap().reverse();
    let turned = parse(&answer.to_string(), "larkfield").unwrap().postings;
    let (one, other) = (by_id(&turned, "A1B2C3D4E5"), &board()[0]);
    assert_eq!(one.raw, other.raw);
    assert_eq!(one.locations.len(), other.locations.len());
}

#[test]
fn the_rest_is_as_the_board_says() {
    let board = board();
    let intern = &board[0];
    assert_eq!(intern.company.as_deref(), Some("Larkfield"));
    assert_eq!(intern.workplace.as_deref(), Some("remote"));
    assert_eq!(intern.employment_type.as_deref(), Some("Internship"));
    assert_eq!(intern.requisition.as_deref(), Some("ENG-7"));
    assert_eq!(intern.posted, Some(RawDate::Text("2026-10-05".to_owned())));
    assert!(intern.description.is_some());
    assert_eq!(board[1].workplace, None, "not remote may still be hybrid");
    assert_eq!(board[1].locations[0].city.as_deref(), Some("Athens"));
    assert_eq!(board[1].department.as_deref(), Some("Operations"));
}

fn answering(status: StatusCode) -> Router {
    Router::new()
        .route(
            "/workable/api/v1/widget/accounts/{name}",
            get(move || async move { status }),
        )
        .route(
            "/workable/{name}/jobs.md",
            get(|Path(name): Path<String>| async move {
                match name.as_str() {
                    "larkfield" => fixture("workable/jobs.md").into_response(),
                    _ => StatusCode::NOT_FOUND.into_response(),
                }
            }),
        )
}

#[tokio::test]
async fn when_the_interface_bars_the_markdown_page_gives_outlines_and_never_a_whole_board() {
    for status in [StatusCode::TOO_MANY_REQUESTS, StatusCode::FORBIDDEN] {
        let (_site, ctx) = site(answering(status)).await;
        let fetched = Workable
            .fetch(&ctx, &address(SourceKind::Workable, "larkfield"), None)
            .await
            .unwrap();
        assert!(!fetched.complete, "the page ends after thirty jobs");
        assert_eq!(fetched.postings.len(), 2);
        assert!(fetched.postings.iter().all(|posting| posting.outline));
        assert!(fetched.problems[0].message.contains("bars"));
        let barred = Workable
            .fetch(&ctx, &address(SourceKind::Workable, "other"), None)
            .await
            .unwrap_err();
        assert!(is_barred(barred.kind), "{barred}");
    }
}

#[tokio::test]
async fn an_account_that_is_not_there_is_not_looked_for_elsewhere() {
    let (_site, ctx) = site(answering(StatusCode::NOT_FOUND)).await;
    let error = Workable
        .fetch(&ctx, &address(SourceKind::Workable, "larkfield"), None)
        .await
        .unwrap_err();
    assert_eq!(error.kind, SourceErrorKind::NotFound);
    assert!(
        error.message.contains("Workable has no job board"),
        "{error}"
    );
}

#[tokio::test]
async fn boards_are_asked_for_one_at_a_time() {
    let (under_way, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let (here, peak) = (under_way.clone(), most.clone());
    let poll = move || {
        let (here, peak) = (here.clone(), peak.clone());
        async move {
            peak.fetch_max(here.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
            // Others get their turn to come in here, if they may.
            for _ in 0..50 {
                tokio::task::yield_now().await;
            }
            here.fetch_sub(1, Ordering::SeqCst);
            fixture("workable/board.json")
        }
    };
    let settings = crate::fetch::Settings {
        per_host_concurrency: 8,
        ..crate::fetch::testing::settings()
    };
    let router = Router::new().route("/workable/api/v1/widget/accounts/{name}", get(poll));
    let (_site, ctx) = site_with(router, settings).await;
    let polls = ["a1", "b1", "c1", "d1"].map(|name| {
        let ctx = ctx.clone();
        async move {
            let address = address(SourceKind::Workable, name);
            Workable.fetch(&ctx, &address, None).await.unwrap().complete
        }
    });
    assert!(
        futures::future::join_all(polls)
            .await
            .into_iter()
            .all(|whole| whole)
    );
    assert_eq!(most.load(Ordering::SeqCst), 1);
}

#[test]
fn the_markdown_page_is_read_as_a_table_or_as_a_list() {
    let table = parse_markdown(&fixture("workable/jobs.md"), "larkfield");
    assert!(!table.whole);
    assert_eq!(table.name.as_deref(), Some("Larkfield"));
    let intern = &table.postings[0];
    assert_eq!(
        (intern.external_id.as_str(), intern.title.as_str()),
        ("A1B2C3D4E5", "Backend Intern")
    );
    assert_eq!(
        intern.url, "https://apply.workable.com/larkfield/j/A1B2C3D4E5",
        "not the page of the Markdown"
    );
    assert_eq!(intern.posted, Some(RawDate::Text("2026-10-05".to_owned())));
    assert_eq!(table.postings[1].department, None);
    let list = "# Larkfield - Current Openings\n\n- [Backend Intern](https://apply.workable.com/larkfield/j/A1B2C3D4E5/) - Porto, Portugal\n";
    let listed = parse_markdown(list, "larkfield");
    assert_eq!(listed.postings[0].title, "Backend Intern");
    assert_eq!(
        listed.postings[0].locations[0].text.as_deref(),
        Some("Porto, Portugal")
    );
}

#[test]
fn an_empty_board_is_whole_and_what_is_no_board_is_malformed() {
    assert!(parse(r#"{"name": "L", "jobs": []}"#, "l").unwrap().whole);
    for body in ["[]", "{}", "<!doctype html>"] {
        let error = parse(body, "l").unwrap_err();
        assert_eq!(error.kind, SourceErrorKind::Malformed, "{body}");
    }
}

#[test]
fn a_real_answer_is_read_in_full() {
    let Some(body) = shared("ats/workable.json") else {
        return;
    };
    let parsed = parse(&body, "z").unwrap();
    assert_eq!((parsed.postings.len(), parsed.whole), (1, true));
    assert_eq!(parsed.postings[0].locations.len(), 2);
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(body in any::<String>()) {
        prop_assert!(parse(&body, "t").err().is_none_or(|error| !error.message.is_empty()));
        prop_assert!(!parse_markdown(&body, "t").whole);
    }

    #[test]
    fn damaged_answers_are_read_or_refused(rule in 0_u8..5, seed in any::<usize>()) {
        if let Ok(parsed) = parse(&damaged(&fixture("workable/board.json"), rule, seed), "t") {
            prop_assert!(parsed.postings.iter().all(|posting| !posting.external_id.is_empty() && !posting.title.is_empty()));
        }
        let parsed = parse_markdown(&damaged(&fixture("workable/jobs.md"), rule, seed), "t");
        prop_assert!(parsed.postings.iter().all(|posting| !posting.external_id.is_empty()));
    }
}
