//! Counting the caller's applications, and the results as files.

use std::sync::Arc;

use super::super::actions::{application_choices, time_zone};
use super::super::recent::StatisticsBasis;
use super::super::store::log;
use super::charts::{Named, charts};
use super::model::{Statistics, statistics};
use super::picture::{png, svg};
use super::store;
use super::tables::{csv, share, tables};
use crate::error::{Error, Result};
use crate::state::Ctx;

/// A file of the statistics.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatisticsFile {
    /// Its name.
    pub name: String,
    /// Its media type.
    pub media_type: &'static str,
    /// Its bytes.
    pub content: Vec<u8>,
}

/// Counts all applications of the caller, those put away included.
///
/// # Errors
/// From the database.
pub async fn application_statistics(ctx: &Ctx) -> Result<Arc<Statistics>> {
    let (owner, now) = (ctx.owner()?, ctx.now());
    let basis = StatisticsBasis {
        last: log::last(ctx.db.pool(), owner).await?,
        minute: now.0.div_euclid(60_000),
        zone: time_zone(ctx).await?,
        choices: application_choices(ctx).await?,
    };
    let held = &ctx.recent_applications.statistics;
    if let Some(known) = held.get(&owner, &basis) {
        return Ok(known);
    }
    let cases = store::cases(&ctx.db, owner).await?;
    let told = statistics(&cases, now, &basis.zone, &basis.choices);
    Ok(held.hold(owner, basis, told))
}

/// A chart (`flows.svg`, `weeks.png`), a table (`time.csv`), or the page without names (`share.html`).
///
/// # Errors
/// [`Error::NotFound`] for a name of none; from the database.
pub async fn statistics_file(ctx: &Ctx, name: &str) -> Result<StatisticsFile> {
    let told = application_statistics(ctx).await?;
    let file = |media_type: &'static str, content: Vec<u8>| StatisticsFile {
        name: format!("applications-{name}"),
        media_type,
        content,
    };
    let no_file = || Error::not_found("file", name);
    match name.rsplit_once('.') {
        Some(("share", "html")) => Ok(file("text/html; charset=utf-8", share(&told).into_bytes())),
        Some((table, "csv")) => {
            let found = tables(&told).into_iter().find(|one| one.name == table);
            let text = csv(&found.ok_or_else(no_file)?)?;
            Ok(file("text/csv; charset=utf-8", text.into_bytes()))
        }
        Some((chart, "svg")) => {
            let found = chart_of(&told, chart).ok_or_else(no_file)?;
            Ok(file("image/svg+xml", svg(&found).into_bytes()))
        }
        Some((chart, "png")) => {
            let found = chart_of(&told, chart).ok_or_else(no_file)?;
            // Drawing takes long enough to hold others up.
            let drawn = tokio::task::spawn_blocking(move || png(&found)).await;
            Ok(file("image/png", drawn.map_err(Error::internal)??))
        }
        _ => Err(no_file()),
    }
}

fn chart_of(told: &Statistics, name: &str) -> Option<Named> {
    charts(told).into_iter().find(|one| one.name == name)
}
