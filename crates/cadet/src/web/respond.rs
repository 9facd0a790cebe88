//! Errors become answers here, once: a problem (RFC 9457) under `/api/`, a page elsewhere.

use std::any::Any;
use std::convert::Infallible;
use std::fmt::Write as _;
use std::sync::Arc;

use askama::Template;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, IntoResponseParts, Response, ResponseParts};
use serde::Serialize;
use utoipa::ToSchema;

use super::Web;
use super::extract::Visitor;
use super::layout::Layout;
use super::view::View;
use crate::error::{Error, FieldProblem};

/// Why a request did not get what it asked for, as RFC 9457 writes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Problem {
    /// A stable name of the kind of problem: `urn:cadet:problem:not-found`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The kind in words.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What was wrong and what to do about it.
    pub detail: String,
    /// The same for each field of the input that was wrong.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldProblem>,
    /// Seconds to wait before another try.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retry_after_seconds: Option<u64>,
}

impl Problem {
    /// A problem of the kind `code`.
    pub fn new(status: StatusCode, code: &str, detail: impl Into<String>) -> Self {
        Self {
            kind: format!("urn:cadet:problem:{code}"),
            title: status.canonical_reason().unwrap_or("Problem").into(),
            status: status.as_u16(),
            detail: detail.into(),
            fields: Vec::new(),
            retry_after_seconds: None,
        }
    }

    /// No route has this address.
    #[must_use]
    pub fn no_such_page() -> Self {
        let detail = "There is nothing at this address. It may have been mistyped or moved.";
        Self::new(StatusCode::NOT_FOUND, "not-found", detail)
    }
}

impl From<&Error> for Problem {
    fn from(error: &Error) -> Self {
        let status = StatusCode::from_u16(error.status()).expect("error.rs gives valid statuses");
        let mut problem = Self::new(status, error.code(), error.to_string());
        match error {
            Error::Invalid { fields, .. } => problem.fields.clone_from(fields),
            Error::TooMany {
                retry_after_seconds,
            } => problem.retry_after_seconds = Some(*retry_after_seconds),
            _ => {}
        }
        problem
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        if self.status() >= 500 {
            tracing::error!(cause = causes(&self), "{self}");
        }
        Problem::from(&self).into_response()
    }
}

/// The error's causes, outermost first.
fn causes(error: &Error) -> String {
    let mut text = String::new();
    let mut next = std::error::Error::source(error);
    while let Some(cause) = next {
        // Writing to a String cannot fail.
        let _ = write!(text, "{}{cause}", if text.is_empty() { "" } else { ": " });
        next = cause.source();
    }
    text
}

impl IntoResponse for Problem {
    /// Only the status and the problem itself; the layer `render` gives it its form.
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// Part of an answer: it shows a secret this once. It is not kept, neither by caches nor for repeated requests.
#[derive(Clone, Copy, Debug)]
pub struct ShownOnce;

impl IntoResponseParts for ShownOnce {
    type Error = Infallible;

    fn into_response_parts(self, mut parts: ResponseParts) -> Result<ResponseParts, Infallible> {
        let value = HeaderValue::from_static("no-store");
        parts.headers_mut().insert(header::CACHE_CONTROL, value);
        parts.extensions_mut().insert(self);
        Ok(parts)
    }
}

/// What a handler that panicked answers.
pub(super) fn after_panic(panic: Box<dyn Any + Send>) -> Response {
    let said = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("nothing");
    Error::internal(format!("a handler panicked: {said}")).into_response()
}

/// No route has this path.
pub(super) async fn no_such_page() -> Problem {
    Problem::no_such_page()
}

/// The layer that gives problems their form.
pub(super) async fn render(State(web): State<Arc<Web>>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let is_api = path.starts_with("/api/");
    let is_get = request.method() == Method::GET;
    let nobody = Visitor::nobody(&web, path.to_owned());
    let mut response = next.run(request).await;
    if !is_problem(&response) {
        return response;
    }
    let problem = response
        .extensions_mut()
        .remove::<Problem>()
        .unwrap_or_else(|| unnamed(response.status()));
    let visitor = response.extensions_mut().remove::<Visitor>();
    let visitor = visitor.unwrap_or(nobody);
    let rendered = if is_api {
        as_json(&problem)
    } else if is_get && problem.status == 401 {
        to_sign_in(&visitor)
    } else {
        as_page(&problem, &visitor)
    };
    dress(response, rendered, &problem)
}

/// Answers with an error status and no body of their own, such as those of the time limit.
fn is_problem(response: &Response) -> bool {
    let status = response.status();
    response.extensions().get::<Problem>().is_some()
        || ((status.is_client_error() || status.is_server_error())
            && !response.headers().contains_key(header::CONTENT_TYPE))
}

fn unnamed(status: StatusCode) -> Problem {
    if status == StatusCode::SERVICE_UNAVAILABLE {
        return Problem::new(
            status,
            "timeout",
            "This took longer than 30 seconds and was given up. Try again later.",
        );
    }
    Problem::new(status, "problem", "This request cannot be answered.")
}

fn as_json(problem: &Problem) -> Response {
    let mut response = axum::Json(problem).into_response();
    let kind = HeaderValue::from_static("application/problem+json");
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    response
}

/// Whoever is not signed in signs in first and then comes back.
fn to_sign_in(visitor: &Visitor) -> Response {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.append_pair("next", &visitor.address);
    super::Redirect::to(format!("/login?{}", query.finish())).into_response()
}

#[derive(Template)]
#[template(path = "web/error.html")]
struct ErrorPage<'a> {
    layout: Layout,
    problem: &'a Problem,
    signed_in: bool,
}

fn as_page(problem: &Problem, visitor: &Visitor) -> Response {
    let page = ErrorPage {
        layout: Layout::of(visitor).titled(problem.title.clone()),
        problem,
        signed_in: visitor.account.is_some(),
    };
    View(page).into_response()
}

/// Keeps the first answer's headers (`Allow`, cookies, limits) around the rendered body.
fn dress(first: Response, rendered: Response, problem: &Problem) -> Response {
    let (mut head, _) = first.into_parts();
    let (new, body) = rendered.into_parts();
    head.headers.remove(header::CONTENT_LENGTH);
    head.headers.extend(new.headers);
    if new.status != StatusCode::OK {
        head.status = new.status;
    }
    if head.status == StatusCode::UNAUTHORIZED {
        let value = HeaderValue::from_static("Bearer realm=\"cadet\"");
        head.headers.insert(header::WWW_AUTHENTICATE, value);
    }
    if let Some(seconds) = problem.retry_after_seconds {
        head.headers.insert(header::RETRY_AFTER, seconds.into());
    }
    Response::from_parts(head, body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_an_error_that_tells_the_caller_nothing_of_it() {
        let response = after_panic(Box::new("the database's password is x"));
        let problem = response.extensions().get::<Problem>().expect("a problem");
        assert_eq!(problem.status, 500);
        assert!(!problem.detail.contains("password"));
    }

    #[test]
    fn the_log_gets_all_causes_of_an_error() {
        let inner = std::io::Error::other("disk full");
        let error = Error::unavailable("The output cannot be written.", inner);
        assert_eq!(causes(&error), "disk full");
    }
}
