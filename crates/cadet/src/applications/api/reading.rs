//! Operations that read applications, and those that concern all of them: choices, calendar, tables.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::routes;

use super::super::actions::{
    actions_due, actions_due_count, application_choices, application_choices_set,
    application_offers, application_show, application_summaries,
};
use super::super::calendar::actions::{
    CalendarStatus, calendar_renew, calendar_revoke, calendar_status,
};
use super::super::choices::Choices;
use super::super::imports::actions::{
    ImportDone, ImportInput, ImportPreview, import_preview, import_run,
};
use super::super::model::ApplicationId;
use super::super::next::NextAction;
use super::super::offers::compare::ComparedOffer;
use super::super::record::{ApplicationRecord, ApplicationSummary};
use super::super::statistics::actions::application_statistics;
use super::super::statistics::model::Statistics;
use crate::error::Result;
use crate::state::Ctx;
use crate::web::paging::ListParams;
use crate::web::{Json, Page, Path, Query, Routes, ShownOnce};

/// Your applications, by number, those that are archived included.
#[utoipa::path(get, path = "/api/v1/applications", tag = "applications", operation_id = "applicationList", params(ListParams),
    responses((status = 200, description = "A page of applications.", body = Page<ApplicationSummary>)))]
async fn list(ctx: Ctx, Query(params): Query<ListParams>) -> Result<Page<ApplicationSummary>> {
    let limit = params.limit()?;
    let after = ApplicationId(params.after_id()?);
    let found = application_summaries(&ctx, after, u64::from(limit) + 1).await?;
    Ok(Page::cut(found, limit, |one| one.id))
}

/// One application with everything that belongs to it, and its log.
#[utoipa::path(get, path = "/api/v1/applications/{id}", tag = "applications", operation_id = "applicationShow",
    params(("id" = i64, Path, description = "The application's number.")),
    responses((status = 200, description = "The application.", body = ApplicationRecord)))]
async fn show(ctx: Ctx, Path(id): Path<ApplicationId>) -> Result<Json<ApplicationRecord>> {
    Ok(Json(application_show(&ctx, id).await?))
}

/// What is to be done next.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ApplicationsDue)]
struct Due {
    /// How many actions are due.
    total: u64,
    /// The most pressing, with reasons.
    actions: Vec<NextAction>,
}

/// What to do next, with reasons, the most pressing first.
#[utoipa::path(get, path = "/api/v1/applications/due", tag = "applications", operation_id = "applicationDue",
    responses((status = 200, description = "What to do next.", body = Due)))]
async fn due(ctx: Ctx) -> Result<Json<Due>> {
    Ok(Json(Due {
        total: actions_due_count(&ctx, ctx.now()).await?,
        actions: actions_due(&ctx, ctx.now()).await?,
    }))
}

/// Your offers side by side, the best first.
#[utoipa::path(get, path = "/api/v1/applications/offers", tag = "applications", operation_id = "applicationOffers",
    responses((status = 200, description = "The offers.", body = Vec<ComparedOffer>)))]
async fn offers(ctx: Ctx) -> Result<Json<Vec<ComparedOffer>>> {
    Ok(Json(application_offers(&ctx).await?))
}

/// Where your applications went, how long things take, who answers, how many a week.
#[utoipa::path(get, path = "/api/v1/applications/statistics", tag = "applications", operation_id = "applicationStatistics",
    responses((status = 200, description = "The statistics.", body = Statistics)))]
async fn statistics(ctx: Ctx) -> Result<Json<Statistics>> {
    Ok(Json(Statistics::clone(
        &*application_statistics(&ctx).await?,
    )))
}

/// What you chose for your applications.
#[utoipa::path(get, path = "/api/v1/applications/choices", tag = "applications", operation_id = "applicationChoices",
    responses((status = 200, description = "The choices.", body = Choices)))]
async fn choices(ctx: Ctx) -> Result<Json<Choices>> {
    Ok(Json(application_choices(&ctx).await?))
}

/// Keeps what you choose for your applications, in the place of what you chose before.
#[utoipa::path(put, path = "/api/v1/applications/choices", tag = "applications", operation_id = "applicationChoicesSet", request_body = Choices,
    responses((status = 200, description = "The choices.", body = Choices)))]
async fn choices_set(ctx: Ctx, Json(chosen): Json<Choices>) -> Result<Json<Choices>> {
    Ok(Json(application_choices_set(&ctx, chosen).await?))
}

/// A table to take over.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewApplicationImport)]
struct NewImport {
    /// The table as CSV, its first line with the names of the columns.
    #[schema(example = "Company,Title,Status\nNorthlight,Backend Intern,Applied")]
    text: String,
    /// What columns hold, where the guess is wrong: a column's name or number, and a field.
    #[serde(default)]
    map: BTreeMap<String, String>,
    /// Only say what would become of it.
    #[serde(default)]
    dry_run: bool,
    /// Add those that are there already once more.
    #[serde(default)]
    with_known: bool,
}

/// What became of a table, or would.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ApplicationImported)]
struct Imported {
    /// What it would become.
    #[serde(skip_serializing_if = "Option::is_none")]
    preview: Option<ImportPreview>,
    /// What it became.
    #[serde(skip_serializing_if = "Option::is_none")]
    done: Option<ImportDone>,
}

/// Takes a table of another tool over, or says what would become of it.
#[utoipa::path(post, path = "/api/v1/applications/import", tag = "applications", operation_id = "applicationImport", request_body = NewImport,
    responses((status = 200, description = "What became of it, or would.", body = Imported)))]
async fn import(ctx: Ctx, Json(new): Json<NewImport>) -> Result<Json<Imported>> {
    let input = ImportInput {
        bytes: new.text.into_bytes(),
        map: new.map,
        with_known: new.with_known,
    };
    let (preview, done) = match new.dry_run {
        true => (Some(import_preview(&ctx, &input).await?), None),
        false => (None, Some(import_run(&ctx, &input).await?)),
    };
    Ok(Json(Imported { preview, done }))
}

/// How your calendar is.
#[utoipa::path(get, path = "/api/v1/calendar", tag = "applications", operation_id = "calendarStatus",
    responses((status = 200, description = "The calendar.", body = CalendarStatus)))]
async fn calendar(ctx: Ctx) -> Result<Json<CalendarStatus>> {
    Ok(Json(calendar_status(&ctx).await?))
}

/// What the calendar's address shall give.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
struct NewCalendar {
    /// Whether tasks are in it.
    tasks: bool,
}

/// The calendar's new address.
#[derive(Debug, Serialize, ToSchema)]
struct CalendarAddress {
    /// Shown this once.
    url: String,
}

/// Gives your calendar a new address; the one before stops working.
#[utoipa::path(post, path = "/api/v1/calendar", tag = "applications", operation_id = "calendarRenew", request_body = NewCalendar,
    responses((status = 201, description = "The address.", body = CalendarAddress)))]
async fn renew(ctx: Ctx, Json(new): Json<NewCalendar>) -> Result<Response> {
    let url = calendar_renew(&ctx, new.tasks).await?.0;
    let body = Json(CalendarAddress { url });
    Ok((StatusCode::CREATED, ShownOnce, body).into_response())
}

/// Takes the address of your calendar away.
#[utoipa::path(delete, path = "/api/v1/calendar", tag = "applications", operation_id = "calendarRevoke",
    responses((status = 204, description = "It no longer works.")))]
async fn revoke(ctx: Ctx) -> Result<StatusCode> {
    calendar_revoke(&ctx).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(super) fn routes() -> Routes {
    Routes::new()
        .api(routes!(show, super::changes::change))
        .api(routes!(due))
        .api(routes!(offers))
        .api(routes!(statistics))
        .api(routes!(choices, choices_set))
        .api(routes!(import))
        .api(routes!(calendar, renew, revoke))
        .api(routes!(list, super::changes::add))
}
