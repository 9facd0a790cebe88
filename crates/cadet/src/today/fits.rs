//! New postings that fit, as Today shows them: the one place that asks search and matching.

use super::model::Fitting;
use crate::contacts::actions::companies_known;
use crate::error::Result;
use crate::postings::normalise::company::company_key;
use crate::postings::query::{PostingQuery, SortOrder};
use crate::postings::record::Status;
use crate::postings::search::posting_search;
use crate::state::Ctx;

/// Postings shown.
const SHOWN: usize = 6;

/// Open backend internships, the last first seen first.
///
/// # Errors
/// From the index and the database.
pub async fn fitting(ctx: &Ctx) -> Result<Vec<Fitting>> {
    let query = PostingQuery {
        backend: vec!["explicit".into()],
        internship: Some(true),
        status: Some(Status::Open),
        sort: SortOrder::Seen,
        limit: SHOWN,
        ..PostingQuery::default()
    };
    let known = companies_known(ctx).await?;
    let found = posting_search(ctx, &query).await?.items;
    Ok(found
        .into_iter()
        .map(|hit| Fitting {
            posting: hit.posting.id.0,
            knows_somebody: known.contains(&company_key(&hit.posting.company)),
            title: hit.posting.title,
            company: hit.posting.company,
            first_seen_at: hit.posting.first_seen_at,
            fit: None,
        })
        .collect())
}
