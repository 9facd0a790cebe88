//! Lets a request through to its handler if the list of routes says that its caller may.

use axum::extract::{MatchedPath, Request};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use super::access::{Access, Target, methods_at, target};
use super::extract::{ClientAddress, Visitor};
use super::respond::Problem;
use crate::accounts::model::{Role, Scope};
use crate::error::{Error, Result};
use crate::state::Actor;

/// The layer. What the list does not have never reaches a handler.
pub(super) async fn authorise(request: Request, next: Next) -> Result<Response> {
    match target(request.method(), request.extensions()) {
        // The fallback knows no secrets.
        Target::Nowhere => {}
        Target::Listed(access) => check(access, &request)?,
        Target::OtherMethod => return Ok(method_not_allowed(&request)),
        Target::Unlisted => {
            tracing::error!("the list of routes lacks this one, so it is denied");
            return Err(Error::Forbidden(
                "This page is not open to anybody yet.".into(),
            ));
        }
    }
    Ok(next.run(request).await)
}

fn method_not_allowed(request: &Request) -> Response {
    let path = request.extensions().get::<MatchedPath>();
    let mut methods: Vec<&str> = path
        .map(|path| methods_at(path.as_str()).collect())
        .unwrap_or_default();
    if methods.contains(&"GET") {
        methods.push("HEAD");
    }
    let problem = Problem::new(
        StatusCode::METHOD_NOT_ALLOWED,
        "method-not-allowed",
        format!("This address does not answer to {}.", request.method()),
    );
    ([(header::ALLOW, methods.join(", "))], problem).into_response()
}

fn check(access: Access, request: &Request) -> Result<()> {
    let visitor = request
        .extensions()
        .get::<Visitor>()
        .ok_or_else(|| Error::internal("nobody asked who the caller is"))?;
    match access {
        Access::Open | Access::Public | Access::Secret => Ok(()),
        Access::SignedIn => visitor.ctx.owner().map(|_| ()),
        Access::Admin => visitor.ctx.require_admin(),
        Access::Api(scope) => check_scope(visitor.ctx.actor(), scope),
        Access::Metrics if is_local(request) => Ok(()),
        Access::Metrics => visitor.ctx.require_admin(),
    }
}

fn check_scope(actor: &Actor, scope: Scope) -> Result<()> {
    let Actor::Person { role, scopes, .. } = actor else {
        return Err(Error::Unauthorised(
            "send a personal access token as `Authorization: Bearer cadet_...`; make one under Settings.".into(),
        ));
    };
    if scopes
        .as_ref()
        .is_some_and(|scopes| !scopes.contains(&scope))
    {
        return Err(Error::Forbidden(format!(
            "This token lacks the scope {}. Make one that has it, under Settings.",
            scope.name()
        )));
    }
    if scope == Scope::Admin && *role != Role::Admin {
        return Err(Error::Forbidden(
            "Only an administrator may do this. Ask yours.".into(),
        ));
    }
    Ok(())
}

/// Whether the caller is on this machine and no proxy speaks for somebody else.
fn is_local(request: &Request) -> bool {
    let forwarded = |headers: &HeaderMap| {
        ["forwarded", "x-forwarded-for", "via", "x-real-ip"]
            .iter()
            .any(|name| headers.contains_key(*name))
    };
    !forwarded(request.headers())
        && ClientAddress::peer(request.extensions()).is_some_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use axum::Router;
    use axum::body::Body;
    use axum::middleware::from_fn;
    use axum::routing::{any, get};
    use tower::ServiceExt as _;

    use super::*;

    async fn status(method: &str, path: &str) -> StatusCode {
        let router = Router::new()
            .route("/not-in-the-list", get(|| async { "secret" }))
            .route("/settings", any(|| async { "secret" }))
            .layer(from_fn(authorise));
        let request = Request::builder().method(method).uri(path);
        let request = request.body(Body::empty()).unwrap();
        router.oneshot(request).await.unwrap().status()
    }

    #[tokio::test]
    async fn a_route_that_is_not_listed_is_denied() {
        assert_eq!(status("GET", "/not-in-the-list").await, 403);
    }

    #[tokio::test]
    async fn a_method_that_is_not_listed_is_denied() {
        assert_eq!(status("DELETE", "/settings").await, 405);
    }

    #[tokio::test]
    async fn a_listed_route_is_denied_when_nobody_asked_who_the_caller_is() {
        assert_eq!(status("GET", "/settings").await, 500);
    }
}
