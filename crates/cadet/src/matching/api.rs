//! Matches in the REST interface.

use axum::extract::RawQuery;
use serde::Deserialize;
use utoipa_axum::routes;

use super::actions::{GapRecord, gap_show, match_best, match_of};
use super::model::Match;
use crate::error::Result;
use crate::postings::model::PostingId;
use crate::postings::params::SearchParams;
use crate::postings::query::PostingQuery;
use crate::postings::search::PostingPage;
use crate::state::Ctx;
use crate::web::{Json, Path, Query, Routes};

/// How a posting fits you: each requirement with the posting's sentence, your evidence, and what to do about a gap.
#[utoipa::path(get, path = "/api/v1/postings/{id}/match", tag = "matching", operation_id = "postingMatch",
    params(("id" = i64, Path, description = "The posting's number.")),
    responses((status = 200, description = "The match.", body = Match)))]
async fn show(ctx: Ctx, Path(id): Path<PostingId>) -> Result<Json<Match>> {
    Ok(Json(match_of(&ctx, id).await?))
}

/// The open postings that fit you best first, by the filters of a search.
#[utoipa::path(get, path = "/api/v1/matches", tag = "matching", operation_id = "matchList", params(SearchParams),
    responses((status = 200, description = "A page of postings, each with its fit.", body = PostingPage)))]
async fn list(ctx: Ctx, RawQuery(query): RawQuery) -> Result<Json<PostingPage>> {
    let query = PostingQuery::parse_str(query.as_deref().unwrap_or_default())?;
    Ok(Json(match_best(&ctx, query).await?))
}

/// Which postings the gap is told of.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default, deny_unknown_fields)]
pub(super) struct GapParams {
    /// A country, ISO 3166-1 alpha-2; all unless given.
    #[param(example = "DE")]
    pub(super) country: String,
    /// Whether postings that are no backend internships count too.
    pub(super) everything: bool,
}

/// The fewest skills that would open the most postings to you.
#[utoipa::path(get, path = "/api/v1/gap", tag = "matching", operation_id = "gapShow", params(GapParams),
    responses((status = 200, description = "The skills in the order to learn them.", body = GapRecord)))]
async fn gap(ctx: Ctx, Query(params): Query<GapParams>) -> Result<Json<GapRecord>> {
    let found = gap_show(&ctx, &params.country, params.everything).await?;
    Ok(Json(found))
}

/// The operations.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .api(routes!(show))
        .api(routes!(list))
        .api(routes!(gap))
}
