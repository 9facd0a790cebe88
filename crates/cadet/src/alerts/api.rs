//! Alerts in the REST interface.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::routes;

use super::actions::{self, AlertCounts, AlertRun};
use super::digest::MatchRecord;
use super::model::{AlertId, AlertInput};
use super::schedule::Schedule;
use super::words::describe;
use crate::clock::Timestamp;
use crate::error::Result;
use crate::postings::query::PostingQuery;
use crate::state::Ctx;
use crate::web::paging::ListParams;
use crate::web::{Json, Page, Path, Query, Routes, ShownOnce};

/// A saved search that tells what is new.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AlertRecord {
    /// Its number.
    pub id: AlertId,
    /// What its owner calls it.
    pub name: String,
    /// What is searched for, as the query part of the address of a search.
    #[schema(example = "q=java&internship=yes&country=DE")]
    pub query: String,
    /// The same in words.
    pub words: String,
    /// When it is delivered.
    pub schedule: Schedule,
    /// By which IANA time zone.
    pub time_zone: String,
    /// The address that mail goes to, if any.
    pub mail: Option<String>,
    /// The address that is posted to, if any.
    pub webhook: Option<String>,
    /// Channels that were turned off, each with why.
    pub turned_off: Vec<String>,
    /// How many postings it has found.
    pub found: u64,
    /// How many of these wait for their delivery.
    pub waiting: u64,
    /// Made.
    pub created_at: Timestamp,
    /// When something was last found.
    pub last_found_at: Option<Timestamp>,
    /// When what has gathered is delivered next.
    pub next_due_at: Option<Timestamp>,
    /// Paused since.
    pub paused_at: Option<Timestamp>,
    /// Its page.
    pub url: String,
    /// Its Atom feed; whoever knows the address can read it.
    pub atom_url: String,
    /// Its JSON Feed; whoever knows the address can read it.
    pub json_feed_url: String,
}

impl AlertRecord {
    /// An alert as others read it.
    #[must_use]
    pub fn new(ctx: &Ctx, alert: &AlertCounts) -> Self {
        let (search, server) = (&alert.search, &ctx.config.server);
        let off = search.channels.iter().filter_map(|channel| {
            let why = channel.off()?;
            Some(format!("{} to {}: {why}", channel.name(), channel.target()))
        });
        Self {
            id: search.id,
            name: search.name.clone(),
            query: search.query.to_query_string(),
            words: describe(&search.query),
            schedule: search.schedule,
            time_zone: search.time_zone.clone(),
            mail: search.mail().map(str::to_owned),
            webhook: search.webhook().map(str::to_owned),
            turned_off: off.collect(),
            found: alert.found,
            waiting: alert.waiting,
            created_at: search.created_at,
            last_found_at: search.last_run_at,
            next_due_at: search.next_due_at,
            paused_at: search.paused_at,
            url: server.url(&search.path()),
            atom_url: server.url(&search.atom_path()),
            json_feed_url: server.url(&search.json_feed_path()),
        }
    }
}

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
    #[schema(example = "https://example.org/hook")]
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
    fn is_about_more_than_pausing(&self) -> bool {
        let texts = [
            &self.name,
            &self.query,
            &self.time_zone,
            &self.mail,
            &self.webhook,
        ];
        self.schedule.is_some() || texts.into_iter().any(Option::is_some)
    }

    fn apply(self, input: &mut AlertInput) -> Result<()> {
        let AlertPatch {
            name,
            query,
            schedule,
            time_zone,
            mail,
            webhook,
            paused: _,
        } = self;
        if let Some(query) = query {
            input.query = PostingQuery::parse_str(&query)?;
        }
        input.schedule = schedule.unwrap_or(input.schedule);
        let texts = [
            (name, &mut input.name),
            (time_zone, &mut input.time_zone),
            (mail, &mut input.mail),
            (webhook, &mut input.webhook),
        ];
        for (new, text) in texts {
            *text = new.unwrap_or_else(|| text.clone());
        }
        Ok(())
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

async fn answer(ctx: &Ctx, status: StatusCode, added: actions::AlertAdded) -> Result<Response> {
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
    let mut changed = actions::AlertAdded {
        search: search.clone(),
        secret: None,
    };
    let paused = patch.paused;
    if patch.is_about_more_than_pausing() {
        let mut input = search.to_input();
        patch.apply(&mut input)?;
        changed = actions::alert_update(&ctx, id, input).await?;
    }
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
