//! `/metrics` for Prometheus. Everything that the `metrics` macros count anywhere in the process is in it.

use std::sync::OnceLock;
use std::time::Duration;

use axum::http::header;
use axum::response::IntoResponse;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use tokio_util::sync::CancellationToken;

use super::routes::Routes;
use crate::error::{Error, Result};

/// Upper bounds in seconds of what is counted together.
const BUCKETS: [f64; 11] = [
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0, 30.0,
];
/// How often old samples are folded together.
const UPKEEP: Duration = Duration::from_secs(5);

static HANDLE: OnceLock<Option<PrometheusHandle>> = OnceLock::new();

/// Begins to count, once for the process.
pub(super) fn install() {
    HANDLE.get_or_init(|| {
        let builder = PrometheusBuilder::new().set_buckets(&BUCKETS).ok()?;
        match builder.install_recorder() {
            Ok(handle) => Some(handle),
            Err(cause) => {
                tracing::warn!(%cause, "metrics are not recorded");
                None
            }
        }
    });
}

/// Keeps the recorder small until the server stops.
pub(super) async fn upkeep(shutdown: CancellationToken) {
    let mut ticks = tokio::time::interval(UPKEEP);
    while !shutdown.is_cancelled() {
        ticks.tick().await;
        if let Some(Some(handle)) = HANDLE.get() {
            handle.run_upkeep();
        }
    }
}

async fn show() -> Result<impl IntoResponse> {
    let handle = HANDLE.get().and_then(Option::as_ref);
    let handle = handle.ok_or_else(|| Error::internal("no metrics recorder is installed"))?;
    let kind = [(header::CONTENT_TYPE, "text/plain; version=0.0.4")];
    Ok((kind, handle.render()))
}

/// The page.
pub(super) fn routes() -> Routes {
    Routes::new().get("/metrics", show)
}
