//! Carries a POST to the REST interface out once, however often its caller repeats it (`Idempotency-Key`).
//!
//! The same key with the same request gets the first answer again, with another request 422, and 409 while the first is
//! under way. An answer is kept for a day; failures of the server and answers that show a secret are not kept.

mod entity;
mod store;

use std::sync::Arc;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};

use super::extract::Visitor;
use super::respond::{Problem, ShownOnce};
use super::{BODY_LIMIT, Web};
use crate::accounts::model::AccountId;
use crate::error::{Error, Result};
use crate::state::App;
use store::{Answer, Begun, Slot};

const KEY: &str = "idempotency-key";
const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");
/// Longest key in bytes.
const KEY_LONGEST: usize = 255;
/// How long an answer is kept.
const KEPT_MS: i64 = 24 * 3_600_000;
/// After this a request under way must have died with its process, since none may take as long.
const DEAD_MS: i64 = 120_000;
/// Headers of an answer that are kept with it.
const KEPT_HEADERS: [HeaderName; 3] = [header::CONTENT_TYPE, header::LOCATION, header::LINK];

/// Forgets the answers that are kept no longer.
///
/// # Errors
/// [`Error::Unavailable`] from the database.
pub async fn forget_old(app: &App) -> Result<()> {
    store::forget_before(&app.db, app.now().plus_millis(-KEPT_MS)).await
}

/// The layer.
pub(super) async fn replay(
    State(web): State<Arc<Web>>,
    request: Request,
    next: Next,
) -> Result<Response> {
    let concerned =
        request.method() == Method::POST && request.uri().path().starts_with("/api/v1/");
    let (Some(owner), Some(key)) = (owner(&request), request.headers().get(KEY)) else {
        return Ok(next.run(request).await);
    };
    if !concerned {
        return Ok(next.run(request).await);
    }
    let Some(key) = readable(key) else {
        return Err(Error::invalid(
            "The Idempotency-Key must be 1 to 255 printable characters; a random UUID is good.",
        ));
    };
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, BODY_LIMIT).await else {
        return Ok(Problem::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "too-large",
            "The body is larger than 2 MiB. Send less at once.",
        )
        .into_response());
    };
    let slot = Slot {
        owner,
        key,
        fingerprint: fingerprint(&parts, &body),
        now: web.app.now(),
    };
    match store::begin(&web.app.db, &slot, KEPT_MS, DEAD_MS).await? {
        Begun::First => {
            let response = next.run(Request::from_parts(parts, Body::from(body))).await;
            finish(&web, &slot, response).await
        }
        Begun::Other => Err(Error::invalid("This Idempotency-Key was used for another request. Use a new key for each request.")),
        Begun::UnderWay => Err(Error::Conflict("A request with this Idempotency-Key is under way. Repeat it in a moment to get its answer.".into())),
        Begun::Withheld => Err(Error::Conflict("This request was carried out already, and its answer held a secret, which is shown once. List what there is, or use a new Idempotency-Key.".into())),
        Begun::Done(answer) => Ok(again(answer)),
    }
}

fn owner(request: &Request) -> Option<AccountId> {
    let visitor = request.extensions().get::<Visitor>()?;
    visitor.account.as_ref().map(|account| account.id)
}

fn readable(key: &HeaderValue) -> Option<String> {
    let text = key.to_str().ok()?.trim().trim_matches('"');
    (!text.is_empty() && text.len() <= KEY_LONGEST).then(|| text.to_owned())
}

fn fingerprint(parts: &Parts, body: &Bytes) -> String {
    let mut hash = Sha256::new();
    let address = parts
        .uri
        .path_and_query()
        .map_or("", |address| address.as_str());
    for piece in [parts.method.as_str().as_bytes(), address.as_bytes(), body] {
        hash.update((piece.len() as u64).to_be_bytes());
        hash.update(piece);
    }
    URL_SAFE_NO_PAD.encode(hash.finalize())
}

async fn finish(web: &Web, slot: &Slot, mut response: Response) -> Result<Response> {
    let status = response.status();
    // A problem has no body yet: its form is given further out, so that the problem itself is kept.
    let problem = response.extensions().get::<Problem>().cloned();
    if status.is_server_error() || problem.is_some() {
        store::abandon(&web.app.db, slot).await?;
        return Ok(response);
    }
    let shown_once = response.extensions().get::<ShownOnce>().is_some();
    let body = std::mem::take(response.body_mut());
    let bytes = to_bytes(body, usize::MAX).await.map_err(Error::internal)?;
    let answer = Answer {
        status: status.as_u16(),
        headers: kept_headers(&response),
        body: if shown_once {
            Vec::new()
        } else {
            bytes.to_vec()
        },
        withheld: shown_once,
    };
    store::finish(&web.app.db, slot, answer).await?;
    *response.body_mut() = Body::from(bytes);
    Ok(response)
}

fn kept_headers(response: &Response) -> Vec<(String, String)> {
    KEPT_HEADERS
        .iter()
        .filter_map(|name| {
            let value = response.headers().get(name)?.to_str().ok()?;
            Some((name.as_str().to_owned(), value.to_owned()))
        })
        .collect()
}

fn again(answer: Answer) -> Response {
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::OK);
    let mut response = (status, answer.body).into_response();
    response.headers_mut().remove(header::CONTENT_TYPE);
    for (name, value) in answer.headers {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            response.headers_mut().insert(name, value);
        }
    }
    let yes = HeaderValue::from_static("true");
    response.headers_mut().insert(REPLAYED, yes);
    response
}
