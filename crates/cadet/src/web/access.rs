//! The one list of all routes with who may call each. A route that is not in it is denied, and fails a test.

use std::collections::HashMap;
use std::sync::OnceLock;

use axum::extract::MatchedPath;
use axum::http::{Extensions, Method};

use crate::accounts::model::Scope;

/// Who may call a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Anybody, and who it is makes no difference: files, health. No session is looked up.
    Open,
    /// Anybody; the page may show who is signed in.
    Public,
    /// Whoever knows the address, which holds a secret: feeds, unsubscribing. Sessions are ignored.
    Secret,
    /// Whoever is signed in.
    SignedIn,
    /// Administrators.
    Admin,
    /// Programs with a token of this scope, and the owner's browser. `Admin` wants an administrator's token.
    Api(Scope),
    /// Callers on this machine, and administrators.
    Metrics,
}

/// One line of the list.
#[derive(Clone, Copy, Debug)]
pub struct Route {
    /// The method; GET stands for HEAD too.
    pub method: &'static str,
    /// The path as registered.
    pub path: &'static str,
    /// Who may call it.
    pub access: Access,
    /// Whether its parameters name rows of one person, so that to anybody else they do not exist (404).
    pub owned: bool,
}

const fn route(access: Access, method: &'static str, path: &'static str) -> Route {
    Route {
        method,
        path,
        access,
        owned: false,
    }
}

impl Route {
    /// Its parameters name rows of one person.
    const fn owned(self) -> Self {
        Self {
            owned: true,
            ..self
        }
    }
}

const READ: Access = Access::Api(Scope::Read);
const WRITE: Access = Access::Api(Scope::Write);
const CLIP: Access = Access::Api(Scope::Clip);
const API_ADMIN: Access = Access::Api(Scope::Admin);

mod people;

/// All routes.
pub const ROUTES: &[Route] = &joined::<{ MAIN.len() + people::ROUTES.len() }>(MAIN, people::ROUTES);

/// Two lists as one; `N` is the length of both.
const fn joined<const N: usize>(first: &[Route], second: &[Route]) -> [Route; N] {
    let mut all = [first[0]; N];
    let mut at = 0;
    while at < N {
        all[at] = if at < first.len() {
            first[at]
        } else {
            second[at - first.len()]
        };
        at += 1;
    }
    all
}

/// All but those of [`people`].
const MAIN: &[Route] = &[
    // The web server itself.
    route(Access::Public, "GET", "/"),
    route(Access::Open, "GET", "/assets/{file}"),
    route(Access::Open, "GET", "/healthz"),
    route(Access::Open, "GET", "/readyz"),
    route(Access::Metrics, "GET", "/metrics"),
    route(Access::SignedIn, "GET", "/api"),
    route(READ, "GET", "/api/v1/openapi.json"),
    // Postings.
    route(Access::SignedIn, "GET", "/postings"),
    route(Access::SignedIn, "GET", "/postings/{id}"),
    route(Access::SignedIn, "GET", "/postings/{id}/raw"),
    route(Access::SignedIn, "POST", "/postings/{id}/save"),
    route(Access::Admin, "POST", "/openings/{id}/split"),
    route(Access::Admin, "POST", "/openings/{id}/join"),
    route(Access::Admin, "POST", "/openings/decisions/{id}/undo"),
    route(Access::SignedIn, "GET", "/saved"),
    route(Access::SignedIn, "GET", "/skills"),
    route(Access::SignedIn, "GET", "/skills/{id}"),
    route(Access::SignedIn, "GET", "/market"),
    route(Access::SignedIn, "GET", "/welcome"),
    route(Access::SignedIn, "GET", "/help"),
    // Sources.
    route(Access::SignedIn, "GET", "/sources"),
    route(Access::Admin, "POST", "/sources"),
    route(Access::SignedIn, "GET", "/sources/{id}"),
    route(Access::Admin, "POST", "/sources/{id}/poll"),
    route(Access::Admin, "POST", "/sources/{id}/pause"),
    route(Access::Admin, "POST", "/sources/{id}/remove"),
    route(Access::Admin, "POST", "/sources/{id}/restore"),
    route(Access::SignedIn, "GET", "/sources/directory"),
    route(Access::Admin, "POST", "/sources/directory"),
    route(Access::Admin, "POST", "/sources/directory/all"),
    route(Access::SignedIn, "GET", "/sources/discover"),
    route(Access::Admin, "POST", "/sources/discover"),
    route(Access::Admin, "POST", "/sources/discover/{id}/dismiss"),
    route(Access::Admin, "POST", "/sources/discover/{id}/restore"),
    route(Access::SignedIn, "GET", "/sources/intake/{id}"),
    route(Access::Admin, "POST", "/sources/intake/{id}/retry"),
    // Accounts.
    route(Access::Public, "GET", "/login"),
    route(Access::Public, "POST", "/login"),
    route(Access::Public, "GET", "/login/{token}"),
    route(Access::Public, "POST", "/login/{token}"),
    route(Access::Public, "GET", "/signup/{token}"),
    route(Access::Public, "POST", "/signup/{token}"),
    route(Access::SignedIn, "POST", "/logout"),
    route(Access::SignedIn, "GET", "/settings"),
    route(Access::SignedIn, "POST", "/settings/profile"),
    route(Access::SignedIn, "POST", "/settings/appearance"),
    route(Access::SignedIn, "POST", "/settings/password"),
    route(Access::SignedIn, "POST", "/settings/sessions/revoke-others"),
    route(Access::SignedIn, "POST", "/settings/sessions/{id}/revoke").owned(),
    route(Access::SignedIn, "POST", "/settings/tokens"),
    route(Access::SignedIn, "POST", "/settings/tokens/{id}/revoke").owned(),
    route(Access::Admin, "POST", "/settings/invitations"),
    route(Access::Admin, "POST", "/settings/invitations/{id}/revoke"),
    route(Access::Admin, "POST", "/settings/accounts/{id}"),
    route(READ, "GET", "/api/v1/me"),
    route(READ, "GET", "/api/v1/tokens"),
    route(WRITE, "POST", "/api/v1/tokens"),
    route(WRITE, "DELETE", "/api/v1/tokens/{id}").owned(),
    route(READ, "GET", "/api/v1/sessions"),
    route(WRITE, "DELETE", "/api/v1/sessions/{id}").owned(),
    route(API_ADMIN, "GET", "/api/v1/invitations"),
    route(API_ADMIN, "POST", "/api/v1/invitations"),
    route(API_ADMIN, "DELETE", "/api/v1/invitations/{id}"),
    route(API_ADMIN, "GET", "/api/v1/accounts"),
    route(API_ADMIN, "PATCH", "/api/v1/accounts/{id}"),
    // Postings, sources and skills for programs.
    route(READ, "GET", "/api/v1/postings"),
    route(READ, "GET", "/api/v1/postings/{id}"),
    route(READ, "GET", "/api/v1/postings/{id}/history"),
    route(WRITE, "PUT", "/api/v1/postings/{id}/saved"),
    route(WRITE, "DELETE", "/api/v1/postings/{id}/saved"),
    route(READ, "GET", "/api/v1/saved"),
    route(CLIP, "POST", "/api/v1/clips"),
    route(READ, "GET", "/api/v1/openings/{id}"),
    route(API_ADMIN, "POST", "/api/v1/openings/{id}/split"),
    route(API_ADMIN, "POST", "/api/v1/openings/{id}/join"),
    route(API_ADMIN, "DELETE", "/api/v1/openings/decisions/{id}"),
    route(READ, "GET", "/api/v1/sources"),
    route(API_ADMIN, "POST", "/api/v1/sources"),
    route(READ, "GET", "/api/v1/sources/{id}"),
    route(API_ADMIN, "PATCH", "/api/v1/sources/{id}"),
    route(API_ADMIN, "DELETE", "/api/v1/sources/{id}"),
    route(API_ADMIN, "POST", "/api/v1/sources/{id}/poll"),
    route(READ, "GET", "/api/v1/sources/directory"),
    route(API_ADMIN, "POST", "/api/v1/sources/directory"),
    route(READ, "GET", "/api/v1/sources/proposals"),
    route(API_ADMIN, "POST", "/api/v1/sources/proposals"),
    route(API_ADMIN, "PUT", "/api/v1/sources/proposals/{id}/dismissed"),
    route(
        API_ADMIN,
        "DELETE",
        "/api/v1/sources/proposals/{id}/dismissed",
    ),
    route(READ, "GET", "/api/v1/sources/intakes/{id}"),
    route(READ, "GET", "/api/v1/skills"),
    route(READ, "GET", "/api/v1/skills/{id}"),
    route(READ, "GET", "/api/v1/market"),
    // The profile.
    route(Access::SignedIn, "GET", "/profile"),
    route(Access::SignedIn, "POST", "/profile"),
    route(Access::SignedIn, "GET", "/profile/sample"),
    route(Access::SignedIn, "POST", "/profile/sample"),
    route(Access::SignedIn, "GET", "/profile/aims"),
    route(Access::SignedIn, "POST", "/profile/aims"),
    route(Access::SignedIn, "GET", "/profile/history"),
    route(Access::SignedIn, "GET", "/profile/history/{id}").owned(),
    route(Access::SignedIn, "POST", "/profile/history/{id}/restore").owned(),
    route(Access::SignedIn, "POST", "/profile/undo"),
    route(Access::SignedIn, "POST", "/profile/redo"),
    route(READ, "GET", "/api/v1/profile"),
    route(WRITE, "PUT", "/api/v1/profile"),
    route(READ, "GET", "/api/v1/profile/history"),
    route(READ, "GET", "/api/v1/profile/history/{id}").owned(),
    route(WRITE, "POST", "/api/v1/profile/history/{id}/restore").owned(),
    route(WRITE, "POST", "/api/v1/profile/import"),
    route(READ, "GET", "/api/v1/profile/import/{id}").owned(),
    route(Access::SignedIn, "GET", "/profile/export"),
    route(Access::SignedIn, "GET", "/profile/import"),
    route(Access::SignedIn, "POST", "/profile/import"),
    route(Access::SignedIn, "GET", "/profile/import/{id}").owned(),
    route(Access::SignedIn, "POST", "/profile/import/{id}").owned(),
    route(Access::SignedIn, "POST", "/profile/import/{id}/discard").owned(),
    route(Access::SignedIn, "POST", "/profile/import/{id}/reopen").owned(),
    route(Access::SignedIn, "POST", "/profile/import/{id}/again").owned(),
    // Evidence and matches.
    route(Access::SignedIn, "GET", "/evidence"),
    route(Access::SignedIn, "POST", "/evidence"),
    route(Access::SignedIn, "GET", "/evidence/{id}").owned(),
    route(Access::SignedIn, "POST", "/evidence/{id}/withdraw").owned(),
    route(Access::SignedIn, "POST", "/evidence/{id}/restore").owned(),
    route(Access::SignedIn, "POST", "/evidence/{id}/check").owned(),
    route(Access::SignedIn, "POST", "/evidence/read"),
    route(Access::SignedIn, "POST", "/evidence/scans"),
    route(Access::SignedIn, "GET", "/evidence/scans/{id}").owned(),
    route(Access::SignedIn, "GET", "/gap"),
    route(READ, "GET", "/api/v1/evidence"),
    route(WRITE, "POST", "/api/v1/evidence"),
    route(READ, "GET", "/api/v1/evidence/{id}").owned(),
    route(WRITE, "DELETE", "/api/v1/evidence/{id}").owned(),
    route(WRITE, "POST", "/api/v1/evidence/{id}/check").owned(),
    route(WRITE, "POST", "/api/v1/evidence/scans"),
    route(READ, "GET", "/api/v1/evidence/scans/{id}").owned(),
    route(READ, "GET", "/api/v1/postings/{id}/match"),
    route(READ, "GET", "/api/v1/matches"),
    route(READ, "GET", "/api/v1/gap"),
    // Alerts.
    route(Access::SignedIn, "GET", "/alerts"),
    route(Access::SignedIn, "POST", "/alerts"),
    route(Access::SignedIn, "GET", "/alerts/new"),
    route(Access::SignedIn, "GET", "/alerts/{id}").owned(),
    route(Access::SignedIn, "POST", "/alerts/{id}").owned(),
    route(Access::SignedIn, "GET", "/alerts/{id}/edit").owned(),
    route(Access::SignedIn, "POST", "/alerts/{id}/pause").owned(),
    route(Access::SignedIn, "POST", "/alerts/{id}/resume").owned(),
    route(Access::SignedIn, "POST", "/alerts/{id}/run").owned(),
    route(Access::SignedIn, "POST", "/alerts/{id}/test").owned(),
    route(Access::SignedIn, "POST", "/alerts/{id}/retry").owned(),
    route(Access::SignedIn, "POST", "/alerts/{id}/feed").owned(),
    route(Access::SignedIn, "POST", "/alerts/{id}/remove").owned(),
    route(Access::SignedIn, "POST", "/alerts/{id}/restore").owned(),
    route(Access::Secret, "GET", "/feeds/{file}"),
    route(Access::Secret, "GET", "/unsubscribe/{token}"),
    route(Access::Secret, "POST", "/unsubscribe/{token}"),
    route(READ, "GET", "/api/v1/alerts"),
    route(WRITE, "POST", "/api/v1/alerts"),
    route(READ, "GET", "/api/v1/alerts/{id}").owned(),
    route(WRITE, "PATCH", "/api/v1/alerts/{id}").owned(),
    route(WRITE, "DELETE", "/api/v1/alerts/{id}").owned(),
    route(READ, "GET", "/api/v1/alerts/{id}/matches").owned(),
    route(WRITE, "POST", "/api/v1/alerts/{id}/run").owned(),
    // Applications.
    route(Access::SignedIn, "GET", "/applications"),
    route(Access::SignedIn, "POST", "/applications"),
    route(Access::SignedIn, "GET", "/applications/list"),
    route(Access::SignedIn, "GET", "/applications/new"),
    route(Access::SignedIn, "GET", "/applications/due"),
    route(Access::SignedIn, "GET", "/applications/offers"),
    route(Access::SignedIn, "POST", "/applications/offers"),
    route(Access::SignedIn, "GET", "/applications/settings"),
    route(Access::SignedIn, "POST", "/applications/settings"),
    route(Access::SignedIn, "POST", "/applications/begin"),
    route(Access::SignedIn, "POST", "/applications/bulk"),
    route(Access::SignedIn, "POST", "/applications/bulk/undo"),
    route(Access::SignedIn, "GET", "/applications/{id}").owned(),
    route(Access::SignedIn, "GET", "/applications/{id}/files/{file}").owned(),
    route(Access::SignedIn, "POST", "/applications/{id}/move").owned(),
    route(Access::SignedIn, "POST", "/applications/{id}/undo").owned(),
    route(Access::SignedIn, "POST", "/applications/{id}/correct").owned(),
    route(Access::SignedIn, "POST", "/applications/{id}/freeze").owned(),
    route(Access::SignedIn, "POST", "/applications/{id}/files").owned(),
    route(Access::SignedIn, "POST", "/applications/{id}/archive").owned(),
    route(Access::SignedIn, "POST", "/applications/{id}/snooze").owned(),
    route(Access::SignedIn, "POST", "/applications/{id}/done").owned(),
    route(Access::SignedIn, "POST", "/applications/{id}/details").owned(),
    route(Access::SignedIn, "POST", "/applications/{id}/notes").owned(),
    route(Access::SignedIn, "POST", "/applications/{id}/tasks").owned(),
    route(Access::SignedIn, "POST", "/applications/{id}/people").owned(),
    route(Access::SignedIn, "POST", "/applications/{id}/review").owned(),
    route(Access::SignedIn, "POST", "/applications/{id}/rounds").owned(),
    route(Access::SignedIn, "POST", "/applications/{id}/offer").owned(),
    // Documents.
    route(Access::SignedIn, "GET", "/documents"),
    route(Access::SignedIn, "POST", "/documents"),
    route(Access::SignedIn, "GET", "/documents/paragraphs"),
    route(Access::SignedIn, "POST", "/documents/paragraphs"),
    route(Access::SignedIn, "POST", "/documents/paragraphs/adopt"),
    route(Access::SignedIn, "POST", "/documents/paragraphs/{id}").owned(),
    route(
        Access::SignedIn,
        "POST",
        "/documents/paragraphs/{id}/remove",
    )
    .owned(),
    route(
        Access::SignedIn,
        "POST",
        "/documents/paragraphs/{id}/restore",
    )
    .owned(),
    route(Access::SignedIn, "GET", "/documents/{id}").owned(),
    route(Access::SignedIn, "POST", "/documents/{id}/again").owned(),
    route(Access::SignedIn, "POST", "/documents/{id}/decide").owned(),
    route(Access::SignedIn, "POST", "/documents/{id}/propose").owned(),
    route(Access::SignedIn, "POST", "/documents/{id}/remove").owned(),
    route(Access::SignedIn, "POST", "/documents/{id}/restore").owned(),
    route(Access::SignedIn, "GET", "/documents/{id}/files/{file}").owned(),
    route(
        Access::SignedIn,
        "POST",
        "/documents/proposals/{id}/approve",
    )
    .owned(),
    route(
        Access::SignedIn,
        "POST",
        "/documents/proposals/{id}/decline",
    )
    .owned(),
    route(READ, "GET", "/api/v1/documents"),
    route(WRITE, "POST", "/api/v1/documents"),
    // An entry is named within the caller's own profile; another one's may have the same name.
    route(WRITE, "PUT", "/api/v1/documents/decisions/{entry}"),
    route(READ, "GET", "/api/v1/documents/paragraphs"),
    route(WRITE, "POST", "/api/v1/documents/paragraphs"),
    route(WRITE, "PUT", "/api/v1/documents/paragraphs/{id}").owned(),
    route(WRITE, "DELETE", "/api/v1/documents/paragraphs/{id}").owned(),
    route(READ, "GET", "/api/v1/documents/proposals"),
    route(WRITE, "POST", "/api/v1/documents/proposals"),
    route(WRITE, "DELETE", "/api/v1/documents/proposals/{id}").owned(),
    route(WRITE, "PUT", "/api/v1/documents/proposals/{id}/approved").owned(),
    route(READ, "GET", "/api/v1/documents/{id}").owned(),
    route(WRITE, "DELETE", "/api/v1/documents/{id}").owned(),
    route(READ, "GET", "/api/v1/documents/{id}/check").owned(),
    route(READ, "GET", "/api/v1/documents/{id}/files/{format}").owned(),
    route(
        Access::SignedIn,
        "GET",
        "/applications/{id}/calendar/{file}",
    )
    .owned(),
    route(Access::SignedIn, "GET", "/applications/calendar"),
    route(Access::SignedIn, "POST", "/applications/calendar"),
    route(Access::SignedIn, "POST", "/applications/calendar/revoke"),
    route(Access::SignedIn, "GET", "/applications/calendar.ics"),
    route(Access::Secret, "GET", "/calendar/{file}"),
    route(Access::SignedIn, "GET", "/applications/statistics"),
    route(Access::SignedIn, "GET", "/applications/statistics/{file}"),
    route(Access::SignedIn, "GET", "/applications/import"),
    route(Access::SignedIn, "POST", "/applications/import"),
    route(Access::SignedIn, "POST", "/applications/import/run"),
    route(Access::SignedIn, "POST", "/applications/import/undo"),
    route(Access::SignedIn, "GET", "/applications/export"),
    route(READ, "GET", "/api/v1/applications"),
    route(WRITE, "POST", "/api/v1/applications"),
    route(READ, "GET", "/api/v1/applications/due"),
    route(READ, "GET", "/api/v1/applications/offers"),
    route(READ, "GET", "/api/v1/applications/statistics"),
    route(READ, "GET", "/api/v1/applications/choices"),
    route(WRITE, "PUT", "/api/v1/applications/choices"),
    route(WRITE, "POST", "/api/v1/applications/import"),
    route(WRITE, "POST", "/api/v1/applications/bulk"),
    route(READ, "GET", "/api/v1/applications/{id}").owned(),
    route(WRITE, "PATCH", "/api/v1/applications/{id}").owned(),
    route(WRITE, "POST", "/api/v1/applications/{id}/moves").owned(),
    route(WRITE, "POST", "/api/v1/applications/{id}/undo").owned(),
    route(WRITE, "POST", "/api/v1/applications/{id}/corrections").owned(),
    route(WRITE, "POST", "/api/v1/applications/{id}/notes").owned(),
    route(WRITE, "POST", "/api/v1/applications/{id}/rounds").owned(),
    route(WRITE, "POST", "/api/v1/applications/{id}/tasks").owned(),
    route(WRITE, "POST", "/api/v1/applications/{id}/people").owned(),
    route(WRITE, "PUT", "/api/v1/applications/{id}/offer").owned(),
    route(WRITE, "PUT", "/api/v1/applications/{id}/review").owned(),
    route(WRITE, "POST", "/api/v1/applications/{id}/done").owned(),
    route(READ, "GET", "/api/v1/calendar"),
    route(WRITE, "POST", "/api/v1/calendar"),
    route(WRITE, "DELETE", "/api/v1/calendar"),
];

/// Who may call `method` at `path`, a registered path; `None`: the list does not have it.
#[must_use]
pub fn find(method: &str, path: &str) -> Option<Access> {
    static TABLE: OnceLock<HashMap<(&str, &str), Access>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        ROUTES
            .iter()
            .map(|route| ((route.method, route.path), route.access))
            .collect()
    });
    let method = if method == "HEAD" { "GET" } else { method };
    table.get(&(method, path)).copied()
}

/// Methods that the list has for `path`.
pub(super) fn methods_at(path: &str) -> impl Iterator<Item = &'static str> {
    ROUTES
        .iter()
        .filter(move |route| route.path == path)
        .map(|route| route.method)
}

/// Where a request goes, as far as the list knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// A route of the list.
    Listed(Access),
    /// A path of the list with another method.
    OtherMethod,
    /// A registered path that the list does not have at all.
    Unlisted,
    /// No registered path.
    Nowhere,
}

/// Where a request goes.
pub(super) fn target(method: &Method, extensions: &Extensions) -> Target {
    let Some(path) = extensions.get::<MatchedPath>() else {
        return Target::Nowhere;
    };
    match find(method.as_str(), path.as_str()) {
        Some(access) => Target::Listed(access),
        None if methods_at(path.as_str()).next().is_some() => Target::OtherMethod,
        None => Target::Unlisted,
    }
}
