//! Gives every request an id and a span, and tells log and metrics how it went. Only the path's pattern is told, since
//! paths, queries, cookies and bodies hold secrets.

use std::sync::Arc;
use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue, Method};
use axum::middleware::Next;
use axum::response::Response;
use tracing::Instrument as _;

use super::Web;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The layer.
pub(super) async fn observe(State(web): State<Arc<Web>>, request: Request, next: Next) -> Response {
    let mut bytes = [0_u8; 8];
    web.app.entropy.fill(&mut bytes);
    let id = format!("{:016x}", u64::from_be_bytes(bytes));
    let method = method_name(request.method());
    let path = request
        .extensions()
        .get::<MatchedPath>()
        .map_or_else(|| "(no route)".to_owned(), |path| path.as_str().to_owned());
    let span = tracing::info_span!("request", id = %id, method, path = %path);
    let started = Instant::now();
    async move {
        let mut response = next.run(request).await;
        let took = started.elapsed();
        let status = response.status().as_u16();
        tracing::debug!(status, ms = took.as_secs_f64() * 1e3, "answered");
        let labels = [
            ("method", method.to_owned()),
            ("path", path),
            ("status", status.to_string()),
        ];
        metrics::counter!("http_requests_total", &labels).increment(1);
        metrics::histogram!("http_request_duration_seconds", &labels[..2])
            .record(took.as_secs_f64());
        if let Ok(value) = HeaderValue::from_str(&id) {
            response.headers_mut().insert(REQUEST_ID, value);
        }
        response
    }
    .instrument(span)
    .await
}

/// The method, or one name for all that are made up, so that nobody can fill the metrics.
fn method_name(method: &Method) -> &'static str {
    match method.as_str() {
        "GET" => "GET",
        "HEAD" => "HEAD",
        "POST" => "POST",
        "PUT" => "PUT",
        "PATCH" => "PATCH",
        "DELETE" => "DELETE",
        "OPTIONS" => "OPTIONS",
        _ => "other",
    }
}
