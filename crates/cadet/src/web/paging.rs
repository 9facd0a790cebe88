//! Pages of a list in the REST interface: `{"items": [...], "next": "..."}` and a `Link` header with the next address.

use axum::extract::Request;
use axum::http::{HeaderValue, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::error::{Error, Result};

/// Items of a page unless the caller says otherwise.
pub const LIMIT_DEFAULT: u32 = 50;
/// Most items of a page.
pub const LIMIT_MAX: u32 = 200;

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Page<T> {
    /// The items.
    pub items: Vec<T>,
    /// Give this as `cursor` for the next page; absent on the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

impl<T> Page<T> {
    /// A page of at most `limit` of `items`, of which one more was read to know whether there is a next page. `place`
    /// says where an item stands in the list; the next page begins after the last item shown.
    #[must_use]
    pub fn cut<P: Serialize>(mut items: Vec<T>, limit: u32, place: impl Fn(&T) -> P) -> Self {
        let shown = limit as usize;
        let more = items.len() > shown;
        items.truncate(shown);
        let last = items.last().filter(|_| more);
        Self {
            next: last.map(|item| Cursor::encode(&place(item))),
            items,
        }
    }
}

/// What the list's address has to become for its next page; [`link`] tells it.
#[derive(Clone, Debug)]
struct NextCursor(String);

impl<T: Serialize> IntoResponse for Page<T> {
    fn into_response(self) -> Response {
        let next = self.next.clone();
        let mut response = axum::Json(self).into_response();
        if let Some(next) = next {
            response.extensions_mut().insert(NextCursor(next));
        }
        response
    }
}

/// The layer that adds the `Link` header to answers that are pages.
pub(super) async fn link(request: Request, next: Next) -> Response {
    let uri = request.uri().clone();
    let mut response = next.run(request).await;
    if let Some(NextCursor(cursor)) = response.extensions_mut().remove::<NextCursor>()
        && let Ok(value) = HeaderValue::from_str(&next_address(&uri, &cursor))
    {
        response.headers_mut().insert(header::LINK, value);
    }
    response
}

fn next_address(uri: &Uri, cursor: &str) -> String {
    let query = uri.query().unwrap_or("");
    let kept = url::form_urlencoded::parse(query.as_bytes()).filter(|(name, _)| name != "cursor");
    let query = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(kept)
        .append_pair("cursor", cursor)
        .finish();
    format!("<{}?{query}>; rel=\"next\"", uri.path())
}

/// A place in a list, opaque to the caller.
#[derive(Clone, Copy, Debug)]
pub struct Cursor;

impl Cursor {
    /// As text for the caller.
    #[must_use]
    pub fn encode<P: Serialize>(place: &P) -> String {
        // Places are numbers and strings, which always serialise.
        URL_SAFE_NO_PAD.encode(serde_json::to_vec(place).unwrap_or_default())
    }

    /// From what the caller gave back.
    ///
    /// # Errors
    /// [`Error::Invalid`] when it is none of ours.
    pub fn decode<P: DeserializeOwned>(text: &str) -> Result<P> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok();
        bytes
            .and_then(|bytes| serde_json::from_slice(&bytes).ok())
            .ok_or_else(|| {
                Error::invalid_field(
                    "cursor",
                    "This cursor was not given by this list. Leave it out to begin again.",
                )
            })
    }
}

/// The parameters of a list without filters.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ListParams {
    /// Where the page begins: `next` of the page before.
    pub cursor: Option<String>,
    /// Items of the page, 50 unless given.
    #[param(minimum = 1, maximum = 200)]
    pub limit: Option<u32>,
}

impl ListParams {
    /// The row id after which the page begins.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a foreign cursor.
    pub fn after_id(&self) -> Result<i64> {
        self.cursor.as_deref().map_or(Ok(0), Cursor::decode)
    }

    /// Items of the page.
    ///
    /// # Errors
    /// [`Error::Invalid`] outside of 1 to 200.
    pub fn limit(&self) -> Result<u32> {
        checked_limit(self.limit)
    }
}

/// Items of a page, from a parameter that may be missing.
///
/// # Errors
/// [`Error::Invalid`] outside of 1 to 200.
pub fn checked_limit(limit: Option<u32>) -> Result<u32> {
    match limit.unwrap_or(LIMIT_DEFAULT) {
        limit @ 1..=LIMIT_MAX => Ok(limit),
        _ => Err(Error::invalid_field(
            "limit",
            format!("A page has 1 to {LIMIT_MAX} items."),
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_has_a_next_one_only_if_more_was_read() {
        let page = Page::cut(vec![1, 2, 3], 2, |item| *item);
        assert_eq!(page.items, [1, 2]);
        assert_eq!(
            page.next
                .as_deref()
                .map(Cursor::decode::<i64>)
                .unwrap()
                .unwrap(),
            2
        );
        assert_eq!(Page::cut(vec![1, 2], 2, |item| *item).next, None);
    }

    #[test]
    fn a_foreign_cursor_is_refused() {
        for text in ["", "x", "%%%", "bnVsbA"] {
            assert!(Cursor::decode::<i64>(text).is_err(), "{text}");
        }
    }
}
