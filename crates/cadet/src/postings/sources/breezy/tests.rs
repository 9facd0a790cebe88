//! Breezy: the list without text, and the pages that carry it as JSON-LD.

use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse};
use axum::routing::get;
use proptest::prelude::*;

use super::*;
use crate::postings::sources::model::{RawDate, RawText};
use crate::postings::sources::testing::{address, by_id, damaged, fixture, site};

const BASE: &str = "https://lanternworks.breezy.hr";

fn list() -> Vec<RawPosting> {
    let parsed = parse(&fixture("breezy/list.json"), BASE).unwrap();
    assert!(parsed.whole && parsed.problems.is_empty());
    assert_eq!(parsed.name.as_deref(), Some("Lantern Works"));
    parsed.postings
}

#[test]
fn a_list_record_is_read_with_all_its_fields() {
    let list = list();
    let posting = by_id(&list, "4be19c02d7a1");
    assert_eq!(posting.title, "Backend Engineering Intern");
    assert_eq!(
        posting.url,
        format!("{BASE}/p/4be19c02d7a1-backend-engineering-intern")
    );
    assert_eq!(posting.employment_type.as_deref(), Some("Internship"));
    assert_eq!(posting.department.as_deref(), Some("Platform"));
    assert_eq!(
        posting.pay.as_ref().unwrap().text.as_deref(),
        Some("€900 - €1,100 / month")
    );
    assert_eq!(
        posting.posted,
        Some(RawDate::Text("2026-10-06T09:41:12.553Z".to_owned()))
    );
}

#[test]
fn all_locations_are_told_once_each_and_remote_is_a_flag() {
    let list = list();
    let cities: Vec<_> = list[0]
        .locations
        .iter()
        .filter_map(|place| place.city.as_deref())
        .collect();
    assert_eq!(cities, ["Porto", "Vigo"]);
    assert_eq!(list[0].workplace, None);
    assert_eq!(list[1].workplace.as_deref(), Some("Remote"));
    assert_eq!(list[1].locations[0].country.as_deref(), Some("Portugal"));
    assert_eq!(
        (&list[1].department, &list[1].pay),
        (&None, &None),
        "empty texts are none"
    );
}

#[test]
fn the_text_comes_from_the_json_ld_of_the_page() {
    let mut posting = list().remove(0);
    let at = Url::parse(&posting.url).unwrap();
    merge_page(&mut posting, &fixture("breezy/page.html"), &at).unwrap();
    assert_eq!(
        posting.description,
        Some(RawText::Html(
            "<p>Keep the <strong>message queue</strong> lit. You write Go &amp; SQL.</p>"
                .to_owned()
        ))
    );
    assert_eq!(
        posting.deadline,
        Some(RawDate::Text("2027-01-31".to_owned()))
    );
    assert_eq!(
        posting.locations.len(),
        2,
        "the list tells the places apart better"
    );
    assert_eq!(posting.external_id, "4be19c02d7a1");
    assert!(merge_page(&mut posting, "<p>busy</p>", &at).is_err());
}

#[tokio::test]
async fn a_page_that_fails_leaves_an_outline_and_the_poll_complete() {
    let page = |Path((_, page)): Path<(String, String)>| async move {
        match page.starts_with("4be19c02d7a1") {
            true => Html(fixture("breezy/page.html")).into_response(),
            false => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        }
    };
    let router = Router::new()
        .route(
            "/breezy/lanternworks/json",
            get(|| async { fixture("breezy/list.json") }),
        )
        .route("/breezy/{tenant}/p/{page}", get(page));
    let (_site, ctx) = site(router).await;
    let fetched = Breezy
        .fetch(&ctx, &address(SourceKind::Breezy, "lanternworks"), None)
        .await
        .unwrap();
    assert!(fetched.complete);
    assert!(!by_id(&fetched.postings, "4be19c02d7a1").outline);
    assert!(by_id(&fetched.postings, "77aa01c3e9f4").outline);
    assert_eq!(fetched.problems.len(), 1, "{:?}", fetched.problems);
    let missing = Breezy
        .fetch(&ctx, &address(SourceKind::Breezy, "nobody"), None)
        .await
        .unwrap_err();
    assert_eq!(missing.kind, SourceErrorKind::NotFound);
}

#[tokio::test]
async fn pages_that_were_read_are_not_read_again_at_the_next_poll() {
    let router = Router::new()
        .route(
            "/breezy/lanternworks/json",
            get(|| async { fixture("breezy/list.json") }),
        )
        .route(
            "/breezy/{tenant}/p/{page}",
            get(|| async { Html(fixture("breezy/page.html")) }),
        );
    let (_site, ctx) = site(router).await;
    let source = address(SourceKind::Breezy, "lanternworks");
    let first = Breezy.fetch(&ctx, &source, None).await.unwrap();
    assert!(first.postings.iter().all(|posting| !posting.outline));
    let second = Breezy
        .fetch(&ctx, &source, first.validators.as_ref())
        .await
        .unwrap();
    assert!(second.postings.iter().all(|posting| posting.outline) && second.complete);
}

#[test]
fn its_addresses_and_shorthand_are_known() {
    let board = |url: &str| {
        let url = Url::parse(url).unwrap();
        Breezy
            .board_of(&url, &Endpoints::default())
            .map(|board| board.address)
    };
    assert_eq!(
        board("https://lanternworks.breezy.hr/p/4be19c02d7a1-x?source=y").as_deref(),
        Some("lanternworks")
    );
    assert_eq!(board("https://www.breezy.hr/"), None);
    assert_eq!(
        Breezy.shorthand("LanternWorks").unwrap().unwrap(),
        "lanternworks"
    );
    assert!(Breezy.shorthand("lantern.works/x").unwrap().is_err());
}

#[test]
fn what_is_no_list_is_malformed() {
    for body in ["{}", "<!doctype html><title>Breezy</title>", "[", "null"] {
        let error = parse(body, BASE).unwrap_err();
        assert!(
            matches!(
                error.kind,
                SourceErrorKind::Malformed | SourceErrorKind::Truncated
            ),
            "{body}"
        );
    }
    let lost = parse(r#"[{"name": "No id"}, {"id": "1", "name": "Fine"}]"#, BASE).unwrap();
    assert_eq!((lost.postings.len(), lost.whole), (1, false));
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(body in any::<String>()) {
        prop_assert!(parse(&body, BASE).err().is_none_or(|error| !error.message.is_empty()));
    }

    #[test]
    fn damaged_answers_are_read_or_refused(rule in 0_u8..5, seed in any::<usize>()) {
        if let Ok(parsed) = parse(&damaged(&fixture("breezy/list.json"), rule, seed), BASE) {
            prop_assert!(parsed.postings.iter().all(|posting| !posting.external_id.is_empty() && !posting.title.is_empty()));
        }
        let at = Url::parse(BASE).unwrap();
        let _ = merge_page(&mut RawPosting::default(), &damaged(&fixture("breezy/page.html"), rule, seed), &at);
    }
}
