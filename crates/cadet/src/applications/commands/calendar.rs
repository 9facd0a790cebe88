//! `cadet calendar`.

use std::path::PathBuf;

use clap::Subcommand;

use super::super::calendar::actions::{
    calendar_export, calendar_renew, calendar_revoke, calendar_status,
};
use super::files::write;
use crate::error::{Error, Result};
use crate::state::Ctx;
use crate::terminal::Terminal;

/// The calendar of interviews, deadlines and tasks.
#[derive(Debug, Subcommand)]
pub enum CalendarCommand {
    /// Give the calendar an address to subscribe; it is shown this once
    #[command(after_help = "Example: cadet calendar url --tasks")]
    Url {
        /// With tasks, for programs that show them
        #[arg(long)]
        tasks: bool,
    },
    /// Give the calendar a new address; the one before stops working
    #[command(after_help = "Example: cadet calendar renew")]
    Renew {
        /// With tasks, for programs that show them
        #[arg(long)]
        tasks: bool,
    },
    /// Take the address away
    #[command(after_help = "Example: cadet calendar revoke")]
    Revoke,
    /// Write all dates as one file
    #[command(after_help = "Example: cadet calendar export applications.ics")]
    Export {
        /// The file to write; to the standard output if absent
        file: Option<PathBuf>,
    },
}

/// Runs `cadet calendar`.
///
/// # Errors
/// Whatever the action says.
pub async fn run_calendar(ctx: &Ctx, command: CalendarCommand, out: &Terminal) -> Result<()> {
    match command {
        CalendarCommand::Url { tasks } => {
            if calendar_status(ctx).await?.subscribed {
                return Err(Error::Conflict(
                    "The calendar has an address already, which is kept only as a hash and cannot be shown again. `cadet calendar renew` gives it a new one.".into(),
                ));
            }
            address(ctx, tasks, out).await
        }
        CalendarCommand::Renew { tasks } => address(ctx, tasks, out).await,
        CalendarCommand::Revoke => {
            calendar_revoke(ctx).await?;
            out.answer(&serde_json::json!({ "subscribed": false }), || {
                "The address no longer works.".to_owned()
            })
        }
        CalendarCommand::Export { file } => {
            let text = calendar_export(ctx).await?;
            let Some(path) = file else {
                return out.bytes(text.as_bytes());
            };
            write(&path, text.as_bytes())?;
            out.answer(&serde_json::json!({ "file": path }), || {
                format!("{} is written.", path.display())
            })
        }
    }
}

async fn address(ctx: &Ctx, tasks: bool, out: &Terminal) -> Result<()> {
    let url = calendar_renew(ctx, tasks).await?.0;
    out.answer(&serde_json::json!({ "url": url }), || {
        format!("Subscribe to this address, shown this once:\n\n    {url}\n")
    })
}
