//! Rippling: one job listed once for each place, and the calls for texts.

use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::routing::get;
use proptest::prelude::*;

use super::*;
use crate::postings::sources::model::RawDate;
use crate::postings::sources::testing::{address, by_id, damaged, fixture, shared, site};

const INTERN: &str = "0b9c6a50-3f52-4d0e-8a6b-2f1e6d7c8b90";

fn list() -> Vec<RawPosting> {
    let parsed = parse(&fixture("rippling/jobs.json"), "copperkettle").unwrap();
    assert!(parsed.whole && parsed.problems.is_empty());
    parsed.postings
}

fn places(posting: &RawPosting) -> Vec<&str> {
    posting
        .locations
        .iter()
        .filter_map(|place| place.text.as_deref())
        .collect()
}

#[test]
fn a_job_that_is_listed_once_for_each_place_is_one_posting() {
    let list = list();
    assert_eq!(list.len(), 2);
    assert_eq!(
        places(by_id(&list, INTERN)),
        ["Austin, TX", "Remote (Texas, US)"]
    );
}

#[test]
fn the_detail_adds_text_date_pay_and_further_places() {
    let mut posting = list().remove(0);
    merge_detail(&mut posting, &fixture("rippling/detail.json")).unwrap();
    assert_eq!(
        posting.description,
        Some(RawText::Html(
            "<p>Write <b>Python</b> services that never lose a cent.</p>\n<p>Copper Kettle brews payroll.</p>".to_owned()
        ))
    );
    assert_eq!(posting.company.as_deref(), Some("Copper Kettle"));
    assert_eq!(
        posting.employment_type.as_deref(),
        Some("Intern"),
        "the id is for people, the label for programs"
    );
    assert_eq!(
        posting.posted,
        Some(RawDate::Text("2026-10-20T16:02:44.105000-07:00".to_owned()))
    );
    assert_eq!(
        places(&posting),
        ["Austin, TX", "Remote (Texas, US)", "Denver, CO"]
    );
    let pay = posting.pay.unwrap();
    assert_eq!(
        (
            pay.min,
            pay.max,
            pay.currency.as_deref(),
            pay.period.as_deref()
        ),
        (Some(36.0), Some(44.0), Some("USD"), Some("HOURLY")),
        "a range in another currency is left out"
    );
}

#[test]
fn a_detail_of_another_job_is_refused() {
    let mut posting = list().remove(1);
    assert!(merge_detail(&mut posting, &fixture("rippling/detail.json")).is_err());
    assert!(merge_detail(&mut posting, "{}").is_err());
    assert_eq!(posting.description, None);
}

#[tokio::test]
async fn the_list_decides_whether_the_poll_is_complete() {
    let detail = |Path(id): Path<String>| async move {
        match id == INTERN {
            true => fixture("rippling/detail.json").into_response(),
            false => StatusCode::NOT_FOUND.into_response(),
        }
    };
    let board = "/rippling/platform/api/ats/v1/board/copperkettle/jobs";
    let router = Router::new()
        .route(board, get(|| async { fixture("rippling/jobs.json") }))
        .route(&format!("{board}/{{id}}"), get(detail));
    let (_site, ctx) = site(router).await;
    let source = address(SourceKind::Rippling, "copperkettle");
    let fetched = Rippling.fetch(&ctx, &source, None).await.unwrap();
    assert!(fetched.complete && fetched.problems.is_empty());
    assert_eq!(fetched.name.as_deref(), Some("Copper Kettle"));
    assert_eq!(
        fetched
            .postings
            .iter()
            .map(|posting| posting.outline)
            .collect::<Vec<_>>(),
        [false, true]
    );
}

#[test]
fn its_addresses_and_shorthand_are_known() {
    let board = |url: &str| {
        let url = Url::parse(url).unwrap();
        Rippling
            .board_of(&url, &Endpoints::default())
            .map(|board| board.address)
    };
    for url in [
        "https://ats.rippling.com/copperkettle/jobs",
        "https://ats.rippling.com/en-GB/copperkettle/jobs/0b9c6a50-3f52-4d0e-8a6b-2f1e6d7c8b90?jobBoardSlug=copperkettle",
        "https://api.rippling.com/platform/api/ats/v1/board/copperkettle/jobs",
    ] {
        assert_eq!(board(url).as_deref(), Some("copperkettle"), "{url}");
    }
    assert_eq!(board("https://ats.rippling.com/"), None);
    assert_eq!(board("https://www.rippling.com/board/x"), None);
    assert!(Rippling.shorthand("a/b").unwrap().is_err());
}

#[test]
fn a_real_answer_is_one_posting_with_two_places() {
    let Some(body) = shared("ats/rippling.json") else {
        return;
    };
    let parsed = parse(&body, "acme").unwrap();
    assert_eq!((parsed.postings.len(), parsed.whole), (1, true));
    assert_eq!(parsed.postings[0].locations.len(), 2);
}

#[test]
fn what_is_no_list_is_malformed() {
    for body in ["{}", "\"x\"", "<!doctype html>"] {
        assert_eq!(
            parse(body, "x").unwrap_err().kind,
            SourceErrorKind::Malformed,
            "{body}"
        );
    }
    let lost = parse(r#"[{"name": "No id"}, {"uuid": "1", "name": "Fine"}]"#, "x").unwrap();
    assert_eq!((lost.postings.len(), lost.whole), (1, false));
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(body in any::<String>()) {
        prop_assert!(parse(&body, "x").err().is_none_or(|error| !error.message.is_empty()));
    }

    #[test]
    fn damaged_answers_are_read_or_refused(rule in 0_u8..5, seed in any::<usize>()) {
        if let Ok(parsed) = parse(&damaged(&fixture("rippling/jobs.json"), rule, seed), "x") {
            prop_assert!(parsed.postings.iter().all(|posting| !posting.external_id.is_empty()));
        }
        let _ = merge_detail(&mut list()[0], &damaged(&fixture("rippling/detail.json"), rule, seed));
    }
}
