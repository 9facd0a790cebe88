//! Today in the REST interface.

use utoipa_axum::routes;

use super::actions::today_show;
use super::model::Today;
use crate::error::Result;
use crate::state::Ctx;
use crate::web::{Json, Routes};

/// What to do next, with reasons; what is new; the week; how many applications stand where.
#[utoipa::path(get, path = "/api/v1/today", tag = "today", operation_id = "todayShow",
    responses((status = 200, description = "Today.", body = Today)))]
async fn show(ctx: Ctx) -> Result<Json<Today>> {
    Ok(Json(today_show(&ctx).await?))
}

/// The operation.
#[must_use]
pub fn routes() -> Routes {
    Routes::new().api(routes!(show))
}
