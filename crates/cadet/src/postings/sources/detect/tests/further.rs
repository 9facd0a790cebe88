//! Boards with a host for each employer, searches over many employers, tables, and sitemaps.

use super::*;
use crate::config::Secret;

fn further() -> Router {
    Router::new()
        .route(
            "/breezy/lanternworks/json",
            get(|| async { fixture("breezy/list.json") }),
        )
        .route(
            "/pinpoint/thornbury/postings.json",
            get(|| async { fixture("pinpoint/postings.json") }),
        )
        .route(
            "/rippling/platform/api/ats/v1/board/copperkettle/jobs",
            get(|| async { fixture("rippling/jobs.json") }),
        )
        .route(
            "/gem/job_board/v0/saltglass/job_posts/",
            get(|| async { fixture("gem/job_posts.json") }),
        )
        .route(
            "/hacker-news/api/v1/search_by_date",
            get(|| async { fixture("hacker-news/threads.json") }),
        )
        .route(
            "/hacker-news/api/v1/items/{id}",
            get(|| async { fixture("hacker-news/thread.json") }),
        )
        .route(
            "/remotive/api/remote-jobs",
            get(|| async { fixture("remotive/jobs.json") }),
        )
        .route(
            "/arbeitnow/api/job-board-api",
            get(|| async { fixture("arbeitnow/page1.json") }),
        )
        .route(
            "/the-muse/api/public/jobs",
            get(|| async { fixture("the-muse/page.json") }),
        )
        .route(
            "/usajobs/api/Search",
            get(|| async { fixture("usajobs/search.json") }),
        )
        .route(
            "/adzuna/v1/api/jobs/{country}/search/{page}",
            get(|| async { fixture("adzuna/page.json") }),
        )
        .route(
            "/raw/Someone/Tables/HEAD/README.md",
            get(|| async { fixture("markdown/README.md") }),
        )
        .route(
            "/raw/Someone/Tables/dev/OFFSEASON.md",
            get(|| async { fixture("markdown/README.md") }),
        )
        .route("/list.md", get(|| async { fixture("markdown/README.md") }))
        .route(
            "/map.xml",
            get(|| async { "<urlset><url><loc>/jobs/1</loc></url></urlset>" }),
        )
        .route(
            "/jobs/{id}",
            get(|| async { Html(fixture("jsonld/detail.html")) }),
        )
}

async fn candidate(input: &str) -> Result<Candidate, SourceError> {
    let (site, mut ctx) = site(further()).await;
    let secret = || Some(Secret("geheim".to_owned()));
    ctx.keys.usajobs_key = secret();
    ctx.keys.usajobs_email = secret();
    ctx.keys.adzuna_app_id = secret();
    ctx.keys.adzuna_app_key = secret();
    let mut candidate = detect(&ctx, &input.replace("SITE", &site.base))
        .await?
        .remove(0);
    candidate.address.address = candidate.address.address.replace(&site.base, "SITE");
    Ok(candidate)
}

#[tokio::test]
async fn shorthands_of_each_kind_are_taken() {
    for (input, kind, address, name) in [
        (
            "breezy:LanternWorks",
            SourceKind::Breezy,
            "lanternworks",
            "Lantern Works",
        ),
        (
            "pinpoint:thornbury",
            SourceKind::Pinpoint,
            "thornbury",
            "Thornbury",
        ),
        (
            "rippling:copperkettle",
            SourceKind::Rippling,
            "copperkettle",
            "Copperkettle",
        ),
        ("gem:saltglass", SourceKind::Gem, "saltglass", "Saltglass"),
        (
            "hacker-news:",
            SourceKind::HackerNews,
            "latest",
            "Hacker News: Who is hiring?",
        ),
        (
            "remotive:software-dev",
            SourceKind::Remotive,
            "software-dev",
            "Remotive: software-dev",
        ),
        ("arbeitnow:", SourceKind::Arbeitnow, "all", "Arbeitnow"),
        (
            "the-muse:Internship",
            SourceKind::TheMuse,
            "Internship",
            "The Muse: Internship",
        ),
        (
            "usajobs:software intern",
            SourceKind::UsaJobs,
            "software intern",
            "USAJobs: software intern",
        ),
        (
            "adzuna:de/backend internship",
            SourceKind::Adzuna,
            "de/backend internship",
            "Adzuna: de/backend internship",
        ),
    ] {
        let found = candidate(input)
            .await
            .unwrap_or_else(|why| panic!("{input}: {why}"));
        assert_eq!(
            (found.address.kind, found.address.address.as_str()),
            (kind, address),
            "{input}"
        );
        assert_eq!(found.name.as_deref(), Some(name), "{input}");
        assert!(
            found.why.contains(kind.label()) && !found.why.contains("geheim"),
            "{}",
            found.why
        );
    }
}

#[tokio::test]
async fn addresses_of_boards_threads_and_searches_are_taken() {
    for (input, kind, address) in [
        (
            "https://lanternworks.breezy.hr/p/4be19c02d7a1-x",
            SourceKind::Breezy,
            "lanternworks",
        ),
        (
            "https://thornbury.pinpointhq.com/en/postings/310443",
            SourceKind::Pinpoint,
            "thornbury",
        ),
        (
            "SITE/breezy/lanternworks/json",
            SourceKind::Breezy,
            "lanternworks",
        ),
        (
            "SITE/pinpoint/thornbury/en/postings/310443",
            SourceKind::Pinpoint,
            "thornbury",
        ),
        (
            "https://ats.rippling.com/en-CA/copperkettle/jobs",
            SourceKind::Rippling,
            "copperkettle",
        ),
        (
            "https://jobs.gem.com/saltglass",
            SourceKind::Gem,
            "saltglass",
        ),
        (
            "https://news.ycombinator.com/item?id=47000308",
            SourceKind::HackerNews,
            "47000308",
        ),
        (
            "https://www.usajobs.gov/search/results/?k=software+intern",
            SourceKind::UsaJobs,
            "software intern",
        ),
        (
            "https://www.adzuna.de/search?q=backend",
            SourceKind::Adzuna,
            "de/backend",
        ),
        ("SITE/list.md", SourceKind::Markdown, "SITE/list.md"),
        (
            "https://github.com/Someone/Tables",
            SourceKind::Markdown,
            "SITE/raw/Someone/Tables/HEAD/README.md",
        ),
        (
            "https://github.com/Someone/Tables/blob/dev/OFFSEASON.md",
            SourceKind::Markdown,
            "SITE/raw/Someone/Tables/dev/OFFSEASON.md",
        ),
        ("SITE/map.xml", SourceKind::Sitemap, "SITE/map.xml"),
        ("sitemap:SITE/map.xml", SourceKind::Sitemap, "SITE/map.xml"),
    ] {
        let found = candidate(input)
            .await
            .unwrap_or_else(|why| panic!("{input}: {why}"));
        assert_eq!(
            (found.address.kind, found.address.address.as_str()),
            (kind, address),
            "{input}"
        );
    }
}

#[tokio::test]
async fn a_markdown_file_of_this_machine_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("interns.md");
    std::fs::write(&path, fixture("markdown/README.md")).unwrap();
    let path = path.canonicalize().unwrap().to_str().unwrap().to_owned();
    let found = candidate(&path).await.unwrap();
    assert_eq!(found.address, source(SourceKind::Markdown, &path));
    assert_eq!(found.name.as_deref(), Some("interns.md"));
}

#[test]
fn a_career_page_that_links_a_board_means_it_and_a_link_to_a_search_means_nothing() {
    let html = r#"
        <a href="https://news.ycombinator.com/item?id=47000308">Discuss</a>
        <a href="https://www.themuse.com/search/x">The Muse</a>
        <iframe src="https://thornbury.pinpointhq.com/en"></iframe>
        <a href="https://ats.rippling.com/copperkettle/jobs">Jobs</a>"#;
    let found = page::embedded_boards(
        html,
        &Url::parse("https://www.thornbury.example/careers").unwrap(),
        &Endpoints::default(),
    );
    assert_eq!(
        found,
        [
            source(SourceKind::Pinpoint, "thornbury"),
            source(SourceKind::Rippling, "copperkettle")
        ]
    );
}
