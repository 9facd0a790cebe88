//! `/welcome` for the first visit and `/help` for the others.

use askama::Template;

use crate::error::Result;
use crate::postings::sources::actions::source_list;
use crate::state::Ctx;
use crate::web::{Layout, Routes, View};

#[derive(Template)]
#[template(path = "postings/pages/welcome.html")]
struct WelcomePage {
    layout: Layout,
    sources: usize,
    alerts: bool,
}

async fn welcome(ctx: Ctx, layout: Layout) -> Result<View<WelcomePage>> {
    Ok(View(WelcomePage {
        sources: source_list(&ctx).await?.len(),
        alerts: crate::web::access::find("GET", "/alerts").is_some(),
        layout: layout.titled("Welcome"),
    }))
}

#[derive(Template)]
#[template(path = "postings/pages/help.html")]
struct HelpPage {
    layout: Layout,
}

async fn help(layout: Layout) -> View<HelpPage> {
    View(HelpPage {
        layout: layout.titled("Help"),
    })
}

/// The pages.
pub(super) fn routes() -> Routes {
    Routes::new().get("/welcome", welcome).get("/help", help)
}
