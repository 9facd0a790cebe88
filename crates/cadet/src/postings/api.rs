//! Postings in the REST interface.

use axum::extract::RawQuery;
use axum::http::StatusCode;
use utoipa_axum::routes;

use super::actions::{posting_record, posting_save, posting_saved, posting_show};
use super::model::PostingId;
use super::params::SearchParams;
use super::query::PostingQuery;
use super::record::{HistoryEntry, PostingRecord, PostingSummary};
use super::search::{PostingPage, posting_search};
use crate::error::Result;
use crate::state::Ctx;
use crate::web::{Json, Page, Path, Routes};

/// Search postings, with counts by filter.
#[utoipa::path(get, path = "/api/v1/postings", tag = "postings", operation_id = "postingSearch", params(SearchParams),
    responses((status = 200, description = "A page of postings.", body = PostingPage)))]
async fn search(ctx: Ctx, RawQuery(query): RawQuery) -> Result<Json<PostingPage>> {
    let query = PostingQuery::parse_str(query.as_deref().unwrap_or_default())?;
    Ok(Json(posting_search(&ctx, &query).await?))
}

/// One posting, with every record of it in every source.
#[utoipa::path(get, path = "/api/v1/postings/{id}", tag = "postings", operation_id = "postingGet",
    params(("id" = PostingId, Path, description = "The posting's number.")),
    responses((status = 200, description = "The posting.", body = PostingRecord)))]
async fn get(ctx: Ctx, Path(id): Path<PostingId>) -> Result<Json<PostingRecord>> {
    Ok(Json(posting_record(&ctx, id).await?))
}

/// What happened to a posting, the newest first, on one page.
#[utoipa::path(get, path = "/api/v1/postings/{id}/history", tag = "postings", operation_id = "postingHistory",
    params(("id" = PostingId, Path, description = "The posting's number.")),
    responses((status = 200, description = "Its history.", body = Page<HistoryEntry>)))]
async fn history(ctx: Ctx, Path(id): Path<PostingId>) -> Result<Page<HistoryEntry>> {
    let items = posting_show(&ctx, id).await?.history;
    Ok(Page { items, next: None })
}

/// Keep a posting. Doing it twice changes nothing.
#[utoipa::path(put, path = "/api/v1/postings/{id}/saved", tag = "postings", operation_id = "postingSave",
    params(("id" = PostingId, Path, description = "The posting's number.")),
    responses((status = 204, description = "It is kept.")))]
async fn save(ctx: Ctx, Path(id): Path<PostingId>) -> Result<StatusCode> {
    posting_save(&ctx, id, true).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Let a posting go that was kept. Doing it twice changes nothing.
#[utoipa::path(delete, path = "/api/v1/postings/{id}/saved", tag = "postings", operation_id = "postingUnsave",
    params(("id" = PostingId, Path, description = "The posting's number.")),
    responses((status = 204, description = "It is no longer kept.")))]
async fn unsave(ctx: Ctx, Path(id): Path<PostingId>) -> Result<StatusCode> {
    posting_save(&ctx, id, false).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The postings that you keep, the newest kept first, on one page.
#[utoipa::path(get, path = "/api/v1/saved", tag = "postings", operation_id = "postingSaved",
    responses((status = 200, description = "What you keep.", body = Page<PostingSummary>)))]
async fn saved(ctx: Ctx) -> Result<Page<PostingSummary>> {
    Ok(Page {
        items: posting_saved(&ctx).await?,
        next: None,
    })
}

/// The operations on postings.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .api(routes!(search))
        .api(routes!(get))
        .api(routes!(history))
        .api(routes!(save, unsave))
        .api(routes!(saved))
}
