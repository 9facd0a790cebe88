//! Sites that stall, break off, flood or lie: each ends in a clear error.

use std::convert::Infallible;
use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use axum::routing::get;
use bytes::Bytes;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use crate::fetch::testing::{Site, client, settings};
use crate::fetch::{Accept, Error, ErrorKind, Request, Settings};

async fn failure(site: &Site, path: &str, settings: Settings) -> Error {
    client(settings)
        .get(&Request::new(site.url(path), Accept::Json))
        .await
        .expect_err("the request fails")
}

#[tokio::test]
async fn a_missing_page_says_that_it_was_removed_or_renamed() {
    let site = Site::serve(Router::new()).await;
    let error = failure(&site, "/nothing", settings()).await;
    assert_eq!((error.kind, error.status), (ErrorKind::NotFound, Some(404)));
    assert!(error.message.contains("removed or renamed"), "{error}");
}

#[tokio::test]
async fn a_page_that_needs_a_login_is_denied_and_not_tried_again() {
    let hits = Arc::new(AtomicUsize::new(0));
    let counted = hits.clone();
    let router = Router::new().route(
        "/",
        get(move || async move {
            (
                counted.fetch_add(1, Ordering::SeqCst),
                StatusCode::FORBIDDEN,
            )
                .1
        }),
    );
    let site = Site::serve(router).await;
    assert_eq!(
        failure(&site, "/", settings()).await.kind,
        ErrorKind::Denied
    );
    assert_eq!(hits.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_check_for_browsers_is_denied_and_not_tried_again() {
    let hits = Arc::new(AtomicUsize::new(0));
    let counted = hits.clone();
    let answer = move || async move {
        counted.fetch_add(1, Ordering::SeqCst);
        (
            StatusCode::SERVICE_UNAVAILABLE,
            [("cf-mitigated", "challenge")],
        )
    };
    let site = Site::serve(Router::new().route("/", get(answer))).await;
    assert_eq!(
        failure(&site, "/", settings()).await.kind,
        ErrorKind::Denied
    );
    assert_eq!(hits.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_web_page_in_place_of_json_is_named_with_its_title() {
    let page = "<!doctype html><html><head><title>Please wait</title></head></html>";
    let site = Site::serve(
        Router::new().route("/", get(move || async move { axum::response::Html(page) })),
    )
    .await;
    let answer = client(settings())
        .get(&Request::new(site.url("/"), Accept::Json))
        .await
        .unwrap();
    let error = answer.json().unwrap_err();
    assert_eq!(error.kind, ErrorKind::Malformed);
    assert!(
        error
            .message
            .contains("a web page (\"Please wait\") came where JSON was expected"),
        "{error}"
    );
}

#[tokio::test]
async fn an_answer_beyond_the_limit_is_refused_while_it_streams() {
    let sent = Arc::new(AtomicUsize::new(0));
    let counted = sent.clone();
    let answer = move || async move {
        let chunks = futures::stream::iter(0..3200).map_chunks(counted);
        Body::from_stream(chunks)
    };
    let site = Site::serve(Router::new().route("/", get(answer))).await;
    let error = failure(
        &site,
        "/",
        Settings {
            max_body_bytes: 1024 * 1024,
            ..settings()
        },
    )
    .await;
    assert_eq!(error.kind, ErrorKind::TooLarge);
    assert!(
        sent.load(Ordering::SeqCst) < 3200,
        "the site was stopped before it had sent its 200 MB"
    );
}

/// Chunks of 64 KiB, counted as they are taken.
trait MapChunks: futures::Stream<Item = i32> + Sized {
    fn map_chunks(
        self,
        counted: Arc<AtomicUsize>,
    ) -> impl futures::Stream<Item = Result<Bytes, Infallible>> {
        futures::StreamExt::map(self, move |_| {
            counted.fetch_add(1, Ordering::SeqCst);
            Ok(Bytes::from(vec![b' '; 65_536]))
        })
    }
}

impl<S: futures::Stream<Item = i32>> MapChunks for S {}

#[tokio::test]
async fn an_announced_length_beyond_the_limit_is_refused_at_once() {
    let site = Site::by_hand(|mut stream: TcpStream| async move {
        let _ = stream
            .write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 209715200\r\n\r\n")
            .await;
        tokio::time::sleep(Duration::from_secs(600)).await;
    })
    .await;
    assert_eq!(
        failure(&site, "/", settings()).await.kind,
        ErrorKind::TooLarge
    );
}

#[tokio::test]
async fn a_small_compressed_body_that_grows_beyond_the_limit_is_refused() {
    let mut bomb = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    for _ in 0..160 {
        bomb.write_all(&[b' '; 65_536]).unwrap();
    }
    let bomb = Bytes::from(bomb.finish().unwrap());
    let length = bomb.len() as u64;
    let answer = move || async move { ([("content-encoding", "gzip")], bomb) };
    let site = Site::serve(Router::new().route("/", get(answer))).await;
    let limits = Settings {
        max_body_bytes: 1024 * 1024,
        ..settings()
    };
    assert!(
        length < limits.max_body_bytes,
        "the compressed body alone would be allowed"
    );
    assert_eq!(failure(&site, "/", limits).await.kind, ErrorKind::TooLarge);
}

#[tokio::test]
async fn a_body_shorter_than_announced_is_truncated() {
    let site = Site::by_hand(|mut stream: TcpStream| async move {
        let _ = stream
            .write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"jobs\": [")
            .await;
    })
    .await;
    assert_eq!(
        failure(&site, "/", settings()).await.kind,
        ErrorKind::Truncated
    );
}

#[tokio::test]
async fn a_chunked_body_without_its_end_is_truncated() {
    let site = Site::by_hand(|mut stream: TcpStream| async move {
        let _ = stream
            .write_all(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"job\r\n")
            .await;
    })
    .await;
    assert_eq!(
        failure(&site, "/", settings()).await.kind,
        ErrorKind::Truncated
    );
}

#[tokio::test]
async fn a_compressed_body_that_breaks_off_is_truncated() {
    let mut whole = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    whole
        .write_all(
            &(0..20_000_u32)
                .flat_map(u32::to_le_bytes)
                .collect::<Vec<u8>>(),
        )
        .unwrap();
    let mut part = whole.finish().unwrap();
    part.truncate(part.len() / 2);
    let part = Bytes::from(part);
    let site = Site::serve(Router::new().route(
        "/",
        get(move || async move { ([("content-encoding", "gzip")], part) }),
    ))
    .await;
    assert_eq!(
        failure(&site, "/", settings()).await.kind,
        ErrorKind::Truncated
    );
}

#[tokio::test]
async fn a_body_that_is_not_compressed_as_it_says_is_malformed() {
    let site = Site::serve(Router::new().route(
        "/",
        get(|| async { ([("content-encoding", "gzip")], "{}{}{}{}{}{}{}{}") }),
    ))
    .await;
    assert_eq!(
        failure(&site, "/", settings()).await.kind,
        ErrorKind::Malformed
    );
}

#[tokio::test]
async fn json_that_ends_in_the_middle_is_truncated_even_if_the_connection_ended_well() {
    let site =
        Site::serve(Router::new().route("/", get(|| async { "{\"jobs\": [{\"id\": 1}" }))).await;
    let answer = client(settings())
        .get(&Request::new(site.url("/"), Accept::Json))
        .await
        .unwrap();
    assert_eq!(answer.json().unwrap_err().kind, ErrorKind::Truncated);
}

#[tokio::test]
async fn a_site_that_stalls_between_two_bytes_times_out() {
    let site = Site::by_hand(|mut stream: TcpStream| async move {
        let _ = stream
            .write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{")
            .await;
        tokio::time::sleep(Duration::from_secs(600)).await;
    })
    .await;
    let error = failure(
        &site,
        "/",
        Settings {
            read_timeout: Duration::from_millis(100),
            ..settings()
        },
    )
    .await;
    assert_eq!(error.kind, ErrorKind::Timeout);
}

#[tokio::test]
async fn a_site_that_drips_bytes_for_ever_times_out_as_a_whole() {
    let site = Site::by_hand(|mut stream: TcpStream| async move {
        let _ = stream
            .write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 500000\r\n\r\n")
            .await;
        while stream.write_all(b" ").await.is_ok() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    })
    .await;
    let error = failure(
        &site,
        "/",
        Settings {
            total_timeout: Duration::from_millis(300),
            ..settings()
        },
    )
    .await;
    assert_eq!(error.kind, ErrorKind::Timeout);
}

#[tokio::test]
async fn a_site_that_never_answers_times_out() {
    let site = Site::by_hand(|stream: TcpStream| async move {
        tokio::time::sleep(Duration::from_secs(600)).await;
        drop(stream);
    })
    .await;
    let error = failure(
        &site,
        "/",
        Settings {
            read_timeout: Duration::from_millis(100),
            ..settings()
        },
    )
    .await;
    assert_eq!(error.kind, ErrorKind::Timeout);
}

#[tokio::test]
async fn an_answer_that_is_no_http_ends_in_an_error() {
    let site = Site::by_hand(|mut stream: TcpStream| async move {
        let _ = stream.write_all(b"SSH-2.0-server\r\n").await;
    })
    .await;
    assert_eq!(
        failure(&site, "/", settings()).await.kind,
        ErrorKind::Unreachable
    );
}

#[tokio::test]
async fn a_closed_port_is_unreachable() {
    let site = Site::serve(Router::new()).await;
    let url = site.url("/");
    drop(site);
    // The listener ends with its task, which the runtime drops at its next turn.
    tokio::task::yield_now().await;
    let result = client(settings())
        .get(&Request::new(url, Accept::Json))
        .await;
    assert_eq!(result.unwrap_err().kind, ErrorKind::Unreachable);
}

#[tokio::test]
async fn redirects_in_a_circle_are_recognised() {
    let router = Router::new()
        .route("/a", get(|| async { Redirect::temporary("/b") }))
        .route("/b", get(|| async { Redirect::temporary("/a") }));
    let site = Site::serve(router).await;
    let error = failure(&site, "/a", settings()).await;
    assert_eq!(error.kind, ErrorKind::Redirects);
    assert!(error.message.contains("in a circle"), "{error}");
}

#[tokio::test]
async fn endless_redirects_end_at_the_limit() {
    let next = |axum::extract::Path(n): axum::extract::Path<u32>| async move {
        Redirect::temporary(&format!("/{}", n + 1))
    };
    let site = Site::serve(Router::new().route("/{n}", get(next))).await;
    let error = failure(&site, "/1", settings()).await;
    assert_eq!(error.kind, ErrorKind::Redirects);
    assert!(error.message.contains("more than 8 times"), "{error}");
}

#[tokio::test]
async fn a_redirect_without_a_target_is_an_error() {
    let site =
        Site::serve(Router::new().route("/", get(|| async { StatusCode::FOUND.into_response() })))
            .await;
    assert_eq!(
        failure(&site, "/", settings()).await.kind,
        ErrorKind::Redirects
    );
}
