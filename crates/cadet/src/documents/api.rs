//! Documents in the REST interface.

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use resume::EntryId;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::routes;

use super::actions::{
    Checked, document_check, document_decide, document_list, document_make, document_remove,
    document_show,
};
use super::files::document_file;
use super::letters::{Paragraph, ParagraphId};
use super::model::{Document, DocumentId, DocumentKind, DocumentOptions, DocumentSummary};
use super::pages::file_answer;
use super::paragraphs::{
    ParagraphInput, paragraph_add, paragraph_change, paragraph_remove, paragraphs_usable,
};
use super::params::{DocumentParams, ParagraphParams};
use super::store::documents::Listed;
use super::tailor::Decision;
use super::wording::{
    Proposal, ProposalId, proposal_approve, proposal_decline, proposals_waiting, wording_propose,
};
use crate::error::Result;
use crate::postings::model::PostingId;
use crate::state::Ctx;
use crate::web::paging::{Cursor, checked_limit};
use crate::web::{Json, Page, Path, Query, Routes};

/// A document to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewDocument {
    /// For this posting; without one, for none in particular.
    posting: Option<i64>,
    /// What kind.
    #[serde(default)]
    kind: DocumentKind,
    /// How.
    #[serde(default)]
    options: DocumentOptions,
}

/// Your documents, the newest first.
#[utoipa::path(get, path = "/api/v1/documents", tag = "documents", operation_id = "documentList", params(DocumentParams),
    responses((status = 200, description = "A page of documents.", body = Page<DocumentSummary>)))]
async fn list(ctx: Ctx, Query(params): Query<DocumentParams>) -> Result<Page<DocumentSummary>> {
    let limit = checked_limit(params.limit)?;
    let listed = Listed {
        before: params.cursor.as_deref().map_or(Ok(0), Cursor::decode)?,
        limit: u64::from(limit) + 1,
        words: &params.q,
        kind: params.kind,
        posting: params.posting.map(PostingId),
    };
    let found = document_list(&ctx, &listed).await?;
    Ok(Page::cut(found, limit, |document| document.id))
}

/// Make a document. What the gate refuses of it is in `content.refused`; it is given out as a file when there is nothing.
#[utoipa::path(post, path = "/api/v1/documents", tag = "documents", operation_id = "documentMake", request_body = NewDocument,
    responses((status = 201, description = "The document.", body = Document)))]
async fn make(ctx: Ctx, Json(new): Json<NewDocument>) -> Result<Response> {
    let posting = new.posting.map(PostingId);
    let document = document_make(&ctx, posting, new.kind, new.options).await?;
    Ok((StatusCode::CREATED, Json(document)).into_response())
}

/// One of your documents, with its sentences and their sources.
#[utoipa::path(get, path = "/api/v1/documents/{id}", tag = "documents", operation_id = "documentGet",
    params(("id" = DocumentId, Path, description = "The document's number.")),
    responses((status = 200, description = "The document.", body = Document)))]
async fn get(ctx: Ctx, Path(id): Path<DocumentId>) -> Result<Json<Document>> {
    Ok(Json(document_show(&ctx, id).await?))
}

/// Remove a version.
#[utoipa::path(delete, path = "/api/v1/documents/{id}", tag = "documents", operation_id = "documentRemove",
    params(("id" = DocumentId, Path, description = "The document's number.")),
    responses((status = 204, description = "It is removed.")))]
async fn remove(ctx: Ctx, Path(id): Path<DocumentId>) -> Result<StatusCode> {
    document_remove(&ctx, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Look a document over: what the gate refuses by your profile as it is now, spelling and dates, reading the PDF again.
#[utoipa::path(get, path = "/api/v1/documents/{id}/check", tag = "documents", operation_id = "documentCheck",
    params(("id" = DocumentId, Path, description = "The document's number.")),
    responses((status = 200, description = "What was found.", body = Checked)))]
async fn check(ctx: Ctx, Path(id): Path<DocumentId>) -> Result<Json<Checked>> {
    Ok(Json(document_check(&ctx, id).await?))
}

/// A document as a file: `pdf`, `docx`, `html`, `md`, `txt` or `json`.
#[utoipa::path(get, path = "/api/v1/documents/{id}/files/{format}", tag = "documents", operation_id = "documentFile",
    params(("id" = DocumentId, Path, description = "The document's number."),
        ("format" = String, Path, description = "The file's suffix.", example = "pdf")),
    responses((status = 200, description = "The file.", content_type = "application/octet-stream")))]
async fn file(ctx: Ctx, Path((id, format)): Path<(DocumentId, String)>) -> Result<Response> {
    Ok(file_answer(
        document_file(&ctx, id, format.parse()?).await?,
        false,
    ))
}

/// What to remember of an entry or a bullet.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewDecision {
    /// For this posting alone; without one, for all.
    posting: Option<i64>,
    /// What was decided; empty takes it back.
    #[serde(default)]
    decision: Decision,
}

/// Decide about an entry or a bullet: always or never, its place, its wording.
#[utoipa::path(put, path = "/api/v1/documents/decisions/{entry}", tag = "documents", operation_id = "documentDecide",
    request_body = NewDecision, params(("entry" = String, Path, description = "Its id.", example = "bullet-3")),
    responses((status = 204, description = "It is remembered.")))]
async fn decide(
    ctx: Ctx,
    Path(entry): Path<String>,
    Json(new): Json<NewDecision>,
) -> Result<StatusCode> {
    document_decide(
        &ctx,
        new.posting.map(PostingId),
        &EntryId(entry),
        &new.decision,
    )
    .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Your paragraphs of a kind; the starters where you have none.
#[utoipa::path(get, path = "/api/v1/documents/paragraphs", tag = "documents", operation_id = "paragraphList", params(ParagraphParams),
    responses((status = 200, description = "The paragraphs, in order.", body = Vec<Paragraph>)))]
async fn paragraph_list(
    ctx: Ctx,
    Query(params): Query<ParagraphParams>,
) -> Result<Json<Vec<Paragraph>>> {
    Ok(Json(
        paragraphs_usable(&ctx, params.kind, &params.language).await?,
    ))
}

/// Write a paragraph.
#[utoipa::path(post, path = "/api/v1/documents/paragraphs", tag = "documents", operation_id = "paragraphAdd",
    request_body = ParagraphInput, responses((status = 201, description = "The paragraph.", body = Paragraph)))]
async fn paragraph_new(ctx: Ctx, Json(input): Json<ParagraphInput>) -> Result<Response> {
    let paragraph = paragraph_add(&ctx, input).await?;
    Ok((StatusCode::CREATED, Json(paragraph)).into_response())
}

/// Change a paragraph.
#[utoipa::path(put, path = "/api/v1/documents/paragraphs/{id}", tag = "documents", operation_id = "paragraphChange",
    request_body = ParagraphInput, params(("id" = ParagraphId, Path, description = "The paragraph's number.")),
    responses((status = 200, description = "The paragraph.", body = Paragraph)))]
async fn paragraph_put(
    ctx: Ctx,
    Path(id): Path<ParagraphId>,
    Json(input): Json<ParagraphInput>,
) -> Result<Json<Paragraph>> {
    Ok(Json(paragraph_change(&ctx, id, input).await?))
}

/// Remove a paragraph.
#[utoipa::path(delete, path = "/api/v1/documents/paragraphs/{id}", tag = "documents", operation_id = "paragraphRemove",
    params(("id" = ParagraphId, Path, description = "The paragraph's number.")),
    responses((status = 204, description = "It is removed.")))]
async fn paragraph_delete(ctx: Ctx, Path(id): Path<ParagraphId>) -> Result<StatusCode> {
    paragraph_remove(&ctx, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A wish for another wording.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewProposal {
    /// The bullet's id.
    #[schema(example = "bullet-3")]
    entry: String,
    /// What to make better, in your words.
    #[serde(default)]
    wish: String,
}

/// Wordings that a language model proposed and that wait for you.
#[utoipa::path(get, path = "/api/v1/documents/proposals", tag = "documents", operation_id = "proposalList",
    responses((status = 200, description = "The proposals.", body = Vec<Proposal>)))]
async fn proposal_list(ctx: Ctx) -> Result<Json<Vec<Proposal>>> {
    Ok(Json(proposals_waiting(&ctx).await?))
}

/// Ask the configured language model for another wording of a bullet.
#[utoipa::path(post, path = "/api/v1/documents/proposals", tag = "documents", operation_id = "wordingPropose",
    request_body = NewProposal, responses((status = 201, description = "The proposal.", body = Proposal)))]
async fn propose(ctx: Ctx, Json(new): Json<NewProposal>) -> Result<Response> {
    let proposal = wording_propose(&ctx, &EntryId(new.entry), &new.wish).await?;
    Ok((StatusCode::CREATED, Json(proposal)).into_response())
}

/// Approve a proposal: it becomes a variant of its bullet.
#[utoipa::path(put, path = "/api/v1/documents/proposals/{id}/approved", tag = "documents", operation_id = "proposalApprove",
    params(("id" = ProposalId, Path, description = "The proposal's number.")),
    responses((status = 204, description = "It is a variant now.")))]
async fn approve(ctx: Ctx, Path(id): Path<ProposalId>) -> Result<StatusCode> {
    proposal_approve(&ctx, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Decline a proposal.
#[utoipa::path(delete, path = "/api/v1/documents/proposals/{id}", tag = "documents", operation_id = "proposalDecline",
    params(("id" = ProposalId, Path, description = "The proposal's number.")),
    responses((status = 204, description = "It is declined.")))]
async fn decline(ctx: Ctx, Path(id): Path<ProposalId>) -> Result<StatusCode> {
    proposal_decline(&ctx, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The operations.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .api(routes!(list, make))
        .api(routes!(decide))
        .api(routes!(paragraph_list, paragraph_new))
        .api(routes!(paragraph_put, paragraph_delete))
        .api(routes!(proposal_list, propose))
        .api(routes!(decline))
        .api(routes!(approve))
        .api(routes!(get, remove))
        .api(routes!(check))
        .api(routes!(file))
}
