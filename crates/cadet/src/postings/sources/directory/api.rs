//! The directory in the REST interface.

use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::routes;

use super::actions::{directory_add, directory_choose, directory_query};
use super::model::Chosen;
use super::params::DirectoryParams;
use crate::error::Result;
use crate::postings::sources::intake::model::Intake;
use crate::state::Ctx;
use crate::web::{Json, Routes};

/// Employers known to take software interns, with their boards, by country, size and field.
#[utoipa::path(get, path = "/api/v1/sources/directory", tag = "sources", operation_id = "directoryList", params(DirectoryParams),
    responses((status = 200, description = "The employers that fit.", body = Chosen)))]
async fn list(ctx: Ctx, parts: Parts) -> Result<Json<Chosen>> {
    let pairs: Vec<(String, String)> =
        url::form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes())
            .into_owned()
            .collect();
    let query = directory_query(
        pairs
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str())),
    )?;
    Ok(Json(directory_choose(&ctx, &query).await?))
}

/// Which employers of the directory to add.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct WantedEmployers {
    /// Their keys, as the list gives them.
    #[schema(example = json!(["greenhouse:northlight"]), min_items = 1)]
    employers: Vec<String>,
}

/// Add employers of the directory as sources. They are read in the background; the answer says how to follow it. For
/// administrators.
#[utoipa::path(post, path = "/api/v1/sources/directory", tag = "sources", operation_id = "directoryAdd", request_body = WantedEmployers,
    responses((status = 202, description = "They are being added.", body = Intake)))]
async fn add(ctx: Ctx, Json(wanted): Json<WantedEmployers>) -> Result<Response> {
    let intake = directory_add(&ctx, &wanted.employers).await?;
    Ok((StatusCode::ACCEPTED, Json(intake)).into_response())
}

/// The operations on the directory.
pub(super) fn routes() -> Routes {
    Routes::new().api(routes!(list, add))
}
