//! The roads from a career page to its postings.

use std::io::Write;

use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse};
use axum::routing::get;

use super::*;
use crate::postings::sources::testing::{address, site};

fn detail(title: &str) -> Html<String> {
    Html(fixture("jsonld/detail.html").replace("Backend Intern", title))
}

async fn poll(router: Router, path: &str) -> Result<Fetched, SourceError> {
    let (site, ctx) = site(router).await;
    JsonLd
        .fetch(
            &ctx,
            &address(SourceKind::JsonLd, site.url(path).as_str()),
            None,
        )
        .await
}

#[tokio::test]
async fn a_career_page_leads_to_its_postings_over_further_pages() {
    let second = r#"<a href="/careers/ops-intern-83">Ops</a> <a href="/careers/gone-84">Gone</a> <a href="/careers?page=2">here</a>"#;
    let list = move |uri: http::Uri| async move {
        Html(if uri.query() == Some("page=2") {
            second.to_owned()
        } else {
            fixture("jsonld/index.html")
        })
    };
    let page = |Path(slug): Path<String>| async move {
        match slug.as_str() {
            "gone-84" => StatusCode::NOT_FOUND.into_response(),
            slug => detail(slug).into_response(),
        }
    };
    let router = Router::new()
        .route("/careers", get(list))
        .route("/careers/{slug}", get(page))
        .route("/careers/{slug}/", get(page));
    let fetched = poll(router, "/careers").await.unwrap();
    assert_eq!(
        titles(&fetched.postings),
        ["backend-intern-81", "data-intern-82", "ops-intern-83"]
    );
    assert_eq!(fetched.name.as_deref(), Some("Copperfield"));
    assert!(
        fetched.complete,
        "a page that is gone is a posting that is gone: {:?}",
        fetched.problems
    );
}

#[tokio::test]
async fn a_posting_page_that_fails_makes_the_poll_partial() {
    let page = |Path(slug): Path<String>| async move {
        if slug.starts_with("data") {
            StatusCode::BAD_REQUEST.into_response()
        } else {
            detail(&slug).into_response()
        }
    };
    let list = || async {
        Html(
            fixture("jsonld/index.html")
                .replace("rel=\"next\"", "")
                .replace("?page=2", ""),
        )
    };
    let router = Router::new()
        .route("/careers", get(list))
        .route("/careers/{slug}", get(page))
        .route("/careers/{slug}/", get(page));
    let fetched = poll(router, "/careers").await.unwrap();
    assert_eq!(
        (
            fetched.postings.len(),
            fetched.complete,
            fetched.problems.len()
        ),
        (1, false, 1)
    );
}

#[tokio::test]
async fn a_page_drawn_by_scripts_is_read_by_the_sitemaps_of_robots_txt() {
    let compressed = |host: http::HeaderMap| async move {
        let host = host.get("host").unwrap().to_str().unwrap().to_owned();
        let map = format!(
            "<urlset><url><loc>http://{host}/jobs/1</loc></url><url><loc><![CDATA[ http://{host}/jobs/2?a=1&b=2 ]]></loc></url><url><loc>http://{host}/blog/1</loc></url></urlset>"
        );
        let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gz.write_all(map.as_bytes()).unwrap();
        ([("content-type", "application/gzip")], gz.finish().unwrap())
    };
    let router = Router::new()
        .route("/robots.txt", get(|| async { "Sitemap: /index.xml\nUser-agent: *\nAllow: /\n" }))
        .route("/index.xml", get(|| async { "<?xml version=\"1.0\"?><sitemapindex><sitemap><loc>/jobs.xml.gz</loc></sitemap></sitemapindex>" }))
        .route("/jobs.xml.gz", get(compressed))
        .route("/careers", get(|| async { Html("<div id=app></div>") }))
        .route("/jobs/{id}", get(|Path(id): Path<String>| async move { detail(&id) }));
    let fetched = poll(router, "/careers").await.unwrap();
    assert_eq!(titles(&fetched.postings), ["1", "2"]);
    assert!(fetched.complete, "{:?}", fetched.problems);
}

#[tokio::test]
async fn more_pages_than_are_read_in_one_poll_make_it_partial() {
    let list = || async {
        Html(
            (0..510)
                .map(|n| format!("<a href=/jobs/{n}>x</a>"))
                .collect::<String>(),
        )
    };
    let router = Router::new().route("/careers", get(list)).route(
        "/jobs/{id}",
        get(|Path(id): Path<String>| async move { detail(&id) }),
    );
    let fetched = poll(router, "/careers").await.unwrap();
    assert_eq!((fetched.postings.len(), fetched.complete), (500, false));
}

#[tokio::test]
async fn a_host_that_refuses_is_not_asked_for_every_page() {
    let hits = std::sync::Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let counted = hits.clone();
    let page = move || async move {
        (
            counted.fetch_add(1, std::sync::atomic::Ordering::SeqCst),
            StatusCode::FORBIDDEN,
        )
            .1
    };
    let list = || async {
        Html(
            (0..100)
                .map(|n| format!("<a href=/jobs/{n}>x</a>"))
                .collect::<String>(),
        )
    };
    let error = poll(
        Router::new()
            .route("/careers", get(list))
            .route("/jobs/{id}", get(page)),
        "/careers",
    )
    .await
    .unwrap_err();
    assert_eq!(error.kind, SourceErrorKind::Denied);
    assert!(hits.load(std::sync::atomic::Ordering::SeqCst) < 10);
}

#[tokio::test]
async fn a_page_with_nothing_to_read_says_what_was_tried() {
    let error = poll(
        Router::new().route("/careers", get(|| async { Html("<p>We are hiring!</p>") })),
        "/careers",
    )
    .await
    .unwrap_err();
    assert_eq!(error.kind, SourceErrorKind::Malformed);
    assert!(
        error.message.contains("sitemaps") && error.message.contains("job board"),
        "{error}"
    );
}

#[tokio::test]
async fn a_page_that_carries_postings_is_read_alone() {
    let fetched = poll(
        Router::new().route("/jobs/7", get(|| async { detail("Seven") })),
        "/jobs/7",
    )
    .await
    .unwrap();
    assert_eq!(
        (titles(&fetched.postings), fetched.complete),
        (vec!["Seven"], true)
    );
}

#[tokio::test]
async fn a_saved_page_is_read_like_one_of_the_web() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("job.html");
    std::fs::write(&path, fixture("jsonld/detail.html")).unwrap();
    let (_site, ctx) = site(Router::new()).await;
    let fetched = JsonLd
        .fetch(
            &ctx,
            &address(SourceKind::JsonLd, path.to_str().unwrap()),
            None,
        )
        .await
        .unwrap();
    assert_eq!((fetched.postings.len(), fetched.complete), (1, true));
}
