//! Teamtailor: the JSON Feed, its `_jobposting`, branded domains, and the RSS feed in its stead.

use std::collections::HashMap;

use axum::Router;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::routing::get;
use proptest::prelude::*;

use super::*;
use crate::postings::sources::model::{RawDate, RawText};
use crate::postings::sources::testing::{address, by_id, damaged, fixture, shared, site};

const AT: &str = "https://fjellvik.teamtailor.com/jobs.json";

fn feed() -> Vec<RawPosting> {
    let parsed = parse(&fixture("teamtailor/jobs.json"), AT).unwrap();
    assert!(parsed.whole && parsed.problems.is_empty());
    assert_eq!(parsed.name.as_deref(), Some("Fjellvik"));
    parsed.postings
}

#[test]
fn the_embedded_job_posting_gives_places_dates_and_employer() {
    let posting = &feed()[0];
    let cities: Vec<_> = posting
        .locations
        .iter()
        .map(|place| place.city.clone().unwrap())
        .collect();
    assert_eq!(cities, ["Bergen", "Oslo"]);
    assert_eq!(posting.employment_type.as_deref(), Some("INTERN"));
    assert_eq!(posting.company.as_deref(), Some("Fjellvik"));
    assert_eq!(
        posting.posted,
        Some(RawDate::Text("2026-10-04T09:26:20+02:00".to_owned()))
    );
    assert!(posting.deadline.is_some());
}

#[test]
fn the_id_is_the_number_in_the_address_on_any_domain() {
    let ids: Vec<_> = feed().into_iter().map(|one| one.external_id).collect();
    assert_eq!(ids, ["5500101", "5500102"]);
}

#[test]
fn an_item_without_a_job_posting_is_read_from_the_feed_itself() {
    let posting = &feed()[1];
    assert_eq!(
        posting.description,
        Some(RawText::Html("<p>Pipelines.</p>".to_owned()))
    );
    assert!(posting.posted.is_some());
}

#[test]
fn the_rss_feed_tells_the_same_postings_with_places_in_its_own_namespace() {
    let parsed = parse_rss(&fixture("teamtailor/jobs.rss"), AT).unwrap();
    assert!(parsed.whole);
    let posting = &parsed.postings[0];
    assert_eq!(posting.external_id, "5500101");
    assert_eq!(posting.title, "Backend Intern – Summer");
    assert_eq!(posting.locations[0].city.as_deref(), Some("Bergen"));
    assert_eq!(posting.locations[1].text.as_deref(), Some("Oslo office"));
    assert_eq!(posting.workplace.as_deref(), Some("hybrid"));
    assert_eq!(
        posting.description,
        Some(RawText::Html(
            "<p>Ship <strong>services</strong>.</p>".to_owned()
        ))
    );
    assert_eq!(parsed.postings[1].workplace, None);
    assert_eq!(parsed.postings[1].department.as_deref(), Some("Data"));
}

#[tokio::test]
async fn a_tenant_and_a_branded_domain_are_both_read() {
    let feed = || async { fixture("teamtailor/jobs.json") };
    let router = Router::new()
        .route("/teamtailor/fjellvik/jobs.json", get(feed))
        .route("/jobs.json", get(feed));
    let (site, ctx) = site(router).await;
    for name in ["fjellvik", &format!("{}/jobs/1-x", site.base)] {
        let fetched = Teamtailor
            .fetch(&ctx, &address(SourceKind::Teamtailor, name), None)
            .await
            .unwrap();
        assert_eq!(
            (fetched.postings.len(), fetched.complete),
            (2, true),
            "{name}"
        );
    }
    let error = Teamtailor
        .fetch(&ctx, &address(SourceKind::Teamtailor, "nobody"), None)
        .await
        .unwrap_err();
    assert_eq!(error.kind, SourceErrorKind::NotFound);
    assert!(
        error.message.contains("Teamtailor has no job board"),
        "{error}"
    );
}

fn rss_of(numbers: std::ops::Range<usize>) -> String {
    let items: String = numbers
        .map(|n| format!("<item><title>T{n}</title><link>https://f.teamtailor.com/jobs/{n}-t</link><guid>g{n}</guid></item>"))
        .collect();
    format!("<rss version=\"2.0\"><channel><title>F</title>{items}</channel></rss>")
}

#[tokio::test]
async fn without_a_json_feed_the_rss_feed_is_read_page_by_page() {
    let pages = |query: Query<HashMap<String, String>>| async move {
        let offset: usize = query["offset"].parse().unwrap();
        let size: usize = query["per_page"].parse().unwrap();
        rss_of(offset..(offset + size).min(230))
    };
    let router = Router::new()
        .route("/teamtailor/f/jobs.rss", get(pages))
        .route("/teamtailor/g/jobs.rss", get(|| async { rss_of(0..100) }))
        .route(
            "/teamtailor/h/jobs.rss",
            get(|query: Query<HashMap<String, String>>| async move {
                match query["offset"].as_str() {
                    "0" => rss_of(0..100).into_response(),
                    _ => StatusCode::FORBIDDEN.into_response(),
                }
            }),
        );
    let (_site, ctx) = site(router).await;
    for (tenant, postings, complete) in [("f", 230, true), ("g", 100, true), ("h", 100, false)] {
        let fetched = Teamtailor
            .fetch(&ctx, &address(SourceKind::Teamtailor, tenant), None)
            .await
            .unwrap();
        assert_eq!(
            (fetched.postings.len(), fetched.complete),
            (postings, complete),
            "{tenant}"
        );
    }
}

#[tokio::test]
async fn a_feed_that_names_a_next_page_is_followed_on_its_own_site_only() {
    let item = |n: usize, next: &str| {
        format!(
            r#"{{"version":"https://jsonfeed.org/version/1.1","title":"F","next_url":{next},"items":[{{"id":"{n}","title":"T","url":"https://f.teamtailor.com/jobs/{n}-t"}}]}}"#
        )
    };
    let (first, second) = (
        item(1, "\"/teamtailor/f/jobs.json?page=2\""),
        item(2, "\"https://elsewhere.example/jobs.json\""),
    );
    let pages = move |query: Query<HashMap<String, String>>| async move {
        match query.get("page") {
            None => first,
            Some(_) => second,
        }
    };
    let (_site, ctx) = site(Router::new().route("/teamtailor/f/jobs.json", get(pages))).await;
    let fetched = Teamtailor
        .fetch(&ctx, &address(SourceKind::Teamtailor, "f"), None)
        .await
        .unwrap();
    assert_eq!((fetched.postings.len(), fetched.complete), (2, true));
    assert!(by_id(&fetched.postings, "2").url.ends_with("/jobs/2-t"));
}

#[test]
fn addresses_of_all_regions_and_brands_are_recognised() {
    let board = |url: &str| {
        let url = Url::parse(url).unwrap();
        Teamtailor
            .board_of(&url, &Endpoints::default())
            .map(|board| board.address)
    };
    assert_eq!(
        board("https://fjellvik.teamtailor.com/jobs/5500101-x").as_deref(),
        Some("fjellvik")
    );
    assert_eq!(
        board("https://fjellvik.na.teamtailor.com/jobs").as_deref(),
        Some("https://fjellvik.na.teamtailor.com")
    );
    assert_eq!(board("https://www.teamtailor.com/"), None);
    let at = Url::parse("https://careers.fjellvik.example/jobs").unwrap();
    let html = r#"<link href="https://assets-aws.teamtailor-cdn.com/app.css">"#;
    assert_eq!(
        Teamtailor.branded(html, &at).unwrap().address,
        "https://careers.fjellvik.example"
    );
    assert_eq!(Teamtailor.branded("<p>teamtailor</p>", &at), None);
}

#[test]
fn what_is_no_feed_is_malformed() {
    for body in ["[]", "{}", "<!doctype html>"] {
        let error = parse(body, AT).unwrap_err();
        assert_eq!(error.kind, SourceErrorKind::Malformed, "{body}");
        assert_eq!(
            parse_rss(body, AT).unwrap_err().kind,
            SourceErrorKind::Malformed,
            "{body}"
        );
    }
}

#[test]
fn a_real_answer_is_read_in_full() {
    let Some(body) = shared("ats/teamtailor.json") else {
        return;
    };
    let parsed = parse(&body, AT).unwrap();
    assert_eq!((parsed.postings.len(), parsed.whole), (2, true));
    assert!(parsed.postings.iter().all(|one| !one.locations.is_empty()));
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(body in any::<String>()) {
        prop_assert!(parse(&body, AT).err().is_none_or(|error| !error.message.is_empty()));
        prop_assert!(parse_rss(&body, AT).err().is_none_or(|error| !error.message.is_empty()));
    }

    #[test]
    fn damaged_answers_are_read_or_refused(rule in 0_u8..5, seed in any::<usize>()) {
        for parsed in [
            parse(&damaged(&fixture("teamtailor/jobs.json"), rule, seed), AT),
            parse_rss(&damaged(&fixture("teamtailor/jobs.rss"), rule, seed), AT),
        ].into_iter().flatten() {
            prop_assert!(parsed.postings.iter().all(|posting| !posting.external_id.is_empty()));
        }
    }
}
