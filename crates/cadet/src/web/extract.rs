//! What handlers take: who acts, and input that is parsed with errors in plain words.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::rejection::{BytesRejection, FormRejection, JsonRejection, QueryRejection};
use axum::extract::{ConnectInfo, FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{Extensions, HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::Web;
use super::flash::Flash;
use super::respond::Problem;
use crate::accounts::model::{Account, Client, SessionId, TokenId};
use crate::error::{Error, FieldProblem};
use crate::state::{Actor, Ctx};

/// Who asks.
#[derive(Clone, Debug)]
pub struct Visitor {
    /// The context of their actions.
    pub ctx: Ctx,
    /// Their account, if they are signed in.
    pub account: Option<Account>,
    /// Their browser's session, if they came with one.
    pub session: Option<SessionId>,
    /// Their token, if they came with one.
    pub token: Option<TokenId>,
    /// What the last action has to say to them.
    pub flash: Option<Flash>,
    /// The path and query that they ask for.
    pub address: String,
}

impl Visitor {
    /// Nobody.
    pub(super) fn nobody(web: &Web, address: String) -> Self {
        Self {
            ctx: Ctx::new(Arc::clone(&web.app), Actor::Nobody),
            account: None,
            session: None,
            token: None,
            flash: None,
            address,
        }
    }
}

fn unidentified() -> Error {
    Error::internal("nobody asked who the caller is")
}

impl<S: Send + Sync> FromRequestParts<S> for Visitor {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        let found = parts.extensions.get::<Self>().cloned();
        found.ok_or_else(unidentified)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Ctx {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        let found = parts.extensions.get::<Visitor>();
        found
            .map(|visitor| visitor.ctx.clone())
            .ok_or_else(unidentified)
    }
}

/// From where the caller speaks: the peer, or what our own reverse proxy says of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientAddress(pub Client);

impl ClientAddress {
    /// The address at the other end of the connection.
    pub(super) fn peer(extensions: &Extensions) -> Option<IpAddr> {
        let info = extensions.get::<ConnectInfo<SocketAddr>>();
        info.map(|ConnectInfo(address)| address.ip().to_canonical())
    }

    /// The caller's address. A proxy is believed only if it is on this machine and an address for the public is set.
    pub(super) fn ip(parts: &Parts, behind_proxy: bool) -> Option<IpAddr> {
        let peer = Self::peer(&parts.extensions);
        let forwarded = parts
            .headers
            .get_all("x-forwarded-for")
            .iter()
            .next_back()
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.rsplit(',').next())
            .and_then(|value| value.trim().parse::<IpAddr>().ok());
        match (peer, forwarded) {
            (Some(peer), Some(told)) if behind_proxy && peer.is_loopback() => Some(told),
            _ => peer,
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for ClientAddress {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        let visitor = parts.extensions.get::<Visitor>().ok_or_else(unidentified)?;
        let behind_proxy = visitor.ctx.config.server.public_url.is_some();
        let agent = parts.headers.get(header::USER_AGENT);
        Ok(Self(Client {
            address: Self::ip(parts, behind_proxy)
                .map(|ip| ip.to_string())
                .unwrap_or_default(),
            user_agent: agent
                .map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
                .unwrap_or_default(),
        }))
    }
}

/// Parameters of the path; what does not parse is an address that does not exist.
#[derive(Clone, Copy, Debug)]
pub struct Path<T>(pub T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Path<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let found =
            <axum::extract::Path<T> as FromRequestParts<S>>::from_request_parts(parts, state).await;
        match found {
            Ok(axum::extract::Path(value)) => Ok(Self(value)),
            Err(_) => Err(Problem::no_such_page()),
        }
    }
}

/// Parameters of the query. Give `T` `#[serde(deny_unknown_fields)]`, so that misspelt ones are not ignored.
#[derive(Clone, Copy, Debug)]
pub struct Query<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let found = axum::extract::Query::<T>::from_request_parts(parts, state).await;
        match found {
            Ok(axum::extract::Query(value)) => Ok(Self(value)),
            Err(QueryRejection::FailedToDeserializeQueryString(cause)) => Err(unreadable(
                "query",
                &cause.body_text(),
                StatusCode::BAD_REQUEST,
            )),
            Err(other) => Err(unreadable("query", &other.body_text(), other.status())),
        }
    }
}

/// A form's fields.
#[derive(Clone, Copy, Debug)]
pub struct Form<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Form<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        match axum::extract::Form::<T>::from_request(request, state).await {
            Ok(axum::extract::Form(value)) => Ok(Self(value)),
            Err(FormRejection::BytesRejection(cause)) => Err(body_problem(cause)),
            Err(other) => Err(unreadable("form", &other.body_text(), other.status())),
        }
    }
}

/// A JSON body, in and out. Give `T` `#[serde(deny_unknown_fields)]` for input.
#[derive(Clone, Copy, Debug)]
pub struct Json<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Json<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        if !is_json(request.headers()) {
            return Err(Problem::new(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "unsupported-media-type",
                "Send the body as JSON with the header `Content-Type: application/json`.",
            ));
        }
        let bytes = Bytes::from_request(request, state).await;
        let bytes = bytes.map_err(body_problem)?;
        // The parser would take a list for an object, its items for the fields in order.
        if bytes.trim_ascii_start().starts_with(b"[") {
            let message = "body: it must be an object, in braces";
            return Err(unreadable(
                "body",
                message,
                StatusCode::UNPROCESSABLE_ENTITY,
            ));
        }
        match axum::extract::Json::<T>::from_bytes(&bytes) {
            Ok(axum::extract::Json(value)) => Ok(Self(value)),
            Err(JsonRejection::BytesRejection(cause)) => Err(body_problem(cause)),
            Err(other) => Err(unreadable("body", &other.body_text(), other.status())),
        }
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE);
    let kind = kind.and_then(|value| value.to_str().ok()).unwrap_or("");
    let kind = kind.split(';').next().unwrap_or("").trim().to_lowercase();
    kind == "application/json" || kind.starts_with("application/") && kind.ends_with("+json")
}

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        axum::Json(self.0).into_response()
    }
}

fn body_problem(cause: BytesRejection) -> Problem {
    if cause.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return Problem::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "too-large",
            "The body is larger than 2 MiB. Send less at once.",
        );
    }
    unreadable("body", &cause.body_text(), cause.status())
}

/// The library's message ends with what was wrong and, before it, the field in which it was.
fn unreadable(part: &str, message: &str, status: StatusCode) -> Problem {
    let detail = message
        .split_once(": ")
        .map_or(message, |(_, detail)| detail)
        .trim_end_matches('.');
    let mut problem = Problem::new(
        status,
        "unreadable",
        format!("The {part} cannot be used: {detail}."),
    );
    if let Some((field, message)) = detail.split_once(": ")
        && !field.contains(' ')
    {
        problem.fields.push(FieldProblem {
            field: field.to_owned(),
            message: message.to_owned(),
        });
    }
    problem
}
