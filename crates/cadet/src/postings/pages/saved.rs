//! `/saved`: the postings that one keeps.

use askama::Template;

use super::row::Row;
use super::words::counted;
use crate::error::Result;
use crate::postings::actions::posting_saved;
use crate::state::Ctx;
use crate::web::{Layout, Routes, View};

#[derive(Template)]
#[template(path = "postings/pages/saved.html")]
struct SavedPage {
    layout: Layout,
    rows: Vec<Row>,
    count: String,
}

async fn show(ctx: Ctx, layout: Layout) -> Result<View<SavedPage>> {
    let saved = posting_saved(&ctx).await?;
    let now = ctx.now();
    Ok(View(SavedPage {
        layout: layout.titled("Saved postings"),
        count: counted(saved.len() as u64, "posting", "postings"),
        rows: saved
            .into_iter()
            .map(|posting| Row::new(posting, None, now))
            .collect(),
    }))
}

/// The page.
pub(super) fn routes() -> Routes {
    Routes::new().get("/saved", show)
}
