//! The list of alerts, an alert's page, and its buttons.

use askama::Template;
use serde::Deserialize;

use super::super::actions::{self, AlertCounts, AlertDetail};
use super::super::jobs::UNDO_DAYS;
use super::super::model::{AlertId, DeliveryState};
use super::super::words::describe;
use crate::config::Secret;
use crate::error::Result;
use crate::state::Ctx;
use crate::web::{Flash, Layout, Path, Query, Redirect, View};

/// Alerts on a page of the list.
const ROWS: u64 = 50;

#[derive(Template)]
#[template(path = "alerts/pages/list.html")]
pub(super) struct ListPage {
    layout: Layout,
    alerts: Vec<AlertCounts>,
    /// Where this page begins; 0 for the first.
    after: i64,
    /// Where the next page begins, if there is one.
    next: Option<AlertId>,
    /// An alert that was just removed and can be brought back.
    removed: Option<AlertId>,
    undo_days: i64,
}

impl ListPage {
    fn words(&self, alert: &AlertCounts) -> String {
        describe(&alert.search.query)
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct ListParams {
    removed: Option<AlertId>,
    /// The number of the last alert of the page before.
    after: i64,
}

pub(super) async fn list(
    ctx: Ctx,
    layout: Layout,
    Query(params): Query<ListParams>,
) -> Result<View<ListPage>> {
    let (alerts, next) = actions::alert_page(&ctx, params.after, ROWS).await?;
    Ok(View(ListPage {
        layout: layout.titled("Alerts"),
        alerts,
        after: params.after,
        next,
        removed: params.removed,
        undo_days: UNDO_DAYS,
    }))
}

#[derive(Template)]
#[template(path = "alerts/pages/show.html")]
pub(super) struct ShowPage {
    layout: Layout,
    detail: AlertDetail,
    words: String,
    atom_url: String,
    json_feed_url: String,
    /// The webhook's secret, if it was just made; shown this once.
    secret: Option<String>,
}

impl ShowPage {
    fn has_failed(&self) -> bool {
        let mut all = self.detail.deliveries.iter();
        all.any(|one| one.state == DeliveryState::Failed && one.posting_count > 0)
    }
}

/// An alert's page.
pub(super) async fn page_of(
    ctx: &Ctx,
    layout: Layout,
    id: AlertId,
    secret: Option<Secret>,
) -> Result<ShowPage> {
    let detail = actions::alert_show(ctx, id).await?;
    let (search, server) = (&detail.alert.search, &ctx.config.server);
    Ok(ShowPage {
        layout: layout.titled(search.name.clone()),
        words: describe(&search.query),
        atom_url: server.url(&search.atom_path()),
        json_feed_url: server.url(&search.json_feed_path()),
        secret: secret.map(|secret| secret.0),
        detail,
    })
}

pub(super) async fn show(
    ctx: Ctx,
    layout: Layout,
    Path(id): Path<AlertId>,
) -> Result<View<ShowPage>> {
    page_of(&ctx, layout, id, None).await.map(View)
}

fn page(id: AlertId) -> String {
    format!("/alerts/{id}")
}

pub(super) async fn pause(ctx: Ctx, Path(id): Path<AlertId>) -> Result<Redirect> {
    let done = actions::alert_pause(&ctx, id, true).await;
    Redirect::after(done, &page(id), "The alert is paused.")
}

pub(super) async fn resume(ctx: Ctx, Path(id): Path<AlertId>) -> Result<Redirect> {
    let done = actions::alert_pause(&ctx, id, false).await;
    Redirect::after(
        done,
        &page(id),
        "The alert tells of what appears from now on.",
    )
}

pub(super) async fn run(ctx: Ctx, Path(id): Path<AlertId>) -> Result<Redirect> {
    let done = actions::alert_run(&ctx, id).await;
    let told = match &done {
        Ok(run) => format!(
            "{} new, {} handed over for delivery.",
            run.found, run.handed_over
        ),
        Err(_) => String::new(),
    };
    Redirect::after(done, &page(id), &told)
}

pub(super) async fn test(ctx: Ctx, Path(id): Path<AlertId>) -> Result<Redirect> {
    let done = actions::alert_test_delivery(&ctx, id).await;
    Redirect::after(
        done,
        &page(id),
        "A test is on its way. See below how it ends.",
    )
}

pub(super) async fn retry(ctx: Ctx, Path(id): Path<AlertId>) -> Result<Redirect> {
    let done = actions::alert_retry(&ctx, id).await;
    Redirect::after(
        done,
        &page(id),
        "What failed is sent again. See below how it ends.",
    )
}

pub(super) async fn renew_feed(ctx: Ctx, Path(id): Path<AlertId>) -> Result<Redirect> {
    let done = actions::alert_feed_renew(&ctx, id).await;
    Redirect::after(
        done,
        &page(id),
        "The feeds have new addresses. The old ones no longer work.",
    )
}

pub(super) async fn remove(ctx: Ctx, Path(id): Path<AlertId>) -> Result<Redirect> {
    actions::alert_remove(&ctx, id).await?;
    Ok(Redirect::to(format!("/alerts?removed={id}")))
}

pub(super) async fn restore(ctx: Ctx, Path(id): Path<AlertId>) -> Result<Redirect> {
    actions::alert_restore(&ctx, id).await?;
    Ok(Redirect::to(page(id)).with(Flash::ok("The alert is back.")))
}
