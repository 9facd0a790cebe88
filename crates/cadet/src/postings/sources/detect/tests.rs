//! From what a person has to the sources it means.

mod further;
mod hosted;

use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect};
use axum::routing::get;

use super::*;
use crate::config::Endpoints;
use crate::postings::sources::testing::{address as source, fixture, site};

fn board_of(url: &str) -> Option<(SourceKind, String)> {
    address::board(&Url::parse(url).unwrap(), &Endpoints::default())
        .map(|address| (address.kind, address.address))
}

#[test]
fn every_kind_of_board_address_is_recognised() {
    let cases = [
        (
            "https://boards.greenhouse.io/northlight",
            SourceKind::Greenhouse,
            "northlight",
        ),
        (
            "https://boards.greenhouse.io/northlight/jobs/7300101?gh_src=x",
            SourceKind::Greenhouse,
            "northlight",
        ),
        (
            "https://job-boards.greenhouse.io/northlight/jobs/7300101",
            SourceKind::Greenhouse,
            "northlight",
        ),
        (
            "https://job-boards.eu.greenhouse.io/northlight",
            SourceKind::Greenhouse,
            "eu:northlight",
        ),
        (
            "https://boards.greenhouse.io/embed/job_app?for=northlight&token=7300101",
            SourceKind::Greenhouse,
            "northlight",
        ),
        (
            "https://boards.greenhouse.io/embed/job_board/js?for=northlight",
            SourceKind::Greenhouse,
            "northlight",
        ),
        (
            "https://boards-api.greenhouse.io/v1/boards/northlight/jobs?content=true",
            SourceKind::Greenhouse,
            "northlight",
        ),
        (
            "https://jobs.lever.co/fernhollow/0b4f2c1e/apply",
            SourceKind::Lever,
            "fernhollow",
        ),
        (
            "https://jobs.eu.lever.co/fernhollow",
            SourceKind::Lever,
            "eu:fernhollow",
        ),
        (
            "https://api.lever.co/v0/postings/fernhollow?mode=json",
            SourceKind::Lever,
            "fernhollow",
        ),
        (
            "https://jobs.ashbyhq.com/Quarry%20Stone/6e7c0f7e",
            SourceKind::Ashby,
            "Quarry Stone",
        ),
        (
            "https://jobs.ashbyhq.com/quarrystone.io/embed",
            SourceKind::Ashby,
            "quarrystone.io",
        ),
        (
            "https://api.ashbyhq.com/posting-api/job-board/quarrystone.io",
            SourceKind::Ashby,
            "quarrystone.io",
        ),
    ];
    for (url, kind, token) in cases {
        assert_eq!(board_of(url), Some((kind, token.to_owned())), "{url}");
    }
    for url in [
        "https://boards.greenhouse.io/",
        "https://boards.greenhouse.io/embed/job_app?token=1",
        "https://api.lever.co/v1/x",
        "https://www.northlight.example/careers",
    ] {
        assert_eq!(board_of(url), None, "{url}");
    }
}

#[test]
fn repositories_of_community_lists_are_recognised() {
    let raw = |url: &str| {
        address::community_list(&Url::parse(url).unwrap(), &Endpoints::default()).map(String::from)
    };
    let base = "https://raw.githubusercontent.com/Someone/Interns";
    assert_eq!(
        raw("https://github.com/Someone/Interns"),
        Some(format!("{base}/HEAD/.github/scripts/listings.json"))
    );
    assert_eq!(
        raw("https://github.com/Someone/Interns.git"),
        Some(format!("{base}/HEAD/.github/scripts/listings.json"))
    );
    assert_eq!(
        raw("https://github.com/Someone/Interns/tree/dev"),
        Some(format!("{base}/dev/.github/scripts/listings.json"))
    );
    assert_eq!(
        raw("https://github.com/Someone/Interns/blob/dev/README.md"),
        Some(format!("{base}/dev/.github/scripts/listings.json"))
    );
    assert_eq!(
        raw("https://github.com/Someone/Interns/blob/dev/data/l.json"),
        Some(format!("{base}/dev/data/l.json"))
    );
    let whole = format!("{base}/dev/.github/scripts/listings.json");
    assert_eq!(raw(&whole), Some(whole));
    assert_eq!(raw("https://github.com/Someone"), None);
}

#[test]
fn embedded_boards_are_found_in_scripts_frames_and_links_the_most_frequent_first() {
    let html = r#"
        <a href="//jobs.lever.co/fernhollow">All jobs</a>
        <iframe src="https://boards.greenhouse.io/embed/job_board?b=1&amp;for=northlight"></iframe>
        <script>load("https:\/\/boards-api.greenhouse.io\/v1\/boards\/northlight\/jobs")</script>"#;
    let found = page::embedded_boards(
        html,
        &Url::parse("https://www.northlight.example/careers").unwrap(),
        &Endpoints::default(),
    );
    assert_eq!(
        found,
        [
            source(SourceKind::Greenhouse, "northlight"),
            source(SourceKind::Lever, "fernhollow")
        ]
    );
}

#[test]
fn the_name_in_a_host_leaves_usual_labels_out() {
    let name = |url: &str| address::name_in_host(&Url::parse(url).unwrap());
    assert_eq!(
        name("https://careers.northlight.example/").as_deref(),
        Some("northlight")
    );
    assert_eq!(
        name("https://www.northlight.co.uk/").as_deref(),
        Some("northlight")
    );
    assert_eq!(name("http://127.0.0.1/"), None);
    assert_eq!(name("http://localhost/"), None);
}

#[test]
fn a_token_is_spelled_out_as_a_name() {
    assert_eq!(boards::spelled_out("northlight-labs"), "Northlight Labs");
    assert_eq!(boards::spelled_out("Quarry Stone"), "Quarry Stone");
}

/// Boards that know one name each.
fn world() -> Router {
    let board = |known: &'static str, file: &'static str| {
        move |Path(name): Path<String>| async move {
            if name == known {
                fixture(file).into_response()
            } else {
                StatusCode::NOT_FOUND.into_response()
            }
        }
    };
    Router::new()
        .route(
            "/gh/v1/boards/{name}/jobs",
            get(board("northlight", "greenhouse/board.json")),
        )
        .route(
            "/gh-eu/v1/boards/{name}/jobs",
            get(board("coldharbor", "greenhouse/board.json")),
        )
        .route(
            "/lv/v0/postings/{name}",
            get(board("fern-hollow", "lever/site.json")),
        )
        .route(
            "/ab/posting-api/job-board/{name}",
            get(board("quarrystone.io", "ashby/board.json")),
        )
        .route(
            "/raw/Someone/Interns/HEAD/.github/scripts/listings.json",
            get(|| async { fixture("simplify/listings.json") }),
        )
        .route("/feed", get(|| async { fixture("feed/jobs.rss") }))
        .route(
            "/job",
            get(|| async { Html(fixture("jsonld/detail.html")) }),
        )
        .route(
            "/list.json",
            get(|| async { fixture("simplify/listings.json") }),
        )
        .route(
            "/moved",
            get(|| async { Redirect::temporary("/gh/v1/boards/northlight/jobs") }),
        )
        .route("/blank", get(|| async { Html("<title>Hello</title>") }))
        .route(
            "/careers",
            get(|| async { Html(r#"<a href="/jobs/1">One</a><a href="/jobs/2">Two</a>"#) }),
        )
        .route(
            "/jobs/{id}",
            get(|| async { Html(fixture("jsonld/detail.html")) }),
        )
        .route(
            "/with-feed",
            get(|| async {
                Html(r#"<link rel="alternate" type="application/rss+xml" href="/feed">"#)
            }),
        )
}

/// The first candidate for an input, in which `SITE` stands for the site's address.
async fn first(input: &str) -> Result<Candidate, SourceError> {
    let (site, ctx) = site(world()).await;
    let mut found = detect(&ctx, &input.replace("SITE", &site.base)).await?;
    assert!(!found.is_empty());
    let mut candidate = found.remove(0);
    candidate.address.address = candidate.address.address.replace(&site.base, "SITE");
    Ok(candidate)
}

async fn found(input: &str) -> (SourceKind, String) {
    let candidate = first(input)
        .await
        .unwrap_or_else(|why| panic!("{input}: {why}"));
    (candidate.address.kind, candidate.address.address)
}

#[tokio::test]
async fn shorthands_and_names_find_their_boards() {
    let cases = [
        (
            "greenhouse:northlight",
            SourceKind::Greenhouse,
            "northlight",
        ),
        (
            "Greenhouse:eu:coldharbor",
            SourceKind::Greenhouse,
            "eu:coldharbor",
        ),
        ("ashby:quarrystone.io", SourceKind::Ashby, "quarrystone.io"),
        ("northlight", SourceKind::Greenhouse, "northlight"),
        ("coldharbor", SourceKind::Greenhouse, "eu:coldharbor"),
        ("Fern Hollow", SourceKind::Lever, "fern-hollow"),
    ];
    for (input, kind, address) in cases {
        assert_eq!(found(input).await, (kind, address.to_owned()), "{input}");
    }
    let candidate = first("northlight").await.unwrap();
    assert_eq!(candidate.name.as_deref(), Some("Northlight"));
    assert!(
        candidate.why.contains("Greenhouse board \"northlight\"")
            && candidate.why.ends_with("4 postings"),
        "{}",
        candidate.why
    );
}

#[tokio::test]
async fn addresses_find_boards_lists_feeds_and_pages() {
    let cases = [
        (
            "SITE/gh/v1/boards/northlight/jobs",
            SourceKind::Greenhouse,
            "northlight",
        ),
        (
            "https://boards.greenhouse.io/northlight/jobs/7300101",
            SourceKind::Greenhouse,
            "northlight",
        ),
        ("SITE/moved", SourceKind::Greenhouse, "northlight"),
        (
            "https://github.com/Someone/Interns",
            SourceKind::Simplify,
            "SITE/raw/Someone/Interns/HEAD/.github/scripts/listings.json",
        ),
        ("SITE/list.json", SourceKind::Simplify, "SITE/list.json"),
        ("SITE/feed", SourceKind::Feed, "SITE/feed"),
        ("SITE/job", SourceKind::JsonLd, "SITE/job"),
        ("SITE/careers", SourceKind::JsonLd, "SITE/careers"),
        ("SITE/with-feed", SourceKind::Feed, "SITE/feed"),
    ];
    for (input, kind, address) in cases {
        assert_eq!(found(input).await, (kind, address.to_owned()), "{input}");
    }
}

#[tokio::test]
async fn a_career_page_with_an_embedded_board_means_the_board() {
    let page = |host: http::HeaderMap| async move {
        let base = format!("http://{}", host.get("host").unwrap().to_str().unwrap());
        Html(format!(
            "<script src=\"https://boards.greenhouse.io/embed/job_board/js?for=northlight\"></script><script>x='{base}/lv/v0/postings/nobody'</script>"
        ))
    };
    let (site, ctx) = site(world().route("/company/careers", get(page))).await;
    let found = detect(&ctx, site.url("/company/careers?gh_jid=7300102").as_str())
        .await
        .unwrap();
    assert_eq!(
        found
            .iter()
            .map(|candidate| candidate.address.clone())
            .collect::<Vec<_>>(),
        [source(SourceKind::Greenhouse, "northlight")]
    );
}

#[tokio::test]
async fn a_posting_on_an_employers_own_site_is_found_by_its_id() {
    let (_site, ctx) = site(world()).await;
    let url = Url::parse("https://careers.northlight.invalid/role?gh_jid=7300102").unwrap();
    // The page itself keeps programs out.
    let denied = error(SourceErrorKind::Denied, None, "no");
    let found = page::without_page(&ctx, &url, denied.clone())
        .await
        .unwrap();
    assert_eq!(
        found[0].address,
        source(SourceKind::Greenhouse, "northlight")
    );
    assert!(
        found[0].why.contains("this very posting"),
        "{}",
        found[0].why
    );
    let other = Url::parse("https://careers.nobody.invalid/role?gh_jid=1").unwrap();
    assert_eq!(
        page::without_page(&ctx, &other, denied.clone())
            .await
            .unwrap_err(),
        denied
    );
}

#[tokio::test]
async fn files_and_checkouts_are_read() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: String| {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        path.canonicalize().unwrap().to_str().unwrap().to_owned()
    };
    let list = write("list.json", fixture("simplify/listings.json"));
    let feed = write("jobs.xml", fixture("feed/jobs.atom"));
    let page = write("saved.html", fixture("jsonld/detail.html"));
    let blank = write("blank.html", "<p>".to_owned());
    write(
        &format!(
            "checkout/{}",
            crate::postings::sources::simplify::IN_CHECKOUT
        ),
        fixture("simplify/listings.json"),
    );
    let checkout = folder
        .path()
        .join("checkout")
        .canonicalize()
        .unwrap()
        .to_str()
        .unwrap()
        .to_owned();
    assert_eq!(found(&list).await, (SourceKind::Simplify, list.clone()));
    assert_eq!(
        found(&format!("file://{list}")).await,
        (SourceKind::Simplify, list.clone())
    );
    assert_eq!(found(&feed).await, (SourceKind::Feed, feed));
    assert_eq!(found(&page).await, (SourceKind::JsonLd, page));
    assert_eq!(found(&checkout).await, (SourceKind::Simplify, checkout));
    assert_eq!(
        first(&blank).await.unwrap_err().kind,
        SourceErrorKind::Malformed
    );
    assert_eq!(
        first(folder.path().to_str().unwrap())
            .await
            .unwrap_err()
            .kind,
        SourceErrorKind::File
    );
    assert_eq!(
        first("/no/such/list.json").await.unwrap_err().kind,
        SourceErrorKind::File
    );
    let (_site, mut ctx) = site(Router::new()).await;
    ctx.local_files = false;
    assert_eq!(
        detect(&ctx, &list).await.unwrap_err().kind,
        SourceErrorKind::File,
        "users of a shared server do not read its files"
    );
}

#[tokio::test]
async fn what_is_not_found_says_what_was_tried_and_what_to_do() {
    let error = first("nobody at all").await.unwrap_err();
    assert_eq!(error.kind, SourceErrorKind::NotFound);
    for word in [
        "Greenhouse, Lever, Ashby and Workable",
        "nobody-at-all",
        "career page",
    ] {
        assert!(error.message.contains(word), "{error}");
    }
    let error = first("SITE/blank").await.unwrap_err();
    assert!(
        error.message.contains("no feed") && error.message.contains("greenhouse:northlight"),
        "{error}"
    );
    assert_eq!(
        first("SITE/missing").await.unwrap_err().kind,
        SourceErrorKind::NotFound
    );
    assert_eq!(
        first("https://github.com/Someone/Other")
            .await
            .unwrap_err()
            .kind,
        SourceErrorKind::NotFound
    );
    assert_eq!(
        first("greenhouse:nobody").await.unwrap_err().kind,
        SourceErrorKind::NotFound
    );
    assert_eq!(
        first("http://169.254.169.254/jobs").await.unwrap_err().kind,
        SourceErrorKind::PrivateAddress
    );
    for input in ["", "  ", "a\0b", "greenhouse:a/b"] {
        assert_eq!(
            first(input).await.unwrap_err().kind,
            SourceErrorKind::BadAddress,
            "{input:?}"
        );
    }
}
