//! Adding an application: by hand, or from a posting's page.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;

use super::super::actions::{application_add, application_begin, application_stages, time_zone};
use super::super::dates::{happened, until};
use super::super::model::{ApplicationId, Details};
use super::super::record::StageCount;
use crate::error::{Error, FieldProblem, Result};
use crate::postings::model::PostingId;
use crate::state::Ctx;
use crate::web::{Flash, Form, Layout, Redirect, View};

/// What was typed, as it was typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct NewForm {
    company: String,
    title: String,
    url: String,
    place: String,
    source: String,
    deadline: String,
    stage: String,
    at: String,
}

impl NewForm {
    fn details(&self, zone: &str) -> Result<Details> {
        Ok(Details {
            posting: None,
            company: self.company.clone(),
            title: self.title.clone(),
            url: self.url.clone(),
            place: self.place.clone(),
            source: self.source.clone(),
            deadline: until("deadline", &self.deadline, zone)?,
        })
    }
}

#[derive(Template)]
#[template(path = "applications/pages/new.html")]
struct NewPage {
    layout: Layout,
    form: NewForm,
    stages: Vec<StageCount>,
    problems: Vec<FieldProblem>,
}

impl NewPage {
    fn problem(&self, field: &str) -> Option<&str> {
        let found = self.problems.iter().find(|problem| problem.field == field);
        found.map(|problem| problem.message.as_str())
    }
}

async fn page(
    ctx: &Ctx,
    layout: Layout,
    form: NewForm,
    problems: Vec<FieldProblem>,
) -> Result<View<NewPage>> {
    Ok(View(NewPage {
        layout: layout.titled("Add an application"),
        form,
        stages: application_stages(ctx).await?,
        problems,
    }))
}

pub(super) async fn show(ctx: Ctx, layout: Layout) -> Result<Response> {
    let page = page(&ctx, layout, NewForm::default(), Vec::new()).await?;
    Ok(page.into_response())
}

async fn added(ctx: &Ctx, form: &NewForm) -> Result<ApplicationId> {
    let zone = time_zone(ctx).await?;
    let details = form.details(&zone)?;
    let at = happened("at", &form.at, &zone, ctx.now())?;
    let stage = match form.stage.as_str() {
        "" => super::super::model::Stage::Interested,
        name => name.parse()?,
    };
    application_add(ctx, details, stage, at).await
}

pub(super) async fn add(ctx: Ctx, layout: Layout, Form(form): Form<NewForm>) -> Result<Response> {
    match added(&ctx, &form).await {
        Ok(id) => Ok(Redirect::to(format!("/applications/{id}"))
            .with(Flash::ok("The application is added."))
            .into_response()),
        Err(Error::Invalid { fields, .. }) => {
            let page = page(&ctx, layout, form, fields).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(other) => Err(other),
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct BeginForm {
    posting: PostingId,
}

pub(super) async fn begin(ctx: Ctx, Form(form): Form<BeginForm>) -> Result<Redirect> {
    let id = application_begin(&ctx, form.posting).await?;
    let told = Flash::ok("The application is tracked.");
    Ok(Redirect::to(format!("/applications/{id}")).with(told))
}
