//! Gem: the whole board in one answer.

use axum::Router;
use axum::routing::get;
use proptest::prelude::*;

use super::*;
use crate::postings::sources::model::RawDate;
use crate::postings::sources::testing::{address, by_id, damaged, fixture, site};

fn board_postings() -> Vec<RawPosting> {
    let parsed = parse(&fixture("gem/job_posts.json"), "saltglass").unwrap();
    assert!(parsed.whole && parsed.problems.is_empty());
    parsed.postings
}

#[test]
fn one_posting_is_read_with_all_its_fields() {
    let postings = board_postings();
    let posting = by_id(&postings, "am9icG9zdDqTm4xQ7");
    assert_eq!(
        posting.url,
        "https://jobs.gem.com/saltglass/am9icG9zdDqTm4xQ7"
    );
    assert_eq!(posting.employment_type.as_deref(), Some("internship"));
    assert_eq!(posting.workplace.as_deref(), Some("in_office"));
    assert_eq!(posting.department.as_deref(), Some("Engineering, Data"));
    assert_eq!(posting.requisition.as_deref(), Some("ENG-14"));
    assert_eq!(
        posting.description,
        Some(RawText::Html(
            "<p>Shape our <strong>Kafka</strong> pipelines.</p>".to_owned()
        ))
    );
}

#[test]
fn first_published_is_the_date_of_posting_and_created_only_stands_in() {
    let postings = board_postings();
    let text = |text: &str| Some(RawDate::Text(text.to_owned()));
    assert_eq!(postings[0].posted, text("2026-10-12T15:30:00Z"));
    assert_eq!(postings[0].updated, text("2026-11-10T08:00:00Z"));
    assert_eq!(postings[1].posted, text("2026-09-01T10:00:00Z"));
}

#[test]
fn offices_stand_in_for_a_place_that_is_missing() {
    let postings = board_postings();
    let places: Vec<_> = postings[1]
        .locations
        .iter()
        .filter_map(|place| place.text.as_deref())
        .collect();
    assert_eq!(places, ["Seattle, WA", "Boise"]);
    assert_eq!(
        postings[1].description,
        Some(RawText::Plain("Find people.".to_owned()))
    );
    assert_eq!(
        postings[1].url,
        "https://jobs.gem.com/saltglass/am9icG9zdDqZZ80aP"
    );
}

#[tokio::test]
async fn the_interface_is_asked_with_the_slash_at_the_end() {
    let router = Router::new().route(
        "/gem/job_board/v0/saltglass/job_posts/",
        get(|| async { fixture("gem/job_posts.json") }),
    );
    let (_site, ctx) = site(router).await;
    let fetched = Gem
        .fetch(&ctx, &address(SourceKind::Gem, "saltglass"), None)
        .await
        .unwrap();
    assert!(fetched.complete);
    assert_eq!(fetched.postings.len(), 2);
    let missing = Gem
        .fetch(&ctx, &address(SourceKind::Gem, "nobody"), None)
        .await
        .unwrap_err();
    assert_eq!(missing.kind, SourceErrorKind::NotFound);
}

#[test]
fn its_addresses_and_shorthand_are_known() {
    let board = |url: &str| {
        let url = Url::parse(url).unwrap();
        Gem.board_of(&url, &Endpoints::default())
            .map(|board| board.address)
    };
    assert_eq!(
        board("https://jobs.gem.com/Saltglass/am9icG9zdDqTm4xQ7").as_deref(),
        Some("Saltglass"),
        "capital letters count"
    );
    assert_eq!(
        board("https://api.gem.com/job_board/v0/saltglass/job_posts/").as_deref(),
        Some("saltglass")
    );
    assert_eq!(board("https://www.gem.com/pricing"), None);
    assert!(Gem.shorthand("a/b").unwrap().is_err());
}

#[test]
fn what_is_no_list_is_malformed() {
    for body in ["{}", "1", "<!doctype html>"] {
        assert_eq!(
            parse(body, "x").unwrap_err().kind,
            SourceErrorKind::Malformed,
            "{body}"
        );
    }
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(body in any::<String>()) {
        prop_assert!(parse(&body, "x").err().is_none_or(|error| !error.message.is_empty()));
    }

    #[test]
    fn damaged_answers_are_read_or_refused(rule in 0_u8..5, seed in any::<usize>()) {
        if let Ok(parsed) = parse(&damaged(&fixture("gem/job_posts.json"), rule, seed), "x") {
            prop_assert!(parsed.postings.iter().all(|posting| !posting.external_id.is_empty() && !posting.title.is_empty()));
        }
    }
}
