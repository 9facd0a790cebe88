//! The form of an alert, for a new one and for one that is changed.

use askama::Template;
use axum::extract::RawQuery;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::super::actions::{self, AlertAdded, AlertPreview};
use super::super::model::{AlertId, AlertInput, SavedSearch};
use super::super::schedule::{Day, Schedule, WEEKDAYS};
use super::super::words::suggested_name;
use super::show::page_of;
use crate::error::{Error, FieldProblem, Result};
use crate::postings::query::PostingQuery;
use crate::state::Ctx;
use crate::web::{Flash, Form, Layout, Path, Redirect, ShownOnce, View};

/// What was typed, as it was typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct AlertForm {
    name: String,
    query: String,
    schedule: String,
    weekday: String,
    hour: String,
    time_zone: String,
    mail: String,
    webhook: String,
    existing: Option<String>,
}

impl AlertForm {
    fn of(input: &AlertInput) -> Self {
        Self {
            name: input.name.clone(),
            query: input.query.to_query_string(),
            schedule: input.schedule.name().to_owned(),
            weekday: input.schedule.weekday().name().to_owned(),
            hour: input.schedule.hour().to_string(),
            time_zone: input.time_zone.clone(),
            mail: input.mail.clone(),
            webhook: input.webhook.clone(),
            existing: None,
        }
    }

    fn input(&self) -> Result<AlertInput> {
        let weekday: Day = match self.schedule.as_str() {
            "weekly" => self.weekday.parse()?,
            _ => Day::Monday,
        };
        Ok(AlertInput {
            name: self.name.clone(),
            query: PostingQuery::parse_str(&self.query)?,
            // What is no number is refused as an hour that no day has.
            schedule: Schedule::parse(
                &self.schedule,
                weekday,
                self.hour.trim().parse().unwrap_or(-1),
            )?,
            time_zone: self.time_zone.clone(),
            mail: self.mail.clone(),
            webhook: self.webhook.clone(),
        })
    }
}

#[derive(Template)]
#[template(path = "alerts/pages/form.html")]
struct FormPage {
    layout: Layout,
    /// Where the form is sent to.
    action: String,
    /// The alert that is changed.
    search: Option<SavedSearch>,
    form: AlertForm,
    problems: Vec<FieldProblem>,
    preview: Option<AlertPreview>,
    weekdays: [&'static str; 7],
    hours: std::ops::Range<u8>,
}

impl FormPage {
    fn blank(layout: Layout, search: Option<SavedSearch>, form: AlertForm) -> Self {
        let (title, action) = match &search {
            Some(search) => (format!("Change {}", search.name), search.path()),
            None => ("New alert".to_owned(), "/alerts".to_owned()),
        };
        Self {
            layout: layout.titled(title),
            action,
            search,
            form,
            problems: Vec::new(),
            preview: None,
            weekdays: WEEKDAYS,
            hours: 0..24,
        }
    }

    fn problem(&self, field: &str) -> Option<&str> {
        let found = self.problems.iter().find(|problem| problem.field == field);
        found.map(|problem| problem.message.as_str())
    }

    fn is_hour(&self, hour: &u8) -> bool {
        self.form.hour == hour.to_string()
    }
}

/// The page for what was typed, with what was wrong with it.
async fn form_page(
    ctx: &Ctx,
    layout: Layout,
    search: Option<SavedSearch>,
    form: AlertForm,
    problems: Vec<FieldProblem>,
) -> Result<FormPage> {
    let preview = match PostingQuery::parse_str(&form.query) {
        Ok(query) => Some(actions::alert_preview(ctx, &query).await?),
        Err(_) => None,
    };
    let mut page = FormPage::blank(layout, search, form);
    (page.preview, page.problems) = (preview, problems);
    Ok(page)
}

pub(super) async fn new(ctx: Ctx, layout: Layout, RawQuery(query): RawQuery) -> Result<Response> {
    let query = PostingQuery::parse_str(query.as_deref().unwrap_or(""))?;
    let input = AlertInput {
        name: suggested_name(&query),
        query,
        ..AlertInput::default()
    };
    let form = AlertForm::of(&input);
    let page = form_page(&ctx, layout, None, form, Vec::new()).await?;
    Ok(View(page).into_response())
}

pub(super) async fn edit(ctx: Ctx, layout: Layout, Path(id): Path<AlertId>) -> Result<Response> {
    let search = actions::alert_get(&ctx, id).await?.search;
    let form = AlertForm::of(&search.to_input());
    let page = form_page(&ctx, layout, Some(search), form, Vec::new()).await?;
    Ok(View(page).into_response())
}

pub(super) async fn add(ctx: Ctx, layout: Layout, Form(form): Form<AlertForm>) -> Result<Response> {
    let existing = form.existing.is_some();
    let done = match form.input() {
        Ok(input) => actions::alert_add(&ctx, input, existing).await,
        Err(problem) => Err(problem),
    };
    answer(&ctx, layout, None, form, done, "The alert is saved.").await
}

pub(super) async fn update(
    ctx: Ctx,
    layout: Layout,
    Path(id): Path<AlertId>,
    Form(form): Form<AlertForm>,
) -> Result<Response> {
    let search = actions::alert_get(&ctx, id).await?.search;
    let done = match form.input() {
        Ok(input) => actions::alert_update(&ctx, id, input).await,
        Err(problem) => Err(problem),
    };
    answer(
        &ctx,
        layout,
        Some(search),
        form,
        done,
        "The alert is changed.",
    )
    .await
}

/// The alert's page; with its webhook's secret if that is new, and the form again if something cannot be used.
async fn answer(
    ctx: &Ctx,
    layout: Layout,
    search: Option<SavedSearch>,
    form: AlertForm,
    done: Result<AlertAdded>,
    told: &str,
) -> Result<Response> {
    let added = match done.map_err(problems_of) {
        Ok(added) => added,
        Err(problems) => {
            let page = form_page(ctx, layout, search, form, problems?).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, View(page)).into_response());
        }
    };
    let AlertAdded { search, secret } = added;
    if secret.is_none() {
        return Ok(Redirect::to(search.path())
            .with(Flash::ok(told))
            .into_response());
    }
    let page = page_of(ctx, layout, search.id, secret).await?;
    Ok((ShownOnce, View(page)).into_response())
}

/// What the form can tell of an error; others are left to the page of errors.
fn problems_of(error: Error) -> Result<Vec<FieldProblem>> {
    let whole = |message| {
        let field = String::new();
        vec![FieldProblem { field, message }]
    };
    match error {
        Error::Invalid { message, fields } if fields.is_empty() => Ok(whole(message)),
        Error::Invalid { fields, .. } => Ok(fields),
        Error::Conflict(message) => Ok(whole(message)),
        other => Err(other),
    }
}
