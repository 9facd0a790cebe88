//! The alert of the demonstration.

use crate::error::Result;
use crate::state::Ctx;

/// Adds the sample alert.
///
/// # Errors
/// From the database.
pub async fn add_sample(_ctx: &Ctx) -> Result<()> {
    Ok(())
}

/// What the sample alert has found, in words.
///
/// # Errors
/// From the database.
pub async fn summary(_ctx: &Ctx) -> Result<String> {
    Ok(String::new())
}
