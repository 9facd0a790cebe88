//! Ashby: the board's answer with its traps, and names with dots and spaces.

use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::routing::get;
use proptest::prelude::*;
use serde_json::Value;

use super::*;
use crate::postings::sources::model::RawDate;
use crate::postings::sources::testing::{address, damaged, fixture, shared, site};

fn board() -> Vec<RawPosting> {
    let parsed = parse(&fixture("ashby/board.json"), "quarrystone.io").unwrap();
    assert!(parsed.whole && parsed.problems.is_empty());
    parsed.postings
}

#[test]
fn workplace_type_wins_over_is_remote() {
    let workplaces: Vec<_> = board()
        .into_iter()
        .map(|posting| posting.workplace)
        .collect();
    assert_eq!(
        workplaces,
        [
            Some("Hybrid".to_owned()),
            Some("OnSite".to_owned()),
            Some("Remote".to_owned())
        ]
    );
}

#[test]
fn an_unlisted_job_is_hidden_and_still_counts() {
    let listings: Vec<_> = board().into_iter().map(|posting| posting.listing).collect();
    assert_eq!(listings, [Listing::Open, Listing::Hidden, Listing::Open]);
}

#[test]
fn secondary_locations_are_told_once_each_in_either_form() {
    let places: Vec<_> = board()[0]
        .locations
        .iter()
        .map(|place| {
            (
                place.text.clone().unwrap(),
                place.city.clone().unwrap(),
                place.country.clone().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        places,
        [
            ("Dublin".into(), "Dublin".into(), "Ireland".into()),
            ("Cork".into(), "Cork".into(), "Ireland".into())
        ]
    );
    assert_eq!(
        board()[2].locations,
        [RawLocation {
            text: Some("Remote (EU)".to_owned()),
            ..RawLocation::default()
        }]
    );
}

#[test]
fn pay_spans_the_tiers_and_leaves_equity_out() {
    let pay = board()[0].pay.clone().unwrap();
    assert_eq!(
        (
            pay.min,
            pay.max,
            pay.currency.as_deref(),
            pay.period.as_deref()
        ),
        (Some(30_000.0), Some(36_000.0), Some("EUR"), Some("1 YEAR"))
    );
    assert_eq!(pay.text.as_deref(), Some("€30K - €36K"));
}

#[test]
fn pay_that_the_board_does_not_show_is_not_told() {
    assert_eq!(board()[2].pay, None);
}

#[test]
fn the_rest_is_as_the_board_says() {
    let posting = &board()[0];
    assert_eq!(posting.employment_type.as_deref(), Some("Intern"));
    assert_eq!(
        posting.posted,
        Some(RawDate::Text("2026-09-14T10:00:00.000+00:00".to_owned()))
    );
    assert_eq!(
        posting.description,
        Some(RawText::Html(
            "<p>Keep the <em>scheduler</em> honest.</p>".to_owned()
        ))
    );
    assert!(
        posting
            .apply_url
            .as_deref()
            .unwrap()
            .ends_with("/application")
    );
}

#[test]
fn a_job_without_an_id_has_that_of_its_address() {
    let parsed = parse(r#"{"jobs": [{"title": "T", "jobUrl": "https://jobs.ashbyhq.com/q/abc-1/?utm=1"}, {"title": "U"}]}"#, "q").unwrap();
    assert_eq!(parsed.postings[0].external_id, "abc-1");
    assert_eq!((parsed.postings.len(), parsed.whole), (1, false));
}

#[tokio::test]
async fn names_with_dots_and_spaces_are_asked_as_they_are() {
    let poll = |Path(name): Path<String>| async move {
        match name.as_str() {
            "quarrystone.io" | "Quarry Stone & Co" => fixture("ashby/board.json").into_response(),
            _ => StatusCode::NOT_FOUND.into_response(),
        }
    };
    let (_site, ctx) =
        site(Router::new().route("/ab/posting-api/job-board/{name}", get(poll))).await;
    for name in ["quarrystone.io", "Quarry Stone & Co"] {
        let fetched = Ashby
            .fetch(&ctx, &address(SourceKind::Ashby, name), None)
            .await
            .unwrap();
        assert_eq!(
            (fetched.postings.len(), fetched.complete),
            (3, true),
            "{name}"
        );
    }
    let error = Ashby
        .fetch(&ctx, &address(SourceKind::Ashby, "nobody"), None)
        .await
        .unwrap_err();
    assert_eq!(error.kind, SourceErrorKind::NotFound);
}

#[test]
fn an_empty_board_is_whole_and_what_is_no_board_is_malformed() {
    assert!(
        parse(r#"{"jobs": [], "apiVersion": "1"}"#, "q")
            .unwrap()
            .whole
    );
    for body in ["[]", "{}", "null", "<!doctype html>"] {
        assert_eq!(
            parse(body, "q").unwrap_err().kind,
            SourceErrorKind::Malformed,
            "{body}"
        );
    }
}

#[test]
fn a_real_answer_is_read_in_full() {
    let Some(body) = shared("ats/ashby.json") else {
        return;
    };
    let answer: Value = serde_json::from_str(&body).unwrap();
    let parsed = parse(&body, "t").unwrap();
    assert_eq!(
        parsed.postings.len(),
        answer["jobs"].as_array().unwrap().len()
    );
    assert!(
        parsed.whole
            && parsed
                .postings
                .iter()
                .all(|posting| posting.description.is_some() && !posting.locations.is_empty())
    );
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(body in any::<String>()) {
        prop_assert!(parse(&body, "t").err().is_none_or(|error| !error.message.is_empty()));
    }

    #[test]
    fn damaged_answers_are_read_or_refused(rule in 0_u8..5, seed in any::<usize>()) {
        if let Ok(parsed) = parse(&damaged(&fixture("ashby/board.json"), rule, seed), "t") {
            prop_assert!(parsed.postings.iter().all(|posting| !posting.external_id.is_empty() && !posting.title.is_empty()));
        }
    }
}
