//! BambooHR: the list, its codes, and the calls for texts.

use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::routing::get;
use proptest::prelude::*;

use super::*;
use crate::postings::sources::model::{RawDate, RawText};
use crate::postings::sources::testing::{address, by_id, damaged, fixture, shared, site};

const BASE: &str = "https://tidemark.bamboohr.com";

fn list() -> Vec<RawPosting> {
    let parsed = parse(&fixture("bamboohr/list.json"), BASE).unwrap();
    assert!(parsed.whole && parsed.problems.is_empty());
    parsed.postings
}

#[test]
fn location_type_is_a_code_for_the_workplace() {
    let workplaces: Vec<_> = list()
        .into_iter()
        .map(|posting| posting.workplace.unwrap())
        .collect();
    assert_eq!(workplaces, ["on-site", "remote", "hybrid", "remote"]);
}

#[test]
fn employment_status_is_the_employment_type() {
    let list = list();
    assert_eq!(list[0].employment_type.as_deref(), Some("Internship"));
    assert_eq!(list[1].employment_type.as_deref(), Some("Full-Time"));
}

#[test]
fn the_place_of_the_opening_stands_in_where_it_has_no_office() {
    let list = list();
    assert_eq!(list[0].locations[0].city.as_deref(), Some("Halifax"));
    assert_eq!(list[1].locations[0].city.as_deref(), Some("Ottawa"));
    assert_eq!(list[1].locations[0].country.as_deref(), Some("Canada"));
    assert!(list[3].locations.is_empty());
}

#[test]
fn a_count_that_does_not_agree_is_not_whole() {
    let body = fixture("bamboohr/list.json").replace("\"totalCount\": 4", "\"totalCount\": 5");
    let parsed = parse(&body, BASE).unwrap();
    assert_eq!((parsed.postings.len(), parsed.whole), (4, false));
    assert!(!parse(r#"{"result": []}"#, BASE).unwrap().whole);
}

#[test]
fn the_detail_adds_text_date_pay_and_country() {
    let mut posting = list().remove(0);
    merge_detail(&mut posting, &fixture("bamboohr/detail.json")).unwrap();
    assert_eq!(
        posting.description,
        Some(RawText::Html(
            "<p>Help us <strong>measure tides</strong> with Rust and PostgreSQL.</p>".to_owned()
        ))
    );
    assert_eq!(posting.posted, Some(RawDate::Text("2026-10-05".to_owned())));
    assert_eq!(
        posting.pay.as_ref().unwrap().text.as_deref(),
        Some("CA$28.50 per hour")
    );
    assert_eq!(posting.locations[0].country.as_deref(), Some("Canada"));
    assert_eq!(posting.external_id, "31");
    for body in ["{}", "<html>", r#"{"result": {"jobOpening": []}}"#] {
        assert!(merge_detail(&mut posting, body).is_err(), "{body}");
    }
}

#[tokio::test]
async fn the_list_alone_decides_whether_the_poll_is_complete() {
    let detail = |Path((_, id)): Path<(String, String)>| async move {
        match id.as_str() {
            "31" => fixture("bamboohr/detail.json").into_response(),
            "32" => "<html>busy</html>".into_response(),
            _ => StatusCode::NOT_FOUND.into_response(),
        }
    };
    let router = Router::new()
        .route(
            "/bamboohr/tidemark/careers/list",
            get(|| async { fixture("bamboohr/list.json") }),
        )
        .route("/bamboohr/{tenant}/careers/{id}/detail", get(detail));
    let (_site, ctx) = site(router).await;
    let tidemark = address(SourceKind::BambooHr, "tidemark");
    let fetched = BambooHr.fetch(&ctx, &tidemark, None).await.unwrap();
    assert!(fetched.complete);
    assert_eq!(fetched.postings.len(), 4);
    assert!(!by_id(&fetched.postings, "31").outline);
    assert!(by_id(&fetched.postings, "32").outline);
    assert_eq!(fetched.problems.len(), 1, "{:?}", fetched.problems);
    let error = BambooHr
        .fetch(&ctx, &address(SourceKind::BambooHr, "nobody"), None)
        .await
        .unwrap_err();
    assert_eq!(error.kind, SourceErrorKind::NotFound);
}

#[test]
fn what_is_no_list_is_malformed() {
    for body in ["[]", "{}", "<!doctype html><title>BambooHR</title>"] {
        let error = parse(body, BASE).unwrap_err();
        assert_eq!(error.kind, SourceErrorKind::Malformed, "{body}");
    }
}

#[test]
fn a_real_answer_is_read_and_its_trimmed_count_is_seen() {
    let Some(body) = shared("ats/bamboohr.json") else {
        return;
    };
    let parsed = parse(&body, BASE).unwrap();
    assert_eq!((parsed.postings.len(), parsed.whole), (2, false));
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(body in any::<String>()) {
        prop_assert!(parse(&body, BASE).err().is_none_or(|error| !error.message.is_empty()));
        prop_assert!(merge_detail(&mut RawPosting::default(), &body).is_err());
    }

    #[test]
    fn damaged_answers_are_read_or_refused(rule in 0_u8..5, seed in any::<usize>()) {
        if let Ok(parsed) = parse(&damaged(&fixture("bamboohr/list.json"), rule, seed), BASE) {
            prop_assert!(parsed.postings.iter().all(|posting| !posting.external_id.is_empty() && !posting.title.is_empty()));
        }
        let _ = merge_detail(&mut RawPosting::default(), &damaged(&fixture("bamboohr/detail.json"), rule, seed));
    }
}
