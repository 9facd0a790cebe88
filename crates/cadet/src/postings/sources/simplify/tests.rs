//! Community lists: records with their traps, and the three places where a list may be.

use std::collections::HashSet;

use axum::Router;
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use axum::routing::get;
use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::postings::sources::testing::{address, by_id, damaged, fixture, shared, site};

fn list() -> Parsed {
    parse(&fixture("simplify/listings.json"), "list").unwrap()
}

#[test]
fn active_and_visible_make_the_listing() {
    let postings = list().postings;
    assert_eq!(by_id(&postings, "a1").listing, Listing::Open);
    assert_eq!(by_id(&postings, "a2").listing, Listing::Closed);
    assert_eq!(by_id(&postings, "a3").listing, Listing::Hidden);
}

#[test]
fn a_record_is_read_with_terms_sponsorship_and_unix_seconds() {
    let postings = list().postings;
    let posting = by_id(&postings, "a1");
    assert_eq!(posting.company.as_deref(), Some("Tidewater"));
    assert_eq!(posting.terms, ["Summer 2027"]);
    assert_eq!(posting.sponsorship.as_deref(), Some("Offers Sponsorship"));
    assert_eq!(
        (posting.posted.clone(), posting.updated.clone()),
        (
            Some(RawDate::Seconds(1_794_000_000)),
            Some(RawDate::Seconds(1_795_000_000))
        )
    );
    assert_eq!(
        posting
            .locations
            .iter()
            .map(|place| place.text.as_deref().unwrap())
            .collect::<Vec<_>>(),
        ["Utrecht, Netherlands", "Remote in EU"]
    );
    assert_eq!(
        posting.raw["category"], "Software",
        "unknown fields stay in the record"
    );
    assert_eq!(posting.raw["company_url"], "https://simplify.jobs/c/x");
}

#[test]
fn one_id_for_two_openings_loses_neither() {
    let parsed = list();
    let companies: Vec<_> = parsed
        .postings
        .iter()
        .filter(|posting| posting.external_id.starts_with("dup"))
        .map(|posting| posting.company.clone().unwrap())
        .collect();
    assert_eq!(companies, ["Millrace", "Kestrel"]);
    assert_eq!(
        by_id(&parsed.postings, "dup").company.as_deref(),
        Some("Millrace"),
        "the first keeps the id"
    );
    assert!(parsed.whole, "nothing is lost");
    assert_eq!(parsed.problems.len(), 1);
    let ids: Vec<_> = list()
        .postings
        .into_iter()
        .map(|posting| posting.external_id)
        .collect();
    assert_eq!(
        ids,
        parsed
            .postings
            .iter()
            .map(|posting| posting.external_id.clone())
            .collect::<Vec<_>>(),
        "ids are the same at each poll"
    );
}

#[test]
fn a_repeated_record_counts_once_as_it_was_told_last() {
    let postings = list().postings;
    assert_eq!(
        postings
            .iter()
            .filter(|posting| posting.external_id == "same")
            .count(),
        1
    );
    assert_eq!(by_id(&postings, "same").listing, Listing::Closed);
}

#[test]
fn missing_fields_and_addresses_lose_no_record() {
    let postings = list().postings;
    let posting = by_id(&postings, "old");
    assert_eq!(
        (posting.url.as_str(), posting.terms.as_slice()),
        ("", &["Summer".to_owned()][..])
    );
    assert!(posting.locations.is_empty() && posting.sponsorship.is_none());
}

#[test]
fn a_record_without_an_id_gets_one_that_lasts() {
    let id = |title: &str| {
        parse(
            &json!([{ "title": title, "company_name": "C", "url": "https://c.example/1" }])
                .to_string(),
            "l",
        )
        .unwrap()
        .postings[0]
            .external_id
            .clone()
    };
    assert_eq!(id("Intern"), id("Intern"));
    assert_ne!(id("Intern"), id("Other"));
}

#[test]
fn dates_of_odd_kinds_are_taken_for_what_they_are() {
    let posting = |date: Value| {
        parse(
            &json!([{ "title": "T", "company_name": "C", "date_posted": date }]).to_string(),
            "l",
        )
        .unwrap()
        .postings
        .remove(0)
        .posted
    };
    assert_eq!(
        posting(json!(1_794_000_000_000_i64)),
        Some(RawDate::Millis(1_794_000_000_000))
    );
    assert_eq!(
        posting(json!("1794000000")),
        Some(RawDate::Seconds(1_794_000_000))
    );
    assert_eq!(
        posting(json!(1_794_000_000.5)),
        Some(RawDate::Seconds(1_794_000_000))
    );
    assert_eq!(
        posting(json!("2026-11-01")),
        Some(RawDate::Text("2026-11-01".to_owned()))
    );
    assert_eq!(
        posting(json!(253_402_300_799_i64)),
        Some(RawDate::Seconds(253_402_300_799))
    );
    assert_eq!(posting(json!(0)), None);
    assert_eq!(posting(json!(null)), None);
}

#[test]
fn other_json_is_no_list() {
    for body in [
        "{}",
        "3",
        "{\"listings\": 1}",
        "[1, 2]",
        "[{\"name\": \"package\"}]",
    ] {
        assert_eq!(
            parse(body, "list").unwrap_err().kind,
            SourceErrorKind::Malformed,
            "{body}"
        );
    }
    assert!(parse("[]", "list").unwrap().whole);
}

#[tokio::test]
async fn a_file_is_read_once_and_then_only_when_it_changes() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("listings.json");
    std::fs::write(&path, fixture("simplify/listings.json")).unwrap();
    let (_site, ctx) = site(Router::new()).await;
    let source = address(SourceKind::Simplify, path.to_str().unwrap());
    let first = Simplify.fetch(&ctx, &source, None).await.unwrap();
    assert_eq!((first.postings.len(), first.complete), (7, true));
    let second = Simplify
        .fetch(&ctx, &source, first.validators.as_ref())
        .await
        .unwrap();
    assert_eq!((second.postings.len(), second.unchanged), (0, true));
    std::fs::write(&path, "[]").unwrap();
    let third = Simplify
        .fetch(&ctx, &source, first.validators.as_ref())
        .await
        .unwrap();
    assert_eq!(
        (third.postings.len(), third.unchanged, third.complete),
        (0, false, true)
    );
}

#[tokio::test]
async fn a_checkout_is_read_at_its_usual_place() {
    let folder = tempfile::tempdir().unwrap();
    let list = folder.path().join(IN_CHECKOUT);
    std::fs::create_dir_all(list.parent().unwrap()).unwrap();
    std::fs::write(&list, fixture("simplify/listings.json")).unwrap();
    let (_site, ctx) = site(Router::new()).await;
    let fetched = Simplify
        .fetch(
            &ctx,
            &address(SourceKind::Simplify, folder.path().to_str().unwrap()),
            None,
        )
        .await
        .unwrap();
    assert_eq!(fetched.postings.len(), 7);
}

#[tokio::test]
async fn a_web_address_is_read_and_then_asked_for_changes() {
    let poll = |headers: HeaderMap| async move {
        match headers.contains_key("if-none-match") {
            true => StatusCode::NOT_MODIFIED.into_response(),
            false => ([("etag", "\"1\"")], fixture("simplify/listings.json")).into_response(),
        }
    };
    let (site, ctx) = site(Router::new().route("/listings.json", get(poll))).await;
    let source = address(SourceKind::Simplify, site.url("/listings.json").as_str());
    let first = Simplify.fetch(&ctx, &source, None).await.unwrap();
    assert_eq!(
        (first.postings.len(), first.name.as_deref()),
        (7, Some("127.0.0.1"))
    );
    assert!(
        Simplify
            .fetch(&ctx, &source, first.validators.as_ref())
            .await
            .unwrap()
            .unchanged
    );
}

#[tokio::test]
async fn a_file_that_is_missing_or_not_allowed_is_told() {
    let (_site, mut ctx) = site(Router::new()).await;
    let source = address(SourceKind::Simplify, "/no/such/listings.json");
    assert_eq!(
        Simplify.fetch(&ctx, &source, None).await.unwrap_err().kind,
        SourceErrorKind::File
    );
    ctx.local_files = false;
    let error = Simplify.fetch(&ctx, &source, None).await.unwrap_err();
    assert!(
        error.kind == SourceErrorKind::File && error.message.contains("web address"),
        "{error}"
    );
}

#[test]
fn the_name_of_a_list_is_its_repository() {
    assert_eq!(
        name_of(
            "https://raw.githubusercontent.com/Someone/Interns/HEAD/.github/scripts/listings.json"
        )
        .as_deref(),
        Some("Someone/Interns")
    );
    assert_eq!(
        name_of("/home/me/Interns/.github/scripts/listings.json").as_deref(),
        Some("Interns")
    );
    assert_eq!(name_of("/home/me/Interns").as_deref(), Some("Interns"));
}

#[test]
fn a_real_list_is_read_in_full() {
    let Some(body) = shared("simplify_listings.json") else {
        return;
    };
    let parsed = parse(&body, "list").unwrap();
    assert_eq!(parsed.postings.len(), 6_000);
    assert!(parsed.whole);
    assert_eq!(
        parsed.problems.len(),
        2,
        "two ids stand for two openings each"
    );
    let ids: HashSet<_> = parsed
        .postings
        .iter()
        .map(|posting| &posting.external_id)
        .collect();
    assert_eq!(ids.len(), 6_000);
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(body in any::<String>()) {
        prop_assert!(parse(&body, "t").err().is_none_or(|error| !error.message.is_empty()));
    }

    #[test]
    fn damaged_lists_are_read_or_refused(rule in 0_u8..5, seed in any::<usize>()) {
        if let Ok(parsed) = parse(&damaged(&fixture("simplify/listings.json"), rule, seed), "t") {
            let ids: HashSet<_> = parsed.postings.iter().map(|posting| &posting.external_id).collect();
            prop_assert_eq!(ids.len(), parsed.postings.len());
        }
    }
}
