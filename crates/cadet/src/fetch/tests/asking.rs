//! Questions that are POSTs: the body, the same care as a GET, and walls that answer with a redirect.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect};
use axum::routing::{get, post};
use serde_json::json;

use crate::fetch::testing::{Site, client, settings};
use crate::fetch::{Accept, ErrorKind, Request};

async fn ask(site: &Site, path: &str) -> Result<serde_json::Value, crate::fetch::Error> {
    let request = Request::new(site.url(path), Accept::Json);
    client(settings())
        .ask(&request, &json!({ "limit": 20 }))
        .await?
        .json()
}

/// Gives back what it was asked, with the type that was told.
async fn echo(headers: HeaderMap, body: String) -> String {
    let kind = headers["content-type"].to_str().unwrap();
    format!(r#"{{"kind": "{kind}", "body": {body}}}"#)
}

#[tokio::test]
async fn a_question_is_posted_as_json() {
    let site = Site::serve(Router::new().route("/", post(echo))).await;
    assert_eq!(
        ask(&site, "/").await.unwrap(),
        json!({ "kind": "application/json", "body": { "limit": 20 } })
    );
}

#[tokio::test]
async fn a_question_is_asked_again_after_a_failure_of_the_site() {
    let hits = Arc::new(AtomicUsize::new(0));
    let count = hits.clone();
    let answer = move || async move {
        match count.fetch_add(1, Ordering::SeqCst) {
            0 => StatusCode::BAD_GATEWAY.into_response(),
            _ => "[]".into_response(),
        }
    };
    let site = Site::serve(Router::new().route("/", post(answer))).await;
    assert_eq!(ask(&site, "/").await.unwrap(), json!([]));
    assert_eq!(hits.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn robots_txt_is_obeyed_for_questions_too() {
    let router = Router::new().route("/", post(echo)).route(
        "/robots.txt",
        get(|| async { "User-agent: *\nDisallow: /" }),
    );
    let site = Site::serve(router).await;
    assert_eq!(ask(&site, "/").await.unwrap_err().kind, ErrorKind::Robots);
}

#[tokio::test]
async fn a_redirect_is_only_followed_where_it_keeps_the_question() {
    let router = Router::new()
        .route("/", post(echo).get(|| async { "{}" }))
        .route("/moved", post(|| async { Redirect::temporary("/") }))
        .route("/wall", post(|| async { Redirect::to("/") }))
        .route(
            "/maintenance",
            post(|| async { (StatusCode::FOUND, [("location", "/")]) }),
        );
    let site = Site::serve(router).await;
    assert_eq!(ask(&site, "/moved").await.unwrap()["body"]["limit"], 20);
    for (path, status) in [("/wall", 303), ("/maintenance", 302)] {
        let error = ask(&site, path).await.unwrap_err();
        assert_eq!(
            (error.kind, error.status),
            (ErrorKind::Denied, Some(status))
        );
        assert!(
            error.message.contains("sends programs elsewhere"),
            "{error}"
        );
    }
}
