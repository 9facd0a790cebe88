//! New postings that fit, as Today shows them: the one place that asks search and matching.

use super::model::Fitting;
use crate::contacts::actions::companies_known;
use crate::error::Result;
use crate::matching::actions::match_best;
use crate::postings::normalise::company::company_key;
use crate::postings::query::{PostingQuery, SortOrder};
use crate::postings::record::Status;
use crate::postings::search::posting_search;
use crate::state::Ctx;

/// Postings shown.
const SHOWN: usize = 6;
/// Days for which a posting is new.
const NEW_DAYS: u32 = 30;

/// Open internships of the last month, the best fitting first; without a profile, backend ones, the last first seen first.
///
/// # Errors
/// From the index and the database.
pub async fn fitting(ctx: &Ctx, has_profile: bool) -> Result<Vec<Fitting>> {
    let query = PostingQuery {
        internship: Some(true),
        status: Some(Status::Open),
        limit: SHOWN,
        ..PostingQuery::default()
    };
    let page = match has_profile {
        true => {
            let within = Some(NEW_DAYS);
            match_best(ctx, PostingQuery { within, ..query }).await?
        }
        false => {
            let (backend, sort) = (vec!["explicit".into()], SortOrder::Seen);
            let query = PostingQuery {
                backend,
                sort,
                ..query
            };
            posting_search(ctx, &query).await?
        }
    };
    let known = companies_known(ctx).await?;
    Ok(page
        .items
        .into_iter()
        .map(|hit| Fitting {
            posting: hit.posting.id.0,
            knows_somebody: known.contains(&company_key(&hit.posting.company)),
            title: hit.posting.title,
            company: hit.posting.company,
            first_seen_at: hit.posting.first_seen_at,
            fit: hit.posting.fit.map(|fit| f64::from(fit.score)),
        })
        .collect())
}
