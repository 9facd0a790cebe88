//! `cadet doctor`, `backup`, `restore`, `import`, `config` and `job`.

use std::path::Path;

use clap::Subcommand;

use crate::config::{Config, Resolved};
use crate::error::Result;
use crate::state::Ctx;
use crate::terminal::{Align, Terminal};

/// Background jobs that were given up on.
#[derive(Debug, Subcommand)]
pub enum JobCommand {
    /// List them
    List,
}

/// Runs `cadet job`.
///
/// # Errors
/// Whatever the action says.
pub async fn job(_ctx: &Ctx, _command: JobCommand, _out: &Terminal) -> Result<()> {
    Ok(())
}

/// Runs `cadet doctor`.
///
/// # Errors
/// Whatever the action says.
pub async fn doctor(_ctx: &Ctx, _out: &Terminal) -> Result<()> {
    Ok(())
}

/// Runs `cadet backup`.
///
/// # Errors
/// Whatever the action says.
pub async fn backup(_ctx: &Ctx, _file: &Path, _out: &Terminal) -> Result<()> {
    Ok(())
}

/// Runs `cadet restore`.
///
/// # Errors
/// Whatever the action says.
pub async fn restore(
    _config: &Config,
    _file: &Path,
    _replace: bool,
    _out: &Terminal,
) -> Result<()> {
    Ok(())
}

/// Runs `cadet import`.
///
/// # Errors
/// Whatever the action says.
pub async fn import(_ctx: &Ctx, _file: &Path, _out: &Terminal) -> Result<()> {
    Ok(())
}

/// Runs `cadet config`.
///
/// # Errors
/// When the output is closed.
pub fn config(resolved: &Resolved, out: &Terminal) -> Result<()> {
    let rows = resolved
        .origins
        .iter()
        .map(|(path, origin)| vec![path.clone(), origin.clone()])
        .collect();
    out.table(&[("Value", Align::Left), ("From", Align::Left)], rows)
}
