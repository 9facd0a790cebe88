//! Lever: the answer with its traps, and the pages of a site.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use axum::extract::Query;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Redirect};
use axum::routing::get;
use proptest::prelude::*;
use serde::Deserialize;
use serde_json::{Value, json};

use super::*;
use crate::postings::sources::testing::{address, damaged, fixture, shared, site};

fn first() -> RawPosting {
    parse(&fixture("lever/site.json"), "fernhollow")
        .unwrap()
        .postings
        .remove(0)
}

#[test]
fn the_text_is_description_lists_and_closing_in_one() {
    let Some(RawText::Html(html)) = first().description else {
        panic!("the description is HTML")
    };
    let parts = [
        "<div>Who we are.</div><div>What we do.</div>",
        "<h3>You know R&amp;D, C &lt; C++</h3>\n<ul><li>Java or Kotlin</li>",
        "<h3>We offer</h3>\n<p>Mentoring</p>",
        "<div>Apply with",
    ];
    let positions: Vec<_> = parts
        .iter()
        .map(|part| {
            html.find(part)
                .unwrap_or_else(|| panic!("{part} in {html}"))
        })
        .collect();
    assert!(positions.is_sorted(), "{html}");
    assert_eq!(
        html.matches("Who we are").count(),
        1,
        "the opening is part of the description and not told twice"
    );
}

#[test]
fn plain_text_stands_in_where_there_is_no_html() {
    let second = parse(&fixture("lever/site.json"), "fernhollow")
        .unwrap()
        .postings
        .remove(1);
    assert_eq!(
        second.description,
        Some(RawText::Plain(
            "Who we are.\nWhat we do.\n\nApply with a link to your code.".to_owned()
        ))
    );
}

#[test]
fn created_at_is_in_milliseconds_and_nothing_says_when_it_changed() {
    let posting = first();
    assert_eq!(posting.posted, Some(RawDate::Millis(1_790_000_000_123)));
    assert_eq!(posting.updated, None);
}

#[test]
fn the_salary_range_is_pay() {
    let pay = first().pay.unwrap();
    assert_eq!(
        (
            pay.min,
            pay.max,
            pay.currency.as_deref(),
            pay.period.as_deref()
        ),
        (
            Some(1400.0),
            Some(1700.5),
            Some("EUR"),
            Some("per-month-salary")
        )
    );
    assert_eq!(pay.text.as_deref(), Some("Paid monthly, plus lunch."));
}

#[test]
fn all_locations_are_told_and_the_country_only_with_the_main_one() {
    let places: Vec<_> = first()
        .locations
        .into_iter()
        .map(|place| (place.text.unwrap(), place.country))
        .collect();
    assert_eq!(
        places,
        [
            ("Tallinn".to_owned(), Some("EE".to_owned())),
            ("Riga".to_owned(), None)
        ]
    );
}

#[test]
fn an_unspecified_workplace_says_nothing() {
    let parsed = parse(&fixture("lever/site.json"), "fernhollow").unwrap();
    assert_eq!(
        parsed
            .postings
            .iter()
            .map(|posting| posting.workplace.as_deref())
            .collect::<Vec<_>>(),
        [Some("hybrid"), None]
    );
    assert_eq!(
        parsed.postings[1].department.as_deref(),
        Some("Core"),
        "the team stands in for the department"
    );
}

#[test]
fn an_object_in_place_of_the_list_is_told_with_its_message() {
    let error = parse(
        r#"{"ok": false, "error": "Document not found"}"#,
        "fernhollow",
    )
    .unwrap_err();
    assert_eq!(error.kind, SourceErrorKind::Malformed);
    assert!(error.message.contains("Document not found"), "{error}");
}

#[test]
fn a_bad_record_loses_no_other() {
    let parsed = parse(r#"[7, {"id": "a", "text": "A"}, {"text": "no id"}]"#, "s").unwrap();
    assert_eq!(
        (parsed.postings.len(), parsed.problems.len(), parsed.whole),
        (1, 2, false)
    );
}

#[derive(Deserialize)]
struct Paging {
    skip: usize,
    limit: usize,
}

/// A site with so many postings.
fn many(count: usize) -> Router {
    let page = move |headers: HeaderMap, Query(paging): Query<Paging>| async move {
        // Without the header, Lever answers with a page for people.
        if headers
            .get("accept")
            .is_none_or(|accept| accept != "application/json")
        {
            return Html("<html></html>").into_response();
        }
        let records: Vec<Value> = (paging.skip..count.min(paging.skip + paging.limit))
            .map(|n| json!({ "id": format!("id-{n}"), "text": format!("Intern {n}") }))
            .collect();
        ([("etag", "\"1\"")], axum::Json(records)).into_response()
    };
    Router::new().route("/lv/v0/postings/fernhollow", get(page))
}

async fn poll(router: Router, name: &str) -> Result<Fetched, SourceError> {
    let (_site, ctx) = site(router).await;
    Lever
        .fetch(&ctx, &address(SourceKind::Lever, name), None)
        .await
}

#[tokio::test]
async fn all_pages_are_read() {
    for count in [0, 1, 99, 100, 101, 250] {
        let fetched = poll(many(count), "fernhollow").await.unwrap();
        assert_eq!(
            (
                fetched.postings.len(),
                fetched.complete,
                fetched.problems.len()
            ),
            (count, true, 0),
            "{count}"
        );
        assert_eq!(
            fetched.validators.is_some(),
            count < 100,
            "only a site of one page can be asked for changes"
        );
    }
}

#[tokio::test]
async fn a_page_that_fails_makes_the_poll_partial_and_loses_no_other() {
    let page = |Query(paging): Query<Paging>| async move {
        if paging.skip >= 100 {
            return StatusCode::FORBIDDEN.into_response();
        }
        axum::Json(
            (0..100)
                .map(|n| json!({ "id": n, "text": "Intern" }))
                .collect::<Vec<_>>(),
        )
        .into_response()
    };
    let fetched = poll(
        Router::new().route("/lv/v0/postings/fernhollow", get(page)),
        "fernhollow",
    )
    .await
    .unwrap();
    assert_eq!(
        (
            fetched.postings.len(),
            fetched.complete,
            fetched.problems.len()
        ),
        (100, false, 1)
    );
}

#[tokio::test]
async fn a_site_that_repeats_its_first_page_ends_and_is_partial() {
    let hits = Arc::new(AtomicUsize::new(0));
    let counted = hits.clone();
    let page = move || async move {
        counted.fetch_add(1, Ordering::SeqCst);
        axum::Json(
            (0..100)
                .map(|n| json!({ "id": n, "text": "Intern" }))
                .collect::<Vec<_>>(),
        )
    };
    let fetched = poll(
        Router::new().route("/lv/v0/postings/fernhollow", get(page)),
        "fernhollow",
    )
    .await
    .unwrap();
    assert_eq!(
        (
            fetched.postings.len(),
            fetched.complete,
            hits.load(Ordering::SeqCst)
        ),
        (100, false, 2)
    );
}

#[tokio::test]
async fn a_page_for_people_in_place_of_json_is_malformed() {
    let router = Router::new().route(
        "/lv/v0/postings/fernhollow",
        get(|| async { Html("<!doctype html><title>Fernhollow jobs</title>") }),
    );
    let error = poll(router, "fernhollow").await.unwrap_err();
    assert_eq!(error.kind, SourceErrorKind::Malformed);
    assert!(
        error.message.contains("a web page (\"Fernhollow jobs\")"),
        "{error}"
    );
}

#[tokio::test]
async fn sites_of_the_eu_region_and_renamed_sites_are_found() {
    let router = Router::new()
        .route(
            "/lv-eu/v0/postings/old",
            get(|| async { Redirect::permanent("/lv-eu/v0/postings/fernhollow?skip=0&limit=100") }),
        )
        .route(
            "/lv-eu/v0/postings/fernhollow",
            get(|| async { fixture("lever/site.json") }),
        );
    let fetched = poll(router, "eu:old").await.unwrap();
    assert_eq!(fetched.postings.len(), 2);
    assert_eq!(
        fetched.moved_to,
        Some(address(SourceKind::Lever, "eu:fernhollow"))
    );
}

#[tokio::test]
async fn an_unknown_site_says_what_to_do() {
    let error = poll(Router::new(), "nobody").await.unwrap_err();
    assert_eq!(error.kind, SourceErrorKind::NotFound);
    assert!(
        error.message.contains("Lever has no job board \"nobody\""),
        "{error}"
    );
}

#[test]
fn a_real_answer_is_read_in_full() {
    let Some(body) = shared("ats/lever.json") else {
        return;
    };
    let answer: Value = serde_json::from_str(&body).unwrap();
    let parsed = parse(&body, "t").unwrap();
    assert_eq!(parsed.postings.len(), answer.as_array().unwrap().len());
    assert!(
        parsed.whole
            && parsed
                .postings
                .iter()
                .all(|posting| posting.description.is_some() && posting.posted.is_some())
    );
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(body in any::<String>()) {
        prop_assert!(parse(&body, "t").err().is_none_or(|error| !error.message.is_empty()));
    }

    #[test]
    fn damaged_answers_are_read_or_refused(rule in 0_u8..5, seed in any::<usize>()) {
        if let Ok(parsed) = parse(&damaged(&fixture("lever/site.json"), rule, seed), "t") {
            prop_assert!(parsed.postings.iter().all(|posting| !posting.external_id.is_empty() && !posting.title.is_empty()));
        }
    }
}
