//! `cadet source`.

use anstyle::AnsiColor;
use clap::Subcommand;

use super::actions::{source_add, source_check, source_list, source_pause, source_show};
use super::directory::{self, commands::DirectoryArgs};
use super::discovery::{self, commands::DiscoverArgs};
use super::model::{Health, Poll, Source, SourceId};
use crate::clock::Timestamp;
use crate::error::{Error, Result};
use crate::postings::actions::source_remove;
use crate::state::Ctx;
use crate::terminal::{Align, Terminal, tinted};

/// Where postings come from.
#[derive(Debug, Subcommand)]
pub enum SourceCommand {
    /// Add a source: a career page, a posting's address, a board (greenhouse:TOKEN, workable:ACCOUNT), a feed, a list, a file
    #[command(after_help = "Example: cadet source add https://example.org/careers")]
    Add {
        /// Addresses, board tokens, files or folders
        #[arg(required = true)]
        inputs: Vec<String>,
        /// Show it under this name
        #[arg(long)]
        name: Option<String>,
    },
    /// List the sources with their health
    #[command(visible_alias = "ls", after_help = "Example: cadet source list --json")]
    List,
    /// Show one source with its last polls
    #[command(after_help = "Example: cadet source show 3")]
    Show {
        /// The source's number
        id: i64,
    },
    /// Boards that your postings lead to and that are no sources yet: list, add, dismiss
    #[command(after_help = "Example: cadet source discover --add 3 4")]
    Discover(DiscoverArgs),
    /// Employers known to take software interns, by country, size and field: list, add
    #[command(after_help = "Example: cadet source directory --country DE --field fintech")]
    Directory(DirectoryArgs),
    /// Read a source, or any address, without storing anything
    #[command(after_help = "Example: cadet source check lever:northlight")]
    Check {
        /// The source's number, or anything that `source add` takes
        input: String,
    },
    /// Stop polling a source, or go on with --resume
    #[command(after_help = "Example: cadet source pause 3")]
    Pause {
        /// The source's number
        id: i64,
        /// Go on polling it
        #[arg(long)]
        resume: bool,
    },
    /// Remove a source; postings seen nowhere else are closed
    #[command(visible_alias = "rm", after_help = "Example: cadet source remove 3")]
    Remove {
        /// The source's number
        id: i64,
    },
}

/// Runs `cadet source`.
///
/// # Errors
/// Whatever the action says.
pub async fn run(ctx: &Ctx, command: SourceCommand, out: &Terminal) -> Result<()> {
    match command {
        SourceCommand::Add { inputs, name } => add(ctx, &inputs, name.as_deref(), out).await,
        SourceCommand::List => list(ctx, out).await,
        SourceCommand::Show { id } => show(ctx, SourceId(id), out).await,
        SourceCommand::Discover(args) => discovery::commands::run(ctx, &args, out).await,
        SourceCommand::Directory(args) => directory::commands::run(ctx, &args, out).await,
        SourceCommand::Check { input } => check(ctx, &input, out).await,
        SourceCommand::Pause { id, resume } => {
            let source = source_pause(ctx, SourceId(id), !resume).await?;
            out.line(format!("{} is {}.", source.name, source.state.name()))?;
            if out.wants_json() {
                out.json(&source)
            } else {
                Ok(())
            }
        }
        SourceCommand::Remove { id } => {
            let closed = source_remove(ctx, SourceId(id)).await?;
            out.line(format!(
                "Source {id} is removed. {closed} postings that were seen nowhere else are closed."
            ))?;
            if out.wants_json() {
                out.json(&serde_json::json!({ "removed": id, "closed": closed }))
            } else {
                Ok(())
            }
        }
    }
}

async fn add(ctx: &Ctx, inputs: &[String], name: Option<&str>, out: &Terminal) -> Result<()> {
    let mut failed = None;
    let mut added = Vec::new();
    let bar = out.progress("Looking at", Some(inputs.len() as u64));
    for input in inputs {
        bar.set_message(input.clone());
        match source_add(ctx, input, name).await {
            Ok(one) => {
                let word = if one.new { "Added" } else { "Already there:" };
                let kind = one.source.address.kind.label();
                bar.suspend(|| {
                    out.line(format!(
                        "{word} {} ({kind} {}, number {}): {}.",
                        one.source.name, one.source.address.address, one.source.id, one.why
                    ))
                })?;
                for other in &one.others {
                    bar.suspend(|| {
                        out.line(format!(
                            "  It may also mean {}:{}",
                            other.kind.name(),
                            other.address
                        ))
                    })?;
                }
                added.push(one);
            }
            // One bad address of several must not lose the others.
            Err(error) if inputs.len() > 1 => {
                bar.suspend(|| out.remark(format!("{input}: {error}")));
                failed = Some(error);
            }
            Err(error) => return Err(error),
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    if out.wants_json() {
        out.json(&added)?;
    } else if !added.is_empty() {
        out.line("Run `cadet sync` to fetch the postings.")?;
    }
    failed.map_or(Ok(()), Err)
}

async fn list(ctx: &Ctx, out: &Terminal) -> Result<()> {
    let sources = source_list(ctx).await?;
    if out.wants_json() {
        return out.json(&sources);
    }
    if sources.is_empty() {
        return out.line(
            "There are no sources yet. Add one: cadet source add https://example.org/careers",
        );
    }
    let now = ctx.now();
    let columns = [
        ("#", Align::Right),
        ("Name", Align::Left),
        ("Kind", Align::Left),
        ("Health", Align::Left),
        ("Open", Align::Right),
        ("Last read", Align::Left),
    ];
    out.table(
        &columns,
        sources.iter().map(|source| row(source, now)).collect(),
    )
}

fn row(source: &Source, now: Timestamp) -> Vec<String> {
    let read = source
        .last_ok_at
        .map_or_else(|| "never".to_owned(), |at| ago(at, now));
    vec![
        source.id.to_string(),
        source.name.clone(),
        source.address.kind.label().to_owned(),
        health(source.health),
        source.open_count.to_string(),
        read,
    ]
}

async fn show(ctx: &Ctx, id: SourceId, out: &Terminal) -> Result<()> {
    let detail = source_show(ctx, id).await?;
    if out.wants_json() {
        return out.json(&detail);
    }
    let source = &detail.source;
    out.line(format!(
        "{} ({} {})",
        source.name,
        source.address.kind.label(),
        source.address.address
    ))?;
    out.line(format!(
        "Health: {}. Open there: {}. Next poll: {}.",
        health(source.health),
        source.open_count,
        source.next_poll_at
    ))?;
    out.line(format!("Looked at {}.", detail.rhythm))?;
    for notice in detail.notices.iter().filter(|one| one.ended_at.is_none()) {
        let kind = notice.kind;
        out.line(format!(
            "{} since {}: {} {} {}",
            kind.label(),
            notice.since,
            notice.seen,
            kind.meaning(),
            kind.remedy()
        ))?;
    }
    if let Some(error) = &source.last_error {
        out.line(format!("Last failure: {error}"))?;
    }
    if let Some(advice) = &detail.advice {
        out.line(format!("What to do: {advice}"))?;
    }
    let columns = [
        ("Begun", Align::Left),
        ("Outcome", Align::Left),
        ("Found", Align::Right),
        ("New", Align::Right),
        ("Changed", Align::Right),
        ("Closed", Align::Right),
        ("Problems", Align::Right),
    ];
    out.table(&columns, detail.polls.iter().map(poll_row).collect())
}

fn poll_row(poll: &Poll) -> Vec<String> {
    let counts = poll.counts;
    let numbers = [
        counts.found,
        counts.added,
        counts.changed,
        counts.closed,
        poll.problems.len() as u64,
    ];
    let head = [poll.started_at.to_string(), poll.outcome.name().to_owned()];
    head.into_iter()
        .chain(numbers.iter().map(ToString::to_string))
        .collect()
}

async fn check(ctx: &Ctx, input: &str, out: &Terminal) -> Result<()> {
    let bar = out.progress("Reading", None);
    let checked = source_check(ctx, input).await;
    bar.finish_and_clear();
    let checked = checked?;
    if out.wants_json() {
        return out.json(&checked);
    }
    let whole = if checked.complete {
        "complete"
    } else {
        "not surely complete"
    };
    out.line(format!(
        "{} {}: {} postings, {whole}.",
        checked.address.kind.label(),
        checked.address.address,
        checked.found
    ))?;
    for title in &checked.examples {
        out.line(format!("  {title}"))?;
    }
    for problem in &checked.problems {
        out.line(format!("  Problem at {}: {}", problem.at, problem.message))?;
    }
    for finding in &checked.findings {
        let kind = finding.kind;
        out.line(format!(
            "  {}: {} {} {}",
            kind.label(),
            finding.seen,
            kind.meaning(),
            kind.remedy()
        ))?;
    }
    if checked.found == 0 && !checked.complete {
        return Err(Error::invalid("Nothing could be read there."));
    }
    Ok(())
}

fn health(health: Health) -> String {
    match health {
        Health::New => "new".to_owned(),
        Health::Ok => tinted("ok", AnsiColor::Green),
        Health::Failing => tinted("failing", AnsiColor::Yellow),
        Health::Broken => tinted("broken", AnsiColor::Red),
        Health::Paused => tinted("paused", AnsiColor::BrightBlack),
    }
}

/// How long ago, in the largest whole unit.
#[must_use]
pub fn ago(at: Timestamp, now: Timestamp) -> String {
    let minutes = (now.0 - at.0) / 60_000;
    match minutes {
        i64::MIN..=0 => "just now".to_owned(),
        1..=119 => format!("{minutes} min ago"),
        120..=2_879 => format!("{} h ago", minutes / 60),
        _ => format!("{} days ago", minutes / 1_440),
    }
}

/// Runs `cadet export sources`: one JSON object a line.
///
/// # Errors
/// From the database; [`Error::Unavailable`] when the output is closed.
pub async fn export(ctx: &Ctx, out: &Terminal) -> Result<()> {
    source_list(ctx)
        .await?
        .iter()
        .try_for_each(|source| out.json_line(source))
}
