//! `/welcome` for the first visit and `/help` for the others.

use askama::Template;

use crate::error::Result;
use crate::postings::sources::actions::source_list;
use crate::postings::sources::directory::actions::{directory_choose, directory_len};
use crate::postings::sources::directory::model::{Count, DirectoryQuery};
use crate::postings::sources::directory::pages::{country, field, size};
use crate::state::Ctx;
use crate::web::{Layout, Routes, View};

#[derive(Template)]
#[template(path = "postings/pages/welcome.html")]
struct WelcomePage {
    layout: Layout,
    sources: usize,
    alerts: bool,
    /// Employers of the directory.
    employers: usize,
    countries: Vec<Choice>,
    sizes: Vec<Choice>,
    fields: Vec<Choice>,
}

/// A value to choose employers by.
struct Choice {
    value: String,
    label: String,
    count: usize,
}

/// The values with their names, in the order of these.
fn by_label(counts: &[Count], word: fn(&str) -> String) -> Vec<Choice> {
    let mut choices = choices(counts, word);
    choices.sort_by(|a, b| a.label.cmp(&b.label));
    choices
}

fn choices(counts: &[Count], word: fn(&str) -> String) -> Vec<Choice> {
    let choice = |count: &Count| Choice {
        label: word(&count.value),
        value: count.value.clone(),
        count: count.count,
    };
    counts.iter().map(choice).collect()
}

async fn welcome(ctx: Ctx, layout: Layout) -> Result<View<WelcomePage>> {
    let facets = directory_choose(&ctx, &DirectoryQuery::default())
        .await?
        .facets;
    Ok(View(WelcomePage {
        sources: source_list(&ctx).await?.len(),
        alerts: crate::web::access::find("GET", "/alerts").is_some(),
        employers: directory_len(),
        countries: by_label(&facets.country, country),
        sizes: choices(&facets.size, size),
        fields: by_label(&facets.field, field),
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
