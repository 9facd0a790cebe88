//! `cadet alert`.

use clap::Subcommand;

use crate::error::Result;
use crate::state::Ctx;
use crate::terminal::Terminal;

/// Saved searches that tell you what is new.
#[derive(Debug, Subcommand)]
pub enum AlertCommand {
    /// List the alerts
    #[command(after_help = "Example: cadet alert list --json")]
    List,
}

/// Runs `cadet alert`.
///
/// # Errors
/// Whatever the action says.
pub async fn run(_ctx: &Ctx, _command: AlertCommand, out: &Terminal) -> Result<()> {
    out.line("There are no alerts.")
}

/// Runs `cadet export alerts`.
///
/// # Errors
/// Whatever the action says.
pub async fn export(_ctx: &Ctx, _out: &Terminal) -> Result<()> {
    Ok(())
}
