//! Evidence in the REST interface.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::routes;

use super::super::SkillId;
use super::actions::{evidence_add, evidence_history, evidence_show, evidence_withdraw};
use super::check::{Checked, evidence_check};
use super::model::{Evidence, EvidenceId, NewEvidence, Recorded};
use super::scans::{Scan, ScanId, scan_begin, scan_show};
use crate::error::{Error, Result};
use crate::state::Ctx;
use crate::web::paging::checked_limit;
use crate::web::{Cursor, Json, Page, Path, Query, Routes};

/// Which rows of the ledger.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default, deny_unknown_fields)]
struct EvidenceParams {
    /// Where the page begins: `next` of the page before.
    cursor: Option<String>,
    /// Rows of the page, 50 unless given.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
}

/// What the person says that they can.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewStatement {
    /// The skill's id.
    #[schema(example = "postgresql", min_length = 1, max_length = 64)]
    skill: String,
    /// What was done with it, in one sentence.
    #[schema(
        example = "I tuned the queries of a shop.",
        min_length = 1,
        max_length = 600
    )]
    statement: String,
    /// Where it can be seen.
    #[serde(default)]
    link: Option<String>,
}

/// A repository to scan.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewScan {
    /// Its folder on the machine of this Cadet.
    #[schema(example = "/home/ada/shop", min_length = 1)]
    path: String,
    /// The mail addresses of your commits; that of your account if absent.
    #[serde(default)]
    emails: Vec<String>,
}

/// Your ledger, the newest row first: those that count, and those that newer ones replace.
#[utoipa::path(get, path = "/api/v1/evidence", tag = "evidence", operation_id = "evidenceList", params(EvidenceParams),
    responses((status = 200, description = "A page of rows.", body = Page<Recorded>)))]
async fn list(ctx: Ctx, Query(params): Query<EvidenceParams>) -> Result<Page<Recorded>> {
    let limit = checked_limit(params.limit)?;
    let before = params
        .cursor
        .as_deref()
        .map_or(Ok(i64::MAX), Cursor::decode)?;
    let rows = evidence_history(&ctx, before, u64::from(limit) + 1).await?;
    Ok(Page::cut(rows, limit, |row| row.evidence.id.0))
}

/// Writes a statement down.
#[utoipa::path(post, path = "/api/v1/evidence", tag = "evidence", operation_id = "evidenceAdd", request_body = NewStatement,
    responses((status = 201, description = "The new row.", body = Evidence)))]
async fn add(ctx: Ctx, Json(new): Json<NewStatement>) -> Result<Response> {
    let skill = SkillId::parse(&new.skill)
        .map_err(|error| Error::invalid_field("skill", error.to_string()))?;
    let piece = NewEvidence {
        link: new.link,
        ..NewEvidence::statement(skill, new.statement, ctx.now())
    };
    let added = evidence_add(&ctx, piece).await?;
    Ok((StatusCode::CREATED, Json(added)).into_response())
}

/// One row of your ledger.
#[utoipa::path(get, path = "/api/v1/evidence/{id}", tag = "evidence", operation_id = "evidenceGet",
    params(("id" = i64, Path, description = "The row's number.")),
    responses((status = 200, description = "The row.", body = Recorded)))]
async fn get(ctx: Ctx, Path(id): Path<EvidenceId>) -> Result<Json<Recorded>> {
    Ok(Json(evidence_show(&ctx, id).await?))
}

/// Withdraws a piece: the row stays, and a newer one takes it back. Gives that one.
#[utoipa::path(delete, path = "/api/v1/evidence/{id}", tag = "evidence", operation_id = "evidenceWithdraw",
    params(("id" = i64, Path, description = "The row's number.")),
    responses((status = 200, description = "The row that withdraws it.", body = Recorded)))]
async fn withdraw(ctx: Ctx, Path(id): Path<EvidenceId>) -> Result<Json<Recorded>> {
    Ok(Json(evidence_withdraw(&ctx, id, "").await?))
}

/// Checks a piece again, as far as a program can.
#[utoipa::path(post, path = "/api/v1/evidence/{id}/check", tag = "evidence", operation_id = "evidenceCheck",
    params(("id" = i64, Path, description = "The row's number.")),
    responses((status = 200, description = "How it ended.", body = Checked)))]
async fn check(ctx: Ctx, Path(id): Path<EvidenceId>) -> Result<Json<Checked>> {
    Ok(Json(evidence_check(&ctx, id).await?))
}

/// Begins a scan of a repository on the machine of this Cadet; not on one for several people.
#[utoipa::path(post, path = "/api/v1/evidence/scans", tag = "evidence", operation_id = "evidenceScan", request_body = NewScan,
    responses((status = 202, description = "The scan, which goes on.", body = Scan)))]
async fn scan(ctx: Ctx, Json(new): Json<NewScan>) -> Result<Response> {
    let scan = scan_begin(&ctx, &new.path, &new.emails).await?;
    Ok((StatusCode::ACCEPTED, Json(scan)).into_response())
}

/// How a scan stands.
#[utoipa::path(get, path = "/api/v1/evidence/scans/{id}", tag = "evidence", operation_id = "evidenceScanGet",
    params(("id" = i64, Path, description = "The scan's number.")),
    responses((status = 200, description = "The scan.", body = Scan)))]
async fn scan_get(ctx: Ctx, Path(id): Path<ScanId>) -> Result<Json<Scan>> {
    Ok(Json(scan_show(&ctx, id).await?))
}

/// The operations on evidence.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .api(routes!(list, add))
        .api(routes!(get, withdraw))
        .api(routes!(check))
        .api(routes!(scan))
        .api(routes!(scan_get))
}
