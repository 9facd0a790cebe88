//! robots.txt, retries, pace, conditional requests, and how the client introduces itself.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::Router;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect};
use axum::routing::get;

use crate::clock::{ManualClock, Timestamp};
use crate::fetch::pace::Pace;
use crate::fetch::retry::{Next, next, parse_retry_after};
use crate::fetch::testing::{Site, client, settings};
use crate::fetch::{Accept, Client, Error, ErrorKind, Request, Settings};

/// A site whose robots.txt is this, and which counts how often it is read.
fn with_robots(status: StatusCode, text: &'static str) -> (Router, Arc<AtomicUsize>) {
    let hits = Arc::new(AtomicUsize::new(0));
    let counted = hits.clone();
    let robots = move || async move { (counted.fetch_add(1, Ordering::SeqCst), (status, text)).1 };
    let router = Router::new()
        .route("/robots.txt", get(robots))
        .fallback(get(|| async { "{}" }));
    (router, hits)
}

async fn kind(client: &Client, site: &Site, path: &str) -> Option<ErrorKind> {
    client
        .get(&Request::new(site.url(path), Accept::Json))
        .await
        .err()
        .map(|error| error.kind)
}

#[tokio::test]
async fn robots_txt_is_obeyed_by_name_and_read_once() {
    let (router, hits) = with_robots(
        StatusCode::OK,
        "User-agent: *\nDisallow: /\n\nUser-agent: Cadet\nDisallow: /private\n",
    );
    let site = Site::serve(router).await;
    let client = client(settings());
    assert_eq!(kind(&client, &site, "/jobs").await, None);
    assert_eq!(
        kind(&client, &site, "/private/jobs").await,
        Some(ErrorKind::Robots)
    );
    assert_eq!(hits.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn an_interface_documented_for_programs_is_not_asked_for_robots_txt() {
    let (router, hits) = with_robots(StatusCode::OK, "User-agent: *\nDisallow: /\n");
    let site = Site::serve(router).await;
    let client = client(settings());
    let request = Request::new(site.url("/v1"), Accept::Json);
    assert_eq!(
        client.get(&request).await.unwrap_err().kind,
        ErrorKind::Robots
    );
    assert!(client.get(&request.to_documented_api()).await.is_ok());
    assert_eq!(hits.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_missing_robots_txt_allows_and_a_failing_one_forbids_for_a_while() {
    let (missing, _) = with_robots(StatusCode::NOT_FOUND, "");
    let missing = Site::serve(missing).await;
    assert_eq!(kind(&client(settings()), &missing, "/jobs").await, None);

    let (failing, hits) = with_robots(StatusCode::INTERNAL_SERVER_ERROR, "");
    let failing = Site::serve(failing).await;
    let clock = ManualClock::new(Timestamp(0));
    let client = Client::new(
        Settings {
            retries: 0,
            ..settings()
        },
        Arc::new(clock.clone()),
        Arc::new(|| 0.5),
    )
    .unwrap();
    assert_eq!(
        kind(&client, &failing, "/jobs").await,
        Some(ErrorKind::Robots)
    );
    let read = hits.load(Ordering::SeqCst);
    assert_eq!(
        kind(&client, &failing, "/jobs").await,
        Some(ErrorKind::Robots)
    );
    assert_eq!(
        hits.load(Ordering::SeqCst),
        read,
        "it is not asked again at once"
    );
    clock.advance_millis(11 * 60 * 1000);
    assert_eq!(
        kind(&client, &failing, "/jobs").await,
        Some(ErrorKind::Robots)
    );
    assert!(
        hits.load(Ordering::SeqCst) > read,
        "it is asked again later"
    );
}

#[tokio::test]
async fn a_redirect_into_a_forbidden_folder_is_not_followed() {
    let router = Router::new()
        .route(
            "/robots.txt",
            get(|| async { "User-agent: *\nDisallow: /private\n" }),
        )
        .route(
            "/jobs",
            get(|| async { Redirect::temporary("/private/jobs") }),
        )
        .route("/private/jobs", get(|| async { "{}" }));
    let site = Site::serve(router).await;
    assert_eq!(
        kind(&client(settings()), &site, "/jobs").await,
        Some(ErrorKind::Robots)
    );
}

#[tokio::test]
async fn sitemaps_of_robots_txt_are_known() {
    let (router, _) = with_robots(
        StatusCode::OK,
        "Sitemap: https://www.example.com/map.xml\nUser-agent: *\nDisallow:\n",
    );
    let site = Site::serve(router).await;
    let sitemaps = client(settings()).sitemaps(&site.url("/careers")).await;
    assert_eq!(
        sitemaps.iter().map(url::Url::as_str).collect::<Vec<_>>(),
        ["https://www.example.com/map.xml"]
    );
}

/// Fails so often with this answer, then gives `{}`.
fn failing(
    times: usize,
    status: StatusCode,
    retry_after: &'static str,
) -> (Router, Arc<AtomicUsize>) {
    let hits = Arc::new(AtomicUsize::new(0));
    let counted = hits.clone();
    let answer = move || async move {
        if counted.fetch_add(1, Ordering::SeqCst) >= times {
            return "{}".into_response();
        }
        match retry_after {
            "" => status.into_response(),
            wait => (status, [("retry-after", wait)]).into_response(),
        }
    };
    (Router::new().route("/", get(answer)), hits)
}

#[tokio::test]
async fn a_server_that_recovers_is_tried_again() {
    for status in [
        StatusCode::TOO_MANY_REQUESTS,
        StatusCode::BAD_GATEWAY,
        StatusCode::SERVICE_UNAVAILABLE,
    ] {
        let (router, hits) = failing(2, status, "0");
        let site = Site::serve(router).await;
        assert_eq!(kind(&client(settings()), &site, "/").await, None);
        assert_eq!(hits.load(Ordering::SeqCst), 3);
    }
}

#[tokio::test]
async fn retries_end_and_tell_the_status() {
    let (router, hits) = failing(99, StatusCode::BAD_GATEWAY, "");
    let site = Site::serve(router).await;
    let error = client(settings())
        .get(&Request::new(site.url("/"), Accept::Json))
        .await
        .unwrap_err();
    assert_eq!(
        (error.kind, error.status, error.retry_at),
        (ErrorKind::ServerError, Some(502), None)
    );
    assert_eq!(hits.load(Ordering::SeqCst), 3);
}

#[tokio::test]
async fn a_retry_after_beyond_the_cap_gives_up_with_the_time_to_come_back() {
    let (router, hits) = failing(99, StatusCode::TOO_MANY_REQUESTS, "3600");
    let site = Site::serve(router).await;
    let error = client(settings())
        .get(&Request::new(site.url("/"), Accept::Json))
        .await
        .unwrap_err();
    assert_eq!(error.kind, ErrorKind::RateLimited);
    assert_eq!(
        error.retry_at,
        Some(Timestamp(1_795_000_000_000 + 3_600_000))
    );
    assert_eq!(hits.load(Ordering::SeqCst), 1);
}

#[test]
fn retry_after_is_read_as_seconds_and_as_a_date() {
    let now = Timestamp::from("2026-11-23T12:00:00Z".parse::<jiff::Timestamp>().unwrap());
    assert_eq!(
        parse_retry_after("120", now),
        Some(Duration::from_secs(120))
    );
    assert_eq!(
        parse_retry_after("Mon, 23 Nov 2026 12:01:30 GMT", now),
        Some(Duration::from_secs(90))
    );
    assert_eq!(
        parse_retry_after("Mon, 23 Nov 2026 11:00:00 GMT", now),
        Some(Duration::ZERO)
    );
    assert_eq!(
        parse_retry_after("99999999999999999999999", now),
        Some(Duration::from_secs(7 * 24 * 3600))
    );
    assert_eq!(parse_retry_after("soon", now), None);
}

#[test]
fn waits_double_up_to_the_cap_and_honour_retry_after() {
    let settings = Settings {
        retries: 9,
        retry_base: Duration::from_secs(1),
        retry_cap: Duration::from_secs(10),
        ..settings()
    };
    let error = Error::new(ErrorKind::Unreachable, "http://x/", "");
    let wait = |attempt, asked, jitter| next(&settings, &error, asked, attempt, jitter);
    assert_eq!(wait(0, None, 1.0), Next::Wait(Duration::from_secs(1)));
    assert_eq!(wait(2, None, 0.0), Next::Wait(Duration::from_secs(2)));
    assert_eq!(wait(8, None, 1.0), Next::Wait(Duration::from_secs(10)));
    assert_eq!(
        wait(0, Some(Duration::from_secs(7)), 0.5),
        Next::Wait(Duration::from_secs(7))
    );
    assert_eq!(wait(0, Some(Duration::from_secs(11)), 0.5), Next::GiveUp);
    assert_eq!(wait(9, None, 0.5), Next::GiveUp);
}

#[tokio::test]
async fn an_unchanged_answer_costs_no_body() {
    let answer = |headers: HeaderMap| async move {
        match headers
            .get("if-none-match")
            .and_then(|tag| tag.to_str().ok())
        {
            Some("\"v1\"") if headers.contains_key("if-modified-since") => {
                StatusCode::NOT_MODIFIED.into_response()
            }
            _ => (
                [
                    ("etag", "\"v1\""),
                    ("last-modified", "Mon, 23 Nov 2026 11:00:00 GMT"),
                ],
                "{\"a\":1}",
            )
                .into_response(),
        }
    };
    let site = Site::serve(Router::new().route("/", get(answer))).await;
    let client = client(settings());
    let request = Request::new(site.url("/"), Accept::Json);
    let first = client.get(&request).await.unwrap();
    assert_eq!((first.not_modified, first.bytes()), (false, 7));
    let second = client
        .get(&request.clone().validated_by(first.validators.as_ref()))
        .await
        .unwrap();
    assert_eq!(
        (second.status, second.not_modified, second.bytes()),
        (304, true, 0)
    );
    assert_eq!(
        second.validators, first.validators,
        "they hold for the next poll too"
    );
}

#[tokio::test]
async fn a_304_that_nobody_asked_for_is_an_error() {
    let site =
        Site::serve(Router::new().route("/", get(|| async { StatusCode::NOT_MODIFIED }))).await;
    assert_eq!(
        kind(&client(settings()), &site, "/").await,
        Some(ErrorKind::UnexpectedStatus)
    );
}

#[tokio::test]
async fn only_permanent_redirects_from_the_start_move_an_address() {
    let router = Router::new()
        .route("/old", get(|| async { Redirect::permanent("/new") }))
        .route("/new", get(|| async { "{}" }))
        .route("/mixed", get(|| async { Redirect::permanent("/between") }))
        .route("/between", get(|| async { Redirect::temporary("/older") }))
        .route("/older", get(|| async { Redirect::permanent("/new") }));
    let site = Site::serve(router).await;
    let client = client(settings());
    let moved = async |path| {
        client
            .get(&Request::new(site.url(path), Accept::Json))
            .await
            .unwrap()
            .moved_permanently_to
    };
    assert_eq!(moved("/old").await, Some(site.url("/new")));
    assert_eq!(moved("/mixed").await, Some(site.url("/between")));
    assert_eq!(moved("/between").await, None);
}

#[tokio::test]
async fn at_most_so_many_requests_are_under_way_at_one_host() {
    let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let (counted, peak) = (now.clone(), most.clone());
    let answer = move || async move {
        let running = counted.fetch_add(1, Ordering::SeqCst) + 1;
        peak.fetch_max(running, Ordering::SeqCst);
        tokio::time::sleep(Duration::from_millis(5)).await;
        counted.fetch_sub(1, Ordering::SeqCst);
        "{}"
    };
    let site = Site::serve(Router::new().route("/", get(answer))).await;
    let client = client(Settings {
        per_host_concurrency: 2,
        ..settings()
    });
    let request = Request::new(site.url("/"), Accept::Json).to_documented_api();
    let answers = futures::future::join_all((0..12).map(|_| client.get(&request))).await;
    assert!(answers.iter().all(Result::is_ok));
    assert!(most.load(Ordering::SeqCst) <= 2);
}

#[tokio::test]
async fn requests_to_one_host_keep_to_its_rate() {
    let pace = Pace::new(&Settings {
        per_host_rate: 0.01,
        ..settings()
    });
    let (url, other) = (
        "http://one.example/".parse().unwrap(),
        "http://other.example/".parse().unwrap(),
    );
    drop(pace.turn(&url).await);
    let second = tokio::time::timeout(Duration::from_millis(20), pace.turn(&url)).await;
    assert!(
        second.is_err(),
        "the second turn within a hundred seconds has to wait"
    );
    drop(pace.turn(&other).await);
}

#[tokio::test]
async fn a_crawl_delay_slows_a_host_down_and_no_other() {
    let pace = Pace::new(&settings());
    let (slow, free) = (
        "http://slow.example/".parse().unwrap(),
        "http://free.example/".parse().unwrap(),
    );
    pace.slow_down(&slow, Duration::from_secs(20));
    drop(pace.turn(&slow).await);
    assert!(
        tokio::time::timeout(Duration::from_millis(20), pace.turn(&slow))
            .await
            .is_err()
    );
    for _ in 0..20 {
        drop(pace.turn(&free).await);
    }
}

#[tokio::test]
async fn the_client_names_itself_and_what_it_accepts() {
    let answer = |headers: HeaderMap| async move {
        let text = |name: &str| {
            headers
                .get(name)
                .map(|value| value.to_str().unwrap().to_owned())
                .unwrap_or_default()
        };
        format!(
            "{}|{}|{}",
            text("user-agent"),
            text("accept"),
            text("accept-encoding")
        )
    };
    let site = Site::serve(Router::new().route("/", get(answer))).await;
    let user_agent = Settings::user_agent_for(Some("mailto:me@example.com\r\nX: y"));
    let answer = client(Settings {
        user_agent,
        ..settings()
    })
    .get(&Request::new(site.url("/"), Accept::Json))
    .await
    .unwrap();
    let text = answer.text();
    assert!(
        text.starts_with(&format!(
            "Cadet/{} (+mailto:me@example.com",
            env!("CARGO_PKG_VERSION")
        )),
        "{text}"
    );
    assert!(text.contains("|application/json|"), "{text}");
    assert!(text.contains("gzip") && text.contains("br"), "{text}");
}
