//! Webhooks: a digest as JSON, signed as Standard Webhooks says (standardwebhooks.com).
//!
//! Headers: `webhook-id` (the same at every try: `delivery_NUMBER`), `webhook-timestamp`, `webhook-signature`
//! (`v1,` and the HMAC-SHA256 of `id.timestamp.body` with the secret). Body:
//!
//! ```json
//! {
//!   "type": "alert.matched",
//!   "timestamp": "2026-11-23T12:00:00Z",
//!   "data": {
//!     "alert": { "id": 1, "name": "Java in Berlin", "url": "https://cadet.example.org/alerts/1" },
//!     "total": 2,
//!     "postings": [{ "posting_id": 42, "title": "...", "company": "...", "place": "...", "term": "...", "pay": "...",
//!       "status": "open", "deadline": null, "reasons": ["..."], "url": "...", "apply_url": "..." }]
//!   }
//! }
//! ```
//!
//! At most 50 postings are listed; `total` says how many there are. A test has the type `alert.test` and none.

use bytes::Bytes;
use serde::Serialize;
use standardwebhooks::{
    HEADER_WEBHOOK_ID, HEADER_WEBHOOK_SIGNATURE, HEADER_WEBHOOK_TIMESTAMP, Webhook,
};
use url::Url;

use super::digest::{Digest, MatchRecord};
use super::model::AlertId;
use super::words::{one_line, shortened};
use crate::clock::Timestamp;
use crate::error::{Error, Result};
use crate::fetch::{ErrorKind, HeaderName, HeaderValue};
use crate::state::Ctx;

/// How a receiver took a POST.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Taken {
    /// 2xx.
    Yes,
    /// 410: it wants no more.
    Gone(String),
    /// Trying again does not help; says what to do.
    Never(String),
    /// Trying again may help, perhaps not before an instant.
    Later(String, Option<Timestamp>),
}

#[derive(Serialize)]
struct Body<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    timestamp: Timestamp,
    data: Data<'a>,
}

#[derive(Serialize)]
struct Data<'a> {
    alert: Alert<'a>,
    total: u64,
    postings: &'a [MatchRecord],
}

#[derive(Serialize)]
struct Alert<'a> {
    id: AlertId,
    name: &'a str,
    url: &'a str,
}

/// A digest as the body of a POST.
///
/// # Errors
/// [`Error::Internal`] when it cannot be written.
pub fn body(digest: &Digest, alert: AlertId) -> Result<Vec<u8>> {
    let body = Body {
        kind: if digest.is_test() {
            "alert.test"
        } else {
            "alert.matched"
        },
        timestamp: digest.created_at,
        data: Data {
            alert: Alert {
                id: alert,
                name: &digest.name,
                url: &digest.url,
            },
            total: digest.total,
            postings: &digest.items,
        },
    };
    serde_json::to_vec(&body).map_err(Error::internal)
}

/// The headers that sign a body.
///
/// # Errors
/// [`Error::Internal`] for a secret that is none.
pub fn headers(
    secret: &str,
    number: i64,
    now: Timestamp,
    body: &[u8],
) -> Result<Vec<(HeaderName, HeaderValue)>> {
    let id = format!("delivery_{number}");
    let seconds = now.0.div_euclid(1_000);
    let signer = Webhook::new(secret).map_err(Error::internal)?;
    let signature = signer.sign(&id, seconds, body).map_err(Error::internal)?;
    let value = |text: &str| HeaderValue::from_str(text).map_err(Error::internal);
    Ok(vec![
        (
            HeaderName::from_static("content-type"),
            HeaderValue::from_static("application/json"),
        ),
        (HeaderName::from_static(HEADER_WEBHOOK_ID), value(&id)?),
        (
            HeaderName::from_static(HEADER_WEBHOOK_TIMESTAMP),
            value(&seconds.to_string())?,
        ),
        (
            HeaderName::from_static(HEADER_WEBHOOK_SIGNATURE),
            value(&signature)?,
        ),
    ])
}

/// Sends a digest.
///
/// # Errors
/// [`Error::Internal`] for what only a fault of the program can bring about.
pub async fn post(
    ctx: &Ctx,
    digest: &Digest,
    alert: AlertId,
    url: &str,
    secret: &str,
) -> Result<Taken> {
    let Ok(address) = Url::parse(url) else {
        return Ok(Taken::Never(format!(
            "{url} is no web address. Edit the alert."
        )));
    };
    let body = body(digest, alert)?;
    let headers = headers(secret, digest.number, ctx.now(), &body)?;
    let answer = ctx
        .fetch
        .client
        .post_bytes(&address, &headers, Bytes::from(body))
        .await;
    Ok(match answer {
        Ok(answer) => {
            let said = shortened(&one_line(&answer.excerpt), 200);
            let said = if said.is_empty() {
                said
            } else {
                format!(": {said}")
            };
            match answer.status {
                200..=299 => Taken::Yes,
                410 => Taken::Gone(format!(
                    "The webhook answered 410, which means that it wants no more, so it is turned off{said}. Edit the alert to turn it on again."
                )),
                status => Taken::Later(
                    format!(
                        "The webhook answered {status}{said}. It is tried again; it has to answer with 2xx."
                    ),
                    answer.retry_at,
                ),
            }
        }
        Err(error) if is_hopeless(error.kind) => Taken::Never(error.message),
        Err(error) => Taken::Later(error.message, error.retry_at),
    })
}

/// Whether another try would end the same way.
fn is_hopeless(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::BadAddress | ErrorKind::PrivateAddress)
}
