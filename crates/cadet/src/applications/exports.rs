//! Everything of one's applications as files: CSV for spreadsheets, JSON lines with the logs, a ZIP with the frozen files.

use std::io::{Cursor, Write as _};

use serde::Serialize;
use utoipa::ToSchema;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::actions::{application_choices, application_file, application_log_page};
use super::choices::Choices;
use super::log::Entry;
use super::model::ApplicationId;
use super::record::ApplicationSummary;
use super::state::State;
use super::statistics::tables::tame;
use super::store::rows::Stored;
use crate::error::{Error, Result};
use crate::state::Ctx;

/// Applications that are read at once.
const PAGE: u64 = 500;
/// Most bytes of frozen files in one ZIP.
const FILES_MOST: u64 = 512 * 1024 * 1024;

/// An application as it is exported: a line of JSON.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ExportedApplication {
    /// Its row.
    pub application: ApplicationSummary,
    /// What the log says now.
    pub state: State,
    /// The log, the oldest first.
    pub log: Vec<Entry>,
}

/// In which form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum ExportFormat {
    /// A table.
    Csv,
    /// A JSON object a line, with the logs.
    Jsonl,
    /// Both, and every frozen file.
    Zip,
}

impl ExportFormat {
    /// The end of a file's name.
    #[must_use]
    pub const fn suffix(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Jsonl => "jsonl",
            Self::Zip => "zip",
        }
    }

    /// The media type.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Jsonl => "application/jsonl; charset=utf-8",
            Self::Zip => "application/zip",
        }
    }
}

async fn everything(ctx: &Ctx) -> Result<Vec<(Stored, Vec<Entry>)>> {
    let mut all: Vec<(Stored, Vec<Entry>)> = Vec::new();
    loop {
        let after = all
            .last()
            .map_or(ApplicationId(0), |(one, _)| one.summary.id);
        let part = application_log_page(ctx, after, PAGE).await?;
        if part.is_empty() {
            return Ok(all);
        }
        all.extend(part);
    }
}

/// All applications of the caller in one file.
///
/// # Errors
/// From the database; [`Error::Conflict`] when the frozen files are too many for one ZIP.
pub async fn application_export(ctx: &Ctx, format: ExportFormat) -> Result<Vec<u8>> {
    let choices = application_choices(ctx).await?;
    let all = everything(ctx).await?;
    match format {
        ExportFormat::Csv => table(&all, &choices),
        ExportFormat::Jsonl => lines(all),
        ExportFormat::Zip => zipped(ctx, all, &choices).await,
    }
}

const COLUMNS: [&str; 16] = [
    "id",
    "company",
    "title",
    "stage",
    "stage_name",
    "stage_since",
    "applied",
    "answered",
    "place",
    "source",
    "url",
    "deadline",
    "archived",
    "people",
    "rounds",
    "notes",
];

fn table(all: &[(Stored, Vec<Entry>)], choices: &Choices) -> Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(COLUMNS).map_err(Error::internal)?;
    for (one, _) in all {
        let cells = cells(one, choices);
        let cells = cells.iter().map(|cell| tame(cell));
        writer.write_record(cells).map_err(Error::internal)?;
    }
    writer
        .into_inner()
        .map_err(|cause| Error::internal(cause.to_string()))
}

fn cells(one: &Stored, choices: &Choices) -> Vec<String> {
    let (summary, state) = (&one.summary, &one.state);
    let day =
        |at: Option<crate::clock::Timestamp>| at.map_or_else(String::new, |at| at.to_string());
    let people: Vec<String> = state
        .people
        .iter()
        .map(|person| {
            format!("{} {}", person.name, person.email)
                .trim()
                .to_owned()
        })
        .collect();
    let rounds: Vec<String> = state
        .rounds
        .iter()
        .map(|round| {
            let when = round
                .starts
                .as_ref()
                .map_or_else(String::new, |at| at.words());
            format!("{} {when} {}", round.label(), round.outcome.name())
        })
        .collect();
    let notes: Vec<&str> = state.notes.iter().map(|note| note.text.as_str()).collect();
    vec![
        summary.id.to_string(),
        summary.company.clone(),
        summary.title.clone(),
        choices.label(summary.stage).to_owned(),
        summary.stage.name().to_owned(),
        day(Some(summary.stage_since)),
        day(summary.applied_at),
        day(summary.answered_at),
        summary.place.clone(),
        summary.source.clone(),
        state.details.url.clone(),
        day(summary.deadline),
        if summary.archived { "yes" } else { "no" }.to_owned(),
        people.join("; "),
        rounds.join("; "),
        notes.join("\n\n"),
    ]
}

fn lines(all: Vec<(Stored, Vec<Entry>)>) -> Result<Vec<u8>> {
    let mut text = Vec::new();
    for (one, log) in all {
        let line = ExportedApplication {
            application: one.summary,
            state: one.state,
            log,
        };
        serde_json::to_writer(&mut text, &line).map_err(Error::internal)?;
        text.push(b'\n');
    }
    Ok(text)
}

async fn zipped(ctx: &Ctx, all: Vec<(Stored, Vec<Entry>)>, choices: &Choices) -> Result<Vec<u8>> {
    let files = all.iter().flat_map(|(one, _)| &one.state.files);
    let bytes: u64 = files.map(|file| file.bytes).sum();
    if bytes > FILES_MOST {
        return Err(Error::Conflict(format!(
            "The frozen files have {} MiB together, which is too much for one ZIP. Export CSV or JSON lines, and save the files one by one.",
            bytes / 1024 / 1024
        )));
    }
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    put(&mut zip, "applications.csv", &table(&all, choices)?)?;
    for (one, _) in &all {
        for file in &one.state.files {
            let id = one.summary.id;
            let (name, _, content) = application_file(ctx, id, file.id).await?;
            put(
                &mut zip,
                &format!("files/{id}/{}-{}", file.id, safe(&name)),
                &content,
            )?;
        }
    }
    put(&mut zip, "applications.jsonl", &lines(all)?)?;
    let cursor = zip.finish().map_err(Error::internal)?;
    Ok(cursor.into_inner())
}

fn put(zip: &mut ZipWriter<Cursor<Vec<u8>>>, name: &str, content: &[u8]) -> Result<()> {
    zip.start_file(name, SimpleFileOptions::default())
        .map_err(Error::internal)?;
    zip.write_all(content).map_err(Error::internal)
}

/// A name that leads to no other folder.
fn safe(name: &str) -> String {
    name.chars()
        .map(|c| {
            if c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | ' ') {
                c
            } else {
                '_'
            }
        })
        .collect::<String>()
        .trim_start_matches('.')
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_leads_out_of_its_folder() {
        assert_eq!(safe("../../etc/passwd"), "_.._etc_passwd");
        assert_eq!(safe("Lebenslauf ä.pdf"), "Lebenslauf ä.pdf");
    }
}
