//! Operations that change one application: each adds to its log.

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::routes;

use super::super::actions::{
    BulkChange, BulkDone, MovedTo, action_done, application_add, application_archive,
    application_begin, application_bulk, application_correct, application_details_set,
    application_move, application_note_set, application_offer_set, application_owned,
    application_person_set, application_review, application_round_set, application_show,
    application_snooze, application_task_set, application_undo,
};
use super::super::model::{ApplicationId, Details, EventId, Person, Review, Stage, Task};
use super::super::offers::model::Offer;
use super::super::record::ApplicationSummary;
use super::super::round::Round;
use crate::clock::Timestamp;
use crate::error::{Error, Result};
use crate::postings::model::PostingId;
use crate::state::Ctx;
use crate::web::{Json, Path, Routes};

/// What to apply for: a posting of Cadet, or something else by its details.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewApplication {
    /// The posting.
    posting: Option<PostingId>,
    /// What it is for, if there is no posting.
    details: Option<Details>,
    /// Where it stands already; only with details.
    stage: Option<Stage>,
    /// Since when it stands there; only with details.
    at: Option<Timestamp>,
}

async fn added(ctx: &Ctx, new: NewApplication) -> Result<ApplicationId> {
    match (new.posting, new.details) {
        (Some(posting), None) => application_begin(ctx, posting).await,
        (None, Some(details)) => {
            let stage = new.stage.unwrap_or(Stage::Interested);
            application_add(ctx, details, stage, new.at).await
        }
        _ => Err(Error::invalid_field(
            "posting",
            "Give either a posting or details.",
        )),
    }
}

/// Begins an application. For a posting that has one that is not over, that one is given.
#[utoipa::path(post, path = "/api/v1/applications", tag = "applications", operation_id = "applicationAdd", request_body = NewApplication,
    responses((status = 201, description = "The application.", body = ApplicationSummary)))]
pub(super) async fn add(ctx: Ctx, Json(new): Json<NewApplication>) -> Result<Response> {
    let id = added(&ctx, new).await?;
    let shown = application_show(&ctx, id).await?;
    Ok((StatusCode::CREATED, Json(shown.application)).into_response())
}

/// What to change of an application; what is absent stays.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct ApplicationPatch {
    /// What it is for.
    details: Option<Details>,
    /// Whether it is put away.
    archived: Option<bool>,
    /// Let it sleep until then.
    snooze_until: Option<Timestamp>,
    /// Wake it.
    wake: bool,
}

async fn patched(ctx: &Ctx, id: ApplicationId, patch: ApplicationPatch) -> Result<()> {
    if let Some(details) = patch.details {
        application_details_set(ctx, id, details).await?;
    }
    if patch.snooze_until.is_some() || patch.wake {
        application_snooze(ctx, id, patch.snooze_until).await?;
    }
    if let Some(archived) = patch.archived {
        application_archive(ctx, id, archived).await?;
    }
    Ok(())
}

/// Changes an application: its details, whether it sleeps, whether it is put away.
#[utoipa::path(patch, path = "/api/v1/applications/{id}", tag = "applications", operation_id = "applicationChange", request_body = ApplicationPatch,
    params(("id" = i64, Path, description = "The application's number.")),
    responses((status = 200, description = "The application.", body = ApplicationSummary)))]
pub(super) async fn change(
    ctx: Ctx,
    Path(id): Path<ApplicationId>,
    Json(patch): Json<ApplicationPatch>,
) -> Result<Json<ApplicationSummary>> {
    patched(&ctx, id, patch).await?;
    Ok(Json(application_show(&ctx, id).await?.application))
}

/// Where to move an application.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewApplicationMove)]
struct NewMove {
    /// Where.
    to: Option<Stage>,
    /// When it happened; now if absent.
    at: Option<Timestamp>,
    /// Why.
    #[serde(default)]
    why: String,
}

async fn moved(ctx: &Ctx, id: ApplicationId, new: NewMove) -> Result<MovedTo> {
    application_owned(ctx, id).await?;
    let to = new
        .to
        .ok_or_else(|| Error::invalid_field("to", "Say to which stage."))?;
    application_move(ctx, id, to, new.at, &new.why).await
}

/// Moves an application to a stage. When it is thereby sent, what it is sent with is frozen.
#[utoipa::path(post, path = "/api/v1/applications/{id}/moves", tag = "applications", operation_id = "applicationMove", request_body = NewMove,
    params(("id" = i64, Path, description = "The application's number.")),
    responses((status = 200, description = "Where it stands.", body = MovedTo)))]
async fn go(
    ctx: Ctx,
    Path(id): Path<ApplicationId>,
    Json(new): Json<NewMove>,
) -> Result<Json<MovedTo>> {
    moved(&ctx, id, new).await.map(Json)
}

/// What to undo.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
#[schema(as = NewApplicationUndo)]
struct NewUndo {
    /// The entry of the log; the last that can be undone if absent.
    event: Option<EventId>,
}

/// What was undone.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ApplicationUndone)]
struct Undone {
    /// The entry of the log.
    event: EventId,
}

/// Undoes an entry of the log; undoing an undoing makes it count again.
#[utoipa::path(post, path = "/api/v1/applications/{id}/undo", tag = "applications", operation_id = "applicationUndo", request_body = NewUndo,
    params(("id" = i64, Path, description = "The application's number.")),
    responses((status = 200, description = "What was undone.", body = Undone)))]
async fn undo(
    ctx: Ctx,
    Path(id): Path<ApplicationId>,
    Json(new): Json<NewUndo>,
) -> Result<Json<Undone>> {
    let event = application_undo(&ctx, id, new.event).await?;
    Ok(Json(Undone { event }))
}

/// When an entry happened.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewApplicationCorrection)]
struct NewCorrection {
    /// The entry of the log.
    event: Option<EventId>,
    /// When it happened.
    at: Option<Timestamp>,
}

async fn corrected(ctx: &Ctx, id: ApplicationId, new: NewCorrection) -> Result<()> {
    application_owned(ctx, id).await?;
    match (new.event, new.at) {
        (Some(event), Some(at)) => application_correct(ctx, id, event, at).await,
        _ => Err(Error::invalid_field(
            "event",
            "Say which entry of the log, and when it happened.",
        )),
    }
}

/// Says that an entry of the log happened at another time.
#[utoipa::path(post, path = "/api/v1/applications/{id}/corrections", tag = "applications", operation_id = "applicationCorrect", request_body = NewCorrection,
    params(("id" = i64, Path, description = "The application's number.")),
    responses((status = 204, description = "It is corrected.")))]
async fn correct(
    ctx: Ctx,
    Path(id): Path<ApplicationId>,
    Json(new): Json<NewCorrection>,
) -> Result<StatusCode> {
    corrected(&ctx, id, new).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The number of something within an application.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ApplicationPart)]
struct Numbered {
    /// Its number.
    number: u32,
}

/// A note.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewApplicationNote)]
struct NewNote {
    /// The number of a note to write anew; a new one if absent.
    note: Option<u32>,
    /// Its text; an empty one removes it.
    #[serde(default)]
    text: String,
}

/// Writes a note, or one that is there anew; what it said before stays in the log.
#[utoipa::path(post, path = "/api/v1/applications/{id}/notes", tag = "applications", operation_id = "applicationNote", request_body = NewNote,
    params(("id" = i64, Path, description = "The application's number.")),
    responses((status = 200, description = "The note's number.", body = Numbered)))]
async fn note(
    ctx: Ctx,
    Path(id): Path<ApplicationId>,
    Json(new): Json<NewNote>,
) -> Result<Json<Numbered>> {
    let number = application_note_set(&ctx, id, new.note, &new.text).await?;
    Ok(Json(Numbered { number }))
}

/// Adds a round (number 0), or changes one.
#[utoipa::path(post, path = "/api/v1/applications/{id}/rounds", tag = "applications", operation_id = "applicationRound", request_body = Round,
    params(("id" = i64, Path, description = "The application's number.")),
    responses((status = 200, description = "The round's number.", body = Numbered)))]
async fn round(
    ctx: Ctx,
    Path(id): Path<ApplicationId>,
    Json(round): Json<Round>,
) -> Result<Json<Numbered>> {
    let number = application_round_set(&ctx, id, round).await?;
    Ok(Json(Numbered { number }))
}

/// Adds a task (number 0), or changes one.
#[utoipa::path(post, path = "/api/v1/applications/{id}/tasks", tag = "applications", operation_id = "applicationTask", request_body = Task,
    params(("id" = i64, Path, description = "The application's number.")),
    responses((status = 200, description = "The task's number.", body = Numbered)))]
async fn task(
    ctx: Ctx,
    Path(id): Path<ApplicationId>,
    Json(task): Json<Task>,
) -> Result<Json<Numbered>> {
    let number = application_task_set(&ctx, id, task).await?;
    Ok(Json(Numbered { number }))
}

/// Adds a person (number 0), or changes one.
#[utoipa::path(post, path = "/api/v1/applications/{id}/people", tag = "applications", operation_id = "applicationPerson", request_body = Person,
    params(("id" = i64, Path, description = "The application's number.")),
    responses((status = 200, description = "The person's number.", body = Numbered)))]
async fn person(
    ctx: Ctx,
    Path(id): Path<ApplicationId>,
    Json(person): Json<Person>,
) -> Result<Json<Numbered>> {
    let number = application_person_set(&ctx, id, person).await?;
    Ok(Json(Numbered { number }))
}

/// Keeps the offer, in the place of what was told of it before.
#[utoipa::path(put, path = "/api/v1/applications/{id}/offer", tag = "applications", operation_id = "applicationOffer", request_body = Offer,
    params(("id" = i64, Path, description = "The application's number.")),
    responses((status = 200, description = "The application.", body = ApplicationSummary)))]
async fn offer(
    ctx: Ctx,
    Path(id): Path<ApplicationId>,
    Json(offer): Json<Offer>,
) -> Result<Json<ApplicationSummary>> {
    Ok(Json(application_offer_set(&ctx, id, offer).await?))
}

/// Keeps what you think of an application that has ended.
#[utoipa::path(put, path = "/api/v1/applications/{id}/review", tag = "applications", operation_id = "applicationReview", request_body = Review,
    params(("id" = i64, Path, description = "The application's number.")),
    responses((status = 200, description = "The application.", body = ApplicationSummary)))]
async fn review(
    ctx: Ctx,
    Path(id): Path<ApplicationId>,
    Json(review): Json<Review>,
) -> Result<Json<ApplicationSummary>> {
    Ok(Json(application_review(&ctx, id, review).await?))
}

/// An action that was done.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewApplicationDone)]
struct NewDone {
    /// Its key.
    #[serde(default)]
    action: String,
}

/// Notes that a next action was done, or is let go.
#[utoipa::path(post, path = "/api/v1/applications/{id}/done", tag = "applications", operation_id = "applicationDone", request_body = NewDone,
    params(("id" = i64, Path, description = "The application's number.")),
    responses((status = 204, description = "It is told no more.")))]
async fn done(
    ctx: Ctx,
    Path(id): Path<ApplicationId>,
    Json(new): Json<NewDone>,
) -> Result<StatusCode> {
    action_done(&ctx, id, &new.action).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What to do with many applications.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewApplicationBulk)]
struct NewBulk {
    /// Which; at most 1,000.
    ids: Vec<ApplicationId>,
    /// What.
    change: BulkChange,
}

/// Changes many applications at once; either all of them or none.
#[utoipa::path(post, path = "/api/v1/applications/bulk", tag = "applications", operation_id = "applicationBulk", request_body = NewBulk,
    responses((status = 200, description = "What was done.", body = BulkDone)))]
async fn bulk(ctx: Ctx, Json(new): Json<NewBulk>) -> Result<Json<BulkDone>> {
    Ok(Json(application_bulk(&ctx, &new.ids, new.change).await?))
}

pub(super) fn routes() -> Routes {
    Routes::new()
        .api(routes!(go))
        .api(routes!(undo))
        .api(routes!(correct))
        .api(routes!(note))
        .api(routes!(round))
        .api(routes!(task))
        .api(routes!(person))
        .api(routes!(offer))
        .api(routes!(review))
        .api(routes!(done))
        .api(routes!(bulk))
}
