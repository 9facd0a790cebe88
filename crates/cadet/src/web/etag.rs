//! Validators for the REST interface: an answer to GET carries a hash of its body, and whoever has that already gets
//! 304. The hash is marked weak, because the body may still be compressed on its way. A handler whose answer has a version of
//! its own, which a change names again in `If-Match`, gives that instead.

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{Extensions, HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};

use crate::error::{Error, Result};

/// Bodies above this are sent without a validator; no page of results is near it.
const LARGEST: usize = 64 * 1024 * 1024;

/// The layer.
pub(super) async fn validate(request: Request, next: Next) -> Result<Response> {
    let wanted = request.method() == Method::GET && request.uri().path().starts_with("/api/v1/");
    let known = request.headers().get(header::IF_NONE_MATCH).cloned();
    let response = next.run(request).await;
    let streams = response.headers().contains_key(header::CONTENT_DISPOSITION);
    if !wanted || streams || response.status() != StatusCode::OK {
        return Ok(response);
    }
    let (mut head, body) = response.into_parts();
    let bytes = to_bytes(body, LARGEST).await.map_err(Error::internal)?;
    let own = head
        .headers
        .get(header::ETAG)
        .and_then(|own| own.to_str().ok());
    let tag = own.map_or_else(|| hashed(&bytes), str::to_owned);
    let value = HeaderValue::from_str(&tag).map_err(Error::internal)?;
    head.headers.insert(header::ETAG, value);
    if known.is_some_and(|known| matches(&known, &tag)) {
        head.headers.remove(header::CONTENT_TYPE);
        head.headers.remove(header::CONTENT_LENGTH);
        return Ok(not_modified(head.headers, head.extensions));
    }
    Ok(Response::from_parts(head, Body::from(bytes)))
}

fn hashed(bytes: &[u8]) -> String {
    let hash = URL_SAFE_NO_PAD.encode(Sha256::digest(bytes));
    format!("W/\"{}\"", &hash[..22])
}

fn matches(known: &HeaderValue, tag: &str) -> bool {
    let strong = tag.trim_start_matches("W/");
    known.to_str().is_ok_and(|known| {
        known
            .split(',')
            .map(str::trim)
            .any(|one| one == "*" || one.trim_start_matches("W/") == strong)
    })
}

fn not_modified(headers: HeaderMap, extensions: Extensions) -> Response {
    let mut response = StatusCode::NOT_MODIFIED.into_response();
    *response.headers_mut() = headers;
    *response.extensions_mut() = extensions;
    response
}
