//! Arbeitnow: escaped texts, pages until one is empty, and a link that is not to be followed.

use std::collections::HashMap;

use axum::Router;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::routing::get;
use proptest::prelude::*;

use super::*;
use crate::postings::sources::model::{RawDate, RawText};
use crate::postings::sources::testing::{address, damaged, fixture, site};

fn jobs() -> Vec<RawPosting> {
    let parsed = parse(&fixture("arbeitnow/page1.json")).unwrap();
    assert!(parsed.whole && parsed.problems.is_empty());
    parsed.postings
}

#[test]
fn an_escaped_text_is_unescaped_once_and_any_other_stays() {
    let jobs = jobs();
    assert_eq!(
        jobs[0].description,
        Some(RawText::Html(
            "<p>Du entwickelst <strong>Java</strong> &amp; Spring.</p>".to_owned()
        ))
    );
    assert_eq!(
        jobs[1].description,
        Some(RawText::Html("<p>Pipelines.</p>".to_owned()))
    );
}

#[test]
fn the_date_is_in_seconds_and_remote_is_a_flag() {
    let jobs = jobs();
    assert_eq!(jobs[0].posted, Some(RawDate::Seconds(1_794_873_600)));
    assert_eq!(
        jobs[0].employment_type.as_deref(),
        Some("working student, part time")
    );
    assert_eq!(jobs[0].locations[0].text.as_deref(), Some("Kassel"));
    assert_eq!(
        (&jobs[0].workplace, jobs[1].workplace.as_deref()),
        (&None, Some("remote"))
    );
    assert!(jobs[1].locations.is_empty() && jobs[1].employment_type.is_none());
}

/// Pages with a job of their own each, up to and with `last`; whoever follows `links.next` would ask with a search word.
fn pages(last: usize, failing: Option<usize>) -> Router {
    let page = move |Query(query): Query<HashMap<String, String>>| async move {
        assert!(!query.contains_key("search"), "links.next was followed");
        let number: usize = query["page"].parse().unwrap();
        if Some(number) == failing {
            return StatusCode::BAD_REQUEST.into_response();
        }
        let body = match number <= last {
            true => fixture("arbeitnow/page1.json").replace("3100", &format!("{number}00")),
            false => r#"{"data": [], "links": {"next": null}}"#.to_owned(),
        };
        body.into_response()
    };
    Router::new().route("/arbeitnow/api/job-board-api", get(page))
}

#[tokio::test]
async fn pages_are_read_until_one_is_empty() {
    let (_site, ctx) = site(pages(3, None)).await;
    let fetched = Arbeitnow
        .fetch(&ctx, &address(SourceKind::Arbeitnow, "all"), None)
        .await
        .unwrap();
    assert!(fetched.complete, "{:?}", fetched.problems);
    assert_eq!(fetched.postings.len(), 6);
}

#[tokio::test]
async fn a_page_that_fails_keeps_the_ones_before_and_makes_the_poll_partial() {
    let (_site, ctx) = site(pages(9, Some(3))).await;
    let fetched = Arbeitnow
        .fetch(&ctx, &address(SourceKind::Arbeitnow, "all"), None)
        .await
        .unwrap();
    assert_eq!((fetched.postings.len(), fetched.complete), (4, false));
    assert_eq!(fetched.problems[0].at, "page 3");
    let (_site, ctx) = site(pages(9, Some(1))).await;
    assert!(
        Arbeitnow
            .fetch(&ctx, &address(SourceKind::Arbeitnow, "all"), None)
            .await
            .is_err()
    );
}

#[tokio::test]
async fn more_pages_than_one_poll_reads_are_told() {
    let (_site, ctx) = site(pages(usize::MAX, None)).await;
    let fetched = Arbeitnow
        .fetch(&ctx, &address(SourceKind::Arbeitnow, "all"), None)
        .await
        .unwrap();
    assert_eq!(
        (fetched.postings.len(), fetched.complete),
        (2 * MAX_PAGES, false)
    );
    assert!(
        fetched
            .problems
            .iter()
            .any(|problem| problem.message.contains("50 pages")),
        "{:?}",
        fetched.problems
    );
}

#[test]
fn it_takes_no_words() {
    assert_eq!(Arbeitnow.shorthand("").unwrap().unwrap(), "all");
    assert!(Arbeitnow.shorthand("backend").unwrap().is_err());
    let url = Url::parse("https://www.arbeitnow.com/jobs").unwrap();
    assert_eq!(
        Arbeitnow
            .board_of(&url, &Endpoints::default())
            .unwrap()
            .address,
        "all"
    );
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(body in any::<String>()) {
        prop_assert!(parse(&body).err().is_none_or(|error| !error.message.is_empty()));
    }

    #[test]
    fn damaged_answers_are_read_or_refused(rule in 0_u8..5, seed in any::<usize>()) {
        if let Ok(parsed) = parse(&damaged(&fixture("arbeitnow/page1.json"), rule, seed)) {
            prop_assert!(parsed.postings.iter().all(|posting| !posting.external_id.is_empty()));
        }
    }
}
