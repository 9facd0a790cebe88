//! `/applications/import`: bringing a table, looking at what it would become, correcting the columns; and taking all out.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::RawForm;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;

use super::super::dates::day_field;
use super::super::exports::{ExportFormat, application_export};
use super::super::imports::actions::{
    ImportDone, ImportInput, ImportPreview, import_preview, import_run, import_undo,
};
use super::super::imports::columns::Field;
use super::super::imports::table::decode;
use super::show::download;
use crate::clock::Timestamp;
use crate::error::{Error, Result};
use crate::state::Ctx;
use crate::web::{Flash, Form, Layout, Query, Redirect, Upload, View};

/// Problems shown of a preview.
const PROBLEMS_SHOWN: usize = 50;

#[derive(Template)]
#[template(path = "applications/pages/import.html")]
struct ImportPage {
    layout: Layout,
    /// The table, as it was sent.
    text: String,
    with_known: bool,
    preview: Option<ImportPreview>,
    problem: Option<String>,
    /// An import that was just done and can be taken back.
    batch: Option<String>,
}

impl ImportPage {
    fn fields(&self) -> Vec<(Field, &'static str)> {
        Field::all().collect()
    }

    fn is(&self, field: &Option<Field>, other: &Field) -> bool {
        *field == Some(*other)
    }

    fn day(&self, at: &Option<Timestamp>) -> String {
        day_field(*at, "UTC")
    }

    fn problems_shown(&self) -> usize {
        PROBLEMS_SHOWN
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct ImportParams {
    batch: String,
}

pub(super) async fn show(layout: Layout, Query(params): Query<ImportParams>) -> Response {
    let page = ImportPage {
        layout: layout.titled("Import and export"),
        text: String::new(),
        with_known: false,
        preview: None,
        problem: None,
        batch: Some(params.batch).filter(|batch| !batch.is_empty()),
    };
    View(page).into_response()
}

/// The table and what was said of it. Fields that say what a column holds are called `column-1` and so on.
fn input_of(fields: &[(String, String)], file: Option<Vec<u8>>) -> ImportInput {
    let field = |name: &str| {
        fields
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value)
    };
    let map: BTreeMap<String, String> = fields
        .iter()
        .filter_map(|(name, value)| Some((name.strip_prefix("column-")?.to_owned(), value.clone())))
        .collect();
    ImportInput {
        bytes: file.unwrap_or_else(|| {
            field("text").map_or_else(Vec::new, |text| text.clone().into_bytes())
        }),
        map,
        with_known: field("with_known").is_some(),
    }
}

/// The page that shows what was understood of a table, or why nothing was.
fn looked_at(layout: Layout, input: &ImportInput, preview: Result<ImportPreview>) -> Response {
    let (preview, problem) = match preview {
        Ok(preview) => (Some(preview), None),
        Err(Error::Invalid { message, .. }) => (None, Some(message)),
        Err(other) => return other.into_response(),
    };
    let status = match problem {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    let page = ImportPage {
        layout: layout.titled("Import and export"),
        text: decode(&input.bytes).0,
        with_known: input.with_known,
        preview,
        problem,
        batch: None,
    };
    (status, View(page)).into_response()
}

pub(super) async fn preview(ctx: Ctx, layout: Layout, upload: Upload) -> Response {
    let file = upload.file.map(|file| file.bytes.to_vec());
    let input = input_of(&upload.fields, file);
    looked_at(layout, &input, import_preview(&ctx, &input).await)
}

pub(super) async fn run(ctx: Ctx, layout: Layout, RawForm(body): RawForm) -> Result<Response> {
    let fields: Vec<(String, String)> = url::form_urlencoded::parse(&body).into_owned().collect();
    let input = input_of(&fields, None);
    let again = ("what".to_owned(), "preview".to_owned());
    if fields.contains(&again) {
        let preview = import_preview(&ctx, &input).await;
        return Ok(looked_at(layout, &input, preview));
    }
    Ok(taken_over(&import_run(&ctx, &input).await?).into_response())
}

fn taken_over(done: &ImportDone) -> Redirect {
    let told = format!(
        "{} added, {} there already, {} lines could not be read.",
        done.added,
        done.known,
        done.problems.len()
    );
    Redirect::to(format!("/applications/import?batch={}", done.batch)).with(Flash::ok(told))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct UndoForm {
    batch: String,
}

pub(super) async fn undo(ctx: Ctx, Form(form): Form<UndoForm>) -> Result<Redirect> {
    let done = import_undo(&ctx, &form.batch).await;
    let told = "The import is taken back: its applications are archived.";
    Redirect::after(done, "/applications/import", told)
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ExportParams {
    format: String,
}

pub(super) async fn export(ctx: Ctx, Query(params): Query<ExportParams>) -> Result<Response> {
    let format = match params.format.as_str() {
        "csv" => ExportFormat::Csv,
        "jsonl" => ExportFormat::Jsonl,
        "zip" => ExportFormat::Zip,
        _ => return Err(Error::invalid_field("format", "Choose csv, jsonl or zip.")),
    };
    let content = application_export(&ctx, format).await?;
    let name = format!("applications.{}", format.suffix());
    Ok(download(&name, format.media_type(), content))
}
