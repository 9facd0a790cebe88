//! The form of a draft, for a new one and for one that is changed.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::super::actions::{self, DraftAbout};
use super::super::draft::DraftInput;
use super::super::model::{Draft, DraftId};
use crate::error::{Error, FieldProblem, Result};
use crate::state::Ctx;
use crate::web::{Form, Layout, Path, Query, Redirect, View};

/// What was typed, and what the draft is about.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct DraftForm {
    to: String,
    cc: String,
    subject: String,
    body: String,
    contact: String,
    application: String,
    document: String,
}

impl DraftForm {
    fn of(input: DraftInput) -> Self {
        Self {
            to: input.to,
            cc: input.cc,
            subject: input.subject,
            body: input.body,
            ..Self::default()
        }
    }

    fn about(self, about: &DraftAbout) -> Self {
        let text =
            |number: Option<i64>| number.map(|number| number.to_string()).unwrap_or_default();
        Self {
            contact: text(about.contact),
            application: text(about.application),
            document: text(about.document),
            ..self
        }
    }

    fn input(&self) -> DraftInput {
        DraftInput {
            to: self.to.clone(),
            cc: self.cc.clone(),
            subject: self.subject.clone(),
            body: self.body.clone(),
        }
    }

    fn told(&self) -> DraftAbout {
        DraftAbout {
            contact: self.contact.parse().ok(),
            application: self.application.parse().ok(),
            document: self.document.parse().ok(),
            ..DraftAbout::default()
        }
    }
}

#[derive(Template)]
#[template(path = "correspondence/pages/form.html")]
pub(super) struct FormPage {
    layout: Layout,
    action: String,
    form: DraftForm,
    problems: Vec<FieldProblem>,
}

fn page(
    layout: Layout,
    draft: Option<DraftId>,
    form: DraftForm,
    problems: Vec<FieldProblem>,
) -> FormPage {
    let (title, action) = match draft {
        Some(id) => ("Change the mail", format!("/mail/{id}")),
        None => ("Write a mail", "/mail".to_owned()),
    };
    FormPage {
        layout: layout.titled(title),
        action,
        form,
        problems,
    }
}

pub(super) async fn new(
    ctx: Ctx,
    layout: Layout,
    Query(about): Query<DraftAbout>,
) -> Result<View<FormPage>> {
    let input = actions::draft_begin(&ctx, &about).await?;
    let form = DraftForm::of(input).about(&about);
    Ok(View(page(layout, None, form, Vec::new())))
}

pub(super) async fn add(ctx: Ctx, layout: Layout, Form(form): Form<DraftForm>) -> Result<Response> {
    let done = actions::draft_add(&ctx, &form.told(), &form.input()).await;
    answer(layout, None, form, done)
}

pub(super) async fn edit(
    ctx: Ctx,
    layout: Layout,
    Path(id): Path<DraftId>,
) -> Result<View<FormPage>> {
    let draft = actions::draft_get(&ctx, id).await?;
    let form = DraftForm::of(DraftInput::of(&draft));
    Ok(View(page(layout, Some(id), form, Vec::new())))
}

pub(super) async fn update(
    ctx: Ctx,
    layout: Layout,
    Path(id): Path<DraftId>,
    Form(form): Form<DraftForm>,
) -> Result<Response> {
    let done = actions::draft_update(&ctx, id, &form.input()).await;
    answer(layout, Some(id), form, done)
}

/// The look at the draft, or the form again if something cannot be used.
fn answer(
    layout: Layout,
    id: Option<DraftId>,
    form: DraftForm,
    done: Result<Draft>,
) -> Result<Response> {
    match done {
        Ok(draft) => Ok(Redirect::to(draft.path()).into_response()),
        Err(Error::Invalid { fields, message }) => {
            let whole = FieldProblem {
                field: String::new(),
                message,
            };
            let problems = if fields.is_empty() {
                vec![whole]
            } else {
                fields
            };
            let page = page(layout, id, form, problems);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, View(page)).into_response())
        }
        Err(other) => Err(other),
    }
}
