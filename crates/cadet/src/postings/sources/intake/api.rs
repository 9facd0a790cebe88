//! Intakes in the REST interface.

use utoipa_axum::routes;

use super::actions::{IntakeDetail, intake_show};
use super::model::IntakeId;
use crate::error::Result;
use crate::state::Ctx;
use crate::web::{Json, Path, Routes};

/// How far boards are that were added together: which are read, which wait, and why others failed.
#[utoipa::path(get, path = "/api/v1/sources/intakes/{id}", tag = "sources", operation_id = "intakeGet",
    params(("id" = IntakeId, Path, description = "The intake's number.")),
    responses((status = 200, description = "The intake with its boards.", body = IntakeDetail)))]
async fn get(ctx: Ctx, Path(id): Path<IntakeId>) -> Result<Json<IntakeDetail>> {
    Ok(Json(intake_show(&ctx, id).await?))
}

/// The operations on intakes.
pub(super) fn routes() -> Routes {
    Routes::new().api(routes!(get))
}
