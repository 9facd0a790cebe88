//! Finds out who asks, from the session cookie or the bearer token, and writes the cookies that handlers ask for.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponseParts, Response, ResponseParts};
use cookie::time::Duration;
use cookie::{Cookie, SameSite};

use super::Web;
use super::access::{Access, Target, target};
use super::extract::Visitor;
use super::flash::{self, Flash};
use crate::accounts::actions::{session_resume, token_resume};
use crate::accounts::model::{Role, Scope, SignedIn};
use crate::config::Secret;
use crate::error::{Error, Result};
use crate::state::{Actor, Ctx};

/// How long the browser keeps the session's cookie; the session itself may end before.
const COOKIE_DAYS: i64 = 365;

/// Part of an answer: the browser is signed in from now on.
#[derive(Clone, Debug)]
pub struct SignIn(pub Secret);

/// Part of an answer: the browser is signed out.
#[derive(Clone, Copy, Debug)]
pub struct SignOut;

impl IntoResponseParts for SignIn {
    type Error = std::convert::Infallible;

    fn into_response_parts(self, mut parts: ResponseParts) -> Result<ResponseParts, Self::Error> {
        parts.extensions_mut().insert(self);
        Ok(parts)
    }
}

impl IntoResponseParts for SignOut {
    type Error = std::convert::Infallible;

    fn into_response_parts(self, mut parts: ResponseParts) -> Result<ResponseParts, Self::Error> {
        parts.extensions_mut().insert(self);
        Ok(parts)
    }
}

/// The session cookie's name. The prefix makes browsers refuse it from any other host and without HTTPS.
fn cookie_name(secure: bool) -> &'static str {
    if secure { "__Host-cadet" } else { "cadet" }
}

/// The value of the cookie `name`.
fn cookie_value(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(Cookie::split_parse)
        .filter_map(std::result::Result::ok)
        .find(|cookie| cookie.name() == name)
        .map(|cookie| cookie.value().to_owned())
}

/// Whether the request carries a session cookie, be it right or wrong.
pub(super) fn has_cookie(web: &Web, headers: &HeaderMap) -> bool {
    cookie_value(headers, cookie_name(web.secure)).is_some()
}

fn bearer(headers: &HeaderMap) -> Option<Result<&str>> {
    let value = headers.get(header::AUTHORIZATION)?;
    let token = value.to_str().ok().and_then(|text| {
        let (scheme, token) = text.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
    });
    Some(token.ok_or_else(|| {
        Error::Unauthorised(
            "the Authorization header must be `Bearer` and a personal access token.".into(),
        )
    }))
}

/// The layer. Leaves a [`Visitor`] in the request for handlers and in the answer for the pages of errors.
pub(super) async fn identify(
    State(web): State<Arc<Web>>,
    mut request: Request,
    next: Next,
) -> Result<Response> {
    let address = request
        .uri()
        .path_and_query()
        .map_or_else(|| "/".into(), ToString::to_string);
    let mut visitor = Visitor::nobody(&web, address);
    let target = target(request.method(), request.extensions());
    if let Some(found) = who(&web, target, request.headers()).await? {
        become_known(&mut visitor, found);
    }
    visitor.flash =
        cookie_value(request.headers(), flash::COOKIE).and_then(|text| Flash::decode(&text));
    let read_flash = visitor.flash.is_some() && request.method() == Method::GET;
    request.extensions_mut().insert(visitor.clone());
    let mut response = next.run(request).await;
    write_cookies(&web, &mut response, read_flash);
    response.extensions_mut().insert(visitor);
    Ok(response)
}

async fn who(web: &Web, target: Target, headers: &HeaderMap) -> Result<Option<SignedIn>> {
    if matches!(target, Target::Listed(Access::Open | Access::Secret)) {
        return Ok(None);
    }
    if matches!(target, Target::Listed(Access::Api(_) | Access::Metrics))
        && let Some(token) = bearer(headers)
    {
        let found = token_resume(&web.app, token?).await?;
        let unknown = || {
            Error::Unauthorised(
                "this token is unknown, has expired or was revoked. Make a new one under Settings."
                    .into(),
            )
        };
        return found.ok_or_else(unknown).map(Some);
    }
    match cookie_value(headers, cookie_name(web.secure)) {
        Some(secret) => session_resume(&web.app, &secret).await,
        None => Ok(None),
    }
}

fn become_known(visitor: &mut Visitor, found: SignedIn) {
    let (token, scopes) = found.token.unzip();
    // Without the scope for it, a token makes nobody an administrator, whatever route it calls.
    let may_administrate = scopes
        .as_ref()
        .is_none_or(|scopes: &Vec<Scope>| scopes.contains(&Scope::Admin));
    let role = match found.account.role {
        Role::Admin if !may_administrate => Role::Candidate,
        role => role,
    };
    let actor = Actor::Person {
        account: found.account.id,
        role,
        scopes,
    };
    visitor.ctx = Ctx::new(Arc::clone(visitor.ctx.app()), actor);
    visitor.account = Some(found.account);
    visitor.session = found.session;
    visitor.token = token;
}

fn write_cookies(web: &Web, response: &mut Response, read_flash: bool) {
    let is_page = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    let mut cookies = Vec::new();
    if let Some(SignIn(secret)) = response.extensions().get::<SignIn>() {
        let cookie = Cookie::build((cookie_name(web.secure), secret.0.clone()));
        cookies.push(cookie.max_age(Duration::days(COOKIE_DAYS)));
    }
    if response.extensions().get::<SignOut>().is_some() {
        let cookie = Cookie::build((cookie_name(web.secure), ""));
        cookies.push(cookie.max_age(Duration::ZERO));
    }
    if let Some(flash) = response.extensions().get::<Flash>() {
        let cookie = Cookie::build((flash::COOKIE, flash.encode()));
        cookies.push(cookie.max_age(Duration::minutes(1)));
    } else if read_flash && is_page {
        let cookie = Cookie::build((flash::COOKIE, ""));
        cookies.push(cookie.max_age(Duration::ZERO));
    }
    for cookie in cookies {
        let cookie = cookie
            .path("/")
            .http_only(true)
            .same_site(SameSite::Lax)
            .secure(web.secure)
            .build();
        if let Ok(value) = HeaderValue::from_str(&cookie.to_string()) {
            response.headers_mut().append(header::SET_COOKIE, value);
        }
    }
}
