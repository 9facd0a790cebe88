//! Companies: who is known there, what is open, and what to remember.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::super::actions::{self, CompanyDetail};
use super::super::input::CompanyInput;
use super::super::model::Company;
use super::form::{lines, problems_of};
use crate::error::{FieldProblem, Result};
use crate::state::Ctx;
use crate::web::{Flash, Form, Layout, Path, Redirect, View};

#[derive(Template)]
#[template(path = "contacts/pages/companies.html")]
pub(super) struct ListPage {
    layout: Layout,
    companies: Vec<Company>,
}

pub(super) async fn list(ctx: Ctx, layout: Layout) -> Result<View<ListPage>> {
    Ok(View(ListPage {
        layout: layout.titled("Companies you know"),
        companies: actions::company_list(&ctx).await?,
    }))
}

#[derive(Template)]
#[template(path = "contacts/pages/company.html")]
pub(super) struct CompanyPage {
    layout: Layout,
    detail: CompanyDetail,
    form: CompanyForm,
    problems: Vec<FieldProblem>,
}

/// What was typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct CompanyForm {
    name: String,
    links: String,
    notes: String,
}

impl CompanyForm {
    fn input(&self) -> CompanyInput {
        CompanyInput {
            name: self.name.clone(),
            notes: self.notes.clone(),
            links: lines(&self.links),
        }
    }
}

fn page(
    layout: Layout,
    detail: CompanyDetail,
    form: Option<CompanyForm>,
    problems: Vec<FieldProblem>,
) -> CompanyPage {
    let company = &detail.company;
    let form = form.unwrap_or_else(|| CompanyForm {
        name: company.name.clone(),
        links: company.links.join("\n"),
        notes: company.notes.clone(),
    });
    let layout = layout.titled(format!("{} and you", company.name));
    CompanyPage {
        layout,
        detail,
        form,
        problems,
    }
}

pub(super) async fn show(
    ctx: Ctx,
    layout: Layout,
    Path(name): Path<String>,
) -> Result<View<CompanyPage>> {
    let detail = actions::company_show(&ctx, &name).await?;
    Ok(View(page(layout, detail, None, Vec::new())))
}

pub(super) async fn save(
    ctx: Ctx,
    layout: Layout,
    Path(name): Path<String>,
    Form(form): Form<CompanyForm>,
) -> Result<Response> {
    match actions::company_save(&ctx, &name, &form.input()).await {
        Ok(key) => Ok(saved(&key)),
        Err(error) => {
            let problems = problems_of(error)?;
            let detail = actions::company_show(&ctx, &name).await?;
            Ok(refused(page(layout, detail, Some(form), problems)))
        }
    }
}

fn refused(page: CompanyPage) -> Response {
    (StatusCode::UNPROCESSABLE_ENTITY, View(page)).into_response()
}

fn saved(key: &str) -> Response {
    let key = percent_encoding::utf8_percent_encode(key, percent_encoding::NON_ALPHANUMERIC);
    let to = format!("/contacts/companies/{key}");
    Redirect::to(to).with(Flash::ok("Saved.")).into_response()
}
