//! Events and companies for programs.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::routes;

use super::super::actions::{self, CompanyDetail, EventLists};
use super::super::input::EventInput;
use super::super::model::{CareerEvent, Company, EventId};
use crate::error::Result;
use crate::state::Ctx;
use crate::web::{Json, Path, Routes};

/// An event as a program gives it.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
struct EventBody {
    /// What it is called.
    #[schema(example = "Backend evening")]
    name: String,
    /// Where.
    place: String,
    /// Its page on the web.
    url: String,
    /// When it begins, by the clocks of the place, or with an offset.
    #[schema(example = "2026-12-03T18:30")]
    starts: String,
    /// When it ends.
    ends: String,
    /// IANA time zone of the place; that of your settings if absent.
    #[schema(example = "Europe/Zurich")]
    time_zone: String,
    /// What to remember.
    notes: String,
}

impl EventBody {
    fn input(self) -> EventInput {
        EventInput {
            name: self.name,
            place: self.place,
            url: self.url,
            starts: self.starts,
            ends: self.ends,
            time_zone: self.time_zone,
            notes: self.notes,
        }
    }
}

/// Your events: those to come, and those that were.
#[utoipa::path(get, path = "/api/v1/contacts/events", tag = "contacts", operation_id = "eventList",
    responses((status = 200, description = "The events.", body = EventLists)))]
async fn event_list(ctx: Ctx) -> Result<Json<EventLists>> {
    Ok(Json(actions::event_list(&ctx).await?))
}

/// Write an event down.
#[utoipa::path(post, path = "/api/v1/contacts/events", tag = "contacts", operation_id = "eventAdd", request_body = EventBody,
    responses((status = 201, description = "The event.", body = CareerEvent)))]
async fn event_add(ctx: Ctx, Json(body): Json<EventBody>) -> Result<Response> {
    let event = actions::event_save(&ctx, None, &body.input()).await?;
    Ok((StatusCode::CREATED, Json(event)).into_response())
}

/// One of your events.
#[utoipa::path(get, path = "/api/v1/contacts/events/{id}", tag = "contacts", operation_id = "eventGet",
    params(("id" = EventId, Path, description = "The event's number.")),
    responses((status = 200, description = "The event.", body = CareerEvent)))]
async fn event_get(ctx: Ctx, Path(id): Path<EventId>) -> Result<Json<CareerEvent>> {
    Ok(Json(actions::event_get(&ctx, id).await?))
}

/// Write one of your events anew.
#[utoipa::path(put, path = "/api/v1/contacts/events/{id}", tag = "contacts", operation_id = "eventUpdate", request_body = EventBody,
    params(("id" = EventId, Path, description = "The event's number.")),
    responses((status = 200, description = "The event.", body = CareerEvent)))]
async fn event_update(
    ctx: Ctx,
    Path(id): Path<EventId>,
    Json(body): Json<EventBody>,
) -> Result<Json<CareerEvent>> {
    let event = actions::event_save(&ctx, Some(id), &body.input()).await?;
    Ok(Json(event))
}

/// Remove one of your events.
#[utoipa::path(delete, path = "/api/v1/contacts/events/{id}", tag = "contacts", operation_id = "eventRemove",
    params(("id" = EventId, Path, description = "The event's number.")),
    responses((status = 204, description = "It is removed.")))]
async fn event_remove(ctx: Ctx, Path(id): Path<EventId>) -> Result<StatusCode> {
    actions::event_remove(&ctx, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Companies at which you know somebody or of which you wrote something.
#[utoipa::path(get, path = "/api/v1/contacts/companies", tag = "contacts", operation_id = "companyList",
    responses((status = 200, description = "The companies.", body = Vec<Company>)))]
async fn company_list(ctx: Ctx) -> Result<Json<Vec<Company>>> {
    Ok(Json(actions::company_list(&ctx).await?))
}

/// Whom you know at a company, and what is open there.
#[utoipa::path(get, path = "/api/v1/contacts/companies/{name}", tag = "contacts", operation_id = "companyGet",
    params(("name" = String, Path, description = "The company's name, as it is written anywhere.")),
    responses((status = 200, description = "The company.", body = CompanyDetail)))]
async fn company_get(ctx: Ctx, Path(name): Path<String>) -> Result<Json<CompanyDetail>> {
    Ok(Json(actions::company_show(&ctx, &name).await?))
}

pub(super) fn routes() -> Routes {
    Routes::new()
        .api(routes!(event_list, event_add))
        .api(routes!(event_get, event_update, event_remove))
        .api(routes!(company_list))
        .api(routes!(company_get))
}
