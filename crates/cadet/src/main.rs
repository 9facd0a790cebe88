//! The binary: parses the command line, runs it, and turns an error into an exit code.

use std::process::ExitCode;

use clap::Parser as _;

// What one thread frees that another took is given back to the system within a second.
#[cfg(unix)]
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() -> ExitCode {
    let cli = cadet::cli::Cli::parse();
    let json = cli.global.json;
    match cadet::run::run(cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            cadet::terminal::report(&error, json);
            ExitCode::from(error.exit_code())
        }
    }
}
