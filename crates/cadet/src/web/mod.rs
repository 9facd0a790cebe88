//! Web: everything between the network and the features' handlers, and no feature's own pages.
//!
//! A request passes, from the outside in: `linger` (bodies that were refused), `observe` (id, log, metrics), `headers`,
//! compression, [`respond`] (errors become problems or pages), panics, time limit, `hosts`, `session` (who is it),
//! `csrf`, `rate`, `guard` (may they), known parameters, `idempotency`, `etag`, [`paging`], handler. Invariants: a route
//! that [`access`] does not list is denied; handlers know neither cookies nor the log; an error becomes an answer in
//! [`respond`] only.
//!
//! To add a feature: give it `routes() -> Routes`, merge it in `features`, and list its routes in [`access::ROUTES`].

pub mod access;
pub mod assets;
mod csrf;
mod etag;
pub mod extract;
pub mod flash;
mod guard;
mod headers;
mod health;
mod hosts;
pub(crate) mod idempotency;
pub mod layout;
mod linger;
mod metrics;
pub mod navigation;
mod observe;
pub mod openapi;
pub mod paging;
mod rate;
mod reference;
pub mod respond;
mod routes;
mod session;
mod text;
mod upload;
pub mod view;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{Method, StatusCode};
use axum::middleware::{from_fn, from_fn_with_state};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::timeout::TimeoutLayer;

pub use extract::{ClientAddress, Form, Json, Path, Query, Visitor};
pub use flash::{Flash, Redirect};
pub use layout::Layout;
pub use paging::{Cursor, Page};
pub use respond::{Problem, ShownOnce};
pub use routes::Routes;
pub use session::{SignIn, SignOut};
pub use text::When;
pub use upload::{Upload, UploadedFile};
pub use view::View;

use crate::error::{Error, Result};
use crate::state::App;
use crate::{
    accounts, alerts, applications, contacts, correspondence, documents, market, matching,
    postings, profile, skills, today,
};

/// Longest body of a request in bytes; a route that takes more layers its own limit.
pub const BODY_LIMIT: usize = 2 * 1024 * 1024;
/// Longest time for an answer.
const TIME_LIMIT: Duration = Duration::from_secs(30);
/// How long requests under way may go on after the stop was asked for.
const STOP_GRACE: Duration = Duration::from_secs(10);

/// The routes of all features.
fn features() -> Routes {
    Routes::new()
        .merge(accounts::routes())
        .merge(postings::api::routes())
        .merge(postings::clips::api::routes())
        .merge(postings::openings::routes())
        .merge(postings::sources::api::routes())
        .merge(postings::sources::intake::routes())
        .merge(postings::sources::directory::routes())
        .merge(postings::sources::discovery::routes())
        .merge(skills::api::routes())
        .merge(alerts::routes())
        .merge(contacts::routes())
        .merge(correspondence::routes())
        .merge(today::routes())
        .merge(applications::routes())
        .merge(documents::routes())
        .merge(market::routes())
        .merge(profile::routes())
        .merge(skills::evidence::routes())
        .merge(matching::routes())
        .merge(postings::pages::routes())
        .merge(postings::sources::pages::routes())
}

/// All routes: the features' and the few of the web server itself.
fn all_routes() -> Routes {
    Routes::new()
        .merge(features())
        .merge(assets::routes())
        .merge(health::routes())
        .merge(metrics::routes())
        .merge(openapi::routes())
        .merge(reference::routes())
        .merge(layout::routes())
}

/// Method and path of every route that has a handler, for the test that compares them with [`access::ROUTES`].
#[must_use]
pub fn registered() -> Vec<(Method, String)> {
    all_routes().entries().to_vec()
}

/// What the layers share.
#[derive(Debug)]
struct Web {
    app: Arc<App>,
    limiter: rate::Limiter,
    openapi: openapi::Document,
    /// Whether people reach this Cadet over HTTPS.
    secure: bool,
}

/// The whole web server as a service. Give it the peer's address
/// (`into_make_service_with_connect_info::<SocketAddr>`), without which nobody counts as local.
pub fn router(app: Arc<App>) -> Router {
    let parts = all_routes().into_parts();
    let server = &app.config.server;
    let web = Arc::new(Web {
        limiter: rate::Limiter::new(server.api_requests_per_minute),
        openapi: openapi::Document::new(parts.openapi),
        secure: server
            .public_url
            .as_deref()
            .is_some_and(|url| url.starts_with("https://")),
        app,
    });
    metrics::install();
    let layers = ServiceBuilder::new()
        .layer(from_fn(linger::take_in))
        .layer(from_fn_with_state(web.clone(), observe::observe))
        .layer(from_fn_with_state(web.clone(), headers::set))
        .layer(CompressionLayer::new())
        .layer(from_fn_with_state(web.clone(), respond::render))
        .layer(CatchPanicLayer::custom(respond::after_panic))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::SERVICE_UNAVAILABLE,
            TIME_LIMIT,
        ))
        .layer(from_fn_with_state(web.clone(), hosts::check))
        .layer(from_fn_with_state(web.clone(), session::identify))
        .layer(from_fn_with_state(web.clone(), csrf::check))
        .layer(from_fn_with_state(web.clone(), rate::limit))
        .layer(from_fn(guard::authorise))
        .layer(from_fn_with_state(web.clone(), openapi::known_parameters))
        .layer(from_fn_with_state(web.clone(), idempotency::replay))
        .layer(from_fn(etag::validate))
        .layer(from_fn(paging::link))
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(axum::Extension(web));
    parts.router.fallback(respond::no_such_page).layer(layers)
}

/// Serves until `shutdown` is cancelled; requests under way may end, within ten seconds.
///
/// # Errors
/// [`Error::Unavailable`] when the listener fails.
pub async fn serve(
    app: Arc<App>,
    listener: TcpListener,
    shutdown: CancellationToken,
) -> Result<()> {
    let service = router(app).into_make_service_with_connect_info::<SocketAddr>();
    let upkeep = tokio::spawn(metrics::upkeep(shutdown.clone()));
    let server =
        axum::serve(listener, service).with_graceful_shutdown(shutdown.clone().cancelled_owned());
    let patience = async {
        shutdown.cancelled().await;
        tokio::time::sleep(STOP_GRACE).await;
    };
    let served = tokio::select! {
        served = async { server.await } => served,
        () = patience => Ok(()),
    };
    upkeep.abort();
    served.map_err(|cause| Error::unavailable("The web server's listener failed.", cause))
}
