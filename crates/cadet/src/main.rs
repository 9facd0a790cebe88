//! The binary: parses the command line, runs it, and turns an error into an exit code.

use std::process::ExitCode;

use clap::Parser as _;

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
