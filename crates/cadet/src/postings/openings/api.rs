//! Openings in the REST interface.

use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::routes;

use super::actions::{opening_join, opening_show, opening_split, opening_undo, posting_named};
use super::model::{DecisionId, OpeningRecord};
use crate::error::Result;
use crate::postings::model::PostingId;
use crate::state::Ctx;
use crate::web::{Json, Path, Routes};

/// The opening of a posting, with all its postings and why they are one.
#[utoipa::path(get, path = "/api/v1/openings/{id}", tag = "postings", operation_id = "openingGet",
    params(("id" = PostingId, Path, description = "The number of any of its postings.")),
    responses((status = 200, description = "The opening.", body = OpeningRecord)))]
async fn get(ctx: Ctx, Path(id): Path<PostingId>) -> Result<Json<OpeningRecord>> {
    Ok(Json(opening_show(&ctx, id).await?))
}

/// Take a posting out of its opening, for good. Gives the opening that it is now. For administrators.
#[utoipa::path(post, path = "/api/v1/openings/{id}/split", tag = "postings", operation_id = "openingSplit",
    params(("id" = PostingId, Path, description = "The number of the posting to take out.")),
    responses((status = 200, description = "The opening of the posting now.", body = OpeningRecord)))]
async fn split(ctx: Ctx, Path(id): Path<PostingId>) -> Result<Json<OpeningRecord>> {
    Ok(Json(opening_split(&ctx, id).await?))
}

/// What to put together.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct OpeningJoin {
    /// The number of the other posting, or the address of its page.
    #[schema(example = "43", min_length = 1, max_length = 4096)]
    posting: String,
}

/// Put two openings together, whatever the rules say. For administrators.
#[utoipa::path(post, path = "/api/v1/openings/{id}/join", tag = "postings", operation_id = "openingJoin", request_body = OpeningJoin,
    params(("id" = PostingId, Path, description = "The number of any of its postings.")),
    responses((status = 200, description = "The opening of both.", body = OpeningRecord)))]
async fn join(
    ctx: Ctx,
    Path(id): Path<PostingId>,
    Json(joined): Json<OpeningJoin>,
) -> Result<Json<OpeningRecord>> {
    let other = posting_named(&ctx, &joined.posting).await?;
    Ok(Json(opening_join(&ctx, id, other).await?))
}

/// Undo a decision, with all that was decided at once with it. For administrators.
#[utoipa::path(delete, path = "/api/v1/openings/decisions/{id}", tag = "postings", operation_id = "openingUndo",
    params(("id" = DecisionId, Path, description = "The decision's number.")),
    responses((status = 200, description = "The opening of the posting that it was about.", body = OpeningRecord)))]
async fn undo(ctx: Ctx, Path(id): Path<DecisionId>) -> Result<Json<OpeningRecord>> {
    Ok(Json(opening_undo(&ctx, id).await?))
}

/// The operations on openings.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .api(routes!(get))
        .api(routes!(split))
        .api(routes!(join))
        .api(routes!(undo))
}
