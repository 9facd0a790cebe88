//! Open postings that are like one that has ended.

use super::super::model::ApplicationId;
use super::super::store::rows;
use crate::error::{Error, Result};
use crate::postings::actions::posting_record;
use crate::postings::query::PostingQuery;
use crate::postings::record::{PostingSummary, Status};
use crate::postings::search::posting_search;
use crate::state::Ctx;

/// Postings that are shown.
const SHOWN: usize = 5;
/// Skills that are looked for: the first ones that a posting names are those that it is about.
const SKILLS: usize = 4;

/// Open postings that ask for what the application's posting asks for; at other employers, those with most of it first. Nothing
/// when Cadet has no posting of it, or none like it.
///
/// # Errors
/// [`Error::NotFound`]; from the database and the index.
pub async fn application_alike(ctx: &Ctx, id: ApplicationId) -> Result<Vec<PostingSummary>> {
    let stored = rows::get(ctx.db.pool(), ctx.owner()?, id).await?;
    let Some(posting) = stored.summary.posting else {
        return Ok(Vec::new());
    };
    let record = match posting_record(ctx, posting).await {
        Ok(record) => record,
        Err(Error::NotFound { .. }) => return Ok(Vec::new()),
        Err(other) => return Err(other),
    };
    let mut skills: Vec<String> = Vec::new();
    for mention in &record.skills {
        let skill = format!("skill:{}", mention.skill);
        if !skills.contains(&skill) && skills.len() < SKILLS {
            skills.push(skill);
        }
    }
    if skills.is_empty() {
        return Ok(Vec::new());
    }
    let query = PostingQuery {
        q: skills.join(" OR "),
        status: Some(Status::Open),
        internship: record.facts.internship.as_ref().map(|fact| fact.value),
        limit: SHOWN * 3,
        ..PostingQuery::default()
    };
    let found = posting_search(ctx, &query).await?.items;
    let others = found.into_iter().map(|hit| hit.posting);
    let others = others.filter(|other| other.company != record.company);
    Ok(others.take(SHOWN).collect())
}
