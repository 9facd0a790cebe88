//! Adzuna: marked titles, excerpts, guessed salaries, addresses that lead on, and a tight allowance.

use std::collections::HashMap;

use axum::Router;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::routing::get;
use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::config::Secret;
use crate::postings::sources::testing::{address, by_id, damaged, fixture, site};

const QUESTION: &str = "de/backend internship";

fn results() -> Vec<RawPosting> {
    let parsed = parse(&fixture("adzuna/page.json"), QUESTION).unwrap();
    assert!(parsed.whole && parsed.problems.is_empty());
    parsed.postings
}

async fn site_with_key(router: Router) -> (crate::fetch::testing::Site, FetchContext) {
    let (site, mut ctx) = site(router).await;
    ctx.keys.adzuna_app_id = Some(Secret("id-0815".to_owned()));
    ctx.keys.adzuna_app_key = Some(Secret("geheim-4711".to_owned()));
    (site, ctx)
}

fn source() -> SourceAddress {
    address(SourceKind::Adzuna, QUESTION)
}

#[test]
fn marks_around_the_words_that_were_found_are_taken_out_of_the_title() {
    let results = results();
    assert_eq!(
        by_id(&results, "5012340001").title,
        "Backend Internship & Thesis"
    );
}

#[test]
fn the_text_is_told_to_be_an_excerpt() {
    let results = results();
    let Some(RawText::Excerpt(text)) = &by_id(&results, "5012340001").description else {
        panic!("it is an excerpt")
    };
    assert!(
        text.starts_with("You study computer science") && !text.contains('<'),
        "{text}"
    );
}

#[test]
fn a_guessed_salary_is_no_stated_pay() {
    let results = results();
    assert_eq!(by_id(&results, "5012340001").pay, None);
    let pay = by_id(&results, "5012340002").pay.clone().unwrap();
    assert_eq!(
        (
            pay.min,
            pay.max,
            pay.currency.as_deref(),
            pay.period.as_deref()
        ),
        (Some(24_000.0), Some(26_400.0), Some("EUR"), Some("year"))
    );
}

#[test]
fn the_address_leads_on_and_does_not_change_from_call_to_call() {
    let results = results();
    assert_eq!(
        by_id(&results, "5012340001").url,
        "https://www.adzuna.de/land/ad/5012340001"
    );
    assert!(
        !by_id(&results, "5012340001")
            .raw
            .to_string()
            .contains("AAbbCC11")
    );
    let place = &by_id(&results, "5012340001").locations[0];
    assert_eq!(
        (
            place.country.as_deref(),
            place.region.as_deref(),
            place.city.as_deref()
        ),
        (Some("Deutschland"), Some("Niedersachsen"), Some("Lüneburg"))
    );
    assert_eq!(by_id(&results, "5012340002").locations[0].city, None);
}

#[tokio::test]
async fn the_question_and_the_key_are_sent_and_the_key_is_not_shown() {
    let page = |Path((country, page)): Path<(String, String)>,
                Query(query): Query<HashMap<String, String>>| async move {
        assert_eq!((country.as_str(), page.as_str()), ("de", "1"));
        assert_eq!(
            (query["app_id"].as_str(), query["app_key"].as_str()),
            ("id-0815", "geheim-4711")
        );
        assert_eq!(query["what"], "backend internship");
        fixture("adzuna/page.json")
    };
    let (_site, ctx) = site_with_key(
        Router::new().route("/adzuna/v1/api/jobs/{country}/search/{page}", get(page)),
    )
    .await;
    let fetched = Adzuna.fetch(&ctx, &source(), None).await.unwrap();
    assert!(fetched.complete, "{:?}", fetched.problems);
    assert!(!format!("{fetched:?}").contains("geheim"));
    assert!(!format!("{:?}", ctx.keys).contains("geheim"));
}

#[tokio::test]
async fn no_failure_shows_the_key() {
    for status in [
        StatusCode::UNAUTHORIZED,
        StatusCode::BAD_GATEWAY,
        StatusCode::NOT_FOUND,
        StatusCode::OK,
    ] {
        let route = get(move || async move { (status, "<title>Busy</title>").into_response() });
        let (site, ctx) =
            site_with_key(Router::new().route("/adzuna/v1/api/jobs/de/search/1", route)).await;
        let error = Adzuna.fetch(&ctx, &source(), None).await.unwrap_err();
        let told = format!("{error:?} {error}");
        assert!(!told.contains("geheim") && !told.contains("0815"), "{told}");
        drop(site);
    }
    // Nothing listens there any more: the transport's own errors hold the address as it was called.
    let (site, mut ctx) = site_with_key(Router::new()).await;
    drop(site);
    ctx.endpoints.adzuna = "http://127.0.0.1:1".to_owned();
    let error = Adzuna.fetch(&ctx, &source(), None).await.unwrap_err();
    let told = format!("{error:?} {error}");
    assert!(!told.contains("geheim") && !told.contains("0815"), "{told}");
}

#[tokio::test]
async fn without_a_key_the_error_says_which_settings_to_set() {
    let (_site, ctx) = site(Router::new()).await;
    let error = Adzuna.fetch(&ctx, &source(), None).await.unwrap_err();
    for word in [
        "keys.adzuna_app_id",
        "keys.adzuna_app_key",
        "CADET_KEYS__ADZUNA_APP_KEY",
    ] {
        assert!(error.message.contains(word), "{error}");
    }
}

/// Full pages without end.
fn endless() -> Router {
    let page = |Path(page): Path<usize>| async move {
        let results: Vec<Value> = (0..PER_PAGE)
            .map(|at| json!({ "id": page * 1000 + at, "title": "Praktikum", "redirect_url": format!("https://www.adzuna.de/land/ad/{page}{at}") }))
            .collect();
        json!({ "count": 4711, "results": results }).to_string()
    };
    Router::new().route("/adzuna/v1/api/jobs/de/search/{page}", get(page))
}

#[tokio::test]
async fn the_newest_pages_are_read_and_the_poll_is_told_as_partial() {
    let (_site, ctx) = site_with_key(endless()).await;
    let fetched = Adzuna.fetch(&ctx, &source(), None).await.unwrap();
    assert_eq!(
        (fetched.postings.len(), fetched.complete),
        (MAX_PAGES * PER_PAGE, false)
    );
}

#[tokio::test]
async fn the_calls_of_a_minute_are_counted_over_all_searches() {
    let (_site, ctx) = site_with_key(endless()).await;
    let per_minute = GRANTED.spans[0].0;
    assert!(
        per_minute < 25 && GRANTED.spans[1].0 < 250,
        "with room for calls that are tried again"
    );
    for _ in 0..per_minute / MAX_PAGES {
        assert!(Adzuna.fetch(&ctx, &source(), None).await.is_ok());
    }
    let refused = Adzuna.fetch(&ctx, &source(), None).await.unwrap_err();
    assert_eq!(refused.kind, SourceErrorKind::RateLimited);
    assert_eq!(refused.retry_at, Some(ctx.clock.now().plus_millis(MINUTE)));
}

#[test]
fn its_addresses_and_shorthand_are_known() {
    let board = |url: &str| {
        let url = Url::parse(url).unwrap();
        Adzuna
            .board_of(&url, &Endpoints::default())
            .map(|board| board.address)
    };
    assert_eq!(
        board("https://www.adzuna.de/search?q=backend%20praktikum&w=Berlin").as_deref(),
        Some("de/backend praktikum")
    );
    assert_eq!(
        board("https://www.adzuna.co.uk/jobs/search?q=intern").as_deref(),
        Some("gb/intern")
    );
    assert_eq!(
        board("https://www.adzuna.com/search?q=intern").as_deref(),
        Some("us/intern")
    );
    assert_eq!(board("https://www.adzuna.de/"), None);
    assert_eq!(
        Adzuna
            .shorthand("DE/ backend  internship")
            .unwrap()
            .unwrap(),
        QUESTION
    );
    for bad in ["", "de", "de/", "xx/intern", "../de/intern"] {
        assert!(Adzuna.shorthand(bad).unwrap().is_err(), "{bad}");
    }
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(body in any::<String>(), question in any::<String>()) {
        prop_assert!(parse(&body, &question).err().is_none_or(|error| !error.message.is_empty()));
    }

    #[test]
    fn damaged_answers_are_read_or_refused(rule in 0_u8..5, seed in any::<usize>()) {
        if let Ok(parsed) = parse(&damaged(&fixture("adzuna/page.json"), rule, seed), QUESTION) {
            prop_assert!(parsed.postings.iter().all(|posting| !posting.external_id.is_empty() && !posting.title.is_empty()));
        }
    }
}
