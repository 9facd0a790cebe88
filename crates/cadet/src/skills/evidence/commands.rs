//! `cadet evidence`.

use std::path::PathBuf;
use std::sync::Arc;

use anstyle::AnsiColor;
use clap::Subcommand;

use super::actions::{
    evidence_add, evidence_history, evidence_recorded, evidence_restore, evidence_show,
    evidence_withdraw,
};
use super::check::{Checked, Outcome, evidence_check, evidence_check_all};
use super::model::{Evidence, EvidenceId, NewEvidence, Recorded};
use super::public::evidence_read;
use super::scans::{Scan, scan_now};
use crate::error::{Error, Result};
use crate::skills::{SkillId, Taxonomy};
use crate::state::Ctx;
use crate::terminal::{Align, Terminal, tinted};

/// Rows of the history that are listed.
const HISTORY: u64 = 500;

/// What proves your skills.
#[derive(Debug, Subcommand)]
pub enum EvidenceCommand {
    /// Read your commits in a Git repository of this machine
    #[command(after_help = "Example: cadet evidence scan ~/code/shop --email ada@example.org")]
    Scan {
        /// The repository's folder
        path: PathBuf,
        /// An address of your commits; may be given several times
        #[arg(long)]
        email: Vec<String>,
    },
    /// List what counts, by skill; with --all every row that was ever written
    #[command(
        visible_alias = "ls",
        after_help = "Example: cadet evidence list --skill postgresql"
    )]
    List {
        /// Only this skill, by its id
        #[arg(long)]
        skill: Option<String>,
        /// Rows that were replaced or withdrawn, too
        #[arg(long)]
        all: bool,
    },
    /// Write a statement down; it is a claim and no proof
    #[command(
        after_help = "Example: cadet evidence add postgresql \"I tuned the queries of a shop.\""
    )]
    Add {
        /// The skill's id
        skill: String,
        /// What you did with it, in one sentence
        statement: String,
        /// Where it can be seen
        #[arg(long)]
        link: Option<String>,
    },
    /// Read a public page's text, or the JSON that lists your repositories, from a file
    #[command(
        after_help = "Example: cadet evidence read repositories.json --link https://code.example.org/ada"
    )]
    Read {
        /// The file
        file: PathBuf,
        /// The address at which others can see it
        #[arg(long)]
        link: String,
    },
    /// Show one row
    #[command(after_help = "Example: cadet evidence show 3")]
    Show {
        /// The row's number
        id: i64,
    },
    /// Say that a piece no longer holds; the row stays, and a newer one takes it back
    #[command(after_help = "Example: cadet evidence withdraw 3 --why \"It was another person's.\"")]
    Withdraw {
        /// The row's number
        id: i64,
        /// Why
        #[arg(long, default_value = "")]
        why: String,
        /// Take the withdrawal with this number back
        #[arg(long)]
        undo: bool,
    },
    /// Check again whether commits are still there, all or one
    #[command(after_help = "Example: cadet evidence check")]
    Check {
        /// The row's number
        id: Option<i64>,
    },
}

/// Runs `cadet evidence`.
///
/// # Errors
/// Whatever the action says.
pub async fn run(ctx: &Ctx, command: EvidenceCommand, out: &Terminal) -> Result<()> {
    match command {
        EvidenceCommand::Scan { path, email } => scan(ctx, &path, &email, out).await,
        EvidenceCommand::List { skill, all } => list(ctx, skill, all, out).await,
        EvidenceCommand::Add {
            skill,
            statement,
            link,
        } => add(ctx, &skill, statement, link, out).await,
        EvidenceCommand::Read { file, link } => read(ctx, &file, &link, out).await,
        EvidenceCommand::Show { id } => show(ctx, EvidenceId(id), out).await,
        EvidenceCommand::Withdraw { id, undo: true, .. } => {
            let again = evidence_restore(ctx, EvidenceId(id)).await?;
            settle(ctx).await?;
            out.answer(&again, || format!("It counts again, as row {}.", again.id))
        }
        EvidenceCommand::Withdraw { id, why, .. } => {
            let row = evidence_withdraw(ctx, EvidenceId(id), &why).await?;
            settle(ctx).await?;
            let number = row.evidence.id;
            out.answer(&row, || {
                format!(
                    "It is withdrawn by row {number}. Undo: cadet evidence withdraw {number} --undo"
                )
            })
        }
        EvidenceCommand::Check { id } => check(ctx, id, out).await,
    }
}

/// Runs what follows, so that a search right after the command is right.
async fn settle(ctx: &Ctx) -> Result<()> {
    crate::work::worker(ctx.app())?.drain().await?;
    Ok(())
}

async fn scan(ctx: &Ctx, path: &std::path::Path, emails: &[String], out: &Terminal) -> Result<()> {
    let bar = out.progress("Reading commits", None);
    let shown = bar.clone();
    let watching =
        Arc::new(move |progress: repository::Progress| shown.set_position(progress.looked_at));
    let done = scan_now(ctx, &path.display().to_string(), emails, watching).await;
    bar.finish_and_clear();
    let (scan, written) = done?;
    settle(ctx).await?;
    if out.wants_json() {
        return out.json(&serde_json::json!({ "scan": scan, "written": written }));
    }
    told(&scan, written, out)
}

fn told(scan: &Scan, written: u64, out: &Terminal) -> Result<()> {
    let Some(facts) = &scan.facts else {
        return Ok(());
    };
    out.line(format!(
        "{}: {} of {} commits are yours; {written} rows of evidence were written.",
        facts.name, facts.commits.own, facts.commits.all
    ))?;
    for note in scan.notes() {
        out.remark(note);
    }
    let columns = [
        ("Language", Align::Left),
        ("Added", Align::Right),
        ("Removed", Align::Right),
        ("Commits", Align::Right),
    ];
    let rows = facts.languages.iter().map(|(name, work)| {
        vec![
            name.clone(),
            work.added.to_string(),
            work.removed.to_string(),
            work.commits.to_string(),
        ]
    });
    out.table(&columns, rows.collect())?;
    out.line("See it: cadet evidence list")
}

async fn list(ctx: &Ctx, skill: Option<String>, all: bool, out: &Terminal) -> Result<()> {
    let mut rows = match all {
        true => evidence_history(ctx, i64::MAX, HISTORY).await?,
        false => evidence_recorded(ctx).await?,
    };
    rows.retain(|row| {
        skill
            .as_deref()
            .is_none_or(|skill| row.evidence.skill.as_str() == skill)
    });
    if !all {
        rows.sort_by(|one, other| {
            let (one, other) = (&one.evidence, &other.evidence);
            one.skill
                .cmp(&other.skill)
                .then(other.strength.total_cmp(&one.strength))
        });
    }
    if out.wants_json() {
        return out.json(&rows);
    }
    if rows.is_empty() {
        return out.line("There is no such evidence. Scan a repository: cadet evidence scan FOLDER --email you@example.org");
    }
    let columns = [
        ("#", Align::Right),
        ("Skill", Align::Left),
        ("Strength", Align::Right),
        ("Kind", Align::Left),
        ("What", Align::Left),
    ];
    out.table(&columns, rows.iter().map(row).collect())
}

fn row(row: &Recorded) -> Vec<String> {
    let piece = &row.evidence;
    let percent = format!("{:.0} %", piece.strength * 100.0);
    let strength = match (row.is_current(), piece.strength >= Evidence::PROVES) {
        (false, _) => tinted("replaced", AnsiColor::BrightBlack),
        (true, true) => tinted(&percent, AnsiColor::Green),
        (true, false) => percent,
    };
    vec![
        piece.id.to_string(),
        piece.skill.to_string(),
        strength,
        piece.kind.label().to_owned(),
        piece.statement.clone(),
    ]
}

async fn add(
    ctx: &Ctx,
    skill: &str,
    statement: String,
    link: Option<String>,
    out: &Terminal,
) -> Result<()> {
    let id =
        SkillId::parse(skill).map_err(|error| Error::invalid_field("skill", error.to_string()))?;
    let piece = NewEvidence {
        link,
        ..NewEvidence::statement(id, statement, ctx.now())
    };
    let added = evidence_add(ctx, piece).await?;
    settle(ctx).await?;
    let name = Taxonomy::bundled().name_of(skill).unwrap_or(skill);
    out.answer(&added, || format!("Row {} claims {name}.", added.id))
}

async fn read(ctx: &Ctx, file: &std::path::Path, link: &str, out: &Terminal) -> Result<()> {
    let content = std::fs::read_to_string(file).map_err(|cause| match cause.kind() {
        std::io::ErrorKind::NotFound => Error::not_found("file", file.display()),
        _ => Error::invalid(format!(
            "The file {} cannot be read as text: {cause}.",
            file.display()
        )),
    })?;
    let written = evidence_read(ctx, link, &content).await?;
    settle(ctx).await?;
    out.answer(&serde_json::json!({ "written": written }), || {
        format!("{written} rows of evidence were written.")
    })
}

async fn show(ctx: &Ctx, id: EvidenceId, out: &Terminal) -> Result<()> {
    let row = evidence_show(ctx, id).await?;
    if out.wants_json() {
        return out.json(&row);
    }
    let piece = &row.evidence;
    out.line(&piece.statement)?;
    out.line(format!(
        "{} for {}, strength {:.0} %, {}.",
        piece.kind.label(),
        piece.skill,
        piece.strength * 100.0,
        piece.at.date_string()
    ))?;
    out.line(&piece.check)?;
    if let Some(link) = &piece.link {
        out.line(link)?;
    }
    match (row.withdrawn, row.superseded_by) {
        (true, _) => out.line("It withdraws an earlier row."),
        (_, Some(newer)) => out.line(format!("Row {newer} replaces it.")),
        _ => Ok(()),
    }
}

async fn check(ctx: &Ctx, id: Option<i64>, out: &Terminal) -> Result<()> {
    let checked = match id {
        Some(id) => vec![evidence_check(ctx, EvidenceId(id)).await?],
        None => evidence_check_all(ctx).await?,
    };
    if out.wants_json() {
        return out.json(&checked);
    }
    let columns = [
        ("#", Align::Right),
        ("Skill", Align::Left),
        ("State", Align::Left),
        ("Found", Align::Left),
    ];
    let row = |one: &Checked| {
        let color = match one.outcome {
            Outcome::Holds => AnsiColor::Green,
            Outcome::Fails => AnsiColor::Red,
            Outcome::ByHand => AnsiColor::BrightBlack,
        };
        vec![
            one.id.to_string(),
            one.skill.clone(),
            tinted(one.outcome.label(), color),
            one.detail.clone(),
        ]
    };
    out.table(&columns, checked.iter().map(row).collect())
}
