//! The Muse: pages of twenty, a limit told as 403, a key that is never shown.

use std::collections::HashMap;

use axum::Router;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::routing::get;
use proptest::prelude::*;

use super::*;
use crate::config::Secret;
use crate::postings::sources::model::RawText;
use crate::postings::sources::testing::{address, damaged, fixture, site};

fn results() -> Vec<RawPosting> {
    let parsed = parse(&fixture("the-muse/page.json")).unwrap();
    assert!(parsed.whole && parsed.problems.is_empty());
    parsed.postings
}

#[test]
fn one_posting_is_read_with_all_its_fields() {
    let posting = &results()[0];
    assert_eq!(posting.external_id, "19911201");
    assert_eq!(posting.company.as_deref(), Some("Pinecrest Mutual"));
    assert_eq!(posting.employment_type.as_deref(), Some("Internship"));
    assert_eq!(posting.department.as_deref(), Some("Software Engineering"));
    assert_eq!(
        posting.description,
        Some(RawText::Html("<p>Work on <b>payments</b>.</p>".to_owned()))
    );
}

#[test]
fn flexible_and_remote_is_no_place() {
    let results = results();
    assert_eq!(results[0].workplace.as_deref(), Some("Remote"));
    let places: Vec<_> = results[0]
        .locations
        .iter()
        .filter_map(|place| place.text.as_deref())
        .collect();
    assert_eq!(places, ["Columbus, OH"]);
    assert_eq!(results[1].workplace, None);
}

/// Two pages; the second has one posting.
fn two_pages() -> Router {
    let page = |Query(query): Query<HashMap<String, String>>| async move {
        assert_eq!(
            query["level"], "Internship",
            "internships are asked for by default"
        );
        let body = fixture("the-muse/page.json");
        match query["page"].as_str() {
            "0" => body,
            "1" => format!(
                r#"{{"page": 1, "page_count": 2, "total": 3, "results": [{}]}}"#,
                r#"{"id": 7, "name": "Data Intern", "refs": {"landing_page": "https://www.themuse.com/jobs/x/7"}}"#
            ),
            other => panic!("page {other} was asked for"),
        }
    };
    Router::new().route("/the-muse/api/public/jobs", get(page))
}

#[tokio::test]
async fn all_pages_are_read() {
    let (_site, ctx) = site(two_pages()).await;
    let fetched = TheMuse
        .fetch(&ctx, &address(SourceKind::TheMuse, "Internship"), None)
        .await
        .unwrap();
    assert!(fetched.complete, "{:?}", fetched.problems);
    assert_eq!(fetched.postings.len(), 3);
    assert_eq!(fetched.name.as_deref(), Some("The Muse: Internship"));
}

#[tokio::test]
async fn only_the_first_page_is_read_to_see_whether_it_works() {
    let (_site, ctx) = site(two_pages()).await;
    let ctx = FetchContext {
        outlines_only: true,
        ..ctx
    };
    let fetched = TheMuse
        .fetch(&ctx, &address(SourceKind::TheMuse, "Internship"), None)
        .await
        .unwrap();
    assert_eq!((fetched.postings.len(), fetched.complete), (2, false));
}

#[tokio::test]
async fn a_403_is_a_limit_and_not_a_refusal_and_names_the_setting_for_a_key() {
    let router = Router::new().route(
        "/the-muse/api/public/jobs",
        get(|| async { StatusCode::FORBIDDEN.into_response() }),
    );
    let (_site, mut ctx) = site(router).await;
    let source = address(SourceKind::TheMuse, "Internship");
    let limited = TheMuse.fetch(&ctx, &source, None).await.unwrap_err();
    assert_eq!(limited.kind, SourceErrorKind::RateLimited);
    assert_eq!(
        limited.retry_at,
        Some(ctx.clock.now().plus_millis(LIMITED_MS))
    );
    assert!(limited.message.contains("keys.the_muse_key"), "{limited}");
    ctx.keys.the_muse_key = Some(Secret("geheim-4711".to_owned()));
    let limited = TheMuse.fetch(&ctx, &source, None).await.unwrap_err();
    assert!(
        !format!("{limited:?}").contains("geheim-4711"),
        "{limited:?}"
    );
}

#[tokio::test]
async fn the_key_is_sent_where_there_is_one() {
    let page = |Query(query): Query<HashMap<String, String>>| async move {
        assert_eq!(query["api_key"], "geheim 4711&");
        r#"{"page_count": 1, "total": 0, "results": []}"#
    };
    let (_site, mut ctx) = site(Router::new().route("/the-muse/api/public/jobs", get(page))).await;
    ctx.keys.the_muse_key = Some(Secret("geheim 4711&".to_owned()));
    assert!(
        TheMuse
            .fetch(&ctx, &address(SourceKind::TheMuse, "Internship"), None)
            .await
            .unwrap()
            .complete
    );
}

#[test]
fn a_level_may_be_followed_by_a_category() {
    let shorthand = |words: &str| TheMuse.shorthand(words).unwrap().unwrap();
    assert_eq!(shorthand(""), "Internship");
    assert_eq!(
        shorthand("Entry Level / Data Science"),
        "Entry Level/Data Science"
    );
    assert!(TheMuse.shorthand("a\u{7}").unwrap().is_err());
    let url = Url::parse("https://www.themuse.com/search/internships").unwrap();
    assert_eq!(
        TheMuse
            .board_of(&url, &Endpoints::default())
            .unwrap()
            .address,
        "Internship"
    );
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(body in any::<String>()) {
        prop_assert!(parse(&body).err().is_none_or(|error| !error.message.is_empty()));
    }

    #[test]
    fn damaged_answers_are_read_or_refused(rule in 0_u8..5, seed in any::<usize>()) {
        if let Ok(parsed) = parse(&damaged(&fixture("the-muse/page.json"), rule, seed)) {
            prop_assert!(parsed.postings.iter().all(|posting| !posting.external_id.is_empty()));
        }
    }
}
