//! Chromium for the browser tests: the one that is there, or Debian's.

use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::{apt, shell};

/// The variable that tells tests where the browser is; set beforehand, it chooses another browser.
pub const VARIABLE: &str = "CADET_TEST_CHROMIUM";

/// The browser's program file; installs it when there is none.
pub fn find_or_install() -> Result<PathBuf> {
    if let Some(chosen) = shell::environment(VARIABLE) {
        return Ok(PathBuf::from(chosen));
    }
    if let Some(found) = find() {
        return Ok(found);
    }
    apt::install("Chromium", &["chromium", "fonts-dejavu-core"])?;
    find().context("Chromium was installed, but is nowhere to be found")
}

fn find() -> Option<PathBuf> {
    shell::find_program(
        &[
            "chromium",
            "chromium-browser",
            "google-chrome",
            "google-chrome-stable",
        ],
        &[],
    )
}
