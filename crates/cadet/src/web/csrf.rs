//! Refuses what another site's page makes a browser send: unsafe methods must come from our own pages.
//!
//! Browsers say where a request comes from in `Sec-Fetch-Site`, and older ones, or over plain HTTP, in `Origin`. Tokens
//! are no cookies, so whoever sends one is not a browser that was tricked; addresses that are secrets carry no session.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use super::Web;
use super::access::{Access, Target, target};
use super::respond::Problem;
use super::session;

/// The layer.
pub(super) async fn check(State(web): State<Arc<Web>>, request: Request, next: Next) -> Response {
    let headers = request.headers();
    let exempt = request.method().is_safe()
        || headers.contains_key(header::AUTHORIZATION)
        || target(request.method(), request.extensions()) == Target::Listed(Access::Secret);
    if exempt || is_own(&web, headers) {
        return next.run(request).await;
    }
    Problem::new(
        StatusCode::FORBIDDEN,
        "cross-site",
        "This was not sent from a page of this Cadet, so nothing was changed. If you sent it yourself, open the page again and repeat it there. Behind a reverse proxy, pass the Host header on or set server.public_url.",
    )
    .into_response()
}

fn is_own(web: &Web, headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or(""));
    if let Some(site) = text("sec-fetch-site") {
        return matches!(site, "same-origin" | "none");
    }
    let Some(origin) = text("origin") else {
        // Neither header: no browser of today. Without a session there is nothing to misuse.
        return !session::has_cookie(web, headers);
    };
    let authority = origin.split_once("://").map(|(_, authority)| authority);
    let public = web.app.config.server.public_url.as_deref();
    authority.is_some()
        && (authority == text("host") || public.is_some_and(|url| is_origin_of(origin, url)))
}

fn is_origin_of(origin: &str, url: &str) -> bool {
    url::Url::parse(url).is_ok_and(|url| url.origin().ascii_serialization() == origin)
}
