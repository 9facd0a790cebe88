//! `cadet profile`.

mod edit;

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use serde::Serialize;

use super::actions::{
    profile_current, profile_now, profile_redo, profile_undo, revision_changes, revision_restore,
};
use super::api::ImportRecord;
use super::checks::{Problem, problems};
use super::differences::Difference;
use super::export::{Format, document, profile_file};
use super::imports::actions::{import_get, import_read, import_take};
use super::imports::model::Import;
use super::merge::{How, Merged};
use super::model::RevisionId;
use super::revision::{Revision, Saved};
use crate::error::{Error, Result};
use crate::state::Ctx;
use crate::terminal::{Align, Terminal};

/// Revisions that the command line shows, unless told otherwise.
const LISTED: u64 = 20;

/// Your profile: the one resume from which everything else is made.
#[derive(Debug, Subcommand)]
pub enum ProfileCommand {
    /// Show the profile as plain text, and what to look at; with --json the whole of it
    #[command(after_help = "Example: cadet profile show --json")]
    Show,
    /// Edit the profile as a JSON Resume file in $VISUAL or $EDITOR
    #[command(
        after_help = "Example: cadet profile edit\nA file that cannot be read is opened again; closing it unchanged leaves the profile as it is."
    )]
    Edit,
    /// Read a resume of any kind and add what is not in the profile yet
    #[command(after_help = "Example: cadet profile import resume.pdf --wait")]
    Import(ImportArgs),
    /// Write the profile as a file
    #[command(after_help = "Example: cadet profile export --format pdf --output resume.pdf")]
    Export(ExportArgs),
    /// List what the profile was, the newest first
    #[command(after_help = "Example: cadet profile history --json")]
    History {
        /// How many revisions
        #[arg(long, default_value_t = LISTED)]
        limit: u64,
    },
    /// Make an earlier revision the profile again
    #[command(after_help = "Example: cadet profile restore 12")]
    Restore {
        /// The revision's number
        id: i64,
    },
    /// Take the last change back
    #[command(after_help = "Example: cadet profile undo")]
    Undo,
    /// Take the last undoing back
    #[command(after_help = "Example: cadet profile redo")]
    Redo,
}

/// `cadet profile import`.
#[derive(Debug, Args)]
pub struct ImportArgs {
    /// JSON Resume, PDF, DOCX, LinkedIn's data export, Europass XML or Markdown
    pub file: PathBuf,
    /// Put it in the place of the profile
    #[arg(long, conflicts_with = "wait")]
    pub replace: bool,
    /// Leave it waiting, to be looked at and corrected in the browser
    #[arg(long)]
    pub wait: bool,
}

/// `cadet profile export`.
#[derive(Debug, Args)]
pub struct ExportArgs {
    /// The kind of file
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
    /// The file to write; without it, the standard output
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// The profile with what to look at, as `--json` writes it.
#[derive(Debug, Serialize)]
struct Shown {
    revision: Option<Revision>,
    document: serde_json::Value,
    problems: Vec<Problem>,
}

/// A revision with what it changed, as `--json` writes it.
#[derive(Debug, Serialize)]
struct Listed {
    #[serde(flatten)]
    revision: Revision,
    changes: Vec<Difference>,
}

/// What an import did, as `--json` writes it.
#[derive(Debug, Serialize)]
struct Taken {
    import: ImportRecord,
    revision: Option<Revision>,
    merged: Option<Merged>,
}

/// Runs `cadet profile`.
///
/// # Errors
/// Whatever the action says.
pub async fn run(ctx: &Ctx, command: ProfileCommand, out: &Terminal) -> Result<()> {
    match command {
        ProfileCommand::Show => show(ctx, out).await,
        ProfileCommand::Edit => edit::run(ctx, out).await,
        ProfileCommand::Import(args) => import(ctx, &args, out).await,
        ProfileCommand::Export(args) => export(ctx, &args, out).await,
        ProfileCommand::History { limit } => history(ctx, limit, out).await,
        ProfileCommand::Restore { id } => restore(ctx, RevisionId(id), out).await,
        ProfileCommand::Undo => told(out, &profile_undo(ctx).await?, "Undone"),
        ProfileCommand::Redo => told(out, &profile_redo(ctx).await?, "Redone"),
    }
}

fn told(out: &Terminal, revision: &Revision, word: &str) -> Result<()> {
    out.answer(revision, || {
        format!(
            "{word}: {}. Your profile is revision {}.",
            revision.note, revision.id
        )
    })
}

async fn show(ctx: &Ctx, out: &Terminal) -> Result<()> {
    let (revision, profile) = profile_now(ctx).await?;
    let problems = problems(&profile)?;
    if out.wants_json() {
        return out.json(&Shown {
            revision,
            document: document(&profile)?,
            problems,
        });
    }
    if revision.is_none() {
        return out.line("Your profile is empty. `cadet profile import FILE` reads the resume that you have, `cadet profile edit` writes one.");
    }
    out.bytes(&profile_file(ctx, profile, Format::Txt).await?)?;
    remarks(out, &problems);
    Ok(())
}

fn remarks(out: &Terminal, problems: &[Problem]) {
    for problem in problems {
        out.remark(format!(
            "{} ({}): {}",
            problem.entry,
            problem.severity.word(),
            problem.message
        ));
    }
}

async fn import(ctx: &Ctx, args: &ImportArgs, out: &Terminal) -> Result<()> {
    let bytes = tokio::fs::read(&args.file)
        .await
        .map_err(|cause| unreadable(&args.file, &cause))?;
    let name = args
        .file
        .file_name()
        .map(|name| name.to_string_lossy().into_owned());
    let bar = out.progress("Reading", None);
    let import = import_read(ctx, &name.unwrap_or_default(), bytes).await?;
    bar.finish_and_clear();
    if let Some(error) = import.error {
        return Err(Error::invalid(error));
    }
    let (revision, merged) = match args.wait {
        true => (None, None),
        false => {
            let how = if args.replace {
                How::Replace
            } else {
                How::Merge
            };
            let (revision, merged) = import_take(ctx, import.id, how).await?;
            (revision, Some(merged))
        }
    };
    let import = import_get(ctx, import.id).await?;
    if out.wants_json() {
        let import = ImportRecord::of(&import)?;
        return out.json(&Taken {
            import,
            revision,
            merged,
        });
    }
    report(ctx, out, &import, (revision, merged))
}

fn unreadable(file: &Path, cause: &std::io::Error) -> Error {
    Error::invalid_field(
        "file",
        format!("{} cannot be read: {cause}.", file.display()),
    )
}

fn report(
    ctx: &Ctx,
    out: &Terminal,
    import: &Import,
    (revision, merged): (Option<Revision>, Option<Merged>),
) -> Result<()> {
    for note in &import.report.notes {
        out.remark(format!("{}: {}", note.at, note.message));
    }
    let Some(merged) = merged else {
        let page = ctx
            .config
            .server
            .url(&format!("/profile/import/{}", import.id));
        return out.line(format!(
            "Read as {}. It waits to be looked at: {page}",
            import.kind
        ));
    };
    out.line(format!(
        "Read as {}: {} new, {} there already, {} filled in.",
        import.kind,
        merged.added.len(),
        merged.known.len(),
        merged.filled.len()
    ))?;
    for one in &merged.different {
        out.line(format!("Your profile says otherwise, and keeps it: {one}"))?;
    }
    match revision {
        Some(revision) => out.line(format!(
            "Your profile is revision {}. `cadet profile undo` brings back what was there.",
            revision.id
        )),
        None => Ok(()),
    }
}

async fn export(ctx: &Ctx, args: &ExportArgs, out: &Terminal) -> Result<()> {
    let bytes = profile_file(ctx, profile_current(ctx).await?, args.format).await?;
    let Some(path) = &args.output else {
        return out.bytes(&bytes);
    };
    tokio::fs::write(path, &bytes).await.map_err(|cause| {
        let message = format!("{} cannot be written: {cause}.", path.display());
        Error::unavailable(message, cause)
    })?;
    let done =
        serde_json::json!({ "file": path, "format": args.format.suffix(), "bytes": bytes.len() });
    out.answer(&done, || format!("Written to {}.", path.display()))
}

async fn history(ctx: &Ctx, limit: u64, out: &Terminal) -> Result<()> {
    let found = revision_changes(ctx, RevisionId(i64::MAX), limit).await?;
    let found = found.into_iter();
    let listed: Vec<Listed> = found
        .map(|(revision, changes)| Listed { revision, changes })
        .collect();
    if out.wants_json() {
        return out.json(&listed);
    }
    if listed.is_empty() {
        return out.line("Nothing was written yet.");
    }
    let columns = [
        ("Revision", Align::Right),
        ("When", Align::Left),
        ("What", Align::Left),
        ("Changes", Align::Left),
    ];
    out.table(&columns, listed.iter().map(history_row).collect())
}

fn history_row(one: &Listed) -> Vec<String> {
    let revision = &one.revision;
    let mut what = revision.origin.words().to_owned();
    if !revision.note.is_empty() {
        what = format!("{what}: {}", revision.note);
    }
    if revision.aside {
        what.push_str(" (kept beside)");
    }
    let first = one.changes.first().map(|change| {
        let more = one.changes.len() - 1;
        let more = if more == 0 {
            String::new()
        } else {
            format!(" and {more} more")
        };
        format!("{}, {}{more}", change.section, change.field)
    });
    vec![
        revision.id.to_string(),
        revision.at.to_string(),
        what,
        first.unwrap_or_default(),
    ]
}

async fn restore(ctx: &Ctx, id: RevisionId, out: &Terminal) -> Result<()> {
    match revision_restore(ctx, id).await? {
        Saved::Stored(revision) => told(out, &revision, "Brought back"),
        Saved::Unchanged(Some(revision)) => out.answer(&revision, || {
            format!("Your profile is as in revision {id} already.")
        }),
        Saved::Unchanged(None) | Saved::Aside { .. } => Err(Error::not_found("revision", id)),
    }
}
