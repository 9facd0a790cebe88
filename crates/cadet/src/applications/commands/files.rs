//! Commands that read and write files of applications.

use std::collections::BTreeMap;
use std::path::Path;

use super::super::actions::{application_freeze, application_rebuild};
use super::super::exports::{ExportFormat, application_export};
use super::super::freeze::{NewFile, media_type};
use super::super::imports::actions::{ImportInput, ImportProblem, import_preview, import_run};
use super::super::model::ApplicationId;
use super::ImportArgs;
use crate::error::{Error, Result};
use crate::state::Ctx;
use crate::terminal::{Align, Terminal};

fn read(path: &Path) -> Result<Vec<u8>> {
    std::fs::read(path).map_err(|cause| {
        Error::invalid_field(
            "file",
            format!("{} cannot be read: {cause}.", path.display()),
        )
    })
}

/// Writes a file that is not there yet.
pub(super) fn write(path: &Path, content: &[u8]) -> Result<()> {
    let written = std::fs::File::create_new(path)
        .and_then(|mut file| std::io::Write::write_all(&mut file, content));
    written.map_err(|cause| {
        Error::invalid_field(
            "file",
            format!(
                "{} cannot be written: {cause}. Choose another name.",
                path.display()
            ),
        )
    })
}

pub(super) async fn import(ctx: &Ctx, args: &ImportArgs, out: &Terminal) -> Result<()> {
    let mut map = BTreeMap::new();
    for said in &args.map {
        let (column, field) = said.rsplit_once('=').ok_or_else(|| {
            Error::invalid_field(
                "map",
                format!("\"{said}\" is no COLUMN=FIELD, such as Stelle=title."),
            )
        })?;
        map.insert(column.to_owned(), field.to_owned());
    }
    let input = ImportInput {
        bytes: read(&args.file)?,
        map,
        with_known: args.with_known,
    };
    if args.dry_run {
        return preview(ctx, &input, out).await;
    }
    let done = import_run(ctx, &input).await?;
    problems(&done.problems, out);
    out.answer(&done, || {
        format!(
            "{} added, {} there already, {} lines could not be read.",
            done.added,
            done.known,
            done.problems.len()
        )
    })
}

async fn preview(ctx: &Ctx, input: &ImportInput, out: &Terminal) -> Result<()> {
    let preview = import_preview(ctx, input).await?;
    if out.wants_json() {
        return out.json(&preview);
    }
    let columns = [
        ("Column", Align::Left),
        ("Holds", Align::Left),
        ("For example", Align::Left),
    ];
    let rows = preview.columns.iter().map(|column| {
        let field = column
            .field
            .map_or("into the note", super::super::imports::columns::Field::name);
        vec![
            column.name.clone(),
            field.to_owned(),
            column.example.clone(),
        ]
    });
    out.table(&columns, rows.collect())?;
    problems(&preview.problems, out);
    out.line(format!(
        "{} of {} lines would be added, {} are there already. Correct columns with --map COLUMN=FIELD, then leave --dry-run out.",
        preview.to_add, preview.lines, preview.known
    ))
}

fn problems(problems: &[ImportProblem], out: &Terminal) {
    for problem in problems {
        out.remark(format!("Line {}: {}", problem.line, problem.why));
    }
}

pub(super) async fn export(
    ctx: &Ctx,
    format: ExportFormat,
    file: Option<&Path>,
    out: &Terminal,
) -> Result<()> {
    let content = application_export(ctx, format).await?;
    let Some(path) = file else {
        return out.bytes(&content);
    };
    write(path, &content)?;
    out.answer(&serde_json::json!({ "file": path }), || {
        format!("{} is written.", path.display())
    })
}

pub(super) async fn freeze(
    ctx: &Ctx,
    id: ApplicationId,
    file: Option<&Path>,
    role: String,
    out: &Terminal,
) -> Result<()> {
    let file = match file {
        Some(path) => Some(NewFile {
            role,
            name: name_of(path),
            media_type: media_type(&name_of(path)).to_owned(),
            content: read(path)?,
        }),
        None => None,
    };
    let frozen = application_freeze(ctx, id, file).await?;
    out.answer(&serde_json::json!({ "frozen": frozen }), || match frozen {
        0 => "There is nothing new to freeze.".to_owned(),
        frozen => format!("{frozen} file(s) frozen with application {id}."),
    })
}

fn name_of(path: &Path) -> String {
    let name = path.file_name();
    name.map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

pub(super) async fn rebuild(ctx: &Ctx, out: &Terminal) -> Result<()> {
    let differed = application_rebuild(ctx).await?;
    out.answer(&serde_json::json!({ "differed": differed }), || {
        format!("All rows are written anew from the logs; {differed} differed.")
    })
}
