//! Poppler's `pdftotext`, which most programs that read PDFs on Linux rest on.

use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::{apt, shell};

/// The program; installed when it is missing and that is possible.
pub fn find_or_install() -> Result<PathBuf> {
    let find = || shell::find_program(&["pdftotext"], &[]);
    if let Some(program) = find() {
        return Ok(program);
    }
    apt::install("pdftotext (poppler)", &["poppler-utils"])?;
    find().context("pdftotext was installed but is not on the PATH")
}
