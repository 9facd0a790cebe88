//! Turning mail off by the address in a mail. Opening it only asks, since scanners open links that nobody chose; a POST
//! does it, which is also what mail programs send for their own button (RFC 8058).

use askama::Template;

use super::super::model::SavedSearch;
use super::super::secrets::{alert_of_unsubscribe, alert_unsubscribe};
use crate::error::Result;
use crate::state::Ctx;
use crate::web::{Layout, Path, View};

#[derive(Template)]
#[template(path = "alerts/pages/unsubscribe.html")]
pub(super) struct UnsubscribePage {
    layout: Layout,
    search: SavedSearch,
}

fn page(layout: Layout, search: SavedSearch) -> View<UnsubscribePage> {
    View(UnsubscribePage {
        layout: layout.titled("No more mail"),
        search,
    })
}

pub(super) async fn ask(
    ctx: Ctx,
    layout: Layout,
    Path(token): Path<String>,
) -> Result<View<UnsubscribePage>> {
    Ok(page(layout, alert_of_unsubscribe(&ctx, &token).await?))
}

pub(super) async fn unsubscribe(
    ctx: Ctx,
    layout: Layout,
    Path(token): Path<String>,
) -> Result<View<UnsubscribePage>> {
    Ok(page(layout, alert_unsubscribe(&ctx, &token).await?))
}
