//! Alerts in the REST interface.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::routes;

use super::actions::{self, AlertAdded, AlertRun};
use super::digest::MatchRecord;
use super::model::{AlertId, AlertInput};
use super::record::AlertRecord;
use super::schedule::Schedule;
use crate::error::Result;
use crate::postings::query::PostingQuery;
use crate::state::Ctx;
use crate::web::paging::ListParams;
use crate::web::{Json, Page, Path, Query, Routes, ShownOnce};

/// What a new alert shall be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewAlert {
    /// What to call it.
    #[schema(example = "Java in Germany", min_length = 1, max_length = 100)]
    name: String,
    /// What to search for, as the query part of the address of a search.
    #[serde(default)]
    #[schema(example = "q=java&internship=yes&country=DE")]
    query: String,
    /// When to deliver; at once if absent.
    #[serde(default)]
    schedule: Schedule,
    /// By which IANA time zone; that of your settings if absent.
    #[serde(default)]
    #[schema(example = "Europe/Zurich")]
    time_zone: String,
    /// Send mail to this address.
    #[serde(default)]
    #[schema(example = "ada@example.org")]
    mail: String,
    /// Post to this address, signed as Standard Webhooks says.
    #[serde(default)]
    webhook: String,
    /// Whether to tell of what is there already.
    #[serde(default)]
    include_existing: bool,
}

/// What to change of an alert; what is absent stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AlertPatch {
    /// What to call it.
    name: Option<String>,
    /// What to search for, as the query part of the address of a search.
    query: Option<String>,
    /// When to deliver.
    schedule: Option<Schedule>,
    /// By which IANA time zone.
    time_zone: Option<String>,
    /// Send mail to this address; to none if empty.
    mail: Option<String>,
    /// Post to this address; to none if empty.
    webhook: Option<String>,
    /// Whether it rests.
    paused: Option<bool>,
}

impl AlertPatch {
    /// The alert as it shall be; none if nothing but pausing was asked for.
    fn applied_to(self, mut input: AlertInput) -> Result<Option<AlertInput>> {
        let texts = [
            (self.name, &mut input.name),
            (self.time_zone, &mut input.time_zone),
            (self.mail, &mut input.mail),
            (self.webhook, &mut input.webhook),
        ];
        let mut changed = self.schedule.is_some() || self.query.is_some();
        for (new, text) in texts {
            if let Some(new) = new {
                (*text, changed) = (new, true);
            }
        }
        if let Some(query) = self.query {
            input.query = PostingQuery::parse_str(&query)?;
        }
        input.schedule = self.schedule.unwrap_or(input.schedule);
        Ok(changed.then_some(input))
    }
}

/// An alert with the secret of its webhook, if that is new.
#[derive(Debug, Serialize, ToSchema)]
struct AlertAnswer {
    /// The alert.
    alert: AlertRecord,
    /// The key with which the webhook's receiver checks the signature. It is shown this once.
    webhook_secret: Option<String>,
}

async fn answer(ctx: &Ctx, status: StatusCode, added: AlertAdded) -> Result<Response> {
    let alert = actions::alert_get(ctx, added.search.id).await?;
    let body = Json(AlertAnswer {
        alert: AlertRecord::new(ctx, &alert),
        webhook_secret: added.secret.map(|secret| secret.0),
    });
    Ok((status, ShownOnce, body).into_response())
}

/// Your alerts.
#[utoipa::path(get, path = "/api/v1/alerts", tag = "alerts", operation_id = "alertList", params(ListParams),
    responses((status = 200, description = "A page of alerts.", body = Page<AlertRecord>)))]
async fn alert_list(ctx: Ctx, Query(params): Query<ListParams>) -> Result<Page<AlertRecord>> {
    let limit = params.limit()?;
    let found = actions::alert_list(&ctx, params.after_id()?, u64::from(limit) + 1).await?;
    let records = found
        .iter()
        .map(|alert| AlertRecord::new(&ctx, alert))
        .collect();
    Ok(Page::cut(records, limit, |record: &AlertRecord| record.id))
}

/// Save a search. The secret of its webhook is shown this once.
#[utoipa::path(post, path = "/api/v1/alerts", tag = "alerts", operation_id = "alertAdd", request_body = NewAlert,
    responses((status = 201, description = "The alert.", body = AlertAnswer)))]
async fn alert_add(ctx: Ctx, Json(new): Json<NewAlert>) -> Result<Response> {
    let input = AlertInput {
        query: PostingQuery::parse_str(&new.query)?,
        name: new.name,
        schedule: new.schedule,
        time_zone: new.time_zone,
        mail: new.mail,
        webhook: new.webhook,
    };
    let added = actions::alert_add(&ctx, input, new.include_existing).await?;
    answer(&ctx, StatusCode::CREATED, added).await
}

/// One of your alerts.
#[utoipa::path(get, path = "/api/v1/alerts/{id}", tag = "alerts", operation_id = "alertGet",
    params(("id" = AlertId, Path, description = "The alert's number.")),
    responses((status = 200, description = "The alert.", body = AlertRecord)))]
async fn alert_get(ctx: Ctx, Path(id): Path<AlertId>) -> Result<Json<AlertRecord>> {
    let alert = actions::alert_get(&ctx, id).await?;
    Ok(Json(AlertRecord::new(&ctx, &alert)))
}

/// Change one of your alerts, or pause or resume it.
#[utoipa::path(patch, path = "/api/v1/alerts/{id}", tag = "alerts", operation_id = "alertUpdate", request_body = AlertPatch,
    params(("id" = AlertId, Path, description = "The alert's number.")),
    responses((status = 200, description = "The changed alert.", body = AlertAnswer)))]
async fn alert_update(
    ctx: Ctx,
    Path(id): Path<AlertId>,
    Json(patch): Json<AlertPatch>,
) -> Result<Response> {
    let search = actions::alert_get(&ctx, id).await?.search;
    let paused = patch.paused;
    let changed = match patch.applied_to(search.to_input())? {
        Some(input) => actions::alert_update(&ctx, id, input).await?,
        None => AlertAdded {
            search,
            secret: None,
        },
    };
    if let Some(paused) = paused {
        actions::alert_pause(&ctx, id, paused).await?;
    }
    answer(&ctx, StatusCode::OK, changed).await
}

/// Remove one of your alerts.
#[utoipa::path(delete, path = "/api/v1/alerts/{id}", tag = "alerts", operation_id = "alertRemove",
    params(("id" = AlertId, Path, description = "The alert's number.")),
    responses((status = 204, description = "It is removed.")))]
async fn alert_remove(ctx: Ctx, Path(id): Path<AlertId>) -> Result<StatusCode> {
    actions::alert_remove(&ctx, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What one of your alerts found, the newest first.
#[utoipa::path(get, path = "/api/v1/alerts/{id}/matches", tag = "alerts", operation_id = "alertMatches",
    params(("id" = AlertId, Path, description = "The alert's number."), ListParams),
    responses((status = 200, description = "A page of matches.", body = Page<MatchRecord>)))]
async fn alert_matches(
    ctx: Ctx,
    Path(id): Path<AlertId>,
    Query(params): Query<ListParams>,
) -> Result<Page<MatchRecord>> {
    let limit = params.limit()?;
    let before = match params.after_id()? {
        0 => i64::MAX,
        id => id,
    };
    let found = actions::alert_matches(&ctx, id, before, u64::from(limit) + 1).await?;
    Ok(Page::cut(found, limit, |one| one.id))
}

/// Look now, and deliver everything that waits.
#[utoipa::path(post, path = "/api/v1/alerts/{id}/run", tag = "alerts", operation_id = "alertRun",
    params(("id" = AlertId, Path, description = "The alert's number.")),
    responses((status = 200, description = "What was found and handed over.", body = AlertRun)))]
async fn alert_run(ctx: Ctx, Path(id): Path<AlertId>) -> Result<Json<AlertRun>> {
    Ok(Json(actions::alert_run(&ctx, id).await?))
}

/// The operations.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .api(routes!(alert_list, alert_add))
        .api(routes!(alert_get, alert_update, alert_remove))
        .api(routes!(alert_matches))
        .api(routes!(alert_run))
}
