//! `cadet show`: one posting, its records as the sources told them, or its history.

use clap::Args;

use crate::error::Result;
use crate::postings::actions::{posting_raw, posting_record, posting_show};
use crate::postings::facts;
use crate::postings::merge::Change;
use crate::postings::model::PostingId;
use crate::postings::record::{HistoryEntry, PostingRecord, Status};
use crate::state::Ctx;
use crate::terminal::Terminal;

/// Which posting, and what of it.
#[derive(Debug, Args)]
pub struct ShowArgs {
    /// The posting's number
    pub id: i64,
    /// The records as the sources told them, as JSON
    #[arg(long)]
    pub raw: bool,
    /// What happened to it, the newest first, with the whole text before each change of the text
    #[arg(long, conflicts_with = "raw")]
    pub history: bool,
}

/// Runs `cadet show`.
///
/// # Errors
/// [`crate::error::Error::NotFound`]; from the database.
pub async fn show(ctx: &Ctx, args: &ShowArgs, out: &Terminal) -> Result<()> {
    let id = PostingId(args.id);
    if args.raw {
        return raw(ctx, id, out).await;
    }
    if args.history {
        let history = posting_show(ctx, id).await?.history;
        return if out.wants_json() {
            out.json(&history)
        } else {
            tell_history(&history, out)
        };
    }
    if out.wants_json() {
        return out.json(&posting_record(ctx, id).await?);
    }
    tell(&posting_record(ctx, id).await?, out)
}

async fn raw(ctx: &Ctx, id: PostingId, out: &Terminal) -> Result<()> {
    let records = posting_raw(ctx, id).await?;
    let told: Vec<_> = records
        .into_iter()
        .map(|(source, record)| serde_json::json!({ "source_id": source, "record": record }))
        .collect();
    out.json(&told)
}

fn tell(record: &PostingRecord, out: &Terminal) -> Result<()> {
    let status = match (record.status, record.suspect_since) {
        (Status::Closed, _) => "closed",
        (Status::Open, Some(_)) => "open, but not listed at the last look",
        (Status::Open, None) => "open",
    };
    out.line(format!("{} at {} ({status})", record.title, record.company))?;
    let places: Vec<&str> = record
        .locations
        .iter()
        .map(|place| place.text.as_str())
        .collect();
    out.line(format!("{}\n{}", places.join("; "), record.url))?;
    for (name, words) in facts::lines(&record.facts) {
        out.line(format!("  {name}: {words}"))?;
    }
    for sighting in &record.sightings {
        let gone = match (sighting.gone_at, sighting.standing.as_str()) {
            (Some(_), _) => ", no longer there",
            (None, "suspect") => ", in doubt",
            (None, _) => "",
        };
        out.line(format!(
            "  Seen in {}{gone}: {}",
            sighting.source, sighting.url
        ))?;
    }
    out.line(format!("\n{}", record.description_text))
}

fn tell_history(history: &[HistoryEntry], out: &Terminal) -> Result<()> {
    if history.is_empty() {
        return out.line("Nothing has happened to it since it was first seen.");
    }
    history.iter().try_for_each(|entry| tell_entry(entry, out))
}

fn tell_entry(entry: &HistoryEntry, out: &Terminal) -> Result<()> {
    match entry {
        HistoryEntry::Suspected { at, reason } => out.line(format!("{at}  in doubt: {reason}")),
        HistoryEntry::ListedAgain { at, reason } => {
            out.line(format!("{at}  no longer in doubt: {reason}"))
        }
        HistoryEntry::Closed { at, reason } => out.line(format!("{at}  closed: {reason}")),
        HistoryEntry::Reopened { at, reason } => out.line(format!("{at}  open again: {reason}")),
        HistoryEntry::Changed {
            at,
            changes,
            earlier,
        } => {
            let names: Vec<&str> = changes.keys().map(String::as_str).collect();
            out.line(format!("{at}  changed: {}", names.join(", ")))?;
            for (name, change) in changes {
                tell_change(name, change, out)?;
            }
            match earlier {
                Some(earlier) => {
                    let text = earlier.text.replace('\n', "\n    ");
                    out.line(format!("    The whole text before:\n    {text}"))
                }
                None => Ok(()),
            }
        }
    }
}

fn tell_change(name: &str, change: &Change, out: &Terminal) -> Result<()> {
    match change {
        Change::Value { before, after } => out.line(format!("    {name}: {before} -> {after}")),
        Change::Text { removed, added } => {
            for line in removed {
                out.line(format!("    - {line}"))?;
            }
            added
                .iter()
                .try_for_each(|line| out.line(format!("    + {line}")))
        }
    }
}
