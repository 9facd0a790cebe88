//! Answers of healthy sites: a body with its validators, or "not modified".

use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, Response, StatusCode, header},
};
use jiff::{
    Timestamp,
    fmt::rfc2822::{DateTimeParser, DateTimePrinter},
};
use sha2::{Digest, Sha256};

pub(super) const JSON: &str = "application/json; charset=utf-8";
pub(super) const HTML: &str = "text/html; charset=utf-8";
pub(super) const XML: &str = "application/xml; charset=utf-8";
pub(super) const TEXT: &str = "text/plain; charset=utf-8";

/// Answers with the body, or with 304 if the client has it already. `changed_ms` is in unix milliseconds.
pub(super) fn answer(
    request: &HeaderMap,
    content_type: &'static str,
    body: String,
    changed_ms: i64,
) -> Response<Body> {
    let digest: String = Sha256::digest(body.as_bytes())
        .iter()
        .take(12)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let tag = format!("\"{digest}\"");
    let changed = Timestamp::from_second(changed_ms / 1_000).unwrap_or(Timestamp::UNIX_EPOCH);
    let mut response = if is_known(request, &tag, changed) {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        response
    } else {
        let mut response = Response::new(Body::from(body));
        response
            .headers_mut()
            .insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
        response
    };
    let modified = DateTimePrinter::new()
        .timestamp_to_rfc9110_string(&changed)
        .unwrap_or_default();
    for (name, value) in [(header::ETAG, tag), (header::LAST_MODIFIED, modified)] {
        if let Ok(value) = HeaderValue::from_str(&value) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

/// `If-None-Match` decides if it is there; only otherwise does `If-Modified-Since` (RFC 9110, section 13.2.2).
fn is_known(request: &HeaderMap, tag: &str, changed: Timestamp) -> bool {
    let text = |name| request.get(name).and_then(|value| value.to_str().ok());
    match (text(header::IF_NONE_MATCH), text(header::IF_MODIFIED_SINCE)) {
        (Some(tags), _) => tags
            .split(',')
            .map(str::trim)
            .any(|known| known == tag || known.strip_prefix("W/") == Some(tag)),
        (None, Some(since)) => DateTimeParser::new()
            .parse_timestamp(since)
            .is_ok_and(|since| changed <= since),
        (None, None) => false,
    }
}

/// An answer that is not to be kept.
pub(super) fn plain(
    status: StatusCode,
    content_type: &'static str,
    body: String,
) -> Response<Body> {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    response
}
