//! Waiting for an intake on the command line.

use std::time::Duration;

use super::actions::{IntakeDetail, intake_progress, intake_show};
use super::model::{Intake, Stage};
use crate::error::{Error, Result};
use crate::state::Ctx;
use crate::terminal::Terminal;

/// How often the bar moves.
const LOOK_EVERY: Duration = Duration::from_millis(500);

/// Reads the boards of an intake in this process and tells how it went. A running server helps; whoever ends the command
/// leaves the rest to the server, or to the next command that works.
///
/// # Errors
/// From the database; [`Error::Source`] when no board could be read.
pub async fn intake_wait(ctx: &Ctx, intake: Intake, out: &Terminal) -> Result<()> {
    let bar = out.progress("Reading boards", Some(intake.total));
    let worker = crate::work::worker(ctx.app())?;
    let work = worker.drain();
    tokio::pin!(work);
    loop {
        tokio::select! {
            done = &mut work => {
                done?;
                break;
            }
            () = tokio::time::sleep(LOOK_EVERY) => {
                bar.set_position(intake_progress(ctx, intake.id).await?.done());
            }
        }
    }
    ctx.index.catch_up(&ctx.db, &|_| ()).await?;
    bar.finish_and_clear();
    tell(&intake_show(ctx, intake.id).await?, out)
}

fn tell(detail: &IntakeDetail, out: &Terminal) -> Result<()> {
    let intake = &detail.intake;
    for board in &detail.boards {
        if let Some(error) = &board.item.error {
            out.remark(format!("{}: {error}", board.item.name));
        }
    }
    if out.wants_json() {
        out.json(detail)?;
    } else {
        out.line(format!(
            "{} of {} boards are sources now: {} postings found. {} were sources already, {} could not be read, {} wait.",
            intake.added, intake.total, intake.found, intake.known, intake.failed, intake.waiting
        ))?;
    }
    let failure = detail
        .boards
        .iter()
        .filter(|board| board.item.stage == Stage::Failed)
        .find_map(|board| board.item.error.clone());
    match failure {
        Some(error) if intake.failed == intake.total => Err(Error::Source(Box::new(error))),
        _ => Ok(()),
    }
}
