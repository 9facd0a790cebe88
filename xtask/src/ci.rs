//! What must be green before a change lands, in the order that fails soonest.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::report::Report;
use crate::{node, python, shell, test};

/// The pinned version of cargo-machete, which is built from source.
const MACHETE: &str = "0.9.2";

/// How much of it to run.
#[derive(clap::Args)]
pub struct Options {
    /// Leaves the tests out: format, dependencies, lints and documentation alone.
    #[arg(long)]
    no_tests: bool,
}

/// Runs every check and every test; later ones run even when earlier ones fail.
pub fn run(options: &Options) -> Result<()> {
    let mut report = Report::default();
    report.stage("format", |_| {
        shell::run(&mut shell::cargo(["fmt", "--all", "--check"]))
    });
    dependencies(&mut report);
    report.stage("ui checks", |_| ui());
    report.stage("lints", |_| shell::run(&mut clippy(&[])));
    report.stage("built once", |_| {
        built_once(&shell::output(&mut clippy(&[
            "--message-format=json",
            "--quiet",
        ]))?)
    });
    report.stage("documentation", |_| {
        let mut doc = shell::cargo([
            "doc",
            "--workspace",
            "--no-deps",
            "--document-private-items",
            "--locked",
        ]);
        shell::run(plainly(&mut doc).env("RUSTDOCFLAGS", "-D warnings"))
    });
    if !options.no_tests {
        test::stages(&test::Options::default(), &mut report);
    }
    report.finish()
}

/// Nothing is compiled twice here, so keeping what incremental compilation needs would only cost time and disk.
fn plainly(command: &mut Command) -> &mut Command {
    command.env("CARGO_INCREMENTAL", "0")
}

/// The lints of every target of every crate, told as `options` say.
fn clippy(options: &[&str]) -> Command {
    let mut clippy = shell::cargo(["clippy", "--workspace", "--all-targets", "--locked"]);
    clippy.args(options).args(["--", "-D", "warnings"]);
    plainly(&mut clippy);
    clippy
}

/// That a second run found nothing to build. It would if a build script left a file that it watches newer than itself, and
/// whoever starts Cadet twice would wait for two builds.
fn built_once(messages: &str) -> Result<()> {
    let built: Vec<String> = messages
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .filter(|message| message["reason"] == "compiler-artifact" && message["fresh"] == false)
        .map(|message| message["package_id"].as_str().unwrap_or("?").to_owned())
        .collect();
    anyhow::ensure!(
        built.is_empty(),
        "built again although nothing changed: {}. Look at what its build script watches.",
        built.join(", ")
    );
    Ok(())
}

fn dependencies(report: &mut Report) {
    let programs = match python::programs() {
        Ok(programs) => programs,
        Err(error) => {
            report.stage("dependencies", |_| {
                Err(error.context("cannot install cargo-deny"))
            });
            return;
        }
    };
    let deny = |arguments: &[&str]| {
        let mut command = shell::command(programs.join("cargo-deny"));
        command.args(arguments);
        command
    };
    report.stage("dependencies: bans, licences, sources", |_| {
        // The list of packages is fetched once by cargo; cargo-deny itself then needs no network.
        shell::run(&mut shell::cargo(["fetch", "--locked"]))?;
        shell::run(&mut deny(&[
            "--offline",
            "check",
            "bans",
            "licenses",
            "sources",
        ]))
    });
    // The database of advisories is a Git repository that a closed network does not reach.
    match shell::output(&mut deny(&["fetch", "db"])) {
        Ok(_) => report.stage("dependencies: advisories", |_| {
            shell::run(&mut deny(&["--offline", "check", "advisories"]))
        }),
        Err(_) => report.skip(
            "dependencies: advisories",
            "the advisory database cannot be reached from here",
        ),
    }
    report.stage("dependencies: unused", |_| {
        shell::run(shell::command(machete()?).arg(shell::root()))
    });
}

/// cargo-machete, built into xtask's folder when it is not there.
fn machete() -> Result<PathBuf> {
    let dir = shell::work_dir("machete")?;
    let program = dir.join("bin/cargo-machete");
    let version = |program: &Path| {
        shell::output(shell::command(program).arg("--version")).unwrap_or_default()
    };
    if version(&program).contains(MACHETE) {
        return Ok(program);
    }
    let mut install = shell::cargo([
        "install",
        "--locked",
        "--quiet",
        "--force",
        "--version",
        MACHETE,
        "--root",
    ]);
    install.arg(&dir).arg("cargo-machete");
    // It reads a few files for a second; optimising it would take longer than it ever runs.
    install
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0")
        .env("CARGO_PROFILE_RELEASE_LTO", "off");
    shell::run(&mut install).context("cannot build cargo-machete")?;
    Ok(program)
}

/// Installs the browser side's packages exactly as locked, and runs the checks that its package file names.
fn ui() -> Result<()> {
    node::check()?;
    let mut dirs = vec!["ui/tests", "xtask/smtp"];
    if shell::root().join("ui/package.json").is_file() {
        dirs.push("ui");
    }
    for dir in &dirs {
        node::install(dir)?;
        for script in ["check", "lint"]
            .iter()
            .filter(|script| has_script(dir, script))
        {
            shell::run(
                shell::command("npm")
                    .current_dir(shell::root().join(dir))
                    .args(["run", script]),
            )?;
        }
    }
    Ok(())
}

fn has_script(dir: &str, script: &str) -> bool {
    let package =
        std::fs::read_to_string(shell::root().join(dir).join("package.json")).unwrap_or_default();
    let package: serde_json::Value = serde_json::from_str(&package).unwrap_or_default();
    package["scripts"][script].is_string()
}

#[cfg(test)]
mod tests {
    use super::built_once;

    #[test]
    fn what_is_built_a_second_time_is_named() {
        let artifact = |fresh| {
            format!(
                r#"{{"reason":"compiler-artifact","package_id":"crates/cadet#0.1.0","fresh":{fresh}}}"#
            )
        };
        let other = r#"{"reason":"build-finished","success":true}"#;
        built_once(&format!("{}\n{other}\n", artifact(true))).unwrap();
        let error = built_once(&format!("{}\n{}\n", artifact(true), artifact(false)));
        assert!(
            error
                .unwrap_err()
                .to_string()
                .contains("crates/cadet#0.1.0"),
            "the package is not named"
        );
    }
}
