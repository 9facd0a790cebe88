//! The stages of `cargo xtask test`, in order: unit and documentation tests, integration tests on SQLite and again on
//! PostgreSQL, browser tests, the API against its own description, and PDFs read by other programs.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};
use clap::ValueEnum;

use crate::counts::Counts;
use crate::demo::Demo;
use crate::report::Report;
use crate::services::Services;
use crate::{chromium, node, poppler, python, shell};

/// Which tests to run.
#[derive(clap::Args, Default)]
pub struct Options {
    /// Runs these stages alone; may be given several times.
    #[arg(long, value_name = "STAGE")]
    only: Vec<Stage>,
    /// Runs the tests whose names contain this (for the browser tests: match this regular expression).
    filter: Option<String>,
}

/// A stage of the tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Stage {
    /// Unit and documentation tests of every crate.
    Unit,
    /// Integration tests, with SQLite.
    Sqlite,
    /// The product's integration tests again, with PostgreSQL.
    Postgres,
    /// The demonstration in a real browser.
    Browser,
    /// The REST API against its OpenAPI description.
    Api,
    /// Every shipped template, read back by the PDF readers of others.
    Readers,
}

/// Runs the stages that `options` ask for.
pub fn run(options: &Options) -> Result<()> {
    let mut report = Report::default();
    stages(options, &mut report);
    report.finish()
}

/// The same, as part of a longer run.
pub fn stages(options: &Options, report: &mut Report) {
    let wants = |stage| options.only.is_empty() || options.only.contains(&stage);
    let filter = options.filter.as_deref();
    let integration = wants(Stage::Sqlite) || wants(Stage::Postgres);
    // Unit tests alone need no server; those that can use one say that they were skipped.
    let services = if integration {
        Services::start(report)
    } else {
        Services::default()
    };
    if wants(Stage::Unit) {
        report.stage("unit tests", |counts| {
            cargo_test(&["--lib", "--bins"], filter, &services, counts)
        });
        report.stage("documentation tests", |counts| {
            cargo_test(&["--doc"], filter, &services, counts)
        });
    }
    if wants(Stage::Sqlite) {
        sqlite(filter, &services, report);
    }
    if wants(Stage::Postgres) {
        postgres(filter, &services, report);
    }
    drop(services);
    if wants(Stage::Browser) {
        report.stage("browser tests", |counts| browser(filter, counts));
    }
    if wants(Stage::Api) {
        report.stage("API tests", api);
    }
    if wants(Stage::Readers) {
        report.stage("PDFs read by others", readers);
    }
}

fn sqlite(filter: Option<&str>, services: &Services, report: &mut Report) {
    let name = "integration tests on SQLite";
    if has_tests("crates/*") {
        report.stage(name, |counts| {
            integration("*", "sqlite", filter, services, counts)
        });
    } else {
        report.skip(name, "no crate has any");
    }
}

fn postgres(filter: Option<&str>, services: &Services, report: &mut Report) {
    let name = "integration tests on PostgreSQL";
    if !has_tests("crates/cadet") {
        report.skip(name, "the product has none");
    } else if services.has_postgres() {
        report.stage(name, |counts| {
            integration("it", "postgres", filter, services, counts)
        });
    } else {
        report.stage(name, |_| {
            bail!("there is no PostgreSQL server to run them on")
        });
    }
}

/// Whether the folder of a crate, or of any for `crates/*`, has integration tests; cargo fails when asked for none.
fn has_tests(pattern: &str) -> bool {
    let root = shell::root();
    match pattern.strip_suffix("/*") {
        None => root.join(pattern).join("tests").is_dir(),
        Some(parent) => std::fs::read_dir(root.join(parent))
            .into_iter()
            .flatten()
            .flatten()
            .any(|entry| entry.path().join("tests").is_dir()),
    }
}

fn integration(
    binaries: &str,
    database: &str,
    filter: Option<&str>,
    services: &Services,
    counts: &mut Counts,
) -> Result<()> {
    let mut command = cargo_test_command(&["--test", binaries], filter, services);
    command.env("CADET_TEST_DATABASE", database);
    shell::run_reading(&mut command, |line| counts.read_cargo(line))
}

fn cargo_test(
    what: &[&str],
    filter: Option<&str>,
    services: &Services,
    counts: &mut Counts,
) -> Result<()> {
    let mut command = cargo_test_command(what, filter, services);
    shell::run_reading(&mut command, |line| counts.read_cargo(line))
}

/// Every stage tests the whole workspace: another choice of packages would have cargo build dependencies anew with other features.
fn cargo_test_command(what: &[&str], filter: Option<&str>, services: &Services) -> Command {
    let mut command = shell::cargo(["test", "--workspace", "--no-fail-fast"]);
    command.args(what).args(filter);
    services.tell(&mut command);
    command
}

/// Builds the program with the same features as the tests, so that nothing is built twice.
fn build_program() -> Result<()> {
    let mut command = shell::cargo(["build", "--workspace", "--bin", "cadet"]);
    if has_tests("crates/cadet") {
        command.args(["--test", "it"]);
    }
    shell::run(&mut command)
}

fn browser(filter: Option<&str>, counts: &mut Counts) -> Result<()> {
    node::install("ui/tests")?;
    let chromium = chromium::find_or_install()?;
    build_program()?;
    let demo = Demo::start("browser")?;
    let state = shell::work_dir("browser")?.join(format!("session-{}.json", std::process::id()));
    let mut command = shell::command("node");
    // One file after the other: they share one demonstration, and some of them change it.
    command.args(["--test", "--test-concurrency=1", "--test-reporter=spec"]);
    if let Some(filter) = filter {
        command.arg(format!("--test-name-pattern={filter}"));
    }
    command.args(browser_tests()?);
    command.env(chromium::VARIABLE, chromium);
    command
        .env("CADET_TEST_URL", &demo.listening.url)
        .env("CADET_TEST_LINK", &demo.listening.link);
    command
        .env("CADET_TEST_SESSION", &state)
        .env("CADET_TEST_SCREENSHOTS", shell::work_dir("screenshots")?);
    let outcome = shell::run_reading(&mut command, |line| counts.read_node(line));
    // The sign-in dies with the demonstration; a file that stays is of no use to anyone.
    let _ = std::fs::remove_file(state);
    outcome
}

fn browser_tests() -> Result<Vec<PathBuf>> {
    let mut files: Vec<PathBuf> = Vec::new();
    // The extension's own tests need no browser, only its bundler.
    for dir in ["ui/clip/tests", "ui/tests"].map(|dir| shell::root().join(dir)) {
        let entries =
            std::fs::read_dir(&dir).with_context(|| format!("cannot read {}", dir.display()))?;
        files.extend(entries.filter_map(|entry| Some(entry.ok()?.path())));
    }
    files.retain(|file| file.to_string_lossy().ends_with(".test.mjs"));
    files.sort();
    Ok(files)
}

/// Poppler's, pdfminer.six, pypdf and pdfium read what the templates make.
fn readers(counts: &mut Counts) -> Result<()> {
    let python = python::programs()?.join("python");
    let pdftotext = poppler::find_or_install()?;
    let filter = Some("read_back_by_the_programs_of_others");
    let mut command = cargo_test_command(&["--test", "it"], filter, &Services::default());
    command
        .env("PDF_TEST_PYTHON", python)
        .env("PDF_TEST_PDFTOTEXT", pdftotext);
    shell::run_reading(&mut command, |line| counts.read_cargo(line))
}

fn api(counts: &mut Counts) -> Result<()> {
    let schemathesis = python::programs()?.join("schemathesis");
    build_program()?;
    let demo = Demo::start("api")?;
    let token = demo.token()?;
    let report = shell::work_dir("api")?.join("junit.xml");
    let mut command = shell::command(schemathesis);
    command
        .arg("--config-file")
        .arg(shell::root().join("xtask/python/schemathesis.toml"));
    command.arg("run").arg(format!(
        "{}/api/v1/openapi.json",
        demo.listening.url.trim_end_matches('/')
    ));
    command
        .args(["--report", "junit", "--report-junit-path"])
        .arg(&report);
    // The header is read from the environment by the configuration, so that the token is not on the command line.
    command.env("CADET_TEST_TOKEN", token);
    command.current_dir(shell::work_dir("api")?);
    let outcome = shell::run(&mut command);
    *counts = Counts::from_junit(&std::fs::read_to_string(&report).unwrap_or_default());
    outcome
}
