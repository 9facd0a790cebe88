//! Sources in the REST interface.

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::routes;

use super::actions::{
    Added, SourceDetail, source_add, source_list, source_pause, source_poll_now, source_show,
};
use super::model::{Source, SourceId};
use crate::error::Result;
use crate::postings::actions::source_remove;
use crate::state::Ctx;
use crate::web::{Json, Page, Path, Routes};

/// All sources with their health, by name, on one page.
#[utoipa::path(get, path = "/api/v1/sources", tag = "sources", operation_id = "sourceList",
    responses((status = 200, description = "The sources.", body = Page<Source>)))]
async fn list(ctx: Ctx) -> Result<Page<Source>> {
    Ok(Page {
        items: source_list(&ctx).await?,
        next: None,
    })
}

/// Where a new source is.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewSource {
    /// A career page, a posting's address, a board (`greenhouse:TOKEN`), a feed, a list.
    #[schema(
        example = "greenhouse:northlight",
        min_length = 1,
        max_length = 4096
    )]
    address: String,
    /// Show it under this name.
    #[schema(max_length = 200)]
    name: Option<String>,
}

/// Add a source; what the address means is worked out by looking at it. For administrators.
#[utoipa::path(post, path = "/api/v1/sources", tag = "sources", operation_id = "sourceAdd", request_body = NewSource,
    responses((status = 201, description = "The source, and what else the address may mean.", body = Added)))]
async fn add(ctx: Ctx, Json(new): Json<NewSource>) -> Result<Response> {
    let added = source_add(&ctx, &new.address, new.name.as_deref()).await?;
    Ok((StatusCode::CREATED, Json(added)).into_response())
}

/// One source with its last polls.
#[utoipa::path(get, path = "/api/v1/sources/{id}", tag = "sources", operation_id = "sourceGet",
    params(("id" = SourceId, Path, description = "The source's number.")),
    responses((status = 200, description = "The source.", body = SourceDetail)))]
async fn get(ctx: Ctx, Path(id): Path<SourceId>) -> Result<Json<SourceDetail>> {
    Ok(Json(source_show(&ctx, id).await?))
}

/// What to change of a source.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SourceChange {
    /// Whether it is left alone until resumed.
    paused: bool,
}

/// Pause or resume a source. For administrators.
#[utoipa::path(patch, path = "/api/v1/sources/{id}", tag = "sources", operation_id = "sourceChange", request_body = SourceChange,
    params(("id" = SourceId, Path, description = "The source's number.")),
    responses((status = 200, description = "The source.", body = Source)))]
async fn change(
    ctx: Ctx,
    Path(id): Path<SourceId>,
    Json(change): Json<SourceChange>,
) -> Result<Json<Source>> {
    Ok(Json(source_pause(&ctx, id, change.paused).await?))
}

/// What removing a source did.
#[derive(Debug, Serialize, ToSchema)]
struct Removed {
    /// Postings that were seen nowhere else and are closed now.
    closed: u64,
}

/// Remove a source. Postings that are seen nowhere else are closed. For administrators.
#[utoipa::path(delete, path = "/api/v1/sources/{id}", tag = "sources", operation_id = "sourceRemove",
    params(("id" = SourceId, Path, description = "The source's number.")),
    responses((status = 200, description = "It is removed.", body = Removed)))]
async fn remove(ctx: Ctx, Path(id): Path<SourceId>) -> Result<Json<Removed>> {
    Ok(Json(Removed {
        closed: source_remove(&ctx, id).await?,
    }))
}

/// Poll a source as soon as a worker is free. For administrators.
#[utoipa::path(post, path = "/api/v1/sources/{id}/poll", tag = "sources", operation_id = "sourcePoll",
    params(("id" = SourceId, Path, description = "The source's number.")),
    responses((status = 202, description = "The poll is waiting for a worker.")))]
async fn poll(ctx: Ctx, Path(id): Path<SourceId>) -> Result<StatusCode> {
    source_poll_now(&ctx, id).await?;
    Ok(StatusCode::ACCEPTED)
}

/// The operations on sources.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .api(routes!(list, add))
        .api(routes!(get, change, remove))
        .api(routes!(poll))
}
