//! SmartRecruiters: career pages and their data, and the interface for those who may ask it.

use std::collections::HashMap;

use axum::Router;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse};
use axum::routing::get;
use proptest::prelude::*;

use super::*;
use crate::postings::sources::model::{RawDate, RawPosting, RawText, SourceErrorKind};
use crate::postings::sources::testing::{address, by_id, damaged, fixture, shared, site};

fn list_page() -> Url {
    Url::parse("https://careers.smartrecruiters.com/Ambergate").unwrap()
}

fn described(posting: &RawPosting) -> &str {
    match &posting.description {
        Some(RawText::Html(html)) => html,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_list_links_to_the_companys_own_postings_alone() {
    let parsed = parse_list(
        &fixture("smartrecruiters/list.html"),
        &list_page(),
        "Ambergate",
    );
    assert_eq!(parsed.name.as_deref(), Some("Ambergate"));
    let found: Vec<_> = parsed
        .postings
        .iter()
        .map(|one| (one.external_id.as_str(), one.title.as_str()))
        .collect();
    assert_eq!(
        found,
        [
            ("744000151000001", "Backend Engineering Intern"),
            ("744000151000002", "Platform Engineer")
        ]
    );
    assert!(
        !parsed.postings[1].url.contains('?'),
        "no tracking in addresses"
    );
}

#[test]
fn a_page_with_json_ld_is_read_and_keeps_the_boards_number() {
    let mut posting = RawPosting {
        external_id: "744000151000002".to_owned(),
        url: "https://jobs.smartrecruiters.com/Ambergate/744000151000002".to_owned(),
        ..RawPosting::default()
    };
    let at = Url::parse(&posting.url).unwrap();
    merge_page(&mut posting, &fixture("smartrecruiters/jsonld.html"), &at).unwrap();
    assert_eq!(posting.external_id, "744000151000002");
    assert_eq!(posting.requisition.as_deref(), Some("REF77X"));
    assert_eq!(posting.locations[0].city.as_deref(), Some("Potsdam"));
    assert_eq!(posting.company.as_deref(), Some("Ambergate Energy"));
}

#[test]
fn a_page_with_microdata_in_place_of_json_ld_is_read_too() {
    let mut posting = RawPosting {
        external_id: "744000151000001".to_owned(),
        url: "https://jobs.smartrecruiters.com/Ambergate/744000151000001".to_owned(),
        ..RawPosting::default()
    };
    let at = Url::parse(&posting.url).unwrap();
    merge_page(
        &mut posting,
        &fixture("smartrecruiters/microdata.html"),
        &at,
    )
    .unwrap();
    assert_eq!(posting.title, "Backend Engineering Intern");
    assert_eq!(posting.company.as_deref(), Some("Ambergate Energy"));
    assert_eq!(posting.employment_type.as_deref(), Some("Intern"));
    let place = &posting.locations[0];
    assert_eq!(
        (
            place.city.as_deref(),
            place.region.as_deref(),
            place.country.as_deref()
        ),
        (Some("Berlin"), Some("BE"), Some("Germany"))
    );
    assert_eq!(
        posting.posted,
        Some(RawDate::Text("2026-10-12T09:00:00.000Z".to_owned()))
    );
    let text = described(&posting);
    for part in [
        "We run a grid",
        "services",
        "Enrolled",
        "1,200 a month &amp; a desk",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(!text.contains("By clicking"));
}

#[test]
fn a_page_of_an_expired_posting_carries_none() {
    let at = list_page();
    let mut posting = RawPosting::default();
    let told = merge_page(&mut posting, "<h1>This job has expired</h1>", &at);
    assert!(told.unwrap_err().contains("expired"));
}

/// Career pages with three postings, the last of which is on a further page.
fn pages() -> Router {
    let here = |text: String, host: &http::HeaderMap| {
        let host = host.get("host").unwrap().to_str().unwrap();
        text.replace(
            "https://jobs.smartrecruiters.com",
            &format!("http://{host}"),
        )
    };
    let more = move |query: Query<HashMap<String, String>>, host: http::HeaderMap| async move {
        match query["page"].as_str() {
            "0" => Html(here(fixture("smartrecruiters/list.html"), &host)),
            "1" => Html(here(fixture("smartrecruiters/more.html"), &host)),
            _ => Html(String::new()),
        }
    };
    let page = |Path(words): Path<String>| async move {
        if words.starts_with("744000151000001") {
            Html(fixture("smartrecruiters/microdata.html")).into_response()
        } else if words.starts_with("744000151000002") {
            Html(fixture("smartrecruiters/jsonld.html")).into_response()
        } else {
            StatusCode::NOT_FOUND.into_response()
        }
    };
    Router::new()
        .route(
            "/smartrecruiters/Ambergate",
            get(move |host: http::HeaderMap| async move {
                Html(here(fixture("smartrecruiters/list.html"), &host))
            }),
        )
        .route("/smartrecruiters/Ambergate/api/more", get(more))
        .route("/Ambergate/{words}", get(page))
}

#[tokio::test]
async fn career_pages_are_read_to_their_empty_end() {
    let (_site, ctx) = site(pages()).await;
    let ambergate = address(SourceKind::SmartRecruiters, "Ambergate");
    let fetched = SmartRecruiters.fetch(&ctx, &ambergate, None).await.unwrap();
    assert!(fetched.complete, "{:?}", fetched.problems);
    assert_eq!(fetched.postings.len(), 3);
    assert_eq!(fetched.name.as_deref(), Some("Ambergate"));
    assert!(!by_id(&fetched.postings, "744000151000001").outline);
    let gone = by_id(&fetched.postings, "743999671000003");
    assert_eq!(
        (gone.outline, gone.title.as_str()),
        (true, "Night Operator")
    );
    let error = SmartRecruiters
        .fetch(&ctx, &address(SourceKind::SmartRecruiters, "Nobody"), None)
        .await
        .unwrap_err();
    assert_eq!(error.kind, SourceErrorKind::NotFound);
}

#[tokio::test]
async fn a_list_that_repeats_itself_is_not_whole() {
    let list = |host: http::HeaderMap| async move {
        let host = host.get("host").unwrap().to_str().unwrap().to_owned();
        Html(fixture("smartrecruiters/list.html").replace(
            "https://jobs.smartrecruiters.com",
            &format!("http://{host}"),
        ))
    };
    let router = Router::new()
        .route("/smartrecruiters/Ambergate", get(list))
        .route("/smartrecruiters/Ambergate/api/more", get(list));
    let (_site, mut ctx) = site(router).await;
    ctx.outlines_only = true;
    let ambergate = address(SourceKind::SmartRecruiters, "Ambergate");
    let fetched = SmartRecruiters.fetch(&ctx, &ambergate, None).await.unwrap();
    assert_eq!((fetched.postings.len(), fetched.complete), (2, false));
}

/// The interface with three postings, two at a time.
fn interface() -> Router {
    let list = |Path(company): Path<String>, query: Query<HashMap<String, String>>| async move {
        let body = fixture("smartrecruiters/postings.json");
        if company != "Ambergate" {
            return r#"{"offset":0,"limit":100,"totalFound":0,"content":[]}"#.to_owned();
        }
        match query["offset"].as_str() {
            "0" => body,
            "2" => r#"{"offset":2,"limit":2,"totalFound":3,"content":[{"id":"744000151000009","name":"Analyst"}]}"#.to_owned(),
            _ => r#"{"offset":4,"limit":2,"totalFound":3,"content":[]}"#.to_owned(),
        }
    };
    Router::new()
        .route(
            "/smartrecruiters-api/v1/companies/{company}/postings",
            get(list),
        )
        .route(
            "/smartrecruiters-api/v1/companies/{company}/postings/{id}",
            get(|| async { fixture("smartrecruiters/posting.json") }),
        )
        .route(
            "/robots.txt",
            get(|| async { "User-agent: *\nDisallow: /" }),
        )
}

#[tokio::test]
async fn the_interface_is_only_asked_if_the_operator_allows_it() {
    let (_site, mut ctx) = site(interface()).await;
    let ambergate = address(SourceKind::SmartRecruiters, "Ambergate");
    let refused = SmartRecruiters.fetch(&ctx, &ambergate, None).await;
    assert_eq!(refused.unwrap_err().kind, SourceErrorKind::Robots);
    ctx.smartrecruiters_api = true;
    let fetched = SmartRecruiters.fetch(&ctx, &ambergate, None).await.unwrap();
    assert_eq!(fetched.name.as_deref(), Some("Ambergate Energy"));
    assert!(described(&fetched.postings[0]).contains("<h3>Qualifications</h3>"));
}

#[tokio::test]
async fn pages_follow_the_limit_that_the_answer_states_and_the_count_must_agree() {
    let (_site, mut ctx) = site(interface()).await;
    ctx.smartrecruiters_api = true;
    let fetched = SmartRecruiters
        .fetch(
            &ctx,
            &address(SourceKind::SmartRecruiters, "Ambergate"),
            None,
        )
        .await
        .unwrap();
    assert_eq!(
        (fetched.postings.len(), fetched.complete),
        (3, true),
        "{:?}",
        fetched.problems
    );
    let nobody = SmartRecruiters
        .fetch(&ctx, &address(SourceKind::SmartRecruiters, "Nobody"), None)
        .await
        .unwrap();
    assert!(
        !nobody.complete,
        "an unknown company looks like one without postings"
    );
    assert!(nobody.problems[0].message.contains("Check the name"));
}

#[test]
fn a_posting_from_2018_that_is_still_listed_is_open_with_its_date() {
    let parsed = parse_api(&fixture("smartrecruiters/postings.json"), "Ambergate").unwrap();
    let old = by_id(&parsed.postings, "743999671000003");
    assert_eq!(
        old.posted,
        Some(RawDate::Text("2018-06-08T02:11:28.000Z".to_owned()))
    );
    assert_eq!(old.listing, crate::postings::sources::model::Listing::Open);
    let intern = by_id(&parsed.postings, "744000151000001");
    assert_eq!(intern.workplace.as_deref(), Some("hybrid"));
    assert_eq!(intern.requisition.as_deref(), Some("REF12A"));
    assert_eq!(intern.locations[0].country.as_deref(), Some("DE"));
}

#[test]
fn addresses_of_companies_are_recognised_and_the_products_own_are_not() {
    let board = |url: &str| {
        let url = Url::parse(url).unwrap();
        SmartRecruiters
            .board_of(&url, &Endpoints::default())
            .map(|board| board.address)
    };
    for url in [
        "https://careers.smartrecruiters.com/Ambergate",
        "https://jobs.smartrecruiters.com/Ambergate/744000151000001-backend?oga=true",
        "https://jobs.smartrecruiters.com/oneclick-ui/company/Ambergate/publication/0-1",
        "https://api.smartrecruiters.com/v1/companies/Ambergate/postings/744000151000001",
        "https://www.smartrecruiters.com/Ambergate/744000151000001-backend",
    ] {
        assert_eq!(board(url).as_deref(), Some("Ambergate"), "{url}");
    }
    for url in [
        "https://jobs.smartrecruiters.com/",
        "https://www.smartrecruiters.com/resources",
        "https://careers.smartrecruiters.com/api/x",
    ] {
        assert_eq!(board(url), None, "{url}");
    }
}

#[test]
fn a_real_answer_is_read_in_full() {
    let Some(body) = shared("ats/smartrecruiters.json") else {
        return;
    };
    let parsed = parse_api(&body, "Knight").unwrap();
    assert_eq!((parsed.postings.len(), parsed.whole), (1, true));
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(body in any::<String>()) {
        prop_assert!(parse_api(&body, "t").err().is_none_or(|error| !error.message.is_empty()));
        prop_assert!(parse_list(&body, &list_page(), "t").postings.len() <= body.len());
    }

    #[test]
    fn damaged_answers_are_read_or_refused(rule in 0_u8..5, seed in any::<usize>()) {
        let damaged = |name: &str| damaged(&fixture(name), rule, seed);
        if let Ok(parsed) = parse_api(&damaged("smartrecruiters/postings.json"), "t") {
            prop_assert!(parsed.postings.iter().all(|posting| !posting.external_id.is_empty()));
        }
        let _ = merge_detail(&mut RawPosting::default(), &damaged("smartrecruiters/posting.json"));
        let _ = merge_page(&mut RawPosting::default(), &damaged("smartrecruiters/microdata.html"), &list_page());
        let parsed = parse_list(&damaged("smartrecruiters/list.html"), &list_page(), "Ambergate");
        prop_assert!(parsed.postings.iter().all(|posting| !posting.title.is_empty()));
    }
}
