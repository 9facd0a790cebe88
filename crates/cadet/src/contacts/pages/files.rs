//! Contacts from files and as files.

use askama::Template;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::super::actions::{self, Imported};
use super::super::model::ContactId;
use super::form::problems_of;
use crate::error::{FieldProblem, Result};
use crate::state::Ctx;
use crate::web::{Layout, Path, Query, Upload, View};

#[derive(Template)]
#[template(path = "contacts/pages/import.html")]
pub(super) struct ImportPage {
    layout: Layout,
    text: String,
    imported: Option<Imported>,
    problem: Option<String>,
}

fn page(layout: Layout) -> ImportPage {
    ImportPage {
        layout: layout.titled("Import contacts"),
        text: String::new(),
        imported: None,
        problem: None,
    }
}

pub(super) async fn ask(layout: Layout) -> View<ImportPage> {
    View(page(layout))
}

pub(super) async fn import(ctx: Ctx, layout: Layout, upload: Upload) -> Result<Response> {
    let text = upload.field("text").to_owned();
    let done = match &upload.file {
        Some(file) => actions::contact_import(&ctx, &file.bytes).await,
        None => actions::contact_import(&ctx, text.as_bytes()).await,
    };
    Ok(match done {
        Ok(done) => told(page(layout), done),
        Err(error) => refused(page(layout), text, problems_of(error)?),
    })
}

fn told(page: ImportPage, done: Imported) -> Response {
    let imported = Some(done);
    View(ImportPage { imported, ..page }).into_response()
}

fn refused(page: ImportPage, text: String, mut problems: Vec<FieldProblem>) -> Response {
    let problem = problems.pop().map(|one| one.message);
    let page = ImportPage {
        problem,
        text,
        ..page
    };
    (StatusCode::UNPROCESSABLE_ENTITY, View(page)).into_response()
}

/// Which contacts, and for which address books.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct ExportParams {
    q: String,
    version: String,
}

pub(super) async fn all(ctx: Ctx, Query(params): Query<ExportParams>) -> Result<Response> {
    let text = actions::contact_export(&ctx, None, &params.q, &params.version).await?;
    Ok(file("contacts.vcf", text))
}

pub(super) async fn one(ctx: Ctx, Path(id): Path<ContactId>) -> Result<Response> {
    let text = actions::contact_export(&ctx, Some(id), "", "").await?;
    Ok(file("contact.vcf", text))
}

/// A file to be saved.
fn file(name: &str, text: String) -> Response {
    let disposition = format!("attachment; filename=\"{name}\"");
    let kind = "text/vcard; charset=utf-8".to_owned();
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CONTENT_DISPOSITION, disposition),
    ];
    (headers, text).into_response()
}
