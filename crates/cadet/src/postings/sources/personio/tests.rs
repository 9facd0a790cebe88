//! Personio: XML with CDATA, positions told twice, languages joined, sites without a feed.

use std::collections::HashMap;

use axum::Router;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse};
use axum::routing::get;
use proptest::prelude::*;

use super::*;
use crate::postings::sources::testing::{address, by_id, damaged, fixture, shared, site};

const BASE: &str = "https://birkenhain.jobs.personio.de";

fn english() -> Vec<RawPosting> {
    let parsed = parse(&fixture("personio/en.xml"), BASE).unwrap();
    assert!(parsed.whole && parsed.problems.is_empty());
    parsed.postings
}

#[test]
fn a_position_that_stands_there_twice_is_one_posting() {
    let ids: Vec<_> = english().into_iter().map(|one| one.external_id).collect();
    assert_eq!(ids, ["410001", "410002"]);
}

#[test]
fn parts_of_the_text_stand_in_cdata_under_their_headings() {
    assert_eq!(
        english()[0].description,
        Some(RawText::Html(
            "<h3>Your tasks</h3>\n<ul><li>Build services in <b>Go</b> &amp; Kafka</li></ul>\n<h3>Your profile</h3>\n<p>You study computer science.</p>"
                .to_owned()
        ))
    );
    assert_eq!(english()[1].description, None);
}

#[test]
fn offices_are_told_once_each() {
    let offices: Vec<_> = english()[0]
        .locations
        .iter()
        .map(|place| place.text.clone().unwrap())
        .collect();
    assert_eq!(offices, ["Leipzig", "Dresden"]);
}

#[test]
fn the_rest_is_as_the_site_says() {
    let posting = &english()[0];
    assert_eq!(
        posting.company.as_deref(),
        Some("Birkenhain Systeme GmbH & Co. KG")
    );
    assert_eq!(posting.department.as_deref(), Some("Product & Tech"));
    assert_eq!(
        posting.employment_type.as_deref(),
        Some("working_student, part-time")
    );
    assert_eq!(posting.url, format!("{BASE}/job/410001"));
    assert_eq!(
        posting.posted,
        Some(RawDate::Text("2026-09-02T08:15:00+00:00".to_owned()))
    );
}

async fn languages(query: Query<HashMap<String, String>>) -> axum::response::Response {
    match query.get("language").map(String::as_str) {
        Some("en") => fixture("personio/en.xml").into_response(),
        Some("de") => fixture("personio/de.xml").into_response(),
        _ => "<?xml version=\"1.0\"?><workzag-jobs></workzag-jobs>".into_response(),
    }
}

#[tokio::test]
async fn languages_are_joined_with_one_posting_for_each_id() {
    let router = Router::new().route("/personio-de/birkenhain/xml", get(languages));
    let (_site, ctx) = site(router).await;
    let fetched = Personio
        .fetch(&ctx, &address(SourceKind::Personio, "de:birkenhain"), None)
        .await
        .unwrap();
    assert!(fetched.complete, "{:?}", fetched.problems);
    assert_eq!(fetched.postings.len(), 3);
    assert_eq!(
        by_id(&fetched.postings, "410001").title,
        "Working Student Backend (m/f/d)"
    );
    let platform = by_id(&fetched.postings, "410002");
    assert_eq!(
        platform.title, "Praktikum Datenplattform",
        "only German has its text"
    );
    assert!(platform.description.is_some());
    assert_eq!(
        by_id(&fetched.postings, "410003").title,
        "Ausbildung Fachinformatik"
    );
}

#[tokio::test]
async fn a_language_that_fails_makes_the_poll_partial() {
    let limited = |query: Query<HashMap<String, String>>| async move {
        match query.get("language").map(String::as_str) {
            Some("en") => fixture("personio/en.xml").into_response(),
            _ => StatusCode::TOO_MANY_REQUESTS.into_response(),
        }
    };
    let (_site, ctx) = site(Router::new().route("/personio/birkenhain/xml", get(limited))).await;
    let fetched = Personio
        .fetch(&ctx, &address(SourceKind::Personio, "birkenhain"), None)
        .await
        .unwrap();
    assert_eq!((fetched.postings.len(), fetched.complete), (2, false));
    assert_eq!(fetched.problems.len(), 1);
}

#[tokio::test]
async fn a_site_without_xml_says_so() {
    let page = || async { Html("<!doctype html><html><title>Jobs</title></html>") };
    let (_site, ctx) = site(Router::new().route("/personio/birkenhain/xml", get(page))).await;
    let error = Personio
        .fetch(&ctx, &address(SourceKind::Personio, "birkenhain"), None)
        .await
        .unwrap_err();
    assert_eq!(error.kind, SourceErrorKind::Malformed);
    assert!(error.message.contains("switched the feed off"), "{error}");
}

#[test]
fn both_domains_are_told_apart() {
    let board = |url: &str| {
        let url = Url::parse(url).unwrap();
        Personio
            .board_of(&url, &Endpoints::default())
            .map(|board| board.address)
    };
    assert_eq!(
        board("https://birkenhain.jobs.personio.de/job/410001").as_deref(),
        Some("de:birkenhain")
    );
    assert_eq!(
        board("https://birkenhain.jobs.personio.com/").as_deref(),
        Some("birkenhain")
    );
    assert_eq!(board("https://www.personio.com/"), None);
    let shorthand = |board: &str| Personio.shorthand(board).unwrap();
    assert_eq!(shorthand("de:Birkenhain").unwrap(), "de:birkenhain");
    assert_eq!(shorthand("com:birkenhain").unwrap(), "birkenhain");
    assert!(shorthand("eu:x").is_err() && shorthand("a/b").is_err());
}

#[test]
fn a_document_that_breaks_off_is_not_whole() {
    let body = fixture("personio/en.xml");
    let parsed = parse(&body[..body.len() * 3 / 4], BASE).unwrap();
    assert!(!parsed.whole && !parsed.postings.is_empty());
}

#[test]
fn a_real_answer_is_read_in_full() {
    let Some(body) = shared("ats/personio.xml") else {
        return;
    };
    let parsed = parse(&body, BASE).unwrap();
    assert_eq!((parsed.postings.len(), parsed.whole), (1, true));
    assert_eq!(parsed.postings[0].locations.len(), 2);
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(body in any::<String>()) {
        prop_assert!(parse(&body, BASE).err().is_none_or(|error| !error.message.is_empty()));
    }

    #[test]
    fn damaged_answers_are_read_or_refused(rule in 0_u8..5, seed in any::<usize>()) {
        if let Ok(parsed) = parse(&damaged(&fixture("personio/en.xml"), rule, seed), BASE) {
            prop_assert!(parsed.postings.iter().all(|posting| !posting.external_id.is_empty()));
        }
    }
}
