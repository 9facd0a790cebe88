//! `/healthz`: the process answers. `/readyz`: it can do its work, with one line for each thing that it needs.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use axum::http::StatusCode;
use axum::response::IntoResponse;
use serde::Serialize;

use super::extract::Json;
use super::routes::Routes;
use crate::error::Result;
use crate::state::{App, Ctx};

type Answer = Pin<Box<dyn Future<Output = Result<()>> + Send>>;
/// A thing that the program needs, and how to ask whether it is there.
type Check = (&'static str, fn(Arc<App>) -> Answer);

/// What must work before requests are sent here. A feature that needs more adds a line.
const CHECKS: &[Check] = &[("database", |app| {
    Box::pin(async move { app.db.ping().await })
})];

#[derive(Serialize)]
struct Line {
    name: &'static str,
    ok: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    problem: Option<String>,
}

#[derive(Serialize)]
struct Readiness {
    ready: bool,
    checks: Vec<Line>,
}

async fn alive() -> &'static str {
    "ok\n"
}

async fn ready(ctx: Ctx) -> impl IntoResponse {
    let mut checks = Vec::new();
    for (name, ask) in CHECKS {
        let answer = ask(Arc::clone(ctx.app())).await;
        checks.push(Line {
            name,
            ok: answer.is_ok(),
            problem: answer.err().map(|error| error.to_string()),
        });
    }
    let ready = checks.iter().all(|line| line.ok);
    let status = if ready {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    (status, Json(Readiness { ready, checks }))
}

/// Both.
pub(super) fn routes() -> Routes {
    Routes::new().get("/healthz", alive).get("/readyz", ready)
}
