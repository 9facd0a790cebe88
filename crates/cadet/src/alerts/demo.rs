//! The alert of the demonstration.

use super::actions::{alert_add, alert_list};
use super::model::AlertInput;
use crate::error::Result;
use crate::postings::query::PostingQuery;
use crate::state::Ctx;

/// Its name.
const NAME: &str = "Backend internships";
/// What it searches for.
const QUERY: &str = "backend=explicit&status=open&internship=yes";

/// Adds the sample alert: open backend internships, at once. It tells of what appears from now on.
///
/// # Errors
/// From the database.
pub async fn add_sample(ctx: &Ctx) -> Result<()> {
    let here = alert_list(ctx, 0, 1_000).await?;
    if here.iter().any(|alert| alert.search.name == NAME) {
        return Ok(());
    }
    let input = AlertInput {
        name: NAME.to_owned(),
        query: PostingQuery::parse_str(QUERY)?,
        ..AlertInput::default()
    };
    alert_add(ctx, input, false).await?;
    Ok(())
}

/// What the sample alert has found, in words.
///
/// # Errors
/// From the database.
pub async fn summary(ctx: &Ctx) -> Result<String> {
    let here = alert_list(ctx, 0, 1_000).await?;
    let Some(alert) = here.into_iter().find(|alert| alert.search.name == NAME) else {
        return Ok(String::new());
    };
    let page = ctx.config.server.url(&alert.search.path());
    let found = match alert.found {
        0 => "has found nothing new yet".to_owned(),
        1 => "has told of 1 new posting".to_owned(),
        count => format!("has told of {count} new postings"),
    };
    Ok(format!(
        "The saved search \"{NAME}\" {found}. They are in its feed and on its page: {page}"
    ))
}
