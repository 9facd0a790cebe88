//! The product itself, started as its demonstration on a free port with a data folder of its own.

use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::mpsc;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use crate::{processes, scratch, shell};

/// How long the demonstration may take until it listens: it fetches and indexes its whole sample first.
const START_LIMIT: Duration = Duration::from_secs(180);

/// A running demonstration; stopped, and its data removed, when dropped.
pub struct Demo {
    /// Where it listens, and how to sign in.
    pub listening: Listening,
    _server: processes::Server,
    data: scratch::Scratch,
}

/// The first line that `cadet demo --json` prints.
#[derive(Deserialize)]
pub struct Listening {
    /// The address, `http://127.0.0.1:PORT`, with or without a slash at its end.
    pub url: String,
    /// The link that signs in, once.
    pub link: String,
}

impl Demo {
    /// Builds the program with the profile and features that the tests use, and starts it. `name` tells runs apart.
    pub fn start(name: &str) -> Result<Self> {
        let data = scratch::Scratch::create(&shell::work_dir("run")?, name)?;
        let mut command = shell::command(program());
        command
            .args(["demo", "--port", "0", "--json", "--keep"])
            .arg(data.path())
            // The tests ask faster than a program should.
            .env("CADET_SERVER__API_REQUESTS_PER_MINUTE", "1000000");
        let log = shell::work_dir("log")?.join(format!("demo-{name}.log"));
        command
            .stdout(Stdio::piped())
            .stderr(File::create(&log).context("cannot create the demonstration's log")?);
        let mut server = processes::Server::start(&mut command, "TERM")?;
        let line = first_line(
            &mut server,
            &shell::work_dir("log")?.join(format!("demo-{name}.out")),
        )
        .with_context(|| {
            format!(
                "the demonstration did not start; its log is {}",
                log.display()
            )
        })?;
        let listening = serde_json::from_str(&line).with_context(|| {
            format!(
                "`cadet demo --json` should print an object with url and link first, not: {line}"
            )
        })?;
        Ok(Self {
            listening,
            _server: server,
            data,
        })
    }

    /// A personal access token that may read and write.
    pub fn token(&self) -> Result<String> {
        #[derive(Deserialize)]
        struct Created {
            secret: String,
        }
        let mut command = shell::command(program());
        command.env("CADET_DATA_DIR", self.data.path());
        command.args([
            "token", "create", "xtask", "--scope", "read", "--scope", "write", "--json",
        ]);
        let said = shell::output(&mut command)?;
        let created: Created = serde_json::from_str(&said).with_context(|| {
            format!("`cadet token create --json` should print an object with secret, not: {said}")
        })?;
        Ok(created.secret)
    }
}

/// The program as the tests build it.
fn program() -> PathBuf {
    shell::target().join("debug/cadet")
}

/// Waits for the first line of a server's standard output; what follows goes to the file `rest`, so that it never blocks.
pub fn first_line(server: &mut processes::Server, rest: &Path) -> Result<String> {
    let stdout = server
        .child()
        .stdout
        .take()
        .context("the server was started without a pipe for its output")?;
    let mut rest =
        File::create(rest).with_context(|| format!("cannot create {}", rest.display()))?;
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        let mut lines = BufReader::new(stdout).lines().map_while(Result::ok);
        if let Some(line) = lines.next() {
            // The receiver may have given up waiting; then nobody wants the line.
            let _ = sender.send(line);
        }
        for line in lines {
            if writeln!(rest, "{line}").is_err() {
                break;
            }
        }
    });
    match receiver.recv_timeout(START_LIMIT) {
        Ok(line) => Ok(line),
        Err(mpsc::RecvTimeoutError::Timeout) => bail!(
            "it printed nothing within {} seconds",
            START_LIMIT.as_secs()
        ),
        Err(mpsc::RecvTimeoutError::Disconnected) => match server.ended() {
            Some(status) => bail!("it ended with {status}"),
            None => bail!("it closed its standard output without a word"),
        },
    }
}
