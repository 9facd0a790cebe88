//! `cadet opening show`, `split`, `join` and `undo`.

use clap::Subcommand;

use super::actions::{opening_join, opening_show, opening_split, opening_undo, posting_named};
use super::matching::openings_match;
use super::model::{DecisionId, OpeningPosting, OpeningRecord};
use crate::error::Result;
use crate::postings::model::PostingId;
use crate::postings::record::Status;
use crate::state::Ctx;
use crate::terminal::{Align, Terminal};

/// `cadet opening`.
#[derive(Debug, Subcommand)]
pub enum OpeningCommand {
    /// Show the postings of one opening, and why they are one
    #[command(after_help = "Example: cadet opening show 42")]
    Show {
        /// The number of any of its postings
        id: i64,
    },
    /// Take a posting out of its opening, for good
    #[command(after_help = "Example: cadet opening split 43")]
    Split {
        /// The number of the posting to take out
        id: i64,
    },
    /// Put two openings together, whatever the rules say
    #[command(after_help = "Example: cadet opening join 42 43")]
    Join {
        /// The number of a posting
        id: i64,
        /// The number of another, or the address of its page
        other: String,
    },
    /// Undo a decision by the number that `show` gives
    #[command(after_help = "Example: cadet opening undo 7")]
    Undo {
        /// The decision's number
        decision: i64,
    },
}

/// Runs `cadet opening`.
///
/// # Errors
/// [`Error::NotFound`](crate::error::Error::NotFound) for what is not there; from the database.
pub async fn run(ctx: &Ctx, command: OpeningCommand, out: &Terminal) -> Result<()> {
    let opening = match command {
        OpeningCommand::Show { id } => {
            openings_match(ctx).await?;
            opening_show(ctx, PostingId(id)).await?
        }
        OpeningCommand::Split { id } => opening_split(ctx, PostingId(id)).await?,
        OpeningCommand::Join { id, other } => {
            let other = posting_named(ctx, &other).await?;
            opening_join(ctx, PostingId(id), other).await?
        }
        OpeningCommand::Undo { decision } => opening_undo(ctx, DecisionId(decision)).await?,
    };
    if out.wants_json() {
        return out.json(&opening);
    }
    show(&opening, out)
}

fn show(opening: &OpeningRecord, out: &Terminal) -> Result<()> {
    let columns = [
        ("#", Align::Right),
        ("Title", Align::Left),
        ("Company", Align::Left),
        ("Places", Align::Left),
        ("Why", Align::Left),
    ];
    out.table(&columns, opening.postings.iter().map(row).collect())?;
    let count = opening.postings.len();
    let noun = if count == 1 { "posting" } else { "postings" };
    out.line(format!("Opening {}: {count} {noun}.", opening.id))?;
    for said in &opening.decisions {
        let what = if said.same {
            "one opening"
        } else {
            "not the same"
        };
        out.line(format!(
            "Decision {}: {} and {} are {what}. Undo it: cadet opening undo {}",
            said.id, said.first, said.second, said.id
        ))?;
    }
    Ok(())
}

fn row(posting: &OpeningPosting) -> Vec<String> {
    let closed = match posting.status {
        Status::Open => "",
        Status::Closed => " (closed)",
    };
    let places: Vec<&str> = posting
        .locations
        .iter()
        .map(|place| place.text.as_str())
        .collect();
    let score = posting.score.map(|score| format!(" ({score:.2})"));
    vec![
        posting.id.to_string(),
        format!("{}{closed}", posting.title),
        posting.company.clone(),
        places.join("; "),
        format!(
            "{}{}",
            posting.reasons.join(", "),
            score.unwrap_or_default()
        ),
    ]
}
