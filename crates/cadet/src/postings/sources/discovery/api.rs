//! Proposals in the REST interface.

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::routes;

use super::actions::{proposal_add, proposal_dismiss, proposal_list, proposal_restore};
use super::model::{Place, Proposal, ProposalId, Which};
use super::params::ProposalParams;
use crate::error::Result;
use crate::postings::sources::intake::model::Intake;
use crate::state::Ctx;
use crate::web::paging::checked_limit;
use crate::web::{Cursor, Json, Page, Path, Query, Routes};

/// Job boards that known postings lead to and that are no sources yet, the most open backend internships first.
#[utoipa::path(get, path = "/api/v1/sources/proposals", tag = "sources", operation_id = "proposalList", params(ProposalParams),
    responses((status = 200, description = "The proposals.", body = Page<Proposal>)))]
async fn list(ctx: Ctx, Query(params): Query<ProposalParams>) -> Result<Page<Proposal>> {
    let limit = checked_limit(params.limit)?;
    let after: Option<Place> = params.cursor.as_deref().map(Cursor::decode).transpose()?;
    let which = match params.dismissed {
        Some(true) => Which::Dismissed,
        _ => Which::Open,
    };
    let found = proposal_list(&ctx, which, after, limit as usize + 1).await?;
    Ok(Page::cut(found, limit, Place::of))
}

/// Which proposals to add.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct WantedProposals {
    /// Their numbers.
    #[schema(min_items = 1)]
    proposals: Vec<ProposalId>,
}

/// Add proposed boards as sources. They are read in the background; the answer says how to follow it. For administrators.
#[utoipa::path(post, path = "/api/v1/sources/proposals", tag = "sources", operation_id = "proposalAdd", request_body = WantedProposals,
    responses((status = 202, description = "They are being added.", body = Intake)))]
async fn add(ctx: Ctx, Json(wanted): Json<WantedProposals>) -> Result<Response> {
    let intake = proposal_add(&ctx, &wanted.proposals).await?;
    Ok((StatusCode::ACCEPTED, Json(intake)).into_response())
}

/// Do not propose a board any more. For administrators.
#[utoipa::path(put, path = "/api/v1/sources/proposals/{id}/dismissed", tag = "sources", operation_id = "proposalDismiss",
    params(("id" = ProposalId, Path, description = "The proposal's number.")),
    responses((status = 200, description = "The proposal.", body = Proposal)))]
async fn dismiss(ctx: Ctx, Path(id): Path<ProposalId>) -> Result<Json<Proposal>> {
    Ok(Json(proposal_dismiss(&ctx, id).await?))
}

/// Propose a board again that was dismissed. For administrators.
#[utoipa::path(delete, path = "/api/v1/sources/proposals/{id}/dismissed", tag = "sources", operation_id = "proposalRestore",
    params(("id" = ProposalId, Path, description = "The proposal's number.")),
    responses((status = 200, description = "The proposal.", body = Proposal)))]
async fn restore(ctx: Ctx, Path(id): Path<ProposalId>) -> Result<Json<Proposal>> {
    Ok(Json(proposal_restore(&ctx, id).await?))
}

/// The operations on proposals.
pub(super) fn routes() -> Routes {
    Routes::new()
        .api(routes!(list, add))
        .api(routes!(dismiss, restore))
}
