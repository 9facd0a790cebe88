//! USAJobs: keys in headers, codes for pay, and a cap on what one question brings.

use std::collections::HashMap;

use axum::Router;
use axum::extract::Query;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect};
use axum::routing::get;
use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::config::Secret;
use crate::postings::sources::model::RawDate;
use crate::postings::sources::testing::{address, by_id, damaged, fixture, site};

fn results() -> Vec<RawPosting> {
    let parsed = parse(&fixture("usajobs/search.json")).unwrap();
    assert!(parsed.whole && parsed.problems.is_empty());
    parsed.postings
}

async fn site_with_key(router: Router) -> (crate::fetch::testing::Site, FetchContext) {
    let (site, mut ctx) = site(router).await;
    ctx.keys.usajobs_key = Some(Secret("geheim/4711=".to_owned()));
    ctx.keys.usajobs_email = Some(Secret("jo@example.org".to_owned()));
    (site, ctx)
}

fn source() -> SourceAddress {
    address(SourceKind::UsaJobs, "software intern")
}

#[test]
fn one_result_is_read_with_all_its_fields() {
    let results = results();
    let posting = by_id(&results, "845000101");
    assert_eq!(posting.title, "Student Trainee (Software Development)");
    assert_eq!(posting.company.as_deref(), Some("Bureau of River Levels"));
    assert_eq!(
        posting.employment_type.as_deref(),
        Some("Internships, Full-time")
    );
    assert_eq!(posting.locations[0].city.as_deref(), Some("Denver"));
    assert_eq!(posting.locations[1].region.as_deref(), Some("Virginia"));
    assert_eq!(
        posting.deadline,
        Some(RawDate::Text("2026-12-05T23:59:59.9970".to_owned()))
    );
    let Some(RawText::Html(text)) = &posting.description else {
        panic!("the text is HTML")
    };
    assert!(
        text.contains("<h3>Duties</h3>\n<p>Write data services.</p><p>Test them.</p>"),
        "{text}"
    );
    assert!(
        text.contains("<ul><li>U.S. citizenship</li></ul>"),
        "HTML stays: {text}"
    );
    assert!(
        text.contains("a degree &lt;program&gt;."),
        "plain text is escaped: {text}"
    );
}

#[test]
fn the_codes_of_pay_are_read_and_work_without_compensation_has_none() {
    let results = results();
    let pay = by_id(&results, "845000101").pay.clone().unwrap();
    assert_eq!(
        (pay.min, pay.max, pay.period.as_deref()),
        (Some(18.5), Some(27.1), Some("hour"))
    );
    let volunteer = by_id(&results, "845000102");
    assert_eq!(volunteer.pay, None);
    assert_eq!(volunteer.workplace.as_deref(), Some("remote"));
    assert_eq!(volunteer.url, "https://www.usajobs.gov/job/845000102");
    assert_eq!(volunteer.company.as_deref(), Some("Department of Water"));
}

#[tokio::test]
async fn the_key_goes_in_headers_and_students_are_asked_for() {
    let answer = |headers: HeaderMap, Query(query): Query<HashMap<String, String>>| async move {
        assert_eq!(headers["authorization-key"], "geheim/4711=");
        assert_eq!(headers["user-agent"], "jo@example.org");
        assert_eq!(
            (query["Keyword"].as_str(), query["HiringPath"].as_str()),
            ("software intern", "student")
        );
        fixture("usajobs/search.json")
    };
    let (_site, ctx) = site_with_key(Router::new().route("/usajobs/api/Search", get(answer))).await;
    let fetched = UsaJobs.fetch(&ctx, &source(), None).await.unwrap();
    assert!(fetched.complete, "{:?}", fetched.problems);
    assert_eq!(fetched.name.as_deref(), Some("USAJobs: software intern"));
}

#[tokio::test]
async fn without_a_key_the_error_says_which_settings_to_set() {
    let (_site, ctx) = site(Router::new()).await;
    let error = UsaJobs.fetch(&ctx, &source(), None).await.unwrap_err();
    for word in [
        "keys.usajobs_key",
        "keys.usajobs_email",
        "CADET_KEYS__USAJOBS_KEY",
    ] {
        assert!(error.message.contains(word), "{error}");
    }
}

#[tokio::test]
async fn no_failure_shows_the_key() {
    for router in [
        Router::new().route(
            "/usajobs/api/Search",
            get(|| async { StatusCode::UNAUTHORIZED }),
        ),
        Router::new().route(
            "/usajobs/api/Search",
            get(|| async { StatusCode::SERVICE_UNAVAILABLE }),
        ),
        Router::new().route(
            "/usajobs/api/Search",
            get(|| async { "<title>Busy</title>" }),
        ),
        Router::new().route(
            "/usajobs/api/Search",
            get(|| async { Redirect::temporary("/elsewhere") }),
        ),
    ] {
        let (_site, ctx) = site_with_key(router).await;
        let error = UsaJobs.fetch(&ctx, &source(), None).await.unwrap_err();
        let told = format!("{error:?} {error}");
        assert!(
            !told.contains("geheim") && !told.contains("jo@example.org"),
            "{told}"
        );
    }
}

#[tokio::test]
async fn a_request_with_a_key_is_not_redirected() {
    let router = Router::new()
        .route(
            "/usajobs/api/Search",
            get(|| async { Redirect::permanent("/elsewhere") }),
        )
        .route(
            "/elsewhere",
            get(|| async { fixture("usajobs/search.json") }),
        );
    let (_site, ctx) = site_with_key(router).await;
    let error = UsaJobs.fetch(&ctx, &source(), None).await.unwrap_err();
    assert_eq!(error.kind, SourceErrorKind::UnexpectedStatus);
}

#[tokio::test]
async fn ten_thousand_results_are_the_cap_and_not_all() {
    let page = |Query(query): Query<HashMap<String, String>>| async move {
        let number: usize = query["Page"].parse().unwrap();
        let items: Vec<Value> = (0..PER_PAGE)
            .map(|at| json!({ "MatchedObjectId": format!("{number}-{at}"), "MatchedObjectDescriptor": { "PositionTitle": "Intern" } }))
            .collect();
        json!({ "SearchResult": { "SearchResultCountAll": 10_000, "SearchResultItems": items, "UserArea": { "NumberOfPages": "20" } } })
            .to_string()
            .into_response()
    };
    let (_site, ctx) = site_with_key(Router::new().route("/usajobs/api/Search", get(page))).await;
    let fetched = UsaJobs.fetch(&ctx, &source(), None).await.unwrap();
    assert_eq!((fetched.postings.len(), fetched.complete), (10_000, false));
    assert!(
        fetched.problems[0].message.contains("narrower words"),
        "{:?}",
        fetched.problems
    );
}

#[test]
fn its_addresses_and_shorthand_are_known() {
    let url = Url::parse("https://www.usajobs.gov/Search/Results?k=software%20intern&hp=student")
        .unwrap();
    assert_eq!(
        UsaJobs
            .board_of(&url, &Endpoints::default())
            .unwrap()
            .address,
        "software intern"
    );
    let other = Url::parse("https://www.usajobs.gov/job/845000101").unwrap();
    assert_eq!(UsaJobs.board_of(&other, &Endpoints::default()), None);
    assert_eq!(
        UsaJobs.shorthand("  software   intern ").unwrap().unwrap(),
        "software intern"
    );
    assert!(UsaJobs.shorthand("").unwrap().is_err());
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(body in any::<String>()) {
        prop_assert!(parse(&body).err().is_none_or(|error| !error.message.is_empty()));
    }

    #[test]
    fn damaged_answers_are_read_or_refused(rule in 0_u8..5, seed in any::<usize>()) {
        if let Ok(parsed) = parse(&damaged(&fixture("usajobs/search.json"), rule, seed)) {
            prop_assert!(parsed.postings.iter().all(|posting| !posting.external_id.is_empty()));
        }
    }
}
