//! What a request brought.

use bytes::Bytes;
use serde_json::{Value, json};
use url::Url;

use super::charset::decode;
use super::error::{Error, ErrorKind};
use super::json::{JsonProblem, parse_json};
use crate::clock::Timestamp;

/// A successful answer (2xx), or 304 to a conditional request.
#[derive(Clone, Debug)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// The address that answered, after redirects.
    pub final_url: Url,
    /// Nothing changed since the validators were given; the body is empty.
    pub not_modified: bool,
    /// Validators for the next conditional request: opaque JSON for the caller to keep. `None`: the server gives none.
    pub validators: Option<Value>,
    /// Where permanent redirects (301, 308) from the start of the trail lead.
    pub moved_permanently_to: Option<Url>,
    /// The `Content-Type` header.
    pub content_type: Option<String>,
    /// The body, decompressed.
    pub body: Bytes,
}

impl Answer {
    /// Bytes of the body after decompression.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.body.len() as u64
    }

    /// The body as text; see [`decode`]. Never fails.
    #[must_use]
    pub fn text(&self) -> String {
        decode(&self.body, self.content_type.as_deref())
    }

    /// The body as JSON.
    ///
    /// # Errors
    /// [`ErrorKind::Malformed`] (or `Truncated`) that says what came instead.
    pub fn json(&self) -> Result<Value, Error> {
        parse_json(&self.text()).map_err(|problem| {
            let kind = if problem == JsonProblem::Truncated {
                ErrorKind::Truncated
            } else {
                ErrorKind::Malformed
            };
            let message = format!(
                "{}: {problem}. Check that the address is the right one.",
                self.final_url
            );
            Error::new(kind, self.final_url.as_str(), message).with_status(self.status)
        })
    }
}

/// What a POST brought; any status is an answer, since only the caller knows what it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posted {
    /// HTTP status.
    pub status: u16,
    /// When the server asks to be tried again, if it says so.
    pub retry_at: Option<Timestamp>,
    /// The first 4 KiB of the body as text, to be shown with a failure.
    pub excerpt: String,
}

/// The validators of an answer's headers.
pub(super) fn validators_of(headers: &http::HeaderMap) -> Option<Value> {
    let text = |name: http::HeaderName| {
        headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .map(str::to_owned)
    };
    let etag = text(http::header::ETAG);
    let last_modified = text(http::header::LAST_MODIFIED);
    (etag.is_some() || last_modified.is_some())
        .then(|| json!({ "etag": etag, "last_modified": last_modified }))
}

/// The headers that make a request conditional on validators that [`validators_of`] gave. Anything else in them is ignored.
pub(super) fn conditions_of(
    validators: Option<&Value>,
) -> Vec<(http::HeaderName, http::HeaderValue)> {
    let pairs = [
        (http::header::IF_NONE_MATCH, "etag"),
        (http::header::IF_MODIFIED_SINCE, "last_modified"),
    ];
    let header = |key: &str| {
        validators?
            .get(key)?
            .as_str()
            .and_then(|text| http::HeaderValue::from_str(text).ok())
    };
    pairs
        .into_iter()
        .filter_map(|(name, key)| Some((name, header(key)?)))
        .collect()
}
