//! Lets a request through to its handler if the list of routes says that its caller may.

use axum::extract::Request;
use axum::http::HeaderMap;
use axum::middleware::Next;
use axum::response::Response;

use super::access::{Access, Target, target};
use super::extract::{ClientAddress, Visitor};
use crate::accounts::model::{Role, Scope};
use crate::error::{Error, Result};
use crate::state::Actor;

/// The layer.
pub(super) async fn authorise(request: Request, next: Next) -> Result<Response> {
    match target(request.method(), request.extensions()) {
        // These two go to the fallbacks, which know no secrets; the first of them only if the list forgets no method.
        Target::Nowhere => {}
        Target::OtherMethod if !is_registered(&request) => {}
        Target::Listed(access) => check(access, &request)?,
        Target::OtherMethod | Target::Unlisted => {
            tracing::error!("the list of routes lacks this one, so it is denied");
            return Err(Error::Forbidden(
                "This page is not open to anybody yet.".into(),
            ));
        }
    }
    Ok(next.run(request).await)
}

/// Whether a handler would answer although the list does not have its method.
fn is_registered(request: &Request) -> bool {
    let method = request.method();
    request
        .extensions()
        .get::<axum::extract::MatchedPath>()
        .is_some_and(|path| {
            super::registered_set().contains(&(method.clone(), path.as_str().to_owned()))
        })
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
