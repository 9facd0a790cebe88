//! The feeds: `/feeds/SECRET.atom` and `/feeds/SECRET.json`.

use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::fmt::rfc2822::DateTimeParser;
use sha2::{Digest as _, Sha256};

use super::super::feed::{atom, json_feed, updated};
use super::super::secrets::alert_feed;
use crate::clock::Timestamp;
use crate::error::{Error, Result};
use crate::state::Ctx;
use crate::web::Path;

pub(super) async fn feed(
    ctx: Ctx,
    Path(file): Path<String>,
    headers: HeaderMap,
) -> Result<Response> {
    let (token, form) = parts(&file)?;
    let (search, found) = alert_feed(&ctx, token).await?;
    let server = &ctx.config.server;
    let (kind, body) = match form {
        Form::Atom => (
            "application/atom+xml; charset=utf-8",
            atom(&search, &found, server)?,
        ),
        Form::Json => (
            "application/feed+json; charset=utf-8",
            json_feed(&search, &found, server).to_string(),
        ),
    };
    Ok(answer(&headers, kind, body, updated(&search, &found)))
}

#[derive(Clone, Copy)]
enum Form {
    Atom,
    Json,
}

/// The secret and the form of a feed's file name.
fn parts(file: &str) -> Result<(&str, Form)> {
    match file.rsplit_once('.') {
        Some((token, "atom")) => Ok((token, Form::Atom)),
        Some((token, "json")) => Ok((token, Form::Json)),
        _ => Err(Error::not_found(
            "feed",
            "at this address. It ends with .atom or .json",
        )),
    }
}

fn answer(headers: &HeaderMap, kind: &'static str, body: String, modified: Timestamp) -> Response {
    let hash = URL_SAFE_NO_PAD.encode(Sha256::digest(body.as_bytes()));
    let tag = format!("W/\"{}\"", &hash[..22]);
    let validators = [
        (header::ETAG, tag.clone()),
        (header::LAST_MODIFIED, http_date(modified)),
    ];
    if is_known(headers, &tag, modified) {
        return (StatusCode::NOT_MODIFIED, validators).into_response();
    }
    (validators, [(header::CONTENT_TYPE, kind)], body).into_response()
}

fn http_date(at: Timestamp) -> String {
    at.to_jiff()
        .strftime("%a, %d %b %Y %H:%M:%S GMT")
        .to_string()
}

/// Whether the reader has this already. The date counts only for readers that know no tags (RFC 9110).
fn is_known(headers: &HeaderMap, tag: &str, modified: Timestamp) -> bool {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(known) = text(header::IF_NONE_MATCH) {
        let bare = tag.trim_start_matches("W/");
        return known
            .split(',')
            .map(|one| one.trim().trim_start_matches("W/"))
            .any(|one| one == "*" || one == bare);
    }
    text(header::IF_MODIFIED_SINCE)
        .and_then(|date| DateTimeParser::new().parse_timestamp(date).ok())
        .is_some_and(|since| modified.0.div_euclid(1_000) <= since.as_second())
}
