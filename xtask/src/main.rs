//! `cargo xtask`: what the project's own work needs beyond cargo: tests with their servers, CI, benchmarks, evaluation.
#![expect(
    clippy::print_stderr,
    clippy::print_stdout,
    reason = "this is a command-line program; what it prints is its product"
)]

mod apt;
mod chromium;
mod ci;
mod counts;
mod demo;
mod dovecot;
mod node;
mod peers;
mod poppler;
mod postgres;
mod processes;
mod python;
mod report;
mod scratch;
mod services;
mod shell;
mod smtp;
mod test;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

/// The commands of `cargo xtask`.
#[derive(Parser)]
#[command(
    name = "cargo xtask",
    about = "What the project's own work needs beyond cargo",
    version
)]
struct Cli {
    #[command(subcommand)]
    command: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Sets up what the tests need (PostgreSQL, SMTP, Chromium, schemathesis) and runs them all.
    Test(test::Options),
    /// Runs everything that must be green before a change lands: format, lints, documentation, dependencies, tests.
    Ci(ci::Options),
    /// Starts the servers that tests use, prints their environment variables, and waits for Ctrl-C.
    Services,
    /// Measures speed and memory against the bars, in the release profile.
    Bench(Passed),
    /// Measures quality against the bars, in the release profile.
    Eval(Passed),
    /// Writes the generated data files of the benchmarks anew: the vocabulary and the query mix.
    Compose,
}

/// Arguments handed on as they are.
#[derive(clap::Args)]
struct Passed {
    /// Arguments for the measuring program; `--help` lists them.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    rest: Vec<String>,
}

fn main() -> ExitCode {
    match run(Cli::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Not returned from here: that would print a backtrace of this program where tests have failed.
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(task: Task) -> Result<()> {
    processes::stop_all_on_signals()?;
    match task {
        Task::Test(options) => test::run(&options),
        Task::Ci(options) => ci::run(&options),
        Task::Services => services::hold(),
        Task::Bench(passed) => measure("bench", &passed.rest, true),
        Task::Eval(passed) => measure("eval", &passed.rest, false),
        Task::Compose => measure("compose", &[], false),
    }
}

/// Runs the package `measure` in the release profile, beside a PostgreSQL server of its own when it compares with one.
fn measure(verb: &str, rest: &[String], beside_postgres: bool) -> Result<()> {
    let help = rest
        .iter()
        .any(|argument| argument == "--help" || argument == "-h");
    // The whole workspace at once: the same libraries, with the same features, for the program and for what measures it.
    shell::run(&mut shell::cargo(["build", "--release", "--workspace"]))?;
    let mut command = shell::command(shell::target().join("release/measure"));
    command.arg(verb).args(rest);
    let mut server = None;
    if !help && peers::wanted(rest) {
        peers::tell(&mut command)?;
    }
    if beside_postgres && !help && !is_pages_alone(rest) {
        let postgres = postgres::Postgres::start(postgres::Durability::AsShipped)?;
        command.env("CADET_TEST_POSTGRES", &postgres.url);
        server = Some(postgres);
    }
    let outcome = shell::run(&mut command);
    drop(server);
    outcome
}

/// Whether only PDFs are measured, which are compared with no server.
fn is_pages_alone(arguments: &[String]) -> bool {
    let mut named = arguments
        .iter()
        .filter(|argument| !argument.starts_with('-'))
        .peekable();
    named.peek().is_some() && named.all(|argument| argument == "pdf")
}
