//! Greenhouse: the board's answer with its traps, and the board as it is polled.

use axum::Router;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect};
use axum::routing::get;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::postings::sources::connector::connector;
use crate::postings::sources::model::RawDate;
use crate::postings::sources::testing::{
    address, by_id, damaged, fixture, shared, site, site_with,
};

fn board() -> Parsed {
    parse(&fixture("greenhouse/board.json"), "northlight").unwrap()
}

fn places_of(posting: &RawPosting) -> Vec<&str> {
    posting
        .locations
        .iter()
        .filter_map(|place| place.text.as_deref())
        .collect()
}

#[test]
fn every_job_is_read_and_the_count_agrees() {
    let parsed = board();
    assert_eq!(
        (
            parsed.postings.len(),
            parsed.whole,
            parsed.problems.as_slice()
        ),
        (4, true, &[][..])
    );
    assert_eq!(parsed.name.as_deref(), Some("Northlight"));
    let job = by_id(&parsed.postings, "7300101");
    assert_eq!(job.title, "Backend Engineering Intern");
    assert_eq!(job.department.as_deref(), Some("Engineering"));
    assert_eq!(job.requisition.as_deref(), Some("REQ-101"));
    assert_eq!(
        job.deadline,
        Some(RawDate::Text("2026-12-31T23:59:00-05:00".to_owned()))
    );
    assert_eq!(job.employment_type.as_deref(), Some("Intern"));
    assert!(job.raw.get("content").is_none() && job.raw.get("internal_job_id").is_some());
}

#[test]
fn escaped_content_is_unescaped_exactly_once() {
    let Some(RawText::Html(html)) = board().postings[0].description.clone() else {
        panic!("the description is HTML")
    };
    assert!(
        html.starts_with(
            "<p>Build the <strong>ledger</strong> service in Rust &amp; PostgreSQL.</p>"
        ),
        "{html}"
    );
    assert!(html.contains("p99 &lt; 20&nbsp;ms"), "{html}");
}

#[test]
fn content_that_is_not_escaped_stays_as_it_is() {
    assert_eq!(
        content("<p>a &lt; b</p>"),
        Some(RawText::Html("<p>a &lt; b</p>".to_owned()))
    );
    assert_eq!(content("  "), None);
}

#[test]
fn a_location_that_says_only_hybrid_gives_way_to_the_offices() {
    let parsed = board();
    let job = by_id(&parsed.postings, "7300102");
    assert_eq!(job.workplace.as_deref(), Some("Hybrid"));
    assert_eq!(places_of(job), ["Lisbon, Portugal", "Porto"]);
    assert_eq!(
        places_of(by_id(&parsed.postings, "7300104")),
        ["Remote - EU"]
    );
}

#[test]
fn an_employers_own_address_with_gh_jid_is_kept() {
    assert_eq!(
        by_id(&board().postings, "7300102").url,
        "https://www.northlight.example/careers/role?gh_jid=7300102"
    );
}

#[test]
fn first_published_is_the_date_of_posting_and_updated_at_is_not() {
    let job = &board().postings[0];
    assert_eq!(
        job.posted,
        Some(RawDate::Text("2026-10-02T09:15:00-04:00".to_owned()))
    );
    assert_eq!(
        job.updated,
        Some(RawDate::Text("2026-11-20T04:00:31-05:00".to_owned()))
    );
}

#[test]
fn prospect_posts_and_events_are_hidden() {
    let parsed = board();
    assert_eq!(by_id(&parsed.postings, "7300103").listing, Listing::Hidden);
    assert_eq!(by_id(&parsed.postings, "7300101").listing, Listing::Open);
}

#[test]
fn pay_comes_from_custom_fields_and_from_transparency_ranges() {
    let parsed = board();
    let pay = by_id(&parsed.postings, "7300101").pay.clone().unwrap();
    assert_eq!(
        (
            pay.min,
            pay.max,
            pay.currency.as_deref(),
            pay.period.as_deref()
        ),
        (Some(38.0), Some(45.5), Some("USD"), Some("hour"))
    );
    let pay = by_id(&parsed.postings, "7300104").pay.clone().unwrap();
    assert_eq!(
        (
            pay.min,
            pay.max,
            pay.currency.as_deref(),
            pay.period.as_deref()
        ),
        (Some(42_000.0), Some(48_000.0), Some("EUR"), Some("year"))
    );
}

#[test]
fn a_reused_id_with_a_new_title_is_the_same_posting() {
    let retitled = fixture("greenhouse/board.json")
        .replace("Backend Engineering Intern", "Backend Intern, Ledger");
    assert_eq!(
        parse(&retitled, "northlight").unwrap().postings[0].external_id,
        board().postings[0].external_id
    );
}

#[test]
fn a_bad_record_loses_no_other_and_the_answer_is_not_whole() {
    let mut answer: Value = serde_json::from_str(&fixture("greenhouse/board.json")).unwrap();
    answer["jobs"][1] = json!({ "id": {}, "title": [] });
    answer["jobs"][2]["title"] = json!("  ");
    let parsed = parse(&answer.to_string(), "northlight").unwrap();
    assert_eq!(parsed.postings.len(), 2);
    assert_eq!(
        parsed
            .problems
            .iter()
            .map(|problem| problem.at.as_str())
            .collect::<Vec<_>>(),
        ["jobs[1]", "jobs[2]"]
    );
    assert!(!parsed.whole);
}

#[test]
fn a_count_that_disagrees_or_is_missing_makes_the_answer_not_whole() {
    let fixture = fixture("greenhouse/board.json");
    assert!(
        !parse(
            &fixture.replace("\"total\": 4", "\"total\": 9"),
            "northlight"
        )
        .unwrap()
        .whole
    );
    assert!(!parse(r#"{"jobs": []}"#, "northlight").unwrap().whole);
}

#[test]
fn an_empty_board_is_whole() {
    let parsed = parse(r#"{"jobs": [], "meta": {"total": 0}}"#, "northlight").unwrap();
    assert!(parsed.whole && parsed.postings.is_empty() && parsed.problems.is_empty());
}

#[test]
fn odd_but_possible_values_are_kept_as_they_came() {
    let title = "x".repeat(10_240);
    let job = json!({ "id": 1, "title": title, "first_published": "9999-12-31T00:00:00Z", "absolute_url": "javascript:alert(1)", "location": { "name": "\u{202e}nilreB\u{200b}" } });
    let parsed = parse(
        &json!({ "jobs": [job], "meta": { "total": 1 } }).to_string(),
        "t",
    )
    .unwrap();
    let posting = &parsed.postings[0];
    assert_eq!(posting.title.len(), 10_240);
    assert_eq!(
        posting.posted,
        Some(RawDate::Text("9999-12-31T00:00:00Z".to_owned()))
    );
    assert_eq!(
        posting.url, "https://job-boards.greenhouse.io/t/jobs/1",
        "an address that is no web page is replaced"
    );
}

#[test]
fn what_is_no_board_is_malformed() {
    for body in ["", "<html></html>", "[]", "{}", "{\"jobs\": 3}", "nonsense"] {
        assert_eq!(
            parse(body, "t").unwrap_err().kind,
            SourceErrorKind::Malformed,
            "{body}"
        );
    }
    assert_eq!(
        parse("{\"jobs\": [", "t").unwrap_err().kind,
        SourceErrorKind::Truncated
    );
}

fn answer() -> axum::response::Response {
    (
        [("content-type", "application/json"), ("etag", "\"1\"")],
        fixture("greenhouse/board.json"),
    )
        .into_response()
}

#[tokio::test]
async fn a_board_is_polled_with_its_text_and_then_only_for_changes() {
    let poll = |headers: HeaderMap, uri: http::Uri| async move {
        match (uri.query(), headers.contains_key("if-none-match")) {
            (Some("content=true"), false) => answer(),
            (Some("content=true"), true) => StatusCode::NOT_MODIFIED.into_response(),
            _ => StatusCode::BAD_REQUEST.into_response(),
        }
    };
    let (_site, ctx) = site(Router::new().route("/gh/v1/boards/northlight/jobs", get(poll))).await;
    let source = connector(SourceKind::Greenhouse);
    let board = address(SourceKind::Greenhouse, "northlight");
    let first = source.fetch(&ctx, &board, None).await.unwrap();
    assert_eq!(
        (first.postings.len(), first.complete, first.unchanged),
        (4, true, false)
    );
    assert!(first.bytes > 1000);
    let second = source
        .fetch(&ctx, &board, first.validators.as_ref())
        .await
        .unwrap();
    assert_eq!((second.postings.len(), second.unchanged), (0, true));
    assert_eq!(second.validators, first.validators);
}

#[tokio::test]
async fn a_board_of_the_eu_region_is_asked_there() {
    let (_site, ctx) = site(Router::new().route(
        "/gh-eu/v1/boards/northlight/jobs",
        get(|| async { answer() }),
    ))
    .await;
    let fetched = Greenhouse
        .fetch(
            &ctx,
            &address(SourceKind::Greenhouse, "eu:northlight"),
            None,
        )
        .await
        .unwrap();
    assert_eq!(fetched.postings.len(), 4);
}

#[tokio::test]
async fn a_removed_board_says_so_and_what_to_do() {
    let (_site, ctx) = site(Router::new()).await;
    let error = Greenhouse
        .fetch(&ctx, &address(SourceKind::Greenhouse, "gone"), None)
        .await
        .unwrap_err();
    assert_eq!(
        (error.kind, error.status),
        (SourceErrorKind::NotFound, Some(404))
    );
    assert!(
        error.message.contains("no job board \"gone\"") && error.message.contains("career page"),
        "{error}"
    );
}

#[tokio::test]
async fn a_renamed_board_is_read_and_its_new_name_told() {
    let router = Router::new()
        .route(
            "/gh/v1/boards/old/jobs",
            get(|| async { Redirect::permanent("/gh/v1/boards/northlight/jobs?content=true") }),
        )
        .route("/gh/v1/boards/northlight/jobs", get(|| async { answer() }));
    let (_site, ctx) = site(router).await;
    let fetched = Greenhouse
        .fetch(&ctx, &address(SourceKind::Greenhouse, "old"), None)
        .await
        .unwrap();
    assert_eq!(fetched.postings.len(), 4);
    assert_eq!(
        fetched.moved_to,
        Some(address(SourceKind::Greenhouse, "northlight"))
    );
}

#[tokio::test]
async fn a_board_that_asks_for_a_pause_tells_until_when() {
    let router = Router::new().route(
        "/gh/v1/boards/busy/jobs",
        get(|| async { (StatusCode::TOO_MANY_REQUESTS, [("retry-after", "7200")]) }),
    );
    let (_site, ctx) = site(router).await;
    let error = Greenhouse
        .fetch(&ctx, &address(SourceKind::Greenhouse, "busy"), None)
        .await
        .unwrap_err();
    assert_eq!(error.kind, SourceErrorKind::RateLimited);
    assert_eq!(error.retry_at, Some(ctx.clock.now().plus_millis(7_200_000)));
}

#[tokio::test]
async fn an_answer_in_another_charset_than_it_says_is_still_read() {
    let latin = br#"{"jobs":[{"id":1,"title":"Praktikum Z"#
        .iter()
        .chain(b"\xfcrich\"}],\"meta\":{\"total\":1}}")
        .copied()
        .collect::<Vec<u8>>();
    let router = Router::new().route(
        "/gh/v1/boards/latin/jobs",
        get(move || async move { ([("content-type", "application/json; charset=utf-8")], latin) }),
    );
    let (_site, ctx) = site(router).await;
    let fetched = Greenhouse
        .fetch(&ctx, &address(SourceKind::Greenhouse, "latin"), None)
        .await
        .unwrap();
    assert_eq!(fetched.postings[0].title, "Praktikum Zürich");
}

#[tokio::test]
async fn an_answer_beyond_the_limit_is_too_large() {
    let router = Router::new().route("/gh/v1/boards/huge/jobs", get(|| async { answer() }));
    let (_site, ctx) = site_with(
        router,
        crate::fetch::Settings {
            max_body_bytes: 100,
            ..crate::fetch::testing::settings()
        },
    )
    .await;
    let error = Greenhouse
        .fetch(&ctx, &address(SourceKind::Greenhouse, "huge"), None)
        .await
        .unwrap_err();
    assert_eq!(error.kind, SourceErrorKind::TooLarge);
}

#[tokio::test]
async fn a_name_that_is_no_segment_of_a_path_is_refused() {
    let (_site, ctx) = site(Router::new()).await;
    for name in ["", "..", "a/b", "a?b", "eu:", "a\nb", "x:y"] {
        let error = Greenhouse
            .fetch(&ctx, &address(SourceKind::Greenhouse, name), None)
            .await
            .unwrap_err();
        assert_eq!(error.kind, SourceErrorKind::BadAddress, "{name:?}");
    }
}

#[test]
fn a_real_answer_is_read_in_full() {
    let Some(body) = shared("ats/greenhouse.json") else {
        return;
    };
    let answer: Value = serde_json::from_str(&body).unwrap();
    let jobs = answer["jobs"].as_array().unwrap().len();
    let parsed = parse(&body, "t").unwrap();
    assert_eq!(parsed.postings.len(), jobs);
    assert!(
        parsed
            .postings
            .iter()
            .all(|posting| posting.company.is_some()
                && posting.posted.is_some()
                && !posting.locations.is_empty())
    );
    assert!(parsed.postings.iter().all(
        |posting| matches!(&posting.description, Some(RawText::Html(html)) if html.starts_with('<'))
    ));
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(body in any::<String>()) {
        prop_assert!(parse(&body, "t").err().is_none_or(|error| !error.message.is_empty()));
    }

    #[test]
    fn damaged_answers_are_read_or_refused(rule in 0_u8..5, seed in any::<usize>()) {
        if let Ok(parsed) = parse(&damaged(&fixture("greenhouse/board.json"), rule, seed), "t") {
            prop_assert!(parsed.postings.iter().all(|posting| !posting.external_id.is_empty() && !posting.title.is_empty()));
        }
    }
}
