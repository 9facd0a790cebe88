//! The market in the REST interface.

use utoipa_axum::routes;

use super::actions::market_show;
use super::model::{Market, MarketQuery};
use super::params::MarketParams;
use crate::error::Result;
use crate::state::Ctx;
use crate::web::{Json, Query, Routes};

/// Which skills open backend internships ask for, what they pay, and when they open and close.
#[utoipa::path(get, path = "/api/v1/market", tag = "market", operation_id = "marketShow", params(MarketParams),
    responses((status = 200, description = "The market.", body = Market)))]
async fn show(ctx: Ctx, Query(query): Query<MarketQuery>) -> Result<Json<Market>> {
    Ok(Json(market_show(&ctx, query).await?))
}

/// The operation.
#[must_use]
pub fn routes() -> Routes {
    Routes::new().api(routes!(show))
}
