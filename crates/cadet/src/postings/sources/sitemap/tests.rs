//! Sitemaps of career sites: which pages are read, which are not read again, and when a poll is complete.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse};
use axum::routing::get;

use super::*;
use crate::clock::{ManualClock, Timestamp};
use crate::postings::sources::testing::{address, site};

/// A page's path and when it was changed.
type DatedPage = (String, Option<String>);

/// A career site: its pages with their dates of change, how often pages were read, and which page fails.
#[derive(Clone, Default)]
struct CareerSite {
    pages: Arc<Mutex<Vec<DatedPage>>>,
    reads: Arc<AtomicUsize>,
    failing: Arc<Mutex<Option<String>>>,
}

impl CareerSite {
    fn with(pages: &[(&str, Option<&str>)]) -> Self {
        let site = Self::default();
        site.list(pages);
        site
    }

    fn list(&self, pages: &[(&str, Option<&str>)]) {
        *self.pages.lock().unwrap() = pages
            .iter()
            .map(|(page, modified)| ((*page).to_owned(), modified.map(str::to_owned)))
            .collect();
    }

    fn reads(&self) -> usize {
        self.reads.swap(0, Ordering::Relaxed)
    }

    fn router(&self) -> Router {
        Router::new()
            .route("/sitemap.xml", get(map))
            .route(
                "/index.xml",
                get(|| async {
                    "<sitemapindex><sitemap><loc>/sitemap.xml</loc></sitemap></sitemapindex>"
                }),
            )
            .route("/map.xml.gz", get(compressed))
            .route("/", get(|| async { Html("<p>Welcome</p>") }))
            .route("/jobs/{page}", get(job))
            .with_state(self.clone())
    }
}

fn map_of(site: &CareerSite) -> String {
    let entries: String = site
        .pages
        .lock()
        .unwrap()
        .iter()
        .map(|(page, modified)| {
            let modified = modified
                .as_ref()
                .map(|at| format!("<lastmod>{at}</lastmod>"))
                .unwrap_or_default();
            format!("<url><loc>/jobs/{page}</loc>{modified}</url>")
        })
        .collect();
    format!("<?xml version=\"1.0\"?><urlset><url><loc>/about</loc></url>{entries}</urlset>")
}

async fn map(State(site): State<CareerSite>) -> String {
    map_of(&site)
}

async fn compressed(State(site): State<CareerSite>) -> Vec<u8> {
    use std::io::Write as _;
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(map_of(&site).as_bytes()).unwrap();
    encoder.finish().unwrap()
}

async fn job(State(site): State<CareerSite>, Path(page): Path<String>) -> axum::response::Response {
    site.reads.fetch_add(1, Ordering::Relaxed);
    if site.failing.lock().unwrap().as_ref() == Some(&page) {
        return StatusCode::BAD_REQUEST.into_response();
    }
    if page.starts_with("gone") {
        return StatusCode::GONE.into_response();
    }
    if page.starts_with("none") {
        return Html("<p>Nothing here</p>").into_response();
    }
    Html(format!(
        "<script type=\"application/ld+json\">{{\"@type\":\"JobPosting\",\"title\":\"Intern {page}\",\"identifier\":\"R-1\",\"hiringOrganization\":{{\"name\":\"Fellgate\"}}}}</script>"
    ))
    .into_response()
}

async fn poll(ctx: &FetchContext, base: &str, path: &str, before: Option<&Fetched>) -> Fetched {
    let source = address(SourceKind::Sitemap, &format!("{base}{path}"));
    let validators = before.and_then(|fetched| fetched.validators.as_ref());
    Sitemap.fetch(ctx, &source, validators).await.unwrap()
}

fn ids(fetched: &Fetched) -> Vec<(&str, bool)> {
    fetched
        .postings
        .iter()
        .map(|posting| {
            (
                posting.external_id.rsplit('/').next().unwrap(),
                posting.outline,
            )
        })
        .collect()
}

#[tokio::test]
async fn sitemaps_indexes_compressed_ones_and_those_of_a_site_lead_to_the_postings() {
    let career = CareerSite::with(&[("intern-1", None), ("intern-2", None)]);
    let (site, ctx) = site(career.router()).await;
    for path in ["/sitemap.xml", "/index.xml", "/map.xml.gz", "/"] {
        let fetched = poll(&ctx, &site.base, path, None).await;
        assert!(fetched.complete, "{path}: {:?}", fetched.problems);
        assert_eq!(
            ids(&fetched),
            [("intern-1", false), ("intern-2", false)],
            "{path}"
        );
        assert_eq!(fetched.name.as_deref(), Some("Fellgate"));
    }
}

#[tokio::test]
async fn robots_txt_says_where_the_sitemap_is() {
    let career = CareerSite::with(&[("intern-1", None)]);
    let router = Router::new()
        .route(
            "/robots.txt",
            get(|headers: http::HeaderMap| async move {
                format!(
                    "User-agent: *\nSitemap: http://{}/elsewhere/jobs.xml\n",
                    headers["host"].to_str().unwrap()
                )
            }),
        )
        .route(
            "/elsewhere/jobs.xml",
            get(|| async { "<urlset><url><loc>/jobs/intern-7</loc></url></urlset>" }),
        )
        .merge(career.router());
    let (site, ctx) = site(router).await;
    assert_eq!(
        ids(&poll(&ctx, &site.base, "/", None).await),
        [("intern-7", false)]
    );
}

#[tokio::test]
async fn a_page_whose_lastmod_did_not_change_is_not_read_again() {
    let career = CareerSite::with(&[
        ("intern-1", Some("2026-11-01")),
        ("intern-2", Some("2026-11-02")),
        ("none-3", Some("2026-11-02")),
    ]);
    let (site, ctx) = site(career.router()).await;
    let first = poll(&ctx, &site.base, "/sitemap.xml", None).await;
    assert_eq!((first.complete, career.reads()), (true, 3));
    let second = poll(&ctx, &site.base, "/sitemap.xml", Some(&first)).await;
    assert_eq!((second.complete, career.reads()), (true, 0));
    assert_eq!(
        ids(&second),
        [("intern-1", true), ("intern-2", true)],
        "told to be there still"
    );
    career.list(&[
        ("intern-1", Some("2026-11-20")),
        ("none-3", Some("2026-11-02")),
        ("intern-4", Some("2026-11-20")),
    ]);
    let third = poll(&ctx, &site.base, "/sitemap.xml", Some(&second)).await;
    assert_eq!((third.complete, career.reads()), (true, 2));
    assert_eq!(
        ids(&third),
        [("intern-1", false), ("intern-4", false)],
        "what is no longer listed is gone"
    );
}

#[tokio::test]
async fn a_page_without_lastmod_is_read_again_within_a_week() {
    let career = CareerSite::with(&[("intern-1", None)]);
    let (site, mut ctx) = site(career.router()).await;
    let first = poll(&ctx, &site.base, "/sitemap.xml", None).await;
    poll(&ctx, &site.base, "/sitemap.xml", Some(&first)).await;
    assert_eq!(career.reads(), 1);
    ctx.clock = Arc::new(ManualClock::new(
        ctx.clock.now().plus_millis(7 * Timestamp::DAY_MS),
    ));
    let later = poll(&ctx, &site.base, "/sitemap.xml", Some(&first)).await;
    assert_eq!(
        (ids(&later), career.reads()),
        (vec![("intern-1", false)], 1)
    );
}

#[tokio::test]
async fn more_pages_than_one_poll_reads_are_read_by_the_next() {
    let many: Vec<String> = (0..AT_MOST + 20)
        .map(|number| format!("intern-{number}"))
        .collect();
    let pages: Vec<(&str, Option<&str>)> = many
        .iter()
        .map(|page| (page.as_str(), Some("2026-11-01")))
        .collect();
    let career = CareerSite::with(&pages);
    let (site, ctx) = site(career.router()).await;
    let first = poll(&ctx, &site.base, "/sitemap.xml", None).await;
    assert_eq!(
        (first.postings.len(), first.complete, career.reads()),
        (AT_MOST, false, AT_MOST)
    );
    assert!(
        details_survive(&first),
        "the memory of a partial poll is kept"
    );
    let second = poll(&ctx, &site.base, "/sitemap.xml", Some(&first)).await;
    assert_eq!(
        (second.postings.len(), second.complete, career.reads()),
        (AT_MOST + 20, true, 20)
    );
}

/// What the poll's caller keeps of a partial poll's validators is all of them.
fn details_survive(fetched: &Fetched) -> bool {
    crate::postings::sources::details::memory_alone(fetched.validators.as_ref())
        == fetched.validators
}

#[tokio::test]
async fn a_page_that_fails_makes_the_poll_partial_and_one_that_is_gone_does_not() {
    let career = CareerSite::with(&[("intern-1", None), ("intern-2", None), ("gone-3", None)]);
    *career.failing.lock().unwrap() = Some("intern-2".to_owned());
    let (site, ctx) = site(career.router()).await;
    let first = poll(&ctx, &site.base, "/sitemap.xml", None).await;
    assert_eq!(
        (ids(&first), first.complete),
        (vec![("intern-1", false)], false)
    );
    *career.failing.lock().unwrap() = None;
    let second = poll(&ctx, &site.base, "/sitemap.xml", Some(&first)).await;
    assert_eq!(
        (ids(&second), second.complete),
        (vec![("intern-1", true), ("intern-2", false)], true)
    );
}

#[tokio::test]
async fn one_number_on_two_pages_is_told_apart_by_the_page() {
    let career = CareerSite::with(&[("en-intern", None), ("de-intern", None)]);
    let (site, ctx) = site(career.router()).await;
    let fetched = poll(&ctx, &site.base, "/sitemap.xml", None).await;
    assert_eq!(ids(&fetched), [("en-intern", false), ("de-intern", false)]);
    assert!(
        fetched
            .postings
            .iter()
            .all(|posting| posting.requisition.as_deref() == Some("R-1"))
    );
}

#[tokio::test]
async fn a_site_without_postings_says_what_was_tried() {
    let career = CareerSite::with(&[("none-1", None)]);
    let (site, ctx) = site(career.router()).await;
    let source = address(SourceKind::Sitemap, &format!("{}/sitemap.xml", site.base));
    let error = Sitemap.fetch(&ctx, &source, None).await.unwrap_err();
    assert!(
        error
            .message
            .contains("none of those that were read carries JobPosting data"),
        "{error}"
    );
    career.list(&[]);
    let error = Sitemap.fetch(&ctx, &source, None).await.unwrap_err();
    assert!(
        error
            .message
            .contains("lists a page that looks like a posting"),
        "{error}"
    );
}

#[test]
fn a_shorthand_takes_a_host_or_an_address() {
    assert_eq!(
        Sitemap
            .shorthand("careers.fellgate.example")
            .unwrap()
            .unwrap(),
        "https://careers.fellgate.example/"
    );
    assert_eq!(
        Sitemap
            .shorthand("https://x.example/sitemap.xml")
            .unwrap()
            .unwrap(),
        "https://x.example/sitemap.xml"
    );
    assert!(Sitemap.shorthand("ftp://x.example").unwrap().is_err());
}
