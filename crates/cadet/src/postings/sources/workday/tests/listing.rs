//! The whole list: pages, the cap and its facets, walls, and what a tenant does behind its end.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use serde_json::json;

use super::*;
use crate::postings::sources::model::{Fetched, SourceErrorKind};
use crate::postings::sources::testing::{address, site};

/// A tenant with so many postings of each family, and the questions that it was asked.
#[derive(Clone)]
struct Tenant {
    families: Arc<Vec<(&'static str, usize)>>,
    /// Postings that have no family.
    without: usize,
    asked: Arc<Mutex<Vec<Value>>>,
}

impl Tenant {
    fn new(families: &[(&'static str, usize)], without: usize) -> Self {
        Self {
            families: Arc::new(families.to_vec()),
            without,
            asked: Arc::default(),
        }
    }

    fn paths(&self, family: Option<&str>) -> Vec<String> {
        let families = self
            .families
            .iter()
            .filter(|(name, _)| family.is_none_or(|wanted| wanted == *name));
        let mut all: Vec<String> = families
            .flat_map(|(name, count)| {
                (0..*count).map(move |n| format!("/job/Town/Work_{name}-{n:05}"))
            })
            .collect();
        if family.is_none() {
            all.splice(
                0..0,
                (0..self.without).map(|n| format!("/job/Town/Work_NONE-{n:05}")),
            );
        }
        all
    }

    fn router(&self) -> Router {
        Router::new()
            .route(
                "/workday/wd5/northmoor/wday/cxs/northmoor/Careers/jobs",
                post(answer),
            )
            .with_state(self.clone())
    }
}

async fn answer(State(tenant): State<Tenant>, body: String) -> Response {
    let question: Value = serde_json::from_str(&body).unwrap();
    let limit = question["limit"].as_u64().unwrap();
    if limit > 20 {
        return StatusCode::BAD_REQUEST.into_response();
    }
    let offset = usize::try_from(question["offset"].as_u64().unwrap()).unwrap();
    let family = question["appliedFacets"]["jobFamilyGroup"][0]
        .as_str()
        .map(str::to_owned);
    tenant.asked.lock().unwrap().push(question);
    let all = tenant.paths(family.as_deref());
    let told = &all[..all.len().min(2000)];
    // Behind its end the list begins anew.
    let from = if offset < told.len() { offset } else { 0 };
    let postings: Vec<Value> = told[from..(from + 20).min(told.len())]
        .iter()
        .map(|path| json!({"title": "Work", "externalPath": path, "locationsText": "Town", "postedOn": "Posted Today"}))
        .collect();
    let values: Vec<Value> = tenant
        .families
        .iter()
        .map(|(name, count)| json!({"id": name, "descriptor": name, "count": count}))
        .collect();
    let facets = json!([
        {"facetParameter": "timeType", "values": [{"id": "full", "count": all.len()}]},
        {"facetParameter": "jobFamilyGroup", "values": values},
    ]);
    // Later pages may count nothing.
    let total = if offset == 0 { told.len() } else { 0 };
    axum::Json(json!({"total": total, "jobPostings": postings, "facets": facets})).into_response()
}

async fn listed(tenant: &Tenant) -> Fetched {
    let (_site, ctx) = site(tenant.router()).await;
    let door = Door::of(&ctx, CareerSite::parse("northmoor/wd5/Careers").unwrap());
    let mut list = list::read(&ctx, &door).await.unwrap();
    let postings = std::mem::take(&mut list.listed)
        .into_iter()
        .map(|(posting, _)| posting)
        .collect();
    Fetched {
        postings,
        ..list.into_fetched()
    }
}

#[tokio::test]
async fn pages_of_twenty_are_asked_for_up_to_the_count_of_the_first() {
    let tenant = Tenant::new(&[("ENG", 45)], 0);
    let fetched = listed(&tenant).await;
    assert_eq!(
        (fetched.postings.len(), fetched.complete),
        (45, true),
        "{:?}",
        fetched.problems
    );
    let offsets: Vec<_> = tenant
        .asked
        .lock()
        .unwrap()
        .iter()
        .map(|asked| asked["offset"].as_u64().unwrap())
        .collect();
    assert_eq!(offsets, [0, 20, 40]);
}

#[tokio::test]
async fn a_list_of_exactly_full_pages_ends_by_the_count_and_not_where_it_begins_anew() {
    let tenant = Tenant::new(&[("ENG", 40)], 0);
    let fetched = listed(&tenant).await;
    assert_eq!((fetched.postings.len(), fetched.complete), (40, true));
    assert_eq!(tenant.asked.lock().unwrap().len(), 2);
}

#[tokio::test]
async fn more_than_two_thousand_are_read_in_parts_by_facet_and_each_once() {
    let tenant = Tenant::new(&[("ENG", 1700), ("OPS", 500)], 0);
    let fetched = listed(&tenant).await;
    assert_eq!(
        (fetched.postings.len(), fetched.complete),
        (2200, true),
        "{:?}",
        fetched.problems
    );
}

#[tokio::test]
async fn parts_that_do_not_cover_the_list_make_the_poll_partial() {
    let tenant = Tenant::new(&[("ENG", 1700), ("OPS", 500)], 3);
    let fetched = listed(&tenant).await;
    assert_eq!((fetched.postings.len(), fetched.complete), (2203, false));
    assert!(
        fetched
            .problems
            .iter()
            .any(|problem| problem.message.contains("no part of the list"))
    );
}

#[tokio::test]
async fn without_a_fitting_facet_the_first_two_thousand_are_kept_and_the_poll_is_partial() {
    let tenant = Tenant::new(&[("ENG", 2100)], 0);
    let fetched = listed(&tenant).await;
    assert_eq!((fetched.postings.len(), fetched.complete), (2000, false));
}

/// What a site answers, what it means, and a word of what is said of it.
type Case = (fn() -> Response, SourceErrorKind, &'static str);

#[tokio::test]
async fn a_wall_is_told_as_one() {
    let jobs = "/workday/wd5/northmoor/wday/cxs/northmoor/Careers/jobs";
    let wall = |response: fn() -> Response| {
        Router::new().route(jobs, post(move || async move { response() }))
    };
    let cases: [Case; 5] = [
        (
            || StatusCode::TOO_MANY_REQUESTS.into_response(),
            SourceErrorKind::RateLimited,
            "fewer requests",
        ),
        (
            || Redirect::to("/maintenance").into_response(),
            SourceErrorKind::Denied,
            "303",
        ),
        (
            || StatusCode::FORBIDDEN.into_response(),
            SourceErrorKind::Denied,
            "keeps programs out",
        ),
        (
            || StatusCode::UNPROCESSABLE_ENTITY.into_response(),
            SourceErrorKind::NotFound,
            "northmoor/wd5/Careers",
        ),
        (
            || "<!doctype html><title>Just a moment</title>".into_response(),
            SourceErrorKind::Malformed,
            "Just a moment",
        ),
    ];
    for (response, kind, word) in cases {
        let (_site, ctx) = site(wall(response)).await;
        let error = Workday
            .fetch(
                &ctx,
                &address(SourceKind::Workday, "northmoor/wd5/Careers"),
                None,
            )
            .await
            .unwrap_err();
        assert_eq!(error.kind, kind, "{error}");
        assert!(error.message.contains(word), "{error}");
    }
}

#[tokio::test]
async fn details_are_read_once_and_a_poll_without_them_is_still_complete() {
    let detail = Arc::new(Mutex::new(0));
    let count = detail.clone();
    let tenant = Tenant::new(&[("ENG", 3)], 0);
    let router = tenant.router().merge(Router::new().route(
        "/workday/wd5/northmoor/wday/cxs/northmoor/Careers/job/Town/{words}",
        get(move || async move {
            *count.lock().unwrap() += 1;
            fixture("workday/detail.json")
        }),
    ));
    let (_site, ctx) = site(router).await;
    let northmoor = address(SourceKind::Workday, "northmoor/wd5/Careers");
    let first = Workday.fetch(&ctx, &northmoor, None).await.unwrap();
    assert!(first.complete && first.postings.iter().all(|posting| !posting.outline));
    let second = Workday
        .fetch(&ctx, &northmoor, first.validators.as_ref())
        .await
        .unwrap();
    assert!(second.complete && second.postings.iter().all(|posting| posting.outline));
    assert_eq!(*detail.lock().unwrap(), 3);
}

#[tokio::test]
async fn postings_that_share_an_id_are_told_apart_whatever_their_order() {
    let of = |paths: [&str; 3]| {
        let postings = paths.map(|path| json!({"title": "Work", "externalPath": path}));
        json!({"total": 3, "jobPostings": postings}).to_string()
    };
    let (one, other, third) = (
        "/job/A/Work_R-2001",
        "/job/B/Work_R-2001",
        "/job/A/Else_R-2002",
    );
    let mut found = Vec::new();
    for body in [of([one, other, third]), of([third, other, one])] {
        let jobs = "/workday/wd5/northmoor/wday/cxs/northmoor/Careers/jobs";
        let (site, ctx) = site(Router::new().route(jobs, post(move || async move { body }))).await;
        let northmoor = address(SourceKind::Workday, "northmoor/wd5/Careers");
        let fetched = Workday.fetch(&ctx, &northmoor, None).await.unwrap();
        let mut ids: Vec<_> = fetched
            .postings
            .into_iter()
            .map(|posting| (posting.external_id, posting.url.replace(&site.base, "")))
            .collect();
        ids.sort();
        found.push(ids);
    }
    assert_eq!(found[0], found[1]);
    assert_eq!(found[0][0].0, one);
    assert_eq!(found[0][2].0, "R-2002");
    let source = Workday.board_of(&page(), &Endpoints::default()).unwrap();
    assert_eq!(
        dedup::keys("", "", &source, one),
        dedup::keys("", "", &source, "R-2001")
    );
}

#[tokio::test]
async fn a_host_without_a_site_lists_its_sites_in_its_robots_txt() {
    let robots = |host: http::HeaderMap| async move {
        let host = host.get("host").unwrap().to_str().unwrap().to_owned();
        let base = format!("http://{host}/workday/wd5/northmoor");
        format!(
            "User-agent: *\nAllow: /\nSitemap: {base}/Careers/siteMap.xml\nSitemap: {base}/University/siteMap.xml\n"
        )
    };
    let (site, ctx) = site(Router::new().route("/robots.txt", get(robots))).await;
    let boards = Workday
        .boards_at(&ctx, &site.url("/workday/wd5/northmoor"))
        .await;
    let names: Vec<_> = boards.into_iter().map(|board| board.address).collect();
    assert_eq!(names, ["northmoor/wd5/Careers", "northmoor/wd5/University"]);
    assert!(
        Workday
            .boards_at(&ctx, &site.url("/other"))
            .await
            .is_empty()
    );
}
