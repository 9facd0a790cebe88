//! `cargo xtask bench` and `cargo xtask eval`: the product's speed, memory and quality, each figure beside its bar.
//!
//! A package of its own, since it needs the product and the release profile, and `xtask` must start without either.
#![expect(
    clippy::print_stderr,
    clippy::print_stdout,
    reason = "this is a command-line program; what it prints is its product"
)]

mod bench;
mod eval;
mod generate;
mod machine;
mod names;
mod queries;
mod random;
mod searches;
mod table;
// The test suite's program that makes true and false documents.
#[path = "../../../crates/cadet/tests/it/documents/trial.rs"]
mod trial;
mod vocabulary;

use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};

// As in the product, which some benchmarks run within this process.
#[cfg(unix)]
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

/// From which every generated thing follows.
const SEED: u64 = 2026;

#[derive(Parser)]
#[command(name = "measure", about = "Measures the product against its bars")]
struct Cli {
    #[command(subcommand)]
    command: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Speed and memory.
    Bench(bench::Options),
    /// Quality.
    Eval(eval::Options),
    /// Writes the vocabulary and the query mix anew.
    Compose,
    /// Makes one PDF and prints the milliseconds: what the first one of a process takes.
    #[command(hide = true)]
    FirstPdf,
}

#[tokio::main]
async fn main() -> ExitCode {
    let outcome = match Cli::parse().command {
        Task::Bench(options) => bench::run(&options).await,
        Task::Eval(options) => eval::run(&options),
        Task::Compose => compose(),
        Task::FirstPdf => bench::first(),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Writes the files that are compiled into this program; the queries follow from the vocabulary of the build, so that
/// a change of the words needs a second run.
fn compose() -> Result<()> {
    let data = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    for (name, content) in [
        ("vocabulary.txt", vocabulary::compose(SEED)),
        ("queries.txt", queries::compose(SEED)),
    ] {
        let file = data.join(name);
        std::fs::write(&file, content)
            .with_context(|| format!("cannot write {}", file.display()))?;
        println!("wrote {}", file.display());
    }
    Ok(())
}
