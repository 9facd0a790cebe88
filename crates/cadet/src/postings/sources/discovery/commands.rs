//! `cadet source discover`.

use clap::Args;

use super::actions::{
    proposal_add, proposal_add_all, proposal_count, proposal_dismiss, proposal_list,
    proposal_restore,
};
use super::model::{Proposal, ProposalId, Which};
use super::note::boards_scan;
use crate::error::Result;
use crate::postings::sources::intake::commands::intake_wait;
use crate::state::Ctx;
use crate::terminal::{Align, Terminal};

/// What to do with the boards that known postings lead to.
#[derive(Debug, Args)]
pub struct DiscoverArgs {
    /// Add these as sources, and read each once
    #[arg(long, value_name = "NUMBER", num_args = 1.., conflicts_with_all = ["add_all", "dismiss", "restore"])]
    pub add: Vec<i64>,
    /// Add all of them as sources, and read each once
    #[arg(long, conflicts_with_all = ["dismiss", "restore"])]
    pub add_all: bool,
    /// Do not propose this one any more
    #[arg(long, value_name = "NUMBER", conflicts_with = "restore")]
    pub dismiss: Option<i64>,
    /// Propose this one again
    #[arg(long, value_name = "NUMBER")]
    pub restore: Option<i64>,
    /// List those that were dismissed
    #[arg(long)]
    pub dismissed: bool,
    /// Rows
    #[arg(long, default_value_t = 30)]
    pub limit: usize,
}

/// Runs `cadet source discover`.
///
/// # Errors
/// Whatever the action says.
pub async fn run(ctx: &Ctx, args: &DiscoverArgs, out: &Terminal) -> Result<()> {
    boards_scan(ctx).await?;
    if args.add_all {
        return intake_wait(ctx, proposal_add_all(ctx).await?, out).await;
    }
    if !args.add.is_empty() {
        let ids: Vec<ProposalId> = args.add.iter().copied().map(ProposalId).collect();
        return intake_wait(ctx, proposal_add(ctx, &ids).await?, out).await;
    }
    if let Some(id) = args.dismiss {
        let proposal = proposal_dismiss(ctx, ProposalId(id)).await?;
        return out.answer(&proposal, || {
            format!("{} is not proposed any more. Take it back with: cadet source discover --restore {id}", proposal.name)
        });
    }
    if let Some(id) = args.restore {
        let proposal = proposal_restore(ctx, ProposalId(id)).await?;
        return out.answer(&proposal, || {
            format!("{} is proposed again.", proposal.name)
        });
    }
    list(ctx, args, out).await
}

async fn list(ctx: &Ctx, args: &DiscoverArgs, out: &Terminal) -> Result<()> {
    let which = if args.dismissed {
        Which::Dismissed
    } else {
        Which::Open
    };
    let found = proposal_list(ctx, which, None, args.limit).await?;
    if out.wants_json() {
        return out.json(&found);
    }
    if found.is_empty() {
        return out.line("No posting leads to a job board that is not a source. Add a community list, or choose employers: cadet source directory");
    }
    let columns = [
        ("#", Align::Right),
        ("Employer", Align::Left),
        ("Board", Align::Left),
        ("Backend internships", Align::Right),
        ("Open", Align::Right),
        ("Why", Align::Left),
    ];
    out.table(&columns, found.iter().map(row).collect())?;
    let total = proposal_count(ctx, which).await?;
    out.remark(format!(
        "{} of {total} shown. Add some: cadet source discover --add {}",
        found.len(),
        found.first().map_or(0, |one| one.id.0)
    ));
    Ok(())
}

fn row(proposal: &Proposal) -> Vec<String> {
    vec![
        proposal.id.to_string(),
        proposal.name.clone(),
        proposal.address.shorthand(),
        proposal.open_backend_internships.to_string(),
        proposal.open.to_string(),
        proposal.why.clone(),
    ]
}
