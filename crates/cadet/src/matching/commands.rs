//! `cadet match` and `cadet gap`.

use anstyle::AnsiColor;
use clap::Args;

use super::actions::{GapRecord, gap_show, match_best, match_of, match_refresh};
use super::model::{Judged, Match, Need, Standing};
use crate::error::Result;
use crate::postings::commands::SearchArgs;
use crate::postings::model::PostingId;
use crate::state::Ctx;
use crate::terminal::{Align, Terminal, tinted};

/// `cadet match`.
#[derive(Debug, Args)]
pub struct MatchArgs {
    /// The posting's number; without one, the postings that fit best are listed
    pub posting: Option<i64>,
    /// Countries as two letters: DE
    #[arg(long)]
    pub country: Vec<String>,
    /// Internships only
    #[arg(long)]
    pub internship: bool,
    /// Only those that fit at least so well, from 0 to 1
    #[arg(long, value_name = "SCORE")]
    pub least_fit: Option<f32>,
    /// Rows
    #[arg(long, default_value_t = 20)]
    pub limit: usize,
}

/// `cadet gap`.
#[derive(Debug, Args)]
pub struct GapArgs {
    /// Only postings in this country, two letters
    #[arg(
        long,
        value_name = "CODE",
        default_value = "",
        hide_default_value = true
    )]
    pub country: String,
    /// Postings that are no backend internships, too
    #[arg(long)]
    pub everything: bool,
}

/// Runs `cadet match`.
///
/// # Errors
/// [`crate::error::Error::NotFound`]; from the database and the index.
pub async fn run(ctx: &Ctx, args: MatchArgs, out: &Terminal) -> Result<()> {
    ctx.index.catch_up(&ctx.db, &|_| ()).await?;
    match_refresh(ctx).await?;
    match args.posting {
        Some(id) => one(ctx, PostingId(id), out).await,
        None => best(ctx, args, out).await,
    }
}

async fn one(ctx: &Ctx, id: PostingId, out: &Terminal) -> Result<()> {
    let found = match_of(ctx, id).await?;
    if out.wants_json() {
        return out.json(&found);
    }
    if found.blank {
        out.remark("Nothing is known of you yet: `cadet profile edit` and `cadet evidence scan FOLDER` change that.");
    }
    tell(&found, out)
}

fn tell(found: &Match, out: &Terminal) -> Result<()> {
    for reason in &found.reasons {
        out.line(reason)?;
    }
    let columns = [
        ("Stands", Align::Left),
        ("Asked for", Align::Left),
        ("Need", Align::Left),
        ("Because", Align::Left),
        ("To do", Align::Left),
    ];
    out.table(&columns, found.requirements.iter().map(row).collect())
}

fn row(one: &Judged) -> Vec<String> {
    let color = match one.standing {
        Standing::Proven => AnsiColor::Green,
        Standing::Claimed => AnsiColor::Cyan,
        Standing::Gap => AnsiColor::Yellow,
        Standing::Knockout => AnsiColor::Red,
    };
    let need = match one.requirement.need {
        Need::Must => "must",
        Need::Nice => "nice",
    };
    vec![
        tinted(one.standing.name(), color),
        one.label.clone(),
        need.to_owned(),
        one.because.clone(),
        one.advice.clone().unwrap_or_default(),
    ]
}

async fn best(ctx: &Ctx, args: MatchArgs, out: &Terminal) -> Result<()> {
    let search = SearchArgs::fitting(args.country, args.internship, args.least_fit, args.limit);
    let page = match_best(ctx, search.query()?).await?;
    if out.wants_json() {
        return out.json(&page);
    }
    for warning in &page.warnings {
        out.remark(warning);
    }
    let columns = [
        ("#", Align::Right),
        ("Fit", Align::Right),
        ("Title", Align::Left),
        ("Company", Align::Left),
        ("Proven", Align::Right),
        ("Claimed", Align::Right),
        ("Gaps", Align::Right),
    ];
    let row = |hit: &crate::postings::search::PostingHit| {
        let posting = &hit.posting;
        let fit = posting.fit;
        let count = |count: fn(&crate::postings::fit::Fit) -> u8| {
            fit.as_ref()
                .map_or_else(String::new, |fit| count(fit).to_string())
        };
        let percent = fit.map_or_else(String::new, |fit| {
            format!(
                "{} %{}",
                fit.percent(),
                if fit.knocked_out { ", out" } else { "" }
            )
        });
        vec![
            posting.id.to_string(),
            percent,
            posting.title.clone(),
            posting.company.clone(),
            count(|fit| fit.proven),
            count(|fit| fit.claimed),
            count(|fit| fit.gaps),
        ]
    };
    out.table(&columns, page.items.iter().map(row).collect())?;
    out.line(format!("{} of {} postings.", page.items.len(), page.total))
}

/// Runs `cadet gap`.
///
/// # Errors
/// [`crate::error::Error::Invalid`] for what is no country; from the database.
pub async fn gap(ctx: &Ctx, args: GapArgs, out: &Terminal) -> Result<()> {
    match_refresh(ctx).await?;
    let found = gap_show(ctx, &args.country, args.everything).await?;
    if out.wants_json() {
        return out.json(&found);
    }
    told(&found, out)
}

fn told(found: &GapRecord, out: &Terminal) -> Result<()> {
    if found.postings == 0 {
        return out.line("There are no such open postings. `cadet sync` fetches some; --everything looks at all.");
    }
    out.line(format!(
        "Of {} open postings, {} ask for nothing that you do not prove or claim; {} are ruled out by something else.",
        found.postings, found.open, found.ruled_out
    ))?;
    if found.steps.is_empty() {
        return out.line("No skill would open more of them.");
    }
    let columns = [
        ("Learn", Align::Left),
        ("Opens", Align::Right),
        ("Nearer", Align::Right),
        ("Open then", Align::Right),
        ("Close to", Align::Left),
    ];
    let rows = found.steps.iter().map(|step| {
        vec![
            step.name.clone(),
            step.opens.to_string(),
            step.nearer.to_string(),
            step.open_then.to_string(),
            step.related.clone().unwrap_or_default(),
        ]
    });
    out.table(&columns, rows.collect())
}
