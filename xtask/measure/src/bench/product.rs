//! The product as an engine: the same calls that its own pipeline and pages make, without HTTP.

use std::path::Path;

use anyhow::{Result, bail};

use super::Engine;

/// Opens the product on an empty data folder.
pub async fn open(folder: &Path) -> Result<Box<dyn Engine>> {
    bail!(
        "the product has no pipeline yet that could fill {}",
        folder.display()
    )
}
