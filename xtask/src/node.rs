//! Node.js: that it is there and new enough, and the packages of a folder exactly as its lock file says.

use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::shell;

/// The oldest major version that the browser tests and the test mail server run on.
const OLDEST: u32 = 20;

/// Fails with what to do when Node.js or npm is missing or too old.
pub fn check() -> Result<()> {
    let version = shell::output(shell::command("node").arg("--version")).with_context(|| {
        format!("Node.js is missing; install version {OLDEST} or newer, with npm")
    })?;
    let major = version
        .trim()
        .trim_start_matches('v')
        .split('.')
        .next()
        .and_then(|text| text.parse::<u32>().ok());
    if major.is_none_or(|major| major < OLDEST) {
        bail!(
            "Node.js {} is too old; install version {OLDEST} or newer, with npm",
            version.trim()
        );
    }
    if shell::find_program(&["npm"], &[]).is_none() {
        bail!("npm is missing; install it (it comes with Node.js, or as the package npm)");
    }
    Ok(())
}

/// Installs the packages of `dir` (relative to the repository's root) by its lock file, unless they are there already.
pub fn install(dir: &str) -> Result<()> {
    install_with(dir, &[])
}

/// The same with variables for what the packages run when they are installed.
pub fn install_with(dir: &str, variables: &[(&str, &str)]) -> Result<()> {
    check()?;
    let dir = shell::root().join(dir);
    let lock = read(&dir.join("package-lock.json"))?;
    let stamp = dir.join("node_modules/.installed-lock");
    if std::fs::read_to_string(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    let mut npm = shell::command("npm");
    npm.current_dir(&dir).envs(variables.iter().copied()).args([
        "ci",
        "--no-audit",
        "--no-fund",
        "--loglevel=error",
    ]);
    shell::output(&mut npm)
        .with_context(|| format!("cannot install the packages of {}", dir.display()))?;
    std::fs::write(&stamp, lock).with_context(|| format!("cannot write {}", stamp.display()))
}

fn read(file: &Path) -> Result<String> {
    std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))
}
