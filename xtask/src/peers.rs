//! What the benchmark `pdf` is compared with: RenderCV in a Python environment of its own, and resumed, which prints by a browser.

use std::process::Command;

use anyhow::Result;

use crate::{chromium, node, python, shell};

/// The folder with their pins and input.
const DIR: &str = "xtask/peers";

/// Installs them and tells `command` where they are.
pub fn tell(command: &mut Command) -> Result<()> {
    let root = shell::root();
    let requirements = root.join(DIR).join("requirements.txt");
    let bin = python::environment("peers", &requirements, None)?;
    // Puppeteer would fetch a browser of its own.
    node::install_with(DIR, &[("PUPPETEER_SKIP_DOWNLOAD", "1")])?;
    let chromium = chromium::find_or_install()?;
    command
        .env("CADET_BENCH_RENDERCV", bin.join("python"))
        .env("CADET_BENCH_PEERS", root.join(DIR))
        .env(
            "CADET_BENCH_RESUMED",
            root.join(DIR).join("node_modules/.bin/resumed"),
        )
        .env("CADET_BENCH_CHROMIUM", chromium);
    Ok(())
}

/// Whether the arguments of a benchmark ask for them.
pub fn wanted(arguments: &[String]) -> bool {
    arguments.iter().any(|argument| argument == "--peers")
}
