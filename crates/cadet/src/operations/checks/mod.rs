//! The checks of `cadet doctor`: each looks at one part and says what it saw and what to do.

mod configuration;
mod data;
mod machine;
mod mail;
mod work;

use super::model::Check;
use crate::error::Result;
use crate::state::Ctx;

/// Runs every check. A check that cannot be made is a failed one, and keeps none from running.
///
/// # Errors
/// [`crate::error::Error::Forbidden`] for whoever is no administrator.
pub async fn run(ctx: &Ctx) -> Result<Vec<Check>> {
    ctx.require_admin()?;
    Ok(vec![
        or_failed("database", data::database(ctx).await),
        or_failed("schema", data::schema(ctx).await),
        data::write_ahead_log(ctx),
        or_failed("search-index", data::search_index(ctx).await),
        machine::disk(ctx),
        or_failed("clock", machine::clock(ctx).await),
        mail::server(ctx).await,
        or_failed("sources", work::sources(ctx).await),
        or_failed("source-health", work::source_health(ctx).await),
        or_failed("polls", work::polls(ctx).await),
        or_failed("jobs", work::jobs(ctx).await),
        configuration::settings(ctx),
    ])
}

fn or_failed(name: &'static str, check: Result<Check>) -> Check {
    check.unwrap_or_else(|error| {
        Check::failed(
            name,
            format!("It could not be checked: {error}"),
            "Look into the log with `cadet doctor -v`.",
        )
    })
}
