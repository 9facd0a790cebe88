//! Clips in the REST interface.

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use utoipa_axum::routes;

use super::actions::clip_add;
use super::model::{Clip, Clipped};
use crate::error::Result;
use crate::state::Ctx;
use crate::web::{Json, Routes};

/// Clip a page: its posting is stored and kept for you. The same address again changes it and makes no second one. Wants a token
/// with the scope `clip`.
#[utoipa::path(post, path = "/api/v1/clips", tag = "clips", operation_id = "clipAdd", request_body = Clip,
    responses((status = 201, description = "The posting that it became.", body = Clipped),
        (status = 200, description = "The posting; this address was clipped before.", body = Clipped)))]
async fn add(ctx: Ctx, Json(clip): Json<Clip>) -> Result<Response> {
    let clipped = clip_add(&ctx, clip).await?;
    let status = if clipped.new {
        StatusCode::CREATED
    } else {
        StatusCode::OK
    };
    Ok((status, Json(clipped)).into_response())
}

/// The operation on clips.
#[must_use]
pub fn routes() -> Routes {
    Routes::new().api(routes!(add))
}
