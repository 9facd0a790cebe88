//! `cadet doctor`, `backup`, `restore`, `import`, `config` and `job`.

use std::path::Path;

use anstyle::AnsiColor;
use clap::Subcommand;
use serde_json::{Value, json};
use url::Url;

use super::actions::{job_delete, job_list, job_retry};
use super::backup::{backup_create, backup_restore};
use super::checks;
use super::import::postings_import;
use super::model::{Check, DeadJob, Setting, State, size};
use crate::config::{Config, Resolved};
use crate::error::{Error, Result};
use crate::postings::sources::commands::ago;
use crate::state::Ctx;
use crate::terminal::{Align, Terminal, tinted};

/// Problems of an import that are told one by one.
const PROBLEMS_TOLD: usize = 10;

/// Background jobs that were given up on.
#[derive(Debug, Subcommand)]
pub enum JobCommand {
    /// List them with their reasons
    #[command(visible_alias = "ls", after_help = "Example: cadet job list --json")]
    List,
    /// Give them all their attempts again
    #[command(after_help = "Example: cadet job retry 17 18")]
    Retry {
        /// The jobs' numbers
        #[arg(required = true)]
        ids: Vec<i64>,
    },
    /// Delete them
    #[command(visible_alias = "rm", after_help = "Example: cadet job delete 17")]
    Delete {
        /// The jobs' numbers
        #[arg(required = true)]
        ids: Vec<i64>,
    },
}

/// Runs `cadet job`.
///
/// # Errors
/// Whatever the action says.
pub async fn job(ctx: &Ctx, command: JobCommand, out: &Terminal) -> Result<()> {
    match command {
        JobCommand::List => list_jobs(ctx, out).await,
        JobCommand::Retry { ids } => {
            for id in &ids {
                job_retry(ctx, *id).await?;
            }
            out.answer(&json!({ "retried": ids }), || {
                format!("{} jobs are due again.", ids.len())
            })
        }
        JobCommand::Delete { ids } => {
            for id in &ids {
                job_delete(ctx, *id).await?;
            }
            out.answer(&json!({ "deleted": ids }), || {
                format!("{} jobs are deleted.", ids.len())
            })
        }
    }
}

async fn list_jobs(ctx: &Ctx, out: &Terminal) -> Result<()> {
    let dead = job_list(ctx).await?;
    if out.wants_json() {
        return out.json(&dead);
    }
    if dead.is_empty() {
        return out.line("No job was given up on.");
    }
    let columns = [
        ("#", Align::Right),
        ("Job", Align::Left),
        ("Attempts", Align::Right),
        ("Given up", Align::Left),
        ("Reason", Align::Left),
    ];
    let row = |job: DeadJob| {
        vec![
            job.id.to_string(),
            job.kind,
            job.attempts.to_string(),
            job.died_at
                .map_or_else(String::new, |at| ago(at, ctx.now())),
            job.reason.unwrap_or_default(),
        ]
    };
    out.table(&columns, dead.into_iter().map(row).collect())
}

/// Runs `cadet doctor`.
///
/// # Errors
/// [`Error::Unavailable`] when a check failed.
pub async fn doctor(ctx: &Ctx, out: &Terminal) -> Result<()> {
    let checks = checks::run(ctx).await?;
    if out.wants_json() {
        out.json(&checks)?;
    } else {
        let columns = [
            ("Check", Align::Left),
            ("State", Align::Left),
            ("Seen", Align::Left),
            ("What to do", Align::Left),
        ];
        out.table(&columns, checks.iter().map(check_row).collect())?;
    }
    let failed = checks.iter().filter(|check| check.state == State::Failed);
    match failed.count() {
        0 => Ok(()),
        failed => Err(Error::Unavailable {
            message: format!("{failed} of {} checks failed.", checks.len()),
            cause: None,
        }),
    }
}

fn check_row(check: &Check) -> Vec<String> {
    let state = match check.state {
        State::Ok => tinted("ok", AnsiColor::Green),
        State::Warning => tinted("warning", AnsiColor::Yellow),
        State::Failed => tinted("failed", AnsiColor::Red),
    };
    vec![
        check.name.to_owned(),
        state,
        check.seen.clone(),
        check.advice.clone().unwrap_or_default(),
    ]
}

/// Runs `cadet backup`.
///
/// # Errors
/// Whatever the action says.
pub async fn backup(ctx: &Ctx, file: &Path, out: &Terminal) -> Result<()> {
    let bar = out.progress("Copying the database", None);
    let written = backup_create(ctx, file).await;
    bar.finish_and_clear();
    let bytes = written?;
    out.answer(&json!({ "file": file, "bytes": bytes }), || {
        format!(
            "The database is copied to {} ({}) and checked. The search index is not in it; it is rebuilt from the database.",
            file.display(),
            size(bytes)
        )
    })
}

/// Runs `cadet restore`.
///
/// # Errors
/// Whatever the action says.
pub async fn restore(config: &Config, file: &Path, replace: bool, out: &Terminal) -> Result<()> {
    let bar = out.progress("Checking the backup", None);
    let restored = backup_restore(config, file, replace).await;
    bar.finish_and_clear();
    let restored = restored?;
    let answer = json!({ "postings": restored.postings, "before": restored.before });
    out.answer(&answer, || {
        let kept = restored.before.as_ref().map_or_else(String::new, |path| {
            format!(" What was there is kept as {}.", path.display())
        });
        format!(
            "The backup with {} postings is in place.{kept} The search index is rebuilt at the next start.",
            restored.postings
        )
    })
}

/// Runs `cadet import`.
///
/// # Errors
/// Whatever the action says; [`Error::Invalid`] when not a single posting could be read.
pub async fn import(ctx: &Ctx, file: &Path, out: &Terminal) -> Result<()> {
    let bar = out.progress("Reading postings", None);
    let imported = postings_import(ctx, file, &|done| bar.set_position(done)).await;
    bar.finish_and_clear();
    let imported = imported?;
    if out.wants_json() {
        out.json(&imported)?;
    }
    for problem in imported.problems.iter().take(PROBLEMS_TOLD) {
        out.remark(format!("{}: {}", problem.at, problem.message));
    }
    if imported.problems.len() > PROBLEMS_TOLD {
        let more = imported.problems.len() - PROBLEMS_TOLD;
        out.remark(format!("And {more} more like these."));
    }
    let counts = imported.counts;
    out.line(format!(
        "{} records read: {} new postings, {} known ones. They stand under source {} ({}), which is not polled.",
        counts.found,
        counts.added,
        counts.found.saturating_sub(counts.added),
        imported.source.id,
        imported.source.name
    ))?;
    if counts.found == 0 && !imported.problems.is_empty() {
        return Err(Error::invalid("Nothing in the file could be read."));
    }
    Ok(())
}

/// Runs `cadet config`.
///
/// # Errors
/// When the output is closed.
pub fn config(resolved: &Resolved, out: &Terminal) -> Result<()> {
    let settings = settings(resolved)?;
    if out.wants_json() {
        return out.json(&settings);
    }
    let columns = [
        ("Setting", Align::Left),
        ("Value", Align::Left),
        ("From", Align::Left),
        ("Environment variable", Align::Left),
    ];
    let row = |setting: Setting| {
        let value = match setting.value {
            Value::Null => "-".to_owned(),
            Value::String(text) => text,
            other => other.to_string(),
        };
        vec![setting.name, value, setting.from, setting.environment]
    };
    out.table(&columns, settings.into_iter().map(row).collect())
}

/// Every value with its origin, in order of path.
fn settings(resolved: &Resolved) -> Result<Vec<Setting>> {
    let values = serde_json::to_value(&resolved.config).map_err(Error::internal)?;
    Ok(resolved
        .origins
        .iter()
        .map(|(name, from)| Setting {
            value: without_password(at(&values, name)),
            environment: format!("CADET_{}", name.to_uppercase().replace('.', "__")),
            name: name.clone(),
            from: from.clone(),
        })
        .collect())
}

/// The value at a dotted path.
fn at(values: &Value, path: &str) -> Value {
    let pointer = format!("/{}", path.replace('.', "/"));
    values.pointer(&pointer).cloned().unwrap_or_default()
}

/// An address without the password that may stand in it.
fn without_password(value: Value) -> Value {
    let Value::String(text) = &value else {
        return value;
    };
    match Url::parse(text) {
        Ok(mut url) if url.password().is_some() => {
            // Only addresses without a host refuse a password, and those have none to hide.
            let _ = url.set_password(Some("secret"));
            Value::String(url.into())
        }
        _ => value,
    }
}
