//! Pinpoint: no date of posting, text in four parts, pay only where it is to be seen.

use axum::Router;
use axum::routing::get;
use proptest::prelude::*;

use super::*;
use crate::postings::sources::model::RawDate;
use crate::postings::sources::testing::{address, by_id, damaged, fixture, shared, site};

const BASE: &str = "https://thornbury.pinpointhq.com";
const PLACEMENT: &str = "5d1f0e3a-7c44-4b0e-9d57-1a2b3c4d5e6f";

fn postings() -> Vec<RawPosting> {
    let parsed = parse(&fixture("pinpoint/postings.json"), BASE).unwrap();
    assert!(parsed.whole && parsed.problems.is_empty());
    parsed.postings
}

#[test]
fn the_deadline_is_never_passed_off_as_the_date_of_posting() {
    let postings = postings();
    let placement = by_id(&postings, PLACEMENT);
    assert_eq!(placement.posted, None);
    assert_eq!(placement.updated, None);
    assert_eq!(
        placement.deadline,
        Some(RawDate::Text("2027-01-15T23:59:59+00:00".to_owned()))
    );
}

#[test]
fn the_text_is_all_four_parts_under_their_headings() {
    let postings = postings();
    let Some(RawText::Html(text)) = &by_id(&postings, PLACEMENT).description else {
        panic!("the text is HTML")
    };
    assert_eq!(
        text,
        "<p>A year with the <em>billing</em> team.</p>\n<h3>What you'll do</h3>\n<ul><li>Build REST services in Kotlin</li></ul>\n\
         <h3>What you bring</h3>\n<p>Second-year students of any degree.</p>\n<h3>Benefits</h3>\n<p>A railcard.</p>"
    );
    assert_eq!(
        by_id(&postings, "310443").description,
        Some(RawText::Html("<p>Nights are quiet here.</p>".to_owned()))
    );
}

#[test]
fn pay_counts_only_if_the_employer_wants_it_seen() {
    let postings = postings();
    let pay = by_id(&postings, PLACEMENT).pay.clone().unwrap();
    assert_eq!(
        (
            pay.min,
            pay.max,
            pay.currency.as_deref(),
            pay.period.as_deref()
        ),
        (Some(24_000.0), Some(24_000.0), Some("GBP"), Some("year"))
    );
    assert_eq!(by_id(&postings, "310443").pay, None);
    let unsaid = fixture("pinpoint/postings.json").replace(
        "\"compensation_visible\": true",
        "\"compensation_seen\": true",
    );
    assert_eq!(parse(&unsaid, BASE).unwrap().postings[0].pay, None);
}

#[test]
fn the_id_is_that_of_the_address_by_which_others_know_the_posting() {
    let postings = postings();
    let placement = by_id(&postings, PLACEMENT);
    assert_eq!(placement.url, format!("{BASE}/en/postings/{PLACEMENT}"));
    assert_eq!(placement.requisition.as_deref(), Some("REQ-2201"));
    assert_eq!(placement.department.as_deref(), Some("Engineering"));
    assert_eq!(placement.locations[0].city.as_deref(), Some("Bristol"));
    let other = by_id(&postings, "310443");
    assert_eq!(
        other.url,
        format!("{BASE}/en/postings/310443"),
        "built from the path"
    );
    assert_eq!(other.department.as_deref(), Some("Operations"));
}

#[tokio::test]
async fn one_call_gives_the_whole_board() {
    let router = Router::new().route(
        "/pinpoint/thornbury/postings.json",
        get(|| async { fixture("pinpoint/postings.json") }),
    );
    let (_site, ctx) = site(router).await;
    let fetched = Pinpoint
        .fetch(&ctx, &address(SourceKind::Pinpoint, "thornbury"), None)
        .await
        .unwrap();
    assert!(fetched.complete);
    assert_eq!(fetched.postings.len(), 2);
    let missing = Pinpoint
        .fetch(&ctx, &address(SourceKind::Pinpoint, "nobody"), None)
        .await
        .unwrap_err();
    assert_eq!(missing.kind, SourceErrorKind::NotFound);
    assert!(
        missing
            .message
            .contains("Pinpoint has no job board \"nobody\""),
        "{missing}"
    );
}

#[test]
fn its_addresses_and_shorthand_are_known() {
    let board = |url: &str| {
        let url = Url::parse(url).unwrap();
        Pinpoint
            .board_of(&url, &Endpoints::default())
            .map(|board| board.address)
    };
    assert_eq!(
        board("https://thornbury.pinpointhq.com/en/postings/1").as_deref(),
        Some("thornbury")
    );
    assert_eq!(board("https://www.pinpointhq.com/"), None);
    assert_eq!(
        Pinpoint.shorthand("thornbury").unwrap().unwrap(),
        "thornbury"
    );
    assert!(Pinpoint.shorthand("a/b").unwrap().is_err());
}

#[test]
fn a_real_answer_is_read_in_full() {
    let Some(body) = shared("ats/pinpoint.json") else {
        return;
    };
    let parsed = parse(&body, "https://acme.pinpointhq.com").unwrap();
    assert_eq!((parsed.postings.len(), parsed.whole), (2, true));
    assert!(
        parsed
            .postings
            .iter()
            .all(|posting| posting.posted.is_none())
    );
    assert!(parsed.postings[0].deadline.is_some());
}

#[test]
fn what_is_no_list_is_malformed() {
    for body in ["[]", "{}", r#"{"data": {}}"#, "<!doctype html>"] {
        assert_eq!(
            parse(body, BASE).unwrap_err().kind,
            SourceErrorKind::Malformed,
            "{body}"
        );
    }
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(body in any::<String>()) {
        prop_assert!(parse(&body, BASE).err().is_none_or(|error| !error.message.is_empty()));
    }

    #[test]
    fn damaged_answers_are_read_or_refused(rule in 0_u8..5, seed in any::<usize>()) {
        if let Ok(parsed) = parse(&damaged(&fixture("pinpoint/postings.json"), rule, seed), BASE) {
            prop_assert!(parsed.postings.iter().all(|posting| posting.posted.is_none() && !posting.title.is_empty()));
        }
    }
}
