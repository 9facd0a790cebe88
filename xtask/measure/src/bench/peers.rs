//! The same page by other people's programs: RenderCV, and resumed with a browser.
//!
//! `cargo xtask bench pdf --peers` installs them and tells where they are. What RenderCV's template would fetch, a package of
//! icons, is stood in for, since nothing is fetched here; that only makes it faster.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result, bail};

use super::pages::{middle, milliseconds, one_page_file};
use crate::table::{Bar, Table};

/// How often each program makes the page.
const TIMES: usize = 7;

/// Measures both.
pub fn measure(table: &mut Table) -> Result<()> {
    let folder = tempfile::tempdir().context("cannot create a folder for the files")?;
    let peers = variable("CADET_BENCH_PEERS")?;
    rendercv(
        &variable("CADET_BENCH_RENDERCV")?,
        &peers,
        folder.path(),
        table,
    )?;
    resumed(folder.path(), table)
}

fn variable(name: &str) -> Result<PathBuf> {
    let value = std::env::var_os(name).map(PathBuf::from);
    value.with_context(|| format!("{name} is not set; run `cargo xtask bench pdf --peers`"))
}

/// Its pages after the first of one process, and a process for each.
fn rendercv(python: &Path, peers: &Path, folder: &Path, table: &mut Table) -> Result<()> {
    let run = |times: usize| -> Result<Vec<f64>> {
        let mut command = Command::new(python);
        command
            .arg(peers.join("rendercv_loop.py"))
            .arg(peers.join("rendercv.yaml"));
        command.arg(folder).arg(times.to_string());
        command.env("XDG_DATA_HOME", peers);
        let printed = output(&mut command)?;
        printed.lines().map(|line| Ok(line.parse()?)).collect()
    };
    let mut warm = run(TIMES + 1)?.split_off(1);
    let mut whole = timed(|| run(1))?;
    table.add(
        "pdf: RenderCV, one page, warm, p50",
        middle(&mut warm),
        "ms",
        Bar::None,
    );
    table.add(
        "pdf: RenderCV, the whole process, p50",
        middle(&mut whole),
        "ms",
        Bar::None,
    );
    Ok(())
}

/// A process for each page, and a browser within it.
fn resumed(folder: &Path, table: &mut Table) -> Result<()> {
    let program = variable("CADET_BENCH_RESUMED")?;
    let input = folder.join("resume.json");
    std::fs::write(&input, one_page_file())?;
    let run = || {
        let mut command = Command::new(&program);
        command
            .arg("export")
            .arg(&input)
            .arg("--output")
            .arg(folder.join("resumed.pdf"));
        command.args([
            "--theme",
            "jsonresume-theme-even",
            "--puppeteer-arg=--no-sandbox",
        ]);
        command.current_dir(variable("CADET_BENCH_PEERS")?);
        command.env(
            "PUPPETEER_EXECUTABLE_PATH",
            variable("CADET_BENCH_CHROMIUM")?,
        );
        output(&mut command)
    };
    let mut whole = timed(run)?;
    table.add(
        "pdf: resumed with Chromium, the whole process, p50",
        middle(&mut whole),
        "ms",
        Bar::None,
    );
    Ok(())
}

fn timed<T>(run: impl Fn() -> Result<T>) -> Result<Vec<f64>> {
    let once = |_| {
        let start = Instant::now();
        run()?;
        Ok(milliseconds(start))
    };
    (0..TIMES).map(once).collect()
}

fn output(command: &mut Command) -> Result<String> {
    let output = command
        .output()
        .with_context(|| format!("cannot start {command:?}"))?;
    if !output.status.success() {
        bail!(
            "{command:?} failed: {}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
