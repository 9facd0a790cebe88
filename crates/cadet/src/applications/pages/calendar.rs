//! The calendar: its settings, the feed behind its secret address, and single items as files.

use askama::Template;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;

use super::super::calendar::actions::{
    CalendarStatus, calendar_export, calendar_feed, calendar_item, calendar_renew, calendar_revoke,
    calendar_status,
};
use super::super::freeze::sha256;
use super::super::model::ApplicationId;
use super::show::download;
use crate::error::{Error, Result};
use crate::state::Ctx;
use crate::web::{Form, Layout, Path, Redirect, ShownOnce, View};

const MEDIA_TYPE: &str = "text/calendar; charset=utf-8";

#[derive(Template)]
#[template(path = "applications/pages/calendar.html")]
pub(super) struct CalendarPage {
    layout: Layout,
    status: CalendarStatus,
    /// The address, if it was just made; shown this once.
    address: Option<String>,
}

impl CalendarPage {
    /// The address for programs that open calendars by their own scheme.
    fn webcal(&self) -> String {
        let address = self.address.as_deref().unwrap_or("");
        let rest = address.split_once("://").map_or("", |(_, rest)| rest);
        format!("webcal://{rest}")
    }
}

async fn page(ctx: &Ctx, layout: Layout, address: Option<String>) -> Result<View<CalendarPage>> {
    Ok(View(CalendarPage {
        layout: layout.titled("Calendar"),
        status: calendar_status(ctx).await?,
        address,
    }))
}

pub(super) async fn show(ctx: Ctx, layout: Layout) -> Result<View<CalendarPage>> {
    page(&ctx, layout, None).await
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct RenewForm {
    tasks: Option<String>,
}

pub(super) async fn renew(
    ctx: Ctx,
    layout: Layout,
    Form(form): Form<RenewForm>,
) -> Result<Response> {
    let address = calendar_renew(&ctx, form.tasks.is_some()).await?;
    let page = page(&ctx, layout, Some(address.0)).await?;
    Ok((ShownOnce, page).into_response())
}

pub(super) async fn revoke(ctx: Ctx) -> Result<Redirect> {
    let done = calendar_revoke(&ctx).await;
    Redirect::after(
        done,
        "/applications/calendar",
        "The address no longer works.",
    )
}

pub(super) async fn feed(
    ctx: Ctx,
    Path(file): Path<String>,
    headers: HeaderMap,
) -> Result<Response> {
    let secret = file.strip_suffix(".ics");
    let secret =
        secret.ok_or_else(|| Error::not_found("calendar", "at this address. It ends with .ics"))?;
    let body = calendar_feed(&ctx, secret).await?;
    Ok(answer(&headers, &body))
}

/// The feed, or nothing when the reader has it already.
fn answer(headers: &HeaderMap, body: &str) -> Response {
    let tag = format!("\"{}\"", &sha256(body.as_bytes())[..32]);
    let known = headers.get(header::IF_NONE_MATCH);
    let known = known.and_then(|value| value.to_str().ok()).unwrap_or("");
    let is_known = known
        .split(',')
        .map(|one| one.trim().trim_start_matches("W/"))
        .any(|one| one == tag || one == "*");
    let value = HeaderValue::from_str(&tag).unwrap_or(HeaderValue::from_static("\"\""));
    let validators = [
        (header::ETAG, value),
        (
            header::CACHE_CONTROL,
            HeaderValue::from_static("private, no-cache"),
        ),
    ];
    if is_known {
        return (StatusCode::NOT_MODIFIED, validators).into_response();
    }
    let kind = [(header::CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE))];
    (validators, kind, body.to_owned()).into_response()
}

pub(super) async fn item(
    ctx: Ctx,
    Path((id, file)): Path<(ApplicationId, String)>,
) -> Result<Response> {
    let key = file.strip_suffix(".ics").unwrap_or(&file);
    let body = calendar_item(&ctx, id, key).await?;
    Ok(download(
        &format!("{key}.ics"),
        MEDIA_TYPE,
        body.into_bytes(),
    ))
}

pub(super) async fn whole(ctx: Ctx) -> Result<Response> {
    let body = calendar_export(&ctx).await?;
    Ok(download(
        "applications.ics",
        MEDIA_TYPE,
        body.as_bytes().to_vec(),
    ))
}
